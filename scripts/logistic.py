"""Logistic regression for the weights of few signs, without a library: the same input gives the same bytes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

PENALTY = 1.0
"""L2 penalty of a weight; the bias has none."""

ENOUGH, MOST_STEPS = 1e-9, 60
"""Newton's method stops at steps this short, and converges in about ten."""


def fit(table: Array, right: Array, counts: Array, bias: int) -> Array:
    """The weight of each column of ``table``, by Newton's method; the column ``bias`` is one everywhere.

    Of the rows, ``right`` says 1 or 0, and ``counts`` how many each stands for.
    """
    penalty = np.full(table.shape[1], PENALTY)
    penalty[bias] = 0.0
    weights: Array = np.zeros(table.shape[1])
    for _ in range(MOST_STEPS):
        odds = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (counts * (odds - right)) + penalty * weights
        bend = (table.T * (counts * odds * (1 - odds))) @ table + np.diag(penalty + 1e-9)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < ENOUGH:
            break
    return weights
