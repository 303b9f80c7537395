"""`dedupe_paragraphs`: cuts paragraphs that stand in many articles, and leaves the articles."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import Field

from pipeline.errors import ChainStopped
from pipeline.item import Drop, Item, Removal
from pipeline.ledger.index import Index
from pipeline.ledger.manifest import LedgerError
from pipeline.processor import CorpusProcessor, Memory, Options, OwnFolder
from processors.algorithms.comparison import comparison_keys, table_digest
from processors.algorithms.identity import NORMALIZER, SCHEME

_DIGEST_BYTES = 8
_NEXT_PLACE = 0x9E3779B97F4A7C15
_KEYS = 1 << 64


class DedupeParagraphsOptions(Options):
    """Which paragraphs are compared, and in how many articles one may stand."""

    max_articles: int = Field(default=3, ge=1, le=100)
    """Articles that may have a paragraph: the first so many keep it, in later ones it is cut."""

    min_chars: int = Field(default=20, ge=1)
    """Letters and digits from which on a paragraph is compared; short ones ("He nodded.") recur by chance."""

    index: OwnFolder | None = None
    """The folder in which runs remember what they saw; another than that of `dedupe`. Without one a run begins with
    nothing seen."""


class _Paragraph(NamedTuple):
    """A paragraph that is compared: its place among the lines, and the digest of its comparison key."""

    line: int
    digest: bytes


class DedupeParagraphs(CorpusProcessor[DedupeParagraphsOptions]):
    """Cuts paragraphs that have stood in `max_articles` earlier articles; the rest of the article stays.

    Paragraphs are the same if they have the same comparison key. What is cut depends on the order and the content of
    the articles, on nothing else. It stands behind ``dedupe``, which ends copies of whole articles: cut paragraph by
    paragraph they would come out as what is left of them. Repetitions that ``dedupe`` only marked pass as they are.
    """

    reasons = frozenset({"recurring_paragraph", "all_recurring"})
    limits = frozenset({"max_articles", "min_chars"})
    version = 3

    def open(self) -> None:
        """Begin with what the index holds, or nothing. Raises LedgerError for an index that cannot be used."""
        parameters = self.options.model_dump(include={"max_articles", "min_chars"})
        made_with = {"of": "paragraphs", "scheme": SCHEME, "table": table_digest(), "normalizer": NORMALIZER}
        if self.memory and self.options.index:
            raise LedgerError(
                "dedupe_paragraphs: a state folder remembers already; leave out the option index, or the state"
            )
        memory = self.memory or Memory(self.options.index)
        self._index = Index(memory.folder, {**parameters, **made_with}, generation=memory.generation, run=memory.run)

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """The item without what recurs; a Drop if nothing is left of it. Raises ChainStopped if the index fails."""
        if "duplicate_of" in item.meta:
            yield item
            return
        lines = item.text.split("\n")
        compared = self._compared(lines)
        try:
            found = self._recurring(compared)
            self._index.add(item.id, item.source.name, len(self._index), b"".join(found))
            evidence = {digest: self._evidence(owner) for digest, owner in found.items() if owner is not None}
        except (LedgerError, OSError) as error:
            raise ChainStopped(f"dedupe_paragraphs: the index failed: {error}") from error
        cut = {paragraph.line: evidence[paragraph.digest] for paragraph in compared if paragraph.digest in evidence}
        rest = item.cut(_removals(lines, cut))
        yield Drop(rest, "all_recurring", {"paragraphs": len(cut)}) if cut and not rest.text.strip() else rest

    @property
    def remembered_runs(self) -> int:
        return self._index.earlier_runs

    @property
    def own_index(self) -> Path | None:
        return None if self.memory else self.options.index

    @property
    def remembers(self) -> bool:
        return self.memory is not None

    def forget(self, articles: Collection[str]) -> None:
        self._index.forget(articles)

    def prepare(self) -> int | None:
        """Write down what this run saw, without remembering it yet. Raises OSError."""
        return self._index.prepare(self.after_index)

    def commit(self) -> None:
        """Remember this run for good. Raises OSError."""
        self._index.commit()

    def rollback(self) -> None:
        """Forget everything since the last commit."""
        self._index.rollback()

    def close(self) -> None:
        """Forget what was seen and not committed."""
        self._index.close()

    def _compared(self, lines: Sequence[str]) -> list[_Paragraph]:
        keys = comparison_keys(lines).each()
        return [
            _Paragraph(number, hashlib.blake2b(key.astype("<u4").tobytes(), digest_size=_DIGEST_BYTES).digest())
            for number, key in enumerate(keys)
            if key.size >= self.options.min_chars
        ]

    def _recurring(self, compared: Sequence[_Paragraph]) -> dict[bytes, int | None]:
        """For each paragraph the first article that had it, if enough had it, else None.

        A paragraph has `max_articles` places in the index, of which each article that has it takes the next.
        """
        places = {each.digest: self._places(each.digest) for each in compared}
        known = self._index.look_up(place for found in places.values() for place in found)
        had: dict[int, frozenset[bytes]] = {}
        return {digest: self._first(digest, found, known, had) for digest, found in places.items()}

    def _places(self, digest: bytes) -> list[int]:
        start = int.from_bytes(digest, "little")
        return [(start + place * _NEXT_PLACE) % _KEYS for place in range(self.options.max_articles)]

    def _first(
        self, digest: bytes, places: Sequence[int], known: Mapping[int, int], had: dict[int, frozenset[bytes]]
    ) -> int | None:
        owners: list[int] = []
        for place in places:
            _, others = self._index.claim([place], known)
            if not others:
                return None  # there was a place left, which this article has now
            owners += others
        return owners[0] if all(self._has(owner, digest, had) for owner in owners) else None

    def _has(self, number: int, digest: bytes, had: dict[int, frozenset[bytes]]) -> bool:
        """Whether an article has a paragraph: 40 bits of a key alone would be right only nearly always.

        ``had`` keeps what articles have, each of which is read once.
        """
        if number not in had:
            payload = self._index.payload(number)
            had[number] = frozenset(payload[at : at + _DIGEST_BYTES] for at in range(0, len(payload), _DIGEST_BYTES))
        return digest in had[number]

    def _evidence(self, owner: int) -> dict[str, Any]:
        article = self._index.article(owner)
        return {
            "first": article.id,
            "source": article.source,
            "run": article.run,
            "articles": self.options.max_articles,
        }


def _removals(lines: Sequence[str], cut: Mapping[int, Mapping[str, Any]]) -> Iterator[Removal]:
    """The ranges of the lines to cut, each with the line end behind it; at the end of the text the one before it."""
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    last = len(lines)
    while last - 1 in cut:
        last -= 1
    for number, evidence in sorted(cut.items()):
        shift = 1 if number >= last > 0 else 0
        end = min(starts[number + 1] - shift, starts[-1] - 1)
        yield Removal(starts[number] - shift, end, "recurring_paragraph", evidence)
