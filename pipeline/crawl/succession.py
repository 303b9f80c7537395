"""A page that is the next version of an input that is gone comes out in its place, and is no copy of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.item import Cut, Drop, Item, Outcome
from pipeline.processor import CorpusProcessor
from pipeline.sources.problem import InputProblem

if TYPE_CHECKING:
    from pipeline.chain import Chain
    from pipeline.crawl.stateful import StatefulRun


def succeeding(page: Item, chain: Chain, run: StatefulRun) -> Iterator[Outcome | InputProblem]:
    """The outcomes of a page; where articles of what is gone have ended for it, first what the audit is to say of that.

    What the page came to before they ended is as if it had never been. While steps hold items back, nothing ends.
    """
    run.adding.page(page.id)
    counted, held = Counter(chain.stats), chain.holding
    outcomes = list(chain.feed(page))
    chain.forget(_not_exported(outcomes, chain))
    lost_to = {kept for each in outcomes if (kept := _lost_to(each, page))}
    ended = run.news.replaced(lost_to) if run.news and not held and not chain.holding else {}
    if not ended:
        yield from outcomes
        return
    chain.stats.clear()
    chain.stats.update(counted)
    chain.forget([_item(each).id for each in outcomes if not isinstance(each, Cut) and not _lost_to(each, page)])
    for change, old in ended.items():
        run.adding.change(change)
        yield run.taken_in(change, old, chain)
    yield from succeeding(page, chain, run)  # it may be that of others, too


def _not_exported(outcomes: Iterable[Outcome], chain: Chain) -> list[str]:
    """The items that steps have taken in for articles and later ones have dropped: nothing may lose to them."""
    corpus = [isinstance(step.processor, CorpusProcessor) for step in chain.steps]
    first = corpus.index(True) if any(corpus) else len(corpus)
    behind = {step.label for step in chain.steps[first + 1 :]}
    drops = [each for each in outcomes if isinstance(each, Drop) and each.step in behind]
    return [drop.item.id for drop in drops if "kept" not in drop.evidence]


def _lost_to(outcome: Outcome, page: Item) -> str | None:
    """The article for which one of a page was dropped."""
    if isinstance(outcome, Drop) and f"{outcome.item.id}-".startswith(f"{page.id}-"):
        kept = outcome.evidence.get("kept")
        return kept if isinstance(kept, str) else None
    return None


def _item(outcome: Item | Drop) -> Item:
    return outcome.item if isinstance(outcome, Drop) else outcome
