"""Where an article begins and ends if something between its first or its last lines is cut."""

from pipeline.item import Item, Removal
from pipeline.testing import assert_every_character_accounted, run_one
from processors.split import Split
from tests.pages import BEES, BRAND, FERRY, Told
from tests.split_pages import told, under

SCORES = ("比赛结果", "石鼓湾队 88:79 渡口队", "白沙队 102:110 桥头队")


def test_the_last_lines_of_a_list_stay_behind_spam_put_into_it() -> None:
    """Short lines that `spam_strip` did not doubt are the article's, wherever spam was cut between them."""
    page = "\n\n".join([under("{}******", FERRY), *SCORES[:2], BRAND, SCORES[2], under("{}******", BEES)])
    at = page.index(BRAND)
    step = Split()
    step.open()
    found = list(step.process(Item.page(page).cut([Removal(at, at + len(BRAND), "keyword_line")])))
    left = told([each for each in found if isinstance(each, Item)])
    assert left == [Told(FERRY.title, (*FERRY.paragraphs, *SCORES)), BEES]


def test_a_rule_between_two_bylines_above_a_headline_goes_alone() -> None:
    """They are no field then, which would have the rule in it."""
    page = f"（责任编辑：蒲青禾）\n----------\n（责任编辑：蒲青禾）\n{FERRY.title}"
    found = run_one(Split(), page)
    assert_every_character_accounted(Item.page(page), found)
    assert [each.title for each in found if isinstance(each, Item)] == [FERRY.title]
