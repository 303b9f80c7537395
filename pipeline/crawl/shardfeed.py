"""The feeds of a run with a state: what items are written to is the shard that the run has open."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, cast

from pipeline.crawl.stateful import StatefulRun
from pipeline.ledger.adding import Adding

if TYPE_CHECKING:
    from scrapy import Spider


class Lines:
    """What an exporter takes for a file: the shard that is open, whichever that is."""

    def __init__(self, kind: str, adding: Adding) -> None:
        self.name = kind
        self._adding = adding

    def write(self, row: bytes) -> None:
        """Append a line. Raises OSError."""
        self._adding.write(self.name, row)


class ShardStorage:
    """Articles or audit, ``shard:articles`` and ``shard:audit``; the run makes them last, not Scrapy."""

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        self.kind = uri.partition(":")[2]

    def open(self, spider: Spider) -> IO[bytes]:
        return cast("IO[bytes]", Lines(self.kind, StatefulRun.of(spider.crawler).adding))

    def store(self, file: IO[bytes]) -> None:
        """Nothing is left to do."""
