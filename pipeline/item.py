"""What travels through a chain: items, the spans of the raw page they came from, and what was cut or dropped.

Everything here is frozen; an operation gives a new item and leaves the old one as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pipeline.errors import ContractError
from pipeline.spans import Piece, Span, merged, pieces_between, without

Evidence = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page came from.

    ``name`` is the path below the folder the run was given (POSIX form) or the URL: never a machine's own path.
    Spans count characters of the page decoded with ``encoding``, line ends untouched.
    """

    name: str
    page: int = 0
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of the raw page that was removed; the chain fills in ``step``, ``item`` and ``source``."""

    reason: str
    evidence: Evidence
    spans: tuple[Span, ...]
    text: str
    step: str = ""
    item: str = ""
    source: Source | None = None


class Removal(NamedTuple):
    """A range ``[start, end)`` of an item's text to cut, with the reason and what speaks for it."""

    start: int
    end: int
    reason: str
    evidence: Evidence = {}


class Part(NamedTuple):
    """What one child of an item is made of: ranges ``(start, end)`` of the item's text.

    ``body`` ranges become the lines of the child's text. ``title`` becomes its title, and each of ``fields``
    (``byline``, ``published`` …) an entry of its ``meta``; these leave the text but stay the child's own.
    """

    body: Sequence[tuple[int, int]]
    title: tuple[int, int] | None = None
    fields: Mapping[str, tuple[int, int]] = {}


