"""What tells that lines belong to one list."""

from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.furniture import is_paging
from processors.algorithms.lists import alike_near, counting, patterns_of, telephones_alike


def test_numbers_that_count_on_are_told_from_one_that_stands_alone() -> None:
    """In digits or Chinese; a number of another form begins another list."""
    keys = ["一、渡口", "说明", "二、老船", "1. 茶水", "三、码头", "第十条 票价", "第十一条 罚则", "渡船"]
    assert counting(keys).tolist() == [2, 0, 3, 1, 2, 2, 2, 0]


def test_a_number_far_away_counts_nothing_on() -> None:
    """A list is together."""
    assert counting(["1. 茶水", *["渡船"] * 20, "2. 茶点"]).tolist()[::21] == [1, 1]


def test_lines_of_one_form_are_counted_around_each() -> None:
    """Numbers, Chinese words and Latin ones are the same whatever they say."""
    patterns = patterns_of(["渡口站:0716-5550101", "渡船已经开了。", "码头站:0716-5550102"])
    assert alike_near(patterns).tolist() == [1, 0, 1]


def test_telephones_of_one_exchange_are_counted_once_each() -> None:
    """The same number again says nothing; several that begin alike are an office's."""
    keys = ["总台0716-5550101,票房0716-5550102", "总台0716-5550101", "热线0755-8123456", "没有电话"]
    assert telephones_alike(keys).tolist() == [2, 2, 1, 0]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), min_size=1), max_size=9))
def test_any_lines_have_a_number_each(keys: list[str]) -> None:
    """One of each sign a line, none below 0."""
    for found in (counting(keys), telephones_alike(keys), alike_near(patterns_of(keys)) if keys else []):
        assert len(found) == len(keys)
        assert all(value >= 0 for value in found)


def test_lines_between_the_pages_of_an_article_are_known() -> None:
    """Numbers of pages and ways to the next; the numbers of scores, dates and sections are not."""
    paging = ["(1/3)", "- 2 -", "第 2 页 / 共 2 页", "点击查看下一页", "(下转第3版)", "[1] [2] [3]"]
    assert [key for key in paging if not is_paging(key)] == []
    assert [key for key in ["2/3的人", "- 渡船 -", "第二章", "下转身再看", "1/3"] if is_paging(key)] == []
