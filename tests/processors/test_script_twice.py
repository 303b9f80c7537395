"""Normalizing text that is normalized changes nothing, whatever scripts stand in it; the texts are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.normalize import ScriptName, normalize_text

SCRIPTS: tuple[ScriptName, ...] = ("simplified", "traditional_tw", "traditional_hk")

ALPHABET = "国风发说这变门体國體語變說這躰郃縂琯儅産読売渋桜カれのでー着著昇祕里后面干，。；《》“”\n a"


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize(
    "text",
    [
        "日本《読売新闻》报道说，这个团队很强。",
        "银行发表声明，渋谷店关门。",
        "國體这当カ體语變变れ；变で\x0b学這",
    ],
)
def test_twice_is_once(text: str, script: ScriptName) -> None:
    """Japanese and mixed passages come out the first time as they would the second time."""
    once = normalize_text(text, script).text
    assert normalize_text(once, script).text == once


@given(st.text(st.sampled_from(ALPHABET), max_size=40), st.sampled_from(SCRIPTS))
def test_any_mixture_twice_is_once(text: str, script: ScriptName) -> None:
    """Any mixture of scripts is stable after one time, and what is not blank keeps its length."""
    once = normalize_text(text, script).text
    assert normalize_text(once, script).text == once
    assert len(once) == len(normalize_text(text, "keep").text)
