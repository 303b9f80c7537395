"""Lists of places stay in the article that tells of them."""

import pytest

from pipeline.item import Drop, Item
from pipeline.testing import run_one
from processors.spam_strip import SpamStrip

LISTS = (
    "云阳县、桐庐县、平利县、商南县、凤台县、大余县、新野县、泰和县、",
    "云阳县 桐庐县 平利县 商南县 凤台县 大余县 新野县 泰和县",
    "云阳县桐庐县平利县商南县凤台县大余县新野县泰和县蒙城县兴县",
)
TITLE, TEXT = "水利普查第一批名单公布", "普查从五月开始，年底以前结束，经费由省里承担。"


@pytest.mark.parametrize("listed", LISTS)
@pytest.mark.parametrize(
    "above", ["省水利厅今天公布第一批普查名单，共有十来个县。", "省水利厅今天公布了第一批普查的县："]
)
def test_places_between_what_tells_of_them_and_more_text_stay(above: str, listed: str) -> None:
    """Such a list is no furniture of a site, whatever stands between its names."""
    page = f"{TITLE}\n{above}\n{LISTS[1]}\n{listed}\n{TEXT}\n"
    [item] = [each for each in run_one(SpamStrip(), page) if isinstance(each, Item | Drop)]
    assert isinstance(item, Item)
    assert item.text == page
