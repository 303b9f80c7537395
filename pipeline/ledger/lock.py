"""One run at a time: two that add to the same index would each undo what the other wrote."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from pathlib import Path
from typing import Self

from pipeline.ledger.manifest import LedgerError

NAME = "lock"

_NO_FOLDER_LOCKS = frozenset({errno.EBADF, errno.EINVAL, errno.EISDIR, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP})
"""What NFS and others answer, which lock only files that are open for writing."""


class Lock:
    """A folder that this process has to itself until ``close``, or its own end, also when its file is removed.

    What is locked is the folder: nobody removes that who wants to keep what is in it. The file ``lock`` in it says who
    has it, is locked as well, and decides where folders cannot be.
    """

    def __init__(self, folder: Path, holder: str = "") -> None:
        """``holder`` is told to whoever comes second; by default the process.

        Raises LedgerError when another run has the folder, and OSError.
        """
        self._folder = folder
        with contextlib.ExitStack() as held:
            self._handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            held.callback(os.close, self._handle)
            self._by_folder = self._folder_locked()
            self._file = held.enter_context((folder / NAME).open("a+", encoding="ascii"))
            self._flock(self._file.fileno())
            self._file.truncate(0)
            self._file.write(f"{holder or os.getpid()}\n")
            self._file.flush()
            self._held = held.pop_all()

    def check(self) -> None:
        """Raises LedgerError when what was locked is no longer what others find: one of them may have the folder."""
        handle, path = (self._handle, self._folder) if self._by_folder else (self._file.fileno(), self._folder / NAME)
        try:
            same = os.path.samestat(os.fstat(handle), path.stat())
        except FileNotFoundError:
            same = False
        if not same:
            raise LedgerError(
                f"{path}: removed or replaced while this run was at work, so that another may have the folder; nothing "
                "more is written there: leave it alone while a run has it, and run it again"
            )

    def close(self) -> None:
        """Let others have it."""
        self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _folder_locked(self) -> bool:
        try:
            self._flock(self._handle)
        except OSError as error:
            if error.errno in _NO_FOLDER_LOCKS:
                return False
            raise
        return True

    def _flock(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _in_use(self._folder) from error


def _in_use(folder: Path) -> LedgerError:
    """Who has a folder, as far as its file tells."""
    try:
        holder = (folder / NAME).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        holder = ""
    if holder == str(os.getpid()):
        return LedgerError(f"{folder}: another step of this run has it; give each a folder of its own")
    who = f"process {holder}" if holder else f"another run, whose file {NAME} somebody has removed"
    return LedgerError(f"{folder}: in use by {who}; wait until that run has ended")
