"""What became of every stretch of a raw page: which article it went to, or which step cut or dropped it."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal

from pipeline.item import Cut, Drop, Evidence, Item, Outcome
from pipeline.spans import Span

Fate = Literal["article", "cut", "dropped"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One step on the way of a page: the items it was given and what came of them."""

    label: str
    given: tuple[Item, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def items(self) -> list[Item]:
        """What goes on to the next step."""
        return [outcome for outcome in self.outcomes if isinstance(outcome, Item)]

    def changed(self, page: Item) -> set[str]:
        """The ids of the items whose wording this step changed, cuts aside."""
        before = {item.id: (item.title, _reworded(page, item)) for item in self.given}
        return {i.id for i in self.items if i.id in before and before[i.id] != (i.title, _reworded(page, i))}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the raw page that has one fate; in what ``stretches`` gives, never more than one line.

    ``what`` is the fate in words (``article 1 title``), ``why`` the step and its reason, ``became`` the text it has in
    the article. ``line`` counts from 1.
    """

    span: Span
    fate: Fate
    what: str
    why: str
    raw: str
    became: str
    line: int = 0

    @property
    def changed(self) -> bool:
        """Whether an article has it in another wording; blanks at the ends are none."""
        return self.fate == "article" and self.raw.strip() != self.became.strip()


def said(evidence: Evidence) -> str:
    """Evidence as words: ``keyword=海风, count=3``."""
    plain = ((name, v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)) for name, v in evidence.items())
    return ", ".join(f"{name}={value}" for name, value in plain)


def stretches(page: Item, passages: Sequence[Passage]) -> list[Stretch]:
    """The fate of every non-blank part of a page, in the page's order; a line has as many parts as it has fates."""
    starts = list(accumulate(map(len, _LINE.findall(page.text)), initial=0))
    whole = sorted(_whole(page, passages), key=lambda stretch: stretch.span)
    found: list[Stretch] = []
    for stretch in (replace(part, line=bisect_right(starts, part.span.start)) for s in whole for part in _lines(s)):
        last = found[-1] if found else None
        if last and (last.line, last.what, last.why) == (stretch.line, stretch.what, stretch.why):
            span = Span(last.span.start, stretch.span.end)
            found[-1] = replace(last, span=span, raw=last.raw + stretch.raw, became=last.became + stretch.became)
        else:
            found.append(stretch)
    return [stretch for stretch in found if stretch.raw.strip() or stretch.became.strip()]


def _whole(page: Item, passages: Sequence[Passage]) -> Iterator[Stretch]:
    """Cuts, drops and articles as the stretches they consist of."""
    for passage in passages:
        for outcome in passage.outcomes:
            if isinstance(outcome, Cut):
                spans: Iterable[Span] = outcome.spans
            elif isinstance(outcome, Drop):
                spans = outcome.item.spans
            else:
                continue
            fate: Fate = "cut" if isinstance(outcome, Cut) else "dropped"
            because = f"{outcome.step}: {outcome.reason} {said(outcome.evidence)}".rstrip()
            for span in spans:
                yield Stretch(span, fate, fate, because, page.text[slice(*span)], "")
    titles = _titles(passages)
    for number, article in enumerate(passages[-1].items if passages else [page], start=1):
        changers = ", ".join(passage.label for passage in passages if article.id in passage.changed(page))
        for span, name, became in _places(page, article, titles):
            what = f"article {number} {name}".rstrip()
            yield Stretch(span, "article", what, changers, page.text[slice(*span)], became)


def _places(page: Item, item: Item, names: Mapping[str, str]) -> Iterator[tuple[Span, str, str]]:
    """The ranges an item stands for: what each is to the item ("" for the text) and how it reads there."""
    at = 0
    for piece in item.pieces:
        yield piece.span, "", item.text[at : at + piece.length]
        at += piece.length
    fields = {"title": item.title, **{name: str(value) for name, value in item.meta.items()}}
    for span in item.held:
        raw = page.text[slice(*span)]
        name = names.get(raw.strip(), "title")
        yield span, name, fields.get(name, raw)


def _titles(passages: Sequence[Passage]) -> dict[str, str]:
    """What a wording is called, for titles and fields as they were at any time on the way."""
    names: dict[str, str] = {}
    for item in (item for passage in passages for item in passage.items):
        names |= {str(value).strip(): name for name, value in item.meta.items()}
        names[item.title.strip()] = "title"
    return names


def _reworded(page: Item, item: Item) -> list[tuple[Span, str]]:
    """The ranges that read otherwise in the item than on the page."""
    texts = [(span, became) for span, _, became in _places(page, item, {}) if span not in item.held]
    return [(span, became) for span, became in texts if became != page.text[slice(*span)]]


def _lines(stretch: Stretch) -> Iterator[Stretch]:
    """The stretch line by line. A new wording is divided with the old one where both are equally long."""
    if not stretch.raw:
        yield stretch  # a wording that stands for what lies before it
    at = 0
    for line in _LINE.findall(stretch.raw):
        span = Span(stretch.span.start + at, stretch.span.start + at + len(line))
        if len(stretch.became) == len(stretch.raw):
            became = stretch.became[at : at + len(line)]
        else:
            became = "" if at else stretch.became
        at += len(line)
        yield replace(stretch, span=span, raw=line, became=became)
