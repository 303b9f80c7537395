"""The identity of an article's content: what an exact and a near comparison need, and its form as bytes."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from pipeline.errors import ContractError
from processors.algorithms.characters import Codes
from processors.algorithms.comparison import comparison_keys
from processors.algorithms.minhash import BINS, Signatures, Sketch, sign, sketch
from processors.algorithms.shingles import Shingles, shingle_sets

SCHEME = 4
"""Raised whenever the same text would give another identity: key, hashes, bins or layout."""

NORMALIZER = 3
"""The version of `normalize` that texts have gone through: another one may give another text, hence another key."""

_FINGERPRINT = struct.Struct("<BBBx")  # scheme, shingle size, whether the shingles follow
_IDENTITY = struct.Struct("<16sII")  # digest, characters of the key, shingles in the set
_WORD = np.dtype("<u4")
_SKETCH_BYTES = BINS // 4
_NONE = np.empty(0, np.uint32)
_ALWAYS_CARRIED = 64
"""Shingles up to which a text keeps them in any case: an estimate from so few errs by more than from many."""


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """What two articles are compared by.

    ``digest`` (16 bytes) is the same exactly for the same comparison key. ``length`` is the key's in characters,
    ``count`` the number of distinct shingles, 0 for a key that is shorter than one: such a text has no ``sketch`` and
    is compared by digest alone. More than 64 ``shingles`` may be left out (empty) where space matters more than exact
    similarities.
    """

    digest: bytes
    length: int
    count: int
    sketch: Sketch
    shingles: Shingles

    def pack(self) -> bytes:
        """As bytes, the same on every machine: 24, and for any shingles 128 of sketch and 4 a shingle kept."""
        return _IDENTITY.pack(self.digest, self.length, self.count) + self.sketch.tobytes() + _packed(self.shingles)

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """From the bytes of ``pack``. Raises ContractError for bytes of another length."""
        if len(packed) >= _IDENTITY.size:
            digest, length, count = _IDENTITY.unpack_from(packed)
            at = _IDENTITY.size + (_SKETCH_BYTES if count else 0)
            kept = (len(packed) - at) // _WORD.itemsize
            if len(packed) == at + kept * _WORD.itemsize and kept in (0 if count > _ALWAYS_CARRIED else count, count):
                words = np.frombuffer(packed, np.uint8, offset=_IDENTITY.size)
                return cls(
                    digest, length, count, words[: at - _IDENTITY.size], words[at - _IDENTITY.size :].view(_WORD)
                )
        raise ContractError(f"identity of {len(packed)} bytes is cut short or damaged; make it anew")

    def brief(self) -> Self:
        """The same without shingles that may be left out; then similarities to it are estimated."""
        return self if self.count <= _ALWAYS_CARRIED else replace(self, shingles=_NONE)


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What travels with an article: its identity, and the signature from which the keys are made it is found by.

    ``carries_shingles`` says whether the identity of every text comes with its shingles, however many.
    """

    shingle_size: int
    carries_shingles: bool
    signature: Signatures
    identity: Identity

    def pack(self) -> bytes:
        """As bytes, the same on every machine: 28, and for any shingles 2,176 and 4 a shingle carried."""
        header = _FINGERPRINT.pack(SCHEME, self.shingle_size, self.carries_shingles)
        return header + _packed(self.signature) + self.identity.pack()

    def exact(self) -> Self:
        """The same to be compared by digest alone, as a key shorter than a shingle is."""
        identity = Identity(self.identity.digest, self.identity.length, 0, _NONE.astype(np.uint8), _NONE)
        return replace(self, signature=_NONE, identity=identity)

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """From the bytes of ``pack``. Raises ContractError for bytes of another scheme or length."""
        if len(packed) < _FINGERPRINT.size or packed[0] != SCHEME:
            raise ContractError(
                f"fingerprint of {len(packed)} bytes does not begin with scheme {SCHEME}; "
                "make it anew with this version's `fingerprint` step"
            )
        _, size, carries = _FINGERPRINT.unpack_from(packed)
        bare = len(packed) == _FINGERPRINT.size + _IDENTITY.size
        at = _FINGERPRINT.size + (0 if bare else BINS * _WORD.itemsize)
        identity = Identity.unpack(packed[at:])
        carried = identity.count if carries or identity.count <= _ALWAYS_CARRIED else 0
        if bare != (identity.count == 0) or identity.shingles.size != carried:
            raise ContractError(f"fingerprint of {len(packed)} bytes is cut short or damaged; make it anew")
        words = np.frombuffer(packed, _WORD, (at - _FINGERPRINT.size) // _WORD.itemsize, _FINGERPRINT.size)
        return cls(size, bool(carries), words, identity)


def identify(texts: Sequence[str], shingle_size: int, *, carry_shingles: bool) -> list[Fingerprint]:
    """The fingerprints of texts, each the same whatever others come with it; some 64 at once cost least.

    A key shorter than one shingle says too little (``+++`` and ``***``): then the digest is of the text as it stands.
    """
    keys = comparison_keys(texts)
    sets = shingle_sets(keys, shingle_size)
    signatures = sign(sets, len(texts))
    ends = np.searchsorted(sets, np.arange(len(texts) + 1, dtype=np.uint64) << np.uint64(32)).tolist()
    made = []
    for number, (text, key, place) in enumerate(zip(texts, keys.each(), pairwise(ends), strict=True)):
        found = sets[slice(*place)].astype(np.uint32)
        if found.size:
            identity = _identity(key, signatures[number], found, carry_shingles=carry_shingles)
            made.append(Fingerprint(shingle_size, carry_shingles, signatures[number], identity))
        else:
            identity = Identity(_digest(b"text", _bare(text)), key.size, 0, _NONE.astype(np.uint8), _NONE)
            made.append(Fingerprint(shingle_size, carry_shingles, _NONE, identity))
    return made


def _identity(key: Codes, signature: Signatures, shingles: Shingles, *, carry_shingles: bool) -> Identity:
    carried = shingles if carry_shingles or shingles.size <= _ALWAYS_CARRIED else _NONE
    return Identity(_digest(b"key", _packed(key)), key.size, shingles.size, sketch(signature), carried)


def _bare(text: str) -> bytes:
    return text.strip().encode("utf-8", "surrogatepass")


def _packed(words: npt.NDArray[Any]) -> bytes:
    return words.astype(_WORD, copy=False).tobytes()


def _digest(kind: bytes, content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16, person=kind).digest()
