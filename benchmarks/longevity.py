"""Nights over pages that change at random, with maintenance and kills between them, held against what should be out.

python -m benchmarks.longevity --nights 60 --seed 1

Texts of a group are near copies of each other. After each night no group may have two articles that count, by the
ledger and by what the outputs tell; when nothing is new any more, each group that is in a file has one, and where only
one file ever had it, moved and edited as it may have been, that has its text as it is now.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.forked import Ended
from benchmarks.interruptions import prose
from benchmarks.maintenance import Project

CHAIN = """\
version: 1
source: {paths: [pages/]}
chain: [{processor: fingerprint}, {processor: dedupe}]
state: state
"""

FEW = 6
"""Files below which none is removed: a folder that is emptied turns a night red, rightly."""


class Page(NamedTuple):
    """A file: the group of its text, which of the near copies it is, and which file it was once."""

    group: int
    version: int
    line: int


class Nights:
    """A project, the files in it, and what has come out of it so far."""

    def __init__(self, folder: Path, lots: random.Random) -> None:
        self.project = Project(folder)
        self.project.begin()
        self.lots = lots
        self.pages: dict[str, Page] = {}
        self.away: dict[str, Page] = {}
        self.texts: list[str] = []
        self.lines: dict[int, set[int]] = {}
        self.done: Counter[str] = Counter()
        self.line = count(1)
        self._names = count(1)
        self._groups: dict[str, int] = {}
        self._taken: set[str] = set()
        self.live: dict[str, str] = {}
        (folder / "chain.yaml").write_text(CHAIN, encoding="utf-8")

    def text(self, page: Page) -> str:
        """The text of a file: one sentence more for each version, and another figure in the first."""
        found = self.texts[page.group].replace("第", f"第{page.version}", 1)
        self._groups[found.strip()] = page.group
        return found

    def put(self, name: str, page: Page) -> None:
        """Write a file."""
        self.pages[name] = page
        self.lines.setdefault(page.group, set()).add(page.line)
        path = self.project.folder / "pages" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(self.text(page), encoding="utf-8")

    def move(self, name: str, to: str) -> None:
        """Rename a file, over another one if there is."""
        folder = self.project.folder / "pages"
        (folder / to).parent.mkdir(exist_ok=True)
        (folder / name).replace(folder / to)
        self.pages[to] = self.pages.pop(name)

    def name(self) -> str:
        """One that no file has had."""
        return f"{self.lots.choice(('', 'd/', 'e/'))}{next(self._names):03}.txt"

    def group(self) -> int:
        """A new one."""
        self.texts.append(prose(self.lots, 14))
        return len(self.texts) - 1

    def any(self) -> str:
        """The name of a file."""
        return self.lots.choice(sorted(self.pages))

    def change(self) -> None:
        """One thing that happens to the files by day."""
        kind = self.lots.choice(CHANGES) if len(self.pages) >= FEW else _add
        kind(self)
        self.done[kind.__name__.strip("_")] += 1

    def day(self) -> None:
        """Some changes. Who moves a file to another folder, renames and edits it at once, cannot be followed."""
        before = {page.line: (name, page.version) for name, page in self.pages.items()}
        for _ in range(self.lots.randint(0, 6)):
            self.change()
        for name, page in self.pages.items():
            was, version = before.get(page.line, (name, page.version))
            apart = all(
                one != other for one, other in zip(was.rpartition("/")[::2], name.rpartition("/")[::2], strict=True)
            )
            if apart and version != page.version:
                self.lines[page.group].add(next(self.line))

    def night(self, *, killed: bool) -> Ended:
        """A run, killed some times before it ends."""
        size = self.lots.choice((1, 2, 1000))
        while killed and self.lots.random() < 0.7:
            ended = self.project.night(size, kill_at=self.lots.randrange(1, 60))
            self.done["killed nights"] += ended.code < 0
            if self.lots.random() < 0.3 and self.project.ledger("status").code == 0:  # that ends what was begun
                self.take()
                self.maintain()
        ended = self.project.night(size)
        assert ended.code == 0, ended.said
        self.take()
        return ended

    def maintain(self) -> None:
        """A command, killed at times, and then done again or not."""
        name, lost, arguments = self.lots.choice(MAINTENANCE)
        if name == "forget":
            arguments = ("forget", self.any())
        for part in lost:
            for path in (self.project.folder / "state").glob(part):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        self.done[name] += 1
        if self.lots.random() < 0.4:
            ended = self.project.ledger(*arguments, kill_at=self.lots.randrange(1, 30))
            self.done["killed commands"] += ended.code < 0
            if not lost and self.lots.random() < 0.5:
                return
        ended = self.project.ledger(*arguments)
        assert ended.code == 0 or "no source of this name" in ended.said, (name, ended.said)

    def take(self) -> None:
        """Take in elsewhere what has come out, as the outputs tell it: what counts."""
        folder = self.project.folder / "state"
        for shard in sorted(path.name for path in (folder / "articles").glob("0*.jsonl")):
            if shard in self._taken:
                continue
            self._taken.add(shard)
            for line in (folder / "audit" / shard).read_text("utf-8").splitlines():
                record = json.loads(line)
                for id_ in record["evidence"].get("articles", ()) if record["event"] == "input" else ():
                    self.live.pop(id_, None)
            for line in (folder / "articles" / shard).read_text("utf-8").splitlines():
                record = json.loads(line)
                self.live[record["id"]] = record["text"].strip()

    def check(self, *, settled: bool) -> None:
        """Raises AssertionError when what counts is not as it should be."""
        counts = Counter(self._groups[text] for text in self.live.values())
        assert max(counts.values(), default=0) <= 1, f"doubled: {counts.most_common(1)}"
        asked = "SELECT articles.id FROM articles JOIN inputs ON inputs.id = input WHERE superseded IS NULL"
        with closing(sqlite3.connect(self.project.folder / "state/ledger.db")) as ledger:
            known = {id_ for (id_,) in ledger.execute(asked)}
        assert known == self.live.keys(), f"ledger and outputs differ: {known ^ self.live.keys()}"
        ended = self.project.ledger("verify")
        assert ended.code == 0, ended.said
        for name, page in self.pages.items() if settled else ():
            assert counts[page.group] == 1, f"{name}: nothing of group {page.group} counts"
            if len(self.lines[page.group]) == 1:
                assert self.text(page).strip() in self.live.values(), f"{name}: not as it is now"


def _add(nights: Nights) -> None:
    nights.put(nights.name(), Page(nights.group(), 0, next(nights.line)))


def _copy(nights: Nights) -> None:
    page = nights.pages[nights.any()]
    nights.put(nights.name(), page._replace(version=nights.lots.randrange(20), line=next(nights.line)))


def _edit(nights: Nights) -> None:
    name = nights.any()
    page = nights.pages[name]
    nights.put(name, page._replace(version=page.version + 1))


def _rewrite(nights: Nights) -> None:
    name = nights.any()
    nights.put(name, nights.pages[name]._replace(group=nights.group(), version=0, line=next(nights.line)))


def _remove(nights: Nights) -> None:
    name = nights.any()
    nights.away[name] = nights.pages.pop(name)
    (nights.project.folder / "pages" / name).unlink()


def _bring_back(nights: Nights) -> None:
    name = nights.lots.choice(sorted(nights.away)) if nights.away else ""
    if name and name not in nights.pages:
        nights.put(name, nights.away.pop(name))


def _rename(nights: Nights) -> None:
    nights.move(nights.any(), nights.name())


def _rename_over(nights: Nights) -> None:
    name, other = nights.lots.sample(sorted(nights.pages), 2)
    nights.move(name, other)


def _swap(nights: Nights) -> None:
    name, other = nights.lots.sample(sorted(nights.pages), 2)
    pages = nights.pages
    one, two = pages[name], pages[other]
    nights.put(name, two)
    nights.put(other, one)


def _rename_and_edit(nights: Nights) -> None:
    name = nights.any()
    to = f"{name.rpartition('/')[0]}/{nights.name().rpartition('/')[2]}".lstrip("/")
    nights.move(name, to)
    page = nights.pages[to]
    nights.put(to, page._replace(version=page.version + 1))


CHANGES: tuple[Callable[[Nights], None], ...] = (
    *(_add, _add, _copy, _copy, _edit, _edit, _rewrite, _remove, _bring_back),
    *(_rename, _rename_over, _swap, _rename_and_edit),
)

MAINTENANCE: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("forget", (), ()),
    ("prune", (), ("prune", "2")),
    ("prune all", (), ("prune", "0")),
    ("compact", (), ("compact",)),
    ("rebuild", (), ("rebuild",)),
    ("index lost", ("index",), ("rebuild",)),
    ("ledger lost", ("ledger.*",), ("rebuild",)),
    ("both lost", ("index", "ledger.*"), ("rebuild",)),
    ("lists lost", ("inputs",), ("rebuild",)),
    ("a list lost", ("inputs/*-0001.jsonl",), ("rebuild",)),
)
"""Name, what is lost before, and the command."""


def live_through(nights: Nights, many: int) -> None:
    """So many nights. Raises AssertionError when one does not end as it should."""
    for number in range(many):
        nights.day()
        nights.night(killed=nights.lots.random() < 0.4)
        nights.check(settled=False)
        if nights.lots.random() < 0.6:
            nights.maintain()
        for _ in range(4):
            said = nights.night(killed=False).said
            nights.check(settled=False)
            if "nothing new" in said:
                break
        else:
            raise AssertionError(f"still not settled: {said}")
        nights.check(settled=True)
        print(f"night {number + 1}: {len(nights.pages)} files, {len(nights.live)} articles", flush=True)


def main() -> int:
    """0 when all nights were as they should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with TemporaryDirectory() as folder:
        nights = Nights(Path(folder), random.Random(args.seed))
        try:
            live_through(nights, args.nights)
        except AssertionError as error:
            print(f"WRONG: {error}")
            return 1
        finally:
            print(", ".join(f"{name} {count}" for name, count in sorted(nights.done.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
