"""What stands now where the ledger knows a file: nothing, another content, or a copy of what stood elsewhere."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Container
from pathlib import Path

from pipeline.ledger.inputs import Change, Known, Stat
from pipeline.sources.walk import InputFile


def absent(path: bytes) -> bool:
    """Whether a file is certainly not there, a folder in its place or nothing; what cannot be looked at may well be."""
    try:
        return stat.S_ISDIR(Path(os.fsdecode(path)).stat().st_mode)
    except OSError as error:
        return error.errno in (errno.ENOENT, errno.ENOTDIR)


def differs(path: Path, known: Known) -> bool:
    """Whether a file can be read and has another content than is known."""
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").digest() != known.sha256
    except OSError:
        return False


def copied(file: InputFile, path: bytes, sizes: Container[int]) -> Change | None:
    """The renaming that a file of one of these sizes would be."""
    if file.status is None or file.status.st_size not in sizes:
        return None
    try:
        with file.path.open("rb") as opened:
            trusted = Stat.of(os.fstat(opened.fileno())).trusted(time.time_ns())
            return Change("renamed", path, file.name, trusted, hashlib.file_digest(opened, "sha256").digest())
    except OSError:
        return None


def left(known: Known) -> bool:
    """Whether the content that was known at a path is there no more, so that it may have moved."""
    if absent(known.path):
        return True
    try:
        with Path(os.fsdecode(known.path)).open("rb") as opened:
            if Stat.of(os.fstat(opened.fileno())) == known.stat:
                return False
            return hashlib.file_digest(opened, "sha256").digest() != known.sha256
    except OSError:
        return False
