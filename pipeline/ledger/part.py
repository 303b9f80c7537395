"""One immutable file of an index: keys with their owners, sorted, and what is kept of each article.

Layout: a header of 40 bytes; the keys, 8 bytes each (40 bits of key, 24 bits of owner, counted from the part's first
article); 16 bytes an article; then what varies in length. Everything is little-endian.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import re
import struct
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.ledger.manifest import REMEDY, Entry, LedgerError

Pairs = npt.NDArray[np.uint64]
"""Keys with their owners, ascending: ``key << 24 | owner``. Of several with one key the last one counts."""

OWNER_BITS = 24
MOST_ARTICLES = 1 << OWNER_BITS
"""Articles that one part can hold."""

RECORD = np.dtype([("kept", "<u4"), ("run", "<u4"), ("end", "<u8")])
"""Of each article: the number of the one kept for it, the run it came in, and where its bytes end."""

_NAME = re.compile(r"part-\d{10,}-\d{10,}")
_HEADER = struct.Struct("<8s4Q")
_MAGIC = b"seedsift"
_PAIR = np.dtype("<u8")
_OWNER = np.uint64(MOST_ARTICLES - 1)
_SHIFT = np.uint64(OWNER_BITS)


class Content(NamedTuple):
    """What goes into a part: the sizes, known beforehand, and the three sections piece by piece."""

    first: int
    articles: int
    keys: int
    blob: int
    pairs: Iterable[Pairs]
    records: Iterable[npt.NDArray[Any]]
    blobs: Iterable[Any]


def write(folder: Path, content: Content) -> Entry:
    """Write a part; nothing refers to it before a manifest does. Raises OSError."""
    first, articles, keys, blob = content[:4]
    name = f"part-{first:010d}-{first + articles:010d}"
    path, digest = folder / name, hashlib.sha256()
    with path.open("wb") as file:
        for piece in _bytes(content):
            digest.update(piece)
            file.write(piece)
    size = _HEADER.size + keys * _PAIR.itemsize + articles * RECORD.itemsize + blob
    return Entry(name, first, articles, keys, size, digest.hexdigest())


def parts_in(folder: Path) -> list[Path]:
    """The files of a folder that are named like parts, used or not; what others put there is not among them."""
    return sorted(path for path in folder.glob("part-*") if _NAME.fullmatch(path.name) and path.is_file())


def _bytes(content: Content) -> Iterator[Any]:
    yield _HEADER.pack(_MAGIC, *content[:4])
    for pairs in content.pairs:
        yield pairs.astype(_PAIR, copy=False).tobytes()
    yield from (records.tobytes() for records in content.records)
    yield from content.blobs


class Part:
    """A part opened for reading; its pages are mapped, not loaded."""

    def __init__(self, folder: Path, entry: Entry) -> None:
        """Raises LedgerError for a file of another size: reading behind its end would end the process."""
        self.entry = entry
        self.path = folder / entry.name
        with self.path.open("rb") as file:
            _check_size(self.path, os.fstat(file.fileno()).st_size, entry)
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        raw = np.frombuffer(self._mapped, np.uint8)
        keys_end = _HEADER.size + entry.keys * _PAIR.itemsize
        records_end = keys_end + entry.articles * RECORD.itemsize
        self.pairs: Pairs = raw[_HEADER.size : keys_end].view(_PAIR)
        self.records = raw[keys_end:records_end].view(RECORD)
        self.blob: npt.NDArray[np.uint8] = raw[records_end:]

    def check(self) -> None:
        """Raises LedgerError when the file was cut short since, or changed in size, by somebody else."""
        _check_size(self.path, self._mapped.size(), self.entry)

    def owners(self, keys: Pairs) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
        """Which of the ascending keys are in this part, and the numbers of the articles that own those."""
        if not self.pairs.size:
            return np.zeros(keys.size, np.bool_), np.empty(0, np.int64)
        pairs = self.pairs.take(self.pairs.searchsorted(keys << _SHIFT | _OWNER, side="right") - 1, mode="clip")
        there = (pairs >> _SHIFT) == keys
        return there, (pairs[there] & _OWNER).astype(np.int64) + self.entry.first

    def article(self, number: int) -> tuple[int, int, bytes]:
        """Of an article in this part: the number of the one kept, its run, and its bytes."""
        at = number - self.entry.first
        kept, run, end = self.records[at].item()
        start = int(self.records[at - 1]["end"]) if at else 0
        return kept, run, self.blob[start:end].tobytes()


def opened(folder: Path, entry: Entry) -> Part:
    """A part that is, byte for byte, what the manifest says. Raises LedgerError; reads the file once to the end."""
    path = folder / entry.name
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except OSError as error:
        raise LedgerError(f"{path}: {error.strerror}; {REMEDY}") from error
    _check_size(path, size, entry)
    if digest != entry.sha256:
        raise LedgerError(f"{path}: damaged, its checksum is not the manifest's; {REMEDY}")
    return Part(folder, entry)


def _check_size(path: Path, size: int, entry: Entry) -> None:
    if size != entry.bytes:
        raise LedgerError(f"{path}: {size} bytes, the manifest says {entry.bytes}; {REMEDY}")


def merged(folder: Path, parts: list[Part]) -> Entry:
    """Write neighbouring parts as one, key range by key range: memory does not grow with their size.

    Raises LedgerError for one that was cut short, and OSError.
    """
    for part in parts:
        part.check()
    entries = [part.entry for part in parts]
    first = entries[0].first
    bases = np.cumsum([0, *(part.blob.size for part in parts)]).tolist()
    content = Content(
        first=first,
        articles=sum(entry.articles for entry in entries),
        keys=sum(entry.keys for entry in entries),
        blob=bases[-1],
        pairs=_merged_pairs(parts, first),
        records=chain.from_iterable(_rebased(part, base) for part, base in zip(parts, bases, strict=False)),
        blobs=chain.from_iterable(pieces(part.blob) for part in parts),
    )
    return write(folder, content)


_AT_ONCE = 1 << 19


def _merged_pairs(parts: list[Part], first: int) -> Iterator[Pairs]:
    ranges = sum(part.pairs.size for part in parts) // _AT_ONCE + 1
    bounds = np.array([(number << 64) // ranges for number in range(1, ranges)], np.uint64)
    ends = [[0, *np.searchsorted(part.pairs, bounds).tolist(), part.pairs.size] for part in parts]
    for number in range(ranges):
        shifted = [
            part.pairs[end[number] : end[number + 1]] + np.uint64(part.entry.first - first)
            for part, end in zip(parts, ends, strict=True)
        ]
        pairs = np.concatenate(shifted)
        pairs.sort()
        yield pairs


def _rebased(part: Part, base: int) -> Iterator[npt.NDArray[Any]]:
    for records in pieces(part.records):
        moved = records.copy()
        moved["end"] += np.uint64(base)
        yield moved


def pieces(array: npt.NDArray[Any]) -> Iterator[npt.NDArray[Any]]:
    """An array in pieces of which each fits in memory."""
    for start in range(0, array.size, _AT_ONCE):
        yield array[start : start + _AT_ONCE]
