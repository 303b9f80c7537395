"""Tables over code points: where they are read from, and the lookup of a whole text in one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from pipeline.shipped import shipped

Codes = npt.NDArray[np.uint32]
"""A text as an array of code points, one element a character."""

CODE_POINTS = 0x110000


@cache
def opencc_pairs(name: str) -> Mapping[str, str]:
    """The first choices of a dictionary of opencc-python-reimplemented (``TSCharacters``, ``TSPhrases`` …)."""
    lines = files("opencc").joinpath("dictionary", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if "\t" in line)
    return {row[0]: row[1].split(" ")[0] for row in rows}


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the shipped table ``config/script/<name>.tsv``, without its header."""
    lines = shipped("script", f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return tuple(tuple(line.split("\t")) for line in lines)


def codes_of(text: str) -> Codes:
    """A text as code points; lone surrogates are kept."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def text_of(codes: Codes) -> str:
    """The text of the code points."""
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


def lookup(pairs: Mapping[str, str]) -> Codes:
    """An array that gives for each code point the one to put in its place: itself where ``pairs`` has none.

    Pairs longer than one character on either side are left out.
    """
    table = np.arange(CODE_POINTS, dtype=np.uint32)
    single = [(ord(source), ord(target)) for source, target in pairs.items() if len(source) == len(target) == 1]
    if single:
        sources, targets = zip(*single, strict=True)
        table[list(sources)] = targets
    return table
