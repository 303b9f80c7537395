"""What the sentences of the lines that stay on a polluted page show of being put in: their traits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from processors.algorithms.bounds import Sentence, sentences_of
from processors.algorithms.claims import claims
from processors.algorithms.insertions import cuts_inside
from processors.algorithms.keyword import Hit
from processors.algorithms.layout import han_count
from processors.algorithms.patterns import CONTACT, EMOJI, MESSENGER, URL
from processors.algorithms.sheet import Sheet, rest_of
from processors.algorithms.vocabulary import Vocabulary

LONGEST = 200
"""A longer sentence is nobody's pitch."""

SHORT, CONVERTED = 8, 0.15
"""So few Chinese characters tell no script; a text with more than this share that is not Simplified is in another."""

Counts = npt.NDArray[np.int64]

UNSOLD = frozenset({"says 0/5"})
"""Sentences that sell nothing and call nobody stay, whatever else they show."""

REACHED = frozenset({"messenger", "mobile", "telephone", "address"})
"""Ways to be reached."""

_HAN = re.compile("[\u3400-\u9fff]")
_HANDLE = re.compile(r"@[a-z0-9_]{4,}|(?<![a-z0-9])[a-z]{2,4}\d{3,7}(?![a-z0-9])|(?<!\d)[1-9]\d{7,10}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9](?:[ -]?\d){9}(?!\d)|(?<!\d)400-?\d{3}-?\d{4}")
_NUMBERED = re.compile(
    r"[(\[]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)\]]|第[一二三四五六七八九十\d]{1,3}[条章节步]"
)
_ANSWER = re.compile(r"[^,。:]{0,4}[问答](?:案|题)?:|(?:网友|回复|评论|楼主)[^,。:]{0,6}:")
_LATIN = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
_NEWS = re.compile(
    "记者|表示|介绍说|认为|指出|获悉|据悉|通报|报道|了解到|告诉|透露|回忆|坦言|强调|[说道称][,:]|《|第.{1,3}条|[年月]\\d{1,2}[月日]"
)
_QUOTE = re.compile("[“”「」『』]")
_ASPECT = re.compile("[了着过]")
_OPENS, _CLOSES = "([【<「『“", ")]】>」』”"
_EMPTY = re.compile(r"[(\[【“「『\"]\s*[:,]?\s*[)\]】”」』\"]")
_MARKS = {"。": "full stop", "!": "cry", "?": "question", ":": "colon", ";": "semicolon", "…": "dots", ",": "comma"}
_CLOSING = " ”’」』\"')】"


