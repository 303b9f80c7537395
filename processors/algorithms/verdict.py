"""Judges the lines of a page: which are an article's, which are spam or furniture, and what inside a line is spam."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from processors.algorithms.advert import ADVERT_MAX_CHARS, CACHED_LINES, advert_strength, is_reachable
from processors.algorithms.brand import Brand, Weights, infer_brands
from processors.algorithms.furniture import (
    SMALL_PRINT_MAX_CHARS,
    Found,
    furniture,
    place_run,
    small_print,
)
from processors.algorithms.headline import is_byline
from processors.algorithms.keyword import Hit, Keyword, keeps, without
from processors.algorithms.layout import Line, Page, han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BULLET, CALLING_BRACKET, CONTACT, EMOJI, URL

LIST_MAX_CHARS = 80
"""Longest entry of a list of links."""

TEXT_MIN_CHARS = 40
"""From this length on prose is running text and no headline with a question mark."""

SHORT_ADVERT_CHARS = 60
"""On a polluted page a line no longer than this with a way to get in touch is an advert."""

FIT_LINES, FIT_SHARE = 8, 0.2
"""A headline shares this part of its pairs of characters with so many lines behind it."""

SCRAPS_MAX_CHARS = 60
"""Less prose than this, and three times as much spam, is no article."""

EDGE_MIN_LINES = 2
"""On a page without a keyword, furniture counts only where so many lines of it stand together at an edge."""

PROMO_CHARS_PER_MENTION = 90
"""A text that names the keyword more often than once in so many characters, inside its clauses, is written for it."""

SIGNS_OF_POLLUTION = 2
"""So many kinds of furniture that only sites have make a page one that is cut even without a keyword."""

HEAD_LINES, TAIL_LINES = 12, 20
"""The edges of a page, where its furniture stands."""

LIST_ENDS = frozenset({"list_heading", "related_link", "navigation", "small_print", "date", "page_info"})
"""What may stand behind a list of links; an advert may stand in the middle of an article's own list."""

PUT_IN = frozenset({"advert", "keyword_line", "decoration"})
"""What stands between the paragraphs of a polluted article; anything else stands around it."""

SITE_ONLY = frozenset({"page_info", "small_print", "list_heading", "place_run"})

_PATH = re.compile("[|>»:]")
_HAN = re.compile("[\u3400-\u9fff“]")
_CLOSED = re.compile(r"[。;；,，、:：]$")

Mark = tuple[str, dict[str, object]]


def judge(page: Page, lexicon: Lexicon, weights: Weights) -> Iterator[Hit]:
    """What to cut from a page, as ranges of its key, in order.

    A page is polluted if it shows a keyword of its own, or several kinds of furniture that only sites have. Any other
    loses nothing, except furniture at its edges.
    """
    found = [_furniture(line.key, lexicon) if len(line.key) <= SMALL_PRINT_MAX_CHARS else None for line in page.lines]
    signs = len(_signs(page, found, lexicon))
    brands = infer_brands(page, lexicon, weights, signs)
    if brands or signs >= SIGNS_OF_POLLUTION:
        return _Judge(page, lexicon, brands, found).hits()
    return _edges(page, found)


@lru_cache(maxsize=CACHED_LINES)
def _furniture(key: str, lexicon: Lexicon) -> Found | None:
    """What a line is by its own words."""
    return furniture(key, lexicon) or place_run(key) or small_print(key, lexicon)


def _signs(page: Page, found: Sequence[Found | None], lexicon: Lexicon) -> set[str]:
    """The kinds of furniture and adverts at the edges of a page that no manual, law or book has there."""
    signs: set[str] = set()
    for number, (line, own) in enumerate(zip(page.lines, found, strict=True)):
        if HEAD_LINES <= number < len(page.lines) - TAIL_LINES:
            continue
        if own and own.reason in SITE_ONLY:
            signs.add(own.reason)
        elif own and own.reason == "navigation" and _PATH.search(line.key):
            signs.add("path")
        elif own is None and len(line.key) <= ADVERT_MAX_CHARS and is_reachable(line.key):
            if advert_strength(line.key, lexicon) >= 3:
                signs.add("advert")
    return signs


def _edges(page: Page, found: Sequence[Found | None]) -> Iterator[Hit]:
    """Furniture at the top and the bottom of a page that is not polluted."""
    both = list(zip(page.lines, found, strict=True))
    for lines in (both, both[::-1]):
        run = []
        for line, own in lines:
            if own is None or own.reason not in ("navigation", "list_heading"):
                break
            run.append(Hit(line.start, line.end, own.reason, {"words": own.words}))
        if EDGE_MIN_LINES <= len(run) < len(page.lines):
            yield from run


