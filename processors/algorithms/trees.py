"""Boosted decision trees over named numbers: what they say of rows of these, and what speaks most for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
Chances = npt.NDArray[np.float64]

ROUNDS = ("alone", "together")

THOUSANDTHS = 1000
"""What a node says is in thousandths of the logarithm of the odds: whole numbers add up alike on every machine."""

CHUNK = 128
"""So many rows are sent through the trees at once: more would not stay in the processor's cache."""

_LEAF = np.float32(np.inf)


class Node(NamedTuple):
    """A place in a tree: what all below it say, and where rows go on that have at most so much of a trait, or more.

    A leaf has no trait. The places of the next nodes count from the tree's first one.
    """

    tree: int
    says: int
    trait: str = ""
    most: float = 0.0
    upto: int = 0
    over: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Trees laid out together, the roots first, each trait the number of a column.

    Rows that have at most so much of a node's trait go on to the node ``following``, others to the one behind that. A
    leaf is followed by itself, and no row has more than it asks for.
    """

    names: Sequence[str]
    roots: Integers
    columns: Integers
    most: Rows
    following: Integers
    says: Integers
    depth: int

    def weigh(self, rows: Rows) -> Integers:
        """What all trees together say of each row, in thousandths."""
        parts = (rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK))
        return np.concatenate(
            [np.zeros(0, np.int64), *(self.says.take(self._leaves(part)).sum(axis=1) for part in parts)]
        )

    def heaviest(self, row: Rows, count: int) -> list[str]:
        """The traits that speak most for a yes, as ``name: value``, the heaviest first.

        What a trait says is how much the way through its nodes changes what they say (Saabas, 2014).
        """
        weights: dict[int, int] = {}
        node = self.roots
        for _ in range(self.depth):
            after = self.following[node] + (row[self.columns[node]] > self.most[node])
            for column, change in zip(self.columns[node], self.says[after] - self.says[node], strict=True):
                weights[int(column)] = weights.get(int(column), 0) + int(change)
            node = after
        ranked = sorted((-weight, self.names[column], column) for column, weight in weights.items() if weight > 0)
        return [f"{name}: {float(row[column]):.3g}" for _, name, column in ranked[:count]]

    def _leaves(self, rows: Rows) -> Integers:
        flat, width = np.ascontiguousarray(rows).ravel(), rows.shape[1]
        starts = (np.arange(len(rows)) * width)[:, None]
        node: Integers = self.roots + np.zeros_like(starts)
        for _ in range(self.depth):  # take() is faster than brackets, and this is where lines spend most of their time
            places = self.columns.take(node)
            places += starts
            node = self.following.take(node) + (flat.take(places) > self.most.take(node))
        return node


def read_trees(path: Path, names: Sequence[str] = ()) -> dict[str, Trees]:
    """The trees of each round in a table of nodes, over these columns, or over the traits that they ask for."""
    rounds = _read(path).items()
    return {name: grown(nodes, names or sorted({node.trait for node in nodes} - {""})) for name, nodes in rounds}


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """Two rounds of trees: the second one, ``together``, also knows what the first says of neighbours."""

    alone: Trees
    together: Trees


def read_rounds(path: Path, names: Mapping[str, Sequence[str]]) -> Rounds:
    """The trees in such a table over the named columns of each round."""
    nodes = _read(path)
    return Rounds(*(grown(nodes[name], names[name]) for name in ROUNDS))


def _read(path: Path) -> dict[str, list[Node]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    next(rows)  # the names of its columns
    return {name: list(map(_node, found)) for name, found in groupby(rows, key=lambda row: row[0])}


def _node(row: Sequence[str]) -> Node:
    _, tree, says, *split = row
    if not split[0]:
        return Node(int(tree), int(says))
    trait, most, upto, over = split
    return Node(int(tree), int(says), trait, float(most), int(upto), int(over))


def chances_of(weights: Integers) -> Chances:
    """Probabilities, out of thousandths of the logarithm of the odds; to four digits, as every machine has them."""
    return np.round(1 / (1 + np.exp(-weights / THOUSANDTHS)), 4)


def grown(nodes: Iterable[Node], names: Sequence[str]) -> Trees:
    """Trees out of their nodes, each tree's together and its first one the root."""
    laid = list(nodes)
    numbers = np.array([node.tree for node in laid], np.int64)
    roots = np.append(True, numbers[1:] != numbers[:-1])[: len(laid)].nonzero()[0]
    inner = np.array([bool(node.trait) for node in laid], bool)
    first = roots[roots.searchsorted(inner.nonzero()[0], side="right") - 1]
    places = np.empty(len(laid), np.int64)
    places[roots] = np.arange(len(roots))
    behind = len(roots) + 2 * np.arange(len(first))  # the two nodes that follow each inner one stand side by side
    places[first + np.array([node.upto for node in laid if node.trait], np.int64)] = behind
    places[first + np.array([node.over for node in laid if node.trait], np.int64)] = behind + 1
    following = places.copy()
    following[inner] = behind
    column = {name: number for number, name in enumerate(names)}
    columns = np.array([column[node.trait] if node.trait else 0 for node in laid], np.int64)
    most = np.where(inner, np.array([node.most for node in laid], np.float32), _LEAF)
    says = np.array([node.says for node in laid], np.int64)
    order = places.argsort()
    return Trees(names, places[roots], columns[order], most[order], following[order], says[order], _depth(laid))


def _depth(nodes: Sequence[Node]) -> int:
    """The most nodes a row goes through before its leaf; a node stands behind the one that leads to it."""
    deep = [0] * len(nodes)
    first = 0
    for place, node in enumerate(nodes):
        first = place if place == 0 or node.tree != nodes[place - 1].tree else first
        if node.trait:
            deep[first + node.upto] = deep[first + node.over] = deep[place] + 1
    return max(deep, default=0)
