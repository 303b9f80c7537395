"""Finds words planted in the running text of a page: the same name in brackets and signs where no text has any."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from processors.algorithms.advert import is_call
from processors.algorithms.brand import Brand
from processors.algorithms.kinds import BLANK, BRACKET, COMMA, HAN, LATIN, SENTENCE_END, SMALL, WRAP
from processors.algorithms.layout import Page, han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BRACKET as BRACKETED
from processors.algorithms.patterns import DECORATION, MESSENGER, URL
from processors.algorithms.pitches import calling_sentences
from processors.algorithms.sale import mid_clause

ENOUGH = 3.0
"""So much evidence, in slots that no text has, makes what they share a planted name."""

MOST, CANDIDATES = 3, 8
"""A page has been sold to no more than so many; so many words that slots share are looked at."""

SHARE = 0.03
"""A name is planted in so many of the paragraphs; in a book anything comes several times."""

MIXED = 3
"""So many slots in the middle of clauses hold spam of any name, if a lexicon has words of one."""

CALLS = 2
"""So many sentences in brackets that call the reader are none of the text's."""

OWN_SHARE = 0.25
"""A name that stands more often than this inside clauses of the text is the text's own word."""

LOOK_BACK = 40
"""Among so many characters before a slot there is one that is not blank, if there is one in its line."""

_WORD = r"[\u3400-\u9fffa-z0-9]"
_INNER = rf"{_WORD}[\u3400-\u9fffa-z0-9·._~+丨* -]{{1,18}}?"
_DECORATION = rf"(?![\u2500-\u257f]){DECORATION.pattern.removesuffix('+')}{{1,40}}"
"""No lines of a table; not of any length, for it is looked for at each character of a run."""

_SLOT = re.compile(
    rf"(?<![:/])//(?P<slashes>{_INNER})//"
    rf"|\#(?P<hashes>{_INNER})\#"
    rf"|<(?P<angles>{_INNER})>"
    rf"|{_DECORATION}(?P<decorated>{_INNER})(?:{_DECORATION}|(?={URL.pattern}))"
    rf"|(?<![a-z0-9._])@(?P<named>[\u3400-\u9fff](?:[·._~+丨* -]?{_WORD}){{1,9}})"
    rf"|(?P<sign>[_*~=^])(?P<signed>{_WORD}{{2,12}})(?P=sign)"
    rf"|——(?P<dashed>{_WORD}{{2,12}})$"
    rf"|[(\[【](?P<addressed>{_INNER}){URL.pattern}\s?[)\]】]"
    rf"|[(\[【](?P<brackets>{_INNER})[)\]】]"
    rf"|[『「“](?P<quotes>{_INNER})[』」”]"
)
_INTERRUPTED = re.compile(r"[,、]|[\u3400-\u9fff][\[【]")
_HAN = re.compile("[\u3400-\u9fff]")
_SIGNS = re.compile("[·._~+丨* -]")
WEIGHTS = {
    "slashes": 1.0,
    "hashes": 0.8,
    "angles": 1.0,
    "decorated": 0.8,
    "named": 0.8,
    "signed": 0.8,
    "dashed": 0.8,
    "addressed": 0.8,
    "brackets": 0.8,
    "quotes": 0.4,
}
"""What one slot of each kind weighs. Brackets and quotation marks count where a sentence or a clause has just ended."""

ODD, MANY_ODD = frozenset({"slashes", "signed", "decorated", "hashes"}), 4
"""What texts do not have in clauses; so many slots there, or behind a dash, need nothing else beside them."""

NEEDS_GAP = frozenset({"brackets", "quotes"})
_LABELS = "([【『「“"
_CLOSED = tuple("。!?…”.")
_BREAKS = ",、;:。!?…."


class Slot(NamedTuple):
    """A place ``[start, end)`` of a line's key that holds something in brackets or signs."""

    line: int
    start: int
    end: int
    kind: str
    inner: str


@dataclass(frozen=True, slots=True)
class Planted:
    """The names that are planted on a page, and the slots they stand in."""

    brands: tuple[Brand, ...]
    slots: tuple[Slot, ...]


def find_planted(page: Page, lexicon: Lexicon, signs: int) -> Planted:
    """What is planted in the running text of a page; nothing on a clean one.

    Evidence: several slots that begin with the same name, in brackets right behind a clause or in signs that no text
    has; words of spam, or an address, that hang on the name; the name on lines that are no running text. ``signs`` is
    how many kinds of furniture that only sites have stand on the page; without any, a name that nothing sells is none.
    """
    left = list(_slots(page, lexicon))
    left += [Slot(*place, "calls", "") for place in calling_sentences(page, lexicon)]
    loose = "\n".join(line.key for line in page.lines if not line.prose)
    brands: list[Brand] = []
    taken = [slot for slot in left if slot.kind == "calls"]
    least = SHARE * sum(line.prose for line in page.lines)
    taken = taken if len(taken) >= max(CALLS, least) else []
    left = [slot for slot in left if slot.kind != "calls"]
    odd = [slot for slot in left if slot.kind in ODD and page.lines[slot.line].key[slot.start] != "【"]
    mixed = [slot for slot in odd if _put_in([slot], page)]
    if len(mixed) >= max(MIXED, least) and _sold("", mixed, page, lexicon):
        taken += odd
    for _ in range(CANDIDATES):
        name, group = _widest(left)
        if len(group) < max(2, least) or len(brands) == MOST:
            break
        sold = _sold(name, group, page, lexicon)
        own = not _is_name(name, group, page, lexicon)
        strange = sum(slot.kind == "dashed" for slot in group) + _put_in(group, page) >= MANY_ODD
        if (sold >= 2 if own else sold or signs or strange) and _evidence(name, group, loose, sold, signs) >= ENOUGH:
            taken += [slot for slot in group if slot.kind != "named"]
            if not own:
                brands.append(Brand(name, {slot.inner[len(name) :] for slot in group} - {""}))
        left = [slot for slot in left if not slot.inner.startswith(name)]
    return Planted(tuple(brands), tuple(taken))


