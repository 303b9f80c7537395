"""Flips single bits of a state's ledger, and sees what comes of it: refused, named by verify, or harmless.

python -m benchmarks.bitflips --count 200
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.interruptions import Corpus, Trial, corpora
from pipeline.ledger.care import problems
from pipeline.ledger.database import NAME, SEAL
from pipeline.ledger.manifest import LedgerError
from pipeline.ledger.state import State


def small(lots: random.Random) -> Corpus:
    """Two nights over some forty pages, a third of which have changed, moved, or gone."""
    pages, after = corpora(lots)["second night"]
    assert after is not None
    chosen = {name: text for name, text in pages.items() if name < "040"}
    return Corpus(chosen, {name: text for name, text in after.items() if name.removeprefix("moved/") in chosen})


class Sweep:
    """A project whose state had two nights; ``kept`` is that state, ``pages`` what a third night finds."""

    def __init__(self, folder: Path, lots: random.Random) -> None:
        """Runs the nights, and a third one on a copy, which tells what is right."""
        self.trial = Trial(folder, small(lots))
        self.trial.rest()
        self.state, self._kept = folder / "state", folder / "kept"
        self.state.rename(self._kept)
        self.ledger = (self._kept / NAME).read_bytes()
        texts = sorted((folder / "pages").iterdir())
        for number, page in enumerate(path for path in texts if path.is_file()):
            if number % 5 == 0:
                page.with_name(f"again-{page.name}").write_bytes(page.read_bytes())  # ends as a copy
            if number % 7 == 0:
                page.write_bytes(page.read_bytes() + "又下雨了。\n".encode())
        self.put(self.ledger, sealed=True)
        self.crawl()
        self.right = self.trial.outputs()

    def put(self, ledger: bytes, *, sealed: bool) -> None:
        """The state as it was after two nights, with another content of its ledger."""
        shutil.rmtree(self.state, ignore_errors=True)
        shutil.copytree(self._kept, self.state)
        (self.state / NAME).write_bytes(ledger)
        if not sealed:
            (self.state / SEAL).unlink()

    def verified(self) -> list[str]:
        """What verify says; it changes nothing that a run would see."""
        try:
            with State(self.state) as state:
                return list(problems(state))
        except LedgerError as error:
            return [str(error)]

    def crawl(self) -> tuple[int, str]:
        """The third night; its exit status, and what it said."""
        with self.trial.start() as running:
            said = running.communicate()[1].decode()
        return running.returncode, said

    def fate(self, ledger: bytes) -> str:
        """What becomes of a ledger that no seal is there for, as after a run that was killed."""
        self.put(ledger, sealed=False)
        named = self.verified()
        self.put(ledger, sealed=False)
        status, said = self.crawl()
        if "Traceback" in said:
            return f"TRACEBACK: {said}"
        if status in (2, 4):
            return "refused"
        if named:
            return "named by verify"
        return "harmless" if (status, self.trial.outputs()) == (0, self.right) else f"SILENT: exit {status}"


def flipped(content: bytes, place: int) -> bytes:
    """A content with the bit of a number flipped."""
    found = bytearray(content)
    found[place // 8] ^= 1 << place % 8
    return bytes(found)


def sweep(folder: Path, count: int, lots: random.Random) -> Iterator[tuple[int, str]]:
    """Places, in bits, and what became of a ledger with that one flipped; only half of them are anywhere at all.

    The others are in the used parts of pages: their beginnings and ends. Raises AssertionError for one that a seal
    does not show.
    """
    swept = Sweep(folder, lots)
    size, page = len(swept.ledger), 4096
    for number in range(count):
        at = lots.randrange(size)
        if number % 2:
            at = at // page * page + lots.choice([lots.randrange(64), page - 1 - lots.randrange(1200)])
        place = at * 8 + lots.randrange(8)
        changed = flipped(swept.ledger, place)
        swept.put(changed, sealed=True)
        assert any(SEAL in told for told in swept.verified())
        yield place, swept.fate(changed)


def main() -> int:
    """0 when nothing was silent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    fates: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        for place, fate in sweep(Path(folder), args.count, random.Random(args.seed)):
            fates[fate.partition(":")[0]] += 1
            if fate[0].isupper():
                print(f"bit {place}: {fate}", flush=True)
    print(", ".join(f"{fate}: {number}" for fate, number in sorted(fates.items())))
    return 1 if any(fate[0].isupper() for fate in fates) else 0


if __name__ == "__main__":
    sys.exit(main())
