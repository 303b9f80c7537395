"""How texts are compared: without whitespace, widths and the shapes of quotes; folded also without script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from pagegen.script import PAIRS, converter

INVISIBLE = re.compile("[\\s\u200b-\u200f\ufeff\u2060\u00ad]+")
SHAPES = {ord(c): '"' for c in "“”„「」『』\"'‘’`´"} | {ord(c): "-" for c in "—–－‐‑―─-"}
AROUND = re.compile(r"^(?:[•·◆●○■★☆>#]+|标题:|\(?\d{1,2}[)、.]|[一二三四五六七八九十]、)|\*+")
BOXED = re.compile(r"【([^【】]*)】")
GRAM = 5  # characters that make a stretch of text recognizable
SPAM_GRAM = 4


def normal(text: str) -> str:
    """Without whitespace, in one width, with one form of quotes and dashes."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(SHAPES)


@cache
def folded(text: str) -> str:
    """``normal`` with variant and Traditional characters made Simplified, one for one."""
    return "".join(_simplified(c) for c in normal(text))


def bare(title: str) -> str:
    """A title without the marks that pages put round one."""
    title = AROUND.sub("", normal(title))
    boxed = BOXED.fullmatch(title)
    return boxed.group(1) if boxed else title


def without(text: str, optional: Iterable[str]) -> str:
    """``normal`` text without the lines that may stay or go, wherever they stand; short ones only as whole lines."""
    shown = {folded(o) for o in optional}
    kept = normal("\n".join(line for line in text.split("\n") if folded(line) not in shown))
    for line in sorted(shown, key=len, reverse=True):
        at = folded(kept).find(line) if len(line) >= SPAM_GRAM else -1
        if at >= 0 and len(folded(kept)) == len(kept):
            kept = kept[:at] + kept[at + len(line) :]
    return kept


def grams(text: str, size: int) -> set[str]:
    """All stretches of ``size`` characters."""
    return {text[i : i + size] for i in range(len(text) - size + 1)}


def covered(text: str, known: set[str], size: int) -> bytearray:
    """For each character whether it lies in a stretch that is known."""
    marks = bytearray(len(text))
    for i in range(len(text) - size + 1):
        if text[i : i + size] in known:
            marks[i : i + size] = b"\1" * size
    return marks


@cache
def _simplified(char: str) -> str:
    if char in _table():
        return _table()[char]
    other = str(converter("t2s").convert(char))
    return other if len(other) == 1 else char


@cache
def _table() -> dict[str, str]:
    rows = (line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines())
    return dict(rows)
