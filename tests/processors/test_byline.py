"""What a byline tells: the day and the place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.byline import read_byline
from tests.pages import FERRY
from tests.split_pages import articles

TOLD = {
    "来源：石鼓湾晚报  作者：纪南星": {"source_name": "石鼓湾晚报"},
    "2023-09-18 10:02  来源：石鼓湾晚报": {"published": "2023-09-18T10:02", "source_name": "石鼓湾晚报"},
    "2023年9月8日 6时05分 望川新闻网 记者 闻素": {"published": "2023-09-08T06:05"},
    "（來源：望川日報 2021/1/3）": {"published": "2021-01-03", "source_name": "望川日報"},
    "稿源:望川在线 | 编辑:冷月": {"source_name": "望川在线"},
    "转自：南坡文学周刊": {"source_name": "南坡文学周刊"},
    "望川晚报记者 闻素 纪南星": {"source_name": "望川晚报"},
    "发布时间：２０２３－０４－０５": {"published": "2023-04-05"},
    "作者：纪南星": {},
    "2023-13-40 来源：": {},
    "责任编辑：蒲青禾": {},
}


@pytest.mark.parametrize(("line", "told"), TOLD.items())
def test_a_byline_is_read(line: str, told: dict[str, str]) -> None:
    """Dates in ISO 8601, names as the page writes them, and nothing that is not said."""
    assert read_byline([line]) == told


def test_the_first_line_that_says_it_counts() -> None:
    """The byline stands before the credits, which may name the source of a picture."""
    lines = ["来源：石鼓湾晚报", "来源：图片社 2020-01-02"]
    assert read_byline(lines) == {"source_name": "石鼓湾晚报", "published": "2020-01-02"}


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    """No line is an error; a date that is told is one that can be."""
    told = read_byline([text])
    assert set(told) <= {"published", "source_name"}
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?", told.get("published", "2000-01-01"))


def test_an_article_has_what_its_byline_tells() -> None:
    """The fields of an article, beside the byline as the page has it."""
    for line in ("石鼓湾在线　2019-10-17　记者 纪南星", "石鼓湾之声 2019年10月17日 08:30 编辑：闻素"):
        [article] = articles(f"{FERRY.title}\n{line}\n\n{FERRY.text}")
        assert article.meta["byline"] == line
        assert article.meta["published"].startswith("2019-10-17")
    [article] = articles(f"{FERRY.title}\n来源：石鼓湾晚报  2023-09-18 10:02\n\n{FERRY.text}")
    assert article.meta["byline"] == "来源：石鼓湾晚报  2023-09-18 10:02"
    assert (article.meta["source_name"], article.meta["published"]) == ("石鼓湾晚报", "2023-09-18T10:02")
