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

FORMAT = 1
NAME = "manifest.json"
REMEDY = "move the folder away and make it anew from the exported articles: python -m pipeline.rebuild --help"


class LedgerError(SeedsiftError):
    """An index that is damaged, was made with other parameters, or was changed by somebody else meanwhile."""


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
    """What is in an index: ``parameters`` it was made with, ``runs`` committed so far, ``parts`` in order."""

    parameters: Mapping[str, Any]
    runs: int = 0
    parts: tuple[Entry, ...] = field(default=())

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """The manifest of a folder; None where there is no index. Raises LedgerError for one that is damaged."""
        path = folder / NAME
        try:
            found = path.read_bytes()
        except FileNotFoundError:
            if any(folder.glob("part-*")):
                raise LedgerError(f"{folder}: parts of an index, but no {NAME}; {REMEDY}") from None
            return None
        body, _, digest = found.rstrip(b"\n").rpartition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            raise LedgerError(f"{path}: damaged, its checksum is not that of its content; {REMEDY}")
        content = json.loads(body)
        if content["format"] != FORMAT:
            raise LedgerError(f"{path}: format {content['format']}, this version reads {FORMAT}; {REMEDY}")
        return cls(content["parameters"], content["runs"], tuple(Entry(**entry) for entry in content["parts"]))

    def write(self, folder: Path) -> None:
        """Put it in place of the earlier one, all at once and durably. Raises OSError."""
        body = json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True).encode()
        aside = folder / f".{NAME}.part"
        with aside.open("wb") as file:
            file.write(body + b"\n" + hashlib.sha256(body).hexdigest().encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / NAME)
        sync(folder)

    def check(self, parameters: Mapping[str, Any], folder: Path) -> None:
        """Raises LedgerError naming every parameter that is not what the index was made with."""
        wrong = [
            f"{name} was {self.parameters[name]!r}, is {value!r}"
            for name, value in sorted(parameters.items())
            if name in self.parameters and self.parameters[name] != value
        ]
        if wrong:
            raise LedgerError(
                f"{folder}: this index was made with other parameters: {'; '.join(wrong)}; "
                f"go back to those, name another folder, or {REMEDY}"
            )


def sync(path: Path) -> None:
    """Make a file, or a rename in a folder, last through a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
