"""Chinese text to standard Simplified or Traditional: find out what script each passage is in, then restore it."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import (
    BLOCK,
    CODE_POINTS,
    Codes,
    blocks,
    codes_of,
    invented_pairs,
    lengths_of,
    looked_up,
    lookup,
    text_of,
    traditional_pairs,
)
from processors.algorithms.doubt import Text, settle
from processors.algorithms.evidence import (
    ASKS,
    COMPLEX,
    DOUBT,
    INVENTED,
    KANA,
    SIMPLE,
    STANDARD,
)
from processors.algorithms.genuine import keep_work, region_of
from processors.algorithms.phrases import decided, decided_near
from processors.algorithms.reading import Reading, read
from processors.algorithms.scripts import (
    JAPANESE,
    PSEUDO,
    SPARED,
    TRADITIONAL,
    Script,
    Scripts,
    Verdict,
    crowded,
    judge,
    spared,
)
from processors.algorithms.traditional import Region, in_region, to_traditional

Flags = npt.NDArray[np.bool_]

_NOWHERE, _NOTHING = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint32)

_ROUNDS = 6
"""A text of several scripts is converted until it stays as it is, but no more often."""


class Restored(NamedTuple):
    """A text in standard Simplified, as long as the text it came from, and what that was in; see ``Verdict``.

    ``region`` says where a genuine Traditional text is from, where it shows.
    """

    text: str
    script: Script
    changed: int
    confidence: float
    region: Region | None = None

    @property
    def label(self) -> str:
        """The name of the script, with the region."""
        return f"{self.script.label}_{self.region}" if self.region else self.script.label


@cache
def _tables() -> tuple[Codes, Codes]:
    """One table after the other for text to be left, genuine and invented text, and where each script's begins."""
    begins = np.zeros(SPARED + 1, dtype=np.uint32)
    begins[TRADITIONAL], begins[PSEUDO] = CODE_POINTS, 2 * CODE_POINTS
    tables = [lookup(pairs) for pairs in ({}, traditional_pairs(), invented_pairs())]
    # glibc keeps twice as much memory as the largest block that was ever freed, up to 64 MB, and gives back the rest at
    # once: after a block this wide a long text need not ask the system for its memory anew, a third of all the time.
    return np.concatenate(tables, dtype=np.int64).astype(np.uint32), begins


def to_simplified(given: str | Reading) -> Restored:
    """The text with every passage that is Traditional, genuine or invented, in standard Simplified; any str.

    Passages that are Simplified or Japanese, hold no Chinese or were read in the wrong encoding stay as they are.
    A text that was read before is given as its reading.
    """
    first = _told(read(given) if isinstance(given, str) else given)
    if not first.seen & (COMPLEX | KANA):
        return _as_it_is(first)
    verdict = _judged(first)
    if not verdict.changes():
        return Restored(first.text, verdict.script, 0, verdict.confidence)
    codes, changed = _settled(first, verdict)
    region = region_of(first, codes) if verdict.script is Script.TRADITIONAL else None
    return Restored(text_of(codes), verdict.script, changed, verdict.confidence, region)


def _told(reading: Reading) -> Reading:
    """The reading with standard characters telling of Traditional text where they stand in a word that has another for
    them; where nothing speaks against Traditional text, it needs no word.
    """
    seen = reading.seen
    if not seen & STANDARD or (seen & COMPLEX and not seen & (SIMPLE | KANA)):
        return reading
    places = reading.places(STANDARD)
    words, targets = decided_near(reading.codes, _tables()[0][CODE_POINTS:], places)
    words = words[targets != reading.codes[words]]
    if not len(words):
        return reading
    return reading.told(words, COMPLEX)


def _judged(reading: Reading) -> Verdict:
    verdict = judge(reading)
    return spared(verdict, reading.garbled, len(reading.codes)) if reading.garbled else verdict


def _settled(reading: Reading, verdict: Verdict) -> tuple[Codes, int]:
    """A text restored until nothing changes any more, and how many characters differ.

    A rest that was mixed may tell otherwise after the first time.
    """
    before = reading.codes
    codes = _restored(reading, verdict)
    same = before == codes
    if _is_settled(reading, same, verdict):
        return codes, len(codes) - int(np.count_nonzero(same))
    for _ in range(_ROUNDS):
        reading = _told(read(text_of(codes), codes))
        if not reading.seen & (COMPLEX | KANA):
            break
        verdict = _judged(reading)
        if not verdict.changes():
            break
        codes = _restored(reading, verdict)
        if np.array_equal(codes, reading.codes):
            break
    return codes, int(np.count_nonzero(before != codes))


