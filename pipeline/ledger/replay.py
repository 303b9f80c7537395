"""Whether a ledger says what the lists of its shards and the accounts of its runs say: for bits that flipped in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.ledger.database import COUNTS, NAME, Database
from pipeline.ledger.listing import as_text
from pipeline.ledger.manifest import COMMAND, LedgerError
from pipeline.ledger.restated import lost
from pipeline.ledger.restore import check_forgotten, listings, restore_all
from pipeline.ledger.runs import chain_of, runs
from pipeline.ledger.shards import INPUTS, MANIFESTS
from pipeline.ledger.state import State
from pipeline.ledger.to_forget import meant

_MOST = 10
"""Differences of a kind that are named."""

_OF = "JOIN {0}.shards AS one ON one.id = shard"
_TOLD = {
    "input": (
        "SELECT as_text(path), hex(sha256), size, one.run, one.number, ended.run, ended.number "
        f"FROM {{0}}.inputs {_OF} LEFT JOIN {{0}}.shards AS ended ON ended.id = superseded"
    ),
    "article": (
        "SELECT articles.id, as_text(path), one.run, one.number "
        f"FROM {{0}}.articles LEFT JOIN {{0}}.inputs ON inputs.id = input LEFT {_OF}"
    ),
    "copy": (
        "SELECT kept, as_text(path), one.run, one.number "
        f"FROM {{0}}.copies LEFT JOIN {{0}}.inputs ON inputs.id = input LEFT {_OF}"
    ),
}
"""What there is in a ledger of a name that lists tell as well; times of files are not in them."""

_GONE = "SELECT as_text(path), gone FROM {0}.inputs WHERE gone IS NOT NULL"


def differences(state: State) -> Iterator[str]:
    """What a ledger says otherwise than its lists, its accounts and SQLite itself. Raises LedgerError and OSError."""
    if found := state.database.damage():
        yield f"{state.database.path}: {found}"
    for check in (_unlike_lists, _unlike_accounts, _unlike_what_was_asked):
        try:
            yield from check(state)
        except LedgerError as error:
            yield str(error)


def _unlike_lists(state: State) -> Iterator[str]:
    if state.database.execute("SELECT 1 FROM shards WHERE state = 'prepared'"):
        return  # a copy made within a commit: its list may not be in place yet
    if names := lost(state):
        told = f"make the lists anew from the ledger: {COMMAND}"
        yield f"{state.folder / INPUTS}: {len(names)} lists missing, or not as they were written; {told}"
        return
    with TemporaryDirectory(prefix="seedsift-") as folder:
        with closing(Database(Path(folder))) as again, again.transaction():
            restore_all(state.folder, again, listings(state.folder), hashed=False)
        state.database.define("as_text", as_text)
        state.database.execute("ATTACH ? AS again", str(Path(folder) / NAME))
        try:
            yield from _unlike(state.database)
        finally:
            state.database.execute("DETACH again")


def _unlike(database: Database) -> Iterator[str]:
    for noun, asked in _TOLD.items():
        sides = [asked.format("main"), asked.format("again")]
        for here, there in (sides, sides[::-1]):
            for name, *_ in database.execute(f"{here} EXCEPT {there} LIMIT {_MOST}"):
                yield f"{database.path}: {noun} {name}: not as {INPUTS}/ tells it"
    for path, run in database.execute(f"{_GONE.format('main')} EXCEPT {_GONE.format('again')} LIMIT {_MOST}"):
        yield f"{database.path}: input {path}: not removed in run {run}, by {INPUTS}/"
    asked = "SELECT run, number, one.counts, two.counts FROM main.shards AS one JOIN again.shards AS two"
    for run, number, *counts in database.execute(f"{asked} USING (run, number)"):
        if database.parsed(COUNTS, counts[0]) != database.parsed(COUNTS, counts[1]):
            yield f"{database.path}: shard {run}-{number}: other counts than {INPUTS}/ tells"


def _unlike_accounts(state: State) -> Iterator[str]:
    """Of the runs, and of attempts at them, that came to their end: of others there is no account, or an older one."""
    chain_of(state.database)
    known = {run.number: run for run in runs(state.database)}
    for (number,) in state.database.execute("SELECT DISTINCT run FROM shards ORDER BY run"):
        if number not in known:
            yield f"{state.database.path}: run {number} has shards and is not known"
    for number, run in known.items():
        path = state.folder / MANIFESTS / f"{number:06}.json"
        if run.ended is None or not path.is_file():
            continue
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            yield f"{path}: damaged ({error}); put it back from a copy, or move it away"
            continue
        facts = {"state": run.state, "attempts": run.attempts, "exit_code": run.exit_code, "counts": run.counts}
        for name, fact in facts.items():
            if told.get(name) != fact:
                yield f"{path}: {name} is {told.get(name)!r:.60}, in the ledger {fact!r:.60}"


def _unlike_what_was_asked(state: State) -> Iterator[str]:
    check_forgotten(state)
    for input_id in meant(state.folder, state.database):
        for (name,) in state.database.execute("SELECT name FROM inputs WHERE id = ? AND NOT forgotten", input_id):
            yield f"{state.database.path}: input {name}: asked to be forgotten, and not known to be"
