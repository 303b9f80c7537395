"""Articles of an index that count no more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from pipeline.ledger.blob import Article


class Forgotten:
    """Which articles count no more. One that does not never does again: the same text later is another article."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        """``ids`` with the number below which an article of that id is meant."""
        self._ids = dict(ids)

    def add(self, ids: Collection[str], below: int) -> None:
        """Forget the articles of these ids; one that comes later under the same id is another one."""
        self._ids.update(dict.fromkeys(ids, below))

    def among(self, numbers: Collection[int], article: Callable[[int], Article]) -> set[int]:
        """Those of some articles that count no more."""
        return {number for number in numbers if not self.counts(number, article)} if self._ids else set()

    def counts(self, number: int, article: Callable[[int], Article]) -> bool:
        """Neither an article that is forgotten nor one that was dropped for it does."""
        found = article(number)
        return not self._has(found.id, number) and (
            found.kept == number or not self._has(article(found.kept).id, found.kept)
        )

    def _has(self, id_: str, number: int) -> bool:
        return number < self._ids.get(id_, 0)

    def saved(self) -> dict[str, int]:
        """``ids`` as they are now, fit for JSON."""
        return dict(self._ids)
