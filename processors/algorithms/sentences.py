"""The sentences of the lines that stay on a polluted page: what each shows by itself and beside the others."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice, takewhile

import numpy as np
import numpy.typing as npt

from processors.algorithms.bounds import Sentence, parted, sentences_of
from processors.algorithms.claims import claims
from processors.algorithms.insertions import cuts_inside
from processors.algorithms.keyword import Hit
from processors.algorithms.kinds import REACHED
from processors.algorithms.layout import han_count
from processors.algorithms.patterns import CONTACT, URL
from processors.algorithms.sentencetraits import NUMBERED, OWN, is_reached, own_traits
from processors.algorithms.sheet import Sheet, rest_of
from processors.algorithms.trees import Chances, Rows
from processors.algorithms.wording import Shares, shares_of

ASKED = 0.5
"""The sentences beside one that is put in with this probability are asked about too."""

LONGEST = 200
"""A longer sentence is nobody's pitch."""

KNOWN = (0.5, 0.2, 0.1)
"""A sentence that no rule touched is asked about if the text has no more of its words in other surroundings: one that
sells, one that has words of selling or may say how to reach somebody, any other.
"""

STANDING = (
    "a rule cuts it",
    "keywords",
    "share cut",
    "sentences before",
    "sentences behind",
    "blanks before",
    "line before goes",
    "line behind goes",
    "chance of its line",
    "numbered line",
    "numbered lines beside",
    "the same on the page",
    "words elsewhere",
    "words elsewhere in other surroundings",
    "words elsewhere, beside the usual",
    "words of what is cut",
    "words of what is cut, more than elsewhere",
    "share not Simplified",
    "share not Simplified, beside the usual",
)
"""What a sentence shows beside the others of its page; shares are of its pairs of Chinese characters."""

AROUND = (
    "alone",
    *(f"alone, {where}" for where in ("two before", "before", "behind", "two behind")),
    "alone, most in its line",
    "alone, mean of its line",
    "alone, mean of the page",
    "likely on the page",
)
"""What the first round says, as a probability: of the sentence and of those around it; -1 where there is none."""

TRAITS = (*OWN, *STANDING)
COLUMNS = {"alone": TRAITS, "together": (*TRAITS, *AROUND)}

_OPENS, _CLOSES = "([【<「『“", ")]】>」』”"
_DIGITS = re.compile(r"\d+")


