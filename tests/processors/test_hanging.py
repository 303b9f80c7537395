"""What hangs around a keyword inside a line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.hanging import LONGEST_AGAIN, _words_behind, recurring

NAMES = st.lists(st.text("渡灯a,", min_size=1, max_size=3), max_size=4, unique=True)


@given(NAMES, st.text("渡灯桥a, 1", max_size=30))
def test_words_behind_keywords_are_those_of_a_pattern(names: list[str], text: str) -> None:
    """A pattern made for the keywords finds the same words, with the same characters before the keywords."""
    either = "|".join(map(re.escape, names)) or "(?!)"
    pattern = re.compile(rf"(.?)(?:{either})([\u3400-\u9fffa-z0-9]{{2,{LONGEST_AGAIN}}})")
    assert list(_words_behind(names, text)) == [(found[2], found[1]) for found in pattern.finditer(text)]


@pytest.mark.parametrize(
    ("paragraphs", "words"),
    [
        (["灯塔,龙渊私服小舍的门开着。", "老人说龙渊私服小舍很远。"], {"小舍"}),
        (["灯塔,龙渊私服小舍的门开着。", "灯塔,龙渊私服小舍很远。"], set()),
        (["灯塔,龙渊私服小舍的门开着。"], set()),
    ],
)
def test_words_recur_between_other_words(paragraphs: list[str], words: set[str]) -> None:
    """Words hang on a keyword if they stand behind it twice, between different characters."""
    assert recurring(["龙渊私服"], paragraphs) == words
