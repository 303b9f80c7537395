"""Tables over characters: where they are read from, and the lookup of a whole text in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from pipeline.shipped import shipped

Codes = npt.NDArray[np.uint32]
"""A text as an array of code points, one element a character."""

Marks = npt.NDArray[np.unsignedinteger]
"""One set of flags a character."""

Places = npt.NDArray[np.int64]
"""Places in a text, ascending."""

Table = TypeVar("Table", Codes, Marks)
"""Anything that is looked up by code point."""

CODE_POINTS = 0x110000

BLOCK = 1 << 15

_GONE = "-"
"""The choices of an entry that OpenCC has dropped."""


@cache
def opencc(name: str) -> Mapping[str, tuple[str, ...]]:
    """A dictionary of OpenCC (``TSCharacters``, ``TSPhrases`` …): entry -> its choices.

    The package's own, which stands still, brought up to a later release by the shipped ``opencc/<name>.tsv``.
    """
    path = files("opencc").joinpath("dictionary", f"{name}.txt")
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    entries = [line.split("\t") for line in lines if "\t" in line]
    if shipped("script", "opencc", f"{name}.tsv").is_file():
        entries += [list(row) for row in rows(f"opencc/{name}")]
    latest = {entry: choices for entry, choices, *_ in entries}
    return {entry: tuple(choices.split()) for entry, choices in latest.items() if choices != _GONE}


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the shipped table ``config/script/<name>.tsv``, without its header."""
    return tuple(tuple(line.split("\t")) for line in _lines(name))


def variants() -> Iterator[tuple[str, str]]:
    """The variants and their standard characters; there are thousands, so the other columns are not looked at."""
    return ((line[0], line[2]) for line in _lines("variants"))


def _lines(name: str) -> list[str]:
    return shipped("script", *f"{name}.tsv".split("/")).read_text(encoding="utf-8").splitlines()[1:]


@cache
def traditional_pairs() -> Mapping[str, str]:
    """Genuine Traditional -> standard Simplified: OpenCC's first choices, corrected by the reviewed ones.

    What no genuine text has is restored here too: where it stands all the same, nothing else can be meant.
    """
    genuine = {source: choices[0] for source, choices in opencc("TSCharacters").items()}
    return {**_reviewed("invented"), **genuine, **_reviewed("traditional")}


@cache
def invented_pairs() -> Mapping[str, str]:
    """Invented Traditional and any variant -> standard Simplified, on top of the genuine pairs."""
    reviewed = [pair for use in ("invented", "borrowed", "context") for pair in _reviewed(use).items()]
    return {**traditional_pairs(), **dict(variants()), **dict(reviewed)}


def _reviewed(use: str) -> dict[str, str]:
    return {row[0]: row[1] for row in rows("reviewed") if row[2] == use}


def codes_of(text: str) -> Codes:
    """A text as code points; lone surrogates are kept. The array is read-only."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def text_of(codes: Codes) -> str:
    """The text of the code points."""
    return str(np.ascontiguousarray(codes, dtype="<u4").data, "utf-32-le", "surrogatepass")


def blocks(length: int) -> Iterator[slice]:
    """The stretches to take a long text in, so that what is made on the way stays in the processor's cache."""
    return (slice(start, start + BLOCK) for start in range(0, length, BLOCK))


@cache
def _every() -> Codes:
    return np.arange(CODE_POINTS, dtype=np.uint32)


def lookup(pairs: Mapping[str, str]) -> Codes:
    """An array that gives for each code point the one to put in its place: itself where ``pairs`` has none.

    Pairs longer than one character on either side are left out.
    """
    table = _every().copy()
    single = [source + target for source, target in pairs.items() if len(source) == len(target) == 1]
    codes = codes_of("".join(single))
    table[codes[::2]] = codes[1::2]
    return table


def places_of(marks: Marks, flags: int) -> Places:
    """The places of the characters that have one of the flags."""
    places: Places = (marks & flags).astype(np.bool_).nonzero()[0]
    return places


def count_of(marks: Marks, flags: int) -> int:
    """How many characters have one of the flags."""
    return int(np.count_nonzero(marks & flags))


def looked_up(table: Table, codes: Codes, out: Table | None = None) -> Table:
    """What a table over code points has for each character, put into ``out`` if given."""
    if len(codes) <= BLOCK:
        return table.take(codes, out=out, mode="clip")
    out = np.empty(len(codes), dtype=table.dtype) if out is None else out
    for block in blocks(len(codes)):
        table.take(codes[block], out=out[block], mode="clip")
    return out


def lengths_of(starts: Places, total: int) -> Places:
    """How long each stretch of a text is, given where they begin, the first at 0, and the length of the text."""
    lengths = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=lengths[:-1])
    lengths[-1] = total - starts[-1]
    return lengths


def mark(table: Marks, characters: str, flag: int) -> None:
    """Set a flag for each of the characters in a table over code points."""
    table[codes_of(characters)] |= np.uint32(flag)
