"""Telephones of offices that an article lists, and those of the site."""

import pytest

from pipeline.item import Item
from pipeline.testing import run_one
from processors.spam_strip import SpamStrip
from tests.pages import BRAND, FERRY, lines_of, polluted

FIRST, SECOND, *REST = FERRY.paragraphs


def stripped(text: str) -> list[str]:
    """The lines that stay of a page."""
    return [line for each in run_one(SpamStrip(), text) if isinstance(each, Item) for line in lines_of(each.text)]


LISTS = {
    "one shape": ["石鼓湾市:0998-4401 1120", "望川市:0997-5520 3381", "南坡州:0996-6120 7754", "北岸县:0995-2210 4483"],
    "one area": [
        "县交通局渡口管理所办公室电话：0998-4400 123，工作日上午八点到十二点有人接听。",
        "石鼓湾渡口值班室电话：0998-4400 124",
        "桐油和缆绳采购电话：0998-4400 125",
    ],
    "mailbox": ["读者服务部电话：0998-4400 5566（工作日9:00至17:00）", "来稿邮箱：ferry@shigu.example.com"],
}


@pytest.mark.parametrize("entries", LISTS.values(), ids=LISTS)
def test_the_telephones_that_an_article_lists_stay(entries: list[str]) -> None:
    """Each on a line of its own, between its paragraphs."""
    page = [FERRY.title, FIRST, "各渡口的电话如下，二十四小时有人接听。", *entries, SECOND, *REST]
    assert stripped(polluted("\n\n".join(page))) == page


def test_they_stay_where_there_is_little_text_around_them() -> None:
    """The model takes them for an advert there; that one of them stays is enough for the others."""
    page = [FERRY.title, FIRST, *LISTS["one shape"], REST[-1]]
    assert stripped(polluted("\n\n".join(page))) == page


def test_the_telephone_of_the_site_goes() -> None:
    """Beside its messenger and between the paragraphs, even if the article has one of the same area."""
    own = "渡口值班室电话：0998-4400 124"
    page = [FERRY.title, FIRST, "各渡口的电话如下，二十四小时有人接听。", own, SECOND, *REST]
    planted = f"{BRAND}客服电话：0998-4400 777"
    lines = [*page[:4], planted, "客服电话:13000000031 微信:zqx45012", *page[4:]]
    assert stripped(polluted("\n\n".join(lines))) == page


def test_the_office_and_the_date_under_a_notice_stay() -> None:
    """Right under its last paragraph; a date elsewhere on a polluted page goes."""
    signed = ["主办单位：望川县交通运输局", "2024年8月26日"]
    page = [FERRY.title, *FERRY.paragraphs, *signed]
    assert stripped(polluted("\n\n".join(page))) == page


def test_places_that_the_text_announces_stay() -> None:
    """With blanks between them, which those that a page names for its searchers have too."""
    places = ["下列县区的渡口同时停航：", "北岸县 南坡市 石鼓区 望川县 渡口市 桐油县 铁盒区 缆绳市"]
    page = [FERRY.title, FIRST, *places, SECOND, *REST]
    assert stripped(polluted("\n\n".join(page))) == page


def test_they_stay_with_an_advert_above_them() -> None:
    """What a page puts between a notice and its signature does not part them."""
    signed = ["主办单位：望川县交通运输局", "2024年8月26日"]
    page = [FERRY.title, *FERRY.paragraphs, f"{BRAND}开户最新地址:http://www.ab30977.example.net", *signed]
    assert stripped(polluted("\n\n".join(page))) == [FERRY.title, *FERRY.paragraphs, *signed]


def test_an_entry_of_a_numbered_list_stays() -> None:
    """Though it quotes what adverts say; the entries before and behind it stay too."""
    entries = [
        "渡口经营者不得有下列行为：",
        "（一）超过核定人数载客，或者在大雾天开船；",
        "（二）以“无抵押、秒到账、不看征信”等内容进行虚假宣传；",
        "（三）向未成年人出售船票以外的任何票证。",
    ]
    page = [FERRY.title, FIRST, *entries, SECOND, *REST]
    assert stripped(polluted("\n\n".join(page))) == page


def test_the_questions_of_an_interview_stay() -> None:
    """However short what is left of a line without the advert behind a question is."""
    question = "问：停航以后老人们怎么过河？"
    page = [FERRY.title, FIRST, question, "答：" + SECOND, *REST]
    asked = [*page[:2], f"{question}{BRAND}一手货源，零门槛，热线:15000087360。", *page[3:]]
    assert stripped(polluted("\n\n".join(asked))) == page
