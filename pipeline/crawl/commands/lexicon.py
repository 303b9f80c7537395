"""``scrapy lexicon check``: which terms of which lexicons stand in a text."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from pipeline.crawl.commands import refuse_unknown_options
from pipeline.streams import delivered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from processors.algorithms.hits import TermHit


class Command(ScrapyCommand):
    """Shows the hits of lexicons in a text; exits with 2 when there is no such lexicon or something is wrong in one."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "check TEXT"

    def short_desc(self) -> str:
        return "Show which terms of the spam lexicons stand in a text"

    def long_desc(self) -> str:
        return (
            "List every term of the lexicons in TEXT (- reads standard input), in the order of the text: place "
            "(LINE:COLUMN), categories, what each of them weighs beside a candidate for the page's keyword, and the "
            "lexicons it is in. Script, width, case and invisible characters are looked through, as in a crawl. A term "
            "is found inside longer words too, but for those that a lexicon calls innocent. No hit cuts by itself."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-l",
            "--lexicon",
            action="append",
            default=[],
            metavar="NAME|FILE",
            help="a shipped lexicon or a file of your own, instead of all shipped ones; may be given several times",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_unknown_options([arg for arg in args if arg != "-"])
        if len(args) != 2 or args[0] != "check":
            raise UsageError("say `check` and one text (in quotes), or - to read it from standard input")
        try:
            paths = _lexicons(opts.lexicon)
            _warn(paths)
            text = _input() if args[1] == "-" else args[1]
        except (ValueError, OSError) as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = 2
            return
        _show(text, paths)
        self.exitcode = delivered()


def _lexicons(names: Sequence[str]) -> list[Path]:
    """The files of these lexicons, of all that are shipped if none is named. Raises ValueError for one there is not."""
    from pipeline.shipped import shipped
    from processors.algorithms.hits import find_lexicon

    folder = shipped("lexicon")
    return [find_lexicon(name, folder, None) for name in names] or sorted(folder.glob("*.yaml"))


def _warn(paths: Sequence[Path]) -> None:
    """Say which terms can stand in no text. Raises ValueError for a file that is no lexicon."""
    from processors.algorithms.hits import never_found

    for path in paths:
        for told in never_found(path):
            sys.stderr.write(f"{told}\n")


def _input() -> str:
    """Standard input, read as UTF-8 wherever it comes from. Raises ValueError where there is none, and OSError."""
    if sys.stdin is None:
        raise ValueError("standard input is closed; pipe a text in, or give it in quotes in place of -")
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")


def _show(text: str, paths: Sequence[Path]) -> None:
    from processors.algorithms.hits import term_hits

    if hits := term_hits(text, paths):
        _table(text, hits)
    else:
        sys.stdout.write(f"no term of {', '.join(path.stem for path in paths)} stands in this text\n")


def _table(text: str, hits: Sequence[TermHit]) -> None:
    from pipeline.crawl.commands import console, table
    from pipeline.shipped import shipped
    from processors.algorithms.hits import side_weights

    weights = side_weights(shipped("weights", "keyword.yaml"))
    rows = table("PLACE", "CATEGORY", "WEIGHT", "TERM", "LEXICON", "AS WRITTEN")
    for hit in hits:
        line = text.count("\n", 0, hit.start) + 1
        column = hit.start - text.rfind("\n", 0, hit.start)
        weighed = ", ".join(_shown(weights.get(category)) for category in hit.categories)
        stems = ", ".join(path.stem for path in hit.lexicons)
        as_written = text[hit.start : hit.end].strip()
        rows.add_row(f"{line}:{column}", ", ".join(hit.categories), weighed, hit.term, stems, as_written)
    console().print(rows)


def _shown(weight: float | None) -> str:
    return "-" if weight is None else f"{weight:.2f}"
