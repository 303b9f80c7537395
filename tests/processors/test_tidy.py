"""How the rounds of tidying fit together: references, composition and the places of what stays."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chain import Chain
from pipeline.item import Item
from pipeline.processor import Step
from processors.algorithms.characters import Places
from processors.algorithms.entities import decoded
from processors.algorithms.tidy import tidy
from processors.normalize import Normalize, NormalizeOptions, normalize_text

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "normalization.md"
PARTS = [
    "&",
    "&amp;",
    "amp;",
    "&shy;",
    "&#769;",
    "#38;",
    "&semi;",
    ";",
    "\u200b",
    "\u0344",
    "\u0301",
    "\u0323",
    "\u034f",
]
PARTS += [
    "\u095a",
    "\ufb2a",
    "\uf900",
    "\u1100",
    "\u1160",
    "\u1161",
    "\u11a8",
    "e",
    "1",
    "Ａ",
    "中",
    "\n",
    "\r",
    "\u3000",
]
PARTS += ["\u200d", "\ufe00", "\ufe0f", "\U0001f3f4", "\U000e0062", "\U000e007f", "क"]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_any_mixture_is_tidied_at_once(text: str) -> None:
    """References, marks and compatibility characters never raise, and a second time changes nothing."""
    once = normalize_text(text).text
    assert normalize_text(once).text == once


@pytest.mark.parametrize(
    ("text", "plain"),
    [("&shy;\u0344", "\u0308\u0301"), ("&shy;\u095a", "\u0917\u093c"), ("&shy;\ufb2a", "\u05e9\u05c1")],
)
def test_removal_after_composition_that_lengthens(text: str, plain: str) -> None:
    """A text that NFC makes longer between decoding and removal has no places to tell, and is no error."""
    assert normalize_text(text).text == plain
    assert (tidy(text).aligned, tidy(text).kept) == (False, None)


def test_equal_length_is_no_alignment() -> None:
    """Where a character became two in one line and two became one in the next, the rest keeps its own places."""
    with Chain([Step("normalize", Normalize(NormalizeOptions()))]) as chain:
        (found,) = chain.run([Item.page("\u0344中文内容\n尾e\u0301")])
    assert isinstance(found, Item)
    assert [tuple(piece.span) for piece in found.pieces] == [(0, 1), (1, 7), (7, 9)]


def test_compatibility_characters_keep_their_places() -> None:
    """A character that NFC replaces by one other leaves its line exact."""
    assert tidy("\uf900中\u200b文").aligned


def test_nested_references_take_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """However deep references are nested, the text is gone over a fixed number of times."""
    lengths: list[int] = []

    def counted(text: str) -> tuple[str, Places | None]:
        lengths.append(len(text))
        return decoded(text)

    monkeypatch.setattr("processors.algorithms.tidy.decoded", counted)
    tidied = tidy("甲&" + "amp;" * 500 + "lt;乙")
    assert (tidied.text, tidied.kept is not None and tidied.kept.tolist()) == ("甲<乙", [0, 1, 2005])
    assert sum(length > 100 for length in lengths) < 10


@pytest.mark.parametrize(
    "invisible",
    [
        *"\u034f\u115f\u1160\u180b\u180d\u180f\u2065\ufe00\ufe0d\U000e0001\U000e0020\U000e0062\U000e007f",
        "\U000e0062\u200d\U000e007f",
    ],
)
def test_invisible_characters_go(invisible: str) -> None:
    """What only hides a word from search goes, in Chinese text, after an emoji, and at the ends of lines."""
    text = f"{invisible}广{invisible}告{invisible}\n\U0001f600{invisible}{invisible}末{invisible}"
    assert normalize_text(text).text == "广告\n\U0001f600末"


def test_flags_of_regions_stay() -> None:
    """Tags after the black flag spell out whose flag it is; the same tags elsewhere hide something."""
    tags = "\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert normalize_text(f"甲{tags}\U0001f3f4{tags}乙{tags}").text == f"甲\U0001f3f4{tags}乙"


@pytest.mark.parametrize("text", ["锟斤拷", "ÖÐÎÄÄÚÈÝ", "锛屾垜"])
def test_documented_examples_are_garbled(text: str) -> None:
    """What the documentation shows as read in the wrong encoding is counted, and it is in the documentation."""
    assert normalize_text(text).garbled >= len(text)
    assert text in DOCUMENTATION.read_text(encoding="utf-8")
