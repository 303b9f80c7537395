"""How the rounds of tidying fit together: references, composition and the places of what stays."""

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