def _slots(page: Page, lexicon: Lexicon) -> Iterator[Slot]:
    """The slots of all running text, looked for only where a sign opens one."""
    before, kinds = page.kinds[:-1], page.kinds[1:]
    gap = (before & (SENTENCE_END | COMMA | BLANK | HAN) != 0) | (before & (LATIN | SMALL) == LATIN)
    places = ((kinds & WRAP != 0) | ((kinds & BRACKET != 0) & gap)).nonzero()[0] + 1
    if page.kinds[0] & WRAP:
        places = np.concatenate([[0], places])
    numbers = np.array([line.start for line in page.lines]).searchsorted(places, side="right") - 1
    end = 0
    for place, number in zip(places.tolist(), numbers.tolist(), strict=True):
        line = page.lines[number]
        if place < end or not line.prose or place >= line.end or number < 0:
            continue
        found = _SLOT.match(page.key, place, line.end)
        if found and _is_slot(found, page.key[max(line.start, place - LOOK_BACK) : place]):
            kind = found.lastgroup or ""
            inner = _SIGNS.sub("", found.group(kind))
            kind = "calls" if kind == "decorated" and MESSENGER.search(inner) else kind
        else:
            found, kind, inner = BRACKETED.match(page.key, place, line.end), "calls", ""
            if not found or not is_call(found.group(), lexicon):
                continue
        end = found.end()
        yield Slot(number, place - line.start, end - line.start, kind, inner)


def _is_slot(found: re.Match[str], before: str) -> bool:
    """Whether brackets stand where a text has none: behind a mark, and not at the front, where columns have names."""
    kind, before = found.lastgroup or "", before.rstrip()
    if kind == "dashed" and before[-1:] not in _CLOSED:
        return False
    if not before and found.group()[0] in _LABELS:
        return False
    if kind in NEEDS_GAP and before[-1] not in _BREAKS:
        return False
    return han_count(found.group(kind)) > 0


def _widest(slots: Sequence[Slot]) -> tuple[str, list[Slot]]:
    """The beginning that most slots share, the longest of several such, and those slots; none if it is only one's."""
    counts = Counter(slot.inner[:end] for slot in slots for end in range(2, len(slot.inner) + 1))
    best = max(counts, key=lambda name: (counts[name], len(name), name), default="")
    return best, [slot for slot in slots if best and slot.inner.startswith(best)]


def _sold(name: str, group: Sequence[Slot], page: Page, lexicon: Lexicon) -> int:
    """How many different words hang on a name that such pages sell or press with, and addresses."""
    hanging = {slot.inner[len(name) :].strip() for slot in group}
    sold = sum(1 for words in hanging if words and (lexicon.suffix.match(words) or lexicon.trade.search(words)))
    sold += lexicon.trade.search(name) is not None
    texts = [page.lines[slot.line].key[slot.start : slot.end] for slot in group]
    sold += len({(text[0], text[-1]) for text, slot in zip(texts, group, strict=True) if slot.kind == "decorated"}) > 1
    return sold + sum(URL.search(text) is not None for text in texts) + (_put_in(group, page) >= 3)


def _put_in(group: Sequence[Slot], page: Page) -> int:
    """How many brackets interrupt a clause: words stand right behind them, and a word or a comma before them."""
    lines = ((page.lines[slot.line].key, slot) for slot in group if slot.kind not in ("quotes", "addressed", "named"))
    return sum(
        _INTERRUPTED.match(key[slot.start - 1 : slot.start + 1]) is not None and _HAN.match(key, slot.end) is not None
        for key, slot in lines
        if slot.start
    )


def _evidence(name: str, group: Sequence[Slot], loose: str, sold: int, signs: int) -> float:
    weight = sum(WEIGHTS[slot.kind] for slot in group)
    return weight + 0.5 * min(4, sold) + 0.5 * (name in loose) + 0.5 * min(2, signs)


def _is_name(name: str, group: Sequence[Slot], page: Page, lexicon: Lexicon) -> bool:
    """Whether a name can be looked for outside its slots as well: the text itself does not use it as a word."""
    text = [line.key for line in page.lines if line.prose and name in line.key and not lexicon.promo.search(line.key)]
    mentions = sum(key.count(name) for key in text)
    own = sum(mid_clause(name, key) for key in text)
    return mentions <= len(group) or own <= OWN_SHARE * mentions
