"""Pages that have lost their line ends: two articles and spam on one line, titles in any form."""

import pytest

from tests.pages import BEES, FERRY, SCALE, Told
from tests.split_pages import articles, told

WEIR = Told(
    "旧堰拆除 河道恢复通水",
    (
        "县水利局昨天拆除了上游的旧堰，两公里长的河道恢复通水，下游三个村的农田今年不用再抽水灌溉。",
        "旧堰建于四十年前，石料早已松动，每到汛期就挡住水草和树枝，村民多次要求拆除。",
        "拆下来的石料没有运走，铺在了岸边的小路上。水利员说，河道里还留着两处深潭，给过冬的鱼，明年春天再看要不要清淤。",
        "住在堰边的老人这几天总去看水。他小时候在堰上走过，堰很窄，要张开手才不会掉下去，现在水声比从前小了，晚上反而睡不着。",
    ),
)
FORMS = (
    "{}",
    "{}******",
    "{n}、{}",
    "{n}. {}",
    "【{}】",
    "{}_望川网",
    "标题：{}",
    "■ {}",
    ">>> {}",
    "《{}》",
    "NO.{n} {}",
    "（{n}）{}",
    "[{n}] {}",
    "第{han}篇：{}",
)
PAGE = "红枫留学官网 红枫留学费用 红枫留学电话400-000-3434 {} 红枫留学中介 {} 版权所有 红枫留学"


def laid_out(form: str, article: Told, number: int) -> str:
    """An article on one line under its title in a form."""
    return form.format(article.title, n=number, han="一二"[number - 1]) + " " + "".join(article.paragraphs)


@pytest.mark.parametrize("form", FORMS)
def test_titles_on_one_line_are_found_in_any_form(form: str) -> None:
    """A number, a box or an ornament behind a blank begins a headline, and a telephone before it is none of it."""
    items = articles(PAGE.format(laid_out(form, FERRY, 1), laid_out(form, BEES, 2)))
    assert [item.title.strip() for item in items] == [FERRY.title, BEES.title]
    assert ["".join(one.paragraphs) for one in told(items)] == ["".join(each.paragraphs) for each in (FERRY, BEES)]


@pytest.mark.parametrize("form", ["{}", "{}******", "{n}、{}", "【{}】", "{}_望川网", "■ {}"])
def test_a_title_with_a_blank_is_whole(form: str) -> None:
    """Words of both its halves come back in the text below."""
    items = articles(PAGE.format(laid_out(form, WEIR, 1), laid_out(form, BEES, 2)))
    assert [item.title.strip() for item in items] == [WEIR.title, BEES.title]


def test_signs_in_rows_stand_on_both_sides_of_a_title() -> None:
    """Those behind it are not those before the text."""
    items = articles(PAGE.format(laid_out("=== {} ===", SCALE, 1), laid_out("+++ {} +++", BEES, 2)))
    assert [item.title.strip() for item in items] == [SCALE.title, BEES.title]
    assert [item.text[:4] for item in items] == [SCALE.text[:4], BEES.text[:4]]


def test_what_is_left_of_spam_is_no_half_of_a_title() -> None:
    """Its words do not come back in the text."""
    page = PAGE.format(f"山楂糕点 {laid_out('{}', SCALE, 1)}", laid_out("{}", BEES, 2))
    assert [item.title for item in articles(page)] == [SCALE.title, BEES.title]
