"""The step `spam_strip`: what of a polluted page goes and why, what stays, and that every text gets through."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.item import Cut, Drop, Item
from pipeline.testing import assert_contract, assert_every_character_accounted, run_one
from processors.spam_strip import SpamStrip
from tests.pages import BEES, BRAND, FERRY, head, lines_of, polluted, tail
from tests.strategies import page_texts, texts

FIRST, SECOND, *REST = FERRY.paragraphs


def stripped(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The lines that stay of a page, and the reason and text of each cut."""
    outcomes = run_one(SpamStrip(), text)
    left = [line for each in outcomes if isinstance(each, Item) for line in lines_of(each.text)]
    return left, [(each.reason, each.text) for each in outcomes if isinstance(each, Cut)]


def around(line: str) -> str:
    """A polluted page with a line between two paragraphs of its article."""
    return polluted("\n\n".join([FERRY.title, FIRST, SECOND, line, *REST]))


LINES = {
    "advert": f"{BRAND}下载💎qionglou💎(www.qionglou-0001.example.com)【信誉平台】尊享{BRAND}邀请码,官方唯一认证!!!",
    "contact": "联系电话：13000000031 微信：qionglou0001",
    "date": "2023-05-06 12:13",
    "decoration": "※※※💎💎💎※※※",
    "navigation": "返回列表 | 上一篇 | 下一篇",
    "page_info": "来源：渡口新闻  时间：2023-04-05  点击：128次  字号：大 中 小",
    "place_run": "兴县蒙城县泰和县新野县大余县凤台县商南县平利县安化县",
    "small_print": "本文仅代表作者观点，不代表本站立场。",
    "unlike_article": "签到中心 任务大厅 我的钱包 船友圈",
}

OTHER_LOOKS = [
    ("contact", "手机：13000000032（同微信）"),
    ("date", "[2023-05-06]"),
    ("decoration", "◆◆◆◆◆◆"),
    ("navigation", "首页 上一页 1 2 3 下一页 尾页"),
    ("navigation", "您现在的位置：首页 >> 新闻资讯 >> 详细内容"),
    ("navigation", "下一篇：村里的篮球赛打到了凌晨"),
    ("page_info", "发布时间:2022-04-18 浏览次数:533"),
    ("page_info", "北岸渡口网欢迎您！今天是2022-04-18"),
    ("place_run", "北岸县 南坡市 石鼓区 望川县 渡口市 桐油县 铁盒区 缆绳市"),
    ("small_print", "版权所有 © 2022 渡口网 备案号：渡ICP备0001号"),
]

INSIDE = {
    "emoji": ("🔥", "桥上{}风大，不如坐船"),
    "keyword_inside": (f"({BRAND}开户)", "船底每年要刷一遍桐油，{}不能只刷看得见的地方"),
    "spam_sentence": (f"想玩{BRAND}的朋友请加微信：qlou0001，注册送彩金，立即注册！", "不如坐船。{}"),
}

GUIDE = (
    f"近年来，手机购彩越来越方便，{BRAND}也成了许多人的首选。{BRAND}界面清爽，客服随叫随到，{BRAND}会员遍布全国。\n\n"
    f"第一次使用{BRAND}的人，可以先在{BRAND}首页熟悉走势，再用{BRAND}的小额体验。"
)

WHOLE = {
    "keyword_line": (polluted(FERRY.laid), f"{BRAND}登录_{BRAND}官方入口"),
    "list_heading": (polluted(FERRY.laid), "相关阅读"),
    "markup": (polluted(FERRY.laid.replace("。\n", "。<br>\n")), "<br>"),
    "promotion": (polluted(GUIDE), GUIDE.splitlines()[0]),
    "related_link": (polluted(FERRY.laid), f"{BRAND}注册村里的篮球赛打到了凌晨"),
    "stray_line": (polluted(f"{FERRY.laid}\n\n{BRAND}下载\n\n河边的树\n\n{BRAND}注册"), "河边的树"),
}


@pytest.mark.parametrize(("reason", "line"), [*LINES.items(), *OTHER_LOOKS])
def test_a_line_that_is_no_article_goes_and_the_article_stays(reason: str, line: str) -> None:
    """Between two paragraphs each kind of line is cut for its own reason, and nothing else of the article is."""
    left, gone = stripped(around(line))
    assert (reason, line) in gone
    assert left == [FERRY.title, *FERRY.paragraphs]


@pytest.mark.parametrize(("reason", "spam", "place"), [(r, *found) for r, found in INSIDE.items()])
def test_spam_inside_a_sentence_goes_and_the_sentence_stays(reason: str, spam: str, place: str) -> None:
    """What was put into a paragraph is cut out of it; the words before and after it are as they were."""
    page = polluted(FERRY.laid.replace(place.format(""), place.format(spam)))
    assert spam in page
    left, gone = stripped(page)
    assert (reason, spam) in gone
    assert left == [FERRY.title, *FERRY.paragraphs]


