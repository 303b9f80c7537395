"""What a line shows beside its neighbours."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.surroundings import pairs_of

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
