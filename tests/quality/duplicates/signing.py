"""What a worker of a process pool is asked for."""

from collections.abc import Sequence

from processors.algorithms.identity import identify


def packed(texts: Sequence[str]) -> list[bytes]:
    """The fingerprints of texts as they travel."""
    return [each.pack() for each in identify(texts, 5, carry_shingles=True)]
