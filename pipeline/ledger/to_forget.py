"""The inputs that a user wants forgotten, as a file: so that a ledger which is made anew meanwhile knows them, too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import orjson

from pipeline.ledger.database import Database
from pipeline.ledger.listing import as_text, shard_name
from pipeline.ledger.manifest import LedgerError, sync

NAME = "to_forget.jsonl"

_ASKED = (
    "SELECT path, name, sha256, run, number FROM inputs JOIN shards ON shards.id = shard "
    "WHERE superseded IS NULL AND forgotten ORDER BY inputs.id"
)


def write_down(folder: Path, database: Database) -> None:
    """Put what is to be forgotten by the ledger in place of what stood there, durably. Raises OSError."""
    part = folder / f".{NAME}.part"
    with part.open("wb") as file:
        for path, name, sha256, run, number in database.execute(_ASKED):
            row = {"name": name, "path": as_text(path), "sha256": sha256.hex(), "shard": shard_name(run, number)}
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / NAME)
    sync(folder)


def tidy(folder: Path, database: Database) -> None:
    """Remove the file when a run has forgotten all that it names. Raises LedgerError and OSError."""
    if next(meant(folder, database), None) is None:
        (folder / NAME).unlink(missing_ok=True)


def finish(folder: Path, database: Database) -> None:
    """Let a ledger know what it was killed before knowing. Raises LedgerError and OSError."""
    marked = "SELECT 1 FROM inputs WHERE id = ? AND forgotten"
    if not all(database.execute(marked, row) for row in meant(folder, database)):
        with database.transaction():
            mark(folder, database)


def mark(folder: Path, database: Database) -> None:
    """Let a ledger made anew know what is to be forgotten; inside a transaction. Raises LedgerError and OSError."""
    for row in meant(folder, database):
        database.execute("UPDATE inputs SET forgotten = 1 WHERE id = ?", row)


def meant(folder: Path, database: Database) -> Iterator[int]:
    """The inputs that the file names and no run has forgotten, by id: a later one at the same place is another.

    Raises LedgerError for a file that is damaged, and OSError.
    """
    asked = (
        "SELECT inputs.id, path FROM inputs JOIN shards ON shards.id = shard WHERE superseded IS NULL "
        "AND name = ? AND sha256 = ? AND run = ? AND number = ?"
    )
    for path, *facts in _rows(folder / NAME):
        for id_, found in database.execute(asked, *facts):
            if as_text(found) == path:
                yield id_


def _rows(path: Path) -> Iterator[tuple[str, str, bytes, int, int]]:
    """Path, name, content, run and shard."""
    for line, text in enumerate(path.read_bytes().splitlines() if path.exists() else (), start=1):
        try:
            row = orjson.loads(text)
            run, number = map(int, row["shard"].split("-"))
            yield str(row["path"]), str(row["name"]), bytes.fromhex(row["sha256"]), run, number
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            told = "put it back from a copy, or remove it: only what is to be forgotten stands there"
            raise LedgerError(f"{path}:{line}: damaged ({error}); {told}") from error


def unknown(database: Database, source: str) -> str:
    """What is said of a source that no input has; with a name, if it is a path at or below which there is one."""
    real = os.fsencode(Path(source).resolve())
    asked = "SELECT name FROM inputs WHERE superseded IS NULL AND (path = ? OR (path > ? AND path < ?)) ORDER BY path"
    names = database.execute(f"{asked} LIMIT 1", real, real + b"/", real + b"0")  # "0" follows "/"
    told = f"{source!r}: no source of this name is remembered, nor a folder of them, so nothing was forgotten"
    if names:
        return f"{told}; what was read at this path has names like {names[0][0]!r}"
    return f"{told}; names are those in `source` of the articles, or folders in them, without wildcards"
