"""Whether a file is, byte for byte, what the last process left that wrote it; flipped bits are noticed no other way."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from pipeline.ledger.manifest import LedgerError, sync


class Seal:
    """A file beside another one, with its SHA-256 as ``sha256sum`` writes it; there is none while it is written."""

    def __init__(self, path: Path, name: str) -> None:
        """``name`` is that of the file beside ``path``."""
        self._path = path
        self._file = path.with_name(name)
        self.there = self._file.exists()

    def check(self, remedy: str) -> None:
        """Hold the file to it if there is one. Raises LedgerError with the ``remedy``, and OSError."""
        try:
            sealed = self._file.read_bytes()
        except FileNotFoundError:  # or a run that is at work has just taken it off a ledger that is read without a lock
            self.there = False
            return
        if sealed != self._content():
            raise LedgerError(
                f"{self._path}: damaged, or put back from a copy: by {self._file.name} it is not as it was left "
                f"(remove that if you changed it yourself); {remedy}"
            )

    def take_off(self) -> None:
        """From now on the file is written. Raises OSError."""
        if self.there:
            self._file.unlink()
            sync(self._file.parent)
            self.there = False

    def put_on(self) -> None:
        """The file is closed, and as it should be. Where that cannot be written down, the next one has no seal."""
        part = self._file.with_name(f".{self._file.name}.part")
        try:
            with part.open("wb") as file:
                file.write(self._content())
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._file)
            sync(self._file.parent)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink()

    def _content(self) -> bytes:
        with self._path.open("rb") as file:
            return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {self._path.name}\n".encode()
