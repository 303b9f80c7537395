"""How alike all pairs of documents really are, by brute force: no bands, no signatures, no hashes of 32 bits."""

import numpy as np
import numpy.typing as npt

from processors.algorithms.comparison import comparison_keys

LOWEST = 0.5
SIZE = 5


def similarities(texts: list[str]) -> dict[tuple[int, int], float]:
    """The Jaccard similarity of every pair ``(earlier, later)`` from 0.5 on."""
    sets = [_runs(key) for key in comparison_keys(texts).each()]
    counts = np.array([found.size for found in sets])
    _, names = np.unique(np.concatenate(sets), return_inverse=True)
    owners = np.repeat(np.arange(len(sets)), counts)
    order = np.argsort(names, kind="stable")
    starts = np.searchsorted(names[order], np.arange(names.max() + 1))
    posted = owners[order]
    rank = np.empty(names.size, np.intp)
    rank[order] = np.arange(names.size)
    ends = np.cumsum(counts)
    found: dict[tuple[int, int], float] = {}
    for later in range(1, len(sets)):
        own = slice(ends[later] - counts[later], ends[later])
        shared = np.bincount(_between(posted, starts[names[own]], rank[own]), minlength=later)
        jaccard = shared / np.maximum(counts[:later] + counts[later] - shared, 1)
        found.update({(int(n), later): float(jaccard[n]) for n in np.flatnonzero(jaccard >= LOWEST)})
    return found


def _between(posted: npt.NDArray[np.intp], starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]) -> object:
    """The earlier documents in each posting list, one list after the other."""
    lengths = ends - starts
    at = np.repeat(starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    return posted[at]


def _runs(key: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """The distinct runs of five characters of a key, each by Python's own 64-bit hash."""
    text = key.tobytes()
    return np.unique(
        np.array([hash(text[at : at + 4 * SIZE]) for at in range(0, len(text) - 4 * SIZE + 4, 4)], np.int64)
    )
