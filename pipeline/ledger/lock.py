"""One run at a time: two that add to the same index would each undo what the other wrote."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from pipeline.ledger.manifest import LedgerError

NAME = "lock"


def locked(folder: Path) -> IO[str]:
    """The open lock of a folder; closing it, or the end of the process however it comes, releases it.

    Raises LedgerError when another run holds it.
    """
    file = (folder / NAME).open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        holder = file.read().strip()
        file.close()
        if holder == str(os.getpid()):
            raise LedgerError(f"{folder}: another step of this run has it; give each a folder of its own") from error
        raise LedgerError(f"{folder}: in use by process {holder}; wait until that run has ended") from error
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file
