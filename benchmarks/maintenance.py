"""Kills what looks after a state at each call that changes the disk, and holds what comes of it to what comes without.

python -m benchmarks.maintenance                        every call of every command
python -m benchmarks.maintenance --command prune        of one
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.forked import Ended, run
from benchmarks.interruptions import prose

CHAIN = """\
version: 1
source: {paths: [pages/]}
chain:
  - processor: fingerprint
  - processor: dedupe
  - processor: dedupe_paragraphs
state: state
"""

COMMANDS = {
    "night": (),
    "rebuild": ("rebuild",),
    "lost": ("rebuild",),
    "compact": ("compact",),
    "prune": ("prune", "1"),
    "forget": ("forget", "2.txt"),
}
"""What is killed; ``night`` is a run, ``lost`` a rebuild without a ledger."""

_AGAIN = frozenset({"night", "lost", "forget"})
"""What has to be done again when it was killed."""


class Project:
    """A folder with pages, a chain and a state."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self) -> None:
        """A chain, and no pages yet."""
        (self.folder / "pages").mkdir()
        (self.folder / "chain.yaml").write_text(CHAIN, encoding="utf-8")
        (self.folder / "scrapy.cfg").write_text("[settings]\ndefault = pipeline.crawl.settings\n", encoding="utf-8")

    def page(self, name: str, text: str | None) -> None:
        """Write a page, or remove it."""
        path = self.folder / "pages" / name
        path.unlink() if text is None else path.write_text(text, encoding="utf-8")

    def night(self, shard_inputs: int = 3, kill_at: int = 0) -> Ended:
        """A run."""
        size = f"SHARD_INPUTS={shard_inputs}"
        return run(self.folder, "crawl", "localseeds", "-a", "config=chain.yaml", "-s", size, kill_at=kill_at)

    def ledger(self, *arguments: str, kill_at: int = 0) -> Ended:
        """A command on the state."""
        return run(self.folder, "ledger", "--config", "chain.yaml", *arguments, kill_at=kill_at)

    def outputs(self) -> dict[str, bytes]:
        """The shards in place, and whatever lies beside them."""
        folders = (self.folder / "state/articles", self.folder / "state/audit")
        return {f"{f.name}/{path.name}": path.read_bytes() for f in folders for path in sorted(f.iterdir())}


def two_nights(project: Project, lots: random.Random) -> None:
    """A state of two runs; some pages changed, one removed, and others that are copies of it."""
    project.begin()
    texts = [prose(lots, 8) for _ in range(8)]
    for number, text in enumerate(texts):
        project.page(f"{number}.txt", text)
    _well(project.night())
    project.page("0.txt", prose(lots, 8))
    project.page("1.txt", None)
    project.page("copy of 3.txt", texts[3])
    project.page("new.txt", prose(lots, 8))
    _well(project.night())
    for name, text in {"near 0": texts[0][:-9], "copy of 1": texts[1], "near 4": texts[4][:-9]}.items():
        project.page(f"{name}.txt", text)
    moved = project.folder / "pages"
    (moved / "5.txt").replace(moved / "6.txt")
    project.page("7.txt", None)
    project.page("renamed and edited.txt", texts[7][:-9])


def kill_points(command: str, again: bool, lots: random.Random, step: int = 1) -> Iterator[tuple[int, str]]:
    """Each call before which a command was killed, and what was wrong then, "" for nothing.

    The state must be whole for verify and for a run, at once or when the command was done again.
    """
    arguments = COMMANDS[command]
    with TemporaryDirectory() as folder:
        before, expected = Path(folder, "before"), Path(folder, "expected")
        before.mkdir()
        two_nights(Project(before), lots)
        if command == "lost":
            (before / "state/ledger.db").unlink()
        reference = _copied(before, expected)
        _well(_done(reference, arguments))
        _closed(reference, arguments)
        at = 1
        while True:
            project = _copied(before, Path(folder, "killed"))
            ended = _done(project, arguments, kill_at=at)
            if ended.code == 0:
                return
            yield at, _wrong(project, arguments, reference, again=again or command in _AGAIN)
            shutil.rmtree(project.folder)
            at += step


def _done(project: Project, arguments: tuple[str, ...], kill_at: int = 0) -> Ended:
    return project.ledger(*arguments, kill_at=kill_at) if arguments else project.night(kill_at=kill_at)


def _closed(project: Project, arguments: tuple[str, ...]) -> None:
    """Runs until nothing is new, and all maintenance done."""
    for _ in range(3):
        _well(project.night())
    if arguments and arguments[0] != "forget":
        _well(project.ledger(*arguments))
    _well(project.ledger("compact"))


def _wrong(project: Project, arguments: tuple[str, ...], reference: Project, *, again: bool) -> str:
    try:
        if again:
            _well(_done(project, arguments))
        _well(project.ledger("verify"))
        _closed(project, arguments)
        _well(project.ledger("verify"))
    except AssertionError as error:
        return str(error)
    found, expected = project.outputs(), reference.outputs()
    return f"other outputs: {[name for name in {*found, *expected} if found.get(name) != expected.get(name)]}" * (
        found != expected
    )


def _copied(source: Path, target: Path) -> Project:
    shutil.copytree(source, target)
    return Project(target)


def _well(ended: Ended) -> None:
    assert ended.code == 0, ended


def main() -> int:
    """0 when nothing was wrong anywhere."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", choices=COMMANDS, help="one alone")
    parser.add_argument("--step", type=int, default=1, help="each so many-th call")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    wrong = 0
    for command in [args.command] if args.command else COMMANDS:
        for again in (True, False) if command not in _AGAIN else (True,):
            found = list(kill_points(command, again, random.Random(args.seed), args.step))
            bad = [(at, told) for at, told in found if told]
            wrong += len(bad)
            how = "done again" if again else "a run at once"
            print(f"{command}, {how}: killed at {len(found)} calls, {len(found) - len(bad)} well", flush=True)
            for at, told in bad:
                print(f"  before call {at}: {told}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
