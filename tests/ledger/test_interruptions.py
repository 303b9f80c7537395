"""Runs that are killed: what comes out in the end is that of a run that nobody interrupted, byte for byte."""

import random

import pytest

from benchmarks.interruptions import corpora, kill_points, random_moments


def test_kills_before_calls_that_bring_something_to_the_disk():
    """A few of the points at which a commit may be killed; all of them: python -m benchmarks.interruptions --points."""
    pages = corpora(random.Random(1))["polluted"]
    few = {name: text for name, text in pages.items() if name.startswith("00/")}
    results = list(kill_points(few, step=5))
    assert len(results) >= 3
    assert [at for at, same in results if not same] == []


@pytest.mark.parametrize("seed", [5])
def test_interruptions_at_random_moments(seed):
    """A few of them; many: python -m benchmarks.interruptions --count 200."""
    lots = random.Random(seed)
    found = {"odd": corpora(lots)["odd"]}
    assert [how for _, same, how in random_moments(found, 3, lots) if not same] == []
