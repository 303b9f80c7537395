"""Weighs all that is known of a line: trees in two rounds, the second of which knows what the first says of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.headline import is_byline, is_credits
from processors.algorithms.layout import Line
from processors.algorithms.patterns import CONTACT
from processors.algorithms.sheet import Mark
from processors.algorithms.surroundings import NOWHERE, TRAITS, Column, Surroundings, shifted
from processors.algorithms.trees import Chances, Rounds, Rows, chances_of, read_rounds

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
)
"""What the first round says, as a probability: of the line, of those around; text is what is rather an article's."""

EVIDENCE = 3
"""So many of the heaviest traits are given as the reason of a cut."""

COLUMNS = {"alone": TRAITS, "together": (*TRAITS, *AROUND)}


@cache
def read_line_model(path: Path) -> Rounds:
    """The trees for lines in a file."""
    return read_rounds(path, COLUMNS)


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
    return np.stack([column.astype(np.float32) for column in columns], axis=1)


def _away(lines: npt.NDArray[np.float64]) -> Column:
    return np.minimum(lines, NOWHERE).astype(np.float32)


SPAM, RULED, RULED_TEXT, SURELY = 0.6, 0.2, 0.4, 0.8
"""A line goes from this probability on; if a rule cuts it too from a lower one, running text from a higher of both.
The model is sure from the highest."""

LONG_TEXT, LONG_SPAM = 200, 0.95
"""Running text so long that no rule cuts goes from this probability on: the only paragraph of a page among much spam
is judged by what stands around it, but by itself it reads as text does."""

DOUBTED = 0.05
"""A line that is judged wrongly with less probability is in no doubt."""

FIRM = frozenset({"decoration", "page_info", "place_run", "promotion", "small_print"})
"""What no article's line looks like; a rule that says so is right on a polluted page."""

_ADDRESS = re.compile("地址|邮编|邮箱|信箱|传真|电话|热线|手机|联系|开放时间|营业时间|办公")
"""What pages have that are there to be reached, clean ones too."""


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
        if is_about(line.key) or (mark and mark[0] in FIRM):
            continue
        if chance < _least(mark, line):
            sheet.marks[number] = None
        elif mark is None:
            because = model.together.heaviest(judged.rows[number], EVIDENCE)
            sheet.marks[number] = ("unlike_article", {"chance": round(chance, 3), "because": because})
        wrong = chance if sheet.marks[number] is None else 1.0 - chance
        if wrong >= DOUBTED:
            doubts.append(Doubt(line.start, line.end, round(wrong * len(line.key), 2)))
    return doubts


def _least(mark: Mark | None, line: Line) -> float:
    """The probability from which on a line goes."""
    if mark is None:
        return LONG_SPAM if line.prose and len(line.key) >= LONG_TEXT else SPAM
    return RULED_TEXT if line.prose else RULED


def spam_lines(around: Surroundings, model: Rounds) -> list[Line]:
    """The lines that are spam or furniture for sure, whatever they are."""
    chances = weighed(around.table, model).together
    return [line for line, chance in zip(around.lines, chances.tolist(), strict=True) if chance > SURELY]


def sure_lines(around: Surroundings, model: Rounds) -> Iterator[int]:
    """The lines that are spam or furniture for sure, by themselves too: no prose, and no ways to get in touch."""
    judged = weighed(around.table, model)
    for number in ((judged.together > SURELY) & (judged.alone > SPAM)).nonzero()[0].tolist():
        line = around.lines[number]
        if not line.prose and not _ADDRESS.search(line.key) and not CONTACT.search(line.key):
            yield number


def is_about(key: str) -> bool:
    """Whether a line says who wrote an article, and when: neither its text nor spam, and nothing the model knows."""
    return is_byline(key) or is_credits(key)


class Weighed(NamedTuple):
    """The probability of each line in the first and the second round, and the rows of traits of the second."""

    alone: Chances
    together: Chances
    rows: Rows


def weighed(table: Rows, model: Rounds) -> Weighed:
    """Both rounds over the rows of a page."""
    alone = chances_of(model.alone.weigh(table))
    rows = np.concatenate([table, around_of(table, alone)], axis=1)
    return Weighed(alone, chances_of(model.together.weigh(rows)), rows)
