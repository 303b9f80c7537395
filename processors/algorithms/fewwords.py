"""Tells a headline of a few words that do not come back in its text (讣告) from what else stands over a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from processors.algorithms.headline import is_headline
from processors.algorithms.layout import han_count
from processors.algorithms.stripped import BRIEF_CHARS, SENTENCE_ENDS, Stripped

MOST_DOUBT = 0.3
"""On a polluted page a line that is spam with a higher probability is what little stays of it."""

LISTED = re.compile(r"[●•·◆■▪○*-]\s?\S|[\[(]?\d{1,2}[.、)\]]|[\[(]?[一二三四五六七八九十]{1,3}[、)\]]|[①-⑳]")
"""What an entry of a list begins with."""

PART = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[章节条部编款步天日回集幕场站]|其[一二三四五六七八九十]|附[则件录]|步骤|[问答qa]\s*[:.]"
    r"|(?:编者按|摘要|导语|结语|后记|注|附)\s*[:】]?$"
)
"""What a heading inside a text begins with, or is."""


def heads_page(page: Stripped, number: int, bare: str) -> bool:
    """Whether a few words on top of a page stand over a text, or over verses behind a gap: nothing else would be its
    headline.
    """
    below = page.below(number, bare)
    if not 2 <= han_count(bare) <= len(bare) <= BRIEF_CHARS or below == len(page.lines):
        return False
    if page.polluted and (page.doubts[number] > MOST_DOUBT or not page.lines[below].prose):
        return False
    if bare[-1] in SENTENCE_ENDS or "," in bare or "、" in bare or _is_heading(page.lines[number].key, bare):
        return False
    key = page.lines[below].key
    if not is_headline(key) or len(key) <= len(bare) or not han_count(key):
        return True
    spaced = below + 1 < len(page.lines) and page.gaps[below].blank > page.gaps[below + 1].blank
    return spaced and not page.prose[-1]


def _is_heading(key: str, bare: str) -> bool:
    return PART.match(bare) is not None or LISTED.match(key) is not None


def heads_text(page: Stripped, number: int, bare: str, signs: Mapping[str, float]) -> bool:
    """Whether a few words behind spam are the headline of the text below: it begins with them, or on this page no
    other line is so short.
    """
    if len(bare) > BRIEF_CHARS:
        return False
    if "begins_text" in signs:
        return True
    alone = page.brief <= {number}
    return alone and "over_long" in signs and not page.fronts[number] and heads_page(page, number, bare)
