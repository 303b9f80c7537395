"""What a line of a page shows by itself, as named traits: its shape, its words, what it calls for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from processors.algorithms.advert import ADVERT_MAX_CHARS, CACHED_LINES, advert_strength
from processors.algorithms.headline import is_heading_inside, is_headline, is_rule, marks_of
from processors.algorithms.layout import han_count, is_prose
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BULLET, CONTACT, DATE, DATE_PREFIX, DECORATION, EMOJI, URL

LENGTHS = (2, 4, 6, 9, 14, 20, 30, 40, 60, 90, 160)
COUNTS = (0, 1, 2, 4, 8)
SHARES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 0.85)

_SEPARATOR = re.compile(r"[_|/>»•·●○]|\s[-–—]\s|--|\s")
_PARTS = re.compile(r"[\s|/>»›•·○●_\[\]【】()<>,、:–—-]+")
_APART = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_STOPS = re.compile("[,。、;!?]")
_NUMBERED = re.compile(r"[\[(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)\]]")
_DATE_END = re.compile(rf"(?:{DATE.pattern}|\d{{1,2}}-\d{{1,2}})[\])】]?$")
_DIGIT = re.compile(r"\d")
_ENDINGS = (
    dict.fromkeys("。!?…”』", "a sentence's end") | dict.fromkeys(",、", "a comma") | dict.fromkeys(":;", "a colon")
)
_ENDINGS |= dict.fromkeys(")]】>》」", "a bracket")


def step(name: str, value: float, edges: Sequence[float]) -> str:
    """A number as a trait: the lowest edge that it does not exceed."""
    at = bisect_left(edges, value)
    return f"{name} to {edges[at]:g}" if at < len(edges) else f"{name} over {edges[-1]:g}"


@lru_cache(maxsize=CACHED_LINES)
def own_traits(key: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The traits of a folded line, whatever stands around it."""
    return (*_shape(key), *_words(key, lexicon))


def _shape(key: str) -> list[str]:
    size = max(1, len(key))
    traits = [
        step("length", len(key), LENGTHS),
        "prose" if is_prose(key) else "no prose",
        f"ends in {_ENDINGS.get(key[-1:], 'no mark')}",
        step("share of punctuation", len(_STOPS.findall(key)) / size, SHARES),
        step("share of Chinese", han_count(key) / size, SHARES),
        step("share of digits", len(_DIGIT.findall(key)) / size, SHARES),
        step("separators", len(_SEPARATOR.findall(key)), COUNTS),
        step("words set apart", len(_APART.findall(key)), COUNTS),
        step("decorations", len(DECORATION.findall(key)), COUNTS[:3]),
    ]
    marks = marks_of(key, key, polluted=True)
    traits += [f"marked: {style}" for style in sorted(marks.styles)]
    traits += ["could be a headline"] * is_headline(key[marks.start : marks.end])
    shapes = {
        "bulleted": BULLET,
        "numbered": _NUMBERED,
        "begins with a date": DATE_PREFIX,
        "ends with a date": _DATE_END,
        "pictographs": EMOJI,
    }
    traits += [name for name, shape in shapes.items() if shape.search(key) and (name != "numbered" or shape.match(key))]
    traits += ["a heading by its words"] * is_heading_inside(key)
    return traits + ["a rule"] * is_rule(key)


def _words(key: str, lexicon: Lexicon) -> list[str]:
    near = key if len(key) <= ADVERT_MAX_CHARS else ""
    parts = [part for part in _PARTS.split(near) if part]
    known = sum(part in lexicon.plain_words for part in parts)
    traits = [
        step("calls", advert_strength(near, lexicon), COUNTS[:4]),
        step("pressing words", len(set(lexicon.promo.findall(near))), COUNTS[:4]),
        step("share of words that only sites have", known / max(1, len(parts)), (0, 0.3, 0.6, 0.9)),
        step("words sold", len(set(lexicon.trade.findall(near))), COUNTS[:3]),
    ]
    traits += ["an address"] * (URL.search(key) is not None)
    traits += ["a way to get in touch"] * (CONTACT.search(key) is not None)
    ends = sum(part.endswith(_suffixes(lexicon)) for part in parts)
    return [*traits, step("parts that end as keywords do", ends, COUNTS[:3])]


@lru_cache(maxsize=64)
def _suffixes(lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(lexicon.terms["suffix"])
