"""The parts of an index, in order: what is looked up in them, and how they grow together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.ledger.manifest import Entry, sync
from pipeline.ledger.part import MOST_ARTICLES, Content, Pairs, Part, merged, opened, pieces, write

_FAN_OUT = 4


class Parts:
    """Immutable parts, each holding the articles that follow those of the one before."""

    def __init__(self, place: Callable[[], Path], entries: Sequence[Entry]) -> None:
        """``place`` gives the folder they are in. Raises LedgerError for one that is damaged."""
        self._place = place
        self._parts = [opened(place(), entry) for entry in entries]
        self.settled(entries)

    def settled(self, entries: Iterable[Entry]) -> None:
        """From now on these are referred to: their files stay also when they are merged."""
        self._settled = set(entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What a manifest says of them."""
        return tuple(part.entry for part in self._parts)

    @property
    def articles(self) -> int:
        """How many there are in all of them."""
        last = self._parts[-1].entry if self._parts else None
        return last.first + last.articles if last else 0

    def owners(self, keys: Pairs) -> dict[int, int]:
        """Those of the ascending keys that are there, with their owners. Raises LedgerError for a file cut short."""
        found: dict[int, int] = {}
        for part in reversed(self._parts):
            part.check()
            there, owners = part.owners(keys)
            if owners.size:
                found.update(zip(keys[there].tolist(), owners.tolist(), strict=True))
                keys = keys[~there]
        return found

    def article(self, number: int) -> tuple[int, int, bytes]:
        """Of an article: the number of the one kept, its run, and its bytes."""
        return next(part for part in reversed(self._parts) if part.entry.first <= number).article(number)

    def copies(self, kept: Collection[int]) -> Counter[int]:
        """How many articles there are for which each of these was kept, itself included; reads all records."""
        wanted = np.array(sorted(kept), np.uint32)
        counts = np.zeros(wanted.size, np.int64)
        for found in self._kept() if wanted.size else ():
            at = wanted.searchsorted(found)
            hits = at[wanted.take(at, mode="clip") == found]
            counts += np.bincount(hits, minlength=wanted.size)
        return Counter(dict(zip(wanted.tolist(), counts.tolist(), strict=True)))

    def grown(self, run: int) -> set[int]:
        """The articles, by number, that others were dropped for in a run, which must be the last."""
        found: set[int] = set()
        for part in reversed(self._parts):
            [places] = np.nonzero(part.records["run"] == run)
            if not places.size:
                break
            kept = part.records["kept"][places]
            found.update(kept[kept != places + part.entry.first].tolist())
        return found

    def sync(self) -> None:
        """Make those last that nothing refers to yet. Raises OSError."""
        for part in self._parts:
            if part.entry not in self._settled:
                sync(part.path)

    def append(self, content: Content) -> None:
        """Write another one, and merge where four of a size have come together. Raises OSError."""
        self._parts.append(Part(self._place(), write(self._place(), content)))
        while (tail := self._tail()) > 1:
            self._parts[-tail:] = [self._merged(self._parts[-tail:])]

    def compact(self) -> None:
        """Make all of them one, or as few as can be. Raises OSError."""
        groups: list[list[Part]] = []
        for part in self._parts:
            if groups and sum(each.entry.articles for each in [*groups[-1], part]) <= MOST_ARTICLES:
                groups[-1].append(part)
            else:
                groups.append([part])
        self._parts = [self._merged(group) if len(group) > 1 else group[0] for group in groups]

    def _kept(self) -> Iterator[npt.NDArray[np.uint32]]:
        for part in self._parts:
            yield from (records["kept"] for records in pieces(part.records))

    def _tail(self) -> int:
        """How many of the last parts are to be merged: four or more that are no bigger in kind than the last."""
        kind = _kind(self._parts[-1])
        tail = next((n for n, part in enumerate(reversed(self._parts)) if _kind(part) > kind), len(self._parts))
        fits = sum(part.entry.articles for part in self._parts[-tail:]) <= MOST_ARTICLES
        return tail if tail >= _FAN_OUT and fits else 1

    def _merged(self, parts: list[Part]) -> Part:
        part = Part(self._place(), merged(self._place(), parts))
        for old in parts:
            if old.entry not in self._settled:
                old.path.unlink()
        return part


def _kind(part: Part) -> int:
    """The size class of a part: 0 below 4 articles, 1 below 16, and so on."""
    return (max(part.entry.articles, 1).bit_length() - 1) // 2
