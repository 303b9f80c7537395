"""Frames: what a site puts round the paragraphs of an article and between them, from contents lists to replies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pagegen.corpus import Article
from pagegen.filler import Filler
from pagegen.line import Line, own, spam

Frame = Mapping[str, Sequence[Sequence[str]]]
ENTRIES = 6  # lines of a contents list
ENTRY = re.compile(r"[^，。！？；：、]{2,18}")
BREAKS = 2  # places of a body at which lines stand between its paragraphs


def is_free_of_spam(frame: Frame) -> bool:
    """Whether a clean page may have it."""
    return all(role != "s" for part in frame.values() for role, _ in part)


def framed(lines: list[Line], frame: Frame, article: Article, number: int, filler: Filler) -> list[Line]:
    """The body with its frame; ``number`` is the article's on its page."""
    gaps = range(1, len(lines))
    breaks = set(filler.dice.sample(gaps, min(BREAKS, len(gaps)))) if "between" in frame else set()
    out = _part(frame, "above", article, number, filler)
    for place, line in enumerate(lines):
        if place in breaks:
            out += _part(frame, "between", article, number, filler)
        out.append(line)
    return out + _part(frame, "below", article, number, filler)


def _part(frame: Frame, name: str, article: Article, number: int, filler: Filler) -> list[Line]:
    made: list[Line] = []
    for role, template in frame.get(name, ()):
        if role == "r":
            made.append(made[-1])
        elif role == "h":
            made += [own(filler.fill(text), "optional", number) for text in _contents(template, article)]
        else:
            text = filler.fill(template.replace("{t}", article.title))
            made.append(spam(text) if role == "s" else own(text, "optional", number))
    return made


def _contents(template: str, article: Article) -> Iterator[str]:
    """A line for the beginning of each of the first paragraphs."""
    for place, paragraph in enumerate(article.paragraphs[:ENTRIES]):
        beginning = ENTRY.match(paragraph)
        if beginning:
            yield template.replace("{num}", str(place + 1)).replace("{h}", beginning.group())
