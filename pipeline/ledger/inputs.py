"""The inputs that a ledger knows: what stood where, with which content, and what has become of it since."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Sequence
from typing import Any, Literal, NamedTuple

from pipeline.ledger.database import Database

Kind = Literal[
    "new", "changed", "reoffered", "renamed", "removed", "forgotten", "touched", "outdated", "replaced", "unread"
]

ENDING = frozenset({"changed", "outdated", "replaced", "reoffered", "forgotten"})
"""Those after which the articles of ``old``, where there is one, count no more."""

_COLUMNS = "id, path, name, sha256, size, mtime_ns, ctime_ns, gone, forgotten"
_FINE_NS = 50_000_000
_COARSE_NS = 2_000_000_000
_SHARDS = 1_000_000  # more than a run has


class Stat(NamedTuple):
    """What tells without reading that a file is as it was. Times of -1 are never found again: then it is read."""

    size: int
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stat:
        """That of a file as it is now."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    def trusted(self, now_ns: int) -> Stat:
        """The same if it can be relied on; without times where the file may change once more within the same tick.

        Also for times in the future: a clock that was set back.
        """
        tick = _FINE_NS if self.mtime_ns % 1_000_000_000 else _COARSE_NS  # some file systems count whole seconds
        settled = max(self.mtime_ns, self.ctime_ns) + tick < now_ns
        return self if settled else Stat(self.size, -1, -1)


class Known(NamedTuple):
    """An input in the ledger; ``path`` is absolute and the file system's own bytes, ``name`` as in records."""

    id: int
    path: bytes
    name: str
    sha256: bytes
    stat: Stat
    gone: bool
    forgotten: bool


class Change(NamedTuple):
    """One input that is not as the ledger has it; ``old`` is the row it is about, where there is one.

    An ``unread`` one could not be read, with ``reason``; it is not claimed and will be tried again. An ``outdated`` one
    has another content now: its articles are superseded at once, and its place is told again as ``changed``, without
    ``old``, when it is read. A ``reoffered`` one is as it was, but of its articles one had ``lost_to`` another that is
    superseded now. A ``replaced`` one is gone, and the page of that name, ``by``, is its next version.
    """

    kind: Kind
    path: bytes
    name: str
    stat: Stat = Stat(0, -1, -1)
    sha256: bytes = b""
    old: Known | None = None
    reason: str = ""
    lost_to: str = ""
    by: str = ""


class Came(NamedTuple):
    """What came of an input: the ids of its articles, and of those that others of its articles were dropped for."""

    articles: list[str]
    lost_to: list[str]


