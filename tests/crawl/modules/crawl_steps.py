"""Small processors for the crawls under test, named in configurations as ``crawl_steps:Class``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import sleep

from pipeline import CorpusProcessor, Drop, Item, Options, Part, Processor, Removal


class CutAdverts(Processor[Options]):
    """Cut the lines that begin with 广告."""

    reasons = frozenset({"advert"})

    def process(self, item: Item) -> Iterator[Item]:
        removals, at = [], 0
        for row in item.text.splitlines(keepends=True):
            if row.startswith("广告"):
                removals.append(Removal(at, at + len(row), "advert", {"mark": "广告"}))
            at += len(row)
        yield item.cut(removals)


class Halve(Processor[Options]):
    """Two articles a page: what stands before the line of stars, what stands after."""

    reasons = frozenset({"marker"})

    def process(self, item: Item) -> Iterator[Item]:
        at = item.text.find("****")
        if at < 0:
            yield item
            return
        bare = item.cut([Removal(at, at + 4, "marker")])
        yield from bare.children([Part([(0, at)]), Part([(at, len(bare.text))])])


class DropShort(Processor[Options]):
    """Drop what has fewer than five characters."""

    reasons = frozenset({"too_short"})

    def process(self, item: Item) -> Iterator[Item | Drop]:
        yield item if len(item.text) >= 5 else Drop(item, "too_short", {"chars": len(item.text)})


class Break(Processor[Options]):
    """Raise on the pages that say so."""

    def process(self, item: Item) -> Iterable[Item]:
        if "坏掉的一页" in item.text:
            raise ValueError("this page breaks the step")
        return [item]


class Hold(CorpusProcessor[Options]):
    """Hold every item back until the last one has been seen."""

    def open(self) -> None:
        self.held: list[Item] = []

    def process(self, item: Item) -> Iterable[Item]:
        self.held.append(item)
        return []

    def finish(self) -> Iterable[Item]:
        return self.held


class Wait(Processor[Options]):
    """On the page that says so, tell that it has been reached and go on only when told to."""

    def process(self, item: Item) -> Iterable[Item]:
        if "等在这一页" in item.text:
            Path("reached").touch()
            while not Path("go").exists():
                sleep(0.01)
        return [item]
