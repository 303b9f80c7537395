"""Files and folders -> the files to read, in an order that does not depend on the file system."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pipeline.sources.problem import OWN_STATE, InputProblem, unreadable

Identity = tuple[int, int]  # device and inode: what makes two paths the same file


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read. ``name`` is its path below the folder the run was given, in POSIX form.

    ``status`` is what the file system said of it when it was found.
    """

    path: Path
    name: str
    status: os.stat_result | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Place:
    path: Path
    name: str
    above: tuple[Identity, ...] = ()
    linked: bool = False


class _Own(NamedTuple):
    """What belongs to the run itself: files, and the state folder."""

    files: Collection[Identity]
    state: Path | None = None

    def leads_into(self, place: _Place, identity: Identity) -> bool:
        """Whether a place is the state folder, or a link to something in it."""
        if self.state is None:
            return False
        real = place.path.resolve() if place.linked else None
        return identity == _identity(self.state) or (real is not None and self.state in real.parents)


def walk(
    roots: Sequence[Path], leave_out: Collection[Path] = (), state: Path | None = None
) -> Iterator[InputFile | InputProblem]:
    """The files below the roots: roots in the order given, inside a folder by name in byte order, folders in place.

    Links are followed. Names that begin with a dot are passed over, and so are the files ``leave_out`` (the run's own
    outputs). A missing path, a broken link, a folder inside itself, something that is no file, a folder that cannot
    be listed, and what leads into the run's ``state`` folder are each an InputProblem in their place.
    """
    files = {identity for path in leave_out if (identity := _identity(path))}
    own = _Own(files, state.resolve() if state else None)
    waiting = [iter([_Place(root, name) for root, name in named(roots)])]
    while waiting:
        place = next(waiting[-1], None)
        if place is None:
            waiting.pop()
            continue
        found = _look(place, own)
        if isinstance(found, list):
            waiting.append(iter(found))
        elif found is not None:
            yield found


def named(roots: Sequence[Path]) -> list[tuple[Path, str]]:
    """The roots with the names their files go by, those inside another root left out.

    A single folder gives its files no prefix, a single file goes by its own name. Several roots go by the shortest
    ends of their paths that tell them apart, so no name says where on a machine the data lay.
    """
    real = [root.resolve() for root in roots]
    kept = [n for n, path in enumerate(real) if path not in real[:n] and not any(p in real for p in path.parents)]
    if len(kept) == 1 and real[kept[0]].is_dir():
        return [(roots[kept[0]], "")]
    parts = [(real[n] if ".." in roots[n].parts else roots[n].absolute()).parts for n in kept]
    length = 1
    while len({p[-length:] for p in parts}) < len(parts) and length < max(map(len, parts)):
        length += 1
    return [(roots[n], _plain("/".join(p[-length:]))) for n, p in zip(kept, parts, strict=True)]


def _look(place: _Place, own: _Own) -> InputFile | InputProblem | list[_Place] | None:
    try:
        status = place.path.stat()
        identity = (status.st_dev, status.st_ino)
        if (place.linked or stat.S_ISDIR(status.st_mode)) and own.leads_into(place, identity):
            return InputProblem(place.name, OWN_STATE)
        if stat.S_ISDIR(status.st_mode):
            return InputProblem(place.name, "folder_loop") if identity in place.above else _inside(place, identity)
    except OSError as error:
        if place.path.is_symlink() and error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return InputProblem(place.name, "broken_link")
        return unreadable(place.name, error)
    if not stat.S_ISREG(status.st_mode):  # opening a named pipe would wait for ever
        return InputProblem(place.name, "special_input")
    return None if identity in own.files else InputFile(place.path, place.name, status)


def _inside(folder: _Place, identity: Identity) -> list[_Place]:
    with os.scandir(folder.path) as entries:
        links = {entry.name: entry.is_symlink() for entry in entries}
    prefix = f"{folder.name}/" if folder.name else ""
    above = (*folder.above, identity)
    return [
        _Place(folder.path / name, prefix + _plain(name), above, links[name])
        for name in sorted(links, key=os.fsencode)
        if not name.startswith(".")
    ]


def _plain(name: str) -> str:
    r"""A file name as text that can be written; bytes that are no UTF-8 become ``\xff``."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def _identity(path: Path) -> Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
