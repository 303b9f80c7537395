"""The articles that pages are made of, written for this purpose, and the form they are kept in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

ARTICLES = Path(__file__).resolve().parent.parent / "articles"
GUESTS = ARTICLES / "guests"  # what four other authors wrote
SENTENCE = re.compile(r"[^。！？]+[。！？]*[”』」）]*")


@dataclass(frozen=True, slots=True)
class Article:
    """One article; ``paragraphs`` are what should come out, the four lines after them may stay or go.

    ``verbatim`` keeps a text with commands, verses or tables from being sprinkled, wrapped or given other punctuation.
    ``clean_only`` is for texts that cannot be told from spam once they stand in the middle of it (a contact page).
    """

    name: str
    title: str
    kind: str
    paragraphs: tuple[str, ...]
    kicker: str = ""
    subtitle: str = ""
    byline: str = ""
    tail: str = ""
    verbatim: bool = False
    clean_only: bool = False

    @property
    def text(self) -> str:
        """One paragraph a line."""
        return "\n".join(self.paragraphs)


def load(folder: Path = ARTICLES) -> list[Article]:
    """All articles in the order of their files' names; a file holds those of one kind and is named after it."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            text = entry.pop("text")
            lines = tuple(line.strip() for line in text.splitlines() if line.strip())
            found.append(Article(kind=entry.pop("kind", path.stem), paragraphs=lines, **entry))
    return found


def by_sentence(article: Article) -> Article:
    """The article with a line for each sentence; a verbatim one as it is."""
    if article.verbatim:
        return article
    return replace(article, paragraphs=tuple(s for p in article.paragraphs for s in SENTENCE.findall(p) or [p]))


def with_shared_paragraph(article: Article, other: Article) -> Article:
    """The article with the other one's longest paragraph added: alike in part, and still another article."""
    return replace(article, paragraphs=(*article.paragraphs, max(other.paragraphs, key=len)))
