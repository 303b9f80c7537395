"""Form of a text that is not script: blanks, line ends, invisible characters, widths and the Unicode form."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import CODE_POINTS, Codes, Marks, Places, codes_of, lookup, mark, text_of
from processors.algorithms.entities import decoded
from processors.algorithms.garbled import LATIN_LETTERS, SUSPECTS, garbled

Flags = npt.NDArray[np.bool_]

INVISIBLE, CONTROL, WIDE, LINE_END, BLANK, SPACE, JOINER, PRIVATE, COMPOSES, REFERENCE, SUSPECT, LATIN = (
    1 << bit for bit in range(12)
)

_INVISIBLE = (
    "\N{SOFT HYPHEN}\N{ARABIC LETTER MARK}\N{MONGOLIAN VOWEL SEPARATOR}\N{ZERO WIDTH SPACE}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\u202a\u202b\u202c\u202d\u202e"
    "\N{WORD JOINER}\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    "\N{ZERO WIDTH NO-BREAK SPACE}\ufff9\ufffa\ufffb\u034f\u115f\u1160\u180b\u180c\u180d\u180f\u2065\U000e0001"
)
_BLANK = "\t\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
_BLANK += "\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}\N{IDEOGRAPHIC SPACE}\N{HANGUL FILLER}"
_LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-15}\N{VARIATION SELECTOR-16}"
_TAGS = range(0xE0020, 0xE0080)
_LONGEST_REFERENCE = 34
_WIDE = [range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B)]
_SAME = [range(0x2E80, 0x2FE0), range(0x1D400, 0x1D800)]
"""Radicals used for characters (a habit of PDF) and mathematical letters: their compatibility form says the same."""
_PRIVATE = [range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE)]
_COMPOSED = [
    *(range(0x300), range(0x2002, 0x20D0)),
    *(range(0x2100, 0x2126), range(0x212C, 0x2329), range(0x232B, 0x2ADC)),
    *(range(0x3000, 0x302A), range(0x3030, 0x3099), range(0x309B, 0xA000)),
    range(0xAC00, 0xD7A4),
    range(0xE000, 0xF900),
    range(0xFE30, 0xFFF0),
    range(0x1F000, 0x1FB00),
    *(range(0x20000, 0x2F800), range(0x30000, 0x32000)),
]
"""Characters of these blocks are in NFC wherever they stand; texts of nothing else need no closer look."""


class Tidied(NamedTuple):
    """A tidied text, also as code points, and how many of its characters stand for others.

    ``kept`` is None where every character stayed in its place; ``aligned`` False says that characters were composed
    into one, so that there are no places to tell. ``settled`` False: tidying it may have brought more to light.
    """

    text: str
    codes: Codes
    kept: Places | None = None
    aligned: bool = True
    garbled: int = 0
    settled: bool = True


@cache
def _tables() -> tuple[Marks, Codes]:
    wide = {chr(c): unicodedata.normalize("NFKC", chr(c)) for block in _WIDE + _SAME for c in block}
    wide = {source: target for source, target in wide.items() if target != source and len(target) == 1}
    wide |= {chr(c): "\N{REPLACEMENT CHARACTER}" for c in range(0xD800, 0xE000)}
    marks = np.full(CODE_POINTS, COMPOSES, dtype=np.uint16)
    for block in _COMPOSED:
        marks[block.start : block.stop] = 0
    controls = "".join(chr(c) for c in [*range(0x20), *range(0x7F, 0xA0)] if chr(c) not in "\t\n" + _LINE_ENDS)
    groups = (
        (_INVISIBLE, INVISIBLE),
        (controls, CONTROL),
        ("".join(wide), WIDE),
        (_LINE_ENDS, LINE_END),
        (_BLANK, BLANK),
        (_BLANK + " ", SPACE),
        (_JOINERS, JOINER),
        ("&", REFERENCE),
        (SUSPECTS, SUSPECT),
        (LATIN_LETTERS, LATIN),
    )
    for characters, flag in groups:
        mark(marks, characters, flag)
    for block in _PRIVATE:
        marks[block.start : block.stop] |= PRIVATE
    for block in (range(0xE0100, 0xE01F0), range(0xFE00, 0xFE0E)):
        marks[block.start : block.stop] |= INVISIBLE
    marks[_TAGS.start : _TAGS.stop] |= JOINER
    return marks, lookup(wide)


class Wishes(NamedTuple):
    """What is to be done beyond what every text needs; see ``tidy``."""

    widths: bool = True
    blanks: bool = True
    private_use: bool = True
    references: bool = True


EVERYTHING = Wishes()
"""What is done where nothing else is said."""


def tidy(text: str, wishes: Wishes = EVERYTHING) -> Tidied:
    r"""The text in NFC with ``\n`` for every line end and without invisible and control characters; any str.

    ``widths`` makes full-width letters and digits half-width, ``blanks`` makes every run of blanks one space and none
    at the ends of a line, ``private_use`` False removes private-use characters, ``references`` decodes HTML character
    references. The number of lines, counted at the line ends, stays. Lone surrogates become U+FFFD, which every
    encoding has.
    """
    tidied = _once(text, wishes)
    while not tidied.settled:
        again = _once(tidied.text, wishes)
        aligned = tidied.aligned and again.aligned
        tidied = again._replace(kept=_kept_in_both(tidied, again), aligned=aligned, garbled=tidied.garbled)
    return tidied


def _kept_in_both(first: Tidied, second: Tidied) -> Places | None:
    if not (first.aligned and second.aligned):
        return None
    if first.kept is None or second.kept is None:
        return first.kept if second.kept is None else second.kept
    return first.kept[second.kept]


def _once(text: str, wishes: Wishes) -> Tidied:
    """A text tidied, but for what may have stood before a combining mark or inside a reference."""
    marks_of, _ = _tables()
    codes = codes_of(text)
    marks = marks_of.take(codes)
    seen = int(np.bitwise_or.reduce(marks, initial=0))
    count = garbled(text) if seen & SUSPECT or (seen & LATIN and _dense(marks)) else 0
    if wishes.references and seen & REFERENCE:
        plain, kept = decoded(text)
        if kept is not None:
            if decoded(plain)[1] is not None:
                plain, kept = _nested(text)
            return Tidied(plain, codes, kept, garbled=count, settled=False)
    if seen & COMPOSES and not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        return Tidied(composed, codes, aligned=_in_place(codes, composed), garbled=count, settled=False)
    return _formed(text, codes, marks, seen, wishes)._replace(garbled=count)


def _nested(text: str) -> tuple[str, Places]:
    """What ``decoded`` says of a text when it is asked until nothing is left to decode, but in one pass."""
    out: list[str] = []
    kept: list[int] = []
    for place, character in enumerate(text):
        out.append(character)
        kept.append(place)
        while out[-1] == ";":
            tail = "".join(out[-_LONGEST_REFERENCE:])
            reference = tail[tail.rfind("&") :]
            plain, places = decoded(reference)
            if places is None:
                break
            out[-len(reference) :] = plain
            del kept[len(out) :]
    return "".join(out), np.array(kept, dtype=np.int64)


def _in_place(codes: Codes, composed: str) -> bool:
    """Whether each character of the composed text is the NFC of the one that stood in its place, and of no other."""
    if len(composed) != len(codes):
        return False
    after = codes_of(composed)
    changed = np.flatnonzero(codes != after)
    pairs = set(zip(codes[changed].tolist(), after[changed].tolist(), strict=True))
    return all(unicodedata.normalize("NFC", chr(old)) == chr(new) for old, new in pairs)


def _dense(marks: Marks) -> bool:
    """Whether there are three Latin letters beyond ASCII so close together as in no language."""
    places = np.flatnonzero((marks & LATIN) != 0)
    return bool((places[2:] - places[:-2] <= 6).any())


def _formed(text: str, codes: Codes, marks: Marks, seen: int, wishes: Wishes) -> Tidied:
    """A text in NFC with its characters replaced and removed."""
    out = _replaced(codes, marks, seen, wishes)
    replaced, kept = out is not codes, None
    removals = list(_removals(seen, wishes))
    for number, removed in enumerate(removals, start=1):
        gone = removed(codes, out, marks)
        if len(gone):
            stays = np.ones(len(out), dtype=np.bool_)
            stays[gone] = False
            out = out[stays]
            if number < len(removals):
                codes, marks = codes[stays], marks[stays]
            kept = np.flatnonzero(stays) if kept is None else kept[stays]
    if not replaced and kept is None:
        return Tidied(text, codes)
    text = text_of(out)
    settled = not seen & COMPOSES or unicodedata.is_normalized("NFC", text)
    settled &= not (wishes.references and seen & REFERENCE) or decoded(text)[1] is None
    return Tidied(text, out, kept, settled=settled)


def _replaced(codes: Codes, marks: Marks, seen: int, wishes: Wishes) -> Codes:
    """The codes with one character in the place of another."""
    changing = WIDE | LINE_END | (BLANK if wishes.blanks else 0)
    if not seen & changing:
        return codes
    _, wide = _tables()
    places = np.flatnonzero((marks & changing) != 0)
    before, flags = codes[places], marks[places]
    after = np.where(flags & WIDE != 0, wide[before] if wishes.widths else _sound(before), before)
    after[flags & LINE_END != 0] = ord("\n")
    if wishes.blanks:
        after[flags & BLANK != 0] = ord(" ")
    if (after == before).all():
        return codes
    out = codes.copy()
    out[places] = after
    return out


def _sound(codes: Codes) -> Codes:
    """The codes with the replacement character for surrogates, which no file can hold."""
    return np.where((codes >= 0xD800) & (codes < 0xE000), np.uint32(0xFFFD), codes)


Removal = Callable[[Codes, Codes, Marks], Places]
"""The places of what goes, given a text's codes before and after replacement and the marks of those before."""


