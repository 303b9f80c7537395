"""Lines that stay of what was cut around them go too, and lines of an article that look like them stay."""

import pytest

from pipeline.item import Item
from pipeline.testing import run_one
from processors.spam_strip import SpamStrip
from tests.pages import BRAND, FERRY, lines_of, polluted

FIRST, SECOND, *REST = FERRY.paragraphs

PLACES = "兴县、蒙城县、泰和县、新野县、大余县、凤台县、商南县、平利县、安化县、石门县、南漳县、望川市"


def stripped(text: str) -> list[str]:
    """The lines that stay of a page."""
    return [line for each in run_one(SpamStrip(), text) if isinstance(each, Item) for line in lines_of(each.text)]


def between(*lines: str) -> str:
    """A polluted page with lines between two paragraphs of its article."""
    return polluted("\n\n".join([FERRY.title, FIRST, *lines, SECOND, *REST]))


LEFT = {
    "entries with dates": ["11-06 村里的篮球赛打到了凌晨", "07-02 外卖骑手自发清理积雪"],
    "entries beside those that were cut": [
        "相关阅读",
        "• 村里的篮球赛打到了凌晨",
        "• 外卖骑手自发清理积雪",
        "• 老街的灯又亮了起来",
    ],
    "numbered entries beside those that were cut": [
        "1 村里的篮球赛打到了凌晨",
        f"2 {BRAND}外卖骑手自发清理积雪",
        "3 老街的灯又亮了起来",
    ],
    "dashes": ["— — — — — — — —"],
    "pages": ["- 2 -"],
    "a pitch whose name was cut": [f"{BRAND}专修空调、冰箱、热水器、油烟机，全县各乡均有网点"],
}


@pytest.mark.parametrize("lines", LEFT.values(), ids=LEFT)
def test_what_belongs_to_spam_goes(lines: list[str]) -> None:
    """Between two paragraphs of an article."""
    assert stripped(between(*lines)) == lines_of(FERRY.laid)


def test_a_list_of_places_behind_the_last_article_goes() -> None:
    """With marks between its names, and nothing behind it."""
    assert stripped(polluted(f"{FERRY.laid}\n\n\n{PLACES}")) == lines_of(FERRY.laid)


OWN = {
    "places that are announced": ["这一天停航的渡口在以下各县：", PLACES],
    "a list": ["• 缆绳三根", "• 铁皮钱盒一只"],
    "a numbered list": ["1 缆绳三根", "2 铁皮钱盒一只", "3 桐油半桶"],
    "one date": ["11-06 停航的那天下了雨"],
}


@pytest.mark.parametrize("lines", OWN.values(), ids=OWN)
def test_what_belongs_to_the_article_stays(lines: list[str]) -> None:
    """Between two of its paragraphs, on a polluted page."""
    assert stripped(between(*lines)) == [FERRY.title, FIRST, *lines, SECOND, *REST]
