"""A feed on standard output (``-O -:jsonlines``) that fails as one in a file does, when it cannot be written."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import IO, TYPE_CHECKING, Any

from pipeline.crawl.feeds import Feeds

if TYPE_CHECKING:
    from scrapy import Spider


class StandardOutput:
    """Writes past ``sys.stdout``, behind what stands there: what that cannot write is lost, and no error."""

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        self.error: OSError | None = None
        self._file: io.BufferedWriter | None = None

    def open(self, spider: Spider) -> IO[bytes]:
        feeds = spider.crawler.get_extension(Feeds)
        if feeds is not None:
            feeds.straight.append(self)
        sys.stdout.flush()
        raw = io.FileIO(os.dup(sys.stdout.fileno()), "wb")
        raw.name = "standard output"  # as errors call it
        self._file = io.BufferedWriter(raw)
        return self._file

    def store(self, file: IO[bytes]) -> None:
        """Raises nothing, for Scrapy would give a traceback; ``error`` tells the feeds."""
        try:
            file.close()
        except OSError as error:
            error.filename = file.name
            self.error = error

    def discard(self) -> None:
        """Close it; what it still holds cannot be written."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
