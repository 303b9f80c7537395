"""A state folder: the ledger, the outputs of all runs, and the indexes, had by one run at a time."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from pipeline.ledger import exchange, pruned, to_forget
from pipeline.ledger.database import NAME, REBUILD, REMEDY, SEAL, Database, StateUnwritableError
from pipeline.ledger.lock import Lock
from pipeline.ledger.manifest import LedgerError, sync
from pipeline.ledger.shards import KINDS, MANIFESTS, recover

APART = "red"
"""Where the output of runs is kept that a gate has stopped."""


class StateLockedError(LedgerError):
    """Another run has the state."""


class State:
    """An opened state folder; close it. What an interrupted run left behind has been brought to its end."""

    def __init__(self, folder: Path, *, restoring: bool = False) -> None:
        """Makes the folder if need be. Raises StateLockedError, StateUnwritableError, and LedgerError for damage.

        Outputs without a ledger are damage, unless it is to be made anew (``restoring``).
        """
        self.folder = folder
        if folder.exists() and not folder.is_dir():
            raise LedgerError(f"{folder}: a file; a state is a folder, name another or none that exists")
        self._missing = [path for path in (folder, *folder.parents) if not path.exists()]
        self._before = {path.name for path in folder.iterdir()} if not self._missing else set()
        try:
            for name in (*KINDS, MANIFESTS):
                (folder / name).mkdir(parents=True, exist_ok=True)
            sync(folder)
            self._lock = self._locked()
        except OSError as error:
            raise _unwritable(folder, error) from error
        try:
            self._check_whole(restoring=restoring)
            self.database = Database(folder)
            try:
                self.check()
                recover(folder, self.database)
                pruned.finish(folder, self.database)
                exchange.finish(folder, self.database)
                to_forget.finish(folder, self.database)
            except BaseException:
                self.database.close()
                raise
        except OSError as error:
            self._lock.close()
            raise _unwritable(folder, error) from error
        except BaseException:
            self._lock.close()
            raise

    @classmethod
    def existing(cls, folder: Path) -> Self:
        """Like State, but makes none. Raises LedgerError when there is none."""
        if not (folder / NAME).is_file():
            if folder.is_dir():
                _refuse_left_behind(folder, f"there is no {NAME}; {REBUILD}")
            raise LedgerError(f"{folder}: there is no ledger here; name a state folder (-s STATE=FOLDER)")
        return cls(folder)

    def close(self) -> None:
        """Let others have it."""
        try:
            self.database.close()
        finally:
            self._lock.close()

    def withdraw(self) -> None:
        """Close it for a run that never began: only what was there before it was opened stays.

        What cannot be removed stays too, as after a kill.
        """
        try:
            self.database.close()
            with contextlib.suppress(OSError):
                for path in self.folder.iterdir():
                    if path.name not in self._before:
                        shutil.rmtree(path) if path.is_dir() else path.unlink()
                for path in self._missing:
                    path.rmdir()
        finally:
            self._lock.close()

    def check(self) -> None:
        """To be asked before anything is made to last. Raises LedgerError when another run may have the state."""
        self._lock.check()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def index(self, label: str) -> Path:
        """The folder in which a step remembers."""
        return self.folder / exchange.INDEX / label

    @property
    def highest_run(self) -> int:
        """The highest number of a run of which an account, an output set apart or what was pruned lies here, or 0."""
        names = [
            path.name for kind in (MANIFESTS, APART, pruned.PRUNED) for path in (self.folder / kind).glob("[0-9]*")
        ]
        return max((int(found[0]) for name in names if (found := re.match(r"\d+", name))), default=0)

    def _locked(self) -> Lock:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            return Lock(self.folder, f"{os.getpid()} on {socket.gethostname()} since {now}")
        except LedgerError as error:
            raise StateLockedError(str(error)) from error

    def _check_whole(self, *, restoring: bool) -> None:
        """Raises LedgerError for outputs without the ledger that knows them."""
        database = self.folder / NAME
        if database.exists() and database.stat().st_size:
            return
        if not restoring:
            found = f"{NAME} is empty; {REMEDY}" if database.exists() else f"there is no {NAME}; {REBUILD}"
            _refuse_left_behind(self.folder, found)
        for left in (f"{NAME}-wal", f"{NAME}-shm", SEAL):  # of a ledger that was moved away, and not of a new one
            (self.folder / left).unlink(missing_ok=True)


def is_state(folder: Path) -> bool:
    """Whether a folder is a state, also one that lost its ledger; one that may not be looked into shows none."""
    try:
        return all((folder / name).is_dir() for name in (*KINDS, MANIFESTS))
    except PermissionError:
        return False


def _refuse_left_behind(folder: Path, found: str) -> None:
    """Raises LedgerError when there is something that earlier runs wrote."""
    kinds = (*KINDS, MANIFESTS)
    left = next((path for kind in kinds for path in sorted((folder / kind).glob("[0-9]*.json*"))), None)
    if left is not None:
        raise LedgerError(f"{left}: an earlier run wrote this, but {found}")


def _unwritable(folder: Path, error: OSError) -> StateUnwritableError:
    where = error.filename or folder
    return StateUnwritableError(f"{where}: {error.strerror or error}; make room or give permission, and run it again")
