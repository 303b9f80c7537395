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
    "SELECT inputs.id, path, name, run, number FROM inputs JOIN shards ON shards.id = shard "
    "WHERE superseded IS NULL AND forgotten ORDER BY inputs.id"
)


def write_down(folder: Path, database: Database) -> None:
    """Put what is to be forgotten by the ledger in place of what stood there, durably. Raises OSError."""
    part = folder / f".{NAME}.part"
    with part.open("wb") as file:
        for _, path, name, run, number in database.execute(_ASKED):
            row = {"name": name, "path": as_text(path), "shard": shard_name(run, number)}
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / NAME)
    sync(folder)


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
        "AND name = ? AND run = ? AND number = ?"
    )
    for row in _rows(folder / NAME):
        run, _, number = row["shard"].partition("-")
        for id_, path in database.execute(asked, row["name"], int(run), int(number)):
            if as_text(path) == row["path"]:
                yield id_


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.exists():
        return
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found = orjson.loads(line)
            yield {key: str(found[key]) for key in ("name", "path", "shard")}
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            told = "put it back from a copy, or remove it: only what is to be forgotten stands there"
            raise LedgerError(f"{path}:{number}: damaged ({error}); {told}") from error
