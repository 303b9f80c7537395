"""How sure an article is, and which one is to be looked at."""

from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.certainty import REVIEW, read_certainty
from tests.pages import FERRY, polluted
from tests.split_pages import articles

DOUBTS = [(10, 4.0), (60, 2.0), (200, 90.0)]


def test_only_the_doubts_of_the_article_count() -> None:
    """Lines before its beginning and behind its end are others'."""
    assert read_certainty(DOUBTS, 50, 150, 100) == {"confidence": 0.98}
    assert read_certainty(DOUBTS, 300, 400, 100) == {"confidence": 1.0}


def test_an_article_in_doubt_is_to_be_looked_at() -> None:
    """Low confidence brings the mark, and only that does."""
    assert read_certainty(DOUBTS, 0, 150, 100) == {"confidence": 0.94, "review": True}


def test_a_page_that_may_be_made_for_a_name_is_to_be_looked_at() -> None:
    """It stays whole: a name stands before what an office hangs on its own, but it is one of a trade."""
    name = "渡口贷款服务站"
    page = f"{name}\n{name}开在老码头，有两间屋子。\n{name}电话：0571-0000 5100\n{name}地址：码头路6号\n"
    [article] = articles(page)
    assert article.meta["review"] is True
    assert f"{article.title}\n{article.text}\n" == page


@given(st.lists(st.tuples(st.integers(0, 99), st.floats(0, 1e6))).map(sorted), st.integers(0, 99), st.integers(0, 1000))
def test_confidence_is_a_share(doubts: list[tuple[int, float]], start: int, characters: int) -> None:
    """From 0 to 1, whatever is in doubt; the mark stands exactly where it is low."""
    told = read_certainty(doubts, start, 100, characters)
    assert 0 <= told["confidence"] <= 1
    assert ("review" in told) == (told["confidence"] < REVIEW)


def test_a_line_nobody_can_be_sure_about_lowers_it() -> None:
    """The article keeps the line, and says that it may be none of its own."""
    unsure = polluted(FERRY.laid.replace(FERRY.paragraphs[2], f"旧码头茶馆的评书今晚开讲\n\n{FERRY.paragraphs[2]}"))
    assert articles(unsure)[0].meta["confidence"] < articles(polluted(FERRY.laid))[0].meta["confidence"]
