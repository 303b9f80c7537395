"""Decision trees over rows of numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.trees import CHUNK, Node, grown

NAMES = ("length", "calls")
NODES = [
    Node(0, -50, "length", 10.0, 1, 2),
    Node(0, 400),
    Node(0, -300, "calls", 0.0, 3, 4),
    Node(0, -500),
    Node(0, 100),
    Node(1, 7),
]
TREES = grown(NODES, NAMES)


def said(length: float, calls: float) -> int:
    """The same trees as a person reads them."""
    return 7 + (400 if length <= 10 else -500 if calls <= 0 else 100)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2)), max_size=8))
def test_a_row_is_weighed_by_the_leaves_it_comes_to(rows: list[tuple[int, int]]) -> None:
    """All trees add up, one of a single leaf as well, for no rows as for many."""
    table = np.array(rows, np.float32).reshape(-1, 2)
    assert TREES.weigh(table).tolist() == [said(*row) for row in rows]


def test_many_rows_are_weighed_as_few_are() -> None:
    """Also where they do not go through the trees together."""
    table = np.tile(np.array([[5, 0], [15, 0], [15, 1]], np.float32), (CHUNK, 1))
    assert TREES.weigh(table).tolist() == [said(5, 0), said(15, 0), said(15, 1)] * CHUNK


def test_the_heaviest_traits_are_those_that_changed_most() -> None:
    """With their values, and without what spoke against it."""
    assert TREES.heaviest(np.array([5, 1], np.float32), 3) == ["length: 5"]
    assert TREES.heaviest(np.array([15, 1], np.float32), 3) == ["calls: 1"]
    assert TREES.heaviest(np.array([15, 0], np.float32), 3) == []


def test_trees_may_be_nothing_but_leaves() -> None:
    """Where no trait told anything apart, each row weighs the same."""
    assert grown([Node(0, 3), Node(1, 4)], ()).weigh(np.zeros((2, 0), np.float32)).tolist() == [7, 7]
