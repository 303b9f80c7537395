"""One page from its recipe: the lines in order, the raw text, and the gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from random import Random
from typing import Any, NamedTuple

from pagegen.body import Pollution, body_lines
from pagegen.corpus import by_sentence
from pagegen.filler import Filler, table, trades
from pagegen.frame import framed
from pagegen.layout import rendered, styled
from pagegen.line import Line, Stretch, own, spam
from pagegen.plan import Copy, Recipe
from pagegen.title import title_lines

CHOICES = (
    "form",
    "title_style",
    "head",
    "sep",
    "insert",
    "sprinkle",
    "paging",
    "frame",
    "disguise",
    "spam_page",
    "tags",
)


class Page(NamedTuple):
    """A made page: its raw text and its line of gold."""

    text: str
    gold: dict[str, Any]


def made(recipe: Recipe, seed: int) -> Page:
    """The page of a recipe; what a recipe leaves open is drawn from the seed and the page's number."""
    dice = Random(seed * 1_000_003 + recipe.number)
    families = trades()
    family = families.get(recipe.family) or families["news_portal"]
    filler = Filler(family, dice, recipe.disguise)
    lines = _lines(recipe, filler)
    text = rendered(lines, recipe.layout, dice)
    return Page(text, _gold(recipe, lines, text))


def _lines(recipe: Recipe, filler: Filler) -> list[Line]:
    lines = _spam(filler, table("heads")[recipe.head])
    if recipe.form == "spam":
        lines += _spam(filler, table("spampages")[recipe.spam_page])
    for number, copy in enumerate(recipe.copies):
        if number:
            lines += _spam(filler, table("separators")[recipe.sep])
        lines += _article(recipe, copy, number, filler)
        if recipe.form == "spam-article" and number == 0:
            lines += _spam(filler, table("spampages")[recipe.spam_page])
    for name in recipe.tail:
        lines += _spam(filler, table("tails")[name])
    return lines


def _spam(filler: Filler, templates: Sequence[str]) -> list[Line]:
    return [spam(text) for text in filler.lines(templates)]


def _article(recipe: Recipe, copy: Copy, number: int, filler: Filler) -> list[Line]:
    sprinkle = recipe.sprinkle.split(":")
    pollution = Pollution(
        insert=tuple(table("inserts")[recipe.insert]) if recipe.insert != "none" else (),
        insert_rate=recipe.insert_rate,
        sprinkle=table("sprinkles")[sprinkle[0]][sprinkle[1]] if recipe.sprinkle != "none" else "",
        place=sprinkle[0],
        sprinkle_rate=recipe.sprinkle_rate,
        emoji="emoji" in recipe.tags,
    )
    article = by_sentence(copy.article) if recipe.form == "sentences" else copy.article
    lines = body_lines(article, number, pollution, filler)
    if recipe.form == "spliced":
        lines = _spliced(lines, _spam(filler, table("tails")["related_plain"] + table("heads")["info_line"]))
    if recipe.frame != "none":
        lines = framed(lines, table("frames")[recipe.frame], copy.article, number, filler)
    if recipe.paging != "none":
        lines = _paged(lines, recipe, copy, filler)
    if copy.article.tail:
        lines.append(own(copy.article.tail, "optional", number))
    return title_lines(copy.article, number, table("titles")[recipe.title_style], filler) + lines


def _spliced(lines: list[Line], block: list[Line]) -> list[Line]:
    """With a whole block of spam between two paragraphs in the middle."""
    middle = (len(lines) + 1) // 2
    return lines[:middle] + block + lines[middle:]


def _paged(lines: list[Line], recipe: Recipe, copy: Copy, filler: Filler) -> list[Line]:
    """Cut into two or three numbered pages, between paragraphs or (paged-inside) in the middle of one."""
    parts = min(3, len(lines))
    templates = table("paging")[recipe.paging]
    out: list[Line] = []
    for place, line in enumerate(lines):
        part = place * parts // len(lines)
        ends = place + 1 < len(lines) and (place + 1) * parts // len(lines) > part
        if not ends:
            out.append(line)
            continue
        slots = {"{p}": str(part + 2), "{q}": str(parts), "{t}": copy.article.title}
        mark = _spam(filler, [_replaced(template, slots) for template in templates])
        out += _halves(line, mark) if recipe.form == "paged-inside" else [line, *mark]
    return out


def _replaced(template: str, slots: dict[str, str]) -> str:
    for slot, value in slots.items():
        template = template.replace(slot, value)
    return template


def _halves(line: Line, mark: list[Line]) -> list[Line]:
    """The line with the marks of a page's end in its longest stretch; a short line keeps them behind it."""
    at = max(range(len(line.stretches)), key=lambda i: len(line.stretches[i].text) * (not line.stretches[i].spam))
    stretch = line.stretches[at]
    if stretch.spam or len(stretch.text) < 20:
        return [line, *mark]
    middle = len(stretch.text) // 2
    first = line.with_text(*line.stretches[:at], Stretch(stretch.text[:middle], False))
    second = line.with_text(Stretch(stretch.text[middle:], False), *line.stretches[at + 1 :])
    return [first, *mark, second]


def _gold(recipe: Recipe, lines: Sequence[Line], text: str) -> dict[str, Any]:
    digest = sha256(text.encode("utf-8")).hexdigest()[:8]
    page_id = f"g{recipe.number:04d}_{digest}"
    choices = {name: getattr(recipe, name) for name in CHOICES}
    stretches = [s for line in lines for s in line.stretches]
    pollution = [styled(s, recipe.layout) for s in stretches if s.spam and len(s.text.strip()) > 1]
    return {
        "page": f"{page_id}.txt",
        "page_id": page_id,
        "kind": recipe.page_kind,
        "script": "spam" if recipe.kind == "spam" else recipe.layout.script,
        "family": recipe.family,
        **choices,
        "tail": "+".join(recipe.tail) or "none",
        "layout": asdict(recipe.layout),
        "spam": pollution,
        "articles": [_gold_article(recipe, copy, n, lines) for n, copy in enumerate(recipe.copies)],
    }


def _gold_article(recipe: Recipe, copy: Copy, number: int, lines: Sequence[Line]) -> dict[str, Any]:
    own_lines = [line for line in lines if line.article == number]
    titled = any(line.role == "title" for line in own_lines)
    return {
        "title": copy.article.title if titled else "",
        "text": copy.article.text,
        "optional": [styled(Stretch(line.text, False), recipe.layout) for line in own_lines if line.role == "optional"],
        "dup_group": copy.group,
        "kind": copy.article.kind,
        "script": recipe.layout.script,
        "edits": copy.edits,
        "instance": copy.instance,
    }
