"""Makes a lost ledger anew, from the shards of a state and the lists of inputs that lie beside them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from pipeline.ledger.database import NAME, Database
from pipeline.ledger.inputs import Came, Change, Inputs, Stat, claim
from pipeline.ledger.manifest import COMMAND, LedgerError
from pipeline.ledger.runs import FINISHED
from pipeline.ledger.shards import INPUTS, KINDS, MANIFESTS, TAKEN_AWAY, Written, prepared
from pipeline.ledger.state import State
from pipeline.ledger.to_forget import mark

_LISTING = re.compile(r"\d{6,}-\d{4,}\.jsonl")


def restore(state: State) -> int:
    """Write into an empty ledger what the folder tells; how many shards there were.

    Times are not in the lists, so the next run reads every input once more, and finds it as it was. Raises LedgerError
    for a shard of which a file is missing, for a ledger that is not empty and lacks some of the shards, and OSError.
    """
    if state.database.execute("SELECT 1 FROM runs LIMIT 1"):
        check_known(state)
        return 0
    listings = _listings(state)
    with state.database.transaction():  # all of them or none: a ledger made by half would be taken for a whole one
        for listing in listings:
            _shard(state, listing)
        mark(state.folder, state.database)
    return len(listings)


def check_known(state: State) -> None:
    """Raises LedgerError for a ledger that was put back from an older copy, or lost its last transactions."""
    rows = state.database.execute("SELECT files FROM shards")
    known = {json.loads(files)[INPUTS]["name"] for (files,) in rows}
    for listing in _listings(state):
        if listing.name not in known:
            database = state.folder / NAME
            raise LedgerError(f"{listing}: {database} does not know this shard; move {NAME} away, and say {COMMAND}")


def _listings(state: State) -> list[Path]:
    return sorted(path for path in (state.folder / INPUTS).iterdir() if _LISTING.fullmatch(path.name))


def _shard(state: State, listing: Path) -> None:
    run, number = (int(part) for part in listing.stem.split("-"))
    kept = [kind for kind in KINDS if (state.folder / kind / listing.name).is_file()]
    if kept not in ([INPUTS], list(KINDS)):
        missing = state.folder / next(kind for kind in KINDS if kind not in kept) / listing.name
        raise LedgerError(f"{missing}: missing; put it back from a copy, or begin anew with another state folder")
    files = {kind: _written(state.folder / kind / listing.name) for kind in kept}
    found = list(_rows(listing))
    if not found or "counts" not in found[0]:
        raise LedgerError(f"{listing}: its first line is missing; put it back from a copy")
    first, *rows = found
    _run(state, run)
    shard = prepared(state.database, (run, number), files, first["counts"], {})
    left = TAKEN_AWAY if kept == [INPUTS] else "committed"
    state.database.execute("UPDATE shards SET state = ? WHERE id = ?", left, shard)
    for row in rows:
        came = Came(row["articles"], row.get("lost_to", []))
        claim(state.database, _change(row, state.database), came, shard, run)


def _run(state: State, number: int) -> None:
    """A row for a run, with what its manifest tells."""
    found: dict[str, Any] = {"state": FINISHED, "attempts": 1, "started": "", "exit_code": None, "counts": {}}
    manifest = state.folder / MANIFESTS / f"{number:06}.json"
    if manifest.is_file():
        try:
            found |= json.loads(manifest.read_text(encoding="utf-8"))
        except ValueError as error:
            told = "put it back from a copy, or move it away: only how the run went stands there"
            raise LedgerError(f"{manifest}: damaged ({error}); {told}") from error
    state.database.execute(
        "INSERT OR IGNORE INTO runs(number, state, attempts, started, exit_code, counts) VALUES (?, ?, ?, ?, ?, ?)",
        *(number, found["state"], found["attempts"], found["started"], found["exit_code"]),
        json.dumps(found["counts"], sort_keys=True),
    )


def _change(row: dict[str, Any], database: Database) -> Change:
    path, was = row["path"].encode(), row["was"]
    old = Inputs(database).at([was.encode()]).get(was.encode()) if was else None
    if was and old is None:
        raise LedgerError(f"{INPUTS}/: {row['name']} is {row['change']}, but no shard before says what it was")
    stat = Stat(row["size"], -1, -1)
    return Change(row["change"], path, row["name"], stat, bytes.fromhex(row["sha256"]), old)


def _rows(listing: Path) -> Iterator[dict[str, Any]]:
    with listing.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise LedgerError(f"{listing}:{number}: damaged ({error}); put it back from a copy") from error


def _written(path: Path) -> Written:
    """What a file of a shard is, taken from the file itself."""
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        opened.seek(0)
        lines = sum(1 for _ in opened)
        return Written(path.name, lines, opened.tell(), digest)
