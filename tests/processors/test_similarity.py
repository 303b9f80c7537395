"""How alike two identities are, and from where on they are duplicates."""

import hashlib
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.identity import Identity, identify
from processors.algorithms.similarity import Limits, repeats, similar

NOTHING = np.empty(0, np.uint8)


def of(*numbers: range) -> Identity:
    """An identity with these shingles, its digest its own."""
    shingles = np.array(sorted({n for each in numbers for n in each}), np.uint32)
    return Identity(hashlib.md5(shingles.tobytes()).digest(), shingles.size + 4, shingles.size, NOTHING, shingles)


def repeated(one: Identity, other: Identity, limits: Limits) -> bool:
    """Whether one repeats the other, either way round."""
    both = {repeats(a, b, similar(a, b), limits) for a, b in ((one, other), (other, one))}
    assert len(both) == 1
    return both.pop()


@given(st.integers(50, 100), st.integers(1, 40))
def test_a_similarity_of_exactly_the_threshold_reaches_it(percent: int, times: int) -> None:
    """Counted in whole shingles, what is as alike as asked is a duplicate, and one shingle less is none."""
    shared, all_ = percent * times, 100 * times
    limits = Limits(percent / 100, 1.0)
    assert repeated(of(range(all_)), of(range(shared)), limits)
    assert not repeated(of(range(all_)), of(range(shared - 1)), limits)


@given(st.integers(50, 99), st.integers(1, 40))
def test_a_contained_text_of_exactly_the_fidelity_reaches_it(percent: int, times: int) -> None:
    """A shorter text counts from as many shared shingles on as two equally long ones of the threshold have."""
    shared, own = 2 * percent * times, (100 + percent) * times
    limits = Limits(percent / 100, 0.5)
    longer = of(range(shared), range(10**6, 10**6 + 2 * own - shared))
    assert repeated(of(range(shared), range(2 * 10**6, 2 * 10**6 + own - shared)), longer, limits)
    fewer = of(range(shared - 1), range(2 * 10**6, 2 * 10**6 + own - shared + 1))
    assert not repeated(fewer, longer, limits)


def test_short_texts_are_compared_by_their_shingles_in_any_case() -> None:
    """Of all texts of six to nine letters no two count as alike that are not, also without carried shingles."""
    words = ["海风镇灯塔", "潮汐表两份", "码头渔船归"]
    texts = [f"{word}{end}" for word in words for end in ("甲", "乙", "甲乙", "乙甲", "丙丁戊", "丙丁己", "甲乙丙丁")]
    limits = Limits(0.8, 0.7)
    for one, other in combinations(range(len(texts)), 2):
        pairs = [
            [found.identity for found in identify([texts[one], texts[other]], 5, carry_shingles=carry)]
            for carry in (True, False)
        ]
        assert similar(*pairs[0]) == similar(*pairs[1])
        assert not repeated(*pairs[1], limits)


@pytest.mark.parametrize(("times", "alike"), [(6, True), (8, True), (20, False), (100_000, False)])
def test_saying_it_more_often_is_something_else(times: int, alike: bool) -> None:
    """One syllable again and again is one shingle; how often still tells texts apart."""
    one, other = (found.identity for found in identify(["啊" * 5, "啊" * times], 5, carry_shingles=False))
    assert similar(one, other).jaccard == 1.0
    assert repeated(one, other, Limits(0.8, 0.7)) is alike


def test_a_page_that_shows_an_article_twice_repeats_it() -> None:
    """A text and the same twice over are duplicates: a summary above the whole is common."""
    text = "海风镇的灯塔管理员每天清晨抄写两份潮汐表，一份贴在码头，一份留给渔船。"
    one, other = (found.identity for found in identify([text, f"{text}\n{text}"], 5, carry_shingles=True))
    assert repeated(one, other, Limits(0.8, 0.7))
