"""Judges the lines of a page: which are an article's, which are spam or furniture, and what inside a line is spam."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from processors.algorithms.brand import Brand, infer_brands
from processors.algorithms.furniture import furniture, place_run, small_print
from processors.algorithms.keyword import Hit, Keyword
from processors.algorithms.layout import Line, Page, han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BULLET, EMOJI

LIST_MAX_CHARS = 80
"""Longest entry of a list of links."""

EDGE_MIN_LINES = 2
"""On a page without a keyword, furniture counts only where so many lines of it stand together at an edge."""

PROMO_CHARS_PER_MENTION = 90
"""A text that names the keyword more often than once in so many characters, inside its clauses, is written for it."""

_CLOSED = re.compile(r"[。;；,，、:：]$")
_WORD = re.compile(r"[a-z0-9\u3400-\u9fff]")

Mark = tuple[str, dict[str, object]]


def judge(page: Page, lexicon: Lexicon) -> Iterator[Hit]:
    """What to cut from a page, as ranges of its key, in order. Cuts nothing from a page that shows no keyword of its

    own, except furniture at its edges.
    """
    brands = infer_brands(page, lexicon)
    if not brands:
        yield from _edges(page, lexicon)
        return
    yield from _Judge(page, lexicon, brands).hits()


def _edges(page: Page, lexicon: Lexicon) -> Iterator[Hit]:
    """Furniture at the top and the bottom of a page that is not polluted."""
    for lines in (page.lines, page.lines[::-1]):
        run = []
        for line in lines:
            found = furniture(line.key, lexicon)
            if found is None or found.reason not in ("navigation", "list_heading"):
                break
            run.append(Hit(line.start, line.end, found.reason, {"words": found.words}))
        if EDGE_MIN_LINES <= len(run) < len(page.lines):
            yield from run


class _Judge:
    """The state of judging one polluted page: a mark for every line that goes as a whole, hits inside the others."""

    def __init__(self, page: Page, lexicon: Lexicon, brands: Sequence[Brand]) -> None:
        self.lines = page.lines
        self.lexicon = lexicon
        self.keyword = Keyword(brands, lexicon)
        self.marks: list[Mark | None] = [None] * len(self.lines)
        self.inside: list[list[Hit]] = [[] for _ in self.lines]

    def hits(self) -> Iterator[Hit]:
        """Everything to cut, in order."""
        for number, line in enumerate(self.lines):
            self.marks[number] = self._own_mark(line) or self._keyword_mark(number, line)
        self._lists()
        self._stray()
        self._promotion()
        for line, mark, inside in zip(self.lines, self.marks, self.inside, strict=True):
            if mark is not None:
                yield Hit(line.start, line.end, *mark)
            else:
                yield from (h._replace(start=h.start + line.start, end=h.end + line.start) for h in inside)

    def _own_mark(self, line: Line) -> Mark | None:
        """What a line is by its own words."""
        found = furniture(line.key, self.lexicon) or place_run(line.key) or small_print(line.key, self.lexicon)
        return (found.reason, {"words": found.words}) if found else None

    def _keyword_mark(self, number: int, line: Line) -> Mark | None:
        """What a line is by the page's keyword; for a line that stays, notes what to cut inside."""
        count = self.keyword.count(line.key)
        if count == 0:
            if line.prose:
                self.inside[number] = _disjoint([*self.keyword.sentences(line.key), *_emoji(line.key)])
                kept = _rest(line.key, self.inside[number])
                return None if self.keyword.keeps(kept) else self._advert(line)
            self.inside[number] = list(_emoji(line.key))
            return self._advert(line) if self.keyword.is_advert(line.key) else None
        evidence: dict[str, object] = {"keyword": self.keyword.names[0], "times": count}
        rest = self.keyword.rest(line.key)
        if self.keyword.begins(line.key) and len(line.key) <= LIST_MAX_CHARS and self._among_links(number):
            return "related_link", evidence
        if line.prose:
            hits = list(self.keyword.sentences(line.key))
            if self.keyword.keeps(_rest(line.key, hits)):
                self.inside[number] = _disjoint([*hits, *_emoji(line.key)])
                return None
            return "advert", evidence
        if han_count(rest) >= 8 and self._heads_prose(number):
            self.inside[number] = _disjoint([*self.keyword.sentences(line.key), *_emoji(line.key)])
            return None
        return ("advert" if self.keyword.is_advert(line.key) else "keyword_line"), evidence

    def _advert(self, line: Line) -> Mark:
        return "advert", {"words": line.key[:30]}

    def _among_links(self, number: int) -> bool:
        """Whether a neighbour begins with the keyword too, or is a date alone."""
        for other in (number - 1, number + 1):
            if 0 <= other < len(self.lines):
                key = self.lines[other].key
                found = furniture(key, self.lexicon)
                if self.keyword.begins(key) or (found and found.reason in ("date", "list_heading")):
                    return True
        return False

    def _heads_prose(self, number: int) -> bool:
        following = self.lines[number + 1 : number + 2]
        return bool(following) and following[0].prose and self.keyword.count(following[0].key) < 2

    def _lists(self) -> None:
        """Lists of links that do not carry the keyword: under a heading, or bullets that lead nowhere."""
        under = False
        for number, line in enumerate(self.lines):
            mark = self.marks[number]
            if mark is not None:
                under = under or mark[0] == "list_heading"
                under = under and mark[0] in ("list_heading", "date", "related_link", "keyword_line")
            elif under and len(line.key) <= LIST_MAX_CHARS and not line.key.endswith("。"):
                self.marks[number] = ("related_link", {"words": "under a list heading"})
            else:
                under = False
        for start, end in self._bullet_runs():
            following = self.marks[end] if end < len(self.lines) else ("end", {})
            if following is not None or self.lines[end].blank > 0:
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
        line = self.lines[number]
        bare = BULLET.sub("", line.key)
        return (
            self.marks[number] is None
            and bare != line.key
            and 6 <= len(bare) <= LIST_MAX_CHARS
            and not _CLOSED.search(bare)
            and not bare.endswith("***")
        )

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
            if following is not None and self.lines[following[0]].prose and following[0] - end <= 3:
                stray = range(start, end - 1)
            else:
                stray = range(start, end)
            for number in stray:
                self.marks[number] = ("stray_line", {"words": "between spam, no prose follows"})

    def _promotion(self) -> None:
        """Texts that are written for the keyword from beginning to end."""
        runs = self._runs()
        staying = [n for start, end in runs for n in range(start, end)]
        if self._written_for_keyword(staying):
            runs = [(n, n + 1) for n in staying]
        else:
            runs = [(start, end) for start, end in runs if self._dense(start, end)]
        for start, end in runs:
            for number in range(start, end):
                self.marks[number] = ("promotion", {"keyword": self.keyword.names[0]})

    def _written_for_keyword(self, staying: Sequence[int]) -> bool:
        """Whether the prose that would stay names the keyword all the time, or is less than what went as adverts."""
        prose = [n for n in staying if self.lines[n].prose]
        mentions = [self.keyword.count(self.lines[n].key) for n in prose]
        if 2 * sum(map(bool, mentions)) < len(prose):
            return False
        length = sum(len(self.lines[n].key) for n in prose)
        if length <= PROMO_CHARS_PER_MENTION * sum(mentions):
            return True
        inside = sum(h.end - h.start for n in staying for h in self.inside[n])
        gone = sum(len(line.key) for line, mark in zip(self.lines, self.marks, strict=True) if mark and mark[0] == "advert")
        return length - inside < gone + inside

    def _dense(self, start: int, end: int) -> bool:
        """Whether lines name the keyword all the time, inside their clauses."""
        keys = [self.lines[n].key for n in range(start, end)]
        mentions = sum(self.keyword.count(key) for key in keys)
        inside = sum(self._mid_clause(key) for key in keys)
        named = sum(1 for key in keys if self.keyword.count(key)) / len(keys)
        close = sum(map(len, keys)) <= PROMO_CHARS_PER_MENTION * mentions
        return mentions >= 3 and inside >= 2 and close and named >= 0.4

    def _mid_clause(self, key: str) -> int:
        return sum(
            1
            for name in self.keyword.names
            for found in re.finditer(re.escape(name), key)
            if _WORD.match(key[found.start() - 1 : found.start()] or " ")
        )


def _emoji(key: str) -> Iterator[Hit]:
    """Pictographs thrown into the text of a polluted page."""
    for found in EMOJI.finditer(key):
        yield Hit(found.start(), found.end(), "emoji", {"words": found.group()})


def _rest(key: str, hits: Sequence[Hit]) -> str:
    out, at = [], 0
    for hit in sorted(hits):
        out.append(key[at : hit.start])
        at = max(at, hit.end)
    return "".join([*out, key[at:]]).strip()


def _disjoint(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in order, without those that begin inside an earlier one."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out
