"""Runs with a state on a disk that becomes full, once for each amount of room it could have; then once more with room.

    python -m benchmarks.fulldisk [--step 4]        as root, for it mounts a small file system of its own

The first run must end with 0 or 4 and no traceback, the second with 0 and the bytes of a run that had room enough.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from os import statvfs
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.interruptions import Corpus, Trial, corpora, reference

KILOBYTE = 1024
SIZE = 8192 * KILOBYTE


class Filled(NamedTuple):
    """A trial with so many bytes free: exit status, what was said, and whether the run after it made all well."""

    free: int
    status: int
    said: str
    same: bool


@contextmanager
def mounted(folder: Path) -> Iterator[Path]:
    """A file system of its own, in a folder that is made. Raises PermissionError where none can be mounted."""
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    done = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise PermissionError(done.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, free: int) -> Path:
    """Leave so many bytes free on a disk; the file that takes up the others."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    status = statvfs(disk)
    with ballast.open("wb") as file:
        file.write(bytes(max(status.f_bavail * status.f_frsize - free, 0)))
    return ballast


def crawl(trial: Trial) -> tuple[int, str]:
    """A run; its exit status, and what it said."""
    with trial.start() as running:
        said = running.communicate()[1].decode()
    return running.returncode, said


def sweep(disk: Path, corpus: Corpus, step: int) -> Iterator[Filled]:
    """Trials with no room, then with ``step`` bytes more each time, until there is enough for a run to end well."""
    expected, _ = reference(corpus)
    for free in count(0, step):
        with TemporaryDirectory() as folder:
            state = Path(folder) / "state"
            (disk / "state").mkdir()
            state.symlink_to(disk / "state")
            trial = Trial(Path(folder), corpus)
            ballast = fill(disk, free)
            status, said = crawl(trial)
            ballast.unlink()
            after, _ = crawl(trial)
            same = after == 0 and trial.outputs() == expected
            shutil.rmtree(disk / "state")
        yield Filled(free, status, said, same)
        if status == 0:
            return


def main() -> int:
    """0 when nothing was lost at any amount of room."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--step", type=int, default=4, help="KB more room each time; a page of memory is 4")
    parser.add_argument("--pages", type=int, default=60, help="of the many short ones of benchmarks.interruptions")
    args = parser.parse_args()
    statuses: Counter[int] = Counter()
    wrong = 0
    pages = dict(list(corpora(random.Random(1))["short"].pages.items())[: args.pages])
    with TemporaryDirectory() as folder, mounted(Path(folder) / "disk") as disk:
        for found in sweep(disk, Corpus(pages), args.step * KILOBYTE):
            statuses[found.status] += 1
            if found.status not in (0, 4) or "Traceback" in found.said or not found.same:
                wrong += 1
                print(
                    f"{found.free // KILOBYTE} KB free: exit {found.status}, same {found.same}\n{found.said}",
                    flush=True,
                )
    told = ", ".join(f"{times} with exit {status}" for status, times in sorted(statuses.items()))
    print(f"{statuses.total()} amounts of room ({told}), {statuses.total() - wrong} with the same bytes")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
