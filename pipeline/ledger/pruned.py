"""Shards that were given up, and what the indexes remembered of them: beside the indexes, for those made anew.

It stands in `pruned/`, in a folder named after the last shard given up. That this has its name is what decides: from
there on every run and command brings it to its end. A file there counts the shards of which nothing is remembered.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from pipeline.ledger.database import Database
from pipeline.ledger.exchange import clear
from pipeline.ledger.listing import shard_name
from pipeline.ledger.manifest import sync
from pipeline.ledger.shards import OUTPUTS, TAKEN_AWAY

PRUNED = "pruned"
UNREMEMBERED = "unremembered"

_NAME = re.compile(r"\d{6,}-\d{4,}")

Last = tuple[int, int]
"""The last shard given up: its run, and its number there. All before it are given up as well."""


def kept(state: Path) -> tuple[Last, Path] | None:
    """Which shards of a state folder were given up, and where what is remembered of them is."""
    return max(((_last(folder), folder) for folder in _folders(state)), default=None)


def given_up(state: Path, run: int, number: int) -> bool:
    """Whether a shard is one of them."""
    found = kept(state)
    return found is not None and (run, number) <= found[0]


def unremembered(state: Path) -> int:
    """Of how many shards given up nothing tells any longer what they exported."""
    found = kept(state)
    counted = found and found[1] / UNREMEMBERED
    return int(counted.read_text("ascii")) if counted and counted.is_file() else 0


def count_unremembered(folder: Path, shards: int) -> None:
    """Write down durably of how many shards nothing is remembered, if there are any. Raises OSError."""
    if shards:
        with (folder / UNREMEMBERED).open("w", encoding="ascii") as file:
            file.write(f"{shards}\n")
            file.flush()
            os.fsync(file.fileno())
        sync(folder)


def decide(state: Path, last: Last, fill: Callable[[Path], None]) -> None:
    """Give up all shards up to one, when ``fill`` has written durably what is to be remembered of them.

    Raises OSError, and what ``fill`` raises; ``finish`` then does it, or takes it back.
    """
    made = _aside(state)
    clear(made)
    made.mkdir()
    fill(made)
    for folder in (*folders(made), made):
        sync(folder)
    (state / PRUNED).mkdir(exist_ok=True)
    sync(state)
    made.replace(state / PRUNED / shard_name(*last))
    sync(state / PRUNED)


def finish(state: Path, database: Database) -> None:
    """Remove the outputs of shards that were given up; it may be done again. Raises OSError."""
    if found := kept(state):
        last, folder = found
        where = "(run, number) <= (?, ?) AND state != ?"
        shards = database.execute(f"SELECT run, number FROM shards WHERE {where}", *last, TAKEN_AWAY)
        for run, number in shards:
            for kind in OUTPUTS:
                (state / kind / f"{shard_name(run, number)}.jsonl").unlink(missing_ok=True)
        if shards:
            with database.transaction():
                database.execute(f"UPDATE shards SET state = ? WHERE {where}", TAKEN_AWAY, *last, TAKEN_AWAY)
        for older in _folders(state):
            if older != folder:
                clear(older)
    clear(_aside(state))


def folders(made: Path) -> list[Path]:
    """What is remembered there, a folder of each index."""
    return sorted(path for path in made.iterdir() if path.is_dir())


def _folders(state: Path) -> list[Path]:
    return [path for path in (state / PRUNED).glob("*") if _NAME.fullmatch(path.name)]


def _last(folder: Path) -> Last:
    run, number = map(int, folder.name.split("-"))
    return run, number


def _aside(state: Path) -> Path:
    return state / f".{PRUNED}.part"
