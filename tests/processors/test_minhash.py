"""Shingles, signatures and band keys."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms import minhash
from processors.algorithms.comparison import comparison_keys
from processors.algorithms.minhash import BINS, Signatures, bands, estimate, sign, sketch
from processors.algorithms.shingles import shingle_sets

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
HASHES = st.sets(st.integers(1, 2**32 - 1), min_size=1, max_size=2000)


def signed(hashes: set[int]) -> Signatures:
    """The signature of one set of hashes."""
    return sign(np.array(sorted(hashes), np.uint64), 1)


def comparison_key(text: str) -> np.ndarray:
    """The comparison key of one text."""
    return comparison_keys([text]).codes


def banded(signature: Signatures, count: int, rows: int) -> list[int]:
    """The band keys of one signature."""
    return bands(signature, count, rows)[0].tolist()


def test_key_keeps_letters_of_every_script_and_rare_ideographs() -> None:
    """Only what is neither a letter nor a digit is left out of a key."""
    text = "汉𠀀𱍊й가あé7"
    assert comparison_key(f"{text}，_!\ud800\u200b🎲").size == len(text)


@given(ANY_TEXT, st.integers(2, 8))
def test_shingles_are_the_distinct_runs_of_the_key(text: str, size: int) -> None:
    """A key has as many shingles as distinct runs of characters, in ascending order."""
    key = comparison_key(text)
    runs = {tuple(key[at : at + size]) for at in range(key.size - size + 1)}
    found = shingle_sets(comparison_keys([text]), size)
    assert found.size == len(runs)
    assert (np.diff(found.astype(np.int64)) > 0).all()


@given(st.lists(ANY_TEXT, max_size=6), st.integers(2, 8))
def test_texts_side_by_side_have_their_own_keys_and_shingles(texts: list[str], size: int) -> None:
    """Each of several texts has the key and the shingles it has alone, numbered by the text."""
    keys = comparison_keys(texts)
    assert [key.tolist() for key in keys.each()] == [comparison_key(text).tolist() for text in texts]
    alone = [shingle_sets(comparison_keys([text]), size) + np.uint64(n << 32) for n, text in enumerate(texts)]
    assert shingle_sets(keys, size).tolist() == [hash_ for found in alone for hash_ in found.tolist()]


@given(HASHES)
def test_signature_consists_of_hashes_of_the_set(hashes: set[int]) -> None:
    """Every word of a signature, of a full bin or an empty one, is a hash of the set; a filled bin has its smallest."""
    signature = signed(hashes)[0]
    assert set(signature.tolist()) <= hashes
    width = 2**32 // BINS
    for number, word in enumerate(signature.tolist()):
        inside = [h for h in hashes if h // width == number]
        assert not inside or word == min(inside)


@given(st.lists(st.sets(st.integers(1, 2**32 - 1), max_size=40), max_size=5))
def test_sets_side_by_side_have_their_own_signatures(sets: list[set[int]]) -> None:
    """Each of several sets has the signature it has alone, an empty one a row of zeros."""
    joined = np.array([n << 32 | h for n, found in enumerate(sets) for h in sorted(found)], np.uint64)
    alone = [signed(found)[0].tolist() if found else [0] * BINS for found in sets]
    assert sign(joined, len(sets)).tolist() == alone


@given(HASHES)
def test_an_empty_bin_takes_from_the_first_filled_donor(hashes: set[int]) -> None:
    """However many donors are tried in one go, the first filled one of the bin's own order gives."""
    signature, order = signed(hashes)[0], np.hstack(minhash._donors())
    filled = {h >> 32 - 9: h for h in sorted(hashes, reverse=True)}
    assert signature.tolist() == [filled[b] if b in filled else filled[first(order[b], filled)] for b in range(BINS)]


@pytest.mark.parametrize("size", [40, 300, 3000])
@pytest.mark.parametrize("shared", [0.3, 0.6, 0.8, 0.95])
def test_sketches_estimate_jaccard(size: int, shared: float) -> None:
    """What sketches tell is the Jaccard similarity, on the average over sets, also with most bins empty."""
    draw = random.Random(size)
    estimates, truths = [], []
    for _ in range(60):
        common = {draw.getrandbits(32) for _ in range(int(size * shared))}
        one, other = (common | {draw.getrandbits(32) for _ in range(size - len(common))} for _ in range(2))
        estimates.append(estimate(sketch(signed(one)), sketch(signed(other))))
        truths.append(len(one & other) / len(one | other))
    assert np.mean(estimates) == pytest.approx(np.mean(truths), abs=0.025)


def test_signature_is_fixed() -> None:
    """Stored signatures stay comparable: a change here needs a new scheme number."""
    signature = sign(shingle_sets(comparison_keys(["潮汐表每天早晨由灯塔管理员抄写两份"]), 5), 1)
    keys = banded(signature, 2, 5)
    assert signature[0, :3].tolist() == [388596349, 841804097, 1867366115]
    assert keys == [1815789659400410626, 9977592713956196819]


@given(HASHES)
def test_band_keys_differ_between_bands(hashes: set[int]) -> None:
    """Equal words in two bands do not make the same key: every band is its own namespace."""
    keys = banded(signed(hashes), 25, 5)
    assert len(set(keys)) == 25
    assert all(0 <= key < 2**64 for key in keys)


def test_band_keys_depend_on_their_own_words_only() -> None:
    """Changing one word of the signature changes the key of one band."""
    signature = signed(set(range(0, 2**32, 2**20)))
    changed = signature.copy()
    changed[0, 7] += 1
    pairs = zip(banded(signature, 20, 6), banded(changed, 20, 6), strict=True)
    assert [number for number, (one, other) in enumerate(pairs) if one != other] == [1]


def first(order: np.ndarray, filled: dict[int, int]) -> int:
    """The first number of an order that is filled."""
    return next(number for number in order.tolist() if number in filled)
