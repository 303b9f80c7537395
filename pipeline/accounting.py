"""The law of spans: whatever a step does, every non-blank character it was given is in exactly one place after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from pipeline.errors import ContractError
from pipeline.item import Cut, Drop, Item, Outcome
from pipeline.processor import CorpusProcessor, Step
from pipeline.spans import Piece, Span, all_blank, merged, minus

UNCLAIMED = "unclaimed"
"""Reason of a cut or drop that no processor made: a step lost characters, or an item, without saying so."""


class Account:
    """One step and what it was given and has not given back yet; every item and result of the step passes here."""

    def __init__(self, step: Step) -> None:
        self.label = step.label
        self.reasons = step.processor.reasons
        self.open: dict[str, Item] = {}
        self._processor = step.processor

    def process(self, item: Item) -> list[Outcome]:
        """What becomes of an item in this step; of earlier ones too, where the step has held them back.

        Raises whatever the processor raises, and ContractError where it breaks the contract. Then the item is as if
        it had never been given, and nothing has come of any other.
        """
        if item.id in self.open:
            raise ContractError(f"step {self.label} still has an item {item.id}; no two items may have the same id")
        self.open[item.id] = item
        try:
            outcomes = self._settle(list(self._processor.process(item)))
        except Exception:
            del self.open[item.id]
            raise
        return outcomes if isinstance(self._processor, CorpusProcessor) else [*outcomes, *self.close()]

    def finish(self) -> Iterator[list[Outcome]]:
        """What a corpus step held back, the outcomes of one item at a time. Raises like ``process``."""
        if isinstance(self._processor, CorpusProcessor):
            for _, results in groupby(self._processor.finish(), key=self._owner):
                yield self._settle(list(results))

    def close(self) -> list[Outcome]:
        """What was never given back: dropped as a whole, for an item must not vanish."""
        lost: list[Outcome] = [Drop(item, UNCLAIMED, {}, self.label) for item in self.open.values()]
        self.open.clear()
        return lost

    def _settle(self, results: Sequence[Item | Drop]) -> list[Outcome]:
        """The results as outcomes, item by item: cuts first, each with step, item and source, then items and drops."""
        outcomes: list[Outcome] = []
        settled: set[str] = set()
        for owner, own in groupby(results, key=self._owner):
            if owner in settled:
                raise ContractError(f"step {self.label} gave item {owner} back in two goes; give all of it at once")
            settled.add(owner)
            outcomes += self._outcomes(self.open[owner], list(own))
        for owner in settled:
            del self.open[owner]
        return outcomes

    def _owner(self, result: Item | Drop) -> str:
        """The id of the open item that a result is, or is a child of. Raises ContractError if there is none."""
        held = result.item if isinstance(result, Drop) else result
        for owner in (held.id, held.parent):
            if owner is not None and owner in self.open and self.open[owner].source == held.source:
                return owner
        raise ContractError(
            f"step {self.label} gave {held!r}, which is neither an item it was given and still has nor a child of one; "
            "make results with the item's own methods"
        )

    def _outcomes(self, item: Item, results: Sequence[Item | Drop]) -> list[Outcome]:
        cuts: list[Cut] = []
        rest: list[Item | Drop] = []
        for result in results:
            held = result.item if isinstance(result, Drop) else result
            cuts += [Cut(c.reason, c.evidence, c.spans, c.text, self.label, item.id, item.source) for c in held.cuts]
            bare = replace(held, cuts=()) if held.cuts else held
            rest.append(replace(result, item=bare, step=self.label) if isinstance(result, Drop) else bare)
        self._check_reasons(cuts, rest)
        bodies = [r.item if isinstance(r, Drop) else r for r in rest]
        if cuts or not _is_whole(item, bodies):
            self._check_identity(bodies)
            cuts += self._unclaimed(item, cuts, bodies)
        return [*cuts, *rest]

    def _check_reasons(self, cuts: Sequence[Cut], rest: Sequence[Item | Drop]) -> None:
        given = {c.reason for c in cuts} | {r.reason for r in rest if isinstance(r, Drop)}
        if not given <= self.reasons:
            raise ContractError(
                f"step {self.label} gave the reasons {sorted(given - self.reasons)}, it declares "
                f"{sorted(self.reasons)}; add them to the class's `reasons`"
            )

    def _check_identity(self, bodies: Sequence[Item]) -> None:
        if len({body.id for body in bodies}) < len(bodies):
            raise ContractError(f"step {self.label} gave item {bodies[0].id} back twice; use children() to split one")
        for body in bodies:
            if sum(p.length for p in body.pieces) != len(body.text):
                raise ContractError(
                    f"step {self.label} changed the text of item {body.id} behind the pieces; use cut() or with_text()"
                )

    def _unclaimed(self, item: Item, cuts: Sequence[Cut], bodies: Sequence[Item]) -> Iterator[Cut]:
        places = [s for c in cuts for s in c.spans]
        for body in bodies:
            places += [*body.held, *(p.span for p in body.pieces)]
        used = merged(places)
        if _size(used) != _size(places):
            raise ContractError(f"step {self.label} put a character of item {item.id} in two places")
        given = item.spans
        if minus(used, given):
            raise ContractError(f"step {self.label} claims characters that item {item.id} was not given")
        if lost := minus(given, used):
            for span, text in _lost(item, lost):
                yield Cut(UNCLAIMED, {}, (span,), text, self.label, item.id, item.source)


def _is_whole(item: Item, bodies: Sequence[Item]) -> bool:
    """Whether an item was given back with its text and book untouched, so that there is nothing to count."""
    if len(bodies) != 1:
        return False
    (body,) = bodies
    return body.text == item.text and body.pieces is item.pieces and body.held is item.held


def _size(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _lost(item: Item, spans: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """Those of the ordered, disjoint raw ranges of an item that are not known to be blank, each with its text."""
    placed = _placed(item)
    first = 0
    for span in spans:
        while placed[first][0].end <= span.start:
            first += 1
        text, blank, number = "", True, first
        while number < len(placed) and placed[number][0].start < span.end:
            raw, at, piece = placed[number]
            part = _text_of(item.text[at : at + piece.length], raw, span)
            text, blank, number = text + part, blank and all_blank([piece], part), number + 1
        if not blank:
            yield span, text or item.title


def _placed(item: Item) -> list[tuple[Span, int, Piece]]:
    """The pieces in raw order, each with its place in the text; what is held apart (a title) has no text there."""
    starts = accumulate((p.length for p in item.pieces), initial=0)
    pieces = [(p.span, at, p) for p, at in zip(item.pieces, starts, strict=False) if p.span.start < p.span.end]
    return sorted([*pieces, *((span, 0, Piece(0, span)) for span in item.held)])


def _text_of(text: str, raw: Span, part: Span) -> str:
    """What of the text of a piece belongs to a part of its raw range; its end belongs to the last part."""
    return text[max(part.start - raw.start, 0) : len(text) if part.end >= raw.end else part.end - raw.start]
