"""What the lines of a labelled page are by its gold: an article's, its headline, or spam."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from scoring.text import SPAM_GRAM, bare, folded, grams

from processors.algorithms.layout import Line
from processors.algorithms.linemodel import is_about

Label = Literal["article", "headline", "spam", "either"]

HEADS_LINES = 8
"""A headline of a page's article has some of its text among so many lines behind it; else it is a link."""

OWN_SHARE, TITLE_SHARE = 0.4, 0.35
"""A line is an article's if this share of its stretches is, a headline if the title is this share of it."""


def labels(gold: Mapping[str, Any], lines: Sequence[Line]) -> list[Label]:
    """A label a line; what may stay or go is ``either``."""
    articles = [_compared(article["text"]) for article in gold["articles"]]
    titles = [title for article in gold["articles"] if (title := _compared(bare(article["title"])))]
    optional = [_compared(line) for article in gold["articles"] for line in article.get("optional", ())]
    known = set[str]().union(*(grams(text, SPAM_GRAM) for text in articles))
    whole = "\n".join(articles)
    found = [_label(line, titles, optional, known, whole) for line in lines]
    for number, label in enumerate(found):
        if label == "headline" and "article" not in found[number + 1 : number + 1 + HEADS_LINES]:
            found[number] = "spam"
    return found


def _label(line: Line, titles: Sequence[str], optional: Sequence[str], known: set[str], whole: str) -> Label:
    key = _compared(line.key)
    if is_about(line.key) or any(_same(key, other) for other in optional):
        return "either"
    if any(title in key and len(title) >= TITLE_SHARE * len(key) for title in titles):
        return "headline"
    stretches = [key[i : i + SPAM_GRAM] for i in range(len(key) - SPAM_GRAM + 1)]
    if len(stretches) < SPAM_GRAM + 2:
        return "article" if key and key in whole else "spam"
    own = sum(stretch in known for stretch in stretches)
    return "article" if own >= OWN_SHARE * len(stretches) else "spam"


def _same(key: str, other: str) -> bool:
    return key == other or (len(key) > SPAM_GRAM + 2 and (key in other or (other in key and 2 * len(other) > len(key))))


def _compared(text: str) -> str:
    return folded(text).lower()
