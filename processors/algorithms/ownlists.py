"""Gives back the lines in which an article lists telephones or places, or is signed, though an advert looks so too."""

from __future__ import annotations

import re

from processors.algorithms.layout import Line
from processors.algorithms.lists import number_of
from processors.algorithms.patterns import CONTACT, MESSENGER, PLACES_APART, PLACES_SPACED, URL, Scouted
from processors.algorithms.sheet import Sheet

NEAR = 6
"""Lines of one list stand no farther from each other."""

JUDGED = frozenset({"unlike_article", "stray_line", "contact"})
"""What a line of such a list is taken for."""

ENTRIES = JUDGED | {"advert", "spam_sentence"}
"""What an entry of an article's numbered list may be taken for as well, by its words."""

PUT_BETWEEN = frozenset({"advert", "keyword_line"})
"""What pages put between a notice and what it is signed with."""

_PLACES = re.compile(f"{PLACES_APART.pattern}|{PLACES_SPACED.pattern}")
_LANDLINE = Scouted(r"(?<![\d-])(0\d{2,3})-\d{4}\s?\d{3,4}(?!\d)", r"\d-\d{4}")
_ENTRY = re.compile(r"[\u3400-\u9fff]{2,16}:0\d{2,3}-\d{4}\s?\d{3,4}(?:[(,].*)?")
_MAIL = re.compile(r"(?:[\u3400-\u9fff]{2,6}:)?[a-z][\w.-]{1,30}@[a-z][a-z.-]{3,40}")
_OFFICE = re.compile(
    r"(?:(?:主办|承办|发布|公告|印发)单位:)?[\u3400-\u9fff]{3,20}"
    r"(?:局|厅|部|委员会|办公室|人民政府|支队|总队|法院|检察院|管理处|中心|医院|学校|大学|图书馆|博物馆|街道办|居委会|村委会)"
)
_DAY = re.compile(
    r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日|[二〇零一九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_MOBILE = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|400-?\d{3}-?\d{4})(?!\d)")


ASKED, _ANSWERED = re.compile("[问q]:[\u3400-\u9fff][^?]{3,40}[?]"), re.compile("[答a]:")
"""The question of an interview, which is text however short it is, and what its answer begins with."""


def give_back_lists(sheet: Sheet) -> None:
    """Takes the marks off such lines: places that the text announces, telephones from those near one that stays on."""
    for number, mark in enumerate(sheet.marks):
        if mark and mark[0] in ("unlike_article", "place_run") and _PLACES.fullmatch(sheet.lines[number].key):
            sheet.marks[number] = None if _is_announced(sheet, number) else mark
    _give_back_signatures(sheet)
    _give_back_entries(sheet)
    _give_back_questions(sheet)
    waiting = [
        number for number, mark in enumerate(sheet.marks) if mark and mark[0] in JUDGED and _may_be(sheet, number)
    ]
    for number in (*waiting, *reversed(waiting)):
        if sheet.marks[number] and _fits(sheet, number):
            sheet.marks[number] = None


def _give_back_signatures(sheet: Sheet) -> None:
    """The office and the date that a notice ends with, right under its text."""
    for number in range(1, len(sheet.lines) - 1):
        line, date = sheet.lines[number], sheet.lines[number + 1]
        marked = sheet.marks[number] or sheet.marks[number + 1]
        if marked and signs(line.key) and _DAY.fullmatch(date.key) and _is_under_text(sheet, number):
            sheet.marks[number] = sheet.marks[number + 1] = None


def signs(key: str) -> bool:
    """Whether a line is nothing but the office or the date that a notice is signed with."""
    return _OFFICE.fullmatch(key) is not None or _DAY.fullmatch(key) is not None


def _is_under_text(sheet: Sheet, number: int) -> bool:
    """Whether running text that stays is above a line, adverts between them aside."""
    above = number - 1
    while above > 0 and (mark := sheet.marks[above]) and mark[0] in PUT_BETWEEN:
        above -= 1
    return not sheet.counts[number] and sheet.marks[above] is None and sheet.lines[above].prose


def _give_back_entries(sheet: Sheet) -> None:
    """The entries of a numbered list of which those with the numbers before and behind stay, if they lead nowhere."""
    numbers = {at: found for at, line in enumerate(sheet.lines) if (found := number_of(line.key))}
    for at, (form, value) in numbers.items():
        mark, key = sheet.marks[at], sheet.lines[at].key
        if mark and mark[0] in ENTRIES and not (sheet.counts[at] or CONTACT.search(key) or URL.search(key)):
            near = {numbers.get(n) for n in range(at - NEAR, at + NEAR + 1) if n in numbers and sheet.marks[n] is None}
            sheet.marks[at] = None if {(form, value - 1), (form, value + 1)} <= near else mark


def _give_back_questions(sheet: Sheet) -> None:
    """What is left of a question without the advert behind it, if its answer stays."""
    for number, mark in enumerate(sheet.marks[:-1]):
        if mark and mark[0] == "unlike_article" and sheet.marks[number + 1] is None and sheet.inside[number]:
            answered = _ANSWERED.match(sheet.lines[number + 1].key)
            sheet.marks[number] = None if answered and ASKED.fullmatch(sheet.rest(number)) else mark


def _is_announced(sheet: Sheet, number: int) -> bool:
    """Whether the line above ends with a colon, stays and does not name the keyword."""
    above = number - 1
    return above >= 0 and not (sheet.marks[above] or sheet.counts[above]) and sheet.lines[above].key.endswith(":")


def _may_be(sheet: Sheet, number: int) -> bool:
    """Whether a line gives the telephone or the mailbox of an office and no other way to get in touch."""
    key = sheet.lines[number].key
    if sheet.counts[number] or not (_LANDLINE.search(key) or _MAIL.fullmatch(key)):
        return False
    bare = _MAIL.sub("", key)
    others = MESSENGER.search(bare) or URL.search(bare) or _MOBILE.search(bare)
    return others is None and sheet.lexicon.promo.search(key) is None


def _fits(sheet: Sheet, number: int) -> bool:
    line = sheet.lines[number]
    before, behind = max(0, number - NEAR), number + 1 + NEAR
    near = [other for at, other in enumerate(sheet.lines[before:behind], start=before) if sheet.marks[at] is None]
    if line.key.endswith("。") and number and sheet.marks[number - 1] is None:
        return sheet.lines[number - 1].prose
    if _MAIL.fullmatch(line.key):
        return any(_LANDLINE.search(other.key) for other in near)
    return any(_alike(line, other) for other in near)


def _alike(line: Line, other: Line) -> bool:
    """Whether two lines have telephones of one area, or nothing but a name and a telephone."""
    codes = set(_LANDLINE.findall(line.key))
    return not codes.isdisjoint(_LANDLINE.findall(other.key)) or bool(
        _ENTRY.fullmatch(line.key) and _ENTRY.fullmatch(other.key)
    )
