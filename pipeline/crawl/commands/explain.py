"""``scrapy explain``: what a chain does to one page, step by step."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from pipeline.crawl.commands import refuse_unknown_options
from pipeline.streams import delivered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.item import Item
    from pipeline.processor import Step
    from pipeline.report.fates import Passage


class Command(ScrapyCommand):
    """Shows the way of one page through a chain; exits with 2 when there is no page or no chain."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "PAGE"

    def short_desc(self) -> str:
        return "Show step by step what a chain does to one page"

    def long_desc(self) -> str:
        return (
            "Run the chain on one file and show what each step did: which lines were kept, cut (why, by which "
            "evidence), split into articles, changed or dropped. Duplicates are looked for on this page only."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-c", "--config", metavar="FILE", help="configuration of the chain (default: the project's)"
        )
        parser.add_argument(
            "--width", type=int, metavar="COLUMNS", help="width of the output (default: the terminal's)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from pipeline.config import load
        from pipeline.errors import SeedsiftError

        refuse_unknown_options(args)
        if len(args) != 1:
            raise UsageError("name exactly one page")
        if opts.width is not None and opts.width < 40:
            raise UsageError(f"--width is {opts.width}; it must be at least 40")
        try:
            steps = load(opts.config or self._project_config()).steps
            ways = [(page, _way(page, steps)) for page in _pages(Path(args[0]))]
        except SeedsiftError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = 2
            return
        _show(ways, opts.width)
        self.exitcode = delivered(0 if ways else 2)

    def _project_config(self) -> Path:
        """What a crawl would use: the setting CHAIN_CONFIG, otherwise the shipped configuration."""
        from pipeline.crawl.addon import located
        from pipeline.shipped import shipped

        setting = self.settings.get("CHAIN_CONFIG") if self.settings else None
        return located(setting) if setting else shipped("pipeline.yaml")


def _pages(path: Path) -> list[Item]:
    """The pages in a file; what is wrong with it goes to stderr."""
    from pipeline.item import Item
    from pipeline.report.fates import said
    from pipeline.sources.text import pages
    from pipeline.sources.walk import InputFile

    found = list(pages(InputFile(path, path.name)))
    for problem in (p for p in found if not isinstance(p, Item)):
        sys.stderr.write(f"{path}: {problem.reason} {said(problem.evidence)}".rstrip() + "\n")
    return [page for page in found if isinstance(page, Item)]


def _way(page: Item, steps: Sequence[Step]) -> list[Passage]:
    """The page's way, each step run as a chain of its own on what the one before let through."""
    from pipeline.chain import Chain
    from pipeline.report.fates import Passage

    way: list[Passage] = []
    items = [page]
    for step in steps:
        with Chain([step]) as chain:
            way.append(Passage(step.label, tuple(items), tuple(chain.run(items))))
        items = way[-1].items
    return way


def _show(ways: Sequence[tuple[Item, Sequence[Passage]]], width: int | None) -> None:
    from rich.console import Console

    from pipeline.report.explain import explanation

    if width is None and not sys.stdout.isatty():
        width = 120  # a file or a pipe has no width of its own
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    for page, way in ways:
        console.print(explanation(page, way))
