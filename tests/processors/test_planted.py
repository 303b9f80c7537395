"""What is planted in running text: found by brackets and signs where no text has any, without a keyword on the page."""

import pytest

from pipeline.item import Item
from pipeline.testing import run_one
from processors.algorithms.layout import read_page
from processors.algorithms.lexicon import find_lexicon, read_lexicons
from processors.algorithms.planted import find_planted
from processors.algorithms.spellings import spellings
from processors.algorithms.vocabulary import Vocabulary
from processors.spam_strip import SpamStrip, SpamStripOptions
from tests.pages import BRAND, FERRY, lines_of, polluted

LEXICON = read_lexicons(
    [find_lexicon(name, SpamStripOptions().files()[0].parent, None) for name in SpamStripOptions().lexicon]
)
PLACES = ("又多绕了一圈。", "过河只要两分钟。", "他们说桥上风大，", "停航那天没有仪式。")


def with_all(*stuck: str) -> str:
    """The ferry's article alone on its page, with something put into each of its paragraphs."""
    text = FERRY.laid
    for place, spam in zip(PLACES, stuck, strict=False):
        text = text.replace(place, place + spam)
    return text


def left(text: str) -> list[str]:
    """The lines that stay of a page."""
    return [line for each in run_one(SpamStrip(), text) if isinstance(each, Item) for line in lines_of(each.text)]


@pytest.mark.parametrize(
    "stuck",
    [
        ("//麓雨网盘下载//", "//麓雨在线观看//", "//麓雨网盘下载//"),
        ("<麓雨直播>", "<麓雨app下载>", "<麓雨二维码>", "<麓雨直播>"),
        ("#麓雨兼职#", "#麓雨日结#", "#麓雨官网#"),
        ("(麓雨登录www.lu-1.example.com)", "(麓雨注册lu-2.example.com)", "（麓雨开户http://lu-1.example.com）"),
        ("★麓雨※", "※麓雨★", "▲麓雨●", "●麓雨▲"),
        ("『麓雨官网』", "『麓雨下载』", "『麓雨注册』", "『麓雨app』"),
        ("（记住本站网址：lu-1.example.com）", "（加微信lu84896，QQ2700150279）"),
        ("@麓雨彩票", "@麓 雨 彩 票", "@麓雨彩票", "@麓雨彩票"),
    ],
)
def test_the_same_name_put_between_sentences_goes(stuck: tuple[str, ...]) -> None:
    """Nothing else on the page names it: its slots and what hangs on it are evidence enough."""
    page = with_all(*stuck)
    assert page.count("麓") >= len(stuck) or "lu-1" in page
    assert left(page) == [FERRY.title, *FERRY.paragraphs]


@pytest.mark.parametrize(
    "stuck",
    [
        ("（图一）", "（图二）", "（图三）"),
        ("（据《渡口志》）", "（据《渡口志》）", "（据《渡口志》）"),
        ("[1]", "[2]", "[3]"),
        ("“坐船去”", "“坐船来”", "“坐船回”"),
        ("#石鼓湾渡口#", "#石鼓湾新桥#", "#石鼓湾公园#"),
        ("<名称>", "<名称>", "<名称>", "<名称>"),
        ("（请看 https://duko.example.org）", "（请看 https://qiao.example.org）"),
    ],
)
def test_the_brackets_of_a_clean_page_stay(stuck: tuple[str, ...]) -> None:
    """Figures, sources, notes, quotations, topics and addresses of its own recur in any text."""
    page = with_all(*stuck)
    assert left(page) == lines_of(page)


def test_the_name_of_a_column_is_no_slot() -> None:
    """What stands in brackets in front of paragraphs names a column, also where links say it again."""
    page = "\n\n".join(f"【渡口杂谈】{paragraph}" for paragraph in FERRY.paragraphs)
    assert find_planted(read_page(page), LEXICON, 3).slots == ()


