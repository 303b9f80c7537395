"""Shingles, signatures and band keys."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.minhash import BINS, band_keys, sign
from processors.algorithms.shingles import comparison_key, shingles

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
HASHES = st.sets(st.integers(0, 2**32 - 1), min_size=1, max_size=2000)


def as_set(hashes: set[int]) -> np.ndarray:
    """A set of hashes in the form that `sign` takes."""
    return np.array(sorted(hashes), np.uint32)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海风镇的风险管理体系", "海風鎮的風險琯理躰系"),
        ("ＡＢＣ１２３号", "abc123号"),
        ("春江花，月夜。", "春 江\n花【月】夜"),
        ("第①章", "第1章"),
    ],
)
def test_key_ignores_script_width_case_and_punctuation(one: str, other: str) -> None:
    """Two forms of the same words have the same comparison key."""
    assert comparison_key(one).tolist() == comparison_key(other).tolist()


def test_key_keeps_letters_of_every_script_and_rare_ideographs() -> None:
    """Only what is neither a letter nor a digit is left out of a key."""
    text = "汉𠀀𱍊й가あé7"
    assert comparison_key(f"{text}，_!\ud800\u200b🎲").size == len(text)


@given(ANY_TEXT, st.integers(2, 8))
def test_shingles_are_the_distinct_runs_of_the_key(text: str, size: int) -> None:
    """A key has as many shingles as distinct runs of characters, in ascending order."""
    key = comparison_key(text)
    runs = {tuple(key[at : at + size]) for at in range(key.size - size + 1)}
    found = shingles(key, size)
    assert found.size == len(runs)
    assert (np.diff(found.astype(np.int64)) > 0).all()


@given(HASHES)
def test_signature_consists_of_hashes_of_the_set(hashes: set[int]) -> None:
    """Every word of a signature, of a full bin or an empty one, is a hash of the set; a filled bin has its smallest."""
    signature = sign(as_set(hashes))
    assert set(signature.tolist()) <= hashes
    width = 2**32 // BINS
    for number, word in enumerate(signature.tolist()):
        inside = [h for h in hashes if h // width == number]
        assert not inside or word == min(inside)


def test_signature_of_nothing_is_refused() -> None:
    """An empty set has no signature, and saying so is better than all empty sets being alike."""
    with pytest.raises(ValueError, match="compare such texts exactly"):
        sign(as_set(set()))


@pytest.mark.parametrize("size", [40, 300, 3000])
@pytest.mark.parametrize("shared", [0.3, 0.6, 0.8, 0.95])
def test_equal_words_estimate_jaccard(size: int, shared: float) -> None:
    """The share of equal words is the Jaccard similarity, on the average over sets, also with most bins empty."""
    draw = random.Random(size)
    estimates, truths = [], []
    for _ in range(60):
        common = {draw.getrandbits(32) for _ in range(int(size * shared))}
        one, other = (common | {draw.getrandbits(32) for _ in range(size - len(common))} for _ in range(2))
        estimates.append(float(np.mean(sign(as_set(one)) == sign(as_set(other)))))
        truths.append(len(one & other) / len(one | other))
    assert np.mean(estimates) == pytest.approx(np.mean(truths), abs=0.025)


def test_signature_is_fixed() -> None:
    """Stored signatures stay comparable: a change here needs a new scheme number."""
    signature = sign(shingles(comparison_key("潮汐表每天早晨由灯塔管理员抄写两份"), 5))
    keys = band_keys(signature, 2, 5)
    assert signature[:3].tolist() == [918848550, 2693182205, 2693182205]
    assert keys == [886547898263834887, 752522143599313958]


@given(HASHES)
def test_band_keys_differ_between_bands(hashes: set[int]) -> None:
    """Equal words in two bands do not make the same key: every band is its own namespace."""
    keys = band_keys(sign(as_set(hashes)), 25, 5)
    assert len(set(keys)) == 25
    assert all(0 <= key < 2**64 for key in keys)


def test_band_keys_depend_on_their_own_words_only() -> None:
    """Changing one word of the signature changes the key of one band."""
    signature = sign(as_set(set(range(0, 2**32, 2**20))))
    changed = signature.copy()
    changed[7] += 1
    pairs = zip(band_keys(signature, 20, 6), band_keys(changed, 20, 6), strict=True)
    assert [number for number, (one, other) in enumerate(pairs) if one != other] == [1]
