"""The whole story of an article: where it came from, what was cut, what it lost to or outlived, and in which run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from pipeline.ledger.shards import OUTPUTS
from pipeline.ledger.state import State

Record = Mapping[str, Any]

_EXCERPT = 60


class Told(NamedTuple):
    """One thing that happened: in which run, and what, in words."""

    run: int
    what: str


def story(state: State, id_: str) -> list[Told]:
    """What the state knows of an article or a page by its id, in the order of the runs; empty if nothing.

    Reads all shards. Raises OSError.
    """
    page = id_.partition("-")[0]
    told = [each for run, path in _shards(state, OUTPUTS[0]) for each in _exported(run, path, id_)]
    told += [each for run, path in _shards(state, OUTPUTS[1]) for each in _audited(run, path, id_, page)]
    return sorted(told, key=lambda each: each.run)


def _shards(state: State, kind: str) -> list[tuple[int, Path]]:
    return [(int(path.name[:6]), path) for path in sorted((state.folder / kind).glob("[0-9]*.jsonl"))]


def _matching(path: Path, marks: Iterable[str]) -> Iterator[Record]:
    """The records whose line has one of the marks; most lines need not be parsed."""
    wanted = [mark.encode() for mark in marks]
    with path.open("rb") as lines:
        for line in lines:
            if any(mark in line for mark in wanted):
                yield orjson.loads(line)


def _exported(run: int, path: Path, id_: str) -> Iterator[Told]:
    for record in _matching(path, [f'"id":"{id_}']):
        if _concerns(record["id"], id_):
            title = record["title"] or record["text"][:_EXCERPT]
            yield Told(run, f"exported as {record['id']} from {record['source']} to {path.name}: {title}")


def _audited(run: int, path: Path, id_: str, page: str) -> Iterator[Told]:
    for record in _matching(path, [f'"item":"{page}', f'"{id_}"']):
        item, evidence = record["item"], record["evidence"]
        if item and (_concerns(item, id_) or _concerns(id_, item)):
            yield Told(run, _happened(record))
        elif id_ in (evidence.get("kept"), evidence.get("via"), evidence.get("first")):
            yield Told(run, f"outlived {item} ({record['source']}): {record['step']} {record['reason']}")
        elif id_ == evidence.get("lost_to"):
            yield Told(run, f"its copy in {record['source']} was read again, for it counts no more")
        elif id_ in evidence.get("articles", ()):
            yield Told(run, f"counts no more: {record['reason']} {record['source']}")


def _happened(record: Record) -> str:
    """A cut, drop or error of the article, or of the page it is part of."""
    what = f"{record['event']} by {record['step']}: {record['reason']}, {record['chars']} characters"
    evidence = orjson.dumps(record["evidence"]).decode()
    return f"{what}, {evidence}, {record['text'][:_EXCERPT]!r} (item {record['item']}, {record['source']})"


def _concerns(item: str, id_: str) -> bool:
    """Whether an item is what is asked for, or a part of it."""
    return item == id_ or item.startswith(f"{id_}-")
