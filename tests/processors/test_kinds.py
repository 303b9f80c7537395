"""Kinds of characters, looked up for a whole text at once."""

import re

import pytest
from hypothesis import given

from processors.algorithms.kinds import BLANK, BREAK, HAN, SETS, SIGN, kinds_of
from tests.strategies import texts


@pytest.mark.parametrize(("kind", "characters"), SETS.items())
@given(text=texts)
def test_a_kind_is_what_its_set_matches(kind: int, characters: str, text: str) -> None:
    """A character has a flag if, and only if, the set of a pattern that the kind is made of matches it."""
    found = [bool(re.match(f"[{characters}]", character)) for character in text]
    assert (kinds_of(text) & kind != 0).tolist() == [*found, False]


def test_a_character_may_be_of_several_kinds() -> None:
    """A line end is blank too; the end of the text is of no kind."""
    assert kinds_of("渡 \n").tolist() == [HAN, BLANK | SIGN, BLANK | BREAK, 0]
