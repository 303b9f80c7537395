"""What a spider yields -> pages for the chain; what is no page is left to Scrapy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from itemadapter import ItemAdapter, is_item
from scrapy import Request

from pipeline.errors import SeedsiftError
from pipeline.exporters.article import Article
from pipeline.exporters.audit import AuditRecord
from pipeline.item import Item, Source
from pipeline.sources.problem import InputProblem

Found = list[Item | InputProblem]
FIELDS = {"text": "text", "source": "url"}
_NOT_PAGES = (Request, Article, AuditRecord)


def fields_of(setting: Any) -> dict[str, str]:
    """Which fields of a user's items hold a page, from ``CHAIN_FIELDS``: a mapping or, on the command line, JSON.

    Raises SeedsiftError when it is neither, or names something else.
    """
    try:
        asked = json.loads(setting) if isinstance(setting, str) else dict(setting or {})
    except (ValueError, TypeError):
        asked = None
    if not isinstance(asked, dict) or not all(
        key in FIELDS and isinstance(field, str) and field for key, field in asked.items()
    ):
        raise SeedsiftError(
            f"CHAIN_FIELDS: found {setting!r}; allowed is an object that names the fields of your items that hold "
            f"text and source, like {json.dumps(FIELDS)}"
        )
    return {**FIELDS, **asked}


def pages(output: Any, fields: Mapping[str, str], place: Source) -> Found | None:
    """The page in what a spider yielded, with what is wrong with it; None for a request or an item without a text.

    ``fields`` name the fields of the user's items that hold the ``text`` and the page's ``source``; all the others
    become ``meta``. ``place`` is where an item comes from that does not say so itself.
    """
    if isinstance(output, Item | InputProblem):
        return [output]
    if isinstance(output, _NOT_PAGES) or not is_item(output):
        return None
    values = ItemAdapter(output).asdict()
    text = values.pop(fields["text"], None)
    if not isinstance(text, str):
        return None
    name = values.pop(fields["source"], None)
    return _page(text, Source(str(name or place.name), place.page), values)


def _page(text: str, source: Source, meta: dict[str, Any]) -> Found:
    if not text or text.isspace():
        return [InputProblem(source.name, "empty_input", {"characters": len(text)})]
    page = Item.page(text, source, meta)
    try:
        text.encode()
    except UnicodeEncodeError as error:  # written as U+FFFD, one for one, so that spans stay right
        return [page, InputProblem(source.name, "lone_surrogates", {"first_character": error.start})]
    return [page]
