"""Names of sites, columns and addresses around a headline are no part of it."""

import pytest

from processors.algorithms.fold import fold
from processors.algorithms.headline import marks_of
from tests.pages import BEES, FERRY
from tests.split_pages import articles, told, under

AROUND = [
    "{}-财经-石鼓湾论坛报",
    "{}——望川融媒客户端",
    "{} - https://www.shigu-wan.example.com",
    "{} » 石鼓湾之家",
    "石鼓湾晚报丨{}",
    "{}-石鼓湾之声",
    "{}--望川新闻中心",
    "{}_渡口",
    "{}|石鼓湾渡",
]


@pytest.mark.parametrize("form", AROUND)
@pytest.mark.parametrize("polluted", [True, False])
def test_names_around_a_headline_are_taken_off(form: str, polluted: bool) -> None:
    """A column, a paper, an address behind a headline, and a paper before it; on clean pages on the first line."""
    key = fold(form.format(FERRY.title))
    marks = marks_of(key, key, polluted=polluted, first=True)
    assert key[marks.start : marks.end] == FERRY.title
    assert "site" in marks.styles


@pytest.mark.parametrize("line", ["石鼓湾的早晨——渡船与人", "独家丨最后一班渡船停航", "渡船停航：谁的生活-谁的江"])
def test_what_names_no_site_stays(line: str) -> None:
    """A second half behind a dash and a word before a bar may be the headline's own."""
    key = fold(line)
    marks = marks_of(key, key, polluted=False, first=True)
    assert (marks.start, marks.end) == (0, len(key))


def test_a_short_word_behind_a_dash_is_a_name_on_a_polluted_page_only() -> None:
    """There it is what the keyword's site puts behind a stolen headline; elsewhere it may be the headline's own."""
    key = fold(f"{FERRY.title}-高仿手表")
    ends = [marks_of(key, key, polluted=polluted, first=True).end for polluted in (True, False)]
    assert ends == [len(FERRY.title), len(key)]


@pytest.mark.parametrize("form", ["{}-石榴客", "{} - 石榴客", "{}|石榴客"])
def test_a_name_of_no_known_sound_is_one_if_the_text_has_no_word_of_it(form: str) -> None:
    """The only headline of a clean page carries it; the second half of a headline has words of the text."""
    assert told(articles(under(form, FERRY))) == [FERRY]
    half = FERRY._replace(title=f"{FERRY.title}-船与桥上的风")
    assert told(articles(half.laid)) == [half]


def test_what_several_headlines_carry_is_the_name_of_their_site() -> None:
    """A name of no known sound is one if it stands behind each headline of a page, or before each."""
    for form in ("{}-石鼓湾渡", "石鼓湾渡丨{}"):
        text = "\n\n".join(
            ["琼楼彩票登录_琼楼彩票开户_琼楼彩票下载", under(form, FERRY), "琼楼彩票开户", under(form, BEES)]
        )
        assert told(articles(f"{text}\n\n版权所有 琼楼彩票")) == [FERRY, BEES], form