def test_a_name_that_the_text_uses_as_a_word_goes_only_from_its_slots() -> None:
    """A spammer may be called what the article speaks of."""
    page = (
        with_all("<桐油直播>", "<桐油app下载>", "<桐油二维码>", "<桐油直播>")
        + "\n\n刷过桐油的船底不怕水，好桐油要熬三遍。"
    )
    assert left(page) == [FERRY.title, *FERRY.paragraphs, "刷过桐油的船底不怕水，好桐油要熬三遍。"]


def test_a_name_is_spelt_with_signs_between_its_characters() -> None:
    """A page's own spellings of its name, each once, the plain one first; two words side by side are no spelling."""
    assert spellings("麓雨社", "麓雨社,麓·雨·社,麓 雨 社,麓雨 社") == ["麓雨社", "麓·雨·社", "麓 雨 社", "麓雨 社"]
    assert spellings("麓雨社", "麓雨社,麓⭐雨社,麓雨💰社,麓🔥⭐雨社") == ["麓雨社", "麓⭐雨社", "麓雨💰社"]
    assert spellings("v哥", "v~哥和v+哥,v 哥") == ["v哥", "v~哥", "v+哥"]
    assert spellings("lushe", "l.u.s.h.e") == ["lushe"]


def test_words_in_several_surroundings_are_the_texts_own() -> None:
    """Pairs of characters count when they stand beside others somewhere else; a sentence said twice is one."""
    words = Vocabulary(["渡船靠了岸,渡船的乘客都是老人", "全市设有20个服务点", "全市设有84个服务点"])
    assert words.share("渡船") == 1.0
    assert words.share("全市设有7个服务点") == 0.0
    assert words.share("abc") == 0.0


def test_a_slogan_behind_the_name_goes_with_it() -> None:
    """A sentence that begins with the keyword and speaks of nothing else on the page is made for it."""
    page = with_all("麓雨彩票，信誉第一！", "#麓雨彩票#", "#麓雨彩票登录#", "#麓雨彩票注册#")
    assert left(page) == [FERRY.title, *FERRY.paragraphs]


def test_a_sentence_of_the_article_behind_the_name_stays() -> None:
    """Only the name goes where the article reads on right behind it."""
    page = with_all("麓雨彩票", "#麓雨彩票#", "#麓雨彩票登录#", "#麓雨彩票注册#")
    assert left(page) == [FERRY.title, *FERRY.paragraphs]


def test_an_address_glued_into_clauses_goes() -> None:
    """On a page with the furniture of a site, addresses that nobody speaks of go; one that the text names stays."""
    text = FERRY.laid.replace("又多绕了", "又www.lu-1.example.com多绕了").replace("一趟", "一http://lu-2.example.com趟")
    named = "渡口的网址是www.dukou.example.com已经停用，大家可以改看河边的公告栏。"
    page = f"{text}\n\n{named}\n\n免责声明：本站所有内容仅供参考，不代表本站立场。"
    assert left(page)[:6] == [FERRY.title, *FERRY.paragraphs, named]


def test_sentences_that_call_go_from_between_the_others() -> None:
    """Two with a messenger, or an address behind words that press, are enough, whatever they sell."""
    page = with_all(
        "新茶上市，麓雨园只接待熟客，QQ1065770716。",
        "更多精彩尽在麓雨https://lu-1.example.com。",
    )
    assert left(page) == [FERRY.title, *FERRY.paragraphs]


def test_one_call_of_an_article_stays() -> None:
    """An article may say once how to reach somebody."""
    page = with_all("想坐船的乡亲请加管大江的微信guan112233，他都认得。")
    assert left(page) == lines_of(page)


def test_a_name_that_leads_clauses_with_words_of_spam_goes() -> None:
    """Nothing is around it; it stands in front of clauses, with different things that are sold, and nowhere else."""
    stuck = FERRY.laid
    for comma, spam in (
        ("靠了岸，", "欧洲杯竞猜"),
        ("去年冬天通车，", "盘口"),
        ("减到十几个，", "即时比分"),
        ("一人两元，", "盘口"),
    ):
        stuck = stuck.replace(comma, f"{comma}麓雨77{spam}")
    page = f"当前位置：首页 > 正文\n\n{stuck}\n\nCopyright © 2022 版权所有"
    assert left(page) == [FERRY.title, *FERRY.paragraphs]


