"""Lists of inputs that are lost, made anew from the ledger: they tell what it knows, not how it came to know it."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from pipeline.ledger.database import COUNTS
from pipeline.ledger.listing import STATED, as_text, shard_name
from pipeline.ledger.manifest import sync
from pipeline.ledger.shards import INPUTS, ShardFile, as_json, files_of, same
from pipeline.ledger.state import State

_ASKED = (
    "SELECT inputs.id, path, name, sha256, size, gone, ended.run, ended.number FROM inputs "
    "LEFT JOIN shards AS ended ON ended.id = superseded WHERE shard = ? ORDER BY inputs.id"
)


def lost(state: State) -> list[str]:
    """The names of the lists that are not there, or not as they were written. Raises LedgerError and OSError."""
    rows = state.database.execute("SELECT files FROM shards ORDER BY id")
    files = [files_of(state.database, text)[INPUTS] for (text,) in rows]
    return [file.name for file in files if not same(state.folder / INPUTS / file.name, file)]


def restate(state: State) -> int:
    """Make all lists anew if one is lost; how many are written.

    All, for a list that tells of changes says nothing beside one that does not. Interrupted, it can be done again, for
    until its end the ledger knows them otherwise. Raises LedgerError and OSError.
    """
    if not lost(state):
        return 0
    found = state.database.execute("SELECT id, run, number, files, counts FROM shards ORDER BY id")
    made = []
    for shard, run, number, text, counts in found:
        file = ShardFile(state.folder / INPUTS, f"{shard_name(run, number)}.jsonl", replacing=True)
        for row in ({"counts": state.database.parsed(COUNTS, counts)}, *_rows(state, shard)):
            file.write(orjson.dumps(row, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
        made.append((shard, {**files_of(state.database, text), INPUTS: file.finish()}))
        file.part.replace(file.final)
    sync(state.folder / INPUTS)
    with state.database.transaction():
        for shard, files in made:
            state.database.execute("UPDATE shards SET files = ? WHERE id = ?", as_json(files), shard)
    return len(made)


def _rows(state: State, shard: int) -> Iterator[dict[str, object]]:
    for id_, path, name, sha256, size, gone, run, number in state.database.execute(_ASKED, shard):
        articles = state.database.execute("SELECT id FROM articles WHERE input = ? ORDER BY id", id_)
        copies = state.database.execute("SELECT kept FROM copies WHERE input = ? ORDER BY kept", id_)
        yield {
            "change": STATED,
            "name": name,
            "path": as_text(path),
            "was": None,
            "sha256": sha256.hex(),
            "size": size,
            "articles": [article for (article,) in articles],
            "lost_to": [kept for (kept,) in copies],
            "superseded": shard_name(run, number) if run else None,
            "gone": gone,
        }
