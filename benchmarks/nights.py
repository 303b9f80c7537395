"""What a night costs as the folder grows: runs with a state, each over all pages so far and some new ones.

    python -m benchmarks.nights [--nights 30] [--pages 1000]

Pages are of some 1,000 characters with a few lines of spam. Seconds are those of the processor, start and end of the
process included. What else the machine does shows in them, so every fifth night is held to one beside it: a first
night, over the same new pages and nothing else.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.interruptions import Corpus, Trial

SPAM = "龙渊传奇私服发布网-龙渊传奇私服新服-龙渊传奇私服\n首页 | 新闻 | 体育 | 联系我们\n"

COMMON = bytes(b for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFF) for b in (high, low)).decode("gb2312")
"""Characters of which lines are drawn, so that no two pages are alike by chance, as those of a small vocabulary are."""


def add(folder: Path, night: int, pages: int, lots: random.Random) -> None:
    """The pages of one night."""
    for number in range(pages):
        file = folder / f"pages/{night:03}/{number:04}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        title, *lines = ("".join(lots.choices(COMMON, k=lots.randint(15, 40))) for _ in range(35))
        body = "".join(f"{line}。\n" for line in lines)
        file.write_text(f"{SPAM}{title}_晚报网\n\n{body}相关链接：\n", encoding="utf-8")


def cost(trial: Trial) -> float:
    """Seconds of the processor that a run takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    trial.finish(shard_inputs=1000)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def cost_of_first(trial: Trial, night: int) -> float:
    """The same for a state that begins with the pages of this night."""
    with TemporaryDirectory() as folder:
        alone = Trial(Path(folder), Corpus({}))
        shutil.copytree(trial.folder / f"pages/{night:03}", alone.folder / "pages")
        return cost(alone)


def main() -> None:
    """Print a line for each night."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--pages", type=int, default=1000, help="new ones each night")
    args = parser.parse_args()
    lots = random.Random(1)
    print(f"{'night':>5}{'files':>8}{'seconds':>9}{'first night':>13}{'ratio':>7}{'ledger MB':>11}{'index MB':>10}")
    with TemporaryDirectory() as folder:
        trial = Trial(Path(folder), Corpus({}))
        for night in range(1, args.nights + 1):
            add(trial.folder, night, args.pages, lots)
            seconds = cost(trial)
            first = cost_of_first(trial, night) if night == 1 or night % 5 == 0 else 0.0
            ledger = (trial.folder / "state/ledger.db").stat().st_size / 2**20
            parts = (trial.folder / "state/index").rglob("part-*")
            index = sum(path.stat().st_size for path in parts) / 2**20
            beside = f"{first:>13.2f}{seconds / first:>7.2f}" if first else " " * 20
            print(f"{night:>5}{night * args.pages:>8,}{seconds:>9.2f}{beside}{ledger:>11.1f}{index:>10.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
