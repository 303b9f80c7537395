"""Sentences that name the keyword: those that were written for it go as a whole, from others only the name goes."""

import pytest

from tests.pages import BEES, BRAND, FERRY, SCALE, polluted
from tests.processors.test_spam_strip_keyword import left

LAID = "\n\n".join([FERRY.laid, BEES.laid, SCALE.laid])
LINES = [line for line in LAID.split("\n") if line]


@pytest.mark.parametrize(
    "pitch",
    [
        f"经过多年用心经营，{BRAND}早已成为同行里口碑最好的招牌！",
        f"跟着{BRAND}走，夜夜都是好手气！",
        f"下载{BRAND}的老友都说顺手，{BRAND}从不掉线！",
    ],
)
def test_a_sentence_written_for_the_keyword_goes(pitch: str) -> None:
    """It calls nobody and no lexicon has its words; but they stand nowhere else in the text."""
    assert left(polluted(LAID.replace("桥上风大，不如坐船。", f"桥上风大，不如坐船。{pitch}"))) == LINES


@pytest.mark.parametrize("put", ["{}", "■{}★", "//{}//"])
def test_a_sentence_into_which_the_keyword_was_put_stays(put: str) -> None:
    """Only the name goes from a clause of the article."""
    page = polluted(LAID.replace("把缆绳在木桩上", f"把缆绳{put.format(BRAND)}在木桩上"))
    assert left(page) == LINES


def test_an_advert_before_a_paragraph_takes_no_sentence_with_it() -> None:
    """Only a blank parts it from the first sentence of the paragraph, which stays."""
    advert = f"■{BRAND}开户■立即注册,官方网址:www.qionglou-0004.example.com "
    page = polluted(LAID.replace("新桥去年冬天通车，过河只要两分钟。", f"{advert}新桥去年冬天通车，过河只要两分钟。"))
    assert left(page) == LINES