def _removals(seen: int, wishes: Wishes) -> Iterator[Removal]:
    """What is removed from a text with the marks ``seen``, one kind after the other."""
    unwanted = INVISIBLE | CONTROL | (0 if wishes.private_use else PRIVATE)
    if seen & (LINE_END | unwanted):
        yield lambda codes, out, marks: _unwanted(codes, marks, unwanted)
    if seen & JOINER:
        yield lambda codes, out, marks: _idle(codes, np.flatnonzero((marks & JOINER) != 0))
    if wishes.blanks and seen & SPACE:
        yield lambda codes, out, marks: _spare(out, np.flatnonzero((marks & SPACE) != 0))


def _unwanted(codes: Codes, marks: Marks, unwanted: int) -> Places:
    """The places of what goes wherever it stands, and of the first half of the line ends of Windows."""
    places = np.flatnonzero((marks & (unwanted | LINE_END)) != 0)
    halves = (codes[places] == ord("\r")) & (_at(codes, places + 1) == ord("\n"))
    gone: Places = places[halves | (marks[places] & unwanted != 0)]
    return gone


def _at(codes: Codes, places: Places) -> Codes:
    """The codes at places that may lie beyond the ends of the text; 0 there."""
    inside = (places >= 0) & (places < len(codes))
    return np.where(inside, codes[np.where(inside, places, 0)], np.uint32(0))


