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
_HAN = re.compile("[\u3400-\u9fff\u20ac\ue000-\uf8ff]{2,}[?\ufffd]?")
_REPLACED = re.compile("锟斤拷")

_COMMON_LATIN = "ãäåæçèéµÄ¡£¬"
"""What most Chinese characters begin with in UTF-8, and the most common ones in GBK, read as Latin."""

_READABLE = 0.6
"""Share of Chinese characters from which a text read anew counts as the right one; losses are usual."""


def garbled(text: str) -> tuple[Span, ...]:
    """The runs of characters of a text that stand for others, because it was read in the wrong encoding; in order.

    Chinese in UTF-8 or GBK read as Latin, Chinese in UTF-8 read as GBK, and replacement characters written in UTF-8 and
    read as GBK are known. A replacement character itself is none: it stands for nothing any more.
    """
    runs = [Span(*found.span()) for found in _REPLACED.finditer(text)]
    if any(letter in text for letter in _COMMON_LATIN):
        runs += _runs(_LATIN, text, ("utf-8", "gb18030"))
    if any(character in text for character in "銆锛鈥"):
        runs += _runs(_HAN, text, ("utf-8",))
    return merged(runs)


def _runs(pattern: re.Pattern[str], text: str, encodings: tuple[str, ...]) -> Iterator[Span]:
    for found in pattern.finditer(text):
        if len(found[0]) > 2 and _chinese(_written(found[0], pattern), encodings):
            yield Span(*found.span())


def _written(run: str, pattern: re.Pattern[str]) -> bytes:
    """The bytes that a run was read from; Windows gives a few of the control codes Latin letters."""
    if pattern is _HAN:
        return run.encode("gb18030", "ignore")
    return b"".join(c.encode("latin-1") if c < "\u0100" else c.encode("cp1252", "ignore") for c in run)


def _chinese(written: bytes, encodings: tuple[str, ...]) -> bool:
    """Whether bytes are mostly Chinese in one of the encodings."""
    for encoding in encodings:
        text = written.decode(encoding, "replace")
        chinese = sum("\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" for character in text)
        if chinese >= 2 and chinese >= _READABLE * len(text):
            return True
    return False
