"""Looking after an index between runs: is it whole, how big is it, make it one part."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pipeline.ledger.index import Index
from pipeline.ledger.manifest import LedgerError, Manifest


@dataclass(frozen=True, slots=True)
class Summary:
    """What an index holds; ``bytes`` are those of its parts."""

    articles: int
    runs: int
    parts: int
    bytes: int


def verify(folder: Path) -> Summary:
    """Read all of an index and hold it to its checksums. Raises LedgerError naming the file that is damaged."""
    with closing(_existing(folder)):
        return _summary(folder)


def compact(folder: Path) -> Summary:
    """Write all parts of an index as one; what it holds stays the same. Raises LedgerError and OSError."""
    with closing(_existing(folder)) as index:
        index.compact()
        index.commit(new_run=False)
        return _summary(folder)


def _existing(folder: Path) -> Index:
    if not folder.is_dir() or Manifest.read(folder) is None:
        raise LedgerError(f"{folder}: there is no index here")
    return Index(folder, {})


def _summary(folder: Path) -> Summary:
    manifest = Manifest.read(folder)
    assert manifest is not None
    entries = manifest.parts
    return Summary(
        sum(entry.articles for entry in entries),
        manifest.runs,
        len(entries),
        sum(entry.bytes for entry in entries),
    )
