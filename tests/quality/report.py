"""Runs a chain over generated pages and tabulates what went wrong, by each thing the pages are made of.

``python tests/quality/generate.py OUT && python tests/quality/report.py OUT [--show 5] [--only form=paged]``
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from scoring.run import KEYS, Labelled, duplicates, labelled, results, totals, values, whole
from scoring.show import summary, table, worst

from pipeline.shipped import shipped


def chosen(pages: list[Labelled], only: list[str]) -> list[Labelled]:
    """The pages that have each ``key=value``."""
    wanted = [pair.partition("=")[::2] for pair in only]
    return [page for page in pages if all(value in values(page[0], key) for key, value in wanted)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="what generate.py wrote")
    parser.add_argument("--config", type=Path, default=shipped("pipeline.yaml"), help="the run whose chain is used")
    parser.add_argument("--by", default=",".join(KEYS), help="what to tabulate by, with commas (everything)")
    parser.add_argument("--only", action="append", default=[], metavar="KEY=VALUE", help="only pages that have this")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the N worst pages with their differences")
    parser.add_argument("--summary", action="store_true", help="one Markdown table instead: mean and worst by key")
    parser.add_argument("--width", type=int, default=150, help="columns of the output (150)")
    args = parser.parse_args()
    console = Console(width=args.width)
    pages = chosen(labelled(args.folder), args.only)
    found = results(pages, args.config)
    if args.summary:
        console.print(summary(found), markup=False)
    else:
        for key in filter(None, args.by.split(",")):
            console.print(table(key, totals(found, key)))
    console.print(table("all", {"all": whole(found)}))
    console.print("duplicates:", duplicates(pages, args.config))
    for line in worst(found, args.show):
        console.print(line)


if __name__ == "__main__":
    main()
