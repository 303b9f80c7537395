"""The first articles of an index as an index of their own, with no more kept of each than is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline.ledger import blob
from pipeline.ledger.manifest import Entry, Manifest, sync
from pipeline.ledger.part import MOST_ARTICLES, RECORD, Content, Part, opened, pieces, write

Brief = Callable[[bytes], bytes]
"""What has to be kept of what an article is compared by."""

_OWNER = np.uint64(MOST_ARTICLES - 1)


def write_prefix(source: Path, manifest: Manifest, last_run: int, target: Path, brief: Brief) -> None:
    """Write what an index holds of the runs up to one into an empty folder, durably.

    Keys that only later articles had are left out, and nothing else changes: not one decision about an article of these
    runs, but where ``brief`` leaves less to compare. Raises LedgerError for a part that is damaged, and OSError.
    """
    parts = (opened(source, entry) for entry in manifest.parts)
    entries = [entry for part in parts if (entry := _written(part, last_run, target, brief))]
    for entry in entries:
        sync(target / entry.name)
    end = sum(entry.articles for entry in entries)
    replace(
        manifest,
        runs=last_run,
        parts=tuple(entries),
        forgotten={id_: min(below, end) for id_, below in manifest.forgotten.items()},
        follows=None,
    ).write(target)


def _written(part: Part, last_run: int, target: Path, brief: Brief) -> Entry | None:
    """A part without the articles of later runs, which stand at its end; None if there are no others."""
    articles = int(np.count_nonzero(part.records["run"] <= last_run))
    if not articles:
        return None
    first = part.entry.first
    records = np.array(part.records[:articles], RECORD)
    records["end"] = np.cumsum([len(each) for each in _briefly(part, articles, brief)])
    pairs = [found[(found & _OWNER) < articles] for found in pieces(part.pairs)]
    keys, size = sum(found.size for found in pairs), int(records["end"][-1])
    return write(target, Content(first, articles, keys, size, pairs, [records], _briefly(part, articles, brief)))


def _briefly(part: Part, articles: int, brief: Brief) -> Iterator[bytes]:
    for number in range(part.entry.first, part.entry.first + articles):
        packed = part.article(number)[2]
        yield blob.packed(*blob.names(packed), brief(blob.payload(packed)))
