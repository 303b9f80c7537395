"""How fast spam_strip and split are together, and how their time grows with a page, on one core.

    python benchmarks/strip.py [FOLDER] [--rounds N] [--upto MB] [--runs CHARS]

Three tables: the pages of the folder as they are; the same pages joined into one page, which doubles up to ``--upto``
MB; and, with ``--runs``, pages with a long run of one thing in them, of so many characters and of twice as many.
Seconds are of the processor, what was remembered of earlier lines is forgotten before each round, and the fastest round
counts. MB are 1,000,000 bytes of UTF-8.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator, Sequence
from functools import _lru_cache_wrapper
from pathlib import Path
from time import process_time

from chain import read

from pipeline.chain import Chain
from pipeline.config import load
from pipeline.item import Item
from pipeline.shipped import shipped

LEAST = 0.4
"""MB of the smallest joined page."""

RUNS = (
    *"a1-./:*_|#=~([【「“《<甲市县…—!?★😀&",
    *(
        "* ",
        "[a]",
        "甲,",
        "甲。",
        "甲 ",
        "甲\u3000",
        "甲  ",
        "\u200b",
        "甲\u200b",
        "甲*",
        "'",
        "a ",
        "ab, ",
        "\t",
        "☆★",
    ),
    *(
        "dot",
        "a.",
        "a.com",
        "(a.com",
        "www.a.com/",
        "qq1",
        "微信:",
        "13800000000",
        "2023-",
        "时间:",
        "标题:",
        "[1]",
        "1、",
    ),
    *(
        "\n甲",
        "\n1",
        "\n* ",
        "\n\n",
        "\r\n",
        "\n(",
        "\n【甲】",
        "\n来源:甲",
        "\n2023-01-01 甲乙",
        "首页|",
        "版权所有",
        "&amp;",
    ),
    *("{k}", "{k},", "{k}。", "@{k}", "//{k}//", "({k})", "★{k}", "\n{k}", "\n{k}官网", "{k}官网", "{k}立即注册"),
    "摆渡的老人说风大,雨也大。点击www.a.com注册{k}送彩金。",
)
"""What long runs are made of; {k} is the keyword of the page they stand on."""

KEYWORD = "龙渊传奇私服"
FRAME = f"{KEYWORD}官网-{KEYWORD}登录-{KEYWORD}下载\n" * 6
PROSE = "渡口的灯亮到零点,摆渡的老人把缆绳在木桩上绕了三圈,说桥上的风比船上的风大得多。\n"


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("samples"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--upto", type=float, default=4.0)
    parser.add_argument("--runs", type=int, default=0)
    args = parser.parse_args()
    found = read(args.folder)
    if not found:
        parser.error(f"no pages in {args.folder}")
    seconds = measured(found, max(args.rounds, 1))
    print(f"{len(found)} pages, {size(found):.3f} MB: {seconds * 1e3:.0f} ms, {size(found) / seconds:.2f} MB/s\n")
    print(f"{'one page of MB':>14}{'seconds':>10}{'MB/s':>10}{'ratio':>10}")
    for mb, seconds, ratio in doubled([page.text for page in found], args.upto, max(args.rounds // 2, 1)):
        print(f"{mb:>14.2f}{seconds:>10.2f}{mb / seconds:>10.2f}{ratio:>10.2f}")
    if args.runs:
        print(f"\n{'seconds':>10}{'ratio':>10}  run of")
        for seconds, ratio, run in sorted(runs(args.runs), reverse=True):
            print(f"{seconds:>10.3f}{ratio:>10.2f}  {run!r}")


def size(pages: Sequence[Item]) -> float:
    """MB of pages."""
    return sum(len(page.text.encode("utf-8", "surrogatepass")) for page in pages) / 1e6


def measured(pages: Sequence[Item], rounds: int) -> float:
    """Seconds of the fastest round. Opening the steps (tables, patterns) is not counted."""
    steps = [step for step in load(shipped("pipeline.yaml")).steps if step.label in ("spam_strip", "split")]
    best = []
    with Chain(steps, on_error="stop") as chain:
        list(chain.run([Item.page(FRAME + PROSE)]))
        remembered = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
        for _ in range(rounds):
            for cache in remembered:
                if cache.cache_parameters()["maxsize"]:  # the others hold tables, not what was on pages
                    cache.cache_clear()
            begun = process_time()
            for _outcome in chain.run(pages):
                pass
            best.append(process_time() - begun)
    return min(best)


def doubled(texts: Sequence[str], upto: float, rounds: int) -> Iterator[tuple[float, float, float]]:
    """The pages as one, again and again as long as it takes: MB, seconds, and seconds for those of half the size."""
    text = "\n".join(texts)
    whole = size([Item.page(text)])
    mb, before = LEAST, 0.0
    while mb <= upto:
        wanted = round(len(text) * mb / whole)
        page = Item.page((text * (wanted // len(text) + 1))[:wanted])
        seconds = measured([page], rounds)
        yield size([page]), seconds, seconds / before if before else 0.0
        mb, before = 2 * mb, seconds


def runs(length: int) -> Iterator[tuple[float, float, str]]:
    """Seconds for a page with a run of a length, how many times those for half of it that is, and what it is of."""
    for run in RUNS:
        part = run.replace("{k}", KEYWORD)
        once, twice = (measured([framed(part * (times * length // len(part)))], 2) for times in (1, 2))
        yield twice, twice / once, run


def framed(text: str) -> Item:
    """A polluted page with a text in the middle of its article."""
    return Item.page(f"{FRAME}{PROSE * 3}{PROSE[:18]}{text}{PROSE[18:]}{PROSE * 3}{FRAME}")


if __name__ == "__main__":
    main()
