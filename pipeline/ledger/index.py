"""The index that corpus steps decide by: who had a key first, and what is kept of every article seen."""

from __future__ import annotations

import contextlib
import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from pipeline.ledger import blob
from pipeline.ledger.aside import check_in_place
from pipeline.ledger.blob import Article
from pipeline.ledger.forgotten import Forgotten
from pipeline.ledger.lock import Lock
from pipeline.ledger.manifest import NAME, PREPARED, REMEDY, LedgerError, Manifest, decided, sync
from pipeline.ledger.part import OWNER_BITS, RECORD, Content, parts_in
from pipeline.ledger.parts import Parts

_IN_MEMORY_ARTICLES = 8192
_IN_MEMORY_BYTES = 32 * 2**20
_KEY_SHIFT = OWNER_BITS


class Index:
    """Articles numbered from 0 in the order they came, and for each key the first of those that count that had it.

    In memory while small, beyond that in immutable parts: in ``folder``, or without one in a temporary folder. Only
    ``commit`` makes what was added since the last one last; a process that ends before it leaves no trace. Keys are
    64-bit hashes, of which 40 bits count.

    Where others decide whether a run counts, they write down the generation that ``prepare`` gives and name it here
    as ``generation``: what was prepared then comes to count, or is removed, whichever they had decided.
    """

    def __init__(
        self,
        folder: Path | None,
        parameters: Mapping[str, Any],
        *,
        generation: int | None = None,
        run: int | None = None,
    ) -> None:
        """``run`` is the number of the run that begins; without one, they are counted.

        Raises LedgerError for a folder that cannot be used and for an index that is damaged, in use, or made with
        other parameters; it stays as it is.
        """
        self._folder = folder
        self._manifest = Manifest(dict(parameters))
        self._prepared: Manifest | None = None
        self._run = run
        self._spill: Path | None = None
        with contextlib.ExitStack() as held:
            try:
                if folder is not None:
                    folder.mkdir(parents=True, exist_ok=True)
                    held.enter_context(Lock(folder))
                    self._manifest = self._read(folder, generation)
                self._begin()
            except OSError as error:
                where = error.filename or folder
                raise LedgerError(f"{where}: {error.strerror}; an index is a folder of its own, writable") from error
            self._held = held.pop_all()

    def _read(self, folder: Path, generation: int | None) -> Manifest:
        check_in_place(folder)
        found = decided(folder, generation)
        if found is None and parts_in(folder):
            raise LedgerError(f"{folder}: parts of an index, but no {NAME}; {REMEDY}")
        if found is None or not found.generation:  # nothing was ever made with other parameters
            self._manifest.write(folder)  # from now on, parts without a manifest are damage
            return self._manifest
        found.check(self._manifest.parameters, folder)
        return found

    def _begin(self) -> None:
        self._parts = Parts(self._place, self._manifest.parts)
        self._forgotten = Forgotten(self._manifest.forgotten)
        self._check_order()
        self._sweep()
        self._clear()

    def _clear(self) -> None:
        self._owners: dict[int, int] = {}
        self._records: list[tuple[int, int]] = []
        self._blobs: list[bytes] = []
        self._size = 0

    def expect(self, parameters: Mapping[str, Any]) -> None:
        """Parameters that are known only now. Raises LedgerError where the index was made with others."""
        if not parameters.items() <= self._manifest.parameters.items():
            self._manifest.check(parameters, self._folder or Path("this run"))
            self._manifest = replace(self._manifest, parameters={**self._manifest.parameters, **parameters})

    @property
    def run(self) -> int:
        """The number of the run that goes on, from 1."""
        return self._manifest.runs + 1 if self._run is None else self._run

    @property
    def earlier_runs(self) -> int:
        """The number of the last run committed, 0 for none."""
        return self._manifest.runs

    def __len__(self) -> int:
        return self._parts.articles + len(self._records)

    def look_up(self, keys: Iterable[int]) -> dict[int, int]:
        """Those of the keys that parts hold, with their owners, for the claims that follow; many at once cost less."""
        if len(self._records) >= _IN_MEMORY_ARTICLES or self._size >= _IN_MEMORY_BYTES:
            self._flush()
        cut = np.fromiter(keys, np.uint64) >> np.uint64(_KEY_SHIFT)
        cut.sort()
        return self._parts.owners(cut)

    def claim(self, keys: Iterable[int], known: Mapping[int, int]) -> tuple[int, list[int]]:
        """The next article's number, which now owns the keys nobody owned, and the other owners, ascending.

        ``known`` is what ``look_up`` said of these keys; no more than one claim of a key before each ``add``. It also
        takes over the keys of owners that are forgotten: a later part that has a key again is asked first.
        """
        number = len(self)
        found = {key: self._owners.get(key, known.get(key, number)) for key in {key >> _KEY_SHIFT for key in keys}}
        others = set(found.values()) - {number}
        others -= self._forgotten.among(others, self.article)
        self._owners.update((key, number) for key, owner in found.items() if owner not in others)
        return number, sorted(others)

    def forget(self, ids: Collection[str]) -> None:
        """Let the articles of these ids, and those that were dropped for them, own nothing any more."""
        self._forgotten.add(ids, len(self))

    def add(self, id_: str, source: str, kept: int, payload: bytes) -> None:
        """Record the article whose keys were claimed last; ``payload`` is what later ones are compared with."""
        packed = blob.packed(id_, source, payload)
        self._records.append((kept, self.run))
        self._blobs.append(packed)
        self._size += len(packed)

    def article(self, number: int) -> Article:
        """An article by its number."""
        kept, run, found = self._entry(number)
        return Article(*blob.names(found), run, kept)

    def payload(self, number: int) -> bytes:
        """What was kept of an article for comparing, by its number."""
        return blob.payload(self._entry(number)[2])

    def copies(self, kept: Collection[int]) -> Counter[int]:
        """How many other articles were dropped for each of these, in all runs.

        And for those for which the run that goes on has dropped some before it was interrupted.
        """
        kept = {*kept, *self._parts.grown(self.run)}
        found = self._parts.copies(kept)
        found.update(number for number, _ in self._records if number in kept)
        return Counter({number: count - 1 for number, count in found.items()})

    def prepare(self, after: Path | None = None) -> int | None:
        """Write everything added so far down for good, so that ``commit`` is but a rename; it does not count yet.

        The generation that it will be; None without a folder. Nothing may be added until ``commit`` or ``rollback``.
        It counts, ``commit`` or not, when the next commit of the index ``after`` does. Raises OSError and LedgerError.
        """
        if self._folder is None:
            return None
        prepared = replace(self._next(self.run), follows=self._after(after))
        prepared.write(self._folder, PREPARED)
        self._prepared = prepared
        return prepared.generation

    def commit(self) -> None:
        """Make everything added so far part of the index for good, as one run. Raises OSError."""
        if self._folder is None:
            return
        if self._prepared is None:
            self._put(self._next(self.run))
            return
        (self._folder / PREPARED).replace(self._folder / NAME)
        sync(self._folder)
        self._counts(self._prepared)

    def compact(self) -> None:
        """Write all parts as one, or as few as can be; what the index holds stays the same. Raises OSError."""
        self._parts.compact()
        self._put(replace(self._next(self._manifest.runs), generation=self._manifest.generation))

    def accept(self, parameters: Mapping[str, Any]) -> None:
        """Go on under other parameters than it was made with. Raises OSError."""
        self._put(replace(self._manifest, parameters={**self._manifest.parameters, **parameters}))

    def rollback(self) -> None:
        """Forget everything since the last commit."""
        if self._folder is not None and self._prepared is not None:
            (self._folder / PREPARED).unlink(missing_ok=True)
        self._prepared = None
        self._begin()

    def close(self) -> None:
        """Release memory, the lock and the temporary folder; what was not committed is forgotten."""
        self._parts = Parts(self._place, ())
        self._clear()
        self._sweep()
        self._held.close()

    def _next(self, run: int) -> Manifest:
        """The manifest of what is there now, all its parts synced."""
        self._flush()
        self._parts.sync()
        generation = self._manifest.generation + 1
        return Manifest(self._manifest.parameters, run, generation, self._parts.entries, self._forgotten.saved())

    def _after(self, first: Path | None) -> tuple[str, int] | None:
        if first is None or self._folder is None:
            return None
        found = Manifest.read(first)
        return os.path.relpath(first, self._folder), (found.generation if found else 0) + 1

    def _put(self, manifest: Manifest) -> None:
        assert self._folder is not None
        manifest.write(self._folder)
        self._counts(manifest)

    def _counts(self, manifest: Manifest) -> None:
        self._manifest, self._prepared = manifest, None
        self._parts.settled(manifest.parts)
        self._sweep()

    def _entry(self, number: int) -> tuple[int, int, bytes]:
        at = number - self._parts.articles
        return self._parts.article(number) if at < 0 else (*self._records[at], self._blobs[at])

    def _place(self) -> Path:
        if self._folder is not None:
            return self._folder
        if self._spill is None:
            temporary = TemporaryDirectory(prefix="seedsift-", ignore_cleanup_errors=True)
            self._spill = Path(self._held.enter_context(temporary))
        return self._spill

    def _flush(self) -> None:
        """Write what is in memory as a part."""
        if not self._records:
            return
        first = self._parts.articles
        keys, owners = np.fromiter(self._owners, np.uint64), np.fromiter(self._owners.values(), np.uint64)
        pairs = (keys << np.uint64(_KEY_SHIFT)) | (owners - np.uint64(first))
        pairs.sort()
        records = np.zeros(len(self._records), RECORD)
        records["kept"], records["run"] = zip(*self._records, strict=True)
        records["end"] = np.cumsum([len(each) for each in self._blobs])
        self._parts.append(Content(first, records.size, pairs.size, self._size, [pairs], [records], self._blobs))
        self._clear()

    def _check_order(self) -> None:
        firsts = np.cumsum([0, *(entry.articles for entry in self._manifest.parts)]).tolist()
        if [entry.first for entry in self._manifest.parts] != firsts[:-1]:
            raise LedgerError(f"{self._folder}: the parts in {NAME} do not follow each other; {REMEDY}")

    def _sweep(self) -> None:
        """Remove parts of this folder that no manifest refers to: what a run wrote that never got to its commit."""
        if self._folder is None:
            return
        used = [self._manifest] if self._prepared is None else [self._manifest, self._prepared]
        named = {entry.name for manifest in used for entry in manifest.parts}
        for path in parts_in(self._folder):
            if path.name not in named:
                with contextlib.suppress(OSError):
                    path.unlink()
