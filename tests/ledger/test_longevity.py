"""Nights in which anything may happen to the files and to the state, held against a model of what should be out."""

import random

from benchmarks.longevity import Nights, live_through


def test_random_nights(tmp_path):
    """A few of them; many: python -m benchmarks.longevity --nights 60."""
    nights = Nights(tmp_path, random.Random(9))
    live_through(nights, 4)
    assert sum(nights.done.values()) >= 4
