"""Grows boosted trees over named numbers with LightGBM (``pip install -e '.[train]'``), and writes them as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import lightgbm
import numpy as np
import numpy.typing as npt

from processors.algorithms.trees import THOUSANDTHS, Node, Rows, Trees, grown

TREES = 150
GROWING: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.08,
    "num_leaves": 15,
    "max_depth": 6,
    "min_data_in_leaf": 30,
    "feature_fraction": 0.5,
    "lambda_l2": 2.0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 1,
    "verbose": -1,
}
"""Small trees that see half of the traits each; among the settings tried the best on pages of another generator."""

COLUMNS = "round\ttree\tsays\ttrait\tat most\tupto\tover\n"


MANY: dict[str, Any] = {
    **GROWING,
    "num_leaves": 47,
    "max_depth": 8,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
}
"""Larger ones that see a part of the rows each, for lines, of which there are many: trees of 15 leaves left half as
much spam again and cut a third more text, on the generator's pages and two others'; 63 leaves were no better."""

FEW: dict[str, Any] = {**GROWING, "num_leaves": 6, "max_depth": 3, "min_data_in_leaf": 40, "lambda_l2": 10.0}
"""Smaller ones, where there is little to learn from."""


class Judged(Protocol):
    """What one page gives to learn from."""

    @property
    def rows(self) -> Rows:
        """The numbers of the first round, one row for each thing that is judged."""

    def joined(self, alone: Trees) -> Rows:
        """The same with what the first round says of the things around."""


Example = TypeVar("Example", bound=Judged)


def two_rounds(
    found: Sequence[Example],
    fit: Callable[[Sequence[Rows], Sequence[Example]], list[Node]],
    names: Sequence[str],
    folds: int,
) -> dict[str, list[Node]]:
    """Trees of both rounds, the first over so many ``names``: the second learns from what the first says of pages it
    was not trained on, so they are dealt into ``folds``.
    """
    tables = [example.rows for example in found]
    joined = list(tables)
    for fold in range(folds):
        apart = [number for number in range(len(found)) if number % folds != fold]
        trees = grown(fit([tables[n] for n in apart], [found[n] for n in apart]), names)
        for number in range(fold, len(found), folds):
            joined[number] = found[number].joined(trees)
    return {"alone": fit(tables, found), "together": fit(joined, found)}


def grow(
    table: Rows,
    right: npt.NDArray[np.float64],
    costs: npt.NDArray[np.float64],
    names: Sequence[str],
    growing: Mapping[str, Any] = GROWING,
) -> list[Node]:
    """Trees that tell the rows that are ``right`` (1 or 0); each row counts as much as it costs to take it wrongly."""
    counted = costs > 0
    rows = lightgbm.Dataset(table[counted], right[counted], weight=costs[counted])
    settings = {"trees": TREES, **growing}
    trees = settings.pop("trees")
    dumped = lightgbm.train(settings, rows, trees).dump_model()["tree_info"]
    return [node for tree in dumped for node in _nodes(tree["tree_index"], tree["tree_structure"], names)]


def _nodes(tree: int, part: dict[str, Any], names: Sequence[str], first: int = 0) -> list[Node]:
    """The nodes of a tree or of a part of it, each before those it leads to."""
    if "leaf_value" in part:
        return [Node(tree, round(part["leaf_value"] * THOUSANDTHS))]
    upto = _nodes(tree, part["left_child"], names, first + 1)
    over = _nodes(tree, part["right_child"], names, first + 1 + len(upto))
    trait, most = names[part["split_feature"]], float(f"{part['threshold']:.6g}")
    says = round(part["internal_value"] * THOUSANDTHS)
    return [Node(tree, says, trait, most, first + 1, first + 1 + len(upto)), *upto, *over]


def written(rounds: Mapping[str, Sequence[Node]]) -> str:
    """The nodes of each round as rows of a table."""
    return COLUMNS + "".join(f"{name}\t{_written(node)}\n" for name, nodes in rounds.items() for node in nodes)


def _written(node: Node) -> str:
    split = (node.trait, f"{node.most:g}", node.upto, node.over) if node.trait else ("",) * 4
    return "\t".join(map(str, (node.tree, node.says, *split)))
