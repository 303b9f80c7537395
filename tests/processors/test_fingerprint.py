"""The step `fingerprint` and the identity it gives."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ContractError
from pipeline.item import Item
from processors import fingerprint
from processors.algorithms.identity import NORMALIZER, SCHEME, Fingerprint, Identity, identify
from processors.algorithms.similarity import similar
from processors.fingerprint import FingerprintOptions
from processors.normalize import Normalize

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
NEWS = "海风镇的灯塔管理员每天清晨抄写两份潮汐表，一份贴在码头，一份留给渔船。"


def identity(text: str, *, carry_shingles: bool = True) -> Identity:
    """The identity of a text under the default shingle size."""
    return signed(text, carry_shingles=carry_shingles).identity


def signed(text: str, *, carry_shingles: bool = True) -> Fingerprint:
    """The fingerprint of a text under the default shingle size."""
    (found,) = identify([text], 5, carry_shingles=carry_shingles)
    return found


def test_step_adds_the_fingerprint_and_changes_nothing_else() -> None:
    """An item leaves the step as it came, but with the identity of its title and text."""
    item = Item.page(NEWS).with_title("潮汐表")
    (out,) = fingerprint.Fingerprint().process(item)
    assert out.fingerprint == signed(f"潮汐表\n{NEWS}").pack()
    assert out.with_fingerprint(b"") == item


def test_without_shingles_it_is_small() -> None:
    """With carry_shingles off a fingerprint has the same length whatever the text's, but for short texts."""
    step = fingerprint.Fingerprint(FingerprintOptions(carry_shingles=False))
    long = "".join(chr(0x4E00 + number) for number in range(69))
    texts = (long, long * 100, long[:68])
    sizes = [len(out.fingerprint) for text in texts for out in step.process(Item.page(text))]
    assert sizes == [4 + 2048 + 24 + 128, 4 + 2048 + 24 + 128, 4 + 2048 + 24 + 128 + 64 * 4]


@given(ANY_TEXT, st.booleans())
def test_bytes_give_the_identity_back(text: str, carry_shingles: bool) -> None:
    """Packing loses nothing, for any text."""
    before = signed(text, carry_shingles=carry_shingles)
    after = Fingerprint.unpack(before.pack())
    assert (after.shingle_size, after.carries_shingles) == (before.shingle_size, before.carries_shingles)
    assert after.signature.tolist() == before.signature.tolist()
    assert after.pack() == before.pack()
    assert Identity.unpack(before.identity.pack()).pack() == before.identity.pack()


@given(st.lists(ANY_TEXT, max_size=8), st.integers(2, 8))
def test_a_text_has_the_same_fingerprint_in_any_company(texts: list[str], size: int) -> None:
    """Signing many texts at once gives each what it gets alone: nothing reaches from one into the next."""
    together = identify(texts, size, carry_shingles=True)
    alone = [identify([text], size, carry_shingles=True)[0] for text in texts]
    assert [found.pack() for found in together] == [found.pack() for found in alone]


def test_the_index_knows_the_version_of_normalize() -> None:
    """The version that indexes are stamped with is that of the step `normalize`; raise both."""
    assert Normalize.version == NORMALIZER


@given(ANY_TEXT, ANY_TEXT)
def test_short_texts_are_told_apart_by_every_character(one: str, other: str) -> None:
    """Texts with less than five letters and digits have equal digests only if they are equal but for blank ends."""
    if not identity(one).count and not identity(other).count:
        assert (identity(one).digest == identity(other).digest) == (one.strip() == other.strip())


@pytest.mark.parametrize(
    "pair", [("C++", "C#"), ("……", "！！"), ("", "。"), ("1.5", "15"), ("\ud800", "\ud801"), ("", "海")]
)
def test_short_texts_never_collapse(pair: tuple[str, str]) -> None:
    """Texts of symbols, or too short for a shingle, are alike in nothing unless they are the same."""
    assert similar(identity(pair[0]), identity(pair[1])).jaccard == 0.0


def test_digest_is_of_letters_and_digits() -> None:
    """Script, width, case and punctuation make no other digest; one other letter does."""
    variant = "海風鎮的燈塔琯理員每天清晨，抄寫兩份潮汐表\n（一份貼在碼頭，一份畱給漁船）"
    assert identity(NEWS).digest == identity(variant).digest
    assert identity(NEWS).digest != identity(NEWS.replace("两", "三")).digest


def test_seed_article_is_one_in_both_scripts(shared: Path) -> None:
    """The article that all seed pages share is the same to the key in the seeds' script and in Simplified."""
    lines = (shared / "gold" / "normalize_dev.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    city = [pair for pair in pairs if pair["tier"] == "seed_city"]
    scripts = [identity("\n".join(pair[side] for pair in city)) for side in ("src", "dst")]
    assert scripts[0].count > 5000
    assert similar(*scripts).jaccard == 1.0


@pytest.mark.parametrize(
    ("packed", "message"),
    [
        (b"", f"of 0 bytes does not begin with scheme {SCHEME}"),
        (bytes([SCHEME + 1]) + signed(NEWS).pack()[1:], "does not begin with scheme"),
        (signed(NEWS).pack()[:-1], "cut short or damaged"),
        (signed(NEWS).pack()[:-4], "cut short or damaged"),
        (signed(NEWS, carry_shingles=False).pack()[:-4], "cut short or damaged"),
        (signed(NEWS, carry_shingles=False).pack()[: 4 + 2048 + 24 + 128], "cut short or damaged"),
        (signed(NEWS).pack()[:20], "cut short or damaged"),
        (signed("海").pack() + b"\0\0\0\0", "cut short or damaged"),
    ],
)
def test_bytes_of_another_kind_are_refused(packed: bytes, message: str) -> None:
    """Bytes that are no fingerprint of this scheme give an error that says what to do."""
    with pytest.raises(ContractError, match=message):
        Fingerprint.unpack(packed)


def test_ten_megabytes() -> None:
    """A text of ten megabytes has an identity, and a copy with an ending cut off resembles it."""
    text = "".join(chr(0x4E00 + (n * n * 31 + n * 7) % 20000) for n in range(3_400_000))
    whole, most = identity(text), identity(text[:3_300_000])
    assert 0.9 < similar(whole, most).contained <= 1.0
