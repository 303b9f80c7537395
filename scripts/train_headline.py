"""Trains config/weights/headlines.tsv: what the signs of an article's headline say.

    python scripts/train_headline.py --clean FOLDER [FOLDER ...]

Pages come from the generator in tests/quality, with its own articles and with documents of the folders (texts in UTF-8
with their title on the first line; scripts/real_text.py makes such folders). Each is judged as `spam_strip` leaves it
and once more without the lines that are spam. The documents themselves are clean pages of one article. Needs LightGBM
(``pip install -e '.[train]'``). The same input gives the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests" / "quality")]

from generate import articles  # noqa: E402  (scripts beside the tests, not a package)
from growing import FEW, GROWING, grow, written  # noqa: E402
from pagegen.corpus import ARTICLES, Article, load  # noqa: E402
from pagegen.layout import Layout, styled  # noqa: E402
from pagegen.line import Stretch  # noqa: E402
from pagegen.mix import MIXES  # noqa: E402
from pagegen.page import Page, made  # noqa: E402
from pagegen.plan import Copy, Planner  # noqa: E402

from pipeline import Item, Removal  # noqa: E402
from processors.algorithms.candidate import candidates  # noqa: E402
from processors.algorithms.headline import is_headline  # noqa: E402
from processors.algorithms.layout import read_page  # noqa: E402
from processors.algorithms.splitting import PARTS, UNTITLED, may_follow, relation  # noqa: E402
from processors.algorithms.trees import Node  # noqa: E402
from processors.spam_strip import SpamStrip  # noqa: E402
from processors.split import stripped_page  # noqa: E402

TARGET = ROOT / "config" / "weights" / "headlines.tsv"

SEEDS = {"all": [11, 12], "wide": [21, 22, 23]}
"""Of the generated pages of each mix; other seeds are for tests."""

DOCUMENTS, EVERY, WEIGHT = 500, 8, 0.3
"""So many documents stand on generated pages and count this much; of all, every eighth is a clean page."""

NEAR_LINES, BEGINNING_CHARS = 8, 10
"""A headline stands at most so many lines above its text, which is known by so much of a paragraph."""

UNTITLED_WEIGHT = 0.3
"""So much counts a page once more without its first headline."""

APART = 3
"""Each third page with a blank line after each line gets them only where an article begins, with no spam between."""

MOST_ARTICLES = 4
"""Each clean page comes once more with two to so many articles."""

HEADER = """\
# Decision trees over the signs of a headline, made from generated pages and clean documents by
# scripts/train_headline.py and read by processors/algorithms/splitting.py; the signs are explained there and in
# candidate.py. `first` is for the first headline of a page, `later` for those after it. `says` is in thousandths of the
# logarithm of the odds that a line is one: of all the lines that come to a node. A line that has at most so much of the
# sign goes on to the node `upto`, else to `over`, counted from the tree's first; where there is no sign, what the node
# says is added to what the others say.
"""

COLUMNS = [
    "关注",
    "深度",
    "人物志",
    "民生观察",
    "财经纵横",
    "教育在线",
    "科普窗",
    "县市新闻",
    "记者调查",
    "一线",
    "读史",
    "以案说理",
]
SUBTITLES = ["——来自基层的报告", "——写在通车之前", "——访一位老工匠", "——秋收见闻之二", "——一份调查笔记"]
BYLINES = ["文/季春山", "周既白", "本报记者 罗小满 通讯员 于归", "整理：编辑部", "撰文：许知秋 摄影：方远", "记者 白露"]
ENDS = [
    "（作者系退休教师）",
    "编辑：丁香",
    "咨询电话：见公告栏",
    "报名截止日期：2022年6月30日",
    "（完）",
    "图片由受访者提供",
]


class Example(NamedTuple):
    """A candidate after the true headlines above it: the part of the weights it is for, whether it is a headline."""

    part: str
    signs: Mapping[str, float]
    right: bool
    weight: float


def documents(folders: Sequence[Path]) -> Iterator[Article]:
    """Documents as articles under the first line that is not on many others; some are given a column's name, a
    subtitle, a byline and a last line, of which the generator's own have few.
    """
    for folder in folders:
        texts = [path.read_bytes().decode("utf-8") for path in sorted(folder.rglob("*.txt"))]
        rows = [[line.strip() for line in text.splitlines() if line.strip()] for text in texts]
        times = Counter(line for lines in rows for line in set(lines))
        for number, lines in enumerate(rows):
            own = [line for line in lines if times[line] < 5]
            if 5 <= len(own) <= 80 and len(own[0]) <= 40 and is_headline(own[0]) and 200 <= len("".join(own)) <= 6000:
                yield _dressed(Article(f"{folder.name}-{number}", own[0], "document", tuple(own[1:])), Random(number))


def _dressed(article: Article, dice: Random) -> Article:
    def drawn(lines: Sequence[str], rate: float) -> str:
        return dice.choice(lines) if dice.random() < rate else ""

    return replace(
        article,
        kicker=drawn(COLUMNS, 0.2),
        subtitle=drawn(SUBTITLES, 0.1),
        byline=drawn(BYLINES, 0.2),
        tail=drawn(ENDS, 0.2),
    )


def generated(own: Sequence[Article], seeds: Sequence[int], count: int, mix: str = "all") -> Iterator[Page]:
    """``count`` pages a seed of a mix with these articles."""
    for seed in seeds:
        clean: list[Copy] = []
        for recipe in Planner(own, seed, MIXES[mix]).recipes(count):
            layout = recipe.layout
            if recipe.number % APART == 0 and layout.blank == "each" and not layout.join:
                recipe = replace(recipe, layout=replace(layout, blank="sections"), sep="none")
            yield made(recipe, seed)
            if recipe.kind == "clean":
                clean = [*clean[-MOST_ARTICLES + 1 :], *recipe.copies]
                several = replace(layout, join="", html="", blank="articles")
                style = recipe.title_style if recipe.number % 3 == 0 else "plain"
                copies = tuple(clean[-2 - recipe.number % (MOST_ARTICLES - 1) :])
                yield made(replace(recipe, copies=copies, layout=several, title_style=style, frame="none"), seed)


def of_pages(pages: Iterable[Page], weight: float = 1.0) -> Iterator[Example]:
    """Examples of generated pages on which every article and its headline are found."""
    strip = SpamStrip()
    strip.open()
    for page in pages:
        for item in (next(iter(strip.process(Item.page(page.text)))), without_spam(page)):
            labels = headlines(item, page) if isinstance(item, Item) else None
            if labels is not None and isinstance(item, Item):
                yield from examples(item, labels, weight)
                if True in labels.values():
                    without = examples(*untitled(item, labels), weight * UNTITLED_WEIGHT)
                    yield from (example for example in without if example.part == "later")


def untitled(item: Item, labels: Mapping[int, bool]) -> tuple[Item, dict[int, bool]]:
    """The page as it is where the first headline was cut with the spam."""
    page = read_page(item.text)
    first = next(number for number, right in labels.items() if right)
    near = [number for number in labels if number <= first]
    lines = stripped_page(item, page).lines
    cut = item.cut([Removal(*page.place(lines[number].start, lines[number].end), "spam") for number in near])
    return cut, {number - len(near): right for number, right in labels.items() if number > first}


def without_spam(page: Page) -> Item:
    """The page without the lines that are spam as a whole."""
    spam = {_key(text) for text in page.gold["spam"]}
    layout = read_page(page.text)
    lines = [line for line in layout.lines if "".join(line.key.split()) in spam]
    return Item.page(page.text).cut([Removal(*layout.place(line.start, line.end), "spam") for line in lines])


def headlines(item: Item, page: Page) -> dict[int, bool] | None:
    """The numbers of lines that carry a title: True for headlines, False for others, which nobody needs to judge.
    None where an article or its title is not found.
    """
    keys = ["".join(line.key.split()) for line in stripped_page(item, read_page(item.text)).lines]
    out: dict[int, bool] = {}
    at = 0
    for article in page.gold["articles"]:
        title, *starts = _keys([article["title"], *article["text"].split("\n")[:3]], page)
        starts = [start[:BEGINNING_CHARS] for start in starts if start]
        text = next((n for n in range(at, len(keys)) if any(_begins(keys[n], start, title) for start in starts)), None)
        if text is None:
            return None
        near = [n for n in range(max(at, text - NEAR_LINES), text + 1) if title and title in keys[n]]
        if title and not near:
            return None
        out |= dict.fromkeys(near, False) | dict.fromkeys(near[-1:], True)
        at = text + 1
    return out


def _keys(texts: Sequence[str], page: Page) -> list[str]:
    """Texts of the gold as they stand on the page, for comparison."""
    layout = Layout(**page.gold["layout"])
    return [_key(styled(Stretch(text, False), layout)) for text in texts]


def _key(text: str) -> str:
    return "".join(read_page(text).key.split())


def _begins(key: str, start: str, title: str) -> bool:
    return key.startswith(start) or (start in key and title in key)


def of_documents(folders: Sequence[Path]) -> Iterator[Example]:
    """Examples of clean documents under their own first line: nothing else in them is a headline."""
    for path in (path for folder in folders for path in sorted(folder.rglob("*.txt"))[::EVERY]):
        item = Item.page(path.read_bytes().decode("utf-8"))
        if any(candidate.line == 0 for candidate in candidates(stripped_page(item, read_page(item.text)))):
            yield from examples(item, {0: True}, 1.0)


def examples(item: Item, labels: Mapping[int, bool], weight: float) -> Iterator[Example]:
    """The candidates of a page in order, each judged after the true headlines before it."""
    page = stripped_page(item, read_page(item.text))
    first = last = UNTITLED
    for candidate in candidates(page):
        right = labels.get(candidate.line)
        if right is not False:
            if last is UNTITLED and not page.prose[candidate.line]:
                yield Example("first", candidate.signs, right is True, weight)
            elif may_follow(page, first, last, candidate):
                signs = {**candidate.signs, **relation(page, first, last, candidate)}
                yield Example("later", signs, right is True, weight)
        if right:
            first, last = candidate if first is UNTITLED else first, candidate


def fit(rows: Sequence[Example], growing: Mapping[str, Any]) -> list[Node]:
    """Trees over the signs. ValueError without both kinds."""
    right = np.array([row.right for row in rows], float)
    if not 0 < right.sum() < len(right):
        raise ValueError(f"{len(right)} candidates, {right.sum():.0f} of them headlines; there must be both kinds")
    names = sorted({name for row in rows for name in row.signs})
    place = {name: number for number, name in enumerate(names)}
    signs = np.zeros((len(rows), len(names)), np.float32)
    for number, row in enumerate(rows):
        signs[number, [place[name] for name in row.signs]] = list(row.signs.values())
    return grow(signs, right, np.array([row.weight for row in rows]), names, growing)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for mix, seeds in SEEDS.items():
        told = f"of the generator's mix {mix} ({seeds[0]} to {seeds[-1]})"
        parser.add_argument(f"--{mix}", type=int, nargs="*", default=seeds, metavar="SEED", help=told)
    parser.add_argument("--pages", type=int, default=300, help="generated for each seed (300)")
    parser.add_argument("--clean", type=Path, nargs="+", default=[], metavar="FOLDER", help="of clean texts, *.txt")
    parser.add_argument("--out", type=Path, default=TARGET, help="where the weights go (the shipped file)")
    args = parser.parse_args()
    headwords = load(ARTICLES / "headlines")
    mixes = [generated([*articles(mix), *headwords], getattr(args, mix), args.pages, mix) for mix in SEEDS]
    found = list(of_pages(chain.from_iterable(mixes)))
    if texts := list(documents(args.clean)):
        found += of_pages(generated(texts[:: max(1, len(texts) // DOCUMENTS)], args.all, args.pages), WEIGHT)
        found += of_documents(args.clean)
    try:
        trees = {
            part: fit([example for example in found if example.part == part], growing)
            for part, growing in zip(PARTS, (FEW, GROWING), strict=True)
        }
        args.out.write_text(HEADER + written(trees), encoding="utf-8")
    except ValueError as error:
        sys.exit(str(error))
    right = sum(example.right for example in found)
    sys.stdout.write(f"{len(found)} candidates, {right} of them headlines: {args.out}\n")


if __name__ == "__main__":
    main()
