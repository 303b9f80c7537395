"""Judges what only several lines together show: lists of links, stray lines, texts written for the keyword."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile, zip_longest

from processors.algorithms.headline import is_headline, marks_alone
from processors.algorithms.patterns import BULLET
from processors.algorithms.sheet import Sheet

LIST_MAX_CHARS = 80
"""Longest entry of a list of links."""

SCRAPS_MAX_CHARS = 60
"""Less prose than this, and three times as much spam, is no article."""

PROMO_CHARS_PER_MENTION = 90
"""A text that speaks of the keyword more often than once in so many characters is written for it."""

BULLETED, DOUBTED = 3, 0.25
"""So many headlines with bullets are a list; one that goes with it has such a chance at least to be no article's."""

CONTENTS_MIN_CHARS = 2
"""A headline in a list of those of the page has no fewer characters."""

IN_LISTS = frozenset({"list_heading", "date", "related_link", "keyword_line"})
"""What stands in a list of links under its heading."""

LIST_ENDS = frozenset({"list_heading", "related_link", "navigation", "small_print", "date", "page_info"})
"""What may stand behind a list of links; an advert may stand in the middle of an article's own list."""

PUT_IN = frozenset({"advert", "keyword_line", "decoration"})
"""What stands between the paragraphs of a polluted article; anything else stands around it."""

_CLOSED = re.compile(r"[。;；,，、:：]$")


def judge_passages(sheet: Sheet) -> None:
    """Marks the lines of all such passages."""
    _headed_lists(sheet)
    _bullet_lists(sheet)
    _stray(sheet)
    _promotion(sheet)
    judge_scraps(sheet)


def _headed_lists(sheet: Sheet) -> None:
    """Lists of links under a heading, up to a line that heads running text."""
    under = False
    for number, line in enumerate(sheet.lines):
        mark = sheet.marks[number]
        if mark is not None:
            under = mark[0] in IN_LISTS and (under or mark[0] == "list_heading")
        elif under and _is_entry(line.key) and not sheet.heads_prose(number, line.key):
            sheet.mark([number], "related_link", "under a list heading")
        else:
            under = False


def _is_entry(key: str) -> bool:
    """Whether a line could be a link of a list: short, no sentence, and not marked as the headline of an article."""
    if len(key) > LIST_MAX_CHARS or key.endswith("。"):
        return False
    return not marks_alone(key).styles & {"stars", "label"}


def _bullet_lists(sheet: Sheet) -> None:
    """Bulleted headlines that lead to nothing of an article."""
    for start, end in _bullet_runs(sheet):
        behind = sheet.marks[end] if end < len(sheet.lines) else ("list_heading", {})
        if behind[0] in LIST_ENDS if behind else sheet.lines[end].blank > 0:
            sheet.mark(range(start, end), "related_link", f"{end - start} bulleted headlines")


def _bullet_runs(sheet: Sheet) -> Iterator[tuple[int, int]]:
    start = None
    for number in range(len(sheet.lines) + 1):
        inside = number < len(sheet.lines) and sheet.marks[number] is None and _is_bullet(sheet.lines[number].key)
        if inside and start is None:
            start = number
        elif not inside and start is not None:
            if number - start >= 2:
                yield start, number
            start = None


def _is_bullet(key: str) -> bool:
    if len(key) > LIST_MAX_CHARS + 2:
        return False
    bare = BULLET.sub("", key)
    return bare != key and 6 <= len(bare) <= LIST_MAX_CHARS and not (_CLOSED.search(bare) or bare.endswith("***"))


def _stray(sheet: Sheet) -> None:
    """Short lines with spam on both sides that lead to no prose."""
    runs = sheet.runs()
    for (start, end), following in zip_longest(runs, runs[1:]):
        if any(sheet.lines[n].prose for n in range(start, end)) or _within_article(sheet, start, end):
            continue
        leads = following is not None and sheet.lines[following[0]].prose and following[0] - end <= 3
        heads = (n for n in range(start, end) if sheet.heads_prose(n, sheet.rest(n)))
        last = next(heads, end - 1 if leads else end)
        around = {"before": sheet.why(start - 1) or "page begins", "behind": sheet.why(end) or "page ends"}
        sheet.mark(range(start, last), "stray_line", "between spam, no prose follows", around)


def _within_article(sheet: Sheet, start: int, end: int) -> bool:
    """Whether only lines put into an article stand before and behind some lines, and running text beyond those."""
    return _prose_beyond(sheet, range(start - 1, -1, -1)) and _prose_beyond(sheet, range(end, len(sheet.lines)))


def _prose_beyond(sheet: Sheet, numbers: range) -> bool:
    for number in numbers:
        mark = sheet.marks[number]
        if mark is None and sheet.lines[number].prose:
            return True
        if mark is not None and mark[0] not in PUT_IN:
            return False
    return False


