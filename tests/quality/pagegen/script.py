"""The scripts a page may be written in: Simplified, Taiwan's Traditional, and the invented one of spam sites."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from typing import Literal

from opencc import OpenCC

Script = Literal["simp", "trad", "pseudo"]

PAIRS = Path(__file__).resolve().parent.parent / "data" / "pseudo.tsv"
UNTOUCHED = "制台系征周志注托秘策春你核款旗野果"


@cache
def written(text: str, script: Script) -> str:
    """A Simplified text in another script."""
    if script == "trad":
        return str(converter("s2tw").convert(text))
    return "".join(_invented(c) for c in text) if script == "pseudo" else text


@cache
def converter(name: str) -> OpenCC:
    """One of OpenCC's conversions, its dictionaries read: it opens them without naming an encoding."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EncodingWarning)
        made = OpenCC(name)
        made.convert("")
    return made


@cache
def _pairs() -> dict[str, str]:
    rows = (line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines())
    return {simplified: invented for invented, simplified in rows}


@cache
def _invented(char: str) -> str:
    """One character for one: the table observed, and where it is silent OpenCC's first choice if that leads back."""
    if char in UNTOUCHED or char in _pairs():
        return _pairs().get(char, char)
    other = str(converter("s2t").convert(char))
    return other if len(other) == 1 and converter("t2s").convert(other) == char else char
