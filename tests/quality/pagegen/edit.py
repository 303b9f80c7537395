"""Small changes that make a copy of an article a near-duplicate."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from pagegen.corpus import Article

SENTENCE = re.compile(r"[^。！？]+[。！？][”」』）]*")
EDITABLE = 300  # characters an article must have for one sentence not to matter
SWAPS = {
    "目前": "现在",
    "已经": "已",
    "表示": "说",
    "但是": "不过",
    "因为": "由于",
    "许多": "很多",
    "非常": "十分",
    "可以": "能够",
}


def drop_sentence(article: Article, dice: Random) -> Article:
    """Without one sentence of a paragraph that has three or more."""
    places = [i for i, p in enumerate(article.paragraphs) if len(SENTENCE.findall(p)) >= 3]
    if not places:
        return article
    at = dice.choice(places)
    sentence = min(SENTENCE.findall(article.paragraphs[at]), key=len)
    return _with(article, at, article.paragraphs[at].replace(sentence, "", 1))


def swap_words(article: Article, _dice: Random) -> Article:
    """With the first of each of some everyday words put another way."""
    text = article.text
    for word, other in SWAPS.items():
        text = text.replace(word, other, 1)
    return replace(article, paragraphs=tuple(text.split("\n")))


def add_ending(article: Article, _dice: Random) -> Article:
    """With a sentence more at the end."""
    return replace(article, paragraphs=(*article.paragraphs, "以上就是事情的大致经过，后来的情形，大家已经知道了。"))


def _with(article: Article, at: int, paragraph: str) -> Article:
    changed = list(article.paragraphs)
    changed[at] = paragraph
    return replace(article, paragraphs=tuple(changed))


EDITS = {"drop-sentence": drop_sentence, "swap-words": swap_words, "add-ending": add_ending}


def edited(article: Article, dice: Random) -> tuple[Article, list[str]]:
    """The article slightly changed, with the names of the changes; a short one stays as it is."""
    if len(article.text) < EDITABLE or article.verbatim or article.clean_only:
        return article, []
    name = dice.choice(sorted(EDITS))
    changed = EDITS[name](article, dice)
    return (changed, [name]) if changed != article else (article, [])
