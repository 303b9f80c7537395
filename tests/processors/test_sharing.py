"""Which part of the words of a line stands elsewhere."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.sharing import NO_WORDS, pairs_of, shares

TEXTS = st.lists(st.text(alphabet="渡口桥a1, 。", max_size=12), max_size=6)


@given(TEXTS)
def test_the_pairs_of_texts_are_those_of_each(texts: list[str]) -> None:
    """Each pair of Chinese characters counts once for a text, and the same pair has the same number in all."""
    lines, numbers = (array.tolist() for array in pairs_of(texts))
    names: dict[str, set[int]] = {}
    for line, text in enumerate(texts):
        pairs = {a + b for a, b in pairwise(text) if min(a, b) >= "\u3400"}
        own = [number for number, of in zip(numbers, lines, strict=True) if of == line]
        assert len(own) == len(set(own)) == len(pairs)
        for pair in pairs:
            names.setdefault(pair, set(own)).intersection_update(own)
    assert all(names.values())


def test_texts_without_such_characters_have_no_pairs() -> None:
    """Also none over the end of a text."""
    assert [array.tolist() for array in pairs_of(["渡", "口", "", "abc"])] == [[], []]


def test_a_share_is_of_the_pairs_that_stand_in_other_lines() -> None:
    """A line's own words do not count for it, and a line without words has no share."""
    lines = ["渡口新桥", "渡口的新桥", "渡口客服", "客服", "a"]
    text, cut = np.array([False, True, False, False, False]), np.array([False, False, False, True, False])
    elsewhere, behind, before, gone = (share.tolist() for share in shares(lines, text, cut))
    assert elsewhere[0] == behind[0] == np.float32(2 / 3)
    assert before[0] == 0
    assert elsewhere[1] == 0
    assert gone[2] == np.float32(1 / 3)
    assert gone[3] == 0
    assert elsewhere[4] == NO_WORDS
