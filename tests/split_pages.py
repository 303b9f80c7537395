"""What tests of `split` have in common: pages laid out from articles, and what came out of them."""

from __future__ import annotations

from pipeline.chain import Chain
from pipeline.item import Item
from pipeline.processor import Step
from processors.spam_strip import SpamStrip
from processors.split import Split
from tests.pages import BEES, FERRY, SCALE, Told

ALL = (FERRY, BEES, SCALE)


def articles(text: str) -> list[Item]:
    """The articles of a page after both steps."""
    with Chain([Step("spam_strip", SpamStrip()), Step("split", Split())], on_error="stop") as chain:
        return list(chain.articles([text]))


def told(items: list[Item]) -> list[Told]:
    """Titles and paragraphs of articles; blanks at the ends of a title are for `normalize`."""
    return [Told(item.title.strip(), tuple(item.text.split("\n"))) for item in items]


def under(form: str, article: Told, number: int = 1) -> str:
    """An article laid out under its title in a form: ``{}`` is the title, the others its number."""
    title = form.format(article.title, n=number, han="一二三"[number - 1], circled="①②③"[number - 1])
    return "\n\n".join([title, *article.paragraphs])
