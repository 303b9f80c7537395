"""What a text is read as: the short ways of a tidied, a long and a mixed text say the same as the long way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.characters import BLOCK
from processors.algorithms.evidence import BREAK, COMPLEX, KANA, SIMPLE, STANDARD
from processors.algorithms.reading import read
from processors.algorithms.tidy import tidy
from processors.normalize import normalize_text

ALPHABET = "国風體郃琯着著乾祕瞭の。，\n \u3000\t\r\x85\u200bＡ％é\u0301&#x20;\ufe0f👩⻓ÖÐÎÄÄÚ銆锛屾"
FILLER = "春天来了，河边的柳树发了芽，孩子们在草地上放风筝。\n"
TRADITIONAL = "著名的學者說，乾隆年間的畫作很難得，他看著窗外，瞭解了風險。"
SIMPLIFIED = "著名的学者说，乾隆年间的画作很难得，他看着窗外，了解了风险。"


@given(st.text(ALPHABET, max_size=40))
def test_a_tidied_text_is_read_like_any_other(text: str) -> None:
    """What is carried over from the text before is what reading the tidied text finds."""
    tidied = tidy(text).reading
    fresh = read(tidied.text)
    assert tidied.count(SIMPLE) == fresh.count(SIMPLE)
    assert np.array_equal(tidied.marks, fresh.marks)
    assert tidied.garbled == fresh.garbled
    for flag in (COMPLEX, KANA, SIMPLE, STANDARD):
        assert bool(tidied.seen & flag) == bool(fresh.seen & flag)


@given(st.text(ALPHABET, max_size=40))
def test_counts_are_of_places(text: str) -> None:
    """A rare flag is counted as often as it has places, and every flag seen is some character's."""
    reading = read(text)
    assert reading.count(STANDARD) == len(reading.places(STANDARD))
    assert bool(reading.seen & BREAK) == bool((reading.marks & BREAK).any())


@pytest.mark.parametrize("lines", [1, 40])
def test_few_lines_of_a_long_text(lines: int) -> None:
    """Traditional lines in a Simplified text longer than a block are restored as they are alone, the others stay."""
    filler = FILLER * (BLOCK // len(FILLER) // lines + 1)
    assert normalize_text(TRADITIONAL).text == SIMPLIFIED
    found = normalize_text((filler + TRADITIONAL + "\n") * lines + filler)
    assert found.text == (filler + SIMPLIFIED + "\n") * lines + filler
    assert (found.script, type(found.restored)) == ("simplified", int)


@pytest.mark.parametrize("times", [1, 30, 2000])
def test_words_in_doubt_are_read_alike_in_any_number(times: int) -> None:
    """Many words that share a beginning are decided as one of them is."""
    assert normalize_text(TRADITIONAL * times).text == SIMPLIFIED * times


@pytest.mark.parametrize("depth", [1, 4, 5, 6, 40])
def test_references_of_any_depth(depth: int) -> None:
    """A reference inside others is decoded however deep it is, and what stays keeps its place."""
    tidied = tidy("甲&" + "amp;" * depth + "nbsp;乙")
    assert tidied.text == "甲 乙"
    assert tidied.kept is not None
    assert tidied.kept.tolist() == [0, 1, 4 * depth + 7]


def test_garbage_in_a_long_text() -> None:
    """Garbage stays in a text longer than a block, and all lines around it are restored."""
    lines = (TRADITIONAL + "\n") * (BLOCK // len(TRADITIONAL) + 1)
    wrong = SIMPLIFIED.encode().decode("gb18030", "replace") + "\n"
    plain = lines.replace(TRADITIONAL, SIMPLIFIED)
    assert normalize_text(lines + wrong + lines).text == plain + wrong + plain
