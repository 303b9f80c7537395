"""The report on the way of one page: fates as data, and what is printed of them."""

from collections.abc import Iterable
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipeline.chain import Chain
from pipeline.item import Drop, Item, Part, Removal
from pipeline.processor import Options, Processor, Step
from pipeline.report.explain import explanation
from pipeline.report.fates import Passage, Stretch, stretches
from pipeline.spans import Piece, Span

PAGE = "海风彩票网\r\n\r\n潮汐表改版******\r\n作者：沈知微\r\n　　碼頭每天貼出新表。\r\n第二版更大。\r\n【完】\r\n"


class CutBrand(Processor[Options]):
    """Cuts the brand and the stars."""

    reasons = frozenset({"brand", "mark"})

    def process(self, item: Item) -> Iterable[Item]:
        """The item without them."""
        at = item.text.find("******")
        brand = Removal(0, 5, "brand", {"keyword": "海风", "times": 1})
        yield item.cut([brand, Removal(at, at + 6, "mark")])


class Split(Processor[Options]):
    """Makes an article of the lines after the title, and one of the last line."""

    def process(self, item: Item) -> Iterable[Item]:
        """The two articles."""
        at = item.text.index
        body = (at("　　"), at("\r\n【"))
        title, byline = (at("潮"), at("版\r\n") + 1), (at("作者"), at("微") + 1)
        last = Part([(at("【"), at("】") + 1)])
        yield from item.children([Part([body], title, {"byline": byline}), last])


class Simplify(Processor[Options]):
    """Writes two characters in the standard form, and a title in brackets."""

    def process(self, item: Item) -> Iterable[Item]:
        """The item, changed."""
        text = item.text.replace("碼頭", "码头").replace("貼", "贴")
        yield item.with_text(text).with_title(f"《{item.title}》" if item.title else "")


class DropShort(Processor[Options]):
    """Drops what has less than five characters."""

    reasons = frozenset({"too_short"})

    def process(self, item: Item) -> Iterable[Item | Drop]:
        """The item or its Drop."""
        yield item if len(item.text) > 5 else Drop(item, "too_short", {"chars": len(item.text)})


def way(page: Item, *processors: Processor[Options]) -> list[Passage]:
    """The page's way through the steps, each labelled with its class."""
    passages: list[Passage] = []
    items = [page]
    for processor in processors:
        with Chain([Step(type(processor).__name__.lower(), processor)]) as chain:
            passages.append(Passage(chain.steps[0].label, tuple(items), tuple(chain.run(items))))
        items = passages[-1].items
    return passages


def whole_way(page: Item) -> list[Passage]:
    """The page's way through all four steps."""
    return way(page, CutBrand(), Split(), Simplify(), DropShort())


def printed(page: Item, passages: list[Passage], width: int = 100) -> str:
    """What is printed where there is no terminal."""
    file = StringIO()
    console = Console(file=file, width=width, highlight=False, markup=False, emoji=False)
    console.print(explanation(page, passages))
    return file.getvalue()


def test_every_fate_is_told_line_by_line() -> None:
    """Cut, title, field, body and drop each stand at their line with step, reason and evidence."""
    page = Item.page(PAGE)
    found = [(s.line, s.what, s.raw.strip(), s.why) for s in stretches(page, whole_way(page))]
    assert found == [
        (1, "cut", "海风彩票网", "cutbrand: brand keyword=海风, times=1"),
        (3, "article 1 title", "潮汐表改版", "simplify"),
        (3, "cut", "******", "cutbrand: mark"),
        (4, "article 1 byline", "作者：沈知微", "simplify"),
        (5, "article 1", "碼頭每天貼出新表。", "simplify"),
        (6, "article 1", "第二版更大。", "simplify"),
        (7, "dropped", "【完】", "dropshort: too_short chars=3"),
    ]


def test_changed_wording_is_told() -> None:
    """Only the lines that read otherwise in the article count as changed, with their new wording."""
    page = Item.page(PAGE)
    changed = [(s.raw.strip(), s.became.strip()) for s in stretches(page, whole_way(page)) if s.changed]
    assert changed == [("潮汐表改版", "《潮汐表改版》"), ("碼頭每天貼出新表。", "码头每天贴出新表。")]


