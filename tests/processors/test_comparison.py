"""The comparison key: which differences between two texts count, and which do not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.comparison import comparison_keys

MARKED = st.text(st.sampled_from("12aé海+-#%.: \n"), max_size=12)


def key(text: str) -> list[int]:
    """The comparison key of one text."""
    return comparison_keys([text]).codes.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海风镇的风险管理体系", "海風鎮的風險琯理躰系"),
        ("ＡＢＣ１２３号", "abc123号"),
        ("春江花，月夜。", "春 江\n花【月】夜"),
        ("第①章", "第1章"),
        ("CO₂浓度", "CO2浓度"),
        ("港口-码头+灯塔#1楼", "港口码头灯塔#1楼"),
        ("气温－１５．５℃", "气温-15.5℃"),
        ("气温\N{MINUS SIGN}15度", "气温-15度"),
        ("比分3:2", "比分3：2"),
        ("Wi-Fi 6", "WiFi6"),
        ("2024-01-09", "2024/01/09"),
        ("版本V1. 第1.章", "版本V1 第1章"),
        ("+++ 通知 +++", "通知"),
        ("=== 1，23 ===", "1, 23"),
        ("第1\n\n2章", "第1/2章"),
        ("★ 通知 ❤\ufe0f", "☆通知"),
        ("葛\U000e0100城", "葛城"),
        ("增长５％", "增长5%"),
        ("比分3∶2", "比分3:2"),
    ],
)
def test_what_does_not_count(one: str, other: str) -> None:
    """Two forms of the same words have the same key: script, width, case, punctuation, decoration."""
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C++ 11 标准", "C# 11 标准"),
        ("C++ 11 标准", "C 11 标准"),
        ("气温-15.5度", "气温155度"),
        ("气温-15度", "气温15度"),
        ("气温15.5度", "气温155度"),
        ("比例1.5", "比例1:5"),
        ("比分3:2", "比分32"),
        ("10⁵个细胞", "105个细胞"),
        ("x²", "x2"),
        ("增长5%", "增长5‰"),
        ("增长5%", "增长5"),
        ("价格$5", "价格¥5"),
        ("误差±5", "误差5"),
        ("x>5时", "x<5时"),
        ("结果=5", "结果≠5"),
        ("得分1, 23", "得分12, 3"),
        ("得分1 … 23", "得分12 … 3"),
        ("得分1, 23", "得分123"),
        ("判断：√", "判断：×"),
        ("判断：✓", "判断：✗"),
        ("甲×乙", "甲∩乙"),
        ("单位：℃", "单位：℉"),
        ("单位：%", "单位：‰"),
        ("कि", "की"),
        ("か\u3099き", "かき"),
        ("价格\ue001元", "价格\ue002元"),
        ("价格\U000f0001元", "价格元"),
    ],
)
def test_what_counts(one: str, other: str) -> None:
    """Signs on figures and names, and that something stands between two digits, make another key."""
    assert key(one) != key(other)


@given(MARKED)
def test_a_key_has_at_most_one_character_for_one_of_the_text(text: str) -> None:
    """Nothing is added to a text: a key is never longer, and has every letter and digit."""
    assert sum(map(str.isalnum, text)) <= len(key(text)) <= len(text)


@given(st.lists(MARKED, max_size=6))
def test_neighbours_do_not_touch(texts: list[str]) -> None:
    """A text that ends and another that begins with digits or signs have the keys they have alone."""
    assert [each.tolist() for each in comparison_keys(texts).each()] == [key(text) for text in texts]


@given(st.lists(st.sampled_from("12, 。\n"), max_size=8), st.lists(st.sampled_from("12, 。\n"), max_size=8))
def test_other_figures_have_another_key(one: list[str], other: list[str]) -> None:
    """Whatever stands between digits: texts with the same key have the same figures one after the other."""
    texts = ["".join(one), "".join(other)]
    if key(texts[0]) == key(texts[1]):
        assert re.findall(r"\d+", texts[0]) == re.findall(r"\d+", texts[1])
