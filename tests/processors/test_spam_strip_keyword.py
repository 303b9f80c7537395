"""How `spam_strip` finds the keyword a page is made for: by the page itself, in any trade, script and disguise."""

from collections.abc import Callable

import pytest

from pipeline.item import Item
from pipeline.testing import run_one
from processors.spam_strip import SpamStrip
from tests.pages import BEES, BRAND, FERRY, head, lines_of, polluted, pseudo, tail, traditional

ARTICLE = [FERRY.title, *FERRY.paragraphs]


def left(text: str) -> list[str]:
    """The lines that stay of a page."""
    return [line for each in run_one(SpamStrip(), text) if isinstance(each, Item) for line in lines_of(each.text)]


@pytest.mark.parametrize(
    "brand", ["棠梨工坊", "长庚", "蓝鲤阁", "fxhub", "鲸落XK", "雨隐秘药", "石榴树下的铺子", "１８新锐"]
)
def test_a_brand_of_any_trade_is_found(brand: str) -> None:
    """A made-up name that no lexicon knows is found by what the page does with it, whatever it is made of."""
    assert left(polluted(FERRY.laid, brand=brand)) == ARTICLE


def test_a_brand_is_found_by_made_up_words_that_hang_on_it() -> None:
    """Neither name nor suffixes are in a lexicon; a greeting and the copyright line say whose page it is."""
    page = (
        "欢迎光临鲸湾\n鲸湾甑选_鲸湾拾光\n\n鲸湾甑选 鲸湾拾光 鲸湾云裳 鲸湾拾光册\n\n"
        f"{FERRY.laid}\n\n鲸湾甑选村里的篮球赛打到了凌晨\n鲸湾拾光外卖骑手自发清理积雪\n鲸湾云裳古镇修复一口宋代水井\n\n"
        "鲸湾甑选 鲸湾拾光 鲸湾云裳\n\n版权所有 鲸湾 地图"
    )
    assert left(page) == ARTICLE


def test_a_brand_is_found_on_a_line_that_ends_as_a_sentence() -> None:
    """Two lines over an article name it, one with an address in brackets."""
    page = (
        "◆蓝鲤阁批发◆(bb91929.example.org)【实力首选】蓝鲤阁发票,住宿票,餐饮票,值得信赖!\n\n"
        f"蓝鲤阁专线:19900003000 微信:txx52691\n\n{FERRY.laid}"
    )
    assert left(page) == ARTICLE


def test_two_brands_of_one_page_go() -> None:
    """A page sold to two customers loses the lines of both."""
    page = f"{head('蓝鲤阁')}{head('棠梨工坊')}{FERRY.laid}{tail('蓝鲤阁')}{tail('棠梨工坊')}"
    assert left(page) == ARTICLE


@pytest.mark.parametrize("write", [traditional, pseudo])
def test_spam_in_another_script_than_the_article_goes(write: Callable[[str], str]) -> None:
    """Traditional or invented spam around a Simplified article goes, and the other way round."""
    assert left(write(head()) + FERRY.laid + write(tail())) == ARTICLE
    assert left(head() + write(FERRY.laid) + tail()) == [write(line) for line in ARTICLE]
    assert left(write(polluted(FERRY.laid))) == [write(line) for line in ARTICLE]


