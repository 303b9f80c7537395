"""What an index keeps of an article, as bytes: its id, the name of its source, and what it is compared by."""

from __future__ import annotations

import struct
from typing import NamedTuple

_LENGTHS = struct.Struct("<II")


class Article(NamedTuple):
    """An article seen: its id, its source's name, its run, and the number of the article kept in its place."""

    id: str
    source: str
    run: int
    kept: int


def packed(id_: str, source: str, payload: bytes) -> bytes:
    """All three in one."""
    names = [name.encode("utf-8", "surrogatepass") for name in (id_, source)]
    return b"".join([_LENGTHS.pack(*map(len, names)), *names, payload])


def names(blob: bytes) -> tuple[str, str]:
    """The id and the source."""
    first, second = _LENGTHS.unpack_from(blob)
    at = _LENGTHS.size
    id_, source = blob[at : at + first], blob[at + first : at + first + second]
    return id_.decode("utf-8", "surrogatepass"), source.decode("utf-8", "surrogatepass")


def payload(blob: bytes) -> bytes:
    """What it is compared by."""
    return blob[_LENGTHS.size + sum(_LENGTHS.unpack_from(blob)) :]
