"""The spider of pages on disk."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from pipeline.crawl.addon import ChainAddon, located
from pipeline.crawl.feeds import Feeds
from pipeline.crawl.stateful import StatefulRun
from pipeline.errors import SeedsiftError
from pipeline.item import Item
from pipeline.sources.news import Candidate, Found
from pipeline.sources.problem import InputProblem
from pipeline.sources.text import pages
from pipeline.sources.walk import InputFile, walk

TICKET = 256
"""Files a request stands for. Few enough that one is soon done, many enough that Scrapy's cost a request is none."""


class LocalSeeds(Spider):
    """Reads files and folders in a stated order and yields their pages.

    ``-a path=a,b`` names them, else ``source.paths`` of the configuration, which ``-a config=FILE`` names. The pages
    come from the callbacks of empty requests, so that Scrapy's back-pressure holds and an interrupt ends the run.
    """

    name = "localseeds"
    knows_inputs = True
    """Says which input each page comes from, so that a state can be held against it."""
    custom_settings = {
        "CONCURRENT_REQUESTS": 1,  # one ticket at a time …
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 1,
        "CONCURRENT_ITEMS": 1,  # … and one item at a time: the order of the output is the order of the input
        # Nothing is downloaded, and what is there to download with takes a quarter of a second to import.
        "DOWNLOAD_HANDLERS": {"http": None, "https": None},
        "DOWNLOADER_MIDDLEWARES_BASE": {},
    }

    def __init__(self, path: str | None = None, config: str | None = None, **others: Any) -> None:
        unknown = sorted(name for name in others if not name.startswith("_"))  # scrapyd gives every spider a _job
        if unknown:
            raise SeedsiftError(f"-a {unknown[0]}: no such argument of localseeds; it takes path=A,B and config=FILE")
        if path is not None and not path.strip(", "):
            raise SeedsiftError(
                f"-a path: found {path!r}, which names no file or folder; give -a path=FOLDER, "
                "or leave it out to read source.paths of the configuration"
            )
        if config is not None and not config.strip():
            raise SeedsiftError(
                f"-a config: found {config!r}, which names no file; give -a config=FILE, or leave it out"
            )
        super().__init__(**others)
        self.path = path
        self.config = config

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        if spider.config:
            crawler.settings.set("CHAIN_CONFIG", spider.config, priority="cmdline")
        return spider

    @property
    def input_paths(self) -> list[Path]:
        """The files and folders to read. Raises SeedsiftError when none is named, none is there, or one is a circle."""
        addon = ChainAddon.of(self.crawler)
        if self.path:
            paths = [Path(self.path)] if _there(Path(self.path)) else [Path(p) for p in self.path.split(",") if p]
            origin = "-a path"
        else:
            paths, origin = [located(path) for path in addon.run.paths], f"source.paths in {addon.config}"
        if not paths:
            raise SeedsiftError(f"nothing to read: {origin} names no file or folder; give -a path=FOLDER")
        there = [path for path in paths if _there(path)]
        if not there:
            named = ", ".join(repr(str(path)) for path in paths)
            raise SeedsiftError(f"nothing to read: {named} ({origin}) does not exist; give -a path=FOLDER")
        return paths

    async def start(self) -> AsyncIterator[Request]:
        feeds = self.crawler.get_extension(Feeds)
        own = [storage.path for storage in feeds.opened] if feeds else []
        files = walk(self.input_paths, leave_out=own, state=ChainAddon.of(self.crawler).state)
        if (stateful := self.crawler.get_extension(StatefulRun)) is not None:
            async for request in self._news(files, stateful):
                yield request
            return
        while ticket := list(islice(files, TICKET)):
            yield _ticket(self.parse_ticket, ticket)

    async def _news(self, files: Iterator[InputFile | InputProblem], stateful: StatefulRun) -> AsyncIterator[Request]:
        """The same for what a state does not know yet: tickets of inputs to read, the last for those that are gone."""
        news = stateful.news_of(self.input_paths)
        yield _ticket(self.parse_changes, news.forgotten())
        blocks: Iterable[list[Candidate | InputProblem]] = news.candidates(files)
        if news.knows_any:  # else nothing is outdated, and a first run need not hold the names of all files
            held = []
            for candidates in blocks:
                held.append(candidates)
                await asyncio.sleep(0)
            blocks = held
            yield _ticket(self.parse_changes, news.outdated(held))
        for candidates in blocks:
            if candidates:
                yield _ticket(self.parse_changes, (found for each in candidates for found in news.read(each)))
            else:
                await asyncio.sleep(0)  # a folder in which nothing is new must not keep signals waiting
        yield _ticket(self.parse_changes, news.removed())

    def parse_changes(self, response: Response, inputs: Iterator[Found]) -> Iterator[Found]:
        """What is new about some inputs, in order; none more once the run is being interrupted."""
        for found in inputs:
            if not self.crawler.crawling:
                return
            yield found

    def parse_ticket(self, response: Response, inputs: list[InputFile | InputProblem]) -> Iterator[Item | InputProblem]:
        """The pages of some files, in order; none more once the run is being interrupted."""
        for found in inputs:
            if not self.crawler.crawling:
                return
            if isinstance(found, InputProblem):
                yield found
            else:
                yield from pages(found)


def _there(path: Path) -> bool:
    """Whether something is at a path, if only a link to nowhere; what may not be looked at is told of when it is read.

    Raises SeedsiftError for a link that leads to itself.
    """
    try:
        path.stat()
    except FileNotFoundError:
        return path.is_symlink()
    except OSError as error:  # a name that is too long is none, as that of several files together may be
        if error.errno == errno.ELOOP:
            told = "a link that leads to itself; mend it, or leave it out of -a path and source.paths"
            raise SeedsiftError(f"{path}: {told}") from None
        return error.errno == errno.EACCES
    return True


def _ticket(callback: Callable[..., Iterator[Any]], inputs: Iterable[Any]) -> Request:
    """An empty request for some inputs."""
    return Request("data:,", callback=callback, cb_kwargs={"inputs": inputs}, dont_filter=True)