def _idle(codes: Codes, places: Places) -> Places:
    """The places of joiners and selectors, but for those after what they mean something to.

    That are Indic and Arabic letters, emoji and keycaps; for tags, which spell out a region, the black flag.
    """
    before = _at(codes, places - 1)
    selector = (codes[places] == 0xFE0E) | (codes[places] == 0xFE0F)
    emoji = _is_emoji(before) | ((before == 0xFE0F) & ~selector & _is_emoji(_at(codes, places - 2)))
    letters = (before >= 0x600) & (before < 0x1100) & ~selector
    keycaps = (before == 0x23) | (before == 0x2A) | ((before >= 0x30) & (before < 0x3A))
    tags = (codes[places] >= _TAGS.start) & (codes[places] < _TAGS.stop)
    fresh = tags & ~((before >= _TAGS.start) & (before < _TAGS.stop))  # the first of a run
    flags = np.append(False, before[fresh] == 0x1F3F4)[np.cumsum(fresh)]
    idle: Places = places[~np.where(tags, flags, letters | emoji | (keycaps & selector))]
    return idle


def _is_emoji(codes: Codes) -> Flags:
    return np.asarray(((codes >= 0x2190) & (codes < 0x2C00)) | ((codes >= 0x1F000) & (codes < 0x20000)))


def _spare(codes: Codes, places: Places) -> Places:
    """Which of the spaces go: all but the first of a run, and those at the ends of a line."""
    last = len(codes) - 1
    if len(places) and places[0] > 0 and places[-1] < last:
        ahead, behind = codes[places - 1], codes[places + 1]
        if not ((behind == ord(" ")) | (behind == ord("\n")) | (ahead == ord("\n"))).any():
            return places[:0]
    fresh = np.append(True, np.diff(places) > 1)[: len(places)]  # the first of a run
    first, end = places[fresh], places[np.append(fresh[1:], True)[: len(places)]]
    inside = (_at(codes, first - 1) != ord("\n")) & (_at(codes, end + 1) != ord("\n"))
    inside &= (first > 0) & (end < last)
    stays = fresh.copy()
    stays[fresh] = inside
    spare: Places = places[~stays]
    return spare
