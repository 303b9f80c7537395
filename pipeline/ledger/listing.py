"""The list of a shard's inputs, as lines of JSON: what has become of each, and which articles came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import orjson

from pipeline.ledger.inputs import Came, Change

STATED = "stated"
"""What is said of an input in place of a change, where a list was made anew from the ledger."""

_SAID = frozenset({"new", "changed", "outdated", "replaced", "reoffered", "renamed", "removed", "forgotten"})


def listed(changes: Iterable[tuple[Change, Came]], counts: Mapping[str, int]) -> Iterator[bytes]:
    """The lines: first what the shard has counted, then its inputs in order; those only touched are left out."""
    yield orjson.dumps({"counts": dict(counts)}, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    for change, came in changes:
        if change.kind in _SAID:
            row = {
                "change": change.kind,
                "name": change.name,
                "path": as_text(change.path),
                "was": as_text(change.old.path) if change.old else None,
                "sha256": change.sha256.hex(),
                "size": change.stat.size,
                "articles": came.articles,
                "lost_to": sorted(set(came.lost_to)),
            }
            yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


def shard_name(run: int, number: int) -> str:
    """The name of a shard's files, but for what follows the last point."""
    return f"{run:06}-{number:04}"


def as_text(path: bytes) -> str:
    """A path that JSON can hold; one that is no UTF-8 is not found by it again, but by its content."""
    return path.decode("utf-8", "backslashreplace")
