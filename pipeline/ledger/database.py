"""The one database of a state folder: its tables, and errors of SQLite in the words of a user."""

from __future__ import annotations

import contextlib
import os
import shlex
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.ledger.manifest import COMMAND, LedgerError
from pipeline.ledger.seal import Seal

NAME = "ledger.db"
SEAL = "ledger.sha256"
FORMAT = 1
REBUILD = f"make it anew from shards and manifests: {COMMAND}"
REMEDY = f"move it away and {REBUILD}"

_SCHEMA = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs(
    number INTEGER PRIMARY KEY, state TEXT NOT NULL, attempts INTEGER NOT NULL, started TEXT NOT NULL, ended TEXT,
    exit_code INTEGER, counts TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE shards(
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL, files TEXT NOT NULL,
    counts TEXT NOT NULL, generations TEXT NOT NULL, UNIQUE(run, number)
);
CREATE TABLE inputs(
    id INTEGER PRIMARY KEY, path BLOB NOT NULL, name TEXT NOT NULL, sha256 BLOB NOT NULL, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, shard INTEGER NOT NULL, superseded INTEGER, gone INTEGER,
    forgotten INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX inputs_path ON inputs(path) WHERE superseded IS NULL;
CREATE INDEX inputs_past ON inputs(path) WHERE superseded IS NOT NULL;
CREATE INDEX inputs_sha256 ON inputs(sha256) WHERE superseded IS NULL;
CREATE INDEX inputs_shard ON inputs(shard);
CREATE INDEX inputs_name ON inputs(name);
CREATE TABLE articles(id TEXT PRIMARY KEY, input INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX articles_input ON articles(input);
CREATE TABLE copies(input INTEGER NOT NULL, kept TEXT NOT NULL);
CREATE INDEX copies_input ON copies(input);
CREATE TABLE unread(name TEXT PRIMARY KEY, reason TEXT NOT NULL, run INTEGER NOT NULL) WITHOUT ROWID;
"""

_COPIES = """
CREATE TABLE IF NOT EXISTS copies(input INTEGER NOT NULL, kept TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS copies_kept ON copies(kept);
CREATE INDEX IF NOT EXISTS inputs_superseded ON inputs(superseded) WHERE superseded IS NOT NULL;
"""
"""Which articles the dropped ones of an input lost to. Made where it is not there: older ledgers have none."""


COUNTS = TypeAdapter(dict[str, int])
"""What is counted by name, as JSON."""

T = TypeVar("T")
_READING = ("SELECT", "PRAGMA", "ATTACH", "DETACH")


class StateUnwritableError(LedgerError):
    """A state that cannot be written: no room, no permission, or an error of the disk."""


class Database:
    """One connection. Every change is inside ``transaction``, which is on disk when it has ended."""

    def __init__(self, folder: Path, connect: Callable[[Path], sqlite3.Connection] | None = None) -> None:
        """Opens or makes the database; what somebody else is to ``connect`` to is only read.

        Raises LedgerError for one that is damaged or of another format, and OSError.
        """
        self.path = folder / NAME
        self._seal = Seal(self.path, SEAL)
        if connect is None:
            self._check_writable()
        if not self._log:  # else somebody opened it since it was sealed, and has not closed it
            self._seal.check(REMEDY)
        with self._told():
            if connect is None and not self.path.exists():
                self.path.touch()  # as the umask has it; SQLite itself would let nobody but the owner write
            self._connection = connect(self.path) if connect else sqlite3.connect(self.path, isolation_level=None)
        try:
            with self._told():
                version = self._checked()
                if connect is None:
                    self._prepare(version)
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        """Let go of it; its write-ahead log is folded in, and it is sealed."""
        with self._told():
            self._connection.close()
        if not self._seal.there and not self._log:
            self._seal.put_on()

    @property
    def _log(self) -> int:
        """The bytes of the write-ahead log."""
        log = self.path.with_name(f"{NAME}-wal")
        return log.stat().st_size if log.exists() else 0

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is executed inside lasts, or nothing. Raises StateUnwritableError."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # SQLite rolls back by itself when the disk is full
                self._connection.execute("ROLLBACK")
            raise

    def execute(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of one statement. Raises LedgerError in place of SQLite's errors."""
        with self._told():
            if not statement.startswith(_READING):
                self._seal.take_off()
            return self._connection.execute(statement, values).fetchall()

    def insert(self, statement: str, *values: object) -> int:
        """The number of the row that was inserted; inside a transaction."""
        with self._told():
            return self._connection.execute(statement, values).lastrowid or 0

    def rows(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Rows of a statement one by one, for results that may be large."""
        with self._told():
            yield from self._connection.execute(statement, values)

    def define(self, name: str, function: Callable[[Any], Any]) -> None:
        """Let statements call a function of one value."""
        with self._told():
            self._connection.create_function(name, 1, function, deterministic=True)

    def damage(self, *, quick: bool = False) -> str:
        """What SQLite finds wrong with it, "" for nothing; ``quick`` leaves out whether tables and indexes agree."""
        with self._told():
            [[found]] = self._connection.execute(f"PRAGMA {'quick' if quick else 'integrity'}_check(1)")
        return "" if found == "ok" else " ".join(found.split())  # it has several lines

    def parsed(self, kind: TypeAdapter[T], text: str | bytes) -> T:
        """What stands in a column as JSON. Raises LedgerError when that is not of its kind."""
        try:
            return kind.validate_json(text, strict=True)
        except ValidationError as error:
            told = error.errors(include_url=False)[0]["msg"]
            raise LedgerError(f"{self.path}: damaged ({text!r:.60}: {told}); {REMEDY}") from error

    def _check_writable(self) -> None:
        """Raises StateUnwritableError before SQLite would leave a log and an index that are read-only, too."""
        beside = (self.path.with_name(self.path.name + end) for end in ("", "-wal", "-shm"))
        written = (self.path.parent, *beside)
        if closed := [str(path) for path in written if path.exists() and not os.access(path, os.W_OK)]:
            raise StateUnwritableError(
                f"{', '.join(closed)}: may not be written by this user; give permission "
                f"({shlex.join(['chmod', 'u+w', *closed])}), or run it as the user who owns it"
            )

    def _checked(self) -> int:
        """The format of what is there, 0 for nothing."""
        if found := self.damage(quick=self._seal.there):
            raise LedgerError(f"{self.path}: damaged ({found}); {REMEDY}")
        [[version]] = self._connection.execute("PRAGMA user_version")
        if version not in (0, FORMAT):
            raise LedgerError(f"{self.path}: format {version}, this version reads {FORMAT}; name another state folder")
        return int(version)

    def _prepare(self, version: int) -> None:
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")  # a commit has reached the disk when it returns
        if version == 0:
            self._seal.take_off()
            self._connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version={FORMAT}; COMMIT;")
        self._connection.executescript(_COPIES)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StateUnwritableError(
                f"{error.filename}: {error.strerror}; make room or give permission, and run it again"
            ) from error
        except sqlite3.OperationalError as error:  # locked, full, read-only, input/output: the file itself is sound
            if "Could not decode" in str(error):  # text that is none
                raise LedgerError(f"{self.path}: damaged ({error}); {REMEDY}") from error
            raise StateUnwritableError(
                f"{self.path}: {error}; make room or give permission, and run it again"
            ) from error
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"{self.path}: damaged ({error}); {REMEDY}") from error
