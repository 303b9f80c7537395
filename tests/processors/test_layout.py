"""The layout of a page: its lines in comparison form, which of them are prose, and the way back to the text."""

import pytest
from hypothesis import given

from processors.algorithms.fold import fold
from processors.algorithms.layout import han_count, is_prose, read_page
from tests.strategies import page_texts, texts


def test_lines_are_folded_and_stripped() -> None:
    """A line is in comparison form, without blanks around it; blank lines are counted before the next one."""
    page = read_page("\u3000標題ＡＢ \r\n\r\n \n  第二行\n")
    assert [(line.key, line.blank) for line in page.lines] == [("标题ab", 0), ("第二行", 2)]
    assert [page.key[line.start : line.end] for line in page.lines] == ["标题ab", "第二行"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_ends_a_line(end: str) -> None:
    """Lines and the blank ones between them are the same whatever ends them."""
    page = read_page(f"甲{end}{end}{end}乙{end}丙")
    assert [(line.key, line.blank) for line in page.lines] == [("甲", 0), ("乙", 2), ("丙", 0)]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b\n\ufeff\u3000"])
def test_a_page_that_shows_nothing_has_no_lines(text: str) -> None:
    """Blank and invisible characters make no line."""
    assert read_page(text).lines == ()


def test_invisible_characters_are_looked_through() -> None:
    """A word with invisible characters in it reads as the word, and its place in the text includes them."""
    text = "看\u200b彩\u200b\u2060票吧\ufeff"
    page = read_page(text)
    assert page.key == "看彩票吧"
    start, end = page.place(1, 3)
    assert text[start:end] == "彩\u200b\u2060票"


@pytest.mark.parametrize("glyph", ["\ue000", "\uf8ff", "\U000f0001", "\U00100001", "丶"])
def test_glyphs_inside_a_word_are_looked_through(glyph: str) -> None:
    """A word with glyphs of the page's own font in it, or strokes, reads as the word; its place includes them."""
    text = f"看琼{glyph}楼彩票吧"
    page = read_page(text)
    assert page.key == "看琼楼彩票吧"
    start, end = page.place(1, 5)
    assert text[start:end] == f"琼{glyph}楼彩票"


def test_a_blank_and_another_sign_part_no_word() -> None:
    """Only one sign between all characters hides a word: a byline behind a blank keeps its strokes."""
    assert [line.key for line in read_page("　文/薛婉　图/高帆\n赌/博/网").lines] == ["文/薛婉\u3000图/高帆", "赌博网"]


def test_the_full_stops_of_an_address_are_dots() -> None:
    """An address written with full stops is one address and no sentences; those of sentences stay."""
    page = read_page("请看http://www。qionglou-0001。example。com。渡船用gnu。他说")
    assert page.key == "请看http://www.qionglou-0001.example.com。渡船用gnu。他说"


def test_entities_of_html_are_read() -> None:
    """What extraction left as an entity is the character it stands for, and its place is all of it."""
    text = "渡口&amp;桥&#28783;"
    page = read_page(text)
    assert page.key == "渡口&桥灯"
    start, end = page.place(2, 5)
    assert text[start:end] == "&amp;桥&#28783;"


def test_an_entity_makes_no_line() -> None:
    """A line end written as an entity is a blank, for no line ended there."""
    assert [line.key for line in read_page("渡口&#10;桥").lines] == ["渡口 桥"]


@pytest.mark.parametrize(
    "key",
    [
        "船靠了岸,他把缆绳在木桩上绕了三圈。",
        "他说桥上的风比船上的风大得多了!",
        "the ferry stopped running after the bridge was opened",
        "船工们说新桥通车以后过河只要两分钟,渡船的乘客从一天四百人减到十几个人而且多半是老人",
    ],
)
def test_running_text_is_prose(key: str) -> None:
    """The end of a sentence, several clauses, or Latin words on end."""
    assert is_prose(key)


@pytest.mark.parametrize("key", ["", "渡船停航", "他上岸了。", "最后一班渡船停航 摆渡人管大江上岸", "a-1 b-2 c-3 d-4"])
def test_titles_and_calls_are_no_prose(key: str) -> None:
    """Short lines, and longer ones in which nothing ends."""
    assert not is_prose(key)


@given(page_texts)
def test_the_lines_of_a_page_are_prose_if_each_by_itself_is(text: str) -> None:
    """What is found for all lines at once is what is found for one."""
    for line in read_page(text).lines:
        assert line.prose == is_prose(line.key)


@pytest.mark.parametrize("filler", ["a", "'", " ", "\t", "a ", "*", "\u3000", "甲 ", "-", "\u200b", "&", "甲*"])
def test_a_long_run_of_anything_is_read(filler: str) -> None:
    """No pattern looks at the same characters again and again: these would take hours if one did."""
    text = f"渡口{filler * 300_000} x渡口"
    assert "".join(read_page(text).key.split())[-3:] == "x渡口"


def test_chinese_characters_are_counted() -> None:
    """Those of the later planes too; nothing else."""
    assert han_count("渡a口1。\U00020000ー") == 3


@given(page_texts)
def test_the_lines_are_those_of_the_text(text: str) -> None:
    """All that shows something is there, once and in order, and no line goes over a line end or ends in blanks."""
    page = read_page(text)
    assert "".join("".join(line.key.split()) for line in page.lines) == "".join(page.key.split())
    assert all(line.key == page.key[line.start : line.end] == line.key.strip() for line in page.lines)
    assert all(len(line.key.splitlines()) == 1 for line in page.lines)


@given(texts)
def test_the_way_back_leads_to_the_same_characters(text: str) -> None:
    """What a range of the key stands for is that range once more when it is folded."""
    page = read_page(text)
    for line in page.lines:
        start, end = page.place(line.start, line.end)
        assert read_page(text[start:end]).key == line.key
        assert len(fold(text[start:end])) == end - start
