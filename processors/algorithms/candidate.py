"""Lines that could be the headline of an article, and the signs that speak for and against each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from processors.algorithms.fewwords import LISTED, PART, heads_page, heads_text
from processors.algorithms.headline import (
    Marks,
    is_byline,
    is_headline,
    is_rule,
    marks_of,
    names_source,
)
from processors.algorithms.layout import Line, han_count, is_prose
from processors.algorithms.sitenames import names_site
from processors.algorithms.stripped import (
    LOOK_AHEAD,
    SENTENCE_ENDS,
    SHAPE_CHARS,
    WRAPPED_LESS,
    Stripped,
    says_again,
    words_of,
)

LONGEST_MARKED = 120
"""A headline with all its marks is no longer than this."""

LONG_CUT_CHARS = 60
"""A longer cut between two lines is a list of links or several adverts, not one line put between paragraphs."""

SHIFT_LINES = 8
"""So many lines before and after a headline are looked at for its words."""

COLUMN_CHARS = 6
"""The name of a column above a headline is no longer than this."""

TWICE_MIN_CHARS = 6
"""A headline that parts the articles of a clean page because it stands there twice has no fewer Chinese characters:
names of commands and rows of signs stand twice in manuals."""

PARTING = frozenset({"stars", "site", "label", "byline", "twice"})
"""Marks that part the articles of a page nobody polluted."""

_SYMBOLS = re.compile(r"[^\w\s,。、:;!?“”‘’「」『』《》〈〉【】()\[\]<>—–·.…%+~/|#&'\"=*-]")
_MARKING = re.compile(r"^[文正新原标主题]|[_|—–(\[»›丨-]|[*=~#_!.…◆●★☆■※▲\s]$")
"""What the labels of titles begin with, what parts a headline from the name of a site, what stars end with."""

_ROWED = re.compile(r"[|_/»>]|\s-\s")


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A line that could be a headline: its number, its marks, its words and its signs (name -> how much of it)."""

    line: int
    marks: Marks
    bare: str
    styles: frozenset[str]
    words: frozenset[str]
    signs: Mapping[str, float]


def candidates(page: Stripped) -> Iterator[Candidate]:
    """The lines that could be headlines, in order. Where nobody polluted the page those are its first lines, and
    others only with a mark that parts articles.
    """
    topmost = True  # whether nothing but the name of a column, bylines and rules stands above
    cut, wide, text = 0, False, False  # what was cut, and a wide gap, since the last prose; whether any came yet
    for number, line in enumerate(page.lines):
        gap = page.gaps[number]
        cut, wide = cut + gap.cut, wide or gap.blank > page.usual_blank
        asked = page.polluted or topmost or number in page.parted or _may_be_marked(page, number)
        if asked and len(line.key) <= LONGEST_MARKED and not is_byline(line.key) and not is_rule(line.key):
            marks = _marks(page, number)
            bare = line.key[marks.start : marks.end]
            if is_headline(bare) and (page.polluted or topmost or _may_part(page, number, marks)):
                words = words_of(bare)
                signs = _place(page, number, bare, cut, wide=wide, text=text)
                if not text and _marked_below(page, number):
                    signs["marked_below"] = 1.0
                signs |= _look(page, line, marks, bare) | _fit(page, number, words)
                if page.polluted and text and cut and wide and heads_text(page, number, bare, signs):
                    signs["heads_text"] = 1.0
                if topmost and heads_page(page, number, bare):
                    signs["heads_page"] = 1.0
                if text and not (cut or wide):
                    signs["not_apart" if marks.styles else "bare_not_apart"] = 1.0
                yield Candidate(number, marks, bare, marks.styles, words, signs)
        topmost = topmost and (len(line.key) <= COLUMN_CHARS or is_byline(line.key) or is_rule(line.key))
        if line.prose:
            cut, wide, text = 0, False, True


