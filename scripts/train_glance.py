"""Trains config/weights/glance.tsv: which lines may be spam at all, of a page on which no rule found any.

    python scripts/train_glance.py --clean FOLDER [FOLDER ...]

The trees for lines are slow to ask, since they know much. These know little and learn from those what to say; they let
pass every page of the generator in tests/quality that those find polluted. Whoever grows lines.tsv anew grows these
anew: they name the trees they were grown for, and no others are spared a question. The folders and the extra are those
of scripts/train_lines.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from growing import GROWING, grow, written  # noqa: E402  (scripts beside each other, not a package)
from train_lines import CONFIG, texts  # noqa: E402

from processors.algorithms.glance import TRAITS, glanced  # noqa: E402
from processors.algorithms.keyword import Keyword  # noqa: E402
from processors.algorithms.layout import read_page  # noqa: E402
from processors.algorithms.lexicon import Lexicon, read_lexicons  # noqa: E402
from processors.algorithms.linemodel import (  # noqa: E402
    GLANCE,
    LineModel,
    digest_of,
    is_anywhere,
    read_line_model,
    sure_lines,
)
from processors.algorithms.pollution import furniture_of, has_short_edges, signs_of_site  # noqa: E402
from processors.algorithms.sheet import Sheet  # noqa: E402
from processors.algorithms.surroundings import Surroundings  # noqa: E402
from processors.algorithms.suspicion import is_polluted, least_sure  # noqa: E402
from processors.algorithms.trees import Node, Rows, grown  # noqa: E402

LINES = CONFIG / "weights" / "lines.tsv"
SEEDS = {"all": [101, 102, 103], "usual": [201, 202, 203, 204]}
"""Of the generated pages of each mix, some of those that lines are trained with."""

FEW: dict[str, Any] = {**GROWING, "trees": 50, "learning_rate": 0.1, "num_leaves": 31, "max_depth": 8}

SURE_COSTS = 10.0
"""What a sure line counts, against one for another."""

FOLDS, MARGIN = 4, 500
"""Pages are judged by trees that were not grown from them; by so much (in thousandths of the logarithm of the odds) the
page that comes nearest to be passed over does not.
"""

HEADER = """\
# Decision trees for the first glance at the lines of a page, made for the trees of lines.tsv whose digest is {digest}
# by scripts/train_glance.py and read by processors/algorithms/linemodel.py. A line for which more speaks than against
# may be spam or furniture for sure; a page with too few such lines is not polluted. Nodes read as in lines.tsv.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A page: its lines at a glance, which of them are sure, which count; how many must be sure, and if so many are."""

    keys: Sequence[str]
    rows: Rows
    sure: npt.NDArray[np.bool_]
    counts: npt.NDArray[np.bool_]
    least: int
    polluted: bool

    def reach(self, says: npt.NDArray[np.int64]) -> int:
        """What is said of the last of so many different lines as must be sure."""
        best: dict[str, int] = {}
        for key, weight in zip(self.keys, np.where(self.counts, says, np.iinfo(np.int32).min).tolist(), strict=True):
            best[key] = max(weight, best.get(key, weight))
        return sorted(best.values(), reverse=True)[self.least - 1]


def examples(pages: Iterable[str], lexicon: Lexicon, model: LineModel) -> Iterator[Example]:
    """The pages with short lines at their edges and without a sign, as they look where no keyword is known."""
    asked = LineModel(model.alone, model.together, None)
    for text in pages:
        page = read_page(text)
        found = furniture_of(page, lexicon)
        prose = any(line.prose for line in page.lines)
        if prose and has_short_edges(page) and not signs_of_site(page, found, lexicon):
            around = Surroundings(Sheet(page, lexicon, Keyword([], lexicon, page), found), 0, (), polluted=False)
            sure = sure_lines(around, asked)
            keys = [line.key for line in page.lines]
            counts = np.array([not is_anywhere(around, number) for number in range(len(keys))])
            least = ceil(least_sure(around))
            if len(set(keys)) >= least:
                marked = np.array([key in sure for key in keys])
                yield Example(keys, glanced(around.sheet), marked, counts, least, is_polluted(around, asked))


def fit(found: Sequence[Example]) -> list[Node]:
    """Trees over the lines of some pages."""
    sure = np.concatenate([each.sure for each in found])
    counts = np.concatenate([each.counts for each in found])
    costs = np.where(counts, np.where(sure, SURE_COSTS, 1.0), 0.0)
    return grow(np.concatenate([each.rows for each in found]), sure.astype(np.float64), costs, TRAITS, FEW)


def train(found: Sequence[Example]) -> list[Node]:
    """The trees, and at last what is added so that no polluted page is passed over."""
    reached: list[tuple[int, bool]] = []
    for fold in range(FOLDS):
        trees = grown(fit([each for number, each in enumerate(found) if number % FOLDS != fold]), TRAITS)
        reached += [(each.reach(trees.weigh(each.rows)), each.polluted) for each in found[fold::FOLDS]]
    least = min(reach for reach, polluted in reached if polluted) - MARGIN
    clean = [reach >= least for reach, polluted in reached if not polluted]
    sys.stdout.write(
        f"{len(found)} pages, {len(found) - len(clean)} polluted; {sum(clean) / len(clean):.1%} of others\n"
    )
    nodes = fit(found)
    return [*nodes, Node(nodes[-1].tree + 1, 1 - least)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", type=Path, nargs="+", default=[], metavar="FOLDER", help="of clean texts, *.txt")
    parser.add_argument("--pages", type=int, default=400, help="generated for each seed (400)")
    parser.add_argument("--out", type=Path, default=LINES.with_name(GLANCE), help="where they go (the shipped file)")
    args = parser.parse_args()
    lexicon = read_lexicons(sorted((CONFIG / "lexicon").glob("*.yaml")))
    pages = (text for text, _ in texts(SEEDS, args.pages, args.clean))
    found = list(examples(pages, lexicon, read_line_model(LINES)))
    table = written({"glance": train(found)})
    args.out.write_text(HEADER.format(digest=digest_of(LINES)) + table, encoding="utf-8")


if __name__ == "__main__":
    main()
