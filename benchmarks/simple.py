"""What simple ways reach on labelled pages: how hard the pages are, and what the chain is worth.

    python benchmarks/simple.py FOLDER        # what tests/quality/generate.py wrote

`whole` gives each page as one article; `heuristic` divides at lines of stars, keeps the lines of 25 characters and more
that have the end of a sentence, each once; both convert with OpenCC. `chain` is the shipped one, corpus steps apart.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import opencc

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "quality")]

from scoring.page import Record, Score, score  # noqa: E402  (beside the tests, not a package)
from scoring.run import Labelled, labelled, results, whole  # noqa: E402

from pipeline.shipped import shipped  # noqa: E402

LEAST_CHARS = 25
STARS, SENTENCE = "*" * 6, re.compile("[。！？]")


def as_one(text: str) -> Iterator[str]:
    """The page."""
    yield text


def by_lines(text: str) -> Iterator[str]:
    """What a person would write in an afternoon."""
    seen: set[str] = set()
    kept: list[str] = []
    for line in (*map(str.strip, text.splitlines()), STARS):
        if STARS in line and kept:
            yield "\n".join(kept)
            kept = []
        elif len(line) >= LEAST_CHARS and SENTENCE.search(line) and line not in seen:
            seen.add(line)
            kept.append(line)


def simple(pages: Sequence[Labelled], way: Callable[[str], Iterator[str]]) -> Score:
    """All pages one of the simple ways."""
    converter = opencc.OpenCC("t2s")
    total = Score()
    for gold, text in pages:
        found = [Record(str(number), "", converter.convert(part)) for number, part in enumerate(way(text))]
        total.add(score(gold, found))
    return total


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="what generate.py wrote")
    pages = labelled(parser.parse_args().folder)
    scores = {
        "whole": simple(pages, as_one),
        "heuristic": simple(pages, by_lines),
        "chain": whole(results(pages, shipped("pipeline.yaml"))),
    }
    for name, found in scores.items():
        figures = " ".join(f"{key} {value:.3f}" for key, value in found.figures().items())
        sys.stdout.write(f"{name:<10} {figures}\n")


if __name__ == "__main__":
    main()
