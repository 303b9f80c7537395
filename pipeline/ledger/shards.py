"""Shards: the articles and the audit of some inputs, with their list, put in place together and for good or not at all.

The order of a commit: written aside and synced; `prepared` in the ledger, which decides; renamed; the folders synced;
`committed`. What a process that ended in between left behind is brought to its end, or taken back, by ``recover``.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.ledger.database import COUNTS, REMEDY, Database
from pipeline.ledger.inputs import unclaim
from pipeline.ledger.listing import shard_name
from pipeline.ledger.manifest import LedgerError, sync

OUTPUTS = ("articles", "audit")
"""The folders of a state that hold what a run exports, and two of the files of each shard."""

INPUTS = "inputs"
"""The folder of the third: what the shard says of its inputs, from which a lost ledger is made anew."""

KINDS = (*OUTPUTS, INPUTS)
"""All of them."""

MANIFESTS = "manifests"
"""The folder of the accounts of runs."""

TAKEN_AWAY = "taken away"
"""The state of a shard whose articles and audit are kept here no longer."""

_PART = re.compile(r"\.(\d{6,}-\d{4,}\.jsonl|\d{6,}\.json)\.part")
"""Names under which shards and accounts are written aside."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file of a shard: its name in the folder of its kind, lines, bytes, and the SHA-256 of its content in hex."""

    name: str
    lines: int
    bytes: int
    sha256: str


_FILES = TypeAdapter(dict[str, Written])


