"""What stays of a text from which characters are removed: spaces go that stand together or at the ends of a line."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import Codes, Places

Flags = npt.NDArray[np.bool_]

NOWHERE: Places = np.zeros(0, dtype=np.int64)

_SPACE, _END = ord(" "), ord("\n")


def has_spare(codes: Codes) -> bool:
    """Whether spaces stand together, or at the ends of a line, in a text that is not empty."""
    space = codes == _SPACE
    blank = space | (codes == _END)
    if space[0] or space[-1] or np.count_nonzero(space[1:] & blank[:-1]):
        return True
    return bool(np.count_nonzero(space[:-1] & blank[1:]))


def staying(codes: Codes, gone: Places, *, spaces: bool) -> Flags | None:
    """Which characters stay where those at ``gone`` (ascending) go, and then spare spaces if ``spaces``; None: all do.

    All but the first of a run of spaces are spare, and those at the ends of a line.
    """
    if not spaces:
        return _without(gone, len(codes)) if len(gone) else None
    if len(gone):
        # What goes is read as what stands before it, and so stands in nobody's way.
        before = at_places(codes, earlier(gone, gone))
        codes = codes.copy()
        codes[gone] = np.where(before, before, np.uint32(_END))
    stays = _kept(codes)
    stays[gone] = False
    return None if stays.all() else stays


def _without(gone: Places, length: int) -> Flags:
    stays = np.ones(length, dtype=np.bool_)
    stays[gone] = False
    return stays


def _kept(codes: Codes) -> Flags:
    """What is no spare space; lines that end in spaces lose the first of them too."""
    space = codes == _SPACE
    end = codes == _END
    spare = space.copy()
    spare[1:] &= (space | end)[:-1]
    first = space & ~spare
    spare[:-1] |= first[:-1] & end[1:]
    spare[-1] = space[-1]
    runs = (first[:-1] & space[1:]).nonzero()[0]
    if len(runs):
        last = (space[1:-1] & space[:-2] & ~space[2:]).nonzero()[0] + 1
        ends = np.append(last, len(codes) - 1)[np.searchsorted(last, runs)]
        spare[runs] = (at_places(codes, ends + 1) == _END) | (ends == len(codes) - 1)
    stays: Flags = ~spare
    return stays


def at_places(codes: Codes, places: Places) -> Codes:
    """The codes at places that may lie beyond the ends of the text; 0 there."""
    inside = (places >= 0) & (places < len(codes))
    return np.where(inside, codes[np.where(inside, places, 0)], np.uint32(0))


def earlier(gone: Places, places: Places) -> Places:
    """For each place the nearest one before it that is not among ``gone`` (ascending); -1 where there is none."""
    before = places - 1
    if not len(gone):
        return before
    fresh = np.append(True, np.diff(gone) != 1)  # the first of a run
    begins = gone[fresh][np.cumsum(fresh) - 1]
    number = np.searchsorted(gone, before)
    number[number == len(gone)] = 0
    within = gone[number] == before
    return np.where(within, begins[number] - 1, before)
