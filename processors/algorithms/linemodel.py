"""Weighs all that is known of a line: a linear model in two rounds, the second of which knows the neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import repeat
from math import exp
from pathlib import Path
from typing import NamedTuple

import yaml

from processors.algorithms.headline import is_byline, is_credits
from processors.algorithms.patterns import CONTACT
from processors.algorithms.sheet import Sheet
from processors.algorithms.surroundings import Surroundings, Traits

LEVELS = 5
"""How finely the second round takes the first one's probabilities."""

_LEVELS = tuple(f"{level}/{LEVELS - 1}" for level in range(LEVELS))

WINDOW = 5
"""So many lines on each side count together."""

ARTICLE = 0.3
"""Prose that is spam with less than this probability is an article's."""

KNOWN_GROUPS = 1 << 14
"""So many of the last groups of traits are remembered with their weights."""

EVIDENCE = 3
"""So many of the heaviest traits are given as the reason of a cut."""


@dataclass(frozen=True, slots=True)
class Round:
    """What each trait adds to the logarithm of the odds that a line is spam or furniture."""

    bias: float
    weights: Mapping[str, float]

    def weight(self, traits: Iterable[str], others: float = 0.0) -> float:
        """What traits add up to, with what others do; those that the training did not meet weigh nothing."""
        return sum(map(self.weights.get, traits, repeat(0.0)), others)

    def probability(self, traits: Iterable[str], others: float = 0.0) -> float:
        """The probability of a line with these traits, and with others of that weight."""
        return 1.0 / (1.0 + exp(-self.bias - self.weight(traits, others)))

    def heaviest(self, traits: Iterable[str]) -> list[str]:
        """What speaks most for spam."""
        ranked = sorted((-self.weights.get(trait, 0.0), trait) for trait in traits)
        return [trait for weight, trait in ranked[:EVIDENCE] if weight < 0]


@dataclass(frozen=True, slots=True, eq=False)
class LineModel:
    """Both rounds. A model is equal to itself only, so that what it weighs can be remembered."""

    alone: Round
    together: Round


@lru_cache(maxsize=KNOWN_GROUPS)
def weights_of(traits: Traits, model: LineModel) -> tuple[float, float]:
    """What traits weigh in both rounds."""
    return model.alone.weight(traits), model.together.weight(traits)


@cache
def read_line_model(path: Path) -> LineModel:
    """The model in a YAML file; see the shipped one for its form."""
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return LineModel(*(Round(float(raw[name]["bias"]), raw[name]["weights"]) for name in ("alone", "together")))


def neighbours(sheet: Sheet, chances: Sequence[float]) -> Iterator[list[str]]:
    """The traits that the first round's probabilities give each line: its own, its neighbours', those around."""
    article = [line.prose and chance < ARTICLE for line, chance in zip(sheet.lines, chances, strict=True)]
    first = article.index(True) if True in article else len(article)
    last = len(article) - 1 - article[::-1].index(True) if True in article else -1
    everywhere = f"on the page {_level(sum(chances) / max(1, len(chances)))}"
    levels = ["-", "-", *map(_level, chances), "-", "-"]
    for number, line in enumerate(sheet.lines):
        base = "prose" if line.prose else "no prose"
        two_before, before, own, after, two_after = levels[number : number + 5]
        above, below = "above" if first < number else "not above", "below" if last > number else "not below"
        yield [
            f"alone {own}",
            f"alone {own} & {base}",
            f"before it {before} & {base}",
            f"behind it {after} & {base}",
            f"between {before} and {after}",
            f"two before {two_before} two behind {two_after}",
            f"so far {_mean(chances[max(0, number - WINDOW) : number])}",
            f"from here {_mean(chances[number + 1 : number + 1 + WINDOW])}",
            everywhere,
            f"article {above}, {below} & {base}",
        ]


SPAM, RULED, SURELY = 0.6, 0.2, 0.8
"""A line goes from this probability on, from the lower one if a rule cuts it too; the model is sure from the higher."""

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


def judge_lines(around: Surroundings, model: LineModel) -> list[Doubt]:
    """Marks and unmarks the lines of the sheet by their probability to be spam or furniture; what is in doubt then."""
    sheet = around.sheet
    doubts = []
    for number, (_, chance, beside) in enumerate(_chances(around, model)):
        mark, line = sheet.marks[number], sheet.lines[number]
        if is_about(line.key) or (mark and mark[0] in FIRM):
            continue
        if chance < (RULED if mark else SPAM):
            sheet.marks[number] = None
        elif mark is None:
            because = model.together.heaviest([*around.traits(number), *beside])
            evidence = {"chance": round(chance, 3), "because": because}
            sheet.marks[number] = ("unlike_article", evidence)
        wrong = chance if sheet.marks[number] is None else 1.0 - chance
        if wrong >= DOUBTED:
            doubts.append(Doubt(line.start, line.end, round(wrong * len(line.key), 2)))
    return doubts


def sure_lines(around: Surroundings, model: LineModel) -> list[int]:
    """The lines that are spam or furniture for sure, by themselves too: no prose, and no ways to get in touch."""
    out = []
    for number, (alone, chance, _) in enumerate(_chances(around, model)):
        key, prose = around.lines[number].key, around.lines[number].prose
        sure = chance > SURELY and alone > SPAM and not prose
        if sure and not _ADDRESS.search(key) and not CONTACT.search(key):
            out.append(number)
    return out


def is_about(key: str) -> bool:
    """Whether a line says who wrote an article, and when: neither its text nor spam, and nothing the model knows."""
    return is_byline(key) or is_credits(key)


def _chances(around: Surroundings, model: LineModel) -> Iterator[tuple[float, float, list[str]]]:
    """The probability of each line in the first and the second round, and the traits that the first one gave it.

    A line's own traits are weighed for both rounds and not kept: a long page has too many.
    """
    alone, begun = [], []
    for number in range(len(around.lines)):
        first = others = 0.0
        for group in around.groups(number):
            one, other = weights_of(group, model)
            first, others = first + one, others + other
        alone.append(model.alone.probability((), first))
        begun.append(others)
    for first, others, beside in zip(alone, begun, neighbours(around.sheet, alone), strict=True):
        yield first, model.together.probability(beside, others), beside


def _level(chance: float) -> str:
    return _LEVELS[min(LEVELS - 1, int(chance * LEVELS))]


def _mean(chances: Sequence[float]) -> str:
    return _level(sum(chances) / len(chances)) if chances else "-"
