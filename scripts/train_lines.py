"""Trains config/weights/lines.tsv: what the traits of a line say for its being spam or an article's.

    python scripts/train_lines.py --clean FOLDER [FOLDER ...]

Pages and their labels come from the generator in tests/quality; the folders hold texts in UTF-8 in which nothing is
spam (scripts/real_text.py makes such a folder). Needs LightGBM (``pip install -e '.[train]'``). The same input gives
the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests" / "quality")]

from generate import pages  # noqa: E402  (scripts beside the tests, not a package)
from growing import MANY, grow, two_rounds, written  # noqa: E402
from pagegen.page import Page  # noqa: E402
from scoring.lines import Label, labels  # noqa: E402

from processors.algorithms.brand import read_weights  # noqa: E402
from processors.algorithms.layout import read_page  # noqa: E402
from processors.algorithms.lexicon import read_lexicons  # noqa: E402
from processors.algorithms.linemodel import COLUMNS, around_of  # noqa: E402
from processors.algorithms.pollution import furniture_of  # noqa: E402
from processors.algorithms.surroundings import Surroundings  # noqa: E402
from processors.algorithms.trees import Node, Rows, Trees, chances_of  # noqa: E402
from processors.algorithms.verdict import by_rules, doubted  # noqa: E402

CONFIG = ROOT / "config"
TARGET = CONFIG / "weights" / "lines.tsv"

COST = {"spam": 1.0, "article": 3.0, "headline": 4.0, "either": 0.0}
"""What a mistaken line counts: to lose text is worse than to leave some, and a headline holds a whole article."""

USUAL_CHARS, LEAST_SHARE, MOST_SHARE = 40, 0.5, 2.0
"""A line so long counts once; others by their length, since so much text is lost or left, within these bounds."""

SEEDS = {"all": [101, 102, 103, 104], "usual": [201, 202, 203], "wide": [301, 302, 303, 304, 305, 306, 307, 308]}
"""Of the generated pages of each mix; other seeds are for tests."""

FOLDS = 4
"""The second round learns from what the first says of pages it was not trained on."""

LONGEST_CHARS = 60_000
"""Longer clean texts are left out: one manual would outweigh all pages."""

HEADER = """\
# Decision trees over the traits of a line, made from generated pages and clean documents by scripts/train_lines.py and
# read by processors/algorithms/linemodel.py. `alone` knows a line, its page and its place, `together` also what `alone`
# says of the lines around. `says` is in thousandths of the logarithm of the odds that a line is spam or furniture:
# of all the lines that come to a node. A line that has at most so much of the trait goes on to the node `upto`, else to
# `over`, counted from the tree's first; where there is no trait, what the node says is added to what the others say.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One judged page: the traits of its lines, and what each line is."""

    rows: Rows
    labels: list[Label]

    def joined(self, alone: Trees) -> Rows:
        """The traits of the second round."""
        rows: Rows = np.concatenate([self.rows, around_of(self.rows, chances_of(alone.weigh(self.rows)))], axis=1)
        return rows


def examples(found: Iterable[tuple[str, Page | None]]) -> Iterator[Example]:
    """Texts with their gold, None for a clean one, as the rules judge them; those the model never sees are left out."""
    lexicon = read_lexicons(sorted((CONFIG / "lexicon").glob("*.yaml")))
    weights = read_weights(CONFIG / "weights" / "keyword.yaml")
    for text, page in found:
        layout = read_page(text)
        doubtful = doubted(layout, furniture_of(layout, lexicon), lexicon, weights)
        if doubtful is not None and doubtful.lines:
            yield _example(doubtful, page)
            if page and not doubtful.polluted and not page.gold["kind"].startswith("clean"):
                yield _example(by_rules(doubtful), page)


def _example(around: Surroundings, page: Page | None) -> Example:
    own: list[Label] = labels(page.gold, around.lines) if page else ["article"] * len(around.lines)
    return Example(around.table, own)


def texts(seeds: Mapping[str, Sequence[int]], count: int, folders: Sequence[Path]) -> Iterator[tuple[str, Page | None]]:
    """Generated pages of the seeds of each mix, then clean documents."""
    for page in (page for mix, own in seeds.items() for seed in own for page in pages(count, seed, mix)):
        yield page.text.removeprefix("\ufeff"), page
    for path in (path for folder in folders for path in sorted(folder.rglob("*.txt"))):
        text = path.read_bytes().decode("utf-8")
        if len(text) <= LONGEST_CHARS:
            yield text, None


def fit(tables: Sequence[Rows], found: Sequence[Example]) -> list[Node]:
    """Trees over the rows of some pages."""
    known = [label for example in found for label in example.labels]
    table = np.concatenate(tables)
    spam = np.array([label == "spam" for label in known], np.float64)
    lengths = table[:, COLUMNS["alone"].index("length")]
    shares = np.clip(lengths / USUAL_CHARS, LEAST_SHARE, MOST_SHARE)
    costs = np.array([COST[label] for label in known]) * np.where(np.array(known) == "headline", 1.0, shares)
    names = next(names for names in COLUMNS.values() if len(names) == table.shape[1])
    return grow(table, spam, costs, names, MANY)


def train(found: Sequence[Example]) -> dict[str, list[Node]]:
    """Both rounds."""
    return two_rounds(found, fit, COLUMNS["alone"], FOLDS)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for mix, seeds in SEEDS.items():
        told = f"of the generator's mix {mix} ({seeds[0]} to {seeds[-1]})"
        parser.add_argument(f"--{mix}", type=int, nargs="*", default=seeds, metavar="SEED", help=told)
    parser.add_argument("--pages", type=int, default=400, help="generated for each seed (400)")
    parser.add_argument("--clean", type=Path, nargs="+", default=[], metavar="FOLDER", help="of clean texts, *.txt")
    parser.add_argument("--out", type=Path, default=TARGET, help="where the weights go (the shipped file)")
    args = parser.parse_args()
    found = list(examples(texts({mix: getattr(args, mix) for mix in SEEDS}, args.pages, args.clean)))
    args.out.write_text(HEADER + written(train(found)), encoding="utf-8")
    lines = sum(len(example.labels) for example in found)
    sys.stdout.write(f"{len(found)} pages, {lines} lines: {args.out}\n")


if __name__ == "__main__":
    main()
