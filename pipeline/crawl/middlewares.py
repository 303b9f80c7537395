"""The spider middleware that a chain sits in: the only place in Scrapy where one item can become several."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from scrapy import Request, signals
from scrapy.exceptions import CloseSpider, DontCloseSpider

from pipeline.chain import Chain
from pipeline.crawl.addon import ChainAddon
from pipeline.crawl.feeds import CHAIN_STOPPED, EARLIER_RUNS, OUTPUT_FAILED
from pipeline.crawl.pages import Found, pages
from pipeline.crawl.stateful import StatefulRun, why
from pipeline.crawl.succession import succeeding
from pipeline.crawl.summary import NOT_REMEMBERED
from pipeline.errors import ChainStopped
from pipeline.exporters.article import Article, article
from pipeline.exporters.audit import AuditRecord, audit
from pipeline.item import Item, Outcome, Source
from pipeline.ledger.inputs import Change
from pipeline.processor import CorpusProcessor
from pipeline.sources.problem import InputProblem

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

T = TypeVar("T")


class ChainMiddleware:
    """Runs the pages a spider yields through the chain; articles and audit records come out in their place.

    Requests and items without a text pass as they are. What corpus steps held back follows when the spider is idle.
    The other fields of a user's item become ``meta`` of the articles that come out while its page is worked on.
    """

    def __init__(self, crawler: Crawler, chain: Chain) -> None:
        self.crawler = crawler
        self.chain = chain
        self.stateful = StatefulRun.of(crawler) if ChainAddon.of(crawler).state else None
        self.fields = ChainAddon.of(crawler).fields
        self.holds = any(isinstance(step.processor, CorpusProcessor) for step in chain.steps)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Opens the chain here, not when the spider opens: there Scrapy would log an error and go on without it."""
        run = ChainAddon.of(crawler).run
        chain = Chain(run.steps, run.on_error)
        middleware = cls(crawler, chain)
        if middleware.stateful:
            middleware.stateful.open(chain)
        else:
            chain.open()
            crawler.stats.set_value(EARLIER_RUNS, chain.remembered_runs)
        crawler.signals.connect(middleware.spider_idle, signals.spider_idle)
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        crawler.signals.connect(middleware.engine_stopped, signals.engine_stopped)
        return middleware

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for output in self._through(start, Source(self.crawler.spidercls.name)):
            yield output

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        async for output in self._through(result, Source(response.url)):
            yield output

    async def _through(self, result: AsyncIterator[Any], place: Source) -> AsyncIterator[Any]:
        number = 0  # of the page among those of one response: two alike on one address are still two
        async for output in result:
            if self.stateful and isinstance(output, Change):
                found: Found | None = [*await self.stateful.begin(output, self.chain)]
            else:
                found = pages(output, self.fields, Source(place.name, number))
                number += found is not None
            for record in [output] if found is None else self._records(found):
                if self.stateful and not isinstance(record, Request):
                    self.stateful.sent()
                yield record
                if self.crawler.stats.get_value(OUTPUT_FAILED):
                    raise CloseSpider(OUTPUT_FAILED)

    def _records(self, found: Iterable[Item | InputProblem]) -> Iterator[Article | AuditRecord]:
        for page in found:
            if isinstance(page, InputProblem):
                self._count("input", page.reason)
                yield audit(page)
                continue
            self._count("pages")
            fed = succeeding(page, self.chain, self.stateful) if self.stateful else self.chain.feed(page)
            for outcome in _whole(fed):
                if isinstance(outcome, InputProblem):
                    self._count("input", outcome.reason)
                    yield audit(outcome)
                    continue
                own = isinstance(outcome, Item) and f"{outcome.id}-".startswith(f"{page.id}-")
                yield self._record(outcome, page.meta if own else {})

    def _record(self, outcome: Outcome, page_meta: Mapping[str, Any]) -> Article | AuditRecord:
        if isinstance(outcome, Item):
            self._count("articles")
            return article(outcome, page_meta)
        record = audit(outcome)
        if record.event == "error":
            self._count("errors", record.step)
        return record

    def _count(self, *what: str) -> None:
        self.crawler.stats.inc_value("/".join(("chain", *what)))

    def spider_idle(self, spider: Spider) -> None:
        """Let what corpus steps held back come out like anything else: through a last request's callback."""
        if self.holds:
            self.holds = False
            self.crawler.engine.crawl(Request("data:,", callback=self._held_back, dont_filter=True))
            raise DontCloseSpider

    def _held_back(self, response: Response) -> Iterator[Article | AuditRecord]:
        for outcome in _whole(self.chain.finish()):
            yield self._record(outcome, {})

    def spider_closed(self, spider: Spider) -> None:
        for name, count in self.chain.stats.items():
            self.crawler.stats.set_value(name, count)
        for name, seconds in self.chain.seconds.items():
            self.crawler.stats.set_value(name, round(seconds, 3))

    def engine_stopped(self) -> None:
        """Remember the run if its outputs are in place: Scrapy comes here after the feeds have been sealed."""
        stats = self.crawler.stats
        try:
            if self.stateful:
                self.stateful.finish(self.chain)
            elif stats.get_value("finish_reason") == "finished" and not stats.get_value(OUTPUT_FAILED):
                self.chain.commit()
        except Exception as error:  # whatever a step raises here, Scrapy would only log
            stats.set_value(NOT_REMEMBERED, why(error))
        finally:
            self.chain.close()


def _whole(outcomes: Iterator[T]) -> list[T]:
    """All outcomes of a page, or none of them. Raises CloseSpider when the chain stops the run."""
    try:
        return list(outcomes)
    except ChainStopped as stopped:
        logger.error("%s", stopped)
        raise CloseSpider(CHAIN_STOPPED) from None
