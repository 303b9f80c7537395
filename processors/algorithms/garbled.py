"""Text that was read in another encoding than it was written in; it is found and counted, not mended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.spans import Span, merged

SUSPECTS = "\N{REPLACEMENT CHARACTER}锟銆锛鈥"
"""What a wrong encoding leaves and right text hardly ever has: ``锟斤拷`` is the replacement character written in UTF-8
and read as GBK, ``锛 銆 鈥`` begin ``，。“`` treated so."""

LATIN_LETTERS = "".join(map(chr, range(0xC0, 0x100))).replace("\N{MULTIPLICATION SIGN}", "")
"""Where there are none of the suspects, a text is not garbled unless it has these close together."""

_LATIN = re.compile("[\x80-\xff\u0152-\u0192\u02c6\u02dc\u2013-\u2026\u2030-\u203a\u20ac\u2122]{6,}")
_GBK = re.compile("[^\x00-\x7f]+[?]?")
"""GBK has kana, Greek and Cyrillic letters too."""
_LINE = re.compile("[^\n]+")
_REPLACED = re.compile("锟斤拷")

_COMMON_LATIN = "ãäåæçèéµÄ¡£¬"
"""What most Chinese characters begin with in UTF-8, and the most common ones in GBK, read as Latin."""

_HAN_BYTES = 3
"""Bytes of a Chinese character in UTF-8."""

_READABLE = 0.6
"""Share of Chinese characters from which a text read anew counts as the right one; losses are usual."""


def garbled(text: str) -> tuple[Span, ...]:
    """The runs of characters of a text that stand for others, because it was read in the wrong encoding; in order.

    Chinese in UTF-8 or GBK read as Latin, Chinese in UTF-8 read as GBK, and replacement characters written in UTF-8 and
    read as GBK are known. A replacement character itself is none: it stands for nothing any more.
    """
    runs = [Span(*found.span()) for found in _REPLACED.finditer(text)]
    if any(letter in text for letter in _COMMON_LATIN):
        found = (run for run in _LATIN.finditer(text) if _chinese(_bytes(run[0]), ("utf-8", "gb18030")))
        runs += (Span(*run.span()) for run in found)
    if any(character in text for character in "銆锛鈥"):
        for line in _LINE.finditer(text):
            runs += _read_as_gbk(text, line.start(), line.end())
    return merged(runs)


def _read_as_gbk(text: str, start: int, end: int) -> Iterator[Span]:
    """The runs of a line that are UTF-8 read as GBK: all that are not ASCII, if most of what they hold is Chinese."""
    runs = list(_GBK.finditer(text, start, end))
    written = [run[0].encode("gb18030", "ignore") for run in runs]
    readable = [_HAN_BYTES * _count_chinese(part.decode("utf-8", "replace")) for part in written]
    whole = sum(readable) >= _READABLE * sum(map(len, written))
    for run, part, many in zip(runs, written, readable, strict=True):
        if whole or (many > _HAN_BYTES and many >= _READABLE * len(part)):
            yield Span(*run.span())


def _bytes(latin: str) -> bytes:
    """What was read as Latin; Windows gives a few of the control codes letters."""
    return b"".join(c.encode("latin-1") if c < "\u0100" else c.encode("cp1252", "ignore") for c in latin)


def _chinese(written: bytes, encodings: tuple[str, ...]) -> bool:
    """Whether bytes are mostly Chinese in one of the encodings."""
    texts = [written.decode(encoding, "replace") for encoding in encodings]
    return any(_count_chinese(text) >= max(2, _READABLE * len(text)) for text in texts)


def _count_chinese(text: str) -> int:
    return sum("\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" for character in text)