class Sentences:
    """The sentences of the lines that stay, with what rules cut inside them."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.page = sheet.page
        self.staying = [n for n in sheet.staying() if sheet.lines[n].prose]
        self._inside: dict[int, list[Hit]] = {}
        self._parts: dict[int, list[Sentence]] = {}
        self._said: dict[int, list[tuple[int, int, str]]] = {}

    def candidates(self) -> Iterator[tuple[Sentence, list[str]]]:
        """The sentences that sell, as others of a text hardly do, with their traits; also what a rule cuts."""
        for line in self.staying:
            hits, said = self.sheet.inside[line], self.said(line)
            if not hits and len(said) < 2:
                continue
            for part in self.of_line(line):
                kinds = {kind for start, _, kind in said if part.start <= start < part.end}
                touched = any(_meets(hit, part) and hit.reason != "emoji" for hit in hits)
                listed = not touched and self._listed(line)
                traits = self.traits(part) if (touched or len(kinds) > 1) and not listed else []
                if traits and (traits[0] not in UNSOLD or is_ruled(traits)):
                    yield part, traits

    def _listed(self, line: int) -> bool:
        """Whether a line is one of a list with numbers, in which a text tells its readers what to do."""
        lines = self.sheet.lines[max(0, line - 1) : line + 2]
        return self.numbered(line) and sum(_NUMBERED.match(other.key) is not None for other in lines) > 1

    def numbered(self, line: int) -> bool:
        """Whether a line begins with a number of a list."""
        return _NUMBERED.match(self.sheet.lines[line].key) is not None

    def inside(self, line: int) -> list[Hit]:
        """What is cut inside a line if no sentence goes as a whole."""
        if line not in self._inside:
            key, hits = self.sheet.lines[line].key, self.sheet.inside[line]
            if any(is_whole(hit, key) for hit in hits):
                boxes = [hit for hit in hits if hit.reason == "spam_sentence" and not is_whole(hit, key)]
                hits = [*boxes, *self.sheet.keyword.insertions(key, 0, len(key))]
                hits = cuts_inside(self.sheet.lines[line], hits, self.sheet.slots.get(line, ()))
            self._inside[line] = hits
        return self._inside[line]

    def of_line(self, line: int) -> list[Sentence]:
        """The sentences of a line; none ends inside what the rules cut, or in an address."""
        if line not in self._parts:
            key = self.sheet.lines[line].key
            sealed = [(hit.start, hit.end) for hit in self.inside(line)]
            self._parts[line] = sentences_of(line, key, [*sealed, *(found.span() for found in URL.finditer(key))])
        return self._parts[line]

    def said(self, line: int) -> list[tuple[int, int, str]]:
        """What a line claims outside of the keywords that are cut from it."""
        if line not in self._said:
            found, cut = claims(self.sheet.lines[line].key), self.inside(line)
            self._said[line] = [c for c in found if not any(hit.start <= c[0] < hit.end for hit in cut)]
        return self._said[line]

    def beside(self, part: Sentence) -> list[Sentence]:
        """The sentences before and behind one in its line."""
        parts = self.of_line(part.line)
        return [parts[n] for n in (part.number - 1, part.number + 1) if 0 <= n < len(parts)]

    def traits(self, part: Sentence) -> list[str]:
        """What speaks for and against a sentence being put in; nothing for one that is cut already."""
        line = self.sheet.lines[part.line]
        sentence, cut = line.key[part.start : part.end], self.cut(part)
        ruled = any(_meets(hit, part) and is_whole(hit, line.key) for hit in self.sheet.inside[part.line])
        rest = rest_of(sentence, cut)
        size = han_count(rest)
        if not rest or (not size and not ruled) or len(sentence) > LONGEST:
            return []
        said = [claim for claim in self.said(part.line) if part.start <= claim[0] < part.end]
        words = self._words(sentence, rest, Counter(kind for _, _, kind in said))
        sells = _sells(said, words, size)
        touched = ("ruled " if ruled else "") + (_touched(cut, sentence) if cut else "untouched")
        shape = [
            f"touched {touched}",
            f"own words {_level(self._own.share(rest) / max(0.02, self._usual), (0.2, 0.45, 0.7, 1.0))}",
            f"place {_place(part.number, len(self.of_line(part.line)))}",
            f"long {_level(size, (6, 12, 20, 32, 50))}",
            f"script {self._script(part)}",
            f"ends {_MARKS.get(rest.rstrip(_CLOSING)[-1:], 'open')}",
            f"words of spam {_level(self._spam.share(rest), (0.1, 0.3, 0.6))}",
            f"seam {_seam(sentence, cut)}",
        ]
        return [*sells, *shape, *words, *_both(*sells, shape, words), *self._around(part)]

    def cut(self, part: Sentence) -> list[Hit]:
        """What is cut inside a sentence if it does not go as a whole, counted from its beginning."""
        mine = [hit for hit in self.inside(part.line) if _meets(hit, part) and hit.reason != "emoji"]
        return [hit._replace(start=max(0, hit.start - part.start), end=hit.end - part.start) for hit in mine]

    def _words(self, sentence: str, rest: str, kinds: Counter[str]) -> list[str]:
        lexicon, named = self.sheet.lexicon, self.sheet.keyword.count(sentence)
        promo, trade = len(set(lexicon.promo.findall(rest))), len(set(lexicon.trade.findall(rest)))
        shown = {
            "promo": promo, "promo twice": promo > 1, "trade": trade, "trade twice": trade > 1,
            "messenger": MESSENGER.search(rest) or _HANDLE.search(rest), "mobile": _MOBILE.search(rest),
            "telephone": CONTACT.search(rest), "address": URL.search(rest), "emoji": EMOJI.search(rest),
            "suffix": lexicon.suffix.search(rest), "named": named, "named twice": named > 1,
            "news": _NEWS.search(rest), "quote": _QUOTE.search(rest), "aspect": _ASPECT.search(rest),
            "empty brackets": _EMPTY.search(rest), "begins with a mark": rest[0] in ",、;:。!?)】",
            "numbered": _NUMBERED.match(sentence), "answers": _ANSWER.match(sentence), "latin": _LATIN.search(rest),
        }  # fmt: skip
        twice = [f"{kind} twice" for kind, count in kinds.items() if count > 1]
        return [*kinds, *twice, *(name for name, value in shown.items() if value)]

    def _around(self, part: Sentence) -> Iterator[str]:
        """Where on the page the line of a sentence stands."""
        if part.number and self.numbered(part.line):
            yield "in a numbered line"
        if part.line == self.staying[0]:
            yield "in the first paragraph"
        if part.line == self.staying[-1]:
            yield "in the last paragraph"
        if len(self.of_line(part.line)) == 1 or part.line in (self.staying[0], self.staying[-1]):
            marks = self.sheet.marks
            before = part.line == 0 or marks[part.line - 1] is not None
            behind = part.line == len(marks) - 1 or marks[part.line + 1] is not None
            alone = "alone" if len(self.of_line(part.line)) == 1 else "paragraph"
            yield f"{alone} between {'spam' if before else 'text'} and {'spam' if behind else 'text'}"

    @cached_property
    def _own(self) -> Vocabulary:
        return Vocabulary(self._text)

    @cached_property
    def _usual(self) -> float:
        return self._own.share("\n".join(self._text))

    @cached_property
    def _text(self) -> list[str]:
        return [self.sheet.rest(number) for number in self.staying]

    @cached_property
    def _spam(self) -> Vocabulary:
        """The words of the lines that go; words that the text has as well are in both."""
        lines = zip(self.sheet.lines, self.sheet.marks, strict=True)
        return Vocabulary(line.key for line, mark in lines if mark)

    @cached_property
    def _usual_script(self) -> float:
        """Which part of the Chinese characters of the text is not Simplified as it stands on the page."""
        lines = [self.sheet.lines[number] for number in self.staying]
        chinese, other = np.sum([self._written(line.start, line.end) for line in lines], axis=0).tolist()
        return float(other / max(1, chinese))

    def _written(self, start: int, end: int) -> Counts:
        """How many Chinese characters a stretch of the page has, and how many of these are not Simplified there."""
        return self._counts[:, end] - self._counts[:, start]

    @cached_property
    def _counts(self) -> Counts:
        return self.page.written()

    def _script(self, part: Sentence) -> str:
        """Whether a sentence is in another script than the text of the page."""
        start = self.sheet.lines[part.line].start
        chinese, other = self._written(start + part.start, start + part.end).tolist()
        if chinese < SHORT:
            return "short"
        if self._usual_script > CONVERTED:
            return "not converted" if other < 0.25 * self._usual_script * chinese else "converted"
        return "alone converted" if other > CONVERTED * chinese and self._usual_script < 0.05 else "plain"


def beside_traits(before: bool | None, behind: bool | None, traits: Sequence[str]) -> list[str]:
    """What the neighbours of a sentence add: whether each is put in, or None without one."""
    sides = f"beside {_SIDE[before]} and {_SIDE[behind]}"
    return [sides, f"{sides} & {traits[0]}", f"{sides} & {traits[2]}"]


_SIDE = {None: "-", True: "spam", False: "text"}


def _sells(said: Sequence[tuple[int, int, str]], words: Sequence[str], size: int) -> tuple[str, str]:
    """In how many ways a sentence sells, and how much of it does."""
    promo = words.count("promo") + words.count("promo twice")
    ways = len({kind for _, _, kind in said}) + promo + any(word in REACHED for word in words)
    share = (sum(end - start for start, end, _ in said) + 2 * promo) / max(1, size)
    return f"says {_level(ways, (1, 2, 3, 4, 6))}", f"dense {_level(share, (0.1, 0.2, 0.35, 0.5))}"


def _both(says: str, dense: str, shape: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    """Traits that say more together."""
    touched, own, place, size, script, *_, seam = shape
    yield from (f"{says} & {other}" for other in (touched, own, size, script, place))
    yield from (f"{dense} & {other}" for other in (touched, own, size, script))
    yield from (f"{seam} & {other}" for other in (says, own))
    yield from (f"{own} & {script}", f"{touched} & {own}")
    news = "news" if "news" in words or "quote" in words else "no news"
    yield from (f"{news} & {says}", f"{news} & {touched}")
    yield from (f"{word} & {touched}" for word in words if word in REACHED or word == "named")


def is_whole(hit: Hit, key: str) -> bool:
    """Whether a rule cuts a sentence, and not what stands in brackets in one."""
    boxed = key[hit.start] in _OPENS and (key[hit.end - 1] in _CLOSES or key[hit.end - 2] in _CLOSES)
    return hit.reason == "spam_sentence" and not boxed


def _meets(hit: Hit, part: Sentence) -> bool:
    return hit.start < part.end and hit.end > part.start


def is_ruled(traits: Sequence[str]) -> bool:
    """Whether a rule cuts a sentence with these traits as a whole."""
    return any(trait.startswith("touched ruled") for trait in traits)


def _touched(cut: Sequence[Hit], sentence: str) -> str:
    """Where in a sentence something is cut by the rules."""
    if len(cut) > 1:
        return "twice"
    if not _HAN.search(sentence, 0, cut[0].start):
        return "in front"
    return "inside" if _HAN.search(sentence, cut[0].end) else "at the end"


def _seam(sentence: str, cut: Sequence[Hit]) -> str:
    """What stands on both sides of what is cut first, and whether that has signs around it."""
    if not cut:
        return "none"
    hit = cut[0]
    sides = sentence[: hit.start].rstrip()[-1:], sentence[hit.end :].lstrip()[:1]
    before, behind = (
        "-" if not side else "word" if side.isalnum() else side if side in ",:" else "." for side in sides
    )
    bare = sentence[hit.start].isalnum() and sentence[min(hit.end, len(sentence)) - 1].isalnum()
    return f"{before} {'bare' if bare else 'boxed'} {behind}"


def _place(number: int, count: int) -> str:
    if count == 1:
        return "alone"
    return "first" if number == 0 else "last" if number == count - 1 else "between"


def _level(value: float, bounds: Sequence[float]) -> str:
    return f"{sum(value >= bound for bound in bounds)}/{len(bounds)}"
