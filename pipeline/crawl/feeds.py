"""Feeds whose end can be trusted: the files of a run are put in place together when all is written, or none is."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.exporters import BaseItemExporter
from scrapy.extensions.feedexport import FeedExporter, FeedSlot

from pipeline.crawl.claims import Claim, folder_of
from pipeline.crawl.outputs import local_path, refuse_inputs
from pipeline.errors import SeedsiftError
from pipeline.exporters.article import Article
from pipeline.exporters.audit import AuditRecord
from pipeline.exporters.lines import line
from pipeline.ledger.manifest import sync

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

    from pipeline.crawl.stdoutfeed import StandardOutput

CHAIN_STOPPED = "chain_stopped"
"""The reason a crawl closes for when the chain cannot go on: an item failed under ``on_error: stop``, or an index."""

OUTPUT_FAILED = "output_failed"
"""The reason a crawl closes for when an output cannot be written, and the statistic that holds the error."""

EARLIER_RUNS = "chain/earlier_runs"
"""In the statistics: how many earlier runs the indexes of the chain remember, if any."""

NOTHING_NEW = "chain/nothing_new"
"""In the statistics: the outputs that stay as they were, for all that was found is remembered and was exported."""


class RecordLinesExporter(BaseItemExporter):
    """JSON lines: our own records as they are, other items field by field in the order they declare."""

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        self.file = file

    def export_item(self, item: Any) -> None:
        ours = self.fields_to_export is None and isinstance(item, Article | AuditRecord)
        row = line(item if ours else dict(self.get_serialized_fields(item)))
        try:
            self.file.write(row)
        except OSError as error:
            error.filename = error.filename or self.file.name  # of several feeds, say which
            raise


class LocalStorage:
    """A feed in a local file: written aside as ``.<name>.part`` and synced; ``seal`` then puts it in place.

    With ``overwrite`` off it begins with what the file held. While it is written no other run may. What is no regular
    file (a pipe, ``/dev/stdout``) is written straight into.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        options = feed_options or {}
        self.uri = uri
        self.path = local_path(uri) or Path(uri)
        self.target = self.path.resolve()  # a link stays one
        self.part = self.target.with_name(f".{self.target.name}.part")
        self.append = not options.get("overwrite", False)
        self.at_once = bool(options.get("batch_item_count"))  # a full batch need not wait for the end of the run
        self.first = True  # opened before the first page: its claim is kept until the run ends
        self.claim: Claim | None = None
        self.stored = False
        self.sealed = False
        self.error: OSError | None = None
        self.file: IO[bytes] | None = None
        self._made: list[Path] = []  # folders

    def open(self, spider: Spider) -> IO[bytes]:
        if self.file is None:
            feeds = spider.crawler.get_extension(Feeds)
            if feeds is not None:
                feeds.opened.append(self)
                self.first = not feeds.begun
            self.file = self._opened()
        return self.file

    def store(self, file: IO[bytes]) -> None:
        try:
            file.flush()
            if self._aside():
                os.fsync(file.fileno())
            file.close()
            if self.at_once:
                self.seal()
        except OSError as error:
            error.filename = str(self.path)
            self.error = error
            raise
        self.stored = True
        if self.at_once and not self.first:
            self.release()

    @property
    def replaces_something(self) -> bool:
        """Whether there is a file to be replaced at the end of the run, and something in it."""
        return bool(self.claim and not self.append and not self.sealed) and bool(_size(self.target))

    def check(self) -> None:
        """Raises OSError when there is nothing to put in place."""
        if self.claim and not self.sealed and not self.part.exists():
            told = f"what was written aside ({self.part.name}) was removed during the run; run it again"
            raise FileNotFoundError(errno.ENOENT, told, str(self.path))

    def seal(self) -> None:
        """Put the file in place. Raises OSError."""
        self.check()
        if self.claim and not self.sealed:
            self.part.replace(self.target)
            self.sealed = True
            sync(self.target.parent)

    def discard(self) -> None:
        """Remove what was written aside; the file keeps what it held before."""
        with contextlib.suppress(OSError):  # there may be no room for what the buffer still holds
            if self.file is not None:
                self.file.close()
        with contextlib.suppress(OSError):
            if self.claim:  # else it is another run's
                self.part.unlink(missing_ok=True)
        self.release()
        with contextlib.suppress(OSError):  # somebody has put something into one
            for folder in self._made:
                folder.rmdir()

    def release(self) -> None:
        """Let other runs write the file."""
        if self.claim:
            self.claim.release()
            self.claim = None

    def _opened(self) -> IO[bytes]:
        self._made = [folder for folder in self.target.parents if not folder.exists()]
        self.target.parent.mkdir(parents=True, exist_ok=True)
        if not self._aside():
            return self.target.open("ab" if self.append else "wb")
        self.claim = Claim(self.path, self.target)
        file = self.part.open("wb")
        if self.target.exists():
            shutil.copymode(self.target, self.part)
            if self.append:
                _copy_lines(self.target, file)
        return file

    def _aside(self) -> bool:
        return self.target.is_file() or not self.target.exists()