def test_what_a_person_says_around_the_keyword_stays() -> None:
    """A quotation of several clauses is the article's; only the keyword put into it goes."""
    quote = f"管大江说，“去年冬天，{BRAND}最新版※新桥通了车，我这条船上就只剩些老人家，有时候一上午等不到一个人。”"
    left, gone = stripped(around(quote))
    assert quote.replace(f"{BRAND}最新版※", "") in left
    assert ("keyword_inside", f"{BRAND}最新版※") in gone


def test_words_behind_the_brackets_of_a_keyword_stay() -> None:
    """Decoration behind a keyword ends what belongs to it; the words behind the decoration are the article's."""
    left, _ = stripped(around(f"渡船停了，{BRAND}开户【】未来近一周📱的行人都走新桥，县里说要等到清明以后再看水位。"))
    assert any("未来近一周" in line for line in left)


@pytest.mark.parametrize(("reason", "page", "line"), [(r, *found) for r, found in WHOLE.items()])
def test_the_page_around_a_line_tells_what_it_is(reason: str, page: str, line: str) -> None:
    """Lines that could stand in an article go for what stands around them and for the keyword they carry."""
    assert (reason, line) in stripped(page)[1]


@pytest.mark.parametrize(
    "advert",
    [
        "加微信qlou0001，注册送彩金，扫码免费领取，立即注册！",
        "客服微信 qlou0001 立即下载 免费领取",
    ],
)
def test_an_advert_without_the_keyword_goes(advert: str) -> None:
    """On a polluted page a line that presses hard enough is an advert, whether or not it names the keyword."""
    left, gone = stripped(around(advert))
    assert ("advert", advert) in gone
    assert left == [FERRY.title, *FERRY.paragraphs]


def test_a_headline_that_quotes_what_presses_stays() -> None:
    """Words in quotation marks are told of, not said: the text below warns of them."""
    title = "轻信“无抵押秒到账” 摆渡人借钱修船反被骗五万元"
    text = "\n\n".join([title, "管大江想借五万元修船，在手机上看见一个小额贷款的广告，对方要他先交保证金。", *REST])
    left, _ = stripped(polluted(text))
    assert left == lines_of(text)
    unquoted = title.replace("“", "").replace("”", "")
    assert ("advert", unquoted) in stripped(around(unquoted))[1]


BULLETS = "• 村里的篮球赛打到了凌晨\n• 外卖骑手自发清理积雪\n• 古镇修复一口宋代水井"


def test_bulleted_headlines_before_spam_go() -> None:
    """A list of entries that leads nowhere is one of links, though it names no keyword and has no heading."""
    left, gone = stripped(polluted(f"{FERRY.laid}\n\n{BULLETS}"))
    assert [("related_link", line) for line in BULLETS.splitlines()] == [cut for cut in gone if cut[1] in BULLETS]
    assert left == [FERRY.title, *FERRY.paragraphs]


def test_a_list_of_the_article_stays() -> None:
    """Entries with running text right behind them are the article's own."""
    own = "• 船底每年刷一遍桐油\n• 木桩上绕三圈缆绳\n• 渡口留下铁皮钱盒"
    text = "\n".join([FERRY.title, FIRST, SECOND, own, *REST])
    left, _ = stripped(polluted(text))
    assert left == lines_of(text)


def test_a_list_ends_where_a_sentence_stands() -> None:
    """What stands under a heading of links is a list up to the next line that is closed like a sentence."""
    left, gone = stripped(around("推荐阅读\n县里的老戏台修好了\n图书馆的灯亮到零点\n他说桥上风大。"))
    assert [text for reason, text in gone if reason == "related_link"][:2] == [
        "县里的老戏台修好了",
        "图书馆的灯亮到零点",
    ]
    assert left == [FERRY.title, FIRST, SECOND, "他说桥上风大。", *REST]


def test_every_reason_is_shown_once() -> None:
    """The pages above give each cut reason that the step declares, and `all_spam` is the only drop."""
    assert {*LINES, *INSIDE, *WHOLE, "all_spam"} == SpamStrip.reasons


@pytest.mark.parametrize("page", [head() + tail(), polluted(GUIDE)], ids=["keyword list", "guide"])
def test_a_page_of_spam_alone_is_dropped(page: str) -> None:
    """A page with nothing but the keyword, or a text written for it, ends as `all_spam`, all of it cut."""
    *cuts, drop = run_one(SpamStrip(), page)
    assert isinstance(drop, Drop)
    assert drop.reason == "all_spam"
    assert not drop.item.text.strip()
    assert lines_of("".join(cut.text for cut in cuts)) != []


def test_a_page_of_spam_alone_tells_what_it_was_cut_for() -> None:
    """Its keywords, how often it was cut, and for which reasons, the most first."""
    *cuts, drop = run_one(SpamStrip(), head() + tail())
    assert isinstance(drop, Drop)
    reasons = drop.evidence["reasons"]
    assert drop.evidence == {"keywords": [BRAND], "cuts": len(cuts), "reasons": reasons}
    assert reasons == Counter(cut.reason for cut in cuts if isinstance(cut, Cut))
    assert list(reasons.values()) == sorted(reasons.values(), reverse=True)