class Inputs:
    """What is asked of the ledger while inputs are gone through."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def at(self, paths: Sequence[bytes]) -> dict[bytes, Known]:
        """The inputs at these paths; a few hundred at once cost least."""
        marks = ",".join("?" * len(paths))
        asked = f"SELECT {_COLUMNS} FROM inputs WHERE superseded IS NULL AND path IN ({marks})"
        return {known.path: known for known in map(_known, self._database.execute(asked, *paths))}

    def with_content(self, sha256: bytes) -> list[Known]:
        """The inputs that have this content, the oldest first."""
        asked = f"SELECT {_COLUMNS} FROM inputs WHERE superseded IS NULL AND sha256 = ? ORDER BY id"
        return [_known(row) for row in self._database.execute(asked, sha256)]

    def articles(self, input_id: int) -> list[str]:
        """The ids of the articles that came of an input, in the order of the page."""
        found = self._database.execute("SELECT id FROM articles WHERE input = ?", input_id)
        return sorted((id_ for (id_,) in found), key=_by_number)

    def of_articles(self, articles: Iterable[str]) -> list[Known]:
        """The inputs that these articles, by id, came of, and of which they count."""
        asked = (
            f"SELECT {', '.join(f'inputs.{name}' for name in _COLUMNS.split(', '))} FROM articles "
            "JOIN inputs ON inputs.id = input WHERE superseded IS NULL AND NOT forgotten AND articles.id = ?"
        )
        found = {row[0]: _known(row) for article in articles for row in self._database.execute(asked, article)}
        return [found[id_] for id_ in sorted(found)]

    def lost_before(self, path: bytes) -> set[str]:
        """The articles for which some were dropped of what stood at a path when it was read last, by id."""
        live = "SELECT id FROM inputs WHERE path = ? AND superseded IS NULL"
        past = (
            "SELECT id FROM inputs WHERE path = ? AND superseded IS NOT NULL ORDER BY superseded DESC, id DESC LIMIT 1"
        )
        last = self._database.execute(live, path) or self._database.execute(past, path)
        asked = "SELECT kept FROM copies WHERE input = ?"
        return {kept for [id_] in last for (kept,) in self._database.execute(asked, id_)}

    def came_whole(self, input_id: int) -> bool:
        """Whether articles came of an input, and none of it was dropped for another one."""
        asked = (
            "SELECT EXISTS (SELECT 1 FROM articles WHERE input = ?) AND NOT EXISTS "
            "(SELECT 1 FROM copies WHERE input = ?)"
        )
        [[whole]] = self._database.execute(asked, input_id, input_id)
        return bool(whole)

    def exported(self, page: str, ended: Container[int]) -> bool:
        """Whether articles that count came of a page of this id, of another input than those that ``ended`` by now."""
        asked = (
            "SELECT DISTINCT input FROM articles JOIN inputs ON inputs.id = input WHERE superseded IS NULL "
            "AND NOT forgotten AND (articles.id = ? OR (articles.id > ? AND articles.id < ?))"
        )
        found = self._database.execute(asked, page, f"{page}-", f"{page}.")  # "." follows "-"
        return any(input_id not in ended for (input_id,) in found)

    def forgotten(self) -> list[Known]:
        """The inputs that a user wants forgotten, and that no run has been told of yet."""
        asked = f"SELECT {_COLUMNS} FROM inputs WHERE superseded IS NULL AND forgotten ORDER BY id"
        return [_known(row) for row in self._database.execute(asked)]

    def outdated(self, run: int) -> set[bytes]:
        """The paths of inputs that this run has called outdated, before it was interrupted, and not read since."""
        asked = (
            "SELECT path FROM inputs AS ended JOIN shards ON shards.id = superseded WHERE superseded IS NOT NULL "
            "AND shards.run = ? AND NOT forgotten AND NOT EXISTS "
            "(SELECT 1 FROM inputs AS live WHERE live.path = ended.path AND live.superseded IS NULL)"
        )
        return {path for (path,) in self._database.execute(asked, run)}

    def bereft(self, run: int) -> dict[int, str]:
        """The inputs, by id, of which an article was dropped for one superseded before this run, and the id of that.

        Those that a run is superseding only come up in the next one, however often this one is interrupted.
        """
        asked = (
            "SELECT one.id, min(kept) FROM inputs AS ended JOIN shards ON shards.id = ended.superseded "
            "JOIN articles ON articles.input = ended.id JOIN copies ON kept = articles.id "
            "JOIN inputs AS one ON one.id = copies.input WHERE ended.superseded IS NOT NULL AND shards.run < ? "
            "AND one.superseded IS NULL GROUP BY one.id"
        )
        return dict(self._database.execute(asked, run))

    def unseen(self, seen: bytearray, roots: Iterable[bytes]) -> list[Known]:
        """The inputs at and below these paths that the ledger has as present, and whose ids ``seen`` has a 0 for."""
        asked = (
            f"SELECT {_COLUMNS} FROM inputs WHERE superseded IS NULL AND gone IS NULL AND NOT forgotten "
            "AND (path = ? OR (path > ? AND path < ?)) ORDER BY path"
        )
        return [
            _known(row)
            for root in roots
            for row in self._database.rows(asked, root, root + b"/", root + b"0")  # "0" follows "/"
            if row[0] < len(seen) and not seen[row[0]]
        ]

    def present(self, roots: Iterable[bytes]) -> int:
        """How many inputs the ledger has as present at and below these paths, of which none is below another."""
        asked = (
            "SELECT count(*) FROM inputs WHERE superseded IS NULL AND gone IS NULL AND NOT forgotten "
            "AND (path = ? OR (path > ? AND path < ?))"
        )
        return sum(self._database.execute(asked, root, root + b"/", root + b"0")[0][0] for root in roots)

    def were_present(self, roots: Iterable[bytes], run: int) -> int:
        """The same before a run that goes on."""
        asked = (
            "SELECT count(*) FROM inputs JOIN shards AS made ON made.id = shard "
            "LEFT JOIN shards AS ended ON ended.id = superseded WHERE made.run < ? "
            "AND (superseded IS NULL OR ended.run = ?) AND (gone IS NULL OR gone = ?) AND NOT forgotten "
            "AND (path = ? OR (path > ? AND path < ?))"
        )
        found = (self._database.execute(asked, run, run, run, root, root + b"/", root + b"0") for root in roots)
        return sum(count for [[count]] in found)

    @property
    def highest(self) -> int:
        """The highest id there is; 0 without inputs."""
        [[found]] = self._database.execute("SELECT coalesce(max(id), 0) FROM inputs")
        return int(found)

    def told(self, name: str, reason: str, run: int) -> bool:
        """Whether this run has already told that an input could not be read, before it was interrupted."""
        asked = "SELECT 1 FROM unread WHERE name = ? AND reason = ? AND run = ?"
        return bool(self._database.execute(asked, name, reason, run))


def claim(database: Database, change: Change, came: Came, shard: int, run: int) -> None:
    """Write into the ledger what a shard has done about an input; inside a transaction."""
    old = change.old.id if change.old else None
    if change.kind in ENDING:
        database.execute("UPDATE inputs SET superseded = ? WHERE id = ?", shard, old)
    if change.kind in ("new", "changed", "reoffered"):
        _insert(database, change, came, shard)
    elif change.kind in ("renamed", "touched"):
        database.execute(
            "UPDATE inputs SET path = ?, name = ?, size = ?, mtime_ns = ?, ctime_ns = ?, gone = NULL WHERE id = ?",
            *(change.path, change.name, *change.stat, old),
        )
    elif change.kind == "removed":
        database.execute("UPDATE inputs SET gone = ? WHERE id = ?", run, old)
    elif change.kind == "unread":
        database.execute("INSERT OR REPLACE INTO unread VALUES (?, ?, ?)", change.name, change.reason, run)


def claim_stated(database: Database, change: Change, came: Came, shard: int, ended: tuple[int, int] | None) -> int:
    """Write into a ledger that is made anew what is said of an input without how it came to be; gives its row.

    ``ended`` is the shard that has superseded it, by run and number; ``settle`` must follow when all are known.
    """
    return _insert(database, change, came, shard, None if ended is None else -(ended[0] * _SHARDS + ended[1]))


def settle(database: Database) -> bool:
    """Let inputs know the shards that superseded them; whether all of these are known."""
    found = f"(SELECT shards.id FROM shards WHERE shards.run * {_SHARDS} + shards.number = -superseded)"
    [[unknown]] = database.execute(f"SELECT count(*) FROM inputs WHERE superseded < 0 AND {found} IS NULL")
    if not unknown:
        database.execute(f"UPDATE inputs SET superseded = {found} WHERE superseded < 0")
    return not unknown


def unclaim(database: Database, shard: int) -> None:
    """Take back what a shard claimed whose files are lost; inside a transaction."""
    for table in ("articles", "copies"):
        database.execute(f"DELETE FROM {table} WHERE input IN (SELECT id FROM inputs WHERE shard = ?)", shard)
    database.execute("DELETE FROM inputs WHERE shard = ?", shard)
    database.execute("UPDATE inputs SET superseded = NULL WHERE superseded = ?", shard)


def _insert(database: Database, change: Change, came: Came, shard: int, ended: int | None = None) -> int:
    columns = "path, name, sha256, size, mtime_ns, ctime_ns, shard, superseded"
    made = database.insert(
        f"INSERT INTO inputs({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        *(change.path, change.name, change.sha256, *change.stat, shard, ended),
    )
    for kept in sorted(set(came.lost_to)):
        database.execute("INSERT INTO copies VALUES (?, ?)", made, kept)
    for article in came.articles:  # a page that is as it was before its last change has its old ids again
        database.execute("INSERT OR REPLACE INTO articles VALUES (?, ?)", article, made)
    return made


def _known(row: Sequence[Any]) -> Known:
    id_, path, name, sha256, size, mtime_ns, ctime_ns, gone, forgotten = row
    return Known(id_, path, name, sha256, Stat(size, mtime_ns, ctime_ns), gone is not None, bool(forgotten))


def _by_number(article: str) -> tuple[str, list[int]]:
    page, *numbers = article.split("-")
    return page, [int(number) for number in numbers if number.isdigit()]
