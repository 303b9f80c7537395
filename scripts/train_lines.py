"""Trains config/weights/lines.yaml: what the traits of a line say for its being spam or an article's.

    python scripts/train_lines.py --clean FOLDER [FOLDER ...]

Pages and their labels come from the generator in tests/quality; the folders hold texts in UTF-8 in which nothing is
spam (scripts/real_text.py makes such a folder). Needs scikit-learn (``pip install -e '.[train]'``). The same input
gives the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "quality")]

from generate import pages  # noqa: E402  (scripts beside the tests, not a package)
from pagegen.page import Page  # noqa: E402
from scoring.lines import Label, labels  # noqa: E402

from processors.algorithms.brand import read_weights  # noqa: E402
from processors.algorithms.layout import read_page  # noqa: E402
from processors.algorithms.lexicon import read_lexicons  # noqa: E402
from processors.algorithms.linemodel import neighbours  # noqa: E402
from processors.algorithms.pollution import furniture_of  # noqa: E402
from processors.algorithms.sheet import Sheet  # noqa: E402
from processors.algorithms.verdict import by_rules, doubted  # noqa: E402

CONFIG = ROOT / "config"
TARGET = CONFIG / "weights" / "lines.yaml"

REGULAR = 0.2
"""Inverse of the L2 penalty."""

COST = {"spam": 1.0, "article": 2.0, "headline": 3.0}
"""What a mistaken line counts: to lose text is worse than to leave some, and a headline holds a whole article."""

SEEDS = [101, 102, 103, 104, 105, 106]
"""Of the generated pages; other seeds are for tests."""

FOLDS = 4
"""The second round learns from what the first says of pages it was not trained on."""

LONGEST_CHARS = 60_000
"""Longer clean texts are left out: one manual would outweigh all pages."""

LEAST = 0.05
"""A trait that weighs less is left out of the file."""

HEADER = """\
# Weights of the traits of a line (logarithm of the odds that it is spam or furniture), made from generated pages and
# clean documents by scripts/train_lines.py. Read by processors/algorithms/linemodel.py; `alone` knows a line, its page
# and its place, `together` also what `alone` says of the neighbours. Traits: traits.py and surroundings.py there.
version: 1
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One judged page: its sheet, the traits of each line, and what each line is."""

    sheet: Sheet
    traits: list[list[str]]
    labels: list[Label]


def examples(found: Iterable[tuple[str, Page | None]]) -> Iterator[Example]:
    """Texts with their gold, None for a clean one, as the rules judge them; those the model never sees are left out."""
    lexicon = read_lexicons(sorted((CONFIG / "lexicon").glob("*.yaml")))
    weights = read_weights(CONFIG / "weights" / "keyword.yaml")
    for text, page in found:
        layout = read_page(text)
        doubtful = doubted(layout, furniture_of(layout, lexicon), lexicon, weights)
        if doubtful is not None:
            lines = doubtful.sheet.lines
            own: list[Label] = labels(page.gold, lines) if page else ["article"] * len(lines)
            yield Example(doubtful.sheet, [doubtful.traits(number) for number in range(len(lines))], own)
            if page and not doubtful.polluted and not page.gold["kind"].startswith("clean"):
                ruled = by_rules(doubtful)
                yield Example(ruled.sheet, [ruled.traits(number) for number in range(len(lines))], own)


def texts(seeds: Sequence[int], count: int, folders: Sequence[Path]) -> Iterator[tuple[str, Page | None]]:
    """Generated pages, then clean documents."""
    for page in (page for seed in seeds for page in pages(count, seed)):
        yield page.text.removeprefix("\ufeff"), page
    for path in (path for folder in folders for path in sorted(folder.rglob("*.txt"))):
        text = path.read_bytes().decode("utf-8")
        if len(text) <= LONGEST_CHARS:
            yield text, None


class Fitted:
    """Logistic regression over named traits."""

    def __init__(self, traits: Sequence[Sequence[str]], known: Sequence[Label]) -> None:
        self.names = DictVectorizer(dtype=np.float32)
        table = self.names.fit_transform(map(_present, traits))
        spam = [label == "spam" for label in known]
        self.model = LogisticRegression(C=REGULAR, max_iter=2000).fit(table, spam, [COST[label] for label in known])

    def chances(self, traits: Sequence[Sequence[str]]) -> list[float]:
        """The probability of spam for each line."""
        found: list[float] = self.model.predict_proba(self.names.transform(map(_present, traits)))[:, 1].tolist()
        return found

    def written(self) -> str:
        """The weights as YAML, in the order of their names."""
        rows = zip(self.names.get_feature_names_out(), self.model.coef_[0], strict=True)
        lines = "".join(f'    "{name}": {weight:.2f}\n' for name, weight in rows if abs(weight) >= LEAST)
        return f"  bias: {self.model.intercept_[0]:.2f}\n  weights:\n{lines}"


def train(found: Sequence[Example]) -> tuple[Fitted, Fitted]:
    """Both rounds."""
    parts = [found[n::FOLDS] for n in range(FOLDS)]
    joined: list[list[str]] = []
    ordered: list[Example] = []
    for n, part in enumerate(parts):
        others = [example for m, other in enumerate(parts) if m != n for example in other]
        apart = _fit([line for example in others for line in example.traits], others)
        for example in part:
            joined += together(example, apart.chances)
            ordered.append(example)
    return _fit([line for example in found for line in example.traits], found), _fit(joined, ordered)


def written(alone: Fitted, both: Fitted) -> str:
    """The file of weights."""
    return f"{HEADER}alone:\n{alone.written()}together:\n{both.written()}"


def together(example: Example, chances: Callable[[Sequence[Sequence[str]]], Sequence[float]]) -> list[list[str]]:
    """The traits of a page's lines for the second round."""
    if not example.traits:
        return []
    beside = neighbours(example.sheet, chances(example.traits))
    return [[*own, *other] for own, other in zip(example.traits, beside, strict=True)]


def _fit(traits: Sequence[Sequence[str]], found: Sequence[Example]) -> Fitted:
    known = [label for example in found for label in example.labels]
    counted = [line for line, label in zip(traits, known, strict=True) if label != "either"]
    return Fitted(counted, [label for label in known if label != "either"])


def _present(traits: Sequence[str]) -> dict[str, int]:
    return dict.fromkeys(traits, 1)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS, help="of the generator (101 to 106)")
    parser.add_argument("--pages", type=int, default=400, help="generated for each seed (400)")
    parser.add_argument("--clean", type=Path, nargs="+", default=[], metavar="FOLDER", help="of clean texts, *.txt")
    parser.add_argument("--out", type=Path, default=TARGET, help="where the weights go (the shipped file)")
    args = parser.parse_args()
    found = list(examples(texts(args.seeds, args.pages, args.clean)))
    alone, both = train(found)
    args.out.write_text(written(alone, both), encoding="utf-8")
    lines = sum(len(example.labels) for example in found)
    sys.stdout.write(f"{len(found)} pages, {lines} lines: {args.out}\n")


if __name__ == "__main__":
    main()
