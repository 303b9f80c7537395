"""Which script the lines of a text are in: Simplified, genuine Traditional, invented Traditional or Japanese."""

from __future__ import annotations

from enum import IntEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import CODE_POINTS, Codes, Marks, mark, opencc, rows, traditional_pairs

Counts = npt.NDArray[np.int64]


class Script(IntEnum):
    """The script of a line. Lines that could be anything follow the article they stand in."""

    OTHER = 0
    SIMPLIFIED = 1
    TRADITIONAL = 2
    INVENTED = 3
    JAPANESE = 4

    @property
    def label(self) -> str:
        """The name it has in ``meta``."""
        return "pseudo" if self is Script.INVENTED else self.name.lower()


HAN, SIMPLE, COMPLEX, INVENTED, CORRECT, KANA, ASKS, BORROWED = (1 << bit for bit in range(8))
"""What a character says. SIMPLE: only Simplified text has it. COMPLEX: only Traditional text, genuine or invented.
INVENTED: no genuine text uses it so; without COMPLEX it is a rarity that other text may name. BORROWED: invented text
has it for another character (琯 for 管), genuine text in names at most. CORRECT: what genuine text has there (管).
ASKS: its standard form depends on its neighbours."""

_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
_KANA = (range(0x3041, 0x3097), range(0x30A1, 0x30FB))

_COMPLEX_IN_GB2312 = "後捱摺菸醣麴"
"""Characters of GB2312 that are in no Simplified text today: the standard list has dropped them."""

_ENOUGH = 4
"""Characters of evidence from which a line is judged by itself and not by its article."""


@cache
def table() -> Marks:
    """The flags of every code point."""
    marks = np.zeros(CODE_POINTS, dtype=np.uint8)
    for blocks, flag in ((_HAN, HAN), (_KANA, KANA)):
        for block in blocks:
            marks[block.start : block.stop] = flag
    complex_, simple = _told_apart()
    mark(marks, complex_, COMPLEX)
    mark(marks, simple, SIMPLE)
    reviewed = {use: [row[:2] for row in rows("reviewed") if row[2] == use] for use in ("invented", "borrowed")}
    mark(marks, "".join(source for source, _ in reviewed["invented"]), COMPLEX | INVENTED)
    mark(marks, _rare(), INVENTED)
    mark(marks, "".join(source for source, _ in reviewed["borrowed"]), BORROWED)
    mark(marks, _correct([target for pairs in reviewed.values() for _, target in pairs]), CORRECT)
    return marks


def _told_apart() -> tuple[str, str]:
    """Characters of Traditional text only, and of Simplified text only, as Big5 and GB2312 have them."""
    choices = opencc("STCharacters")
    sources = "".join(source for source, target in traditional_pairs().items() if target != source)
    common = set(sources.encode("gb2312", "ignore").decode("gb2312")) - set(_COMPLEX_IN_GB2312)
    simple = "".join(s for s in choices if s not in choices[s] and s not in traditional_pairs())
    shared = set(simple.encode("big5", "ignore").decode("big5"))
    return "".join(s for s in sources if s not in common), "".join(s for s in simple if s not in shared)


def _rare() -> str:
    """Variants that are in no list of characters in common use, Taiwan's included."""
    variants = "".join(row[0] for row in rows("variants"))
    known = set(variants.encode("big5", "ignore").decode("big5"))
    return "".join(v for v in variants if v not in known)


def _correct(targets: list[str]) -> str:
    """What genuine text has where the invention has another character: these standard forms and OpenCC's for them."""
    choices = opencc("STCharacters")
    forms = {form for target in targets for form in (target, *choices.get(target, ()))}
    variants = {row[0] for name in ("variants", "reviewed") for row in rows(name)}
    return "".join(sorted(forms - variants))


def line_starts(codes: Codes) -> Counts:
    """Where the lines begin; a text has one more line than it has line feeds, the last one may be empty."""
    return np.concatenate(([0], np.flatnonzero(codes == ord("\n")) + 1)).astype(np.int64)


def judge(marks: Marks, starts: Counts) -> npt.NDArray[np.uint8]:
    """The script of each line of a text, given the flags of its characters and the starts of its lines."""
    han, simple, complex_, invented, borrowed, correct, kana = _counts(marks, starts)
    japanese = (kana >= 3) & (kana > complex_)
    leaning = (complex_ > simple) & ~japanese
    whole = bool(complex_[leaning].sum() > simple[~japanese].sum())
    own = leaning & (invented + correct >= _ENOUGH)
    as_whole = _is_invention(invented[leaning].sum(), borrowed[leaning].sum(), correct[leaning].sum())
    as_invention = np.where(own, _is_invention(invented, borrowed, correct), as_whole)
    changed = np.where(as_invention, Script.INVENTED, Script.TRADITIONAL)
    neutral = (simple == 0) & (complex_ == 0) & (han > 0) & ~japanese
    active = (leaning & (whole | (complex_ >= _ENOUGH))) | (neutral & whole)
    scripts = np.where(han > 0, Script.SIMPLIFIED, Script.OTHER)
    scripts = np.where(active, changed, scripts)
    return np.where(japanese, Script.JAPANESE, scripts).astype(np.uint8)


def _is_invention(invented: Counts, borrowed: Counts, correct: Counts) -> npt.NDArray[np.bool_]:
    """Whether the counts speak for the invented script. It is one-to-one: what it replaces, it replaces always."""
    verdict: npt.NDArray[np.bool_] = (invented > 0) & (invented + borrowed > correct)
    return verdict


def _counts(marks: Marks, starts: Counts) -> list[Counts]:
    """For each line how many of its characters have each flag."""
    padded = np.append(marks, np.uint8(0))  # so that an empty last line has a character to be counted from
    flags = (HAN, SIMPLE, COMPLEX, INVENTED, BORROWED, CORRECT, KANA)
    return [np.add.reduceat(padded & flag != 0, starts, dtype=np.int64) for flag in flags]
