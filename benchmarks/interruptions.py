"""Interrupts runs with a state at random moments, and holds what comes out to that of a run that nobody interrupted.

python -m benchmarks.interruptions --count 200          random moments, signals and corpora
python -m benchmarks.interruptions --points             a kill before each call that brings something to the disk
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
SHARD_INPUTS = 25

CHAIN = """\
version: 1
source: {paths: [pages/]}
chain:
  - processor: spam_strip
  - processor: split
  - processor: normalize
  - processor: fingerprint
  - processor: dedupe
state: state/
"""

KILL_POINTS = """\
import os, signal
left = int(os.environ.get("KILL_AT", "0"))
def counted(call):
    def wrapper(*args, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **named)
    return wrapper
os.fsync, os.replace, os.rename = map(counted, (os.fsync, os.replace, os.rename))
"""
"""Put before the settings of a run: ends it just before the call of that number. `Path.replace` calls `os.replace`."""

WORDS = ("图书馆", "老渡口", "石桥镇", "麦子", "灯塔", "修船的人", "夜市", "竹排", "小学校", "水文站")
VERBS = ("昨天重新开门", "今年又涨了一尺水", "从清早忙到天黑", "在雨里等了三个钟头", "把旧账一笔一笔勾掉")


def prose(lots: random.Random, sentences: int) -> str:
    """Sentences that hardly any other page has."""
    return "".join(
        f"{lots.choice(WORDS)}{lots.choice(VERBS)}，第{lots.randrange(10**6)}号的{lots.choice(WORDS)}也一样。\n"
        for _ in range(sentences)
    )


class Corpus(NamedTuple):
    """Names and contents of pages; ``after`` is what changes before a second night, None for a page that is removed.

    Where there is a second night, the first is not interrupted.
    """

    pages: Mapping[str, bytes]
    after: Mapping[str, bytes | None] | None = None


def corpora(lots: random.Random) -> dict[str, Corpus]:
    """Polluted pages, many short ones with copies, odd ones, and a night over some of which others are the news."""
    samples = {path.name: path.read_bytes() for path in sorted((ROOT / "samples").iterdir())}
    polluted = {f"{number:02}/{name}": text for number in range(3) for name, text in samples.items()}
    texts = [prose(lots, 8) for _ in range(90)]
    short = {f"{number:03}.txt": lots.choice(texts).encode() for number in range(150)}
    odd = {f"o/{number:03}.txt": text.encode("gb18030") for number, text in enumerate(texts[:60])}
    odd |= {f"p/{number:03}.txt": b"\0\1\2" * number for number in range(20)} | {"q.txt": b"\xff" + texts[0].encode()}
    nights = {"polluted": Corpus(polluted), "short": Corpus(short), "odd": Corpus(odd)}
    return {**nights, "second night": Corpus(short, _after(short, lots))}


def _after(pages: Mapping[str, bytes], lots: random.Random) -> dict[str, bytes | None]:
    """A third of the pages changed, removed, moved, or swapped with another; as many are new, half of them copies."""
    after: dict[str, bytes | None] = {}
    names = sorted(pages)
    for number in range(0, len(names) - 2, 6):
        one, other, third = names[number : number + 3]
        kind = number // 6 % 4
        if kind == 0:
            after[one] = pages[one] + prose(lots, 1).encode()
        elif kind == 1:
            after[one] = None
        elif kind == 2:
            after |= {one: None, f"moved/{one}": pages[one]}
        else:
            after |= {one: pages[other], other: pages[one]}
        after |= {f"new/{one}": prose(lots, 8).encode(), f"new/{other}": pages[third]}
    return after


class Trial:
    """A project folder with one corpus, in which runs begin, are interrupted, and go on."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        """The last night of the corpus is still to come."""
        self.folder = folder
        self._write(corpus.pages)
        settings = {
            "scrapy.cfg": "[settings]\ndefault = settings\n",
            "chain.yaml": CHAIN,
            "kill_points.py": KILL_POINTS,
        }
        settings["settings.py"] = "import kill_points\nfrom pipeline.crawl.settings import *\n"
        for name, text in settings.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.runs = 1
        if corpus.after is not None:
            self.finish()
            self._write(corpus.after)
            self.runs = 2  # the one after reads copies again whose partners have changed

    def _write(self, pages: Mapping[str, bytes | None]) -> None:
        for name, content in pages.items():
            path = self.folder / "pages" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                path.unlink()
            else:
                path.write_bytes(content)

    def start(self, kill_at: int = 0, shard_inputs: int = SHARD_INPUTS) -> subprocess.Popen[bytes]:
        """A run in a process group of its own, killed before its call ``kill_at`` that brings something to the disk."""
        command = ["crawl", "localseeds", "-a", "config=chain.yaml", "-s"]
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", *command, f"SHARD_INPUTS={shard_inputs}"],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "KILL_AT": str(kill_at)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def finish(self, shard_inputs: int = SHARD_INPUTS) -> None:
        """A run to the end. Raises AssertionError for one that does not end well."""
        with self.start(shard_inputs=shard_inputs) as running:
            said = running.communicate()[1].decode()
        assert running.returncode == 0, said

    def rest(self) -> None:
        """As many runs to the end as it takes until nothing is new. Raises AssertionError for one that fails."""
        for _ in range(self.runs):
            self.finish()

    def outputs(self) -> dict[str, bytes]:
        """The shards in place; anything else beside them is told, too."""
        folders = (self.folder / "state/articles", self.folder / "state/audit")
        return {f"{f.name}/{path.name}": path.read_bytes() for f in folders for path in sorted(f.iterdir())}


def reference(corpus: Corpus) -> tuple[dict[str, bytes], float]:
    """What runs write that nobody interrupts, and how many seconds the last one takes."""
    with TemporaryDirectory() as folder:
        trial = Trial(Path(folder), corpus)
        begun = time.perf_counter()
        trial.finish()
        seconds = time.perf_counter() - begun
        trial.rest()
        return trial.outputs(), seconds


def interrupt(trial: Trial, lots: random.Random, seconds: float) -> str | None:
    """Begin a run and signal it, or its group, at some moment; what came of it, None if the run had ended by then."""
    number = lots.choice(SIGNALS)
    whole_group = lots.random() < 0.5
    with trial.start() as running:
        try:
            running.wait(lots.uniform(0.3, 1.1) * seconds)
        except subprocess.TimeoutExpired:
            (os.killpg if whole_group else os.kill)(running.pid, number)
        running.communicate()
    if running.returncode == 0:
        return None
    return f"{number.name} {'group' if whole_group else 'process'}: exit {running.returncode}"


def random_moments(found: dict[str, Corpus], count: int, lots: random.Random) -> Iterator[tuple[str, bool, list[str]]]:
    """Trials of up to five interruptions and a run to the end, until there were ``count``: corpus, same bytes, how.

    A run that comes to its end before its signal, or because of it, is no interruption; its trial ends there.
    """
    whole = {name: reference(corpus) for name, corpus in found.items()}
    while count > 0:
        name = lots.choice(list(found))
        expected, seconds = whole[name]
        with TemporaryDirectory() as folder:
            trial = Trial(Path(folder), found[name])
            times = min(lots.randint(1, 5), count)
            how: list[str] = []
            while len(how) < times and (told := interrupt(trial, lots, seconds)):
                how.append(told)
            trial.rest()
            yield name, trial.outputs() == expected, how
        count -= len(how)


def kill_points(corpus: Corpus, step: int = 1) -> Iterator[tuple[int, bool]]:
    """A kill before each call (each ``step``-th) that brings something to the disk, then a run to the end."""
    expected, _ = reference(corpus)
    at = 1
    while True:
        with TemporaryDirectory() as folder:
            trial = Trial(Path(folder), corpus)
            with trial.start(kill_at=at) as running:
                running.communicate()
            if running.returncode == 0:
                return
            assert running.returncode == -signal.SIGKILL
            trial.rest()
            yield at, trial.outputs() == expected
        at += step


def main() -> int:
    """0 when every trial came to the bytes of the reference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200, help="random interruptions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--points", action="store_true", help="instead: a kill at each commit point")
    args = parser.parse_args()
    lots = random.Random(args.seed)
    if args.points:
        found = corpora(lots)
        results = {name: list(kill_points(found[name])) for name in ("polluted", "second night")}
        for name, points in results.items():
            same = sum(equal for _, equal in points)
            print(f"{name}: {len(points)} kill points, {same} with the bytes of the reference")
        return 0 if all(equal for points in results.values() for _, equal in points) else 1
    kinds: Counter[str] = Counter()
    trials = same = 0
    for name, equal, how in random_moments(corpora(lots), args.count, lots):
        trials, same = trials + 1, same + equal
        kinds.update(how)
        print(f"{name}: {'same' if equal else 'OTHER BYTES'} after {'; '.join(how)}", flush=True)
    print(f"{sum(kinds.values())} interruptions in {trials} trials, {same} with the bytes of the reference")
    for kind, number in sorted(kinds.items()):
        print(f"  {number:3} {kind}")
    return 0 if same == trials else 1


if __name__ == "__main__":
    sys.exit(main())
