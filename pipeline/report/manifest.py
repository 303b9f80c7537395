"""The manifest of a run with a state, for machines and archives: what it was made with, did, and left."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.ledger.manifest import LedgerError, sync
from pipeline.ledger.runs import RunRow, chain_of, shards_of
from pipeline.ledger.shards import MANIFESTS
from pipeline.ledger.state import State

FORMAT = 1

KINDS = ("new", "changed", "reoffered", "renamed", "replaced", "removed", "forgotten", "unread")
"""What becomes of an input that is not as it was."""

_MADE_WITH = ("seedsift", "scrapy", "numpy", "orjson", "pydantic", "opencc-python-reimplemented")


class Ended(NamedTuple):
    """How a run ended: its state in the ledger, and what it counted; ``seconds`` are those of its last attempt."""

    state: str
    exit_code: int
    counts: Mapping[str, int]
    unchanged: int
    seconds: Mapping[str, float]
    not_met: Sequence[str]


def write(state: State, run: RunRow, ended: Ended) -> None:
    """Put the manifest of a run in place, whole and for good. Raises LedgerError and OSError."""
    _put(state.folder / MANIFESTS / f"{run.number:06}.json", _content(state, run, ended))


def follow_compact(state: State) -> None:
    """Let manifests tell of the shards as they are, and of those files that are not as they were written.

    Those stand in ``before_compact``, as first written. Asked again it does what is left to do. Raises OSError
    and LedgerError.
    """
    for path in sorted((state.folder / MANIFESTS).glob("[0-9]*.json")):
        found = read(path)
        shards = shards_of(state.database, found["run"])
        now = [file for shard in shards for file in shard["files"].values()]
        told = [file for shard in found["shards"] for file in shard["files"].values()]
        if gone := [file for file in told if file not in now]:
            _put(path, {**found, "shards": shards, "before_compact": [*found.get("before_compact", ()), *gone]})


def _put(path: Path, content: Mapping[str, Any]) -> None:
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1, sort_keys=True)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync(path.parent)


def read(path: Path) -> dict[str, Any]:
    """The manifest in a file. Raises OSError, and LedgerError for one that is damaged."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        told = "put it back from a copy, or move it away: only how the run went stands there"
        raise LedgerError(f"{path}: damaged ({error}); {told}") from error
    return found


def _content(state: State, run: RunRow, ended: Ended) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "run": run.number,
        "attempts": run.attempts,
        "started": run.started,
        "ended": datetime.now(UTC).isoformat(timespec="seconds"),
        "state": ended.state,
        "exit_code": ended.exit_code,
        "not_as_expected": list(ended.not_met),
        "versions": {"python": platform.python_version(), **_versions()},
        "chain": chain_of(state.database),
        "inputs": {
            **{kind: ended.counts.get(f"ledger/inputs/{kind}", 0) for kind in KINDS},
            "unchanged": ended.unchanged,
        },
        "counts": dict(ended.counts),
        "seconds": dict(ended.seconds),
        "shards": shards_of(state.database, run.number),
    }


def _versions() -> dict[str, str]:
    found = {}
    for name in _MADE_WITH:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # run from a checkout that nobody installed
            continue
    return found
