"""Weighs all that is known of a line: trees in two rounds, the second of which knows what the first says of others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms import glance
from processors.algorithms.furniture import is_paging
from processors.algorithms.headline import is_byline, is_credits
from processors.algorithms.layout import Line
from processors.algorithms.patterns import CONTACT
from processors.algorithms.sheet import TEXT_MIN_CHARS, Mark
from processors.algorithms.surroundings import NOWHERE, TRAITS, Column, Surroundings, shifted
from processors.algorithms.trees import Chances, Rounds, Rows, Trees, chances_of, read_rounds, read_trees

WINDOWS = (5, 12)
"""So many lines on each side count together."""

SURELY_TEXT = 0.7
"""Running text that is an article's with this probability is so for sure."""

AROUND = (
    "alone",
    *(f"alone, {where}" for where in ("three before", "two before", "before", "behind", "two behind", "three behind")),
    *(f"text, {where}" for where in ("two before", "before", "behind", "two behind")),
    *(f"alone, mean of {window} {where}" for window in WINDOWS for where in ("before", "behind")),
    *("text above", "text below", "alone, mean of the page", "text on the page", "characters of an article"),
    *("lines to sure text above", "lines to sure text below"),
    *("alone, most up to the text above", "alone, most up to the text below"),
)
"""What the first round says, as a probability: of the line, of those around; text is what is rather an article's."""

EVIDENCE = 3
"""So many of the heaviest traits are given as the reason of a cut."""

COLUMNS = {"alone": TRAITS, "together": (*TRAITS, *AROUND)}


GLANCE = "glance.tsv"
"""The name of the trees of the first glance, beside those that they were grown for."""


@dataclass(frozen=True, slots=True, eq=False)
class LineModel(Rounds):
    """The trees for lines, and those for the first glance at them; None where they were grown for other trees."""

    glance: Trees | None


@cache
def read_line_model(path: Path) -> LineModel:
    """The trees for lines in a file, and those of the first glance beside it if it names these."""
    rounds, beside = read_rounds(path, COLUMNS), path.with_name(GLANCE)
    known = beside.is_file() and digest_of(path) in beside.read_text(encoding="utf-8").partition("\n")[0]
    return LineModel(rounds.alone, rounds.together, read_trees(beside, glance.TRAITS)["glance"] if known else None)


def digest_of(path: Path) -> str:
    """16 hex digits that tell the trees for lines in a file from others."""
    return sha256(path.read_bytes()).hexdigest()[:16]


def around_of(table: Rows, chances: Chances) -> Rows:
    """The traits ``AROUND`` of each line, out of its other traits and the first round's probabilities."""
    count = len(chances)
    numbers = np.arange(count)
    length, prose = (table[:, TRAITS.index(name)] for name in ("length", "prose"))
    alone = chances.astype(np.float32)
    text = np.where((prose > 0) & (length >= 40), 1 - alone, np.float32(0))
    columns = [alone, *(shifted(alone, step) for step in (-3, -2, -1, 1, 2, 3))]
    columns += [shifted(text, step) for step in (-2, -1, 1, 2)]
    before, texts = (np.append(0, each.cumsum(dtype=np.float64)) for each in (alone, text))
    for window in WINDOWS:
        first, last = np.maximum(0, numbers - window), np.minimum(count, numbers + 1 + window)
        columns.append((before[numbers] - before[first]) / np.maximum(1, numbers - first))
        columns.append((before[last] - before[numbers + 1]) / np.maximum(1, last - numbers - 1))
    columns += [texts[numbers], texts[count] - texts[numbers + 1]]
    whole = (before[-1] / max(1, count), texts[-1], (text * np.minimum(length, 400)).sum(dtype=np.float64))
    columns += [np.full(count, each) for each in whole]
    sure = (text > SURELY_TEXT).nonzero()[0]
    known = np.concatenate([[-np.inf], sure, [np.inf]])
    columns.append(_away(numbers - known[np.searchsorted(sure, numbers)]))
    columns.append(_away(known[np.searchsorted(sure, numbers, side="right") + 1] - numbers))
    columns.append(_most_since(alone, text))
    columns.append(_most_since(alone[::-1], text[::-1])[::-1])
    return np.stack([column.astype(np.float32) for column in columns], axis=1)


def _most_since(alone: Column, text: Column) -> Column:
    """The highest probability of the lines between each and the last sure text before it; 1 where there is none."""
    out, most = np.empty(len(alone), np.float32), 1.0
    for number, (chance, own) in enumerate(zip(alone.tolist(), text.tolist(), strict=True)):
        out[number] = most
        most = 0.0 if own > SURELY_TEXT else max(most, chance)
    return out


def _away(lines: npt.NDArray[np.float64]) -> Column:
    return np.minimum(lines, NOWHERE).astype(np.float32)


SPAM, RULED, RULED_TEXT, SURELY, PLAINLY = 0.6, 0.2, 0.4, 0.8, 0.9
"""A line goes from this probability on; if a rule cuts it too from a lower one, running text from a higher of both.
The model is sure from 0.8 on, of running text from 0.9 on."""

ANYWHERE = frozenset({"date", "decoration"})
"""Furniture that clean pages have too."""

