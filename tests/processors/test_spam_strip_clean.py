"""Clean pages come through `spam_strip` whole, also those about what spam is about."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.item import Cut, Item
from pipeline.testing import run_one
from processors.spam_strip import SpamStrip
from tests.pages import FERRY, lines_of, traditional

PAGES = sorted(Path(__file__).parents[1].joinpath("golden", "clean").glob("*.txt"))

FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "no blank lines": lambda text: text.replace("\n\n", "\n"),
    "indented": lambda text: text.replace("\n\n", "\n\n　　"),
    "traditional": traditional,
    "two of them": lambda text: f"{text}\n\n\n{FERRY.laid}\n",
}


def kept(text: str) -> str:
    """The text of a page after the step."""
    [item] = [each for each in run_one(SpamStrip(), text) if not isinstance(each, Cut)]
    assert isinstance(item, Item)
    return item.text


def test_there_are_clean_pages() -> None:
    """The folder of clean pages is read, and has many kinds of them."""
    assert len(PAGES) >= 12


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_clean_page_stays_whole(path: Path, form: str) -> None:
    """Law, crime, manuals, notices, tables, lists, verse: not a character goes, however the page is laid out."""
    text = FORMS[form](path.read_text("utf-8"))
    assert kept(text) == text


MENU = "首页\n关于我们\n新闻中心\n"
FOOT = "\n上一篇\n下一篇\n返回列表"


def test_furniture_at_the_edges_of_a_clean_page_goes() -> None:
    """Menus that stand together at the top and the bottom are all that a clean page loses."""
    assert lines_of(kept(f"{MENU}\n{FERRY.laid}\n{FOOT}")) == [FERRY.title, *FERRY.paragraphs]


def test_furniture_inside_a_clean_page_stays() -> None:
    """The same words between two paragraphs may be the article's."""
    text = "\n\n".join([FERRY.title, FERRY.paragraphs[0], MENU, *FERRY.paragraphs[1:]])
    assert kept(text) == text


@pytest.mark.parametrize("text", [f"首页\n\n{FERRY.laid}", f"{FERRY.laid}\n\n更多", MENU])
def test_one_line_of_furniture_says_nothing(text: str) -> None:
    """A single such line at an edge stays, and so does a page that is nothing else."""
    assert kept(text) == text


@pytest.mark.parametrize(
    "line", ["联系电话：0000-7654321", "兴县蒙城县泰和县新野县大余县凤台县商南县", "2023-05-06", "※※※※※"]
)
def test_lines_that_spam_has_too_stay_on_a_clean_page(line: str) -> None:
    """Without a keyword a telephone, place names, a date or a row of signs are the author's."""
    text = "\n\n".join([FERRY.title, FERRY.paragraphs[0], line, *FERRY.paragraphs[1:], line])
    assert kept(text) == text


@pytest.mark.parametrize(
    "advert",
    ["关注公众号“渡口人家”，回复“船票”免费领取", "咨询热线：400-000-0123（微信同号）", "下载渡口APP，立即注册"],
)
def test_one_advert_makes_no_page_of_spam(advert: str) -> None:
    """A single call at the end of an article is no evidence of a keyword; it stays rather than the article suffers."""
    text = f"{FERRY.laid}\n\n{advert}"
    assert kept(text) == text
