"""The lines of an article's body, with spam inside its sentences, between them and between its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from pagegen.corpus import Article
from pagegen.filler import Filler
from pagegen.line import Line, Stretch, own, spam

SENTENCE_END = re.compile(r"[。！？](?![”’」』）])|(?<=[。！？])[”」](?=.)")
CLAUSE_END = re.compile(r"[，；、：]")
INSIDE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
SHORTEST = 24  # characters of a paragraph that is worth sprinkling
EMOJI = "😀🎉👍🌈🍀💪🚀🌸"
EMOJI_RATE = 0.12  # share of the sentences that get one


@dataclass(frozen=True, slots=True)
class Pollution:
    """What is put into a body: templates, and the share of paragraphs that get each of them."""

    insert: tuple[str, ...] = ()
    insert_rate: float = 0.0
    sprinkle: str = ""
    place: str = "between"  # one of the keys of ``sprinkles.yaml``
    sprinkle_rate: float = 0.0
    emoji: bool = False


def body_lines(article: Article, number: int, pollution: Pollution, filler: Filler) -> list[Line]:
    """The paragraphs with their spam; a verbatim article comes as it is."""
    if article.verbatim:
        return [own(p, "body", number) for p in article.paragraphs]
    lines: list[Line] = []
    for place, paragraph in enumerate(article.paragraphs):
        if place and filler.dice.random() < pollution.insert_rate:
            lines += [spam(text) for text in filler.lines(pollution.insert)]
        lines.append(own(paragraph, "body", number).with_text(*_stretches(paragraph, pollution, filler)))
    return lines


def _stretches(paragraph: str, pollution: Pollution, filler: Filler) -> Iterator[Stretch]:
    dice = filler.dice
    inserted: dict[int, str] = {}
    if pollution.emoji:
        spots = [m.start() for m in SENTENCE_END.finditer(paragraph)]
        inserted.update({at: dice.choice(EMOJI) for at in spots if dice.random() < EMOJI_RATE})
    if len(paragraph) >= SHORTEST and dice.random() < pollution.sprinkle_rate:
        at = _spot(paragraph, pollution.place, dice)
        inserted[at] = filler.fill(pollution.sprinkle)
    begin = 0
    for at, text in sorted(inserted.items()):
        if paragraph[begin:at]:
            yield Stretch(paragraph[begin:at], False)
        yield Stretch(text, True)
        begin = at
    if paragraph[begin:]:
        yield Stretch(paragraph[begin:], False)


def _spot(paragraph: str, place: str, dice: Random) -> int:
    """Where spam goes: to an end, after a sentence, or inside one (mostly after a comma, sometimes anywhere)."""
    if place in ("start", "end"):
        return 0 if place == "start" else len(paragraph)
    if place == "between":
        return dice.choice([m.end() for m in SENTENCE_END.finditer(paragraph)] or [len(paragraph)])
    commas = [m.end() for m in CLAUSE_END.finditer(paragraph)]
    if commas and dice.random() < 0.7:
        return dice.choice(commas)
    return dice.choice([m.start() for m in INSIDE.finditer(paragraph)] or [len(paragraph)])
