"""The indexes of a state made anew beside the old ones, and put in their place with what the ledger says of them.

Written aside and synced; then a decision, by one rename; from there on every run and command brings it to its end.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.ledger.database import Database
from pipeline.ledger.manifest import sync
from pipeline.ledger.runs import set_chain

INDEX = "index"
"""The folder of a state with an index for each step that remembers."""

_DECIDED = "decided.json"
"""In the folder of the new indexes while they are not in use yet."""


def aside(state: Path) -> Path:
    """Where the indexes for a state folder are made."""
    return state / f".{INDEX}.rebuild"


def decide(state: Path, generations: Mapping[str, int], chain: Mapping[str, Any]) -> None:
    """Let the indexes that are aside count, with their ``generations`` and the ``chain`` they were made by.

    Raises OSError; ``finish`` then does it, or takes it back.
    """
    made = aside(state)
    for folder in sorted(each for each in made.iterdir() if each.is_dir()):
        sync(folder)
    part = made / f".{_DECIDED}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump({"generations": dict(generations), "chain": dict(chain)}, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    sync(state)
    part.replace(made / _DECIDED)
    sync(made)


def is_decided(state: Path) -> bool:
    """Whether new indexes count that are not in use yet: ``finish`` was interrupted."""
    return any(path.exists() for path in _decisions(state))


def finish(state: Path, database: Database) -> None:
    """Put new indexes in use that count, remove those that do not; it may be done again. Raises OSError."""
    made, index = aside(state), state / INDEX
    found = next((path for path in _decisions(state) if path.exists()), None)
    if found is not None:
        decision = json.loads(found.read_text(encoding="utf-8"))
        with database.transaction():
            last = "UPDATE shards SET generations = ? WHERE id = (SELECT max(id) FROM shards)"
            database.execute(last, json.dumps(decision["generations"]))
        set_chain(database, decision["chain"]["fingerprint"], decision["chain"]["steps"])
        if found.parent == made:
            clear(index)
            made.replace(index)
            sync(state)
        (index / _DECIDED).unlink()
        sync(index)
    clear(made)


def _decisions(state: Path) -> tuple[Path, Path]:
    return aside(state) / _DECIDED, state / INDEX / _DECIDED


def clear(folder: Path) -> None:
    """Remove a folder if it is there. Raises OSError."""
    if folder.exists():
        shutil.rmtree(folder)