class Sentences:
    """The sentences of the lines that stay, with what rules cut inside them."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.staying = [n for n in sheet.staying() if sheet.lines[n].prose]
        self._inside: dict[int, list[Hit]] = {}
        self._claims: dict[int, list[tuple[int, int, str]]] = {}
        self._parts = {number: self._divided(number) for number in self.staying}
        self._all = [part for parts in self._parts.values() for part in parts]
        self._places = {part: place for place, part in enumerate(self._all)}

    def asked(self) -> list[Sentence]:
        """The sentences that a rule touched, and those that share few words with the text; more may those that sell."""
        known = self._shares[:, 1].tolist() if self._all else []
        found = []
        for number in self.staying:
            hits = [hit for hit in self.sheet.inside[number] if hit.reason != "emoji"]
            reaches = self.sheet.lines[number].kinds & REACHED
            for part in self._parts[number]:
                kinds = {kind for _, _, kind in self._said(part)}
                most = KNOWN[0 if kinds - {"common"} else 1 if kinds or reaches else 2]
                touched = any(True for _ in _meeting(hits, part))
                if (touched or known[self._places[part]] <= most) and self._may_go(part):
                    found.append(part)
        return found

    def sells(self, part: Sentence) -> bool:
        """Whether a sentence claims something, says how to reach somebody, or something of it is cut."""
        key = self.sheet.lines[part.line].key[part.start : part.end]
        return bool(self._said(part) or self.cut(part)) or is_reached(key)

    def beside(self, part: Sentence) -> list[Sentence]:
        """The sentences before and behind one in its line."""
        parts = self._parts[part.line]
        return [parts[n] for n in (part.number - 1, part.number + 1) if 0 <= n < len(parts) and self._may_go(parts[n])]

    def rows(self, parts: Sequence[Sentence]) -> Rows:
        """The traits of some sentences."""
        return np.array([self._traits(part) for part in parts], np.float32).reshape(len(parts), len(TRAITS))

    def around(self, parts: Sequence[Sentence], chances: Chances) -> Rows:
        """The traits ``AROUND`` of some sentences, out of what the first round says of these."""
        known = dict(zip(parts, chances.tolist(), strict=True))
        mean, likely = float(chances.mean()) if len(parts) else 0.0, float((chances > ASKED).sum())
        said = {n: [known.get(other, 0.0) for other in self._parts[n]] for n in {part.line for part in parts}}
        others = {number: _beside(line) for number, line in said.items()}
        table = []
        for part in parts:
            line, here = said[part.line], part.number
            near = [line[n] if 0 <= n < len(line) else -1.0 for n in range(here - 2, here + 3)]
            table.append([near[2], *near[:2], *near[3:], *others[part.line][here], mean, likely])
        return np.array(table, np.float32).reshape(len(parts), len(AROUND))

    def cut(self, part: Sentence) -> list[Hit]:
        """What is cut inside a sentence if it does not go as a whole, counted from its beginning."""
        mine = [hit for hit in _meeting(self.inside(part.line), part) if hit.reason != "emoji"]
        return [hit._replace(start=max(0, hit.start - part.start), end=hit.end - part.start) for hit in mine]

    def inside(self, line: int) -> list[Hit]:
        """What is cut inside a line if no sentence goes as a whole."""
        if line not in self._inside:
            key, hits = self.sheet.lines[line].key, self.sheet.inside[line]
            if any(_is_whole(hit, key) for hit in hits):
                boxes = [hit for hit in hits if key[hit.start] in _OPENS and not _is_whole(hit, key)]
                hits = [*boxes, *self.sheet.keyword.insertions(key, 0, len(key))]
                hits = cuts_inside(self.sheet.lines[line], hits, self.sheet.slots.get(line, ()))
            self._inside[line] = hits
        return self._inside[line]

    def is_ruled(self, part: Sentence) -> bool:
        """Whether a rule cuts a sentence as a whole."""
        key = self.sheet.lines[part.line].key
        return any(_is_whole(hit, key) for hit in _meeting(self.sheet.inside[part.line], part))

    def _divided(self, line: int) -> list[Sentence]:
        """The sentences of a line; none ends inside what the rules cut, or in an address."""
        key = self.sheet.lines[line].key
        hits = self.inside(line)
        ways = [found.span() for way in (URL, CONTACT) for found in way.finditer(key)]
        parts = sentences_of(line, key, [*((hit.start, hit.end) for hit in hits), *ways])
        cut = [(hit.start, hit.end) for hit in hits if hit.reason != "emoji"]
        return parted(parts, key, cut, self.sheet.lexicon) if cut and ways else parts

    def _may_go(self, part: Sentence) -> bool:
        rest, ruled = (
            rest_of(self.sheet.lines[part.line].key[part.start : part.end], self.cut(part)),
            self.is_ruled(part),
        )
        return bool(rest) and (ruled or (part.end - part.start <= LONGEST and han_count(rest) > 0))

    def _rest(self, part: Sentence) -> str:
        return rest_of(self.sheet.lines[part.line].key[part.start : part.end], self.cut(part))

    def _said(self, part: Sentence) -> list[tuple[int, int, str]]:
        """What a sentence claims outside of the keywords that are cut from it."""
        if part.line not in self._claims:
            cut = self.inside(part.line)
            found = claims(self.sheet.lines[part.line].key)
            self._claims[part.line] = [claim for claim in found if not _is_in(claim[0], cut)]
        said = self._claims[part.line]
        return said[bisect_left(said, (part.start,)) : bisect_left(said, (part.end,))]

    def _traits(self, part: Sentence) -> list[float]:
        line, cut = self.sheet.lines[part.line], self.cut(part)
        said = (kind for _, _, kind in self._said(part))
        return [*own_traits(line, (part.start, part.end), cut, said, self.sheet.lexicon), *self._standing(part, cut)]

    def _standing(self, part: Sentence, cut: Sequence[Hit]) -> list[float]:
        """The traits ``STANDING``."""
        sentence = self.sheet.lines[part.line].key[part.start : part.end]
        return [
            self.is_ruled(part),
            self.sheet.keyword.count(sentence),
            sum(hit.end - hit.start for hit in cut) / len(sentence),
            *self._placed(part, sentence),
            self._copies[_alike(sentence)],
            *self._words(part),
            *self._script(part),
        ]

    def _placed(self, part: Sentence, sentence: str) -> Iterator[float]:
        """Where on the page a sentence stands."""
        sheet, number, key = self.sheet, part.line, self.sheet.lines[part.line].key
        yield part.number
        yield len(self._parts[number]) - 1 - part.number
        yield _blanks_before(key, part.start) + len(sentence) - len(sentence.lstrip())
        yield number == 0 or sheet.marks[number - 1] is not None
        yield number == len(sheet.lines) - 1 or sheet.marks[number + 1] is not None
        yield sheet.chances[number]
        beside = [sheet.lines[n].key for n in (number - 1, number + 1) if 0 <= n < len(sheet.lines)]
        yield NUMBERED.match(key) is not None
        yield sum(NUMBERED.match(other) is not None for other in beside)

    def _words(self, part: Sentence) -> Iterator[float]:
        """How many of its words the text has, and how many what is cut."""
        others, varied, spam, _ = self._shares[self._places[part]].tolist()
        yield from (others, varied, varied / max(0.02, self._usual), spam, spam - others)

    def _script(self, part: Sentence) -> Iterator[float]:
        """Which part of its Chinese characters is not Simplified as it stands on the page."""
        share = self._scripts[self._places[part]]
        yield share
        yield share - self._usual_script

    @cached_property
    def _copies(self) -> Counter[str]:
        lines = self.sheet.lines
        return Counter(_alike(lines[part.line].key[part.start : part.end]) for part in self._all)

    @cached_property
    def _shares(self) -> Shares:
        lines = self.sheet.lines
        stretches = [(lines[p.line].start + p.start, lines[p.line].start + p.end) for p in self._all]
        marked = (line for line, mark in zip(lines, self.sheet.marks, strict=True) if mark)
        return shares_of(self.sheet.page, stretches, [(line.start, line.end) for line in marked])

    @cached_property
    def _usual(self) -> float:
        """The share of words that stand elsewhere, in the mean of all sentences."""
        return float((self._shares[:, 1] * self._shares[:, 3]).sum() / max(1.0, self._shares[:, 3].sum()))

    @cached_property
    def _usual_script(self) -> float:
        chinese, other = self._written.sum(axis=1).tolist()
        return float(other / max(1, chinese))

    @cached_property
    def _scripts(self) -> list[float]:
        shares: list[float] = (self._written[1] / np.maximum(1, self._written[0])).tolist()
        return shares

    @cached_property
    def _written(self) -> npt.NDArray[np.int64]:
        """How many Chinese characters each sentence has, and how many of these are not Simplified."""
        counts = self.sheet.written
        starts = np.array([self.sheet.lines[part.line].start for part in self._all])
        first, last = (np.array(ends) for ends in zip(*((part.start, part.end) for part in self._all), strict=True))
        return counts[:, starts + last] - counts[:, starts + first]


def _beside(said: Sequence[float]) -> list[tuple[float, float]]:
    """For each sentence of a line, the most that is said of another one, -1 if there is none, and the mean of these."""
    before, behind = accumulate(said, initial=0.0), accumulate(reversed(said), initial=0.0)
    most, most_behind = accumulate(said, max, initial=-1.0), accumulate(reversed(said), max, initial=-1.0)
    others = zip(before, list(behind)[-2::-1], most, list(most_behind)[-2::-1], strict=False)
    return [(max(top, top_behind), (total + rest) / max(1, len(said) - 1)) for total, rest, top, top_behind in others]


def _alike(sentence: str) -> str:
    return _DIGITS.sub("0", sentence.strip())


def _meeting(hits: Sequence[Hit], part: Sentence) -> Iterator[Hit]:
    """Those of the hits of a line, which are in order, that a sentence has a part of; a line may have thousands."""
    first = bisect_right(hits, part.start, key=_end)
    return takewhile(lambda hit: hit.start < part.end, islice(hits, first, None))


def _end(hit: Hit) -> int:
    return hit.end


def _is_in(place: int, hits: Sequence[Hit]) -> bool:
    """Whether one of the hits of a line, which are in order, has a place in it."""
    number = bisect_right(hits, place, key=_end)
    return number < len(hits) and hits[number].start <= place


def _blanks_before(key: str, start: int) -> int:
    at = start
    while at and key[at - 1].isspace():
        at -= 1
    return start - at


def _is_whole(hit: Hit, key: str) -> bool:
    """Whether a rule cuts a sentence, and not what stands in brackets in one."""
    boxed = key[hit.start] in _OPENS and (key[hit.end - 1] in _CLOSES or key[hit.end - 2] in _CLOSES)
    return hit.reason == "spam_sentence" and not boxed
