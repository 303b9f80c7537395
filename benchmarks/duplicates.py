"""What dedupe finds of planted duplicates, against the similarity of all pairs by brute force, and kind by kind.

python -m benchmarks.duplicates [DOCUMENTS] [--seed N]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from time import perf_counter

from tests.quality.duplicates.corpus import Planted, corpus
from tests.quality.duplicates.kinds import KINDS
from tests.quality.duplicates.scoring import Pairs, Score, scored
from tests.quality.duplicates.truth import similarities


def main() -> None:
    """Print a line for each way of verifying, then one a kind."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("documents", nargs="?", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    planted = corpus(args.documents, args.seed)
    texts = [document.text for document in planted]
    begun = perf_counter()
    truth = similarities(texts)
    alike = sum(jaccard >= 0.8 for jaccard in truth.values())
    print(f"{len(texts)} documents, {sum(map(len, texts)):,} characters, {sum(d.origin >= 0 for d in planted)} planted")
    print(f"{alike} pairs with J >= 0.8, by brute force in {perf_counter() - begun:.0f} s\n")
    print(f"{'verified by':<14}{'gone':>6}{'recall':>9}{'precision':>11}{'J < 0.7':>9}{'s':>7}")
    scores = [told(texts, truth, name, carry) for name, carry in (("shingles", True), ("signature", False))]
    kinds(planted, truth, scores)


def told(texts: list[str], truth: Pairs, name: str, carry: bool) -> Score:
    """Score one way of verifying and print its line; seconds are of both steps."""
    begun = perf_counter()
    score = scored(texts, truth, carry_shingles=carry)
    spent = perf_counter() - begun
    print(f"{name:<14}{score.gone:>6}{score.recall:>9.4f}{score.precision:>11.4f}{score.wrong:>9}{spent:>7.1f}")
    return score


def kinds(planted: list[Planted], truth: Pairs, scores: list[Score]) -> None:
    """Print for each kind how alike its pairs are and how many of them lost one of the two."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(planted):
        numbers[document.kind].append(number)
    print(f"\n{'kind':<30}{'copies':>8}{'mean J':>8}{'J>=0.8':>8}{'shingles':>10}{'signature':>11}")
    for kind in KINDS:
        found = numbers[kind]
        alike = [truth.get((planted[number].origin, number), 0.0) for number in found]
        share = [sum(number in score.partners for number in found) / len(found) for score in scores]
        near = sum(jaccard >= 0.8 for jaccard in alike) / len(found)
        print(f"{kind:<30}{len(found):>8}{sum(alike) / len(found):>8.2f}{near:>8.2f}{share[0]:>10.2f}{share[1]:>11.2f}")


if __name__ == "__main__":
    main()