class Feeds(FeedExporter):
    """Scrapy's feeds, except that an output that fails ends the run, and that only a whole run replaces a file.

    Stock feeds open the final file at the first item and report success after a full disk.
    """

    def __init__(self, crawler: Crawler) -> None:
        try:
            super().__init__(crawler)
        except NotConfigured:
            raise SeedsiftError("FEEDS: a feed cannot be written as asked; the line above says why") from None
        self.opened: list[LocalStorage] = []
        self.straight: list[StandardOutput] = []
        self.written: list[tuple[str, int]] = []  # address and number of items, in the order they were stored
        self.begun = False
        self.failed = False
        paths = [path for uri in self.feeds if (path := local_path(uri))]
        if len({path.resolve() for path in paths}) < len(paths):
            raise SeedsiftError(f"two outputs are the same file: {', '.join(map(str, paths))}; name different ones")
        refuse_inputs(paths, getattr(crawler.spider, "input_paths", ()))
        crawler.signals.connect(self._slot_closed, signals.feed_slot_closed)

    def open_spider(self, spider: Spider) -> None:
        """Open every local file before the first page is read, so that a wrong name costs nothing."""
        super().open_spider(spider)
        try:
            for slot in self.slots:
                if slot.store_empty and isinstance(slot.storage, LocalStorage):
                    slot.start_exporting()
        except OSError as error:
            self._fail(error)
            raise CloseSpider(OUTPUT_FAILED) from None
        self.begun = True

    def item_scraped(self, item: Any, spider: Spider) -> None:
        if self.failed:
            return
        try:
            super().item_scraped(item, spider)
        except Exception as error:  # Scrapy would log it, lose the item and call the feed stored
            self._fail(error)

    async def close_spider(self, spider: Spider, reason: str = "") -> None:
        if self.failed:
            self.slots = []
        await super().close_spider(spider)
        if reason == CHAIN_STOPPED and not any(count for _, count in self.written):
            self._discard()  # stopped at its first page: nothing that is worth the file of an earlier run
        elif not self.failed:
            self._seal()

    def _slot_closed(self, slot: FeedSlot) -> None:
        self.written.append((slot.uri, slot.itemcount))

    def _seal(self) -> None:
        try:
            for error in (each.error for each in self.straight if each.error):
                raise error
            for storage in self.opened:
                if not storage.stored:
                    raise storage.error or OSError(f"{storage.path} could not be finished")
                storage.check()
            if self._nothing_new():
                self._discard()
                return
            if any(name.startswith("feedexport/failed_count") for name in self.crawler.stats.get_stats()):
                raise OSError("a feed that is no local file could not be stored")
            for storage in self.opened:
                storage.seal()
            for storage in self.opened:
                storage.release()
        except OSError as error:
            self._fail(error)

    def _nothing_new(self) -> bool:
        """Whether an output would be emptied only because its articles are remembered: the same run, done again."""
        empty = {uri for uri, count in self.written if not count}
        emptied = [str(each.path) for each in self.opened if each.uri in empty and each.replaces_something]
        if not emptied or not self.crawler.stats.get_value(EARLIER_RUNS):
            return False
        self.crawler.stats.set_value(NOTHING_NEW, emptied)
        return True

    def _discard(self) -> None:
        self.written = []
        for storage in self.opened:
            storage.discard()
        for straight in self.straight:
            straight.discard()

    def _fail(self, error: Exception) -> None:
        self.failed = True
        self._discard()
        self.crawler.stats.set_value(OUTPUT_FAILED, self._said(error))

    def _said(self, error: Exception) -> str:
        if not isinstance(error, OSError) or error.filename is None:
            return f"{type(error).__name__}: {error}"
        names = {
            str(aside): str(storage.path)
            for storage in self.opened
            for aside in (storage.part, folder_of(storage.target))
        }
        return f"{names.get(str(error.filename), error.filename)}: {error.strerror}"


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _copy_lines(source: Path, file: IO[bytes]) -> None:
    """What a file holds, its last line ended: a run that was killed may have left half a line."""
    with source.open("rb") as opened:
        shutil.copyfileobj(opened, file)
        if opened.tell():
            opened.seek(-1, os.SEEK_END)
            if opened.read(1) != b"\n":
                file.write(b"\n")
