"""Reading a state that cannot be written here: a copy, a disk that is read-only, or somebody else's folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.ledger.database import NAME, Database, StateUnwritableError
from pipeline.ledger.lock import NAME as LOCK
from pipeline.ledger.shards import KINDS, MANIFESTS
from pipeline.ledger.state import State


class StateCopy(State):
    """A state as it lies there, without a lock: nothing in it changes, and what an interrupted run left behind stays.

    If a run is at work on it, what is read may be of two moments.
    """

    def __init__(self, folder: Path) -> None:
        """Raises LedgerError for damage, and OSError."""
        self.folder = folder
        with contextlib.ExitStack() as held:
            self.database = Database(folder, connect=lambda path: _connected(path, held))
            self._held = held.pop_all()

    def close(self) -> None:
        """Let go of it."""
        self._held.close()


def opened(folder: Path) -> State:
    """A state to be read: had for oneself if it can be written, else as it lies. Raises as ``State.existing``."""
    if _writable(folder):
        with contextlib.suppress(StateUnwritableError):  # permitted, and yet no room
            return State.existing(folder)
    return StateCopy.existing(folder)


def _writable(folder: Path) -> bool:
    places = [folder, *(folder / name for name in (NAME, LOCK, *KINDS, MANIFESTS))]
    return all(os.access(path, os.W_OK) for path in places if path.exists())


def _connected(path: Path, held: contextlib.ExitStack) -> sqlite3.Connection:
    """A connection that writes nothing beside a database. Raises sqlite3.Error and OSError.

    The write-ahead log of a run that is at work or was killed is read only if SQLite finds the index of it, or can make
    one; without, database and log are read from a copy.
    """
    log = path.with_name(f"{path.name}-wal")
    address = path.resolve().as_uri()
    if not log.exists() or not log.stat().st_size:
        return held.enter_context(contextlib.closing(sqlite3.connect(f"{address}?immutable=1", uri=True)))
    connection = held.enter_context(contextlib.closing(sqlite3.connect(f"{address}?mode=ro", uri=True)))
    try:
        connection.execute("PRAGMA user_version")
    except sqlite3.OperationalError:
        aside = held.enter_context(TemporaryDirectory(prefix="seedsift-"))
        for each in (path, log):
            shutil.copyfile(each, Path(aside, each.name))
        connection = held.enter_context(contextlib.closing(sqlite3.connect(Path(aside, path.name))))
    return connection
