"""Where terms of lexicons stand in a text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.shipped import shipped
from processors.algorithms.brand import read_weights
from processors.algorithms.hits import FOUND, WHOLE, never_found, side_weights, term_hits
from processors.algorithms.layout import read_page
from processors.algorithms.lexicon import read_lexicons

SHIPPED = sorted(shipped("lexicon").glob("*.yaml"))


@given(st.text(st.sampled_from("注册送彩票首页 \n\u200b&#;*VIＰ相關閱讀，。"), max_size=60))
def test_a_hit_lies_in_the_text(text: str) -> None:
    """Hits are ranges of the text that are not empty, in its order, and those of one category do not overlap."""
    ends: dict[str, int] = {}
    hits = term_hits(text, SHIPPED)
    assert [hit[:2] for hit in hits] == sorted({hit[:2] for hit in hits})
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.lexicons
        for category in hit.categories:
            assert ends.get(category, 0) <= hit.start
            ends[category] = hit.end


@given(
    st.lists(
        st.sampled_from(["大发", "展", "真人", "版", "百家乐", "注册送", "彩票", "的", "官网", " ", "，"]), max_size=12
    )
)
def test_the_hits_are_those_of_a_crawl(parts: list[str]) -> None:
    """What the patterns of `spam_strip` find of a category is listed, and nothing else."""
    text, lexicon = "".join(parts), read_lexicons(SHIPPED)
    hits = term_hits(text, SHIPPED)
    for category in set(FOUND) - WHOLE:
        pattern = getattr(lexicon, category)
        assert [hit.term for hit in hits if category in hit.categories] == pattern.findall(read_page(text).key)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_term_can_be_found(path: Path) -> None:
    """The lexicons hold terms in the form that texts are compared in."""
    assert never_found(path) == []


def test_terms_that_can_never_be_found(tmp_path: Path) -> None:
    """Those in capitals or Traditional characters, and those that show less than two characters."""
    own = tmp_path / "own.yaml"
    own.write_text("version: 1\ntrade: [茶楼, Abc, 繁體詞]\npromo: ['茶\u200b']\n", encoding="utf-8")
    assert never_found(own) == [
        "own.yaml:2:13: 'Abc' in trade can never be found; write 'abc'",
        "own.yaml:2:18: '繁體詞' in trade can never be found; write '繁体词'",
        r"own.yaml:3:9: '茶\u200b' in promo can never be found; what shows of it is too short for a term",
    ]


def test_a_hit_weighs_what_its_side_of_the_evidence_does() -> None:
    """The weight is the one that `spam_strip` reads; what rules go by has none."""
    path = shipped("weights", "keyword.yaml")
    weights, sides = side_weights(path), read_weights(path).sides
    assert (weights["trade"], weights["suffix"]) == (sides["trade"], sides["suffixes"])
    assert set(FOUND) - set(weights) == {"line", "heading", "tail"}