def _may_be_marked(page: Stripped, number: int) -> bool:
    """Whether a line below the first has, or has beside it, what every mark of `PARTING` has."""
    key, under = page.lines[number].key, page.lines[number + 1 : number + 2]
    if _MARKING.search(key) or (number and key == page.lines[number - 1].key):
        return True
    return bool(under) and (is_byline(under[0].key) or key == under[0].key)


def _may_part(page: Stripped, number: int, marks: Marks) -> bool:
    """Whether a line may part the articles of a clean page: by its mark, or by the gap above it."""
    return not marks.styles.isdisjoint(PARTING) or number in page.parted


def _marked_below(page: Stripped, number: int) -> bool:
    """Whether a line below, with no text between, has a mark that parts articles, and this line has none."""
    marks = [_marks(page, number).styles & PARTING]
    for below in range(number + 1, min(number + LOOK_AHEAD, len(page.lines))):
        if page.lines[below].prose and not page.fronts[below]:
            break
        marks.append(_marks(page, below).styles & PARTING - {"byline"})
    return not marks[0] and any(marks)


def _marks(page: Stripped, number: int) -> Marks:
    """The marks on a line and those that the lines around it are."""
    if number not in page.marks:
        page.marks[number] = _marks_around(page, number)
    return page.marks[number]


def _marks_around(page: Stripped, number: int) -> Marks:
    key = page.lines[number].key
    first, raw = number == 0, page.raw[number]
    marks = marks_of(
        key,
        raw,
        polluted=page.polluted,
        first=first,
        listed=not first or page.listed,
        verses=not first or page.verses,
        names=page.sites,
    )
    under = page.lines[number + 1].key if number + 1 < len(page.lines) else ""
    above = page.lines[number - 1].key if number else ""
    bare = key[marks.start : marks.end]
    around = {
        "named": "site" in marks.styles and names_site(key[marks.end :]),
        "byline": is_byline(under) and (page.polluted or names_source(under) or (page.dated and han_count(bare) > 4)),
        "kicker": under.startswith("——"),
        "rule": is_rule(under),
        "twice": not page.polluted and key in (under, above) and han_count(bare) >= TWICE_MIN_CHARS,
        "again": number > 0 and says_again(page.lines[number - 1].key, bare),
    }
    return marks._replace(styles=marks.styles | {style for style, holds in around.items() if holds})


def _place(page: Stripped, number: int, bare: str, cut: int, *, wide: bool, text: bool) -> dict[str, float]:
    """Signs of where the line stands."""
    gap, top = page.gaps[number], number == 0
    said = {
        "clean": not page.polluted,
        "clean_top": not page.polluted and top,
        "clean_top_long": not page.polluted and top and len(bare) > COLUMN_CHARS,
        "clean_below": not page.polluted and not top,
        "top": top,
        "front": page.fronts[number],
        "text_above": text,
        "cut_above": gap.cut > 0,
        "cut_since_text": cut > 0,
        "long_cut": cut >= LONG_CUT_CHARS,
        "wide_gap": wide,
        "tight": not top and gap.blank < page.usual_blank and not gap.cut,
        "gap_above": not top and gap.blank > page.usual_blank,
        "parted": not page.polluted and number in page.parted,
    }
    signs = {name: 1.0 for name, holds in said.items() if holds} | _neighbours(page, number, bare)
    return signs | {"doubt": page.doubts[number]}


