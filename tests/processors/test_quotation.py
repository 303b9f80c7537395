"""The marks before the lines of a quoted text, and those that a text sets itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.item import Item
from pipeline.testing import assert_every_character_accounted, run_one
from processors.spam_strip import SpamStrip
from tests.pages import FERRY, lines_of, polluted


def stripped(text: str) -> list[str]:
    """The lines that stay of a page."""
    return [line for each in run_one(SpamStrip(), text) if isinstance(each, Item) for line in lines_of(each.text)]


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "＞　"])
@pytest.mark.parametrize("dirty", [False, True], ids=["clean", "polluted"])
def test_the_marks_of_a_quoted_article_go(mark: str, *, dirty: bool) -> None:
    """Those before its paragraphs; its headline may stand without one."""
    page = "\n\n".join([FERRY.title, *(mark + paragraph for paragraph in FERRY.paragraphs)])
    assert stripped(polluted(page) if dirty else page) == lines_of(FERRY.laid)


def test_a_text_that_quotes_a_few_lines_keeps_their_marks() -> None:
    """An answer under what it answers."""
    page = "\n\n".join([f"> {FERRY.paragraphs[0]}", *FERRY.paragraphs])
    assert stripped(page) == lines_of(page)


@given(st.lists(st.sampled_from([">", "> ", *FERRY.paragraphs, "\n", "a"])))
def test_any_text_gets_through(parts: list[str]) -> None:
    """Every character of it is accounted for."""
    text = "".join(parts)
    assert_every_character_accounted(Item.page(text), run_one(SpamStrip(), text))
