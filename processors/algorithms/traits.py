"""What a line of a page shows by itself, as named traits: its shape, its words, what it calls for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from processors.algorithms.advert import ADVERT_MAX_CHARS, CACHED_LINES, advert_strength
from processors.algorithms.headline import is_heading_inside, is_headline, is_rule, marks_alone
from processors.algorithms.layout import han_count, is_prose
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BULLET, CONTACT, DATE, DATE_PREFIX, DECORATION, EMOJI, URL

LENGTHS = (2, 4, 6, 9, 14, 20, 30, 40, 60, 90, 160)
COUNTS = (0, 1, 2, 4, 8)
SHARES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 0.85)

_SEPARATOR = re.compile(r"[_|/>»•·●○]|\s[-–—]\s|--|\s")
_SEPARATING = re.compile(r"[\s_|/>»•·●○-]")
_PARTS = re.compile(r"[\s|/>»›•·○●_\[\]【】()<>,、:–—-]+")
_APART = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_STOPS = ",。、;!?"
_NUMBERED = re.compile(r"[\[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)\]]")
_DATE_END = re.compile(rf"(?:{DATE.pattern}|\d{{1,2}}-\d{{1,2}})[\])】]?$")
_DATE_LAST = frozenset("0123456789日])】")
_DIGITS = re.compile(r"\d+")
_BEGINNINGS = {"bulleted": BULLET, "numbered": _NUMBERED, "begins with a date": DATE_PREFIX}
_MARKS = {"a sentence's end": "。!?…”』", "a comma": ",、", "a colon": ":;", "a bracket": ")]】>》」"}
_ENDINGS = {mark: f"ends in {name}" for name, marks in _MARKS.items() for mark in marks}


CALLS = 9
"""The number of the trait that says how strongly a line calls; the second one says whether it is prose."""


class Scale:
    """A number as a trait: the lowest edge that it does not exceed."""

    def __init__(self, name: str, edges: Sequence[float]) -> None:
        self.edges = edges
        self.names = (*(f"{name} to {edge:g}" for edge in edges), f"{name} over {edges[-1]:g}")

    def __call__(self, value: float) -> str:
        """The trait of a number."""
        return self.names[bisect_left(self.edges, value)]


_LENGTH = Scale("length", LENGTHS)
_PUNCTUATION = Scale("share of punctuation", SHARES)
_CHINESE = Scale("share of Chinese", SHARES)
_DIGITAL = Scale("share of digits", SHARES)
_SEPARATORS = Scale("separators", COUNTS)
_WORDS_APART = Scale("words set apart", COUNTS)
_DECORATIONS = Scale("decorations", COUNTS[:3])
_CALLS = Scale("calls", COUNTS[:4])
_PRESSING = Scale("pressing words", COUNTS[:4])
_SITE_WORDS = Scale("share of words that only sites have", (0, 0.3, 0.6, 0.9))
_KNOWN = Scale("words that only sites have", COUNTS[:4])
_SOLD = Scale("words sold", COUNTS[:3])
_SUFFIXED = Scale("parts that end as keywords do", COUNTS[:3])


@lru_cache(maxsize=CACHED_LINES)
def own_traits(key: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The traits of a folded line, whatever stands around it."""
    words, shape = _words(key, lexicon), _shape(key)
    return (*shape[:CALLS], *words, *shape[CALLS:])


def _shape(key: str) -> list[str]:
    size = max(1, len(key))
    traits = [
        _LENGTH(len(key)),
        "prose" if is_prose(key) else "no prose",
        _ENDINGS.get(key[-1:], "ends in no mark"),
        _PUNCTUATION(sum(map(key.count, _STOPS)) / size),
        _CHINESE(han_count(key) / size),
        _DIGITAL((len(key) - len(_DIGITS.sub("", key))) / size),
        _SEPARATORS(len(_SEPARATOR.findall(key)) if _SEPARATING.search(key) else 0),
        _WORDS_APART(len(_APART.findall(key)) if len(key.split()) > 1 else 0),
        _DECORATIONS(len(DECORATION.findall(key))),
    ]
    marks = marks_alone(key)
    traits += [f"marked: {style}" for style in sorted(marks.styles)]
    traits += ["could be a headline"] * is_headline(key[marks.start : marks.end])
    traits += [name for name, shape in _BEGINNINGS.items() if shape.match(key)]
    if key[-1:] in _DATE_LAST and _DATE_END.search(key):
        traits.append("ends with a date")
    traits += ["pictographs"] * (EMOJI.search(key) is not None)
    traits += ["a heading by its words"] * is_heading_inside(key)
    return traits + ["a rule"] * is_rule(key)


def _words(key: str, lexicon: Lexicon) -> list[str]:
    near = key if len(key) <= ADVERT_MAX_CHARS else ""
    parts = [part for part in _PARTS.split(near) if part]
    known = sum(part in lexicon.plain_words for part in parts)
    traits = [
        _CALLS(advert_strength(near, lexicon)),
        _PRESSING(len(set(lexicon.promo.findall(near)))),
        _SITE_WORDS(known / max(1, len(parts))),
        _KNOWN(known),
        _SOLD(len(set(lexicon.trade.findall(near)))),
    ]
    traits += ["an address"] * (URL.search(key) is not None)
    traits += ["a way to get in touch"] * (CONTACT.search(key) is not None)
    return [*traits, _SUFFIXED(sum(lexicon.ends_as_suffix(part) for part in parts))]
