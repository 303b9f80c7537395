"""Text that was read in another encoding than it was written in; it is counted, not mended."""

from __future__ import annotations

import re

SUSPECTS = "\N{REPLACEMENT CHARACTER}锟銆锛鈥"
"""What a wrong encoding leaves and right text hardly ever has: ``锟斤拷`` is the replacement character written in UTF-8
and read as GBK, ``锛 銆 鈥`` begin ``，。“`` treated so."""

LATIN_LETTERS = "".join(map(chr, range(0xC0, 0x100))).replace("\N{MULTIPLICATION SIGN}", "")
"""Where there are none of the suspects, a text is not garbled unless it has these close together."""

_LATIN = re.compile("[\x80-\xff\u0152-\u0192\u02c6\u02dc\u2013-\u2026\u2030-\u203a\u20ac\u2122]{6,}")
_HAN = re.compile("[\u3400-\u9fff\u20ac\ue000-\uf8ff]+[?\ufffd]?")

_COMMON_LATIN = "ãäåæçèéµÄ¡£¬"
"""What most Chinese characters begin with in UTF-8, and the most common ones in GBK, read as Latin."""

_READABLE = 0.6
"""Share of Chinese characters from which a text read anew counts as the right one; losses are usual."""


def garbled(text: str) -> int:
    """How many characters of a text stand for others, because it was read in the wrong encoding.

    Chinese in UTF-8 or GBK read as Latin, Chinese in UTF-8 read as GBK, and replacement characters are known.
    """
    count = text.count("\N{REPLACEMENT CHARACTER}") + 3 * text.count("锟斤拷")
    if any(letter in text for letter in _COMMON_LATIN):
        runs = (found[0] for found in _LATIN.finditer(text))
        count += sum(len(run) for run in runs if _chinese(_bytes(run), ("utf-8", "gb18030")))
    if any(character in text for character in "銆锛鈥"):
        runs = (found[0] for found in _HAN.finditer(text))
        count += sum(len(run) for run in runs if len(run) > 2 and _chinese(_written(run), ("utf-8",)))
    return count


def _bytes(latin: str) -> bytes:
    """What was read as Latin; Windows gives a few of the control codes letters."""
    return b"".join(c.encode("latin-1") if c < "\u0100" else c.encode("cp1252", "ignore") for c in latin)


def _written(run: str) -> bytes:
    return run.encode("gb18030", "ignore")


def _chinese(written: bytes, encodings: tuple[str, ...]) -> bool:
    """Whether bytes are mostly Chinese in one of the encodings."""
    for encoding in encodings:
        text = written.decode(encoding, "replace")
        chinese = sum("\u3000" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" for character in text)
        if chinese >= 2 and chinese >= _READABLE * len(text):
            return True
    return False
