"""Normalize: the processor, the pure function, and what it does to form."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.chain import Chain
from pipeline.item import Item, Part
from pipeline.processor import Step
from pipeline.spans import Piece, Span
from processors.normalize import Normalize, NormalizeOptions, normalize_text

OTHER_LINE_ENDS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
ALPHABET = st.one_of(
    st.characters(codec=None, exclude_categories=()),
    st.sampled_from(" 　\t\u00a0\u200b\u200d\ufe0f\u00ad\ufeff\r\n\x00Ａ３é\u0301👩琯郃著乾風着の管合"),
)
ANY_TEXT = st.text(ALPHABET, max_size=60)


@given(ANY_TEXT)
@example("a\u200d\u200d\ufe0f\ufe0f 👩\u200d\u200b\u0301")
@example("e\u200b\u0301 \u00a0 \r\x00\n")
def test_twice_is_once(text: str) -> None:
    """What is normal stays as it is, whatever the text."""
    once = normalize_text(text).text
    assert normalize_text(once).text == once


@given(ANY_TEXT)
@example("\x81\x85¡ÀÀÀ")
def test_line_count_is_kept(text: str) -> None:
    """Every line stays one, whatever it ends in; garbage keeps the line ends it was read with."""
    found = normalize_text(text)
    assert len(f"{found.text}.".splitlines()) == len(f"{text}.".splitlines())
    assert found.garbled or not set(found.text) & set(OTHER_LINE_ENDS)


@given(ANY_TEXT)
def test_result_can_be_written(text: str) -> None:
    """No lone surrogate is left, so every result has a UTF-8 form."""
    assert normalize_text(text).text.encode("utf-8").decode("utf-8") == normalize_text(text).text


def test_ten_million_characters() -> None:
    """Size is no reason to fail."""
    assert len(normalize_text("風險\ud800 " * 2_500_000).text) == 9_999_999


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("第一行\r\n第二行\r第三行\u2028第四行", "第一行\n第二行\n第三行\n第四行"),
        ("　　段首缩进  ", "段首缩进"),
        ("两个\u00a0\u00a0空格 和\t制表", "两个 空格 和 制表"),
        ("零\u200b宽\ufeff字\u00ad符\x00和\u202e控制\x07", "零宽字符和控制"),
        ("ＡＢＣ１２３，全角标点：（不动）％", "ABC123，全角标点：（不动）％"),
        ("ｕｓｅｒ＠ｅｘ．ｃｏｍ ｈｔｔｐ：／／ａ ３．５％", "user@ex.com http://a 3.5%"),
        ("比分３：２，Ａ／Ｂ，％：＠", "比分3：2，A/B，％：＠"),
        ("⺠⻘⻓⻔ ⼈⻝", "民青长门 人食"),
        ("cafe\u0301", "café"),
        ("⼈⼝ 𝟐𝟎", "人口 20"),
        ("\uf9a8", "令"),
        ("图标\ue001", "图标\ue001"),
        ("①第一条 Ⅲ", "①第一条 Ⅲ"),
        ("👩\u200d👧 1\ufe0f\u20e3 汉\u200d字\ufe0f", "👩\u200d👧 1\ufe0f\u20e3 汉字"),
        ("坏\ud83d字", "坏\ufffd字"),
        ("一行\n\n　\n下一段", "一行\n\n\n下一段"),
        ("", ""),
    ],
)
def test_form(text: str, normal: str) -> None:
    """Blanks, line ends, invisible characters and widths have one form; punctuation and content stay."""
    assert normalize_text(text).text == normal


def run(item: Item, **options: object) -> Item:
    """The item as the step leaves it; the chain checks the law of spans."""
    chain = Chain([Step("normalize", Normalize(NormalizeOptions.model_validate(options)))])
    with chain:
        (outcome,) = chain.run([item])
    assert isinstance(outcome, Item), outcome
    return outcome


def test_options_switch_each_part_off() -> None:
    """Each option leaves what it names alone."""
    page = Item.page("Ａ  Ｂ\ue001 體驗與縂結，躰騐琯理")
    plain = run(page, script="keep", widths=False, blanks=False)
    assert plain.text == page.text
    assert (plain.meta["script"], plain.meta["restored"]) == ("pseudo", 0)
    assert run(Item.page("图\ue001标"), private_use=False).text == "图标"


def test_title_and_fields_are_restored_with_the_article() -> None:
    """A short title has no evidence of its own; it is judged with the text, and so are the fields split made."""
    page = Item.page("磐點郃同\n記者 甯小雨\n公司縂部儅天蓡與了琯理槼則的脩訂。")
    lines = [(0, 4), (5, 11), (12, len(page.text))]
    (child,) = page.children([Part(body=[lines[2]], title=lines[0], fields={"byline": lines[1]})])
    article = run(child)
    assert article.title == "盘点合同"
    assert article.meta["byline"] == "记者 宁小雨"
    assert article.text == "公司总部当天参与了管理规则的修订。"
    assert (article.meta["script"], article.meta["restored"]) == ("pseudo", 14)


def test_spans_stay_exact() -> None:
    """Each character still points at its own place in the raw page, and nothing is lost from the book."""
    article = run(Item.page("\u3000甲\u200b乙  丙丁戊"))
    assert article.text == "甲乙 丙丁戊"
    assert article.pieces == (
        Piece(0, Span(0, 1), blank=True),
        Piece(1, Span(1, 2)),
        Piece(0, Span(2, 3)),
        Piece(1, Span(3, 4)),
        Piece(1, Span(4, 6), blank=True),
        Piece(3, Span(6, 9)),
    )
    assert article.spans == (Span(0, 9),)


def test_spans_of_lines_far_apart() -> None:
    """Lines from different places of the page keep their own ranges, also where a character was composed."""
    page = Item.page("甲 。\n广告\n乙  丙\n\ncafe\u0301")
    (child,) = page.children([Part(body=[(0, 3), (7, 11), (13, 18)])])
    assert run(child).text == "甲 。\n乙 丙\ncafé"
    assert run(child).spans == child.spans


def test_composition_that_keeps_the_length_shifts_no_character() -> None:
    """Where one character became two and two became one, those between do not point at their neighbours."""
    page = Item.page("甲\u0344中文内容e\u0301尾")
    article = run(page)
    assert article.text == "甲\u0308\u0301中文内容é尾"
    assert article.spans == page.spans
    exact = [page.text[p.span.start : p.span.end] for p in article.pieces if p.exact and p.length]
    assert exact == ["甲", "尾"]


def test_second_time_moves_no_span() -> None:
    """A text that lost characters before keeps its ranges when it loses more."""
    page = Item.page("甲\u200b\u3000乙\ne\u0301 丙")
    composed = run(page)
    longer = composed.with_text(composed.text.replace("丙", "丙\u200b丁"))
    assert run(longer).text == "甲 乙\né 丙丁"
    assert run(longer).spans == page.spans


@settings(deadline=None)
@given(st.text(ALPHABET, min_size=1, max_size=40), st.text(ALPHABET, min_size=1, max_size=40))
def test_law_of_spans(first: str, second: str) -> None:
    """Every character of an item is in the normalized item, whatever was removed or composed."""
    page = Item.page(first + "\n" + second)
    (child,) = page.children([Part(body=[(0, len(first)), (len(first) + 1, len(page.text))])])
    assert run(child).spans == child.spans


def test_meta_of_others_is_left_alone() -> None:
    """Entries that are not text of the page keep their value."""
    article = run(Item.page("正常的一段話語，說明問題。", meta={"url": "https://example.org/體", "published": None}))
    assert article.meta["url"] == "https://example.org/體"
    assert article.meta["published"] is None
