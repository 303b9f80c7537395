"""The law of spans: whatever a step does, every non-blank character it was given is in exactly one place after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.errors import ContractError
from pipeline.item import Cut, Drop, Item, Outcome
from pipeline.spans import Span, merged, minus

UNCLAIMED = "unclaimed"
"""Reason of a cut that no processor made: characters a step lost without saying so."""


def account(
    item: Item | None, results: Iterable[Item | Drop], label: str, reasons: frozenset[str]
) -> list[Outcome]:
    """The results of one step as outcomes: cuts first, each with step, item and source, then items and drops.

    ``item`` is what the step was given (None for results it had held back: then nothing can be missing). Raises
    ContractError for an undeclared reason, a character in two places, or one from outside the item.
    """
    cuts: list[Cut] = []
    rest: list[Item | Drop] = []
    for result in results:
        held = result.item if isinstance(result, Drop) else result
        owner = held if item is None else item
        cuts.extend(replace(c, step=label, item=owner.id, source=owner.source) for c in held.cuts)
        bare = replace(held, cuts=()) if held.cuts else held
        rest.append(replace(result, item=bare, step=label) if isinstance(result, Drop) else bare)
    _declared(cuts, rest, label, reasons)
    if item is not None and [item] != rest:
        cuts.extend(_unclaimed(item, cuts, rest, label))
    return [*cuts, *rest]


def _declared(cuts: Sequence[Cut], rest: Sequence[Item | Drop], label: str, reasons: frozenset[str]) -> None:
    given = {c.reason for c in cuts} | {r.reason for r in rest if isinstance(r, Drop)}
    if given - reasons:
        raise ContractError(
            f"step {label} gave the reasons {sorted(given - reasons)}, it declares {sorted(reasons)}; "
            "add them to the class's `reasons`"
        )


def _unclaimed(item: Item, cuts: Sequence[Cut], rest: Sequence[Item | Drop], label: str) -> Iterator[Cut]:
    places = [c.spans for c in cuts] + [(r.item if isinstance(r, Drop) else r).spans for r in rest]
    used = merged(span for spans in places for span in spans)
    if sum(e - s for s, e in used) != sum(e - s for spans in places for s, e in spans):
        raise ContractError(f"step {label} put a character of item {item.id} in two places")
    if minus(used, item.spans):
        raise ContractError(f"step {label} claims characters that item {item.id} was not given")
    for span in minus(item.spans, used):
        text = _text_of(item, span)
        if text.strip():
            yield Cut(UNCLAIMED, {}, (span,), text, label, item.id, item.source)


def _text_of(item: Item, span: Span) -> str:
    """The text that came from a raw range; what is held apart (a title) counts as its title."""
    if any(h.start < span.end and span.start < h.end for h in item.held):
        return item.title or "?"
    found: list[str] = []
    at = 0
    for piece in item.pieces:
        start, end = max(span.start, piece.span.start), min(span.end, piece.span.end)
        if start < end:
            exact = piece.length == piece.span.end - piece.span.start
            offset = start - piece.span.start if exact else 0
            found.append(item.text[at + offset : at + (offset + end - start if exact else piece.length)])
        at += piece.length
    return "".join(found)
