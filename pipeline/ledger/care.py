"""Looking after a state between runs: is it whole, forget a source, leave out what counts no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple

import orjson

from pipeline.ledger import exchange, pruning, to_forget, upkeep
from pipeline.ledger.agreement import disagreements
from pipeline.ledger.listing import shard_name
from pipeline.ledger.manifest import LedgerError, in_state
from pipeline.ledger.pruning import indexes
from pipeline.ledger.replay import differences
from pipeline.ledger.shards import (
    INPUTS,
    KINDS,
    OUTPUTS,
    TAKEN_AWAY,
    ShardFile,
    Written,
    as_json,
    files_of,
    is_part,
    place,
    there,
)
from pipeline.ledger.state import State


def forget(state: State, *sources: str) -> list[str]:
    """Let the next run supersede the articles of sources, or of all below folders, and read anew what is there.

    The names found. Raises LedgerError when there is none for one of them, and then forgets nothing, and OSError.
    """
    where = "superseded IS NULL AND (name = ? OR substr(name, 1, ?) = ?)"
    asked = [(source, len(below), below) for source in sources for below in [f"{source.rstrip('/')}/"]]
    found: set[str] = set()
    for values in asked:
        names = state.database.execute(f"SELECT name FROM inputs WHERE {where}", *values)
        if not names:
            raise LedgerError(to_forget.unknown(state.database, values[0]))
        found.update(name for (name,) in names)
    with state.database.transaction():
        for values in asked:
            state.database.execute(f"UPDATE inputs SET forgotten = 1 WHERE {where}", *values)
        to_forget.write_down(state.folder, state.database)
    return sorted(found)


def totals(state: State) -> dict[str, int]:
    """What there is in a state, counted."""
    asked = {
        "inputs": "SELECT count(*) FROM inputs WHERE superseded IS NULL AND gone IS NULL",
        "inputs removed since": "SELECT count(*) FROM inputs WHERE superseded IS NULL AND gone IS NOT NULL",
        "inputs to be forgotten": "SELECT count(*) FROM inputs WHERE superseded IS NULL AND forgotten",
        "articles": "SELECT count(*) FROM articles JOIN inputs ON inputs.id = input WHERE superseded IS NULL",
        "articles superseded": "SELECT count(*) FROM articles JOIN inputs ON inputs.id = input WHERE superseded > 0",
        "shards": "SELECT count(*) FROM shards",
    }
    return {name: state.database.execute(statement)[0][0] for name, statement in asked.items()}


def problems(state: State) -> Iterator[str]:
    """What is wrong with a state: in its ledger, with shards and indexes; and files that nobody knows."""
    yield from differences(state)
    known: set[str] = set()
    for left, text in state.database.rows("SELECT state, files FROM shards ORDER BY id"):
        for kind, file in files_of(state.database, text).items():
            known.add(f"{kind}/{file.name}")
            kept = left != TAKEN_AWAY or kind == INPUTS
            if kept and not there(state.folder / kind, file):
                yield f"{state.folder / kind / file.name}: missing, or not as it was written"
    for kind in KINDS:
        for path in sorted((state.folder / kind).iterdir()):
            if f"{kind}/{path.name}" not in known and not is_part(path):
                yield f"{path}: no run has written this"
    yield from pruning.problems(state)
    if exchange.is_decided(state.folder):
        left = "a rebuild was interrupted here; the next run or command that can write brings it to its end"
        yield f"{state.folder}: {left}"
    for folder, generation in indexes(state):
        try:
            yield from disagreements(state.database, folder, generation)
        except LedgerError as error:
            yield str(in_state(error))


def superseded(state: State) -> Callable[[str, str], bool]:
    """Whether the article of an id that stands in a shard file of a name counts no more."""
    asked = (
        "SELECT superseded, shards.run, shards.number FROM articles JOIN inputs ON inputs.id = input "
        "JOIN shards ON shards.id = inputs.shard WHERE articles.id = ?"
    )

    def counts_no_more(article: str, name: str) -> bool:
        found = state.database.execute(asked, article)
        return any(ended is not None or name != f"{shard_name(run, number)}.jsonl" for ended, run, number in found)

    return counts_no_more


def compact(state: State) -> tuple[int, int]:
    """Leave superseded articles out of the shards, and make each index one part; how many articles and bytes went.

    Audit and lists of inputs stay. Raises LedgerError and OSError; what was interrupted is finished by the next run.
    """
    asked = (
        "SELECT id, files FROM shards WHERE state != ? AND id IN "
        "(SELECT shard FROM inputs WHERE superseded IS NOT NULL) ORDER BY id"
    )
    rows = state.database.execute(asked, TAKEN_AWAY)
    gone = [_rewritten(state, row, files_of(state.database, files)) for row, files in rows]
    for folder, generation in indexes(state):
        try:
            upkeep.compact(folder, generation)
        except LedgerError as error:
            raise in_state(error) from error
    state.database.execute("VACUUM")
    return sum(articles for articles, _ in gone), sum(size for _, size in gone)


def _rewritten(state: State, row: int, files: dict[str, Written]) -> tuple[int, int]:
    kind = OUTPUTS[0]
    name, lines, size, _ = astuple(files[kind])
    ended = superseded(state)
    made = ShardFile(state.folder / kind, name, replacing=True)
    with (state.folder / kind / name).open("rb") as old:
        for line in old:
            if not ended(orjson.loads(line).get("id", ""), name):
                made.write(line)
    written = made.finish()
    if written.lines == lines:
        made.part.unlink()
        return 0, 0
    files[kind] = written
    with state.database.transaction():
        values = (as_json(files), row)
        state.database.execute("UPDATE shards SET files = ?, state = 'prepared' WHERE id = ?", *values)
    place(state.folder, state.database, row, {kind: written})
    return lines - written.lines, size - written.bytes
