"""The way of one page through a chain, step by step, as something `rich` can print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.item import Drop, Item
from pipeline.report.fates import Passage, Stretch, stretches

_STYLES = {"article": "green", "cut": "red", "dropped": "yellow"}

_VISIBLE = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_VISIBLE |= {0x7F: 0x2421} | dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000)], 0xFFFD)
"""A page must not steer the terminal it is shown on, nor break its encoding."""


def explanation(page: Item, passages: Sequence[Passage]) -> RenderableType:
    """What each step did, what became of each line of the page, and the articles."""
    articles = passages[-1].items if passages else [page]
    parts: list[RenderableType] = [
        _shown(f"{page.source.name}: {len(page.text)} characters, {page.source.encoding}", "bold"),
        _heading("Steps"),
        _steps(page, passages),
        _heading("Page"),
        _lines(stretches(page, passages)),
    ]
    for number, article in enumerate(articles, start=1):
        parts += [_heading(f"Article {number}"), *_article(article)]
    return Group(*parts, *([] if articles else [_heading("No article")]))


def _steps(page: Item, passages: Sequence[Passage]) -> Table:
    table = Table("STEP", "IN", "OUT", "CHANGED", "WHAT IT TOOK AWAY", box=None, pad_edge=False)
    for passage in passages:
        counts = (len(passage.given), len(passage.items), len(passage.changed(page)))
        table.add_row(_shown(passage.label, "bold"), *map(str, counts), _shown(", ".join(_taken(passage))))
    return table


def _taken(passage: Passage) -> Iterator[str]:
    """The reasons of a step's cuts and drops, each with how many there were."""
    gone = [outcome for outcome in passage.outcomes if not isinstance(outcome, Item)]
    kinds = Counter(f"{'dropped' if isinstance(each, Drop) else 'cut'} {each.reason}" for each in gone)
    for kind, count in sorted(kinds.items()):
        yield f"{count} {kind}"


def _lines(found: Sequence[Stretch]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("LINE", justify="right")
    table.add_column("FATE")
    table.add_column("TEXT", ratio=3, overflow="fold")
    table.add_column("WHY", ratio=1, overflow="fold")
    for stretch in found:
        style = _STYLES[stretch.fate]
        text, why = _shown(stretch.raw.strip(), style), _shown(stretch.why, "dim")
        if stretch.changed:
            text = Text.assemble((text.plain, "dim"), "\n→", _shown(stretch.became.strip(), style))
        elif stretch.fate == "article":
            text.no_wrap, text.overflow, why = True, "ellipsis", Text()  # the article shows it whole
        table.add_row(str(stretch.line), _shown(stretch.what, style), text, why)
    return table


def _article(article: Item) -> Iterator[Text]:
    yield _shown(article.title or "(no title)", "bold")
    yield _shown(f"id {article.id}", "dim")
    for name, value in article.meta.items():
        yield _shown(f"{name}: {value}", "dim")
    yield _shown(article.text)


def _heading(words: str) -> Text:
    return Text(f"\n{words}", "bold underline")


def _shown(text: str, style: str = "") -> Text:
    return Text(text.translate(_VISIBLE), style)