class _Judge:
    """The state of judging one polluted page: a mark for every line that goes as a whole, hits inside the others."""

    def __init__(
        self, page: Page, lexicon: Lexicon, brands: Sequence[Brand], found: Sequence[Found | None]
    ) -> None:
        self.lines = page.lines
        self.lexicon = lexicon
        self.keyword = Keyword(brands, lexicon)
        self.counts = [self.keyword.count(line.key) for line in self.lines]
        self.found = found
        self.marks: list[Mark | None] = [(f.reason, {"words": f.words}) if f else None for f in self.found]
        self.inside: list[list[Hit]] = [[] for _ in self.lines]

    def hits(self) -> Iterator[Hit]:
        """Everything to cut, in order."""
        for number, line in enumerate(self.lines):
            if self.marks[number] is None:
                self.marks[number] = self._mark(number, line)
        self._lists()
        self._stray()
        self._promotion()
        for line, mark, inside in zip(self.lines, self.marks, self.inside, strict=True):
            if mark is not None:
                yield Hit(line.start, line.end, *mark)
            else:
                yield from (h._replace(start=h.start + line.start, end=h.end + line.start) for h in inside)

    def _mark(self, number: int, line: Line) -> Mark | None:
        """What a line is by the page's keyword; for a line that stays, notes what to cut inside."""
        if self.counts[number] == 0:
            return self._mark_without(number, line)
        evidence: dict[str, object] = {"keyword": self.keyword.name, "times": self.counts[number]}
        if len(line.key) <= LIST_MAX_CHARS and self.keyword.begins(line.key) and self._among_links(number):
            return "related_link", evidence
        rest = self.keyword.rest(line.key)
        own = None if line.prose else furniture(rest, self.lexicon)
        if own:
            return own.reason, evidence
        hits = list(self.keyword.sentences(line.key))
        if line.prose:
            stays = keeps(_rest(line.key, hits))
        else:
            stays = self._heads_prose(number, rest)
        if stays:
            self.inside[number] = _disjoint([*hits, *_addresses(line.key), *_emoji(line.key)])
            return None
        advert = line.prose or self.keyword.is_advert(line.key)
        return ("advert" if advert else "keyword_line"), evidence

    def _mark_without(self, number: int, line: Line) -> Mark | None:
        """The same for a line that does not name the keyword."""
        if line.prose:
            hits = list(self.keyword.sentences(line.key)) if is_reachable(line.key) or self._calls(line.key) else []
            short = len(line.key) <= SHORT_ADVERT_CHARS and CONTACT.search(line.key) is not None
            advert = short or (bool(hits) and not keeps(_rest(line.key, hits)))
        else:
            hits = []
            short = len(line.key) <= SHORT_ADVERT_CHARS and advert_strength(line.key, self.lexicon) >= 2
            advert = short or self.keyword.is_advert(line.key)
        if advert:
            return "advert", {"words": line.key[:30]}
        self.inside[number] = _disjoint([*hits, *_addresses(line.key), *_emoji(line.key)])
        return None

    def _calls(self, key: str) -> bool:
        return self.lexicon.promo.search(key) is not None

    def _among_links(self, number: int) -> bool:
        """Whether a neighbour begins with the keyword too, or is a date alone."""
        for other in (number - 1, number + 1):
            if 0 <= other < len(self.lines):
                found = self.found[other]
                if self.keyword.begins(self.lines[other].key) or (found and found.reason in ("date", "list_heading")):
                    return True
        return False

    def _heads_prose(self, number: int, rest: str) -> bool:
        """Whether a line stands as a headline does: its words come back in the running text that follows soon."""
        return self._fits(rest, number) and any(
            line.prose and len(line.key) >= TEXT_MIN_CHARS and self.counts[other] < 2
            for other, line in enumerate(self.lines[number + 1 : number + 5], start=number + 1)
        )

    def _fits(self, rest: str, number: int) -> bool:
        """Whether the words of a line, without the keyword, come back in the text behind it, as a headline's do."""
        if han_count(rest) < 4 or rest[0] in "([【<":
            return False
        words = {rest[i : i + 2] for i in range(len(rest) - 1)}
        text = "\n".join(line.key for line in self.lines[number + 1 : number + 1 + FIT_LINES])
        return sum(word in text for word in words) >= FIT_SHARE * len(words)

    def _lists(self) -> None:
        """Lists of links that do not carry the keyword: under a heading, or bullets that lead nowhere."""
        under = False
        for number, line in enumerate(self.lines):
            mark = self.marks[number]
            if mark is not None:
                under = under or mark[0] == "list_heading"
                under = under and mark[0] in ("list_heading", "date", "related_link", "keyword_line")
            elif under and len(line.key) <= LIST_MAX_CHARS and not line.key.endswith(("。", "***")) and not self._heads_prose(number, line.key):
                self.marks[number] = ("related_link", {"words": "under a list heading"})
            else:
                under = False
        for start, end in self._bullet_runs():
            behind = self.marks[end] if end < len(self.lines) else ("list_heading", {})
            if behind[0] in LIST_ENDS if behind else self.lines[end].blank > 0:
                for number in range(start, end):
                    self.marks[number] = ("related_link", {"words": f"{end - start} bulleted headlines"})

    def _bullet_runs(self) -> Iterator[tuple[int, int]]:
        start = None
        for number in range(len(self.lines) + 1):
            inside = number < len(self.lines) and self._is_bullet(number)
            if inside and start is None:
                start = number
            elif not inside and start is not None:
                if number - start >= 2:
                    yield start, number
                start = None

    def _is_bullet(self, number: int) -> bool:
        key = self.lines[number].key
        if self.marks[number] is not None or len(key) > LIST_MAX_CHARS + 2:
            return False
        bare = BULLET.sub("", key)
        return bare != key and 6 <= len(bare) <= LIST_MAX_CHARS and not (_CLOSED.search(bare) or bare.endswith("***"))

    def _runs(self) -> list[tuple[int, int]]:
        """Ranges of lines that stay and stand together."""
        runs: list[tuple[int, int]] = []
        for number, mark in enumerate(self.marks):
            if mark is None:
                if runs and runs[-1][1] == number:
                    runs[-1] = (runs[-1][0], number + 1)
                else:
                    runs.append((number, number + 1))
        return runs

    def _stray(self) -> None:
        """Short lines with spam on both sides that lead to no prose."""
        runs = self._runs()
        for (start, end), following in zip_longest(runs, runs[1:]):
            if any(self.lines[n].prose for n in range(start, end)):
                continue
            if self._within_article(start, end):
                continue
            leads = following is not None and self.lines[following[0]].prose and following[0] - end <= 3
            for number in range(start, end - 1 if leads else end):
                self.marks[number] = ("stray_line", {"words": "between spam, no prose follows"})

    def _within_article(self, start: int, end: int) -> bool:
        """Whether only lines put into an article stand before and behind some lines, and running text beyond those."""
        before, behind = self._beyond(range(start - 1, -1, -1)), self._beyond(range(end, len(self.lines)))
        return before and behind

    def _beyond(self, numbers: range) -> bool:
        for number in numbers:
            mark = self.marks[number]
            if mark is None and self.lines[number].prose:
                return True
            if mark is not None and mark[0] not in PUT_IN:
                return False
        return False

    def _promotion(self) -> None:
        """Texts that are written for the keyword from beginning to end."""
        runs = self._runs()
        staying = [n for start, end in runs for n in range(start, end)]
        if not self._written_for_keyword(staying):
            staying = [n for start, end in runs if self._dense(start, end) for n in range(start, end)]
        for number in staying:
            self.marks[number] = ("promotion", {"keyword": self.keyword.name})
        self._scraps()

    def _scraps(self) -> None:
        """What little stays of a page that is spam but for it."""
        staying = [n for n, mark in enumerate(self.marks) if mark is None]
        prose = sum(len(_rest(self.lines[n].key, self.inside[n])) for n in staying if self.lines[n].prose)
        gone = sum(len(line.key) for line, mark in zip(self.lines, self.marks, strict=True) if mark)
        if self.keyword.names and prose < SCRAPS_MAX_CHARS and prose * 3 < gone:
            for number in staying:
                self.marks[number] = ("stray_line", {"words": "all that stays of a page of spam"})

    def _written_for_keyword(self, staying: Sequence[int]) -> bool:
        """Whether the prose that would stay speaks of the keyword all the time, or is less than what went as adverts."""
        prose = [n for n in staying if self.lines[n].prose]
        spoken = [self.keyword.spoken_of(self.lines[n].key) if self.counts[n] else 0 for n in prose]
        if 2 * sum(map(bool, spoken)) < len(prose):
            return False
        length = sum(len(self.lines[n].key) for n in prose)
        if length <= PROMO_CHARS_PER_MENTION * sum(spoken):
            return True
        inside = sum(h.end - h.start for n in staying for h in self.inside[n])
        adverts = (line for line, mark in zip(self.lines, self.marks, strict=True) if mark and mark[0] == "advert")
        return length - inside < sum(len(line.key) for line in adverts) + inside

    def _dense(self, start: int, end: int) -> bool:
        """Whether lines speak of the keyword all the time."""
        if sum(self.counts[start:end]) < 3:
            return False
        keys = [self.lines[n].key for n in range(start, end)]
        spoken = [self.keyword.spoken_of(key) for key in keys]
        close = sum(map(len, keys)) <= PROMO_CHARS_PER_MENTION * sum(spoken)
        return close and sum(spoken) >= 3 and sum(map(bool, spoken)) >= 0.4 * len(keys)


def _addresses(key: str) -> Iterator[Hit]:
    """Addresses put into the text of a polluted page: in brackets with a call, or between clauses where none belongs."""
    for found in CALLING_BRACKET.finditer(key):
        yield Hit(found.start(), found.end(), "keyword_inside", {"words": found.group()[:40]})
    for found in URL.finditer(key):
        before, behind = key[found.start() - 1 : found.start()], key[found.end() : found.end() + 1]
        if (not before or before in ",。!?;…”") and (not behind or _HAN.match(behind)):
            yield Hit(found.start(), found.end(), "keyword_inside", {"words": found.group()[:40]})


def _emoji(key: str) -> Iterator[Hit]:
    """Pictographs thrown into the text of a polluted page."""
    for found in EMOJI.finditer(key):
        yield Hit(found.start(), found.end(), "emoji", {"words": found.group()})


def _rest(key: str, hits: Sequence[Hit]) -> str:
    return without(key, [(h.start, h.end) for h in hits]).strip()


def _disjoint(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in order, without those that begin inside an earlier one."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out
