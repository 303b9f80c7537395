"""Cuts from a page what is not article: the brand's lines, adverts, furniture, lists of links, spam inside sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field, ValidationInfo, field_validator

from pipeline.item import Drop, Item, Removal
from pipeline.processor import Options, Processor
from pipeline.shipped import shipped
from processors.algorithms.layout import Page, read_page
from processors.algorithms.lexicon import Lexicon, find_lexicon, read_lexicons
from processors.algorithms.verdict import judge


class SpamStripOptions(Options):
    """What `spam_strip` goes by."""

    lexicon: tuple[str, ...] = Field(default=("gambling", "trades", "seo", "furniture"), min_length=1)
    """Lexicons to use: names of shipped ones, or paths of your own files (from the configuration's folder)."""

    @field_validator("lexicon")
    @classmethod
    def _found(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        folder = (info.context or {}).get("folder")
        read_lexicons([find_lexicon(name, shipped("lexicon"), folder) for name in names])
        return names


class SpamStrip(Processor[SpamStripOptions]):
    """Cut the spam and furniture of a page, each cut with its reason and evidence; drop a page that is all spam.

    The page's own keyword is inferred from the page. A page without one is clean and loses at most furniture at its edges.
    """

    reasons: ClassVar[frozenset[str]] = frozenset(
        {
            "advert",
            "contact",
            "date",
            "decoration",
            "emoji",
            "keyword_inside",
            "keyword_line",
            "list_heading",
            "navigation",
            "page_info",
            "place_run",
            "promotion",
            "related_link",
            "small_print",
            "spam_sentence",
            "stray_line",
            "all_spam",
        }
    )

    def open(self) -> None:
        """Load the lexicons."""
        self._lexicon: Lexicon = read_lexicons(
            [find_lexicon(name, shipped("lexicon"), None) for name in self.options.lexicon]
        )

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """The page without its spam, or a Drop with the reason ``all_spam`` when nothing else is left."""
        page = read_page(item.text)
        stripped = item.cut(_removals(page, self._lexicon))
        if stripped.cuts and not stripped.text.strip():
            yield Drop(stripped, "all_spam", {"cuts": len(stripped.cuts)})
        else:
            yield stripped


def _removals(page: Page, lexicon: Lexicon) -> Iterator[Removal]:
    for hit in judge(page, lexicon):
        start, end = page.place(hit.start, hit.end)
        yield Removal(start, end, hit.reason, hit.evidence)
