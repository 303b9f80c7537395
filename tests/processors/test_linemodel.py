"""The model of lines: what the second round knows of the first, and what both do to a page."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.item import Cut, Item
from pipeline.testing import run_one
from processors.algorithms.linemodel import AROUND, around_of
from processors.algorithms.surroundings import MISSING, NOWHERE, TRAITS
from processors.algorithms.trees import chances_of
from processors.spam_strip import SpamStrip
from tests.pages import BEES, BRAND, FERRY, SCALE, head, lines_of, polluted, tail


def table(lengths: list[int]) -> np.ndarray:
    """Lines of these lengths, the long ones prose."""
    rows = np.zeros((len(lengths), len(TRAITS)), np.float32)
    rows[:, TRAITS.index("length")] = lengths
    rows[:, TRAITS.index("prose")] = np.array(lengths, int) >= 40
    return rows


@given(st.lists(st.tuples(st.integers(1, 90), st.floats(0, 1)), max_size=9))
def test_what_stands_around_a_line_is_told_for_each(lines: list[tuple[int, float]]) -> None:
    """A row a line, of any page, and the line before is the one before."""
    found = around_of(table([length for length, _ in lines]), np.array([chance for _, chance in lines]))
    assert found.shape == (len(lines), len(AROUND))
    before = found[:, AROUND.index("alone, before")].tolist()
    assert before == [MISSING, *(np.float32(chance) for _, chance in lines)][: len(lines)]


def test_sure_text_is_looked_for_both_ways() -> None:
    """Prose that the first round takes for an article's; its distance is in lines."""
    found = around_of(table([90, 5, 90, 90]), np.array([0.1, 0.9, 0.9, 0.2]))
    above, below = (found[:, AROUND.index(f"lines to sure text {where}")].tolist() for where in ("above", "below"))
    assert above == [NOWHERE, 1, 2, 3]
    assert below == [3, 2, 1, NOWHERE]


def test_even_odds_are_a_probability_of_a_half() -> None:
    """Thousandths of the logarithm of the odds become probabilities."""
    assert chances_of(np.array([0, 1000, -100_000])).tolist() == [0.5, 0.7311, 0.0]


ROW = "追更神器 会员登录 月票冲榜 夜读打卡"


def test_a_line_that_no_rule_knows_goes_with_its_evidence() -> None:
    """What is unlike everything around it is cut, and the audit says how sure that is and why."""
    page = polluted(FERRY.laid.replace(FERRY.paragraphs[1], f"{ROW}\n\n{FERRY.paragraphs[1]}"))
    outcomes = run_one(SpamStrip(), page)
    assert [lines_of(each.text) for each in outcomes if isinstance(each, Item)] == [lines_of(FERRY.laid)]
    [cut] = [each for each in outcomes if isinstance(each, Cut) and each.reason == "unlike_article"]
    assert cut.text == ROW
    assert 0.6 <= cut.evidence["chance"] <= 1
    assert cut.evidence["because"]


def test_the_only_paragraph_of_a_page_stays_whatever_is_around_it() -> None:
    """A whole article on one line among much spam is judged by itself."""
    page = "\n".join([head(), FERRY.title, "", "".join(FERRY.paragraphs), "", tail(), tail()])
    left = [line for each in run_one(SpamStrip(), page) if isinstance(each, Item) for line in lines_of(each.text)]
    assert left == [FERRY.title, "".join(FERRY.paragraphs)]


def test_an_article_into_which_the_keyword_was_put_in_every_paragraph_stays() -> None:
    """However often it is named: the model is sure that the lines are an article's."""
    paragraphs = [paragraph.replace("。", f"。{BRAND}开户", 1) for paragraph in FERRY.paragraphs[1:]]
    planted = "\n\n".join([FERRY.title, FERRY.paragraphs[0], *paragraphs])
    page = polluted(f"{BEES.laid}\n\n{BRAND}下载\n\n{planted}\n\n{BRAND}注册\n\n{SCALE.laid}")
    left = [line for each in run_one(SpamStrip(), page) if isinstance(each, Item) for line in lines_of(each.text)]
    assert set(FERRY.paragraphs[:3]) <= set(left)
