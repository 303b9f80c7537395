"""Articles of an index that count no more, and those that have taken their place as owners of keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from pipeline.ledger.blob import Article

MOST_HEIRS = 8
"""Articles that may take the place of one; beyond these, copies find the earlier heirs."""


class Forgotten:
    """Which articles count no more. Parts never change, so keys stay with their owners; heirs are looked up here."""

    def __init__(self, ids: Mapping[str, int], heirs: Mapping[str, Sequence[int]]) -> None:
        """``ids`` with the number below which an article of that id is meant; ``heirs`` by the number of the owner."""
        self._ids = dict(ids)
        self._heirs = {int(number): list(found) for number, found in heirs.items()}
        self._met: set[int] = set()

    def add(self, ids: Collection[str], below: int) -> None:
        """Forget the articles of these ids; one that comes later under the same id is another one."""
        self._ids.update(dict.fromkeys(ids, below))

    def replaced(self, owners: set[int], article: Callable[[int], Article]) -> set[int]:
        """Owners with heirs in the place of those that count no more; the next article added will be among them."""
        if not self._ids:
            return owners
        gone = {owner for owner in owners if not self.counts(owner, article)}
        self._met |= gone
        heirs = {heir for owner in gone for heir in self._heirs.get(owner, ())}
        return owners - gone | {heir for heir in heirs if self.counts(heir, article)}

    def inherit(self, number: int) -> None:
        """An article was added: it takes the place of those that were met on the way."""
        for owner in sorted(self._met):
            found = self._heirs.setdefault(owner, [])
            if len(found) < MOST_HEIRS:
                found.append(number)
        self._met.clear()

    def counts(self, number: int, article: Callable[[int], Article]) -> bool:
        """Neither an article that is forgotten nor one that was dropped for it does."""
        found = article(number)
        return not self._has(found.id, number) and (
            found.kept == number or not self._has(article(found.kept).id, found.kept)
        )

    def _has(self, id_: str, number: int) -> bool:
        return number < self._ids.get(id_, 0)

    def saved(self) -> tuple[dict[str, int], dict[str, Sequence[int]]]:
        """``ids`` and ``heirs`` as they are now, fit for JSON."""
        return dict(self._ids), {str(number): tuple(found) for number, found in self._heirs.items()}
