"""Planted duplicates of seventeen kinds against brute force; benchmarks/duplicates.py does the same at 10,000."""

import random

import pytest

from tests.quality.duplicates.corpus import Planted, corpus
from tests.quality.duplicates.kinds import KINDS
from tests.quality.duplicates.scoring import Pairs, scored
from tests.quality.duplicates.truth import similarities

SIZE = 1200
LETTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
)


@pytest.fixture(scope="module")
def planted() -> list[Planted]:
    """The corpus."""
    return corpus(SIZE)


@pytest.fixture(scope="module")
def truth(planted: list[Planted]) -> Pairs:
    """The similarity of all pairs."""
    return similarities([document.text for document in planted])


def test_every_kind_is_planted(planted: list[Planted]) -> None:
    """There are seventeen kinds, and the corpus has copies of each."""
    assert len(KINDS) == 17
    assert {document.kind for document in planted} == {"", *KINDS}


def test_brute_force_counts_right() -> None:
    """A similarity is the shared runs of five letters by all runs."""
    assert similarities(["甲乙丙丁戊己庚", "甲乙丙丁戊己辛", "子丑寅卯辰巳午"]) == {(0, 1): 0.5}


def test_with_shingles_all_duplicates_go_and_nothing_else(planted: list[Planted], truth: Pairs) -> None:
    """Counted similarities remove what is 0.8 alike and nothing that is not."""
    score = scored([document.text for document in planted], truth, carry_shingles=True)
    assert score.recall >= 0.995
    assert score.precision == 1.0


def test_by_signature_nearly_all_duplicates_go_and_hardly_anything_else(planted: list[Planted], truth: Pairs) -> None:
    """Estimated similarities err near the threshold only."""
    score = scored([document.text for document in planted], truth, carry_shingles=False)
    assert score.recall >= 0.95
    assert score.precision >= 0.95
    assert score.wrong == 0


@pytest.mark.parametrize("carry_shingles", [True, False])
def test_of_short_texts_all_duplicates_go_and_nothing_else(carry_shingles: bool) -> None:
    """Texts of 6 to 68 letters are judged exactly, whether they carry their shingles or not."""
    draw = random.Random(7)
    texts: list[str] = []
    for _ in range(300):
        text = "".join(draw.choice(LETTERS) for _ in range(draw.randrange(6, 68)))
        at = draw.randrange(len(text))
        texts += [text, draw.choice([f"{text}甲", f"{text[:at]}甲{text[at + 1 :]}", f"甲{text[:-1]}"])]
    score = scored(texts, similarities(texts), carry_shingles=carry_shingles)
    assert (score.recall, score.precision) == (1.0, 1.0)
