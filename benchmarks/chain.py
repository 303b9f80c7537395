"""How fast a chain is, without Scrapy and without reading files: MB of raw text a second on one core, step by step.

    python benchmarks/chain.py [FOLDER] [-c CONFIG] [--rounds N]

Every round runs all pages through a new chain; for each step and for the whole the fastest round counts, so that
other work on the machine disturbs little. MB are 1,000,000 bytes of the pages' text in UTF-8.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from pipeline.chain import Chain
from pipeline.config import load
from pipeline.item import Item
from pipeline.processor import Step
from pipeline.shipped import shipped
from pipeline.sources.text import pages
from pipeline.sources.walk import InputFile, walk


class Round(NamedTuple):
    """Seconds of one round: each step's by its label, the whole, and how many articles came out."""

    steps: dict[str, float]
    whole: float
    articles: int


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("samples"))
    parser.add_argument("-c", "--config", type=Path, default=shipped("pipeline.yaml"))
    parser.add_argument("--rounds", type=int, default=10)
    args = parser.parse_args()
    found = read(args.folder)
    if not found:
        parser.error(f"no pages in {args.folder}")
    steps = load(args.config).steps
    report(found, [measured(found, steps) for _ in range(max(args.rounds, 1))])


def read(folder: Path) -> list[Item]:
    """The pages of a folder; what is no page is left out."""
    files = (file for file in walk([folder]) if isinstance(file, InputFile))
    return [page for file in files for page in pages(file) if isinstance(page, Item)]


def measured(found: Sequence[Item], steps: Sequence[Step]) -> Round:
    """One round over all pages. Opening the steps (tables, patterns) is not counted."""
    with Chain(steps) as chain:
        begun = perf_counter()
        articles = sum(isinstance(outcome, Item) for outcome in chain.run(found))
        whole = perf_counter() - begun
    return Round({step.label: chain.seconds[f"chain/{step.label}/seconds"] for step in steps}, whole, articles)


def report(found: Sequence[Item], rounds: Sequence[Round]) -> None:
    """Print sizes, then a line a step and one for the whole; `of all` is the step's share of the fastest round."""
    characters = sum(len(page.text) for page in found)
    size = sum(len(page.text.encode("utf-8", "surrogatepass")) for page in found) / 1e6
    best = min(rounds, key=lambda each: each.whole)
    print(f"{len(found)} pages, {characters} characters, {size:.3f} MB; {best.articles} articles")
    print(f"best of {len(rounds)} rounds, one core\n")
    print(f"{'step':<16}{'ms':>10}{'MB/s':>10}{'of all':>10}")
    for label in best.steps:
        seconds = min(each.steps[label] for each in rounds)
        print(f"{label:<16}{seconds * 1e3:>10.1f}{size / seconds:>10.2f}{best.steps[label] / best.whole:>10.0%}")
    print(f"{'whole chain':<16}{best.whole * 1e3:>10.1f}{size / best.whole:>10.2f}{1:>10.0%}")


if __name__ == "__main__":
    main()
