"""``scrapy crawl``, with an exit code that tells the truth: Scrapy's own is 0 after nearly every failure."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import logging
import sys
from typing import Any

from scrapy.commands import crawl as stock
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from pipeline.crawl.addon import ChainAddon
from pipeline.crawl.commands import OWN_PROCESS
from pipeline.crawl.feeds import Feeds
from pipeline.crawl.interrupts import ignore
from pipeline.crawl.remedy import completed
from pipeline.crawl.stateful import StatefulRun
from pipeline.crawl.summary import LOCKED, STOPPED, USAGE, exit_code, summary
from pipeline.errors import SeedsiftError
from pipeline.ledger.database import StateUnwritableError
from pipeline.ledger.state import StateLockedError
from pipeline.streams import OUTPUT

logger = logging.getLogger(__name__)

_NO_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


class Command(stock.Command):
    """Runs a spider, then says what came out and exits with a code from docs/crawl.md."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        assert self.crawler_process
        crawler = self._crawler_of(args)
        running: Any = self.crawler_process.crawl(crawler, **opts.spargs)
        failures: list[BaseException] = []
        if not isinstance(running, asyncio.Task):
            running.addErrback(lambda failure: failures.append(failure.value))
        self.crawler_process.start()
        if OWN_PROCESS:
            ignore()
        if isinstance(running, asyncio.Task) and running.done() and not running.cancelled():
            failures.extend(filter(None, [running.exception()]))
        self.exitcode = _refused(failures[0], crawler) if failures else _told(crawler)

    def _crawler_of(self, args: list[str]) -> Crawler:
        assert self.crawler_process
        names = ", ".join(self.crawler_process.spider_loader.list())
        if len(args) != 1:
            raise UsageError(f"give the name of one spider ({names}) and options; found: {' '.join(args) or 'nothing'}")
        try:
            return self._create_crawler(args[0])
        except KeyError:
            raise UsageError(f"no spider {args[0]!r} in this project; there are: {names}") from None


def _refused(error: BaseException, crawler: Crawler) -> int:
    """The code of a run that never began, and that leaves nothing behind."""
    addon = crawler.get_addon(ChainAddon)
    if addon is not None:
        with contextlib.suppress(SeedsiftError):  # a state that cannot be written stays as after a kill
            addon.begun.close()
    if isinstance(error, SeedsiftError):
        _say(f"{error}", crawler)
        return _code(error)
    logger.error("The run could not begin", exc_info=error)
    return STOPPED


def _code(error: SeedsiftError) -> int:
    if isinstance(error, StateLockedError):
        return LOCKED
    disk = isinstance(error.__cause__, OSError) and error.__cause__.errno in _NO_DISK
    return OUTPUT if disk or isinstance(error, StateUnwritableError) else USAGE


def _told(crawler: Crawler) -> int:
    feeds = crawler.get_extension(Feeds)
    stats = crawler.stats.get_stats()
    stateful = crawler.get_extension(StatefulRun)
    lines = [*summary(stats, []), stateful.told()] if stateful else summary(stats, feeds.written if feeds else [])
    _say("\n".join(lines), crawler)
    return exit_code(stats)


def _say(text: str, crawler: Crawler) -> None:
    addon = crawler.get_addon(ChainAddon)
    config = addon.config if addon and addon.state else None
    sys.stderr.write(f"{completed(text, config, crawler.settings.get('STATE'))}\n")
