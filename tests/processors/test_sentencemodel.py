"""The model of sentences: what is put between the sentences of an article goes, and what the article says stays."""

import pytest
from hypothesis import given

from pipeline.item import Cut, Item
from pipeline.testing import run_one
from processors.algorithms.bounds import sentences_of
from processors.algorithms.claims import claims
from processors.spam_strip import SpamStrip
from tests.pages import BRAND, FERRY, lines_of, polluted
from tests.strategies import texts

FIRST, *REST = FERRY.paragraphs

PITCHES = [
    "凭身份证就能申请，无押金零门槛，手慢无！",
    f"老用户都说好，{BRAND}资金安全，客服二十四小时在线，提现秒到账。",
    f"需要{BRAND}的老板请加微信：qlou0001，信誉第一，先到先得！",
]

OWN = [
    "船票一张两元，老人和孩子免费，最后一班在傍晚六点。",
    "县交通局公布了监督电话：0311-5550101，全天有人接听。",
    "“您坐稳。”管大江对每一位客人都这么说，他的渡船从来没有满意度调查。",
]


def stripped(text: str) -> tuple[list[str], list[Cut]]:
    """The lines that stay of a page, and the cuts."""
    outcomes = run_one(SpamStrip(), text)
    left = [line for each in outcomes if isinstance(each, Item) for line in lines_of(each.text)]
    return left, [each for each in outcomes if isinstance(each, Cut)]


def around(first: str) -> str:
    """A polluted page whose article begins with this paragraph."""
    return polluted("\n\n".join([FERRY.title, first, *REST]))


@pytest.mark.parametrize("pitch", PITCHES)
def test_a_pitch_behind_a_paragraph_goes_as_a_whole(pitch: str) -> None:
    """In words that no list has, with the keyword in it or without; the audit says how sure that is, and why."""
    left, cuts = stripped(around(FIRST + pitch))
    assert left == [FERRY.title, *FERRY.paragraphs]
    assert pitch in [cut.text for cut in cuts if cut.reason == "spam_sentence"]


def test_a_sentence_that_only_the_model_cuts_says_why() -> None:
    """How probable it is, and the heaviest traits."""
    _, cuts = stripped(around(FIRST + PITCHES[0]))
    [cut] = [cut for cut in cuts if "because" in cut.evidence and cut.reason == "spam_sentence"]
    assert cut.text == PITCHES[0]
    assert 0.5 <= cut.evidence["chance"] <= 1


@pytest.mark.parametrize("own", OWN)
def test_what_an_article_says_of_prices_and_telephones_stays(own: str) -> None:
    """A page that is polluted has sentences of its own that name a price, a number to call, or the reader."""
    left, _ = stripped(around(FIRST + own))
    assert left[1] == FIRST + own


def test_a_keyword_in_brackets_goes_and_its_sentence_stays() -> None:
    """Brackets with an address are put in, however much is said around them."""
    sentence = f"管大江说，({BRAND}开户www.qionglou-0001.example.com)免费坐船的老人他都认得。"
    left, _ = stripped(around(FIRST + sentence))
    assert left[1] == FIRST + "管大江说，免费坐船的老人他都认得。"


@pytest.mark.parametrize("reach", ["电话400-322-5788", "官网https://ab30977.example.net"])
def test_a_pitch_without_a_mark_at_its_end_takes_no_sentence_with_it(reach: str) -> None:
    """The way to get in touch that it ends with parts it from the sentence of the article right behind it."""
    left, _ = stripped(around(f"{BRAND}代理全国招商，一件代发，月入过万不是梦，{reach}{FIRST}"))
    assert left == [FERRY.title, *FERRY.paragraphs]


def test_what_a_text_quotes_does_not_press() -> None:
    """Though the keyword with an address is put between its clauses."""
    own = "律师提醒过河的老人，不要轻信“包过”“不看征信”的广告。"
    left, _ = stripped(around(FIRST + own.replace("，", f"，《{BRAND}代写》www.ab30977.example.org")))
    assert left == [FERRY.title, FIRST + own, *REST]


def test_an_address_in_brackets_costs_no_sentence() -> None:
    """It is cut before the sentence is judged."""
    own = "坐潭上，四面竹树环合，寂寥无人，凄神寒骨，悄怆幽邃。"
    left, _ = stripped(around(FIRST + own.replace("幽邃", "(wap.ab30977.example.net)幽邃")))
    assert left == [FERRY.title, FIRST + own, *REST]


@given(texts)
def test_sentences_are_all_of_a_line(key: str) -> None:
    """One after another from its beginning to its end; only blanks may be left at that."""
    found = sentences_of(0, key)
    assert [part.start for part in found[1:]] == [part.end for part in found[:-1]]
    assert key[found[-1].end :].strip() == "" if found else key.strip() == ""


def test_no_sentence_ends_inside_what_is_sealed() -> None:
    """An address with a full stop for a dot, as the rules found it."""
    key = "看网址www。qlou。example。com再说。走了。"
    assert [key[part.start : part.end] for part in sentences_of(0, key, [(3, 24)])] == [key[:-3], "走了。"]


def test_words_that_sell_are_told_by_kind() -> None:
    """A promise, the reader, a figure that boasts; one kind for what news has as well."""
    assert [kind for *_, kind in claims("不满意全额退款,您是第88888名会员,马上")] == [
        "guarantee",
        "guarantee",
        "audience",
        "audience",
        "common",
    ]
