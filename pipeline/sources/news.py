"""What is new: the inputs that a ledger does not know as they are now, found without reading those it does."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pipeline.item import Item
from pipeline.ledger.inputs import Change, Inputs, Known, Stat
from pipeline.sources.places import absent, copied, differs, left
from pipeline.sources.problem import OWN_STATE, InputProblem, unreadable
from pipeline.sources.successors import Successors
from pipeline.sources.text import pages_in
from pipeline.sources.walk import InputFile, walk

log = logging.getLogger(__name__)

BLOCK = 256
"""Inputs that the ledger is asked about at once."""

Found = Change | Item | InputProblem


class Candidate(NamedTuple):
    """An input that must be read: nothing is known at its path, or what is known looked otherwise from outside."""

    file: InputFile
    path: bytes
    known: Known | None


class News:
    """Goes through the inputs of a run. Give ``candidates`` what a walk finds, and ``read`` each of them in order.

    ``unchanged`` counts the inputs that were not read because size and times are as they were. ``emptied`` are the
    folders given in which there is nothing any more; unless they ``may_be_empty``, nothing is said to be removed there,
    for it is likelier that a disk is missing. So it is everywhere if ``may_be_gone`` denies that so many inputs are
    gone of those that the ledger has.
    """

    def __init__(
        self,
        inputs: Inputs,
        run: int,
        roots: Sequence[Path],
        *,
        may_be_empty: bool = False,
        may_be_gone: Callable[[int, int], bool] = lambda gone, there: True,
    ) -> None:
        self._inputs = inputs
        self._run = run
        self._seen = bytearray(inputs.highest + 1)
        self._bereft = inputs.bereft(run)
        self._moved: set[int] = set()  # rows that this run has given another path, or none
        self._ended: set[int] = set()  # those of them whose articles count no more
        self._outdated = inputs.outdated(run)
        self._settled: set[bytes] = set()
        self._roots = {os.fsencode(root): os.fsencode(root.resolve()) for root in roots}
        self._may_be_empty = may_be_empty
        self._may_be_gone = may_be_gone
        self._reading = Change("new", b"", "")
        self._successors = Successors(inputs, lambda: self._vanished, self._were_present, self._moved)
        self.unchanged = 0
        self.emptied: list[str] = []

    def candidates(self, found: Iterable[InputFile | InputProblem]) -> Iterator[list[Candidate | InputProblem]]:
        """Those of the inputs that have to be read, and those that cannot be, in blocks that may be empty."""
        walked = iter(found)
        while block := list(islice(walked, BLOCK)):
            paths = [self._path(each.path) if isinstance(each, InputFile) else b"" for each in block]
            known = self._inputs.at([path for path in paths if path])
            yield [each for pair in zip(block, paths, strict=True) if (each := self._candidate(*pair, known))]

    @property
    def knows_any(self) -> bool:
        """Whether any input is known; else nothing can be outdated."""
        return len(self._seen) > 1

    def forgotten(self) -> Iterator[Change]:
        """What a user wants forgotten; to be told before anything is read."""
        for known in self._inputs.forgotten():
            self._end(known)
            yield Change("forgotten", known.path, known.name, old=known)

    def outdated(self, blocks: Iterable[Sequence[Candidate | InputProblem]]) -> Iterator[Change]:
        """The inputs in whose place there is another content now; to be told before anything is read.

        Else a page would be compared with an article whose own file has not been read again yet, and be dropped for
        one that ends a moment later: where files change places, both would be lost. What was there before ends here
        and now, whatever comes of the file until it is read; unless it has moved to a place that comes before, and of
        which nothing is known: that is told here, too.
        """
        found = [each for block in blocks for each in block if isinstance(each, Candidate)]
        others = {each.path: each.known for each in found if each.known and differs(each.file.path, each.known)}
        sizes = {known.stat.size for known in others.values()}
        moved: dict[bytes, list[Change]] = defaultdict(list)
        for file, path, known in found:
            if known is None and path not in self._outdated and (change := copied(file, path, sizes)):
                moved[change.sha256].append(change)
            elif known is not None and path in others:
                yield self._outdated_or(moved[known.sha256], Change("outdated", path, file.name, old=known))

    def _outdated_or(self, moved: list[Change], outdated: Change) -> Change:
        """The first of the places its content may have moved to, else that the input is outdated."""
        assert outdated.old is not None
        if moved:
            self._moved.add(outdated.old.id)
            self._settled.add(moved[0].path)
            return moved.pop(0)._replace(old=outdated.old)
        self._end(outdated.old)
        self._outdated.add(outdated.path)
        return outdated

    def _end(self, known: Known) -> None:
        self._moved.add(known.id)
        self._ended.add(known.id)

    def read(self, candidate: Candidate | InputProblem) -> Iterator[Found]:
        """What has changed about an input, and if it is the content its pages; else the problem with it."""
        if isinstance(candidate, InputProblem):
            yield from self._unread(candidate)
            return
        file, path, known = candidate
        if path in self._settled:
            return
        try:
            with file.path.open("rb") as opened:
                status = os.fstat(opened.fileno())
                data = opened.read()
        except OSError as error:  # also a file that went away since the walk
            yield from self._unread(unreadable(file.name, error))
            return
        trusted = Stat.of(status).trusted(time.time_ns())
        change = self._change(Change("new", path, file.name, trusted, hashlib.sha256(data).digest(), known))
        self._reading = change
        yield change
        if change.kind in ("new", "changed", "reoffered"):
            for page in pages_in(file.name, data):
                yield self._numbered(page) if isinstance(page, Item) else page

    def _numbered(self, page: Item) -> Item:
        """The page under a number that makes its id its own, where another input has the same name and content.

        Two folders may each have been given by itself, so that names in them do not tell them apart.
        """
        own = page
        while self._inputs.exported(own.id, self._ended):
            own = Item.page(page.text, replace(page.source, page=own.source.page + 1), page.meta)
        return own

    def replaced(self, lost_to: Collection[str]) -> dict[Change, Known]:
        """What is gone and ends because of the input that is read: a page of it is its next version.

        ``lost_to`` are the articles for which those of the page would be dropped, by id.
        """
        found = dict(self._successors.replaced(self._reading, lost_to)) if lost_to else {}
        for known in found.values():
            self._end(known)
        return found

    def removed(self) -> Iterator[Change]:
        """What was there and is no more; to be asked for when everything has been read."""
        gone = {id_: known for id_, known in self._vanished.items() if id_ not in self._moved}
        if gone and not self._may_be_gone(len(gone), self._inputs.present(_outermost(self._roots.values()))):
            return
        for known in gone.values():
            self._moved.add(known.id)
            yield Change("removed", known.path, known.name, old=known)

    @cached_property
    def _vanished(self) -> dict[int, Known]:
        """What there was when it was first asked for, after the walk, and is no more."""
        return {known.id: known for root, real in self._roots.items() for known in self._gone(root, real)}

    def _were_present(self) -> int:
        return self._inputs.were_present(_outermost(self._roots.values()), self._run)

    def _gone(self, root: bytes, real: bytes) -> list[Known]:
        """The inputs below a root that are there no more, unless there is nothing at all where something should be."""
        unseen = self._inputs.unseen(self._seen, [real])
        gone = [known for known in unseen if known.id not in self._moved and absent(known.path)]
        if not gone or self._may_be_empty:
            return gone
        place = Path(os.fsdecode(root))
        if not place.exists():
            return _files_of_missing(place, real, gone)
        if next(walk([place]), None) is None:
            self.emptied.append(str(place))
            return []
        return gone

    def _candidate(
        self, found: InputFile | InputProblem, path: bytes, known: dict[bytes, Known]
    ) -> Candidate | InputProblem | None:
        if isinstance(found, InputProblem):
            if found.reason != OWN_STATE:
                return found
            log.warning("%s leads into the state folder; passed over, for what is there is no input", found.name)
            return None
        there = known.get(path)
        if there is None or there.forgotten:
            return Candidate(found, path, None)
        if there.id < len(self._seen):
            self._seen[there.id] = 1
        if there.gone or there.id in self._bereft or found.status is None or Stat.of(found.status) != there.stat:
            return Candidate(found, path, there)
        self.unchanged += 1
        return None

    def _change(self, new: Change) -> Change:
        """What it is that happened to an input that was read, ``new.old`` being what was known at its path."""
        known = new.old if new.old is not None and new.old.id not in self._moved else None
        if known is not None and known.sha256 == new.sha256:
            if lost_to := self._bereft.pop(known.id, ""):
                self._ended.add(known.id)
                return new._replace(kind="reoffered", lost_to=lost_to)
            self.unchanged += 1
            return new._replace(kind="touched")
        if known is not None:
            self._end(known)
            return new._replace(kind="changed")
        taken_over = new.path in self._outdated
        self._outdated.discard(new.path)
        for origin in self._inputs.with_content(new.sha256):
            movable = not taken_over or self._inputs.came_whole(origin.id)  # else what it lost to may end here
            if origin.id not in self._moved and not origin.forgotten and movable and left(origin):
                self._moved.add(origin.id)
                return new._replace(kind="renamed", old=origin)
        return new._replace(kind="changed" if taken_over else "new", old=None)

    def _unread(self, problem: InputProblem) -> Iterator[Found]:
        """The problem, unless this run has told of it already, before it was interrupted."""
        if not self._inputs.told(problem.name, problem.reason, self._run):
            yield Change("unread", b"", problem.name, reason=problem.reason)
            yield problem

    def _path(self, path: Path) -> bytes:
        """Where a file is: absolute, with links in the path of its root followed, so that no two places are one."""
        raw = os.fsencode(path)
        for root, real in self._roots.items():
            if raw == root or raw.startswith(root + b"/"):
                return real + raw[len(root) :]
        return os.fsencode(path.absolute())


def _outermost(paths: Collection[bytes]) -> set[bytes]:
    """The paths that lie below no other one."""
    return {path for path in paths if not any(path.startswith(other + b"/") for other in paths)}


def _files_of_missing(place: Path, real: bytes, gone: list[Known]) -> list[Known]:
    """What is gone of a place that is not there at all: a file that was given by itself; a folder likely lacks a disk.

    That folder is an input that could not be read, as the walk tells.
    """
    files = [known for known in gone if known.path == real]
    if below := len(gone) - len(files):
        log.warning(
            "%s is not there; of what earlier runs read in it (inputs: %s) nothing is noted as removed: bring it back, "
            "or leave it out of what is read",
            *(place, f"{below:,}"),
        )
    return files