def _promotion(sheet: Sheet) -> None:
    """Texts that are written for the keyword from beginning to end."""
    staying = sheet.staying()
    if not _written_for_keyword(sheet, staying):
        staying = [n for start, end in sheet.runs() if _dense(sheet, start, end) for n in range(start, end)]
    sheet.mark(staying, "promotion", sheet.keyword.name)


def _written_for_keyword(sheet: Sheet, staying: Sequence[int]) -> bool:
    """Whether the prose that would stay speaks of the keyword all the time, or is less than went as adverts."""
    prose = [n for n in staying if sheet.lines[n].prose]
    spoken = [_spoken(sheet, n) for n in prose]
    if 2 * sum(map(bool, spoken)) < len(prose):
        return False
    length = sum(len(sheet.lines[n].key) for n in prose)
    if length <= PROMO_CHARS_PER_MENTION * sum(spoken):
        return True
    inside = sum(h.end - h.start for n in staying for h in sheet.inside[n])
    adverts = (line for line, mark in zip(sheet.lines, sheet.marks, strict=True) if mark and mark[0] == "advert")
    return length - inside < sum(len(line.key) for line in adverts) + inside


def _dense(sheet: Sheet, start: int, end: int) -> bool:
    """Whether lines speak of the keyword all the time."""
    spoken = [_spoken(sheet, n) for n in range(start, end)]
    length = sum(len(sheet.lines[n].key) for n in range(start, end))
    close = length <= PROMO_CHARS_PER_MENTION * sum(spoken)
    return close and sum(spoken) >= 3 and sum(map(bool, spoken)) >= 0.4 * len(spoken)


def _spoken(sheet: Sheet, number: int) -> int:
    return sheet.keyword.spoken_of(sheet.lines[number].key) if sheet.counts[number] else 0


def judge_bulleted(sheet: Sheet) -> None:
    """Bulleted headlines of which the model has taken half for links: the others are in doubt, too."""
    number = 0
    while number < len(sheet.lines):
        run = list(takewhile(lambda n: _is_bullet(sheet.lines[n].key), range(number, len(sheet.lines))))
        number += len(run) or 1
        left = [n for n in run if sheet.marks[n] is None]
        doubted = all(sheet.chances[n] >= DOUBTED and not sheet.heads_prose(n, sheet.rest(n)) for n in left)
        if left and len(run) >= BULLETED and 2 * len(left) <= len(run) and doubted:
            sheet.mark(left, "related_link", f"{len(run)} bulleted headlines")


def judge_contents(sheet: Sheet) -> None:
    """Lists of headlines that stand over the articles of the page below; one with numbers is known by entries too that
    went for something else.
    """
    bare = [_bare(line.key) for line in sheet.lines]
    last = {words: number for number, words in enumerate(bare)}
    entries = [n for n, words in enumerate(bare) if len(words) >= CONTENTS_MIN_CHARS and last[words] > n]
    for run in _lists([n for n in entries if _numbered(sheet, n) or _stays_short(sheet, n)], bare):
        staying = [n for n in run if sheet.marks[n] is None]
        if staying and len(run) > 1 and all(last[bare[n]] > run[-1] for n in run):
            sheet.mark(staying, "navigation", "headlines of the articles below")


def _stays_short(sheet: Sheet, number: int) -> bool:
    return sheet.marks[number] is None and not sheet.lines[number].prose


def _numbered(sheet: Sheet, number: int) -> bool:
    key = sheet.lines[number].key
    return "number" in marks_alone(key).styles and is_headline(key)


def _lists(numbers: Sequence[int], bare: Sequence[str]) -> Iterator[list[int]]:
    """Numbers of lines in runs without a gap; one that says again what its run has said begins the next."""
    run: list[int] = []
    for number in numbers:
        if run and (number > run[-1] + 1 or bare[number] in (bare[n] for n in run)):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _bare(key: str) -> str:
    """A line without the marks of a headline, if it is short enough for one."""
    if len(key) > LIST_MAX_CHARS:
        return ""
    marks = marks_alone(key)
    return key[marks.start : marks.end].strip()


def judge_scraps(sheet: Sheet) -> None:
    """What little stays of a page that is spam but for it."""
    staying = sheet.staying()
    prose = sum(len(sheet.rest(n)) for n in staying if sheet.lines[n].prose)
    gone = sum(len(line.key) for line, mark in zip(sheet.lines, sheet.marks, strict=True) if mark)
    if sheet.keyword.names and prose < SCRAPS_MAX_CHARS and prose * 3 < gone:
        told = {"keyword": sheet.keyword.name, "prose_left": prose, "chars_cut": gone}
        sheet.mark(staying, "stray_line", "all that stays of a page of spam", told)
