"""A crawl with a state folder: it reads only what is new, and makes its articles, audit and memory last together."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider

from pipeline.crawl.addon import ChainAddon
from pipeline.crawl.expected import Expected
from pipeline.crawl.feeds import OUTPUT_FAILED
from pipeline.crawl.outputs import refuse_inside, shard_inputs
from pipeline.crawl.summary import NOT_AS_EXPECTED, STATE_RUN, exit_code, one_line
from pipeline.errors import SeedsiftError
from pipeline.exporters.article import Article
from pipeline.exporters.audit import AuditRecord
from pipeline.ledger import to_forget
from pipeline.ledger.adding import Adding
from pipeline.ledger.inputs import ENDING, Change, Inputs, Known
from pipeline.ledger.manifest import LedgerError, in_state
from pipeline.ledger.restore import check_forgotten, check_known, check_shards
from pipeline.ledger.runs import FINISHED, OPEN, RED, begin, check_chain, end, withdraw
from pipeline.ledger.shards import generations
from pipeline.ledger.state import State
from pipeline.processor import CorpusProcessor, Memory
from pipeline.report import manifest
from pipeline.report.manifest import Ended
from pipeline.sources.news import News
from pipeline.sources.problem import InputProblem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scrapy.crawler import Crawler

    from pipeline.chain import Chain

logger = logging.getLogger(__name__)

PATIENCE = 600.0
"""Seconds that records may be on their way through item pipelines when a shard is to be made."""

_TOLD = {
    "changed": "superseded_input",
    "outdated": "superseded_input",
    "replaced": "replaced_input",
    "reoffered": "reoffered_input",
    "renamed": "renamed_input",
    "removed": "removed_input",
    "forgotten": "forgotten_input",
}


class StatefulRun:
    """The run of a crawl against its state; an extension that the add-on switches on where there is a state."""

    def __init__(self, crawler: Crawler, folder: str, state: State, size: int) -> None:
        """``size`` is how many inputs a shard has."""
        run = ChainAddon.of(crawler).run
        self._size = size
        check_chain(state.database, run.fingerprint, run.described, folder)
        check_known(state)
        check_shards(state)
        check_forgotten(state)
        to_forget.tidy(state.folder, state.database)
        self.folder = folder
        self.state = state
        self.adding = Adding(state, begin(state.database, state.highest_run))
        crawler.stats.set_value(STATE_RUN, self.adding.run.number)
        self._inputs = Inputs(state.database)
        self.news: News | None = None
        self._crawler = crawler
        self._expected = Expected(run.expect, self.adding)
        self._begun = perf_counter()
        self._on_the_way = 0
        self._exported = 0
        self._arrived = asyncio.Event()
        self._counted: Counter[str] = Counter()
        self._red: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Opens the state. Raises SeedsiftError when it cannot be used."""
        addon = ChainAddon.of(crawler)
        assert addon.state is not None
        refuse_inside(addon.state, getattr(crawler.spider, "input_paths", ()))
        size = shard_inputs(crawler.settings.get("SHARD_INPUTS"))
        state = State(addon.state)
        try:
            made = cls(crawler, str(addon.state), state, size)
        except BaseException:
            state.withdraw()
            raise
        addon.begun.callback(made.withdraw)
        crawler.signals.connect(made.item_scraped, signals.item_scraped)
        crawler.signals.connect(made.item_gone, signals.item_dropped)
        crawler.signals.connect(made.item_error, signals.item_error)
        return made

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """That of a crawl that has a state. Raises SeedsiftError when it was switched off."""
        run = crawler.get_extension(cls)
        if run is None:
            raise SeedsiftError(
                f"EXTENSIONS: {cls.__module__}.{cls.__name__} is switched off, and a run with a state needs it; "
                "leave it on, or run without a state (-s STATE=)"
            )
        return run

    def open(self, chain: Chain) -> None:
        """Open a chain whose corpus steps have their memory in the state. Raises LedgerError, with what to do."""
        decided = generations(self.state.database)
        for step in chain.steps:
            if isinstance(step.processor, CorpusProcessor):
                number = self.adding.run.number
                step.processor.memory = Memory(self.state.index(step.label), decided.get(step.label, 0), number)
        try:
            chain.open()
        except LedgerError as error:
            raise in_state(error) from error.__cause__

    async def begin(self, change: Change, chain: Chain) -> list[InputProblem]:
        """Take in the next input, after a commit if the shard is full; what the audit is to say of it.

        Raises CloseSpider when the run cannot go on.
        """
        full = self.adding.inputs >= self._size and not self._expected.asked
        if full and chain.remembers and not chain.holding:
            await self._arrive()
            self._commit(chain)
        self.adding.change(change)
        if change.kind not in _TOLD or change.old is None:
            return []
        return [self.taken_in(change, change.old, chain)]

    def taken_in(self, change: Change, old: Known, chain: Chain) -> InputProblem:
        """What the audit is to say of a change, after which articles of what was there before may count no more."""
        evidence: dict[str, Any] = {}
        if change.kind in ENDING:
            evidence["articles"] = self._inputs.articles(old.id)
            chain.forget(evidence["articles"])
            if change.lost_to:
                evidence["lost_to"] = change.lost_to
            if change.by:
                evidence["by"] = change.by
        elif change.kind == "renamed":
            evidence["was"] = old.name
        return InputProblem(change.name, _TOLD[change.kind], evidence)

    def told(self) -> str:
        return one_line(self.folder, self.adding, self._unchanged, self._crawler.stats.get_stats())

    def news_of(self, paths: Sequence[Path]) -> News:
        """What is to be found out about the inputs below some paths."""
        ChainAddon.of(self._crawler).begun.pop_all()  # nothing is taken back any more
        run, expected = self.adding.run.number, self._expected
        may_be_gone, may_be_empty = expected.may_be_gone, expected.may_be_empty
        self.news = News(self._inputs, run, paths, may_be_gone=may_be_gone, may_be_empty=may_be_empty)
        return self.news

    def sent(self) -> None:
        """A record is on its way to the feeds."""
        self._on_the_way += 1
        self._arrived.clear()

    def item_scraped(self, item: Any) -> None:
        self._exported += 1
        if isinstance(item, Article):
            self.adding.article(item.id)
        elif isinstance(item, AuditRecord) and isinstance(kept := item.evidence.get("kept"), str):
            self.adding.copy(item.item, kept)
        self.item_gone()

    def item_gone(self) -> None:
        self._on_the_way -= 1
        if not self._on_the_way:
            self._arrived.set()

    def item_error(self, item: Any) -> None:
        self.fail(f"an item pipeline failed on {item!r}; nothing of its shard is remembered")
        self.item_gone()

    def fail(self, why: str) -> None:
        """Remember nothing more, and end with the exit code of an output that failed."""
        if not self._crawler.stats.get_value(OUTPUT_FAILED):
            self._crawler.stats.set_value(OUTPUT_FAILED, why)

    def withdraw(self) -> None:
        """Leave the state as it was before a run that was refused. Raises SeedsiftError and OSError."""
        withdraw(self.state.database, self.adding.run)
        self.state.withdraw()

    def finish(self, chain: Chain) -> None:
        """Make the rest last if the crawl came to its end, and write down how it went; closes the state."""
        ChainAddon.of(self._crawler).begun.pop_all()  # nothing is taken back any more
        try:
            state = self._seal(chain) if self._whole() else OPEN
            if state == OPEN:
                self.adding.discard()
            self._written_down(state, chain)
        finally:
            self.state.close()

    async def _arrive(self) -> None:
        """Wait until every record that was sent is in the shard, or was dropped by an item pipeline."""
        if self._on_the_way:
            try:
                await asyncio.wait_for(self._arrived.wait(), PATIENCE)
            except TimeoutError:
                self.fail(f"{self._on_the_way} records did not arrive at the feeds; something between holds them back")

    def _commit(self, chain: Chain) -> None:
        """Raises CloseSpider when it fails, which the statistics then tell."""
        try:
            self._make_last(chain)
        except Exception as error:  # as in `_seal`
            self.fail(why(error))
        if self._crawler.stats.get_value(OUTPUT_FAILED):
            raise CloseSpider(OUTPUT_FAILED)

    def _make_last(self, chain: Chain) -> None:
        if self._crawler.stats.get_value(OUTPUT_FAILED):
            return
        if self._exported != self.adding.lines:
            raise SeedsiftError(
                f"{self._exported} records were exported, {self.adding.lines} are in the shard; another extension has "
                "taken the place of the feeds, so nothing of it is remembered"
            )
        counts = self._counts(chain)
        new = self.adding.any  # without, no transaction would decide for what the indexes prepare
        self.adding.commit(chain.prepare() if new else {}, counts - self._counted)
        if new:
            chain.commit()
        self._counted, self._exported = counts, 0

    def _counts(self, chain: Chain) -> Counter[str]:
        found = {n: v for n, v in self._crawler.stats.get_stats().items() if n.startswith("chain/") and type(v) is int}
        return Counter(found) | chain.stats

    def _whole(self) -> bool:
        stats = self._crawler.stats
        failed = stats.get_value(OUTPUT_FAILED) or stats.get_value("spider_exceptions/count")
        return stats.get_value("finish_reason") == "finished" and not failed

    def _seal(self, chain: Chain) -> str:
        """What becomes of a run that came to its end: FINISHED, RED or, if its output failed, OPEN."""
        try:
            if self._on_the_way:
                raise SeedsiftError(f"{self._on_the_way} records did not arrive at the feeds")
            emptied = self.news.emptied if self.news else ()
            if failed := self._expected.failed(self._of_the_run(chain), chain, emptied):
                self._crawler.stats.set_value(NOT_AS_EXPECTED, failed)
                self._red = self._of_the_run(chain)
                self.adding.set_apart()
                return RED
            self._make_last(chain)
        except Exception as error:  # of anybody's step, or of a damaged ledger; Scrapy would only log it
            self.fail(why(error))
        return FINISHED if self._whole() else OPEN

    @property
    def _unchanged(self) -> int:
        return self.news.unchanged if self.news else 0

    def _of_the_run(self, chain: Chain) -> Counter[str]:
        """The counts of the whole run: of its shards, and of what was taken in since."""
        return self.adding.counts + (self._counts(chain) - self._counted) + self.adding.kinds

    def _written_down(self, state: str, chain: Chain) -> None:
        """Let statistics, manifest and ledger tell of the run as a whole, its earlier attempts included."""
        stats = self._crawler.stats
        counts = self._red if state == RED else self.adding.counts
        if state != OPEN:
            for name, count in counts.items():
                stats.set_value(name, count)
        seconds = {"run": round(perf_counter() - self._begun, 3), **{n: round(s, 3) for n, s in chain.seconds.items()}}
        not_met = stats.get_value(NOT_AS_EXPECTED, [])
        ended = Ended(state, exit_code(stats.get_stats()), counts, self._unchanged, seconds, not_met)
        try:
            self.state.check()
            manifest.write(self.state, self.adding.run, ended)
            end(self.state.database, self.adding.run.number, state, ended.exit_code, counts)
        except Exception as error:  # as above
            self.fail(why(error))


def why(error: Exception) -> str:
    """What went wrong; with the kind of the error where it is none of ours, which say all themselves."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error) if isinstance(error, (SeedsiftError, OSError)) else f"{type(error).__name__}: {error}"
