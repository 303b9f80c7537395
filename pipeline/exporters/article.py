"""The record of an article: one line of ``articles.jsonl``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypedDict

from pipeline.exporters.lines import dump
from pipeline.item import Item


class Lineage(TypedDict):
    """What an article was made of: the page's id, its number in the source, its encoding, and the item it came from.

    ``parent`` is empty when the article is the whole page.
    """

    page: str
    number: int
    encoding: str
    parent: str


@dataclass(frozen=True, slots=True)
class Article:
    """A recovered item as exported. Every field has one type in every line, so that readers infer one schema.

    ``spans`` are ``[start, end]`` pairs: characters of the raw page. ``meta`` is a JSON object **as text**, its keys
    sorted: Hugging Face datasets 2.19 and 5.2 refuse a file in which a later stretch of lines brings other keys.
    """

    id: str
    title: str
    text: str
    source: str
    spans: list[list[int]]
    lineage: Lineage
    meta: str

    def __repr__(self) -> str:
        return f"<Article {self.id} {self.source} {len(self.text)} characters>"


def article(item: Item, page_meta: Mapping[str, Any] = MappingProxyType({})) -> Article:
    """The record of an item that came out of a chain; its own meta go before those of its page."""
    return Article(
        id=item.id,
        title=item.title,
        text=item.text,
        source=item.source.name,
        spans=[list(span) for span in item.spans],
        lineage=Lineage(
            page=item.id.partition("-")[0],
            number=item.source.page,
            encoding=item.source.encoding,
            parent=item.parent or "",
        ),
        meta=dump({**page_meta, **item.meta}).decode(),
    )