@dataclass(frozen=True, slots=True)
class Item:
    """A page, or after ``split`` an article, with the book of where its text came from.

    ``pieces`` say for the text, in order, which range of the raw page each stretch came from; ``held`` are ranges
    that belong to the item without being in its text (title, byline). ``cuts`` are those the running step has made;
    the chain collects them after each step. ``fingerprint`` passes from one step to a later one and is not exported.
    """

    id: str
    source: Source
    text: str
    pieces: tuple[Piece, ...]
    title: str = ""
    held: tuple[Span, ...] = ()
    cuts: tuple[Cut, ...] = ()
    parent: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: bytes = b""

    def __repr__(self) -> str:
        return f"<Item {self.id} {self.source.name} {len(self.text)} characters>"

    @classmethod
    def page(cls, text: str, source: Source | str = "page", meta: Mapping[str, Any] | None = None) -> Item:
        """A raw page. Its id depends on the source's name, the page's number there and the text, on nothing else."""
        if isinstance(source, str):
            source = Source(source)
        place = f"{source.name}\0{source.page}\0".encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(place + text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        pieces = (Piece(len(text), Span(0, len(text))),) if text else ()
        return cls(digest, source, text, pieces, meta=dict(meta or {}))

    @property
    def spans(self) -> tuple[Span, ...]:
        """The ranges of the raw page this item stands for, in order, neighbours joined."""
        return merged([*self.held, *(piece.span for piece in self.pieces)])

    def cut(self, removals: Iterable[Removal]) -> Item:
        """Without the given ranges of the text, which go to ``cuts``. Ranges count in this item's text.

        Raises ContractError for a range outside the text or two that overlap.
        """
        ordered = sorted((r for r in removals if r.end > r.start), key=lambda r: r[:2])
        self._check([(r.start, r.end) for r in ordered])
        taken = pieces_between(self.pieces, [(r.start, r.end) for r in ordered])
        cuts = [
            Cut(r.reason, r.evidence, merged(p.span for p in found), self.text[r.start : r.end])
            for r, found in zip(ordered, taken, strict=True)
        ]
        kept = without([(r.start, r.end) for r in ordered], len(self.text))
        pieces = [p for found in pieces_between(self.pieces, kept) for p in found]
        text = "".join(self.text[start:end] for start, end in kept)
        return replace(self, text=text, pieces=tuple(pieces), cuts=self.cuts + tuple(cuts))

    def with_text(self, text: str, pieces: Sequence[Piece] | None = None) -> Item:
        """With another text for the same part of the page.

        ``pieces`` say which raw range each stretch of the new text came from; without them the lines are paired when
        both texts have as many, and otherwise the whole text stands for the whole. Raises ContractError if the
        lengths of ``pieces`` do not add up to the text's.
        """
        if pieces is None:
            pieces = self._paired(text)
        if sum(p.length for p in pieces) != len(text):
            raise ContractError(f"{self.id}: the pieces do not add up to the {len(text)} characters of the text")
        return replace(self, text=text, pieces=tuple(pieces))

    def with_title(self, title: str) -> Item:
        """With another wording of the title for the same part of the page."""
        return replace(self, title=title)

    def with_meta(self, **entries: Any) -> Item:
        """With these entries of ``meta`` added or replaced; they are exported, so they must be JSON."""
        return replace(self, meta={**self.meta, **entries})

    def with_fingerprint(self, fingerprint: bytes) -> Item:
        """With the identity of its content, made for a later step."""
        return replace(self, fingerprint=fingerprint)

    def children(self, parts: Sequence[Part]) -> list[Item]:
        """One item a part, numbered from 1 in the order given; the first carries the cuts made so far.

        Blank characters between two body ranges go with them. Raises ContractError for ranges outside the text or
        used twice.
        """
        used = sorted(r for p in parts for r in [*p.body, *p.fields.values(), *([p.title] if p.title else [])])
        self._check(used)
        if any(start == end for part in parts for start, end in part.body):
            raise ContractError(f"{self.id}: a body range is empty")
        return [
            self._child(number, part, self.cuts if number == 1 else ()) for number, part in enumerate(parts, start=1)
        ]

    def _child(self, number: int, part: Part, cuts: tuple[Cut, ...]) -> Item:
        apart = [*([part.title] if part.title else []), *part.fields.values()]
        held = merged(p.span for found in pieces_between(self.pieces, sorted(apart)) for p in found)
        pieces: list[Piece] = []
        end = None
        for (start, stop), found in zip(part.body, pieces_between(self.pieces, part.body), strict=True):
            if end is not None:
                pieces.append(_separator(pieces[-1].span.end, found[0].span.start, self.text[end:start]))
            pieces.extend(found)
            end = stop
        fields = {name: self.text[start:stop] for name, (start, stop) in part.fields.items()}
        return Item(
            id=f"{self.id}-{number}",
            source=self.source,
            text="\n".join(self.text[start:stop] for start, stop in part.body),
            pieces=tuple(pieces),
            title=self.text[slice(*part.title)] if part.title else "",
            held=held,
            cuts=cuts,
            parent=self.id,
            meta=fields,
        )

    def _paired(self, text: str) -> list[Piece]:
        old, new = self.text.splitlines(keepends=True), text.splitlines(keepends=True)
        if len(old) != len(new):
            old, new = [self.text], [text]
        pieces: list[Piece] = []
        start = 0
        for before, after in zip(old, new, strict=True):
            found = pieces_between(self.pieces, [(start, start + len(before))])[0]
            start += len(before)
            if len(before) == len(after):
                pieces.extend(found)
            else:
                pieces.extend(_spread(found, len(after)))
        return pieces

    def _check(self, ranges: Sequence[tuple[int, int]]) -> None:
        end = 0
        for start, stop in ranges:
            if not end <= start <= stop <= len(self.text):
                raise ContractError(
                    f"{self.id}: range [{start}, {stop}) overlaps another or lies outside the text's {len(self.text)}"
                    " characters; ranges must be disjoint"
                )
            end = stop


def _separator(before: int, after: int, gap: str) -> Piece:
    """The line end between two body ranges; it stands for the blank characters between them, if nothing else was there."""
    joined = gap.isspace() and after - before == len(gap)
    return Piece(1, Span(before, after if joined else before))


def _spread(pieces: Sequence[Piece], length: int) -> Iterable[Piece]:
    """The same raw ranges for a text of another length."""
    for piece in pieces[:-1]:
        taken = min(piece.length, length)
        length -= taken
        yield Piece(taken, piece.span)
    for piece in pieces[-1:]:
        yield Piece(length, piece.span)


@dataclass(frozen=True, slots=True)
class Drop:
    """An item that ends here, with the reason; a value like any other, never an exception. The chain fills in ``step``."""

    item: Item
    reason: str
    evidence: Evidence = field(default_factory=dict)
    step: str = ""


Outcome = Item | Cut | Drop
"""What a chain gives for a page: articles, and the account of everything that is not in them."""
