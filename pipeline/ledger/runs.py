"""The runs of a ledger: which is going on, how the earlier ones ended, and with which chain."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from pipeline.ledger.database import COUNTS, REMEDY, Database
from pipeline.ledger.manifest import COMMAND, LedgerError
from pipeline.ledger.shards import files_of

OPEN = "open"
"""A run that goes on, or that was killed. The next one continues it, under the same number."""

FINISHED = "finished"
"""A run whose inputs have all been gone through."""

RED = "red"
"""A run that a gate has stopped: its output is kept apart, and nothing of it counts."""


class RunRow(NamedTuple):
    """A run as the ledger has it; times are UTC, ISO 8601, and decide nothing."""

    number: int
    state: str
    attempts: int
    started: str
    ended: str | None
    exit_code: int | None
    counts: dict[str, int]


_STEPS = TypeAdapter(list[dict[str, Any]])
_ROW = TypeAdapter(tuple[int, Literal["open", "finished", "red"], int, str, str | None, int | None, dict[str, int]])


def begin(database: Database, taken: int = 0) -> RunRow:
    """The run that begins, or the one that goes on because it was interrupted.

    A new one gets a number above all that the ledger knows, and above ``taken``.
    """
    last = next(runs(database), None)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with database.transaction():
        if last is not None and last.state == OPEN:
            database.execute("UPDATE runs SET attempts = attempts + 1, ended = NULL WHERE number = ?", last.number)
        else:
            database.execute(
                "INSERT INTO runs(number, state, attempts, started) VALUES (?, ?, 1, ?)",
                *(max(last.number if last else 0, taken) + 1, OPEN, now),
            )
    return next(runs(database))


def withdraw(database: Database, run: RunRow) -> None:
    """Take back that a run, or this attempt at it, has begun."""
    with database.transaction():
        if run.attempts == 1:
            database.execute("DELETE FROM runs WHERE number = ?", run.number)
        else:
            database.execute("UPDATE runs SET attempts = attempts - 1 WHERE number = ?", run.number)


def end(database: Database, number: int, state: str, exit_code: int, counts: Mapping[str, int]) -> None:
    """Write down how a run, or this attempt at it, ended."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with database.transaction():
        database.execute(
            "UPDATE runs SET state = ?, ended = ?, exit_code = ?, counts = ? WHERE number = ?",
            *(state, now, exit_code, json.dumps(dict(counts), sort_keys=True), number),
        )


def runs(database: Database) -> Iterator[RunRow]:
    """All runs, the last first."""
    asked = "SELECT number, state, attempts, started, ended, exit_code, counts FROM runs ORDER BY number DESC"
    for row in database.rows(asked):
        try:
            found = _ROW.validate_python((*row[:-1], database.parsed(COUNTS, row[-1])), strict=True)
        except ValidationError as error:
            raise LedgerError(f"{database.path}: damaged (run {row[0]}: {row[1:-1]!r}); {REMEDY}") from error
        yield RunRow(*found)


def counted(database: Database, number: int) -> Counter[str]:
    """What the shards of a run have counted."""
    total: Counter[str] = Counter()
    for (counts,) in database.execute("SELECT counts FROM shards WHERE run = ?", number):
        found: dict[str, int] = database.parsed(COUNTS, counts)
        total.update(found)
    return total


def shards_of(database: Database, number: int) -> list[dict[str, Any]]:
    """The shards of a run in order: number, files with lines, bytes and SHA-256."""
    asked = "SELECT number, files FROM shards WHERE run = ? ORDER BY number"
    return [
        {"number": shard, "files": {kind: asdict(file) for kind, file in files_of(database, files).items()}}
        for shard, files in database.execute(asked, number)
    ]


def chain_of(database: Database) -> dict[str, Any]:
    """The chain that the state was made with: its fingerprint, and its steps as they were described; {} for none.

    Raises LedgerError when what is written there is not what was written.
    """
    found = dict(database.execute("SELECT key, value FROM meta WHERE key IN ('fingerprint', 'chain', 'check')"))
    if not found:
        return {}
    fingerprint, chain = found.get("fingerprint", ""), found.get("chain", "")
    if found.get("check", _check(fingerprint, chain)) != _check(fingerprint, chain):
        raise LedgerError(f"{database.path}: damaged (the chain it was made with); {REMEDY}")
    return {"fingerprint": fingerprint, "steps": database.parsed(_STEPS, chain)}


def _check(fingerprint: str, chain: str) -> str:
    return hashlib.sha256(f"{fingerprint} {chain}".encode()).hexdigest()


def check_chain(database: Database, fingerprint: str, described: Sequence[Mapping[str, Any]], folder: str) -> None:
    """Hold a chain to the one whose articles are in the state; while there are none, it is written down.

    Raises LedgerError that says what differs and what can be done.
    """
    found = chain_of(database)
    if not found or not database.execute("SELECT 1 FROM shards LIMIT 1"):
        set_chain(database, fingerprint, described)
    elif told := another(found, fingerprint, described):
        raise LedgerError(
            f"{folder}: what is there was made with another chain: {told}; go back to that one, name another state "
            f"folder to read everything anew, or keep what is there and go on with this chain: {COMMAND}"
        )


def another(made_with: Mapping[str, Any], fingerprint: str, described: Sequence[Mapping[str, Any]]) -> str:
    """In what a chain is another one than that of ``chain_of`` or of a manifest; nothing if it is the same."""
    if made_with["fingerprint"] == fingerprint:
        return ""
    return "; ".join(differences(made_with["steps"], described)) or "its steps are others"


def set_chain(database: Database, fingerprint: str, described: Sequence[Mapping[str, Any]]) -> None:
    """Write down the chain that the state is continued with."""
    with database.transaction():
        chain = json.dumps(described, sort_keys=True)
        values = {"fingerprint": fingerprint, "chain": chain, "check": _check(fingerprint, chain)}
        for key, value in values.items():
            database.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value)


def differences(before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """In which steps, versions, options and files two chains differ, for people."""
    names = [[step["class"] for step in chain] for chain in (before, now)]
    if names[0] != names[1]:
        yield f"the steps were {', '.join(names[0])}, are {', '.join(names[1])}"
        return
    for number, (old, new) in enumerate(zip(before, now, strict=True), start=1):
        step = f"step {number} ({new['class'].rpartition(':')[2]})"
        if old["version"] != new["version"]:
            yield f"{step}: version was {old['version']}, is {new['version']}"
        for name in sorted(old["options"].keys() | new["options"].keys()):
            values = [json.dumps(chain["options"].get(name), ensure_ascii=False) for chain in (old, new)]
            if values[0] != values[1]:
                yield f"{step}: option {name} was {values[0]}, is {values[1]}"
        if old["files"] != new["files"]:
            yield f"{step}: a file that its options name has another content"
