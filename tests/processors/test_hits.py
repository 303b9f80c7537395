"""Where terms of lexicons stand in a text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.shipped import shipped
from processors.algorithms.hits import term_hits, unreachable

SHIPPED = sorted(shipped("lexicon").glob("*.yaml"))


@given(st.text(st.sampled_from("注册送彩票首页 \n\u200b&#;*VIＰ相關閱讀，。"), max_size=60))
def test_a_hit_lies_in_the_text(text: str) -> None:
    """Every hit is a range of the text that is not empty, and those of one category do not overlap."""
    ends: dict[str, int] = {}
    for hit in term_hits(text, SHIPPED):
        assert ends.get(hit.category, 0) <= hit.start < hit.end <= len(text)
        assert hit.lexicons
        ends[hit.category] = hit.end


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_term_can_be_found(path: Path) -> None:
    """The lexicons hold terms in the form that texts are compared in."""
    assert list(unreachable(path)) == []