def test_unknown_words_on_a_keyword_go_if_they_recur() -> None:
    """What stands right behind the name at several places of the text, between other words, hangs on it."""
    text = FERRY.laid.replace("三十四年渡", f"三{BRAND}电工木证十四年渡").replace("刷一遍", f"刷{BRAND}电工木证一遍")
    assert left(polluted(text)) == [FERRY.title, *FERRY.paragraphs]


@pytest.mark.parametrize(
    "title", [f"{BRAND}单职业 {FERRY.title}", f"{FERRY.title}{BRAND}单职业", f"{BRAND}单职业：{FERRY.title}"]
)
def test_unknown_words_between_keyword_and_headline_go(title: str) -> None:
    """A headline comes out bare, whatever hangs on the name beside it."""
    assert left(polluted(FERRY.laid.replace(FERRY.title, title))) == [FERRY.title, *FERRY.paragraphs]


def test_the_headlines_own_words_beside_the_keyword_stay() -> None:
    """Words behind the name that the text uses are the headline's, also where a blank follows them."""
    title = f"{BRAND}{FERRY.title}"
    assert left(polluted(FERRY.laid.replace(FERRY.title, title))) == [FERRY.title, *FERRY.paragraphs]


def test_a_quotation_that_speaks_around_the_name_loses_only_it() -> None:
    """Quotation marks belong to the name only if they hold nothing else."""
    text = FERRY.laid.replace("他们说桥上风大，", f"他们说：“桥上{BRAND}登录的风太大。”")
    assert "他们说：“桥上的风太大。”" in left(polluted(text))[2]


def test_the_mark_behind_what_goes_is_not_left_double() -> None:
    """Where the text had its comma already, the one of the name goes with it."""
    text = FERRY.laid.replace("过河只要两分钟。", f"过河只要两分钟。（{BRAND}登录）。")
    assert left(polluted(text)) == [FERRY.title, *FERRY.paragraphs]


@pytest.mark.parametrize(
    "stuck",
    [
        ("_麓雨高价回收_", "_麓雨流程_", "_麓雨高价回收_", "_麓雨真假_"),
        ("#输送机#", "#批发价格#", "#离心泵#", "#生产厂家#"),
        ("☎️微信lu63804🍎", "🔥微信lu29874🎯"),
        ("https://lu-1.example.com", "lu-2.example.com", "http://lu-1.example.com", "www.lu-3.example.com"),
    ],
)
def test_signs_and_addresses_in_the_middle_of_clauses_go(stuck: tuple[str, ...]) -> None:
    """Without one name for all: that they interrupt the text, again and again, is enough."""
    text = FERRY.laid
    places = ("管大江把", "渡船的乘客", "准备放进", "自己留下")
    for place, spam in zip(places, stuck, strict=False):
        text = text.replace(place, spam + place)
    assert left(text) == [FERRY.title, *FERRY.paragraphs]


@pytest.mark.parametrize(
    "said", ["急件加急！盖章有效！", "详情请看http://lu-{}.example.com查询。", "(本站首发麓雨服务)"]
)
def test_sentences_that_come_again_elsewhere_go_from_a_polluted_page(said: str) -> None:
    """The same words between other sentences, in words the text does not use; numbers and addresses may differ."""
    page = polluted(with_all(said.format(1), said.format(2)))
    assert left(page) == [FERRY.title, *FERRY.paragraphs]


def test_refrains_of_a_clean_page_stay() -> None:
    """A text may say something twice."""
    page = with_all("船来了，船来了！", "船来了，船来了！")
    assert left(page) == lines_of(page)


