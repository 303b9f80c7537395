"""The configurations that are shipped: each can be run and does what its first comment says."""

from pathlib import Path

import pytest

from pipeline import Chain, Item
from pipeline.config import load
from pipeline.shipped import shipped

PRESETS = sorted(path.name for path in shipped("presets").glob("*.yaml"))

LINES = [
    "青溪镇小学昨日举行秋季运动会，三百余名学生参加了田径、跳绳与拔河比赛。",
    "校长陆文川介绍说，今年新修的操场第一次启用，雨后排水很快，比赛没有受影响。",
    "下午的接力赛最受欢迎，六年级二班以四分十一秒的成绩获得第一名。",
    "家长何秀兰在看台上说，孩子每天早起练习跑步，身体比去年结实了许多。",
    "运动会后，学校把剩余的矿泉水和毛巾送给了镇上的养老院。",
]
ARTICLE = "青溪镇小学举行秋季运动会\n" + "\n".join(LINES)
TRADITIONAL = (
    "青溪鎮圖書館延長開放時間\n青溪鎮圖書館宣布，從下月起閱覽室開放到晚上九點，還書與借書的時間不變，週末照常開館。"
)


def articles(preset: str, pages: list[str]) -> list[Item]:
    """What a preset recovers from pages."""
    with Chain.load(shipped("presets", preset)) as chain:
        return list(chain.articles(pages))


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_recovers_an_article(preset: str) -> None:
    """A clean page comes out once, and its exact copy does not."""
    assert [item.title for item in articles(preset, [ARTICLE, ARTICLE])] == ["青溪镇小学举行秋季运动会"]


@pytest.mark.parametrize("path", [shipped("pipeline.yaml"), *(shipped("presets", name) for name in PRESETS)], ids=str)
def test_every_shipped_configuration_says_what_it_is_for(path: Path) -> None:
    """It begins with a comment and can be loaded."""
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert load(path).steps


def test_strict_finds_what_lost_its_end() -> None:
    """The shorter of two texts is a duplicate under `strict`, and not under `exact`."""
    pages = [ARTICLE, "青溪镇小学举行秋季运动会\n" + "\n".join(LINES[:3])]
    assert len(articles("strict.yaml", pages)) == 1
    assert len(articles("exact.yaml", pages)) == 2


def test_traditional_keeps_the_script() -> None:
    """The text is as it was, where the other presets restore it to Simplified."""
    [kept] = articles("traditional.yaml", [TRADITIONAL])
    [simplified] = articles("exact.yaml", [TRADITIONAL])
    assert "從下月起閱覽室開放到晚上九點" in kept.text
    assert "从下月起阅览室开放到晚上九点" in simplified.text