def test_a_stray_line_tells_what_stands_around_it() -> None:
    """The reasons of the cuts before and behind it."""
    page, line = WHOLE["stray_line"]
    (evidence,) = (each.evidence for each in run_one(SpamStrip(), page) if isinstance(each, Cut) and each.text == line)
    assert evidence == {"words": "between spam, no prose follows", "before": "keyword_line", "behind": "related_link"}


def test_scraps_of_a_page_of_spam_tell_how_little_they_are() -> None:
    """The keyword, the characters of running text that would stay, and those cut."""
    page = head() + "岸边的风很大，船还没有来，人都在等。\n" + tail()
    told = [cut.evidence for cut in run_one(SpamStrip(), page) if isinstance(cut, Cut) and cut.reason == "stray_line"]
    (scraps,) = (evidence for evidence in told if "prose_left" in evidence)
    assert scraps["keyword"] == BRAND
    assert scraps["prose_left"] == 18
    assert scraps["chars_cut"] > 3 * scraps["prose_left"]


def test_each_cut_has_evidence() -> None:
    """No cut goes without words or numbers that speak for it."""
    cuts = [each for each in run_one(SpamStrip(), around(LINES["advert"])) if isinstance(each, Cut)]
    assert cuts
    assert [cut for cut in cuts if not any(cut.evidence.values())] == []


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\u2028"])
def test_any_line_end_will_do(end: str) -> None:
    """Pages with other line ends than the newline lose the same lines."""
    page = polluted(FERRY.laid, BEES.laid)
    assert stripped(page.replace("\n", end)) == stripped(page)


@pytest.mark.parametrize("text", ["", " ", "\n\n\r\n\t\u3000", "\u200b\ufeff\n\u00ad"])
def test_a_page_that_shows_nothing_comes_through(text: str) -> None:
    """An empty page, a blank one and one of invisible characters are not spam."""
    [item] = run_one(SpamStrip(), text)
    assert isinstance(item, Item)
    assert item.text == text


def test_nothing_shown_of_a_page_is_nothing_left() -> None:
    """A page whose spam is all it shows is dropped, though invisible characters stay."""
    assert stripped(f"{head()}\u3000\n{tail()}")[0] == []


LONG = 1_000_000


@pytest.mark.parametrize(
    "unit",
    [
        "字",
        "他说桥上风大。",
        "彩票 登录 ",
        "a",
        "1",
        "www.a.com ",
        "\u200b字",
        "(",
        "【】",
        "，",
        "县",
        " ",
        "。”",
    ],
)
def test_a_line_of_a_million_characters_stays(unit: str) -> None:
    """One line of 1 MB, whatever it repeats, is judged and left alone."""
    text = unit * (LONG // len(unit))
    [item] = run_one(SpamStrip(), text)
    assert isinstance(item, Item)
    assert item.text == text


def test_a_hundred_thousand_lines_stay() -> None:
    """A long list of different lines that name no keyword is left alone."""
    text = "".join(f"{number}号船今天没有靠岸\n" for number in range(100_000))
    [item] = run_one(SpamStrip(), text)
    assert isinstance(item, Item)
    assert item.text == text


def test_spam_between_many_paragraphs_goes() -> None:
    """In a page of thousands of lines every advert goes and every paragraph stays."""
    adverts = [LINES["advert"].replace("下载", word) for word in ("下载", "注册", "客服", "登录", "走势图")]
    page = polluted(*["\n\n".join([FIRST, advert, SECOND]) for advert in adverts * 100])
    left, gone = stripped(page)
    assert left == [FIRST, SECOND] * 500
    assert [text for reason, text in gone if reason == "advert" and text in adverts] == adverts * 100


POOL = [
    *LINES.values(),
    *lines_of(head() + tail()),
    FERRY.title,
    *FERRY.paragraphs,
    SECOND.replace("风大", f"风大({BRAND}开户)🔥"),
    f"{SECOND}想玩{BRAND}请加微信：qlou0001，注册送彩金，立即注册！",
    "• 河边的树在夜里倒了",
    "",
]
shuffled = st.lists(st.sampled_from(POOL), max_size=30).map("\n".join)


@given(st.one_of(shuffled, page_texts, texts))
def test_any_page_keeps_the_law_and_the_contract(text: str) -> None:
    """Whatever a page is, each of its characters is kept or cut once, and a second run says the same."""
    page = Item.page(text)
    outcomes = run_one(SpamStrip(), text)
    assert_every_character_accounted(page, outcomes)
    assert_contract(SpamStrip(), [page])


@given(shuffled)
def test_what_stays_stands_in_the_page_as_it_is(text: str) -> None:
    """The step only takes away: what is left is the page without the cuts, in the same order."""
    for item in (each for each in run_one(SpamStrip(), text) if isinstance(each, Item)):
        assert item.text == "".join(text[slice(*piece.span)] for piece in item.pieces)