LONG_TEXT, LONG_SPAM = 200, 0.95
"""Running text so long that no rule cuts, or that reads as text by itself, goes from this probability on: the only
paragraph of a page among much spam is judged by what stands around it. So does shorter one that no rule cuts, if it
reads as text; one of which a rule cuts a part, if it does not read as spam, since what is put in makes it look so."""

DOUBTED = 0.05
"""A line that is judged wrongly with less probability is in no doubt."""

FIRM, RULED_FIRMLY = frozenset({"decoration", "page_info", "place_run", "promotion", "small_print"}), 0.13
"""What hardly any article's line looks like: if a rule says so, a line goes from this probability on. Below it stand
stars of a review, verses and laws with a word of small print, and articles with a keyword in each paragraph."""

_ADDRESS = re.compile("地址|邮编|邮箱|信箱|传真|电话|热线|手机|联系|开放时间|营业时间|办公|周[一二三四五六日末]至")
"""What pages have that are there to be reached, clean ones too."""

_TURN = re.compile("[上下]一[页级章节]")
"""Lines that lead to another part of a manual."""


class Doubt(NamedTuple):
    """A line ``[start, end)`` of the key, and how many of its characters are expected to be judged wrongly."""

    start: int
    end: int
    characters: float


def judge_lines(around: Surroundings, model: Rounds) -> list[Doubt]:
    """Marks and unmarks the lines of the sheet by their probability to be spam or furniture; what is in doubt then."""
    sheet, judged = around.sheet, weighed(around.table, model)
    sheet.chances = judged.together.tolist()
    doubts = []
    for number, (line, chance) in enumerate(zip(sheet.lines, sheet.chances, strict=True)):
        mark = sheet.marks[number]
        if is_about(line.key) or (mark and is_paging(line.key)):
            continue
        if chance < _least(mark, line, judged.alone[number], put_in=bool(sheet.inside[number])):
            sheet.marks[number] = None
        elif mark is None:
            because = model.together.heaviest(judged.rows[number], EVIDENCE)
            sheet.marks[number] = ("unlike_article", {"chance": round(chance, 3), "because": because})
        wrong = chance if sheet.marks[number] is None else 1.0 - chance
        if wrong >= DOUBTED:
            doubts.append(Doubt(line.start, line.end, round(wrong * len(line.key), 2)))
    return doubts


def _least(mark: Mark | None, line: Line, alone: float, *, put_in: bool) -> float:
    """The probability from which on a line goes."""
    length = len(line.key) if line.prose else 0
    if mark is None:
        as_text = line.prose and alone < (SPAM if put_in and length >= TEXT_MIN_CHARS else RULED)
        return LONG_SPAM if as_text or length >= LONG_TEXT else SPAM
    if length >= LONG_TEXT and alone < RULED:
        return LONG_SPAM
    if mark[0] in FIRM:
        return RULED_FIRMLY
    return RULED_TEXT if line.prose else RULED


def spam_lines(around: Surroundings, model: Rounds) -> list[Line]:
    """The lines that are spam or furniture for sure, whatever they are."""
    chances = weighed_lines(around, model).together
    return [line for line, chance in zip(around.lines, chances.tolist(), strict=True) if chance > SURELY]


def sure_lines(around: Surroundings, model: Rounds) -> dict[str, float]:
    """How sure it is of what lines are spam or furniture for sure, by themselves too, that no clean page has: no
    rule, date, byline or number of a page, no ways to get in touch; running text is if it is surer.
    """
    judged = weighed_lines(around, model)
    least = np.minimum(judged.alone + (SURELY - SPAM), judged.together)
    out: dict[str, float] = {}
    for number in (least > SURELY).nonzero()[0].tolist():
        line = around.lines[number]
        if least[number] > (PLAINLY if line.prose else SURELY) and not is_anywhere(around, number):
            out[line.key] = float(least[number])
    return out


def is_anywhere(around: Surroundings, number: int) -> bool:
    """Whether a line is what clean pages have too, whatever the model says of it."""
    key, found = around.lines[number].key, around.sheet.found[number]
    if (found and found.reason in ANYWHERE) or is_about(key) or _TURN.match(key) or is_paging(key):
        return True
    return _ADDRESS.search(key) is not None or CONTACT.search(key) is not None


def is_about(key: str) -> bool:
    """Whether a line says who wrote an article, and when: neither its text nor spam, and nothing the model knows."""
    return is_byline(key) or is_credits(key)


class Weighed(NamedTuple):
    """The probability of each line in the first and the second round, and the rows of traits of the second."""

    alone: Chances
    together: Chances
    rows: Rows


@lru_cache(maxsize=1)
def weighed_lines(around: Surroundings, model: Rounds) -> Weighed:
    """Both rounds over the lines of a page; the last answer is kept, for pages without a keyword ask twice."""
    return weighed(around.table, model)


def weighed(table: Rows, model: Rounds) -> Weighed:
    """Both rounds over the rows of a page."""
    alone = chances_of(model.alone.weigh(table))
    rows = np.concatenate([table, around_of(table, alone)], axis=1)
    return Weighed(alone, chances_of(model.together.weigh(rows)), rows)
