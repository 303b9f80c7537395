"""What a night costs as the folder grows: runs with a state, each over all pages so far and some new ones.

    python -m benchmarks.nights [--nights 30] [--pages 1000]

Pages are of some 1,000 characters with a few lines of spam. Seconds of the processor are those of the whole process,
start and end included; those of the clock depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.interruptions import Trial, prose

SPAM = "龙渊传奇私服发布网-龙渊传奇私服新服-龙渊传奇私服\n首页 | 新闻 | 体育 | 联系我们\n"


def add(folder: Path, night: int, pages: int, lots: random.Random) -> None:
    """The pages of one night."""
    for number in range(pages):
        file = folder / f"pages/{night:03}/{number:04}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{SPAM}{prose(lots, 1).strip()}_晚报网\n\n{prose(lots, 30)}相关链接：\n", encoding="utf-8")


def processor_seconds() -> float:
    """What the children of this process that have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print a line for each night."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--pages", type=int, default=1000, help="new ones each night")
    args = parser.parse_args()
    lots = random.Random(1)
    first = 0.0
    print(f"{'night':>5}{'files':>8}{'processor s':>13}{'of first':>10}{'clock s':>9}{'ledger MB':>11}{'index MB':>10}")
    with TemporaryDirectory() as folder:
        trial = Trial(Path(folder), {})
        for night in range(1, args.nights + 1):
            add(trial.folder, night, args.pages, lots)
            begun, used = time.perf_counter(), processor_seconds()
            trial.finish(shard_inputs=1000)
            clock, seconds = time.perf_counter() - begun, processor_seconds() - used
            first = first or seconds
            ledger = (trial.folder / "state/ledger.db").stat().st_size / 2**20
            parts = (trial.folder / "state/index").rglob("part-*")
            index = sum(path.stat().st_size for path in parts) / 2**20
            print(f"{night:>5}{night * args.pages:>8,}{seconds:>13.2f}{seconds / first:>10.2f}", end="")
            print(f"{clock:>9.2f}{ledger:>11.1f}{index:>10.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
