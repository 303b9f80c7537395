"""Tags of HTML that an extraction left in a text, and those that a text speaks of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.item import Cut, Item
from pipeline.testing import assert_every_character_accounted, run_one
from processors.spam_strip import SpamStrip
from tests.pages import FERRY, lines_of, polluted

FIRST, SECOND, THIRD, *REST = FERRY.paragraphs


def stripped(text: str) -> tuple[list[str], list[str]]:
    """The lines that stay of a page, and the tags cut from it."""
    outcomes = run_one(SpamStrip(), text)
    left = [line for each in outcomes if isinstance(each, Item) for line in lines_of(each.text)]
    return left, [each.text for each in outcomes if isinstance(each, Cut) and each.reason == "markup"]


WAYS = {
    "paragraphs": ("<p>{}</p>", ["<p>", "</p>"]),
    "styled": ('<p style="text-indent:2em;">{}</p>', ['<p style="text-indent:2em;">', "</p>"]),
    "breaks": ("{}<br/>", ["<br/>"]),
    "capitals": ("<P ALIGN=CENTER><FONT SIZE=3>{}</FONT></P>", ["<P ALIGN=CENTER><FONT SIZE=3>", "</FONT></P>"]),
    "escaped": ("&lt;div&gt;{}&lt;/div&gt;", ["&lt;div&gt;", "&lt;/div&gt;"]),
    "words": ("<span>他说</span>，{}<br>", ["<span>", "</span>", "<br>"]),
}


@pytest.mark.parametrize(("way", "tags"), [pytest.param(*found, id=name) for name, found in WAYS.items()])
@pytest.mark.parametrize("dirty", [False, True], ids=["clean", "polluted"])
def test_tags_around_paragraphs_go(way: str, tags: list[str], *, dirty: bool) -> None:
    """Of a polluted page and of a clean one; the paragraphs stay as they are."""
    paragraphs = [way.format(paragraph) for paragraph in FERRY.paragraphs]
    page = "\n\n".join([FERRY.title, *paragraphs])
    left, gone = stripped(polluted(page) if dirty else page)
    assert gone == tags * len(paragraphs)
    said = "他说，" if "他说" in way else ""
    assert left == [FERRY.title, *(said + paragraph for paragraph in FERRY.paragraphs)]


def test_tags_around_short_lines_go_where_there_is_enough_text() -> None:
    """A poem or a list between paragraphs stands in tags like them."""
    short = [f"<p>桥灯{number}</p>" for number in "一二三四五六七八九十"]
    page = "\n".join(
        [FERRY.title, *(f"<p>{paragraph}</p>" for paragraph in [*FERRY.paragraphs, FIRST, SECOND]), *short]
    )
    assert all("<" not in line for line in stripped(page)[0])


def test_labels_of_other_things_are_no_tags() -> None:
    """A text about the labels of food is laid out like any other."""
    page = "\n".join(f"<p>{paragraph}</p>" for paragraph in [*FERRY.paragraphs, "瓶上的标签没有写明甜味剂。"])
    assert all("<" not in line for line in stripped(f"{FERRY.title}\n{page}\n这批饮料换了标签以后才能上架。")[0])


ABOUT_TAGS = {
    "named": f"<p> 标签表示一个段落，浏览器会把它显示成一段。\n<p>{FIRST}</p>\n<p>{SECOND}</p>",
    "spoken of": f"段落写在<p>和</p>之间。\n<p>{FIRST}</p>\n<p>{SECOND}</p>",
    "spoken of at the end": f"要另起一行，请在这里写上<br>\n段落用<p>，不要空行。\n{FIRST}<br>\n{SECOND}<br>",
    "an example": f"一个段落的HTML标签这样写，浏览器会把它显示成一段。\n<p>{FIRST}</p>\n<p>{SECOND}</p>",
    "source code": f"<html>\n<body>\n<p>{FIRST}</p>\n<p>{SECOND}</p>\n</body>",
    "a list": "<ul>\n<li>苹果</li>\n<li>香蕉</li>\n</ul>\n他把这几行存了下来，又打开来看了一遍。",
    "one line": f"<p>{FIRST}</p>\n{SECOND}",
    "words spoken of": f"粗体写在<b>和</b>之间，不必另起一行。\n<p>{FIRST}</p>\n<p>{SECOND}</p>",
    "no tags": "a<b，而且b>c，所以i<p，p>q。\n如果x<y>z，他说这样不对。\n<渡口>的灯，<桥>的灯，都亮了一夜。",
}


@pytest.mark.parametrize("text", ABOUT_TAGS.values(), ids=ABOUT_TAGS)
def test_tags_that_a_text_speaks_of_stay(text: str) -> None:
    """In manuals, examples and source code they are the text."""
    assert stripped(text) == (lines_of(text), [])


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<br/>", "<b", ">", FIRST, "渡口。", "\n", " ", "&lt;i&gt;"]), max_size=20)
)
def test_every_character_of_a_page_with_tags_is_accounted_for(parts: list[str]) -> None:
    """Whatever is a tag and whatever only looks like one."""
    text = "".join(parts)
    assert_every_character_accounted(Item.page(text), run_one(SpamStrip(), text))


def test_a_long_line_of_tags_is_read() -> None:
    """The time grows with the number of tags, not with its square."""
    text = "\n".join([FERRY.title, f"{FIRST}<br><b>渡口</b>" * 20_000, f"<p>{SECOND}</p>"])
    assert len(stripped(text)[1]) == 20_000 * 3 + 2 - 20_000
