"""The comparison key of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.fold import fold

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_length_is_kept(text: str) -> None:
    """A key is as long as its text, surrogates and all."""
    assert len(fold(text)) == len(text)


@given(ANY_TEXT)
def test_twice_is_once(text: str) -> None:
    """The key of a key is the key."""
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT, ANY_TEXT)
def test_every_character_on_its_own(left: str, right: str) -> None:
    """A key is made character by character, without a look at the neighbours."""
    assert fold(left + right) == fold(left) + fold(right)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("風險管理", "风险管理"),
        ("躰騐縂琯", "体验总管"),
        ("著名與看著", "着名与看着"),
        ("ＡｂＣ１２３", "abc123"),
        ("①②③❹⑤", "12345"),
        ("𝟗𝟖𝟕𝓐𝔹", "987ab"),
        ("٣٤", "34"),
        ("ABC", "abc"),
        ("（一）㈠⒈", "(一)一1"),
        ("平凡的一句话。", "平凡的一句话。"),
    ],
)
def test_what_becomes_the_same(text: str, key: str) -> None:
    """Script, width, case and fancy forms do not count."""
    assert fold(text) == key
