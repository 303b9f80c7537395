"""Helpers for the tests of people who write processors: run one, hold it to the contract, check the law of spans."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.accounting import UNCLAIMED
from pipeline.chain import Chain
from pipeline.item import Cut, Drop, Item, Outcome
from pipeline.processor import CorpusProcessor, Processor, Step
from pipeline.spans import Span

_SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def run_one(processor: Processor[Any], text: str) -> list[Outcome]:
    """The outcomes of one page with this text, in a chain of this processor alone.

    Raises ChainStopped, with the processor's own exception as its cause, if it fails.
    """
    return [outcome for outcomes in _run(processor, [Item.page(text)]) for outcome in outcomes]


def assert_contract(processor: Processor[Any], items: Sequence[Item]) -> None:
    """Hold a processor that is not open to the contract, over items that all differ in their ids.

    Its reasons are slugs, and no outcome has another; it can be pickled with its options; it never changes what it is
    given and loses nothing of it; a second run gives the same, and so, but for a CorpusProcessor, does another order.
    """
    for reason in processor.reasons:
        assert _SLUG.fullmatch(reason), f"reason {reason!r} is not a snake_case slug, such as 'too_short'"
        assert reason not in {"error", UNCLAIMED}, f"reason {reason!r} is the chain's own; choose another"
    packed, before = pickle.dumps(processor), pickle.dumps(list(items))
    assert pickle.loads(packed).options == processor.options, "its options are not the same after pickling"
    outcomes = _run(processor, items)
    assert pickle.loads(before) == list(items), "process() changed an item; make another with the item's own methods"
    for outcome in (o for found in outcomes for o in found):
        assert isinstance(outcome, Item) or outcome.reason != UNCLAIMED, f"lost without a word: {outcome!r}"
    assert _run(pickle.loads(packed), items) == outcomes, "a second run gave something else"
    if not isinstance(processor, CorpusProcessor):
        *backwards, last = _run(pickle.loads(packed), items[::-1])
        assert [*backwards[::-1], last] == outcomes, "in another order of the items it gave something else"


def assert_every_character_accounted(page: Item, outcomes: Iterable[Outcome]) -> None:
    """The law of spans: articles, cuts and drops cover each non-blank character of a page exactly once.

    ``page`` is a raw page as ``Item.page`` makes it, ``outcomes`` all that came of it and of nothing else.
    """
    covered = bytearray(len(page.text))
    for outcome in outcomes:
        for start, end in _spans(outcome):
            assert 0 <= start <= end <= len(covered), f"[{start}, {end}) of {outcome!r} is no range of {page!r}"
            twice = covered.find(1, start, end)
            assert twice < 0, f"{_shown(page, twice)} of {outcome!r} is in two places"
            covered[start:end] = b"\1" * (end - start)
    for gap in re.finditer(rb"\0+", covered):
        lost = re.search(r"\S", page.text[gap.start() : gap.end()])
        assert lost is None, f"{_shown(page, gap.start() + lost.start())} is in no article, cut or drop"


def _run(processor: Processor[Any], items: Iterable[Item]) -> list[list[Outcome]]:
    """The outcomes of each item, and at the end those held back."""
    with Chain([Step("step", processor)], on_error="stop") as chain:
        return [*(list(chain.feed(item)) for item in items), list(chain.finish())]


def _spans(outcome: Outcome) -> Sequence[Span]:
    if isinstance(outcome, Cut):
        return outcome.spans
    item = outcome.item if isinstance(outcome, Drop) else outcome
    return [*item.held, *(piece.span for piece in item.pieces)]


def _shown(page: Item, place: int) -> str:
    return f"character {place} of {page!r}, at {page.text[place : place + 40]!r},"