@pytest.mark.parametrize(
    "stuck",
    [
        f"——{BRAND}",
        f"|{BRAND}登录|",
        f"→{BRAND}←",
        f"〔{BRAND}四柱〕",
        f"{{{BRAND}}}",
        f"*{BRAND}*",
        f"√{BRAND}✔",
        "13500000031",
    ],
)
def test_what_a_keyword_is_wrapped_in_goes_with_it(stuck: str) -> None:
    """Whatever signs stand on both sides of it, a dash behind a sentence, and a telephone that nobody speaks of."""
    place = "不如坐船。" if stuck.startswith("——") else "管大江把"
    text = FERRY.laid.replace(place, place + stuck if place.endswith("。") else stuck + place)
    assert stuck in text
    assert left(polluted(text)) == [FERRY.title, *FERRY.paragraphs]


def test_a_telephone_of_the_article_stays() -> None:
    """A number that the text speaks of is the text's, also on a polluted page."""
    text = FERRY.laid.replace("不如坐船。", "不如坐船。想坐船的可以打电话13500000031找管大江，他整天都在河边。")
    assert left(polluted(text))[2].endswith("想坐船的可以打电话13500000031找管大江，他整天都在河边。")


def test_a_suffix_that_begins_a_word_of_the_headline_stays() -> None:
    """直播 hangs on names, but the headline speaks of a 直播间."""
    text = FERRY.laid.replace(FERRY.title, f"{BRAND}直播间里的摆渡人管大江").replace(
        "不如坐船。", "不如坐船。直播间里没有船。"
    )
    assert left(polluted(text))[0] == "直播间里的摆渡人管大江"


def test_places_before_a_keyword_go_with_it() -> None:
    """A page that puts one place after another before its name sells there; a place of the article stays."""
    text = FERRY.laid.replace("管大江把", f"石埠市{BRAND}管大江把").replace(
        "不如坐船。", f"不如坐船。白沙县{BRAND}开户哪家好？"
    )
    assert left(polluted(text)) == [FERRY.title, *FERRY.paragraphs]
    assert "望川县的渡口" in "".join(left(polluted(text.replace("准备放进", f"望川县的渡口{BRAND}准备放进"))))


def test_a_sentence_labelled_as_an_advert_goes() -> None:
    """Some pages say so themselves."""
    text = FERRY.laid.replace("不如坐船。", f"不如坐船。广告：我就是用了{BRAND}才有船坐的。")
    assert left(polluted(text)) == [FERRY.title, *FERRY.paragraphs]


def test_links_to_other_articles_go_from_between_sentences() -> None:
    """In brackets, with what they are before them; nothing else is on the page."""
    page = with_all("（相关：养蜂人的一千公里花期）", "（相关：县计量所的老天平）", "（推荐阅读：村里的篮球赛）")
    assert left(page) == [FERRY.title, *FERRY.paragraphs]


def test_words_behind_a_boxed_keyword_are_the_headlines() -> None:
    """What hangs on a name stands right on it, not behind its bracket."""
    text = FERRY.laid.replace(FERRY.title, f"[{BRAND}]个税问答：{FERRY.title}")
    assert left(polluted(text))[0] == f"个税问答：{FERRY.title}"


def test_brackets_with_addresses_in_the_middle_of_clauses_go() -> None:
    """A site may be named behind a name, not between any two words."""
    text = FERRY.laid
    for number, place in enumerate(("大江把缆绳", "的乘客从一天", "局把船买了", "的船钱退给"), start=1):
        text = text.replace(place, f"{place[:2]}（网址：http://lu-{number}.example.com）{place[2:]}")
    assert text.count("网址") == 4
    assert left(text) == [FERRY.title, *FERRY.paragraphs]


def test_a_headline_that_asks_stays() -> None:
    """Behind the name it reads like a question about it, but it is a line of its own."""
    text = FERRY.laid.replace(FERRY.title, f"{BRAND}开户 最后一班渡船停航，摆渡人去哪里？")
    assert left(polluted(text))[0].endswith("最后一班渡船停航，摆渡人去哪里？")


def test_a_clause_of_the_article_behind_the_name_stays() -> None:
    """Behind a semicolon the article's own sentence goes on, whatever it says."""
    text = FERRY.laid.replace("准备放进河边的公园。", f"准备放进河边的公园；{BRAND}夜里水声不断，谁也睡不着。")
    assert "公园；夜里水声不断，谁也睡不着。" in left(polluted(text))[3]
