"""Lines of code that an extraction left between paragraphs, and those of texts that are about code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.item import Cut, Item
from pipeline.testing import assert_every_character_accounted, run_one
from processors.spam_strip import SpamStrip
from tests.pages import FERRY, lines_of, polluted

FIRST, SECOND, *REST = FERRY.paragraphs

CODE = {
    "call": "show_side_ad();",
    "call with literals": 'loadBox("right", 300);',
    "jquery": '$(function(){$(".qa0001").hide();});',
    "written": "document.write('<script src=\"/js/qa0001.js\"></script>');",
    "counter": "var _hmt = _hmt || [];",
    "style": ".text_box{width:600px;margin:0 auto;} #side a{color:#333}",
    "template": '{dede:list row="8"}',
    "template of another kind": "[!--page.stats--]",
}


def stripped(text: str) -> tuple[list[str], list[str]]:
    """The lines that stay of a page, and the code cut from it."""
    outcomes = run_one(SpamStrip(), text)
    left = [line for each in outcomes if isinstance(each, Item) for line in lines_of(each.text)]
    return left, [each.text for each in outcomes if isinstance(each, Cut) and each.reason == "markup"]


def with_line(line: str, paragraph: str = FIRST) -> str:
    """An article with a line of its own behind the first paragraph."""
    return "\n\n".join([FERRY.title, paragraph, line, SECOND, *REST])


@pytest.mark.parametrize("code", CODE.values(), ids=CODE)
@pytest.mark.parametrize("dirty", [False, True], ids=["clean", "polluted"])
def test_code_between_paragraphs_goes(code: str, *, dirty: bool) -> None:
    """A line of it, of a polluted page and of a clean one."""
    page = with_line(code)
    left, gone = stripped(polluted(page) if dirty else page)
    assert gone == [code]
    assert left == lines_of(FERRY.laid)


ABOUT_CODE = {
    "a style that the text explains": with_line("h1{color:red;}", f"{FIRST}标题的颜色写在样式表里，写法如下。"),
    "a script that the text announces": with_line("show_side_ad();", "要显示广告，请在页面里写上这一行代码:"),
    "nothing but code": "管大江把渡口的时刻表写成了一页，桥上的人都能看。\nvar a = 1;\nvar b = 2;\nrun();",
    "sums": with_line("taylor(sin(x), x, 0, 8);"),
    "a list": with_line("{1, 2, 3}"),
}


@pytest.mark.parametrize("page", ABOUT_CODE.values(), ids=ABOUT_CODE)
def test_code_that_a_text_is_about_stays(page: str) -> None:
    """What a manual shows, or what is no code of a site."""
    assert stripped(page) == (lines_of(page), [])


@given(st.text(alphabet="a;:{}().$\"' \n河边_-", max_size=120))
def test_any_text_gets_through(text: str) -> None:
    """Nothing is lost from the book, whatever the code looks like."""
    assert_every_character_accounted(Item.page(text), run_one(SpamStrip(), text))