def test_wording_of_another_length_stands_at_the_first_line() -> None:
    """A text that cannot be paired with the page line by line is shown where it begins, and nothing is lost."""

    class Shorten(Processor[Options]):
        def process(self, item: Item) -> Iterable[Item]:
            yield item.with_text("一句话")

    page = Item.page("第一行\n第二行\n")
    assert [(s.line, s.became) for s in stretches(page, way(page, Shorten()))] == [(1, "一句话"), (2, "")]


def test_pieces_of_one_line_are_one_row() -> None:
    """However many pieces a new wording of a line has, also one for nothing on the page, the line is told once."""

    class Spell(Processor[Options]):
        def process(self, item: Item) -> Iterable[Item]:
            pieces = [Piece(2, Span(0, 2)), Piece(1, Span(2, 2)), Piece(1, Span(2, 4))]
            yield item.with_text("海风，镇", pieces)

    page = Item.page("海風小鎮")
    assert [(s.raw, s.became) for s in stretches(page, way(page, Spell()))] == [("海風小鎮", "海风，镇")]


@given(st.text(st.sampled_from("海风。 \t\r\n\u3000a\x0b\u2028")), st.lists(st.integers(0, 40), max_size=8))
def test_every_character_has_a_fate(text: str, places: list[int]) -> None:
    """The stretches cover each non-blank character of a page once, in order, whatever is cut from it."""
    page = Item.page(text)
    bounds = sorted({min(place, len(text)) for place in places})

    class CutSome(Processor[Options]):
        reasons = frozenset({"brand"})

        def process(self, item: Item) -> Iterable[Item]:
            yield item.cut(
                [Removal(start, end, "brand") for start, end in zip(bounds[::2], bounds[1::2], strict=False)]
            )

    found = stretches(page, way(page, CutSome()))
    assert "".join("".join(s.raw for s in found).split()) == "".join(text.split())
    assert all(s.raw == text[slice(*s.span)] for s in found)
    assert all(_line_of(text, s) == s.line for s in found)


def _line_of(text: str, stretch: Stretch) -> int:
    before = text[: stretch.span.start].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1


def test_printed_report_has_steps_page_and_articles() -> None:
    """The report says what each step took and changed, then the page, then the articles with their fields."""
    page = Item.page(PAGE, "pages/a.txt")
    text = printed(page, whole_way(page))
    assert "pages/a.txt: 56 characters, utf-8" in text
    assert _row(text, "cutbrand") == "cutbrand 1 1 0 1 cut brand, 1 cut mark"
    assert _row(text, "split") == "split 1 2 0"
    assert _row(text, "simplify") == "simplify 2 2 1"
    assert _row(text, "dropshort") == "dropshort 2 1 0 1 dropped too_short"
    assert "→码头每天贴出新表。" in text
    assert "byline: 作者：沈知微" in text
    assert text.index("Steps") < text.index("Page") < text.index("Article 1")


def test_a_page_without_articles_says_so() -> None:
    """When nothing comes out the report ends with that."""
    page = Item.page("海风")
    assert printed(page, way(page, DropShort())).rstrip().endswith("No article")


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    """Long lines without spaces are folded to the width, in cells of the terminal."""
    page = Item.page("海风彩票网" + "碼頭" * 300)
    lines = printed(page, way(page, CutBrand(), DropShort()), width).splitlines()
    assert max(Console().measure(line).maximum for line in lines) <= width


def test_a_page_cannot_steer_the_terminal() -> None:
    """Control characters and lone surrogates are shown as signs; brackets are no markup."""
    page = Item.page("[red]海风\x1b[2J彩票网\ud800\x9b 第一行文字")
    text = printed(page, way(page, DropShort()))
    assert "[red]海风\N{SYMBOL FOR ESCAPE}[2J彩票网\ufffd\ufffd 第一行文字" in text
    assert not any(c in text for c in "\x1b\x9b\ud800")


def _row(text: str, label: str) -> str:
    return next(" ".join(line.split()) for line in text.splitlines() if line.startswith(label))
