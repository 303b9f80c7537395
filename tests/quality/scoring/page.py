"""The score of one page: its records against its articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from scoring.text import GRAM, SPAM_GRAM, bare, covered, folded, grams, normal, without

ALIKE = 0.9  # likeness from which a record is the article
CLEAN_CER = 0.01  # a clean page is through up to this error rate


class Record(NamedTuple):
    """What the chain gave."""

    id: str
    title: str
    text: str


class Pair(NamedTuple):
    """A record and the article of the page that it is most like."""

    record: Record
    article: int
    strict: float
    folded: float
    cer: float
    titled: bool


@dataclass(slots=True)
class Score:
    """Counts of a page, or added up over pages."""

    gold: int = 0
    produced: int = 0
    strict: int = 0
    folded: int = 0
    titled: int = 0
    cer: float = 0.0
    chars: int = 0
    leaked: int = 0
    wanted: int = 0
    lost: int = 0
    spam_records: int = 0
    clean: int = 0
    through: int = 0
    pages: int = 0
    pairs: list[Pair] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add up; the pairs stay with their page."""
        for name in self.__slots__:
            if name != "pairs":
                setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self) -> dict[str, float]:
        """Shares, in the order of a table: f1, folded f1, cer, leakage, loss, titles."""
        return {
            "f1": _f1(self.strict, self.produced, self.gold),
            "folded": _f1(self.folded, self.produced, self.gold),
            "cer": self.cer / max(1, self.folded),
            "leak": self.leaked / max(1, self.chars),
            "loss": self.lost / max(1, self.wanted),
            "titles": self.titled / max(1, self.folded),
        }


def score(gold: Mapping[str, Any], records: Sequence[Record]) -> Score:
    """Compare the records of one page with its gold; every article is found by one record at most."""
    articles = gold["articles"]
    result = Score(gold=len(articles), produced=len(records), pages=1)
    taken: set[int] = set()
    for pair in sorted((_best(record, articles) for record in records), key=lambda p: -p.folded):
        result.pairs.append(pair)
        if pair.folded < ALIKE or pair.article in taken:
            continue
        taken.add(pair.article)
        result.folded += 1
        result.strict += pair.strict >= ALIKE
        result.titled += pair.titled
        result.cer += pair.cer
    _count_characters(result, gold, records)
    if gold["kind"].startswith("clean"):
        result.clean = 1
        result.through = int(len(taken) == len(articles) and all(p.cer <= CLEAN_CER for p in result.pairs))
    return result


def _best(record: Record, articles: Sequence[Mapping[str, Any]]) -> Pair:
    pairs = [_pair(record, number, article) for number, article in enumerate(articles)]
    return max(pairs, key=lambda p: p.folded, default=Pair(record, -1, 0.0, 0.0, 1.0, False))


def _pair(record: Record, number: int, article: Mapping[str, Any]) -> Pair:
    wanted = without(article["text"], article["optional"])
    found = without(record.text, article["optional"])
    title = bare(article["title"])
    repeated = found[len(title) :] if title and folded(found).startswith(folded(title)) else found
    found = max(found, repeated, key=lambda text: fuzz.ratio(text, wanted))
    cer = Levenshtein.distance(found, wanted) / max(1, len(wanted))
    likeness = fuzz.ratio(folded(found), folded(wanted)) / 100
    titled = bare(record.title) == title or normal(record.title) == normal(article["title"])
    return Pair(record, number, fuzz.ratio(found, wanted) / 100, likeness, cer, titled)


def _count_characters(result: Score, gold: Mapping[str, Any], records: Sequence[Record]) -> None:
    """Spam left in the output and article text missing from it, by stretches of characters, scripts folded."""
    own: set[str] = set()
    for article in gold["articles"]:
        for text in (article["title"] + article["text"], *article["optional"]):
            own |= grams(folded(text), GRAM)
    foreign = set().union(*(grams(folded(text), SPAM_GRAM) for text in gold["spam"]))
    produced: set[str] = set()
    for record in records:
        text = folded(record.title + record.text)
        produced |= grams(text, GRAM)
        marks = zip(covered(text, own, GRAM), covered(text, foreign, SPAM_GRAM), strict=True)
        leaked = sum(1 for good, bad in marks if bad and not good)
        result.chars += len(text)
        result.leaked += leaked
        result.spam_records += leaked > len(text) / 2 or gold["kind"] == "spam"
    for article in gold["articles"]:
        text = folded(article["text"])
        result.wanted += len(text)
        result.lost += len(text) - sum(covered(text, produced, GRAM))


def _f1(right: int, produced: int, gold: int) -> float:
    return 2 * right / (produced + gold) if produced + gold else 1.0
