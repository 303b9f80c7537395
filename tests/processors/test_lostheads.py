"""Lists of links between a headline and its text: the headline stays with the text, and the whole list goes."""

import pytest

from pipeline.item import Item
from pipeline.testing import assert_every_character_accounted, run_one
from processors.spam_strip import SpamStrip
from tests.pages import BRAND, FERRY, lines_of, tail

MENU = "咨询热线\n400-790-0146\n返回首页\n产品展示\n招商加盟\n资质荣誉\n"
LINKS = (
    "多地出台托育补贴细则",
    "老旧电梯更新改造提速",
    "博物馆夜场预约人数翻番",
    "沿海渔港迎来开渔首航",
)
DATED = "\n".join(f"{BRAND}登录 {link}\n2019-0{month}-11" for month, link in enumerate(LINKS, start=3))
BULLETED = "\n".join(f"· {link}" for link in LINKS)


def stripped(between: str, title: str = f"● {FERRY.title}") -> list[str]:
    """The lines that stay of a page with something between the headline of its article and the text."""
    text = "\n\n".join(FERRY.paragraphs)
    page = f"{MENU}\n首页→动态→{BRAND}下载\n\n{title}\n\n{between}\n\n\n{text}{tail()}"
    outcomes = run_one(SpamStrip(), page)
    assert_every_character_accounted(Item.page(page), outcomes)
    return [line for each in outcomes if isinstance(each, Item) for line in lines_of(each.text)]


@pytest.mark.parametrize(
    "between",
    [DATED, f"{DATED}\n{BRAND}注册", f"{BRAND}下载\n{BULLETED}\n{BRAND}注册"],
    ids=["dated", "ended", "bulleted"],
)
def test_a_headline_stays_above_a_list_of_links(between: str) -> None:
    """Its words come back in the text, and those of the links do not."""
    assert stripped(between) == [f"● {FERRY.title}", *FERRY.paragraphs]


def test_a_line_of_other_things_does_not_stay() -> None:
    """What shares nothing with the text is no headline of it."""
    assert stripped(DATED, "● 外卖骑手自发清理积雪 街坊送来热姜汤") == list(FERRY.paragraphs)


@pytest.mark.parametrize("star", "★☆")
def test_the_star_of_a_headline_is_left_to_be_found(star: str) -> None:
    """It begins a line that is no sentence: `split` takes it off and parts articles by it; others go as pictographs."""
    assert stripped("", f"{star}{FERRY.title}{star}")[0] == f"{star}{FERRY.title}"
