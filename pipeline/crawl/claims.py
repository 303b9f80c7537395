"""An output belongs to one run at a time: two that write one file would each undo what the other wrote."""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path

from pipeline.ledger.lock import NAME, Lock
from pipeline.ledger.manifest import LedgerError


class Claim:
    """The right to write a file, held in a folder ``.<name>.lock`` beside it until ``release``.

    The lock dies with its process, so the folder that a killed run left behind stops nobody.
    """

    def __init__(self, path: Path, target: Path) -> None:
        """``path`` is what messages call the ``target``. Raises OSError when another run holds it."""
        self.folder = folder_of(target)
        self._lock = self._locked(path)

    def release(self) -> None:
        """Let others write the file; the folder goes too."""
        with contextlib.suppress(OSError, LedgerError):  # the next run may be in it already, or somebody removed it
            self._lock.check()
            (self.folder / NAME).unlink()
            self.folder.rmdir()
        self._lock.close()

    def _locked(self, path: Path) -> Lock:
        while True:
            with contextlib.suppress(FileExistsError):  # exist_ok looks twice, and the folder may go in between
                self.folder.mkdir()
            try:
                lock = Lock(self.folder)
            except FileNotFoundError:  # the run before removed the folder meanwhile
                continue
            except LedgerError:
                raise BlockingIOError(errno.EAGAIN, _told(self.folder / NAME), str(path)) from None
            try:
                lock.check()
            except LedgerError:  # the same, just before it was locked
                lock.close()
                continue
            return lock


def folder_of(target: Path) -> Path:
    """Where the lock of a file is."""
    return target.with_name(f".{target.name}.lock")


def _told(lock: Path) -> str:
    try:
        holder = lock.read_text(encoding="ascii").strip()
    except OSError:
        holder = ""
    return (
        f"another run (process {holder or 'unknown'}) is writing it; "
        "wait until that one has ended, or name another file (-O FILE)"
    )
