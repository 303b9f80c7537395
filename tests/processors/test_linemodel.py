"""The model of lines: what it makes of traits, and what it does to a page."""

import pytest

from pipeline.item import Cut, Item
from pipeline.testing import run_one
from processors.algorithms.linemodel import Round
from processors.algorithms.traits import Scale
from processors.spam_strip import SpamStrip
from tests.pages import FERRY, lines_of, polluted

ROUND = Round(-1.0, {"short": 2.0, "bare": 0.5, "in the text": -3.0})


def test_a_probability_is_of_the_traits_that_are_known() -> None:
    """Traits add up; one that the training did not meet changes nothing."""
    assert ROUND.probability(["short"]) == ROUND.probability(["short", "never seen"])
    assert ROUND.probability(["in the text"]) < ROUND.probability([]) < 0.5 < ROUND.probability(["short"])


def test_the_evidence_is_what_speaks_most_for_spam() -> None:
    """The heaviest first, and nothing that speaks against it."""
    assert ROUND.heaviest(["bare", "in the text", "short"]) == ["short", "bare"]


@pytest.mark.parametrize(("value", "name"), [(0, "n to 0"), (0.5, "n to 1"), (1, "n to 1"), (9, "n over 2")])
def test_a_number_is_told_by_the_edge_it_does_not_exceed(value: float, name: str) -> None:
    """The name of a trait is the same on every machine, and says what it means."""
    assert Scale("n", (0, 1, 2))(value) == name


ROW = "热搜词 会员登录 排行榜 下载客户端"


def test_a_line_that_no_rule_knows_goes_with_its_evidence() -> None:
    """What is unlike everything around it is cut, and the audit says how sure that is and why."""
    page = polluted(FERRY.laid.replace(FERRY.paragraphs[1], f"{ROW}\n\n{FERRY.paragraphs[1]}"))
    outcomes = run_one(SpamStrip(), page)
    assert [lines_of(each.text) for each in outcomes if isinstance(each, Item)] == [lines_of(FERRY.laid)]
    [cut] = [each for each in outcomes if isinstance(each, Cut) and each.reason == "unlike_article"]
    assert cut.text == ROW
    assert 0.6 <= cut.evidence["chance"] <= 1
    assert cut.evidence["because"]