@pytest.mark.parametrize("sign", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad"])
def test_invisible_characters_hide_nothing(sign: str) -> None:
    """A keyword with invisible characters between its own goes as if it had none."""
    hidden = sign.join(BRAND)
    assert left(polluted(FERRY.laid).replace(BRAND, hidden)) == ARTICLE
    assert left(polluted(FERRY.laid.replace("桐油，", f"桐油，({hidden}开户)"))) == ARTICLE


@pytest.mark.parametrize("spelt", ["琼\ue123楼彩票", "琼❤楼彩票", "琼丶楼丶彩丶票"])
def test_signs_between_its_characters_hide_no_keyword(spelt: str) -> None:
    """A private character, a pictograph or a stroke inside a name makes no other name of it."""
    assert left(polluted(FERRY.laid.replace("桐油，", f"桐油，({spelt}开户)"))) == ARTICLE


@pytest.mark.parametrize("sign", [".", "·", " ", "-"])
def test_a_keyword_spelt_out_goes_whole_before_words(sign: str) -> None:
    """The last sign of a keyword spelt out with one is looked through too, whatever words stand right behind it."""
    spelt = sign.join("琼楼彩票")
    assert left(polluted(FERRY.laid.replace("一人两元，", f"一人两元，{spelt}走势图")).replace(BRAND, spelt)) == ARTICLE


@pytest.mark.parametrize("sign", ["❤", "💰"])
def test_a_keyword_loses_its_first_character_to_no_pictograph(sign: str) -> None:
    """What stands before the name nearly always, with or without a pictograph between, is its beginning."""
    spelt = f"{BRAND[0]}{sign}{BRAND[1:]}"
    page = head() + FERRY.laid.replace("桐油，", f"桐油，{spelt}开户") + tail().replace(BRAND, spelt)
    assert left(page) == ARTICLE


@pytest.mark.parametrize("reach", ["➕V:qlou99001", "V:qlou990012233"])
def test_a_keyword_and_whatever_number_in_quotation_marks_go(reach: str) -> None:
    """Quotation marks that open in a clause on a keyword and a number go with both."""
    assert left(polluted(FERRY.laid.replace("一人两元，", f"一人两元，『{BRAND} {reach}』"))) == ARTICLE


def test_a_number_glued_into_a_short_clause_costs_no_line() -> None:
    """Of a short line whose clause a messenger interrupts only that goes."""
    put = FERRY.laid.replace(
        "停航那天", "停航那天没有仪式，叩叩：1387702865天色也和平常一样。他就这样走了。\n\n停航那天"
    )
    assert "停航那天没有仪式，天色也和平常一样。他就这样走了。" in left(polluted(put))


def test_a_keyword_and_a_messenger_in_quotation_marks_go() -> None:
    """Quotation marks put into a clause hold an advert if they name the keyword and a number; what people say stays."""
    said = FERRY.laid.replace("桥上风大", f"『{BRAND}开户 扣扣:71234567』桥上风大")
    assert left(polluted(said)) == ARTICLE


def test_entities_hide_nothing() -> None:
    """A keyword written in numbers of characters is the keyword."""
    hidden = "".join(f"&#{ord(character)};" for character in BRAND)
    assert left(polluted(FERRY.laid.replace("桐油，", f"桐油，({hidden}开户)"))) == ARTICLE


def test_width_and_case_hide_nothing() -> None:
    """Full-width letters and capitals are the same keyword."""
    page = head("fxhub") + FERRY.laid.replace("桐油，", "桐油，(ＦｘＨｕｂ开户)") + tail("FXHUB")
    assert left(page) == ARTICLE


@pytest.mark.parametrize(
    "stuck",
    [
        f"{BRAND}开户",
        f"【{BRAND}】",
        f"（{BRAND}登录www.qionglou-0001.example.com）",
        f"💎{BRAND}💎",
        f"({BRAND}开户,{BRAND}注册)",
        f"【{BRAND}开户】【{BRAND}】",
        f"“{BRAND}”",
        f"//{BRAND}//",
    ],
)
@pytest.mark.parametrize("place", ["{}不能只刷看得见的地方", "渡船的乘客从{}一天四百人", "过河只要两分钟{}"])
def test_a_keyword_put_anywhere_goes_as_a_span(stuck: str, place: str) -> None:
    """With words, brackets, an address or pictographs on it, between clauses or inside: the sentence is whole."""
    page = polluted(FERRY.laid.replace(place.format(""), place.format(stuck)))
    assert stuck in page
    assert left(page) == ARTICLE


@pytest.mark.parametrize("sign", ["🔥", "💎💎", "❤", "⭐"])
def test_pictographs_thrown_into_an_article_go(sign: str) -> None:
    """Pictographs of a polluted page go from the middle and the end of its sentences."""
    assert left(polluted(FERRY.laid.replace("，", f"{sign}，", 6))) == ARTICLE


def test_pictographs_of_a_clean_page_stay() -> None:
    """Where nothing is sold they are the author's."""
    text = FERRY.laid.replace("，", "🔥，", 6)
    assert left(text) == lines_of(text)


TRAPS = (
    "镇上的牛奶站逼近歇业，真人版《渡口》的拍摄却带来了大发展。"
    "外围防线那场戏里，中奖率成了村民的笑谈，孩子们在加速器物理课上画船。"
)


@pytest.mark.parametrize("brand", [BRAND, "大发彩票", "真人牛牛", "外围加速器"])
def test_words_inside_other_words_are_no_spam(brand: str) -> None:
    """What a trade is called may stand inside an article's words, also on a page that sells it."""
    page = polluted("\n\n".join([FERRY.laid, TRAPS, BEES.paragraphs[0]]), brand=brand)
    assert left(page) == [*ARTICLE, TRAPS, BEES.paragraphs[0]]


def test_a_keyword_at_home_in_the_article_is_none() -> None:
    """A name that repeats because the article is about it does not make the page a polluted one."""
    text = "\n\n".join(
        [
            "青禾书店",
            "青禾书店的灯",
            *[f"青禾书店{p}" for p in FERRY.paragraphs],
            "青禾书店的猫",
            f"老人说青禾书店{FERRY.title}。",
        ]
    )
    assert left(text) == lines_of(text)


def test_the_furniture_of_a_site_is_enough() -> None:
    """Without any keyword, several kinds of lines that only sites have go from around an article."""
    page = (
        f"{FERRY.title}\n来源：渡口新闻  时间：2023-04-05  点击：128次  字号：大 中 小\n\n{FERRY.text}\n\n"
        "相关阅读\n村里的篮球赛打到了凌晨\n外卖骑手自发清理积雪\n\nCopyright © 2022 渡口网 版权所有\n"
    )
    assert left(page) == ARTICLE