def _is_settled(reading: Reading, same: Flags, verdict: Verdict) -> bool:
    """Whether a restored text, given what is the same in it, is sure to stay as it is the second time; most are.

    What tells and is restored tells no more. What still tells is too little to make the whole Traditional, or one of
    the passages that were; the others have been judged. Clauses stay passages where their line is still mixed.
    """
    tells = (reading.marks & (COMPLEX | KANA)).astype(np.bool_)
    if reading.seen & STANDARD:
        tells[reading.places(STANDARD)] = True
    tells &= same
    many = np.count_nonzero(tells)
    if not many:
        return True
    if reading.seen & KANA or reading.garbled or verdict.only is not None:
        return False
    simple = (reading.marks & SIMPLE).astype(np.bool_) & same
    if many >= np.count_nonzero(simple):
        return False
    places = tells.nonzero()[0]
    lines = crowded(reading.lines, places)
    lines = lines[verdict.lines(reading.lines)[lines]]
    if not len(lines):
        return True
    mixed = np.logical_or.reduceat(simple, reading.lines)[lines].all()
    return bool(mixed) and not verdict.restores(crowded(verdict.starts, places))


def _restored(reading: Reading, verdict: Verdict) -> Codes:
    """The characters with those of Traditional passages, genuine and invented, in standard Simplified.

    In a long text with few lines to restore only those are looked at: no word goes beyond its line.
    """
    each = verdict.each(len(reading.codes))
    if len(each) > BLOCK and verdict.only is None and not reading.garbled:
        chosen = np.repeat(verdict.lines(reading.lines), lengths_of(reading.lines, len(each)))
        if 2 * np.count_nonzero(chosen) < len(each):
            out = reading.codes.copy()
            out[chosen] = _converted(reading.excerpt(chosen), each[chosen])
            return out
    return _converted(reading, each, verdict.only)


def _converted(reading: Reading, each: Scripts, only: int | None = None) -> Codes:
    """The characters of a text of which ``each`` is in a script, maybe all in one, in standard Simplified."""
    ended = np.empty(len(reading.codes) + 1, dtype=np.uint32)
    ended[-1] = 0
    out = ended[:-1]
    _by_table(reading.codes, each, out, only)
    asked = reading.places(ASKS) if reading.seen & ASKS else _NOWHERE
    if only is None:
        here = each.take(asked)
        asked = asked[(here == TRADITIONAL) | (here == PSEUDO)]
    words, targets = decided(reading.codes, ended, asked) if len(asked) else (_NOWHERE, _NOTHING)
    doubtful = reading.places(DOUBT) if reading.seen & DOUBT else _NOWHERE
    doubtful = doubtful[each.take(doubtful) == PSEUDO]
    if len(doubtful):
        invented = each[words] == PSEUDO
        said = dict(zip(reading.codes[words[invented]].tolist(), targets[invented].tolist(), strict=True))
        settle(reading.codes, out, doubtful, Text.of(out[each == PSEUDO], said))
    out[words] = targets
    keep_work(reading, each, out, asked)
    return out


def _by_table(codes: Codes, each: Scripts, out: Codes, only: int | None) -> None:
    """Put every character in the usual standard form of the script it stands in."""
    table, begins = _tables()
    if only is not None:
        looked_up(table[begins[only] :], codes, out)
        return
    for block in blocks(len(codes)):
        table.take(codes[block] + begins.take(each[block]), out=out[block], mode="clip")


def to_regional(given: str | Reading, region: Region) -> Restored:
    """The text in the Traditional characters of a region: invented script is restored first; any str.

    Genuine Traditional passages keep their characters but for those that the region prefers others for; Japanese ones
    and those read in the wrong encoding keep all.
    """
    first = _told(read(given) if isinstance(given, str) else given)
    simple = to_simplified(first)
    if not first.has_han():
        return simple
    out = _regional(first.text, simple.text, _judged(first), region)
    for _ in range(_ROUNDS):
        now = _told(read(out))
        if now.seen & COMPLEX and not now.seen & (SIMPLE | KANA | INVENTED) and not now.garbled:
            break
        before, out = out, _regional(out, to_simplified(now).text, _judged(now), region)
        if out == before:
            break
    changed = int(np.count_nonzero(codes_of(out) != first.codes))
    return simple._replace(text=out, changed=changed)


def _regional(text: str, simple: str, verdict: Verdict, region: Region) -> str:
    """The passages of a text, given with what it is in Simplified, in the characters of a region."""
    ends = [*verdict.starts[1:].tolist(), len(text)]
    parts: list[str] = []
    for script, start, end in zip(verdict.scripts.tolist(), verdict.starts.tolist(), ends, strict=True):
        if script in (JAPANESE, SPARED):
            parts.append(text[start:end])
        elif script == TRADITIONAL:
            parts.append(in_region(text[start:end], region))
        else:
            parts.append(to_traditional(simple[start:end], region))
    return "".join(parts)


def _as_it_is(reading: Reading) -> Restored:
    """A text without a character of Traditional or Japanese text."""
    if not reading.has_han():
        return Restored(reading.text, Script.OTHER, 0, 1.0)
    simple = reading.count(SIMPLE)
    return Restored(reading.text, Script.SIMPLIFIED, 0, round(simple / (simple + 1), 3))
