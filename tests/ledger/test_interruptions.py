"""Runs that are killed: what comes out in the end is that of a run that nobody interrupted, byte for byte."""

import random

import pytest

from benchmarks.interruptions import Corpus, corpora, kill_points, random_moments


def test_kills_before_calls_that_bring_something_to_the_disk():
    """A few of the points at which a commit may be killed; all of them: python -m benchmarks.interruptions --points."""
    pages = corpora(random.Random(1))["polluted"].pages
    few = Corpus({name: text for name, text in pages.items() if name.startswith("00/")})
    results = list(kill_points(few, step=5))
    assert len(results) >= 3
    assert [at for at, same in results if not same] == []


@pytest.mark.parametrize("seed", [5])
def test_interruptions_at_random_moments(seed):
    """A few of them; many: python -m benchmarks.interruptions --count 200."""
    lots = random.Random(seed)
    found = corpora(lots)
    for name, count in (("odd", 2), ("second night", 1)):
        assert [how for _, same, how in random_moments({name: found[name]}, count, lots) if not same] == []
