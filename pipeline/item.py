"""What travels through a chain: items, the spans of the raw page they came from, and what was cut or dropped.

Everything here is frozen; an operation gives a new item and leaves the old one as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from pipeline.errors import ContractError
from pipeline.spans import (
    Piece,
    Span,
    all_blank,
    blanks,
    joined,
    loosened,
    merged,
    minus,
    paired,
    pieces_between,
    spans_of,
    without,
)

Evidence = Mapping[str, Any]
Range = tuple[int, int]
_Found = Mapping[Range, Sequence[Piece]]


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
    evidence: Evidence = MappingProxyType({})


class Part(NamedTuple):
    """What one child of an item is made of: ranges ``(start, end)`` of the item's text.

    ``body`` ranges become the lines of the child's text. ``title`` becomes its title, and each of ``fields``
    (``byline``, ``published`` …) an entry of its ``meta``; these leave the text but stay the child's own.
    """

    body: Sequence[Range]
    title: Range | None = None
    fields: Mapping[str, Range] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """A page, or after ``split`` an article, with the book of where its text came from.

    ``pieces`` say for the text, in order, which range of the raw page each stretch came from; ``held`` are ranges
    that belong to the item without being in its text (title, byline). ``cuts`` are those the running step has made;
    the chain collects them after each step. ``meta`` is exported, so it must be JSON; items share it, so it is never
    changed in place (``with_meta`` makes another). ``fingerprint`` passes from one step to a later one and is not
    exported.
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
        """Without the given ranges of the text, which go to ``cuts``; empty ones say nothing and are passed over.

        Ranges count in this item's text. Raises ContractError for a range outside the text or two that overlap.
        """
        ordered = sorted((r for r in removals if r.end != r.start), key=lambda r: r[:2])
        if not ordered:
            return self
        ranges = [(r.start, r.end) for r in ordered]
        self._check(ranges)
        cuts = [
            Cut(r.reason, dict(r.evidence), spans_of(found), self.text[r.start : r.end])
            for r, found in zip(ordered, pieces_between(self.pieces, ranges), strict=True)
        ]
        kept = without(ranges, len(self.text))
        return replace(
            self,
            text="".join([self.text[start:end] for start, end in kept]),
            pieces=tuple(p for found in pieces_between(self.pieces, kept) for p in found),
            cuts=self.cuts + tuple(cuts),
        )

    def with_text(self, text: str, pieces: Sequence[Piece] | None = None) -> Item:
        """With another text for the same part of the page.

        ``pieces`` say which raw range each stretch of the new text came from; without them the lines are paired when
        both texts have as many, and otherwise the whole text stands for the whole, but for what is the same at both
        ends. Raises ContractError if the lengths of ``pieces`` do not add up to the text's.
        """
        if pieces is None:
            pieces = self.pieces if text == self.text else paired(self.pieces, self.text, text)
        if sum(p.length for p in pieces) != len(text):
            raise ContractError(
                f"{self.id}: the pieces have {sum(p.length for p in pieces)} characters, the text has {len(text)}; "
                "they must have as many"
            )
        whitened = minus(blanks(pieces, text), blanks(self.pieces, self.text))
        return replace(self, text=text, pieces=joined(loosened(pieces, whitened) if whitened else pieces))

    def with_title(self, title: str) -> Item:
        """With another wording of the title for the same part of the page."""
        return replace(self, title=title)

    def with_meta(self, **entries: Any) -> Item:
        """With these entries of ``meta`` added or replaced."""
        return replace(self, meta={**self.meta, **entries})

    def with_fingerprint(self, fingerprint: bytes) -> Item:
        """With the identity of its content, made for a later step."""
        return replace(self, fingerprint=fingerprint)

    def children(self, parts: Sequence[Part]) -> list[Item]:
        """One item a part, numbered from 1 in the order given; the first carries the cuts made so far.

        Blank characters between two body ranges go with them. Raises ContractError for no parts at all, for an empty
        body range, and for ranges outside the text, out of order within a body, or used twice.
        """
        if not parts:
            raise ContractError(f"{self.id}: there are no parts to make children of; yield a Drop instead")
        free = self._free(parts)
        runs = [part._replace(body=self._runs(part.body, free)) for part in parts]
        gaps = [(a, b) for part in runs for a, b in _gaps(part) if free.get(a) == b and self.text[a:b].isspace()]
        wanted = sorted([*(r for part in runs for r in _ranges(part) if r[0] < r[1]), *gaps])
        found: dict[Range, list[Piece]] = dict(zip(wanted, pieces_between(self.pieces, wanted), strict=True))
        between = {gap: found.pop(gap) for gap in gaps}
        made = [self._child(number, part, found, between) for number, part in enumerate(runs, start=1)]
        return [replace(made[0], cuts=self.cuts), *made[1:]] if self.cuts else made

    def _free(self, parts: Sequence[Part]) -> dict[int, int]:
        """The ranges of the text between two that parts use. Raises ContractError for parts that cannot be."""
        for part in parts:
            self._check(part.body)
            if any(start == end for start, end in part.body):
                raise ContractError(f"{self.id}: a body range is empty; leave it out")
        used = sorted(r for part in parts for r in _ranges(part))
        self._check(used)
        return {one[1]: other[0] for one, other in pairwise(used)}

    def _runs(self, body: Sequence[Range], free: Mapping[int, int]) -> list[Range]:
        """The body with those of its ranges made one that nothing parts but a line end."""
        out: list[Range] = []
        for start, end in body:
            if out and free.get(out[-1][1]) == start == out[-1][1] + 1 and self.text[start - 1] == "\n":
                out[-1] = (out[-1][0], end)
            else:
                out.append((start, end))
        return out

    def _child(self, number: int, part: Part, found: _Found, between: _Found) -> Item:
        pieces: list[Piece] = []
        end = 0
        for start, stop in part.body:
            if pieces:
                pieces += _separator(between.get((end, start), ()), self.text[end:start], pieces[-1].span.end)
            pieces += found[start, stop]
            end = stop
        return Item(
            id=f"{self.id}-{number}",
            source=self.source,
            text="\n".join([self.text[start:stop] for start, stop in part.body]),
            pieces=joined(pieces),
            title=self.text[slice(*part.title)] if part.title else "",
            held=merged(p.span for r in _apart(part) for p in found.get(r, ())),
            parent=self.id,
            meta={name: self.text[start:stop] for name, (start, stop) in part.fields.items()},
        )

    def _check(self, ranges: Sequence[Range]) -> None:
        end = 0
        for start, stop in ranges:
            if not end <= start <= stop <= len(self.text):
                raise ContractError(
                    f"{self.id}: range [{start}, {stop}) overlaps another or lies outside the text's {len(self.text)}"
                    " characters; ranges must be disjoint"
                )
            end = stop


def _apart(part: Part) -> list[Range]:
    return [*part.fields.values(), *([part.title] if part.title else [])]


def _ranges(part: Part) -> list[Range]:
    return [*part.body, *_apart(part)]


def _gaps(part: Part) -> Iterator[Range]:
    return ((one[1], other[0]) for one, other in pairwise(part.body))


def _separator(gap: Sequence[Piece], text: str, at: int) -> list[Piece]:
    """The line end between two body ranges; it stands for the blank characters that were between them."""
    if len(gap) == 1 and gap[0].exact and text.isspace():
        return [Piece(1, gap[0].span, blank=True)]
    spans = spans_of(gap)
    if not spans or not all_blank(gap, text):
        return [Piece(1, Span(at, at)), *(Piece(0, span) for span in spans)]
    return [Piece(1, spans[0], blank=True), *(Piece(0, span, blank=True) for span in spans[1:])]


@dataclass(frozen=True, slots=True)
class Drop:
    """An item that ends here, with the reason; a value, never an exception. The chain fills in ``step``."""

    item: Item
    reason: str
    evidence: Evidence = field(default_factory=dict)
    step: str = ""


Outcome = Item | Cut | Drop
"""What a chain gives for a page: articles, and the account of everything that is not in them."""
