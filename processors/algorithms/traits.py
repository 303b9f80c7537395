"""What a line of a page shows by itself, as numbers with names: its shape, its words, what it calls for."""

from __future__ import annotations

import re
from functools import lru_cache

from processors.algorithms.advert import ADVERT_MAX_CHARS, CACHED_LINES, advert_strength, pressing_words
from processors.algorithms.headline import is_heading_inside, is_headline, is_rule, marks_alone
from processors.algorithms.layout import han_count, is_prose
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BULLET, CONTACT, DATE, DATE_PREFIX, DECORATION, EMOJI, URL

SHAPE = (
    "length",
    "prose",
    "kind of its end",
    "share of punctuation",
    "share of Chinese",
    "share of digits",
    "share of Latin",
    "separators",
    "words set apart",
    "decorations",
    "longest clause",
    "clauses",
    "length of a clause",
    "questions and calls",
    "marks of a headline",
    "could be a headline",
    "bulleted",
    "numbered",
    "begins with a date",
    "ends with a date",
    "pictographs",
    "a heading by its words",
    "a rule",
    "ends as a body's name",
    "words said twice",
)
"""Lengths are in characters, shares of them; ends are 4 a sentence's, 3 a comma, 2 a colon, 1 a bracket, 0 none."""

WORDS = (
    "calls",
    "pressing words",
    "words sold",
    "pressing words in a hundred",
    "words sold in a hundred",
    "parts",
    "longest part",
    "length of a part",
    "words that only sites have",
    "share of words that only sites have",
    "parts that end as keywords do",
    "an address",
    "a way to get in touch",
    "share of places",
)
"""Parts are what stands between blanks, bars, brackets and the like, in no more than an advert is long."""

OWN = (*SHAPE, *WORDS)

_SEPARATOR = re.compile(r"[_|/>»•·●○]|\s[-–—]\s|--|\s")
_SEPARATING = re.compile(r"[\s_|/>»•·●○-]")
OWN_PARTS = re.compile(r"[\s|/>»›•·○●_\[\]【】()<>,、:–—-]+")
_APART = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_CLAUSE = re.compile("[,。、;!?:]")
LEAST_PLACES = 4
"""Fewer names of places are no list of them."""

_PLACE_ENDS = "县区市旗州"
_PLACE = re.compile(r"(?:[\u3400-\u9fff]{1,7}?(?:自治[县州旗]|[县区市旗州省盟镇乡]))+")
_STOPS = ",。、;!?"
_NUMBERED = re.compile(r"[\[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)\]]")
_DATE_END = re.compile(rf"(?:{DATE.pattern}|\d{{1,2}}-\d{{1,2}})[\])】]?$")
_DATE_LAST = frozenset("0123456789日])】")
_BODY = re.compile(r"(?:局|厅|委|馆|院|校|所|处|站|社|协会|学会|大队|支队|政府|法院|中心|办公室|编辑部)$")
_COMPANY = re.compile(r"(?:公司|集团|厂|店)$")
TWICE_MAX_CHARS = 80
"""In no longer lines it is counted how many words of three characters come again."""

_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile("[a-z]+")
_ENDS = ("", ")]】>》」", ":;", ",、", "。!?…”』")
_ENDINGS = {mark: kind for kind, marks in enumerate(_ENDS) for mark in marks}


@lru_cache(maxsize=CACHED_LINES)
def own_traits(key: str, lexicon: Lexicon) -> tuple[float, ...]:
    """The traits ``OWN`` of a folded line, whatever stands around it."""
    return (*_shape(key), *_words(key, lexicon))


def _shape(key: str) -> tuple[float, ...]:
    length = len(key)
    size = max(1, length)
    clauses = list(map(len, _CLAUSE.split(key)))
    marks = marks_alone(key)
    return (
        length,
        is_prose(key),
        kind_of_end(key),
        sum(map(key.count, _STOPS)) / size,
        han_count(key) / size,
        (length - len(_DIGITS.sub("", key))) / size,
        (length - len(_LETTERS.sub("", key))) / size,
        len(_SEPARATOR.findall(key)) if _SEPARATING.search(key) else 0,
        len(_APART.findall(key)) if " " in key else 0,
        len(DECORATION.findall(key)),
        max(clauses),
        len(clauses),
        length / len(clauses),
        key.count("?") + key.count("!"),
        len(marks.styles),
        is_headline(key[marks.start : marks.end]),
        BULLET.match(key) is not None,
        _NUMBERED.match(key) is not None,
        DATE_PREFIX.match(key) is not None,
        key[-1:] in _DATE_LAST and _DATE_END.search(key) is not None,
        EMOJI.search(key) is not None,
        is_heading_inside(key),
        is_rule(key),
        2 if _BODY.search(key) else 1 if _COMPANY.search(key) else 0,
        _twice(key),
    )


def kind_of_end(key: str) -> int:
    """What a line ends with: 4 the end of a sentence, 3 a comma, 2 a colon, 1 a bracket, 0 none of these."""
    return _ENDINGS.get(key[-1:], 0)


def _twice(key: str) -> int:
    """How many stretches of three characters stand in a short line that stood in it before."""
    count = len(key) - 2
    return count - len({key[at : at + 3] for at in range(count)}) if 0 < count <= TWICE_MAX_CHARS else 0


def _words(key: str, lexicon: Lexicon) -> tuple[float, ...]:
    near = key if len(key) <= ADVERT_MAX_CHARS else ""
    parts = [part for part in OWN_PARTS.split(near) if part]
    count, chars = max(1, len(parts)), sum(map(len, parts))
    pressing, sold = pressing_words(key, lexicon), len(set(lexicon.trade.findall(key)))
    known = sum(part in lexicon.plain_words for part in parts)
    hundreds = max(1, len(key)) / 100
    return (
        advert_strength(near, lexicon),
        pressing,
        sold,
        pressing / hundreds,
        sold / hundreds,
        len(parts),
        max(map(len, parts), default=0),
        chars / count,
        known,
        known / count,
        sum(lexicon.ends_as_suffix(part) for part in parts),
        URL.search(key) is not None,
        CONTACT.search(key) is not None,
        _places(key),
    )


def _places(key: str) -> float:
    """Which part of a line is nothing but names of places."""
    if sum(map(key.count, _PLACE_ENDS)) < LEAST_PLACES:
        return 0
    return sum(len(part) for part in OWN_PARTS.split(key) if _PLACE.fullmatch(part)) / len(key)
