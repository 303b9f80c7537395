"""Form of a text that is not script: blanks, line ends, invisible characters, widths and the Unicode form."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import numpy as np

from processors.algorithms.characters import Codes, Places, codes_of, text_of
from processors.algorithms.entities import decoded
from processors.algorithms.form import (
    BLANK,
    COMPOSES,
    CONTROL,
    INVISIBLE,
    JOINER,
    LINE_END,
    PRIVATE,
    REFERENCE,
    SIGN,
    SUSPECT,
    TAGS,
    WIDE,
    WIDE_BY,
    plain_forms,
)
from processors.algorithms.reading import Reading, read, reread
from processors.algorithms.spaces import NOWHERE, Flags, at_places, earlier, has_spare, staying

_LONGEST_REFERENCE = 34

_USUAL_DEPTH = 4
"""References inside others that pages have; to ask again for each would take forever on what is made to be deep."""

_FEW = 16
"""Where one of so many characters may not be in NFC, the whole text is asked at once."""

_ALWAYS = INVISIBLE | CONTROL | WIDE | LINE_END | JOINER
"""What has something done to it whatever is wished."""


class Tidied(NamedTuple):
    """A tidied text, and how many characters of the one it was stand for others.

    ``aligned`` False says that characters were composed into one, so that there are no places to tell. ``settled``
    False: tidying it may have brought more to light. Each of ``steps`` says what of the text before it stayed, by
    place or by a flag a character.
    """

    reading: Reading
    steps: tuple[Places | Flags, ...] = ()
    aligned: bool = True
    garbled: int = 0
    settled: bool = True

    @property
    def text(self) -> str:
        """The text itself."""
        return self.reading.text

    @property
    def kept(self) -> Places | None:
        """Where each character stood in the text that was tidied; None where all stayed in their places."""
        if not (self.steps and self.aligned):
            return None
        first, *others = self.steps
        kept: Places = np.flatnonzero(first) if first.dtype == np.bool_ else first.astype(np.int64)
        for step in others:
            kept = kept[step]
        return kept


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
    reading = read(text)
    tidied = _once(reading, wishes)
    while not tidied.settled:
        again = _once(tidied.reading, wishes)
        tidied = again._replace(steps=tidied.steps + again.steps, aligned=tidied.aligned and again.aligned)
    return tidied._replace(garbled=_lost(reading)) if reading.seen & SUSPECT or reading.garbled else tidied


def _lost(reading: Reading) -> int:
    """How many characters stand for others: those read in the wrong encoding, and those that could not be read."""
    return sum(end - start for start, end in reading.garbled) + reading.text.count("\N{REPLACEMENT CHARACTER}")


def _once(reading: Reading, wishes: Wishes) -> Tidied:
    """A text tidied, but for what may have stood before a combining mark or inside a reference."""
    seen = reading.seen
    if wishes.references and seen & REFERENCE:
        text = reading.text
        plain, kept = decoded(text)
        if kept is not None:
            plain, kept = _unnested(plain, kept)
            return Tidied(read(plain), (kept,), settled=False)
    if seen & COMPOSES and not _is_composed(reading):
        composed = _composed(reading)
        if composed != reading.text:
            return Tidied(read(composed), aligned=_in_place(reading.codes, composed), settled=False)
    acting = _ALWAYS | (BLANK if wishes.blanks else 0) | (0 if wishes.private_use else PRIVATE)
    if seen & acting or (wishes.blanks and " " in reading.text and has_spare(reading.codes)):
        return _formed(reading, wishes)
    return Tidied(reading)


def _is_composed(reading: Reading) -> bool:
    """Whether a text is in NFC; only the runs of characters that may not be, and what stands before them, are asked."""
    places = reading.places(COMPOSES)
    if reading.garbled or _FEW * len(places) > len(reading.codes):
        return unicodedata.is_normalized("NFC", reading.text)
    around = np.unique(np.concatenate((np.maximum(places - 1, 0), places)))
    return unicodedata.is_normalized("NFC", text_of(reading.codes.take(around)))


def _composed(reading: Reading) -> str:
    """The text in NFC, but for what was read in the wrong encoding."""
    text = reading.text
    parts: list[str] = []
    at = 0
    for start, end in reading.garbled:
        parts += unicodedata.normalize("NFC", text[at:start]), text[start:end]
        at = end
    return "".join([*parts, unicodedata.normalize("NFC", text[at:])])


def _unnested(text: str, kept: Places) -> tuple[str, Places]:
    """What ``decoded`` says of a text when it is asked until nothing is left to decode, given what it said once."""
    for _ in range(_USUAL_DEPTH):
        plain, places = decoded(text)
        if places is None:
            return text, kept
        text, kept = plain, kept[places]
    plain, places = _nested(text)
    return plain, kept[places]


def _nested(text: str) -> tuple[str, Places]:
    """The same in one pass over the characters, however deep the references are."""
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


def _formed(reading: Reading, wishes: Wishes) -> Tidied:
    """A text in NFC with its characters replaced and removed."""
    out = _replaced(reading, wishes)
    stays = staying(out, _gone(reading, wishes), spaces=wishes.blanks)
    if stays is None and out is reading.codes:
        return Tidied(reading)
    found = reread(reading, out if stays is None else out[stays])
    settled = not found.seen & COMPOSES or _is_composed(found)
    settled &= not (wishes.references and found.seen & REFERENCE) or decoded(found.text)[1] is None
    return Tidied(found, () if stays is None else (stays,), settled=settled)


def _gone(reading: Reading, wishes: Wishes) -> Places:
    """The places of what goes, but for spaces: what is unwanted anywhere, and joiners that join nothing."""
    unwanted = INVISIBLE | CONTROL | (0 if wishes.private_use else PRIVATE)
    gone = _unwanted(reading, unwanted) if reading.seen & (LINE_END | unwanted) else NOWHERE
    if not reading.seen & JOINER:
        return gone
    idle = _idle(reading.codes, reading.places(JOINER), gone)
    return np.sort(np.concatenate((gone, idle))) if len(idle) else gone


def _replaced(reading: Reading, wishes: Wishes) -> Codes:
    """The codes with one character in the place of another."""
    codes, seen = reading.codes, reading.seen
    changing = WIDE | LINE_END | (BLANK if wishes.blanks else 0)
    if not seen & changing:
        return codes
    if seen & WIDE:
        changing |= SIGN
    places, flags = reading.more
    chosen = (flags & changing).astype(np.bool_)
    places, flags = places[chosen], flags[chosen]
    before = codes[places]
    if seen & WIDE:
        wide = plain_forms()
        after = np.where(flags & WIDE != 0, wide[before] if wishes.widths else _sound(before), before)
        if seen & SIGN and wishes.widths:
            _narrow(codes, places, before, after)
    else:
        after = before.copy()
    after[flags & LINE_END != 0] = ord("\n")
    if wishes.blanks:
        after[flags & BLANK != 0] = ord(" ")
    if (after == before).all():
        return codes
    out = codes.copy()
    out[places] = after
    return out


def _narrow(codes: Codes, places: Places, before: Codes, after: Codes) -> None:
    """Put the plain forms of wide signs into ``after``, where they stand in a run of wide letters and digits.

    A colon is one of them before a slash only.
    """
    colon = (before == ord("：")) & (at_places(codes, places + 1) != WIDE_BY + ord("/"))
    wide = ((before > WIDE_BY) & (before <= WIDE_BY + ord("~")) & ~colon).nonzero()[0]
    if not len(wide):
        return
    fresh = np.append(True, np.diff(places[wide]) != 1)
    spoken = np.logical_or.reduceat(before[wide] != after[wide], fresh.nonzero()[0])[np.cumsum(fresh) - 1]
    after[wide[spoken]] = before[wide[spoken]] - WIDE_BY


def _sound(codes: Codes) -> Codes:
    """The codes with the replacement character for surrogates, which no file can hold."""
    return np.where((codes >= 0xD800) & (codes < 0xE000), np.uint32(0xFFFD), codes)


def _unwanted(reading: Reading, unwanted: int) -> Places:
    """The places of what goes wherever it stands, and of the first half of the line ends of Windows."""
    codes, (places, flags) = reading.codes, reading.more
    halves = (codes[places] == ord("\r")) & (at_places(codes, places + 1) == ord("\n"))
    gone: Places = places[halves | (flags & unwanted != 0)]
    return gone


def _idle(codes: Codes, places: Places, gone: Places) -> Places:
    """The places of joiners and selectors, but for those after what they mean something to, in a text without ``gone``.

    That are Indic and Arabic letters, emoji and keycaps; for tags, which spell out a region, the black flag.
    """
    ahead = earlier(gone, places)
    before = at_places(codes, ahead)
    selector = (codes[places] == 0xFE0E) | (codes[places] == 0xFE0F)
    beyond = (before == 0xFE0F) & ~selector & _is_emoji(at_places(codes, earlier(gone, ahead)))
    letters = (before >= 0x600) & (before < 0x1100) & ~selector
    keycaps = (before == 0x23) | (before == 0x2A) | ((before >= 0x30) & (before < 0x3A))
    tags = (codes[places] >= TAGS.start) & (codes[places] < TAGS.stop)
    fresh = tags & ~((before >= TAGS.start) & (before < TAGS.stop))  # the first of a run
    flags = np.append(False, before[fresh] == 0x1F3F4)[np.cumsum(fresh)]
    idle: Places = places[~np.where(tags, flags, letters | _is_emoji(before) | beyond | (keycaps & selector))]
    return idle


def _is_emoji(codes: Codes) -> Flags:
    return np.asarray(((codes >= 0x2190) & (codes < 0x2C00)) | ((codes >= 0x1F000) & (codes < 0x20000)))
