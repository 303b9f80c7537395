"""Looking after an index between runs: is it whole, how big is it, make it one part."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ledger.index import Index
from pipeline.ledger.lock import NAME as LOCK
from pipeline.ledger.lock import Lock
from pipeline.ledger.manifest import NAME, PREPARED, REMEDY, LedgerError, Manifest
from pipeline.ledger.part import opened, parts_in


@dataclass(frozen=True, slots=True)
class Summary:
    """What an index holds; ``bytes`` are those of its parts."""

    articles: int
    runs: int
    parts: int
    bytes: int


def verify(folder: Path) -> Summary:
    """Read all of an index, also what is only prepared, and hold it to its checksums; nothing in it changes.

    A folder that cannot be written, or where there is no room for it, is read without a lock.

    Raises LedgerError naming the file that is damaged.
    """
    _existing(folder)
    with _to_itself(folder):
        found = _existing(folder)
        for manifest in (found, Manifest.read(folder, PREPARED)):
            for entry in manifest.parts if manifest else ():
                opened(folder, entry)
    return _summary(found)


def compact(folder: Path, generation: int | None = None) -> Summary:
    """Write all parts of an index as one; what it holds stays the same.

    ``generation`` is the one that a ledger has decided for, where there is one. Raises LedgerError and OSError.
    """
    _existing(folder)
    with closing(Index(folder, {}, generation=generation)) as index:
        index.compact()
    return _summary(_existing(folder))


def accept(folder: Path, parameters: Mapping[str, Any]) -> list[str]:
    """Let an index go on under other parameters, which must be such that what it holds stays right.

    What has changed, parameter by parameter. Raises LedgerError and OSError.
    """
    differing = _existing(folder).differing(parameters)
    with closing(Index(folder, {})) as index:
        index.accept(parameters)
    return differing


def is_unused(folder: Path) -> bool:
    """Whether there is nothing in a folder but its lock, or at most an index to which nothing was ever committed."""
    found = Manifest.read(folder)
    ours = {folder / LOCK, *([folder / NAME, *parts_in(folder)] if found else ())}
    others = {path for path in folder.iterdir() if path.suffix != ".part"} - ours
    return not others and (found is None or not found.generation)


def _to_itself(folder: Path) -> AbstractContextManager[object]:
    try:
        return Lock(folder)
    except OSError:
        return nullcontext()


def _existing(folder: Path) -> Manifest:
    found = Manifest.read(folder) if folder.is_dir() else None
    if found is None:
        raise LedgerError(f"{folder}: there is no index here; {REMEDY}")
    return found


def _summary(manifest: Manifest) -> Summary:
    entries = manifest.parts
    return Summary(
        sum(entry.articles for entry in entries),
        manifest.runs,
        len(entries),
        sum(entry.bytes for entry in entries),
    )