class ShardFile:
    """A file that is being written aside, as ``.<name>.part``; what a feed takes for an open file."""

    def __init__(self, folder: Path, name: str, *, replacing: bool = False) -> None:
        """Raises OSError, also when there is a file of this name already that is not to be replaced."""
        self.final = folder / name
        self.part = folder / f".{name}.part"
        self.name = str(self.final)
        if self.final.exists() and not replacing:
            raise FileExistsError(errno.EEXIST, f"stands there, but the ledger does not know it; {REMEDY}", self.name)
        self._file = self.part.open("wb")
        self._digest = hashlib.sha256()
        self._lines = self._bytes = 0

    def write(self, row: bytes) -> int:
        """Append one line, with its line end."""
        self._digest.update(row)
        self._lines += 1
        self._bytes += len(row)
        return self._file.write(row)

    @property
    def lines(self) -> int:
        """How many there are so far."""
        return self._lines

    def finish(self) -> Written:
        """Bring it to the disk. Raises OSError."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return Written(self.final.name, self._lines, self._bytes, self._digest.hexdigest())

    def discard(self) -> None:
        """Remove it."""
        with contextlib.suppress(OSError):  # there may be no room for what the buffer still holds
            self._file.close()
        self.part.unlink(missing_ok=True)


class Shard:
    """The shard that a run writes at: one file for each of ``KINDS``."""

    def __init__(self, folder: Path, run: int, number: int) -> None:
        """``folder`` is that of the state. Raises OSError."""
        self.run, self.number = run, number
        self.files: dict[str, ShardFile] = {}
        try:
            for kind in KINDS:
                self.files[kind] = ShardFile(folder / kind, f"{shard_name(run, number)}.jsonl")
        except OSError:
            self.discard()
            raise

    def finish(self) -> dict[str, Written]:
        """Bring all of it to the disk, still aside. Raises OSError."""
        return {kind: file.finish() for kind, file in self.files.items()}

    def discard(self) -> None:
        """Remove what was written aside."""
        for file in self.files.values():
            file.discard()


def prepared(
    database: Database,
    place: tuple[int, int],
    files: Mapping[str, Written],
    counts: Mapping[str, int],
    at: Mapping[str, int],
) -> int:
    """Write into the ledger that a shard counts; inside a transaction, whose end decides. Gives the shard's row.

    ``place`` is the run and the shard's number in it, ``at`` the generations that the indexes of the steps prepared.
    """
    return database.insert(
        "INSERT INTO shards(run, number, state, files, counts, generations) VALUES (?, ?, 'prepared', ?, ?, ?)",
        *place,
        *(as_json(files), json.dumps(dict(counts)), json.dumps(dict(at))),
    )


def place(folder: Path, database: Database, row: int, files: Mapping[str, Written]) -> None:
    """Put the files of a shard that counts in place. Raises OSError and LedgerError; then ``recover`` finishes it."""
    for kind, file in files.items():
        part, final = folder / kind / f".{file.name}.part", folder / kind / file.name
        if part.exists():
            part.replace(final)
        elif not final.exists():
            raise LedgerError(
                f"{part}: gone before it could be put in place; something else removes files from the state folder; "
                "see to that, then run again: the next run reads these inputs anew"
            )
    for kind in files:
        sync(folder / kind)
    with database.transaction():
        database.execute("UPDATE shards SET state = 'committed' WHERE id = ?", row)


def recover(folder: Path, database: Database) -> None:
    """Bring the last commit to its end, or take it back, and remove what was only written aside.

    Raises LedgerError and OSError.
    """
    check_states(database)
    for row, written in database.execute("SELECT id, files FROM shards WHERE state = 'prepared' ORDER BY id"):
        files = files_of(database, written)
        if all(there(folder / kind, file) for kind, file in files.items()):
            place(folder, database, row, files)
        else:
            _take_back(folder, database, row, files)
    for part in sorted(path for kind in (*KINDS, MANIFESTS) for path in (folder / kind).iterdir()):
        if is_part(part):
            part.unlink()


def generations(database: Database) -> dict[str, int]:
    """For each step that remembers, the generation of its index that the ledger has decided for."""
    found: dict[str, int] = {}
    for (text,) in database.execute("SELECT generations FROM shards ORDER BY id DESC LIMIT 1"):
        found = database.parsed(COUNTS, text)
    return found


def as_json(files: Mapping[str, Written]) -> str:
    """The files of a shard as they stand in the ledger."""
    return json.dumps({kind: asdict(file) for kind, file in files.items()})


def files_of(database: Database, text: str) -> dict[str, Written]:
    """The files of a shard by their kind; of one whose outputs are not kept, at times the list of its inputs alone.

    Raises LedgerError when the ledger is damaged there.
    """
    files = database.parsed(_FILES, text)
    if tuple(files) not in (KINDS, (INPUTS,)) or len({file.name for file in files.values()}) != 1:
        raise LedgerError(f"{database.path}: damaged ({text:.60}: not the files of a shard); {REMEDY}")
    return files


def check_states(database: Database) -> None:
    """Raises LedgerError for a shard that is neither prepared nor committed, nor taken away."""
    asked = "SELECT run, number, state FROM shards WHERE state NOT IN ('prepared', 'committed', ?)"
    for run, number, state in database.execute(asked, TAKEN_AWAY):
        raise LedgerError(f"{database.path}: damaged (shard {run}-{number} is {state!r}); {REMEDY}")


def same(path: Path, file: Written) -> bool:
    """Whether a file is there and has the content it was written with. Raises OSError."""
    try:
        with path.open("rb") as opened:
            if os.fstat(opened.fileno()).st_size != file.bytes:
                return False
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256
    except FileNotFoundError:
        return False


def is_part(path: Path) -> bool:
    """Whether a file is what a run has written aside, by its name; one of somebody else's is not ours to remove."""
    return _PART.fullmatch(path.name) is not None


def there(folder: Path, file: Written) -> bool:
    """Whether a file of a shard that counts is whole, put in place already or not. Raises OSError."""
    part = folder / f".{file.name}.part"
    return same(part, file) if part.exists() else same(folder / file.name, file)


def _take_back(folder: Path, database: Database, row: int, files: Mapping[str, Written]) -> None:
    """A disk that lost what it had called synced: what the shard claimed will be read again."""
    lost = [str(folder / kind / file.name) for kind, file in files.items() if not there(folder / kind, file)]
    finals = [folder / kind / file.name for kind, file in files.items()]
    if any(final.exists() for final in finals):
        raise LedgerError(f"{lost[0]}: damaged or missing, though the ledger counts it; {REMEDY}")
    with database.transaction():
        unclaim(database, row)
        database.execute("DELETE FROM shards WHERE id = ?", row)
