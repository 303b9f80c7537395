"""Trains the section `sentences` of config/weights/keyword.yaml: what each sign of a sentence with a keyword weighs.

    python scripts/train_sentences.py --seeds 21 22 23 24 25

Pages come from the generator in tests/quality. Only sentences that no rule cuts count: the others are never weighed.
Train the keyword first: this writes behind what scripts/train_keyword.py wrote. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests" / "quality")]

import logistic  # noqa: E402  (scripts beside the tests, not a package)
from generate import pages  # noqa: E402
from pagegen.page import Page  # noqa: E402

from processors.algorithms.brand import Weights, read_weights  # noqa: E402
from processors.algorithms.fold import fold  # noqa: E402
from processors.algorithms.keyword import SENTENCE  # noqa: E402
from processors.algorithms.layout import read_page  # noqa: E402
from processors.algorithms.lexicon import Lexicon, read_lexicons  # noqa: E402
from processors.algorithms.pollution import furniture_of  # noqa: E402
from processors.algorithms.sentences import signs  # noqa: E402
from processors.algorithms.verdict import doubted  # noqa: E402

TARGET = ROOT / "config" / "weights" / "keyword.yaml"
SECTION = "sentences:\n"

SPAM, OWN = 0.35, 0.65
"""Of its pairs of characters a spam sentence shares no more with the articles of its page, an article's no less."""

Example = tuple[Mapping[str, float], bool]
"""The signs of a sentence, and whether it is spam."""


class Parts(NamedTuple):
    """What judges a page."""

    lexicon: Lexicon
    weights: Weights


def examples(page: Page, parts: Parts) -> Iterator[Example]:
    """The sentences of a page that name its keyword and that no rule cuts."""
    read = read_page(page.text)
    around = doubted(read, furniture_of(read, parts.lexicon), parts.lexicon, parts.weights)
    if around is None or not page.gold["articles"]:
        return
    keyword = around.sheet.keyword
    articles = _pairs(fold("\n".join(article["title"] + "\n" + article["text"] for article in page.gold["articles"])))
    for line in (line for line in read.lines if line.prose and keyword.count(line.key)):
        cut = [(hit.start, hit.end) for hit in keyword.sentences(line.key) if hit.reason == "spam_sentence"]
        for found in SENTENCE.finditer(line.key):
            named = keyword.named(line.key, *found.span())
            pairs = _pairs(named.rest) if named else set()
            if not named or not pairs or any(a < found.end() and found.start() < b for a, b in cut):
                continue
            share = len(pairs & articles) / len(pairs)
            if not SPAM < share < OWN:
                yield signs(named, keyword.own_words, parts.lexicon), share <= SPAM


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text) if "\u3400" <= a <= "\u9fff" and "\u3400" <= b <= "\u9fff"}


def fit(found: Sequence[Example]) -> dict[str, float]:
    """Weights of the signs. ValueError without both kinds."""
    right = np.array([spam for _, spam in found], float)
    if not 0 < right.sum() < len(right):
        raise ValueError(f"{len(right)} sentences, {right.sum():.0f} of them spam; there must be both kinds")
    names = ["bias", *sorted({name for row, _ in found for name in row})]
    table = np.array([[1.0, *(row.get(name, 0.0) for name in names[1:])] for row, _ in found])
    return dict(zip(names, logistic.fit(table, right, np.ones(len(right)), bias=0).tolist(), strict=True))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[21, 22, 23, 24, 25], help="of the generator (21 … 25)")
    parser.add_argument("--pages", type=int, default=400, help="generated for each seed (400)")
    parser.add_argument("--out", type=Path, default=TARGET, help="the file whose section is written (the shipped one)")
    args = parser.parse_args()
    text = args.out.read_text(encoding="utf-8").partition(SECTION)[0]
    weights = read_weights(args.out)
    parts = Parts(
        read_lexicons(sorted((ROOT / "config" / "lexicon").glob("*.yaml"))),
        Weights(weights.sides, weights.bias, weights.threshold),
    )
    found = [each for seed in args.seeds for page in pages(args.pages, seed) for each in examples(page, parts)]
    try:
        rows = "".join(f"  {sign}: {weight:.2f}\n" for sign, weight in fit(found).items())
    except ValueError as error:
        sys.exit(str(error))
    args.out.write_text(text + SECTION + rows, encoding="utf-8")
    sys.stdout.write(f"{len(found)} sentences, {sum(spam for _, spam in found)} of them spam: {args.out}\n")


if __name__ == "__main__":
    main()
