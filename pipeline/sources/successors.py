"""Which inputs that are gone a page which is read now is the next version of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from pipeline.ledger.inputs import Change, Inputs, Known

_MANY = 10
"""Files that must be gone for a folder to have been cleared; fewer may all have been renamed and edited."""


class Successors:
    """Finds them by what the page's articles would be dropped for.

    An input is such a one if its file is gone, if all its articles are among those, and if one of two things tells that
    the page follows it, and is no copy of it from somewhere else: an earlier version of the page lost to them as well;
    or it was there in the run before, and the page has its name, or stands in its folder, unless that was cleared: of
    ten files and more, over half are gone at once.
    """

    def __init__(
        self,
        inputs: Inputs,
        vanished: Callable[[], Collection[int]],
        present: Callable[[], int],
        moved: Collection[int],
    ) -> None:
        """``vanished`` gives the ids of what is gone since the run before, ``present`` how many inputs that had, and
        ``moved`` has those that this run has given another place.
        """
        self._moved = moved
        self._inputs = inputs
        self._find = vanished
        self._present = present
        self._vanished: Collection[int] | None = None
        self._cleared = False

    def replaced(self, page: Change, lost_to: Collection[str]) -> Iterator[tuple[Change, Known]]:
        """What ends because of a page that is read now, and whose articles would be dropped for those of these ids."""
        for known in self._inputs.of_articles(lost_to):
            own = set(self._inputs.articles(known.id))
            if known.id not in self._moved and own.issubset(lost_to) and self._follows(page, known, own):
                yield Change("replaced", known.path, known.name, old=known, by=page.name), known

    def _follows(self, page: Change, known: Known, own: set[str]) -> bool:
        vanished = known.id in self._gone()
        if vanished and not self._cleared and _beside(page.path, known.path):
            return True
        return (vanished or known.gone) and own.issubset(self._inputs.lost_before(page.path))

    def _gone(self) -> Collection[int]:
        if self._vanished is None:
            self._vanished = self._find()
            self._cleared = len(self._vanished) >= _MANY and len(self._vanished) * 2 > self._present()
        return self._vanished


def _beside(one: bytes, other: bytes) -> bool:
    """Whether two paths have the same folder, or the same name in it."""
    folders, names = zip(*(path.rpartition(b"/")[::2] for path in (one, other)), strict=True)
    return bool(folders[0] == folders[1] or names[0] == names[1])
