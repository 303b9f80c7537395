"""The one file of an index that changes: which parts it consists of, and what they were made with.

It changes by rename, so that a run is either wholly in the index or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from pipeline.errors import SeedsiftError

FORMAT = 4
NAME = "manifest.json"
PREPARED = "prepared.json"
"""A manifest that a run has made ready, and that counts as soon as it is renamed to ``NAME``."""

REMEDY = "move the folder away and make it anew from the exported articles: python -m pipeline.rebuild --help"

COMMAND = "scrapy ledger rebuild"
"""What messages about a state recommend; whoever shows them to a user adds which configuration and state are meant."""


class LedgerError(SeedsiftError):
    """An index that is damaged, was made with other parameters, or was changed by somebody else meanwhile."""


def in_state(error: LedgerError) -> LedgerError:
    """The same of the index of a state, which is made anew otherwise than one that stands by itself."""
    return LedgerError(str(error).replace(REMEDY, f"make it anew: {COMMAND}"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One part: its file, the number of its first article, how many articles, keys and bytes, and its SHA-256."""

    name: str
    first: int
    articles: int
    keys: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in an index: ``parameters`` it was made with, the last of its ``runs``, ``parts`` in order.

    ``generation`` counts commits: 0 for an index nothing was ever committed to. ``forgotten`` is what
    pipeline/ledger/forgotten.py keeps. ``follows``, if anything, is the folder of another index, as seen from this one,
    and its generation: what is prepared counts as soon as that one has it.
    """

    parameters: Mapping[str, Any]
    runs: int = 0
    generation: int = 0
    parts: tuple[Entry, ...] = field(default=())
    forgotten: Mapping[str, int] = field(default_factory=dict)
    follows: tuple[str, int] | None = None

    @classmethod
    def read(cls, folder: Path, name: str = NAME) -> Self | None:
        """The manifest of a folder; None where there is none. Raises LedgerError for one that is damaged."""
        path = folder / name
        try:
            found = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LedgerError(f"{path}: {error.strerror}; {REMEDY}") from error
        body, _, digest = found.rstrip(b"\n").rpartition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            raise LedgerError(f"{path}: damaged, its checksum is not that of its content; {REMEDY}")
        content = json.loads(body)
        if content["format"] != FORMAT:
            raise LedgerError(f"{path}: format {content['format']}, this version reads {FORMAT}; {REMEDY}")
        parts = tuple(Entry(**entry) for entry in content["parts"])
        counts = (content["runs"], content["generation"])
        follows = tuple(content["follows"]) if content["follows"] else None
        return cls(content["parameters"], *counts, parts, content["forgotten"], follows)

    def write(self, folder: Path, name: str = NAME) -> None:
        """Put it in place of the earlier one, all at once and durably. Raises OSError."""
        body = json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True).encode()
        aside = folder / f".{name}.part"
        with aside.open("wb") as file:
            file.write(body + b"\n" + hashlib.sha256(body).hexdigest().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / name)
        sync(folder)

    def differing(self, parameters: Mapping[str, Any]) -> list[str]:
        """Those of the parameters that are not what the index was made with, each with both values."""
        return [
            f"{name} was {self.parameters[name]!r}, is {value!r}"
            for name, value in sorted(parameters.items())
            if name in self.parameters and self.parameters[name] != value
        ]

    def check(self, parameters: Mapping[str, Any], folder: Path) -> None:
        """Raises LedgerError naming every parameter that is not what the index was made with."""
        wrong = self.differing(parameters)
        if wrong:
            raise LedgerError(
                f"{folder}: this index was made with other parameters: {'; '.join(wrong)}; "
                f"go back to those, name another folder, or {REMEDY}"
            )


def decided(folder: Path, generation: int | None) -> Manifest | None:
    """The manifest that counts, where others have decided for ``generation``; what was only prepared is gone then.

    None where there is no index. Raises LedgerError when neither the manifest nor what was prepared is of that
    generation, or when something is prepared and nobody here knows what was decided; and OSError.
    """
    found = Manifest.read(folder)
    at = 0 if found is None else found.generation
    if generation is None:
        left = Manifest.read(folder, PREPARED)
        generation = at if left is None else _followed(folder, left)
    if at == generation:
        (folder / PREPARED).unlink(missing_ok=True)
        return found
    prepared = Manifest.read(folder, PREPARED)
    if prepared is None or prepared.generation != generation:
        raise LedgerError(
            f"{folder}: the index is at commit {at}, its state folder at {generation}: one of the two is missing, or "
            f"was put back from a copy; put back both from the same copy, or {REMEDY}"
        )
    (folder / PREPARED).replace(folder / NAME)
    sync(folder)
    return prepared


def _followed(folder: Path, prepared: Manifest) -> int:
    """The generation that the index which this one follows has decided for."""
    if prepared.follows is None:
        raise LedgerError(
            f"{folder / PREPARED}: a run with a state folder was interrupted here; run with that state again, "
            "or remove this file: then that run is not remembered"
        )
    name, generation = prepared.follows
    first = Manifest.read(folder / name)
    if first is None:
        raise LedgerError(
            f"{folder / PREPARED}: a run was interrupted here, and whether it counts stands in {folder / name}, where "
            "there is no index; put that back, or remove this file: then that run is not remembered here"
        )
    return prepared.generation - (first.generation < generation)


def sync(path: Path) -> None:
    """Make a file, or a rename in a folder, last through a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
