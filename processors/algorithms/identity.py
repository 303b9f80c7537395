"""The identity of an article's content: what an exact and a near comparison need, and its form as bytes."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from typing import Self

import numpy as np

from pipeline.errors import ContractError
from processors.algorithms.minhash import BINS, Signature, sign
from processors.algorithms.shingles import Shingles, comparison_key, shingles

SCHEME = 1
"""Raised whenever the same text would give another identity: key, hashes, bins or layout."""

_HEADER = struct.Struct("<BBII16s")  # scheme, shingle size, shingles in the set, shingles that follow, digest
_WORD = np.dtype("<u4")


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """What two articles are compared by.

    ``digest`` (16 bytes) is the same exactly for the same comparison key. ``count`` is the number of distinct
    shingles, 0 for a text with less letters and digits than one shingle: it has no ``signature`` and is compared by
    digest alone. ``shingles`` may be left out (empty) where space matters more than exact similarities.
    """

    digest: bytes
    shingle_size: int
    count: int
    signature: Signature
    shingles: Shingles

    def pack(self) -> bytes:
        """As bytes, the same on every machine: 26 of header, 1,024 of signature, 4 a shingle."""
        header = _HEADER.pack(SCHEME, self.shingle_size, self.count, self.shingles.size, self.digest)
        return header + self.signature.astype(_WORD).tobytes() + self.shingles.astype(_WORD).tobytes()

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """From the bytes of ``pack``. Raises ContractError for bytes of another scheme or length."""
        if len(packed) < _HEADER.size or packed[0] != SCHEME:
            raise ContractError(
                f"fingerprint of {len(packed)} bytes does not begin with scheme {SCHEME}; "
                "make it anew with this version's `fingerprint` step"
            )
        _, size, count, carried, digest = _HEADER.unpack_from(packed)
        bins = BINS if count else 0
        words = np.frombuffer(packed, _WORD, offset=_HEADER.size) if (len(packed) - _HEADER.size) % 4 == 0 else None
        if words is None or words.size != bins + carried:
            raise ContractError(f"fingerprint of {len(packed)} bytes is cut short or damaged; make it anew")
        return cls(digest, size, count, words[:bins], words[bins:])


def identify(text: str, shingle_size: int, *, carry_shingles: bool) -> Identity:
    """The identity of a text.

    With fewer letters and digits than one shingle, letters and digits say too little (``C++`` and ``C#``): then the
    digest is of the text as it stands.
    """
    key = comparison_key(text)
    found = shingles(key, shingle_size)
    if not found.size:
        digest = _digest(b"text", text.strip().encode("utf-8", "surrogatepass"))
        return Identity(digest, shingle_size, 0, found, found)
    return Identity(
        digest=_digest(b"key", key.astype(_WORD, copy=False).tobytes()),
        shingle_size=shingle_size,
        count=found.size,
        signature=sign(found),
        shingles=found if carry_shingles else found[:0],
    )


def _digest(kind: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16, person=kind).digest()