def _neighbours(page: Stripped, number: int, bare: str) -> dict[str, float]:
    """Signs of the lines above and below."""
    lines, below = page.lines, page.below(number, bare)
    before = lines[number - 1] if number else None
    after = lines[below] if below < len(lines) else None
    prose = [line.prose for line in lines[below : below + LOOK_AHEAD]]
    said = {
        "under_prose": before is not None and before.prose,
        "under_open": before is not None and before.prose and _is_open(before.key),
        "under_wrapped": before is not None
        and 0 < page.width <= len(before.key) + WRAPPED_LESS + 1
        and _is_open(before.key),
        "under_colon": before is not None and before.key[-1] == ":",
        "under_short": before is not None and not before.prose,
        "over_prose": prose[:1] == [True],
        "over_long": after is not None and after.prose and len(after.key) >= LONG_CUT_CHARS,
        "over_list": after is not None and LISTED.match(after.key) is not None,
        "over_short": after is not None and not after.prose and not is_byline(after.key),
        "over_longer": after is not None
        and not after.prose
        and is_headline(after.key)
        and len(after.key) > 2 * len(bare),
        "begins_text": after is not None and after.prose and han_count(bare) > 1 and after.key.startswith(bare),
        "said_below": number + 1 < len(lines) and says_again(lines[number + 1].key, bare),
        "text_far": prose[:1] == [False] and any(prose),
        "no_text": not any(prose),
    }
    around = [line.prose for line in (*lines[max(0, number - 4) : number], *lines[number + 1 : number + 5])]
    signs = {name: 1.0 for name, holds in said.items() if holds}
    return signs | {"among_short": around.count(False) / max(1, len(around))}


def _is_open(key: str) -> bool:
    """Whether a line ends within a sentence."""
    return key[-1] not in SENTENCE_ENDS


def _look(page: Stripped, line: Line, marks: Marks, bare: str) -> dict[str, float]:
    """Signs of what the line looks like."""
    size = len(bare)
    said = {
        "tiny": size <= 4,
        "short": 5 <= size <= 8,
        "medium": 9 <= size <= 13,
        "long": size > 34,
        "prose": is_prose(line.key),
        "question": bare[-1] == "?",
        "exclaims": bare[-1] in "!?…",
        "colon": ":" in bare[1:-1],
        "comma": "," in bare or "、" in bare,
        "blank": " " in bare.strip(),
        "digits": any(character.isdigit() for character in bare),
        "little_chinese": 0 < han_count(bare) < 0.5 * size,
        "no_chinese": not han_count(bare),
        "listed": LISTED.match(line.key) is not None,
        "part": PART.match(bare) is not None,
        "full": 0 < page.width <= len(line.key) + WRAPPED_LESS + 1,
        "lower": line.key[:1].isascii() and line.key[:1].isalpha(),
        "symbols": _SYMBOLS.search(bare) is not None,
        "rowed": len(_ROWED.findall(bare)) > 1,
    }
    signs = {name: 1.0 for name, holds in said.items() if holds}
    if not marks.styles:
        signs |= {f"bare_{name}": 1.0 for name in ("tiny", "short", "medium") if name in signs}
    alike = page.shapes[line.key[:SHAPE_CHARS]] - (not line.prose)
    return signs | {f"mark_{style}": 1.0 for style in marks.styles} | {"same_beginning": min(alike, 3) / 3}


def _fit(page: Stripped, number: int, words: frozenset[str]) -> dict[str, float]:
    """Signs of its words and those around it: a new headline's come back below and not above."""
    above, below = page.words(number - SHIFT_LINES, number), page.words(number + 1, number + 1 + SHIFT_LINES)
    after, before = share(words, below), share(words, above)
    signs = {
        "fit": min(1.0, 2 * after),
        "fit_lead": min(1.0, 2 * share(words, page.words(number + 1, number + 3))),
        "known": min(1.0, 2 * before),
        "kin": min(1.0, 5 * len(above & below) / max(1, min(len(above), len(below)))),
    }
    for name, other in (("above", number - 1), ("below", number + 1)):
        if 0 <= other < len(page.lines) and not page.lines[other].prose:
            theirs = share(words_of(page.lines[other].key), below)
            signs[f"fits_more_than_{name}"] = max(0.0, after - theirs)
            signs[f"fits_less_than_{name}"] = max(0.0, theirs - after)
    if words and not after:
        signs["no_fit"] = 1.0
    if after - before >= 0.2:
        signs["shift"] = 1.0
    return signs


def share(words: frozenset[str], others: frozenset[str] | set[str]) -> float:
    """How many of the words are among the others, 0 to 1."""
    return len(words & others) / len(words) if words else 0.0
