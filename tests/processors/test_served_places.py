"""The line that says which places an advertiser serves, above a run of them, shows that a page is a site's."""

import pytest

from pipeline.item import Item
from pipeline.testing import run_one
from processors.spam_strip import SpamStrip
from tests.pages import FERRY, lines_of

PLACES = "隆昌市 禄劝县 桦甸市 靖边县 龙南市 青田县 虞城县 滦平县 浠水县 越城区"


def stripped(behind: str) -> list[str]:
    """The lines that stay of an article with something behind it."""
    outcomes = run_one(SpamStrip(), f"{FERRY.laid}\n\n\n{behind}\n")
    return [line for each in outcomes if isinstance(each, Item) for line in lines_of(each.text)]


@pytest.mark.parametrize("label", ["服务区域:", "上门范围：", "业务覆盖城市"])
def test_served_places_go_with_the_line_that_says_who_serves_them(label: str) -> None:
    """Also on a page that shows nothing else of a site, but for the pitch below."""
    pitch = "蓝帆追剧网收录8万部影视,每日更新,永久地址https://lf20417.example.net。"
    assert stripped(f"蓝帆追剧网在线观看{label}\n{PLACES}\n{pitch}") == [FERRY.title, *FERRY.paragraphs]


def test_places_that_a_text_announces_stay() -> None:
    """A list that nobody serves is the article's own."""
    told = "下列县市的渡口今年也将停航:"
    assert stripped(f"{told}\n{PLACES}") == [FERRY.title, *FERRY.paragraphs, told, PLACES]
