"""Makes a lost ledger anew, from the shards of a state and the lists of inputs that lie beside them."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from pipeline.ledger.database import NAME, REMEDY, Database
from pipeline.ledger.inputs import Came, Change, Inputs, Stat, claim, claim_stated, settle
from pipeline.ledger.listing import STATED
from pipeline.ledger.manifest import COMMAND, LedgerError
from pipeline.ledger.pruned import given_up
from pipeline.ledger.runs import FINISHED
from pipeline.ledger.shards import INPUTS, KINDS, MANIFESTS, OUTPUTS, TAKEN_AWAY, Written, files_of, prepared
from pipeline.ledger.state import State
from pipeline.ledger.to_forget import mark, meant

_LISTING = re.compile(r"\d{6,}-\d{4,}\.jsonl")


def restore(state: State) -> int:
    """Write into an empty ledger what the folder tells; how many shards there were.

    Times are not in the lists, so the next run reads every input once more, and finds it as it was. Raises LedgerError
    for a shard of which a file is missing, for a ledger that is not empty and lacks some of the shards, and OSError.
    """
    if state.database.execute("SELECT 1 FROM runs LIMIT 1"):
        check_known(state)
        return 0
    found = listings(state.folder)
    for listing in found:
        if given_up(state.folder, *_number(listing.stem)):
            for kind in OUTPUTS:
                (state.folder / kind / listing.name).unlink(missing_ok=True)
    _check_listed(state.folder, {listing.name for listing in found})
    with state.database.transaction():  # all of them or none: a ledger made by half would be taken for a whole one
        restore_all(state.folder, state.database, found)
        mark(state.folder, state.database)
    return len(found)


def restore_all(folder: Path, database: Database, lists: Iterable[Path], *, hashed: bool = True) -> None:
    """Write into a ledger what lists tell of all shards; inside a transaction.

    Unless they are ``hashed``, the shards' files are taken for what their size says. Raises LedgerError and OSError.
    """
    for listing in lists:
        _restored(folder, database, listing, hashed=hashed)
    if not settle(database):
        raise LedgerError(f"{folder / INPUTS}: a list is missing that others refer to; put it back from a copy")


def _check_listed(folder: Path, listed: Container[str]) -> None:
    """Raises LedgerError for outputs of which no list tells what they came of."""
    for path in sorted(path for kind in OUTPUTS for path in (folder / kind).iterdir()):
        if _LISTING.fullmatch(path.name) and path.name not in listed:
            raise LedgerError(
                f"{path}: {INPUTS}/{path.name} is missing, and nothing else tells what this came of; put that back "
                "from a copy, or move this away: then it is read anew, and comes out once more"
            )


def check_known(state: State) -> None:
    """Raises LedgerError for a ledger that was put back from an older copy, or lost its last transactions."""
    rows = state.database.execute("SELECT files FROM shards")
    known = {files_of(state.database, files)[INPUTS].name for (files,) in rows}
    for listing in listings(state.folder):
        if listing.name not in known:
            database = state.folder / NAME
            raise LedgerError(f"{listing}: {database} does not know this shard; move {NAME} away, and say {COMMAND}")


def check_shards(state: State) -> None:
    """Raises LedgerError for a shard that counts and is not there any more, or of another size."""
    there = {kind: _sizes(state.folder / kind) for kind in KINDS}
    [[last]] = state.database.execute("SELECT max(number) FROM runs")
    for run, left, text in state.database.execute("SELECT run, state, files FROM shards ORDER BY id"):
        for kind, file in files_of(state.database, text).items():
            kept = left != TAKEN_AWAY or kind == INPUTS
            if kept and there[kind].get(file.name) != file.bytes:
                otherwise = (
                    f"make the lists anew from the ledger: {COMMAND}"
                    if kind == INPUTS
                    else f"if the outputs up to run {run} are not needed: scrapy ledger prune {last - run}"
                )
                raise LedgerError(
                    f"{state.folder / kind / file.name}: missing, or not of the size it was written with; put it back "
                    f"from a copy; or, {otherwise}"
                )


def _sizes(folder: Path) -> dict[str, int]:
    with os.scandir(folder) as found:
        return {each.name: each.stat().st_size for each in found if each.is_file()}


def check_forgotten(state: State) -> None:
    """Raises LedgerError for an input that is to be forgotten, and nobody has asked for it."""
    known = Inputs(state.database).forgotten()
    asked = {*meant(state.folder, state.database)} if known else set()
    for each in known:
        if each.id not in asked:
            raise LedgerError(f"{state.database.path}: damaged ({each.name}: nobody has it forgotten); {REMEDY}")


def listings(folder: Path) -> list[Path]:
    """The lists of the shards that lie in a state folder, in their order."""
    return sorted(path for path in (folder / INPUTS).iterdir() if _LISTING.fullmatch(path.name))


def _restored(folder: Path, database: Database, listing: Path, *, hashed: bool) -> None:
    run, number = _number(listing.stem)
    gone = given_up(folder, run, number)
    kept = [kind for kind in KINDS if (folder / kind / listing.name).is_file() and not (gone and kind in OUTPUTS)]
    if hashed and kept not in ([INPUTS], list(KINDS)):
        missing = folder / next(kind for kind in KINDS if kind not in kept) / listing.name
        raise LedgerError(f"{missing}: missing; put it back from a copy, or begin anew with another state folder")
    files = {kind: _written(folder / kind / listing.name) for kind in kept} if hashed else {}
    found = list(_rows(listing))
    if not found or "counts" not in found[0]:
        raise LedgerError(f"{listing}: its first line is missing; put it back from a copy")
    first, *rows = found
    _run(folder, database, run)
    shard = prepared(database, (run, number), files, first["counts"], {})
    left = TAKEN_AWAY if kept == [INPUTS] else "committed"
    database.execute("UPDATE shards SET state = ? WHERE id = ?", left, shard)
    for row in rows:
        came = Came(row["articles"], row.get("lost_to", []))
        if row["change"] == STATED:
            _state(database, row, came, shard)
        else:
            claim(database, _change(row, database), came, shard, run)


def _state(database: Database, row: dict[str, Any], came: Came, shard: int) -> None:
    ended = row["superseded"]
    change = _change({**row, "change": "new"}, database)
    made = claim_stated(database, change, came, shard, _number(ended) if ended else None)
    database.execute("UPDATE inputs SET gone = ? WHERE id = ?", row["gone"], made)


def _number(shard: str) -> tuple[int, int]:
    run, number = map(int, shard.split("-"))
    return run, number


def _run(folder: Path, database: Database, number: int) -> None:
    """A row for a run, with what its manifest tells."""
    found: dict[str, Any] = {"state": FINISHED, "attempts": 1, "started": "", "exit_code": None, "counts": {}}
    manifest = folder / MANIFESTS / f"{number:06}.json"
    if manifest.is_file():
        try:
            found |= json.loads(manifest.read_text(encoding="utf-8"))
        except ValueError as error:
            told = "put it back from a copy, or move it away: only how the run went stands there"
            raise LedgerError(f"{manifest}: damaged ({error}); {told}") from error
    database.execute(
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
