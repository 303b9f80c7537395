"""Trains config/weights/keyword.yaml: what each side of the evidence for a page's keyword weighs.

    python scripts/train_keyword.py --clean FOLDER [FOLDER ...]

Polluted and clean pages come from the generator in tests/quality; the folders hold texts in UTF-8 in which nothing is a
keyword, whatever repeats in them (scripts/real_text.py makes such a folder). The same input gives the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests" / "quality")]

import logistic  # noqa: E402  (scripts beside the tests, not a package)
from generate import pages  # noqa: E402
from pagegen.filler import table  # noqa: E402

from processors.algorithms.brand import CEILINGS, candidates  # noqa: E402
from processors.algorithms.fold import fold  # noqa: E402
from processors.algorithms.layout import read_page  # noqa: E402
from processors.algorithms.lexicon import Lexicon, read_lexicons  # noqa: E402
from processors.algorithms.pollution import furniture_of, signs_of_site  # noqa: E402

TARGET = ROOT / "config" / "weights" / "keyword.yaml"

SEEDS = {"all": [11, 12, 13], "wide": [14, 15, 16]}
"""Of the generated pages of each mix; other seeds are for tests."""

CLEAN_WEIGHT = 3.0
"""A candidate on a clean text counts as so many: to damage one is worse than to leave spam."""

LONGEST_CHARS = 200_000
"""Longer clean texts are left out: one manual would outweigh all pages."""

HEADER = """\
# Weights of the evidence for a page's keyword (logarithm of odds a unit of a side), made from generated pages and
# clean documents by scripts/train_keyword.py. Read by processors/algorithms/brand.py; each side is explained there.
version: 1
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One candidate: its sides in the order of CEILINGS, whether it is a keyword, and how much it counts."""

    sides: tuple[float, ...]
    keyword: bool
    weight: float = 1.0


def examples(text: str, brands: Sequence[str], lexicon: Lexicon, weight: float = 1.0) -> Iterator[Example]:
    """The candidates of a page; right are those that contain, or all but one character are, one of the brands."""
    page = read_page(text)
    signs = len(signs_of_site(page, furniture_of(page, lexicon), lexicon))
    for brand in candidates(page, lexicon, signs):
        right = any(b in brand.key or (brand.key in b and len(brand.key) >= len(b) - 1) for b in brands)
        yield Example(tuple(brand.sides.get(side, 0.0) for side in CEILINGS), right, weight)


def generated(seeds: Mapping[str, Sequence[int]], count: int, lexicon: Lexicon) -> Iterator[Example]:
    """Examples of ``count`` generated pages a seed; right are the brands of the generator that their spam names."""
    families = table("families").values()
    brands = sorted({fold(brand).replace(" ", "") for family in families for brand in family["brands"]})
    for page in (page for mix, own in seeds.items() for seed in own for page in pages(count, seed, mix)):
        spam = "".join(filter(str.isalnum, fold("\n".join(page.gold["spam"]))))
        clean = page.gold["kind"].startswith("clean")
        yield from examples(page.text, [] if clean else [brand for brand in brands if brand in spam], lexicon)


def clean(folders: Sequence[Path], lexicon: Lexicon) -> Iterator[Example]:
    """Examples of clean texts: every candidate is wrong."""
    for path in (path for folder in folders for path in sorted(folder.rglob("*.txt"))):
        text = path.read_bytes().decode("utf-8")
        if len(text) <= LONGEST_CHARS:
            yield from examples(text, [], lexicon, CLEAN_WEIGHT)


def fit(found: Sequence[Example]) -> logistic.Array:
    """Weights of the sides, then the bias: logistic regression. ValueError without both kinds."""
    sides = np.array([(*example.sides, 1.0) for example in found])
    right = np.array([example.keyword for example in found], float)
    counts = np.array([example.weight for example in found])
    if not 0 < right.sum() < len(right):
        raise ValueError(f"{len(right)} candidates, {right.sum():.0f} of them keywords; there must be both kinds")
    return logistic.fit(sides, right, counts, bias=-1)


def written(weights: logistic.Array, threshold: float) -> str:
    """The file of weights."""
    *sides, bias = weights
    rows = "".join(f"  {side}: {weight:.2f}\n" for side, weight in zip(CEILINGS, sides, strict=True))
    return f"{HEADER}threshold: {threshold}\nbias: {bias:.2f}\nsides:\n{rows}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for mix, seeds in SEEDS.items():
        told = f"of the generator's mix {mix} ({seeds[0]} to {seeds[-1]})"
        parser.add_argument(f"--{mix}", type=int, nargs="*", default=seeds, metavar="SEED", help=told)
    parser.add_argument("--pages", type=int, default=400, help="generated for each seed (400)")
    parser.add_argument("--clean", type=Path, nargs="+", default=[], metavar="FOLDER", help="of clean texts, *.txt")
    parser.add_argument("--threshold", type=float, default=1.0, help="score from which on a keyword is one (1.0)")
    parser.add_argument("--out", type=Path, default=TARGET, help="where the weights go (the shipped file)")
    args = parser.parse_args()
    lexicon = read_lexicons(sorted((ROOT / "config" / "lexicon").glob("*.yaml")))
    found = [*generated({mix: getattr(args, mix) for mix in SEEDS}, args.pages, lexicon), *clean(args.clean, lexicon)]
    try:
        weights = fit(found)
    except ValueError as error:
        sys.exit(str(error))
    args.out.write_text(written(weights, args.threshold), encoding="utf-8")
    right = sum(example.keyword for example in found)
    sys.stdout.write(f"{len(found)} candidates, {right} of them keywords: {args.out}\n")


if __name__ == "__main__":
    main()
