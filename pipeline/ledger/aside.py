"""Indexes that are made anew beside the folders they are for, and put in place together, however often interrupted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from pipeline.ledger.manifest import LedgerError, Manifest, sync
from pipeline.ledger.part import parts_in

_DECIDED = "decided"
"""A file in the index that is put in place last: all of them are whole, and those before it may be in place."""


def aside(folder: Path) -> Path:
    """Where the index for a folder is made."""
    return folder.with_name(f".{folder.name}.rebuild")


def decide(last: Path) -> None:
    """All indexes are whole; that for the folder ``last`` will be put in place last. Raises OSError."""
    with (aside(last) / _DECIDED).open("wb") as file:
        os.fsync(file.fileno())
    sync(aside(last))


def is_decided(last: Path) -> bool:
    """Whether indexes are whole of which that for the folder ``last`` is not in place yet."""
    return (aside(last) / _DECIDED).exists()


def check_in_place(folder: Path) -> None:
    """Raises LedgerError for a folder whose index waits to be put in place."""
    if is_decided(folder):
        raise LedgerError(
            f"{folder}: a rebuild of this index was interrupted while it was put in place; do it again: "
            "python -m pipeline.rebuild --help"
        )


def adopt(folder: Path) -> None:
    """Put the index that was made for an unused folder in place; the caller has its lock. It may be done again.

    Interrupted, the folder is still that of an unused one, or what was made is in place. Raises LedgerError for one of
    which parts are gone, and OSError.
    """
    if not aside(folder).exists():
        return
    if (made := Manifest.read(aside(folder))) is not None:  # else it is in place
        Manifest(made.parameters).write(folder)
        for path in parts_in(aside(folder)):
            path.replace(folder / path.name)
        if not all((folder / entry.name).is_file() for entry in made.parts):
            raise LedgerError(f"{folder}: parts of what was rebuilt are gone; remove {aside(folder)}, and do it again")
        made.write(folder)
        (aside(folder) / _DECIDED).unlink(missing_ok=True)
    shutil.rmtree(aside(folder))
