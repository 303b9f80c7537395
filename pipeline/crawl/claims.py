"""An output belongs to one run at a time: two that write one file would each undo what the other wrote."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import IO

from pipeline.ledger.lock import NAME, locked
from pipeline.ledger.manifest import LedgerError


class Claim:
    """The right to write a file, held in a folder ``.<name>.lock`` beside it until ``release``.

    The lock dies with its process, so the folder that a killed run left behind stops nobody.
    """

    def __init__(self, path: Path, target: Path) -> None:
        """``path`` is what messages call the ``target``. Raises OSError when another run holds it."""
        self.folder = folder_of(target)
        self._file = self._locked(path)

    def release(self) -> None:
        """Let others write the file; the folder goes too."""
        with contextlib.suppress(OSError):  # the next run may be in it already, or somebody removed it
            (self.folder / NAME).unlink()
            self.folder.rmdir()
        self._file.close()

    def _locked(self, path: Path) -> IO[str]:
        while True:
            with contextlib.suppress(FileExistsError):  # exist_ok looks twice, and the folder may go in between
                self.folder.mkdir()
            try:
                file = locked(self.folder)
            except FileNotFoundError:  # the run before removed the folder meanwhile
                continue
            except LedgerError as error:
                if isinstance(error.__cause__, OSError) and not isinstance(error.__cause__, BlockingIOError):
                    raise error.__cause__ from None  # a file system without locks
                raise BlockingIOError(errno.EAGAIN, _told(self.folder / NAME), str(path)) from None
            if _still_there(file, self.folder / NAME):
                return file
            file.close()


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


def _still_there(file: IO[str], lock: Path) -> bool:
    """Whether what was locked is what others will find: the run before may have removed it just then."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), lock.stat())
    except FileNotFoundError:
        return False
