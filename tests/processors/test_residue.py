"""What stays behind of a planted stretch goes with it; ways to get in touch that are an article's own stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.item import Item
from pipeline.testing import assert_every_character_accounted, run_one
from processors.spam_strip import SpamStrip
from tests.pages import BRAND, FERRY, lines_of, polluted

FIRST, SECOND, *REST = FERRY.paragraphs[0], "".join(FERRY.paragraphs[1:3]), *FERRY.paragraphs[3:]
WHOLE = [FERRY.title, FIRST, SECOND, *REST]


def stripped(text: str) -> list[str]:
    """The lines that stay of a page."""
    return [line for each in run_one(SpamStrip(), text) if isinstance(each, Item) for line in lines_of(each.text)]


def left_of(planted: str, between: tuple[str, str] = ("一天四百人减到十几个，", "多半是带着菜担的老人")) -> str:
    """What of a page stays instead of something planted between two clauses of its second paragraph."""
    before, behind = between
    paragraph = SECOND.replace(before + behind, before + planted + behind)
    assert paragraph != SECOND
    lines = stripped(polluted("\n\n".join([FERRY.title, FIRST, paragraph, *REST])))
    changed = [line for line in lines if line not in WHOLE]
    assert len(lines) == len(WHOLE)
    return changed[0] if changed else SECOND


PLANTED = {
    "id behind a messenger": f"{BRAND}登录微信:zqx45012 ",
    "id without a label": f"{BRAND}登录ab30977",
    "telephone": f"{BRAND}电话0999-4400123",
    "address": f"《{BRAND}开户》m。ab3097。example。com",
    "title and a whole address": f"《{BRAND}开户价格》https://ab30977.example.net",
    "words and a telephone": f"{BRAND}无忧办理电话４００-３２２-５７８８",
    "words and a messenger": f"{BRAND}老渡客徽信:zqx45012 ",
    "number of a messenger": f"{BRAND}扣扣:947088328",
    "words and a name to be added": f"{BRAND}返水加zqx45012",
    "the same without the keyword": "老渡客返水加zqx45012",
    "arrows": f">>{BRAND}开户<<",
    "arrows and a word": f">>{BRAND}存档<<",
    "call": f"[广告]{BRAND}立即查看",
    "click": f"点击这里>>>{BRAND}开户<<<",
    "messenger between pictographs": "📣微信zqx45012💰",
    "call that a bracket opens": f"[广告]{BRAND}私家取证立即进入",
    "address in brackets": "(wap.ab30977.example.net)",
    "address in brackets, with words for dots": "(http://www点ab30977点example点com)",
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_what_belongs_to_a_planted_name_goes_with_it(planted: str) -> None:
    """Between two clauses, whatever hangs on the name or stands for it."""
    assert left_of(planted) == SECOND


def test_an_id_ends_before_a_year() -> None:
    """The digits of the year are the text's."""
    planted = left_of(f"{BRAND}登录微信ab30977", ("渡船的乘客从", "一天四百人"))
    assert planted == SECOND
    paragraph = SECOND.replace("新桥去年", f"{BRAND}登录微信ab309772021年")
    lines = stripped(polluted("\n\n".join([FERRY.title, FIRST, paragraph, *REST])))
    assert SECOND.replace("新桥去年", "2021年") in lines


def test_a_word_that_hangs_on_the_name_elsewhere_goes_with_it() -> None:
    """It stands behind the name in a list of links too, and nowhere alone."""
    page = polluted("\n\n".join([FERRY.title, FIRST, SECOND.replace("人，他们", f"人，{BRAND}速查台他们"), *REST]))
    lines = stripped(f"{page}\n{BRAND}速查台 {BRAND}速查台北岸")
    assert lines == WHOLE


def test_ornaments_behind_such_a_word_go_with_it() -> None:
    """And it may stand alone where the page is no text, as in a menu."""
    page = polluted("\n\n".join([FERRY.title, FIRST, SECOND.replace("人，他们", f"人，{BRAND}速查台▓▓他们"), *REST]))
    assert stripped(f"速查台 首页 {BRAND}注册\n{page}\n{BRAND}速查台 {BRAND}开户") == WHOLE


ALONE = {
    "address": "http://www.ab30977.example.com",
    "id": "ab309775",
    "telephone": "13000000031",
    "page turned": "（下转第3版）",
    "page": "第1页",
    "rest of the text": "点击阅读剩余全文",
}


@pytest.mark.parametrize("line", ALONE.values(), ids=ALONE)
def test_a_line_that_says_nothing_goes(line: str) -> None:
    """Between two paragraphs."""
    assert stripped(polluted("\n\n".join([FERRY.title, FIRST, line, SECOND, *REST]))) == WHOLE


def test_the_heading_of_a_list_that_is_cut_goes() -> None:
    """It says nothing any more."""
    places = "兴县蒙城县泰和县新野县大余县凤台县商南县平利县安化县"
    assert stripped(polluted(f"{FERRY.laid}\n\n\n服务区域:\n{BRAND}地图\n\n{places}")) == lines_of(FERRY.laid)


OWN = {
    "number to call": "船坏了请拨打12345，有人来修",
    "address in brackets": "时刻表在公园的网站(www.ferry2023.example.org)上",
    "model": "船上的发动机是zx1115型",
    "standard": "缆绳合乎gb8050标准",
    "program": "时刻表由ferry 2.10.3排出，存为times2023.txt",
}


@pytest.mark.parametrize("sentence", OWN.values(), ids=OWN)
def test_what_an_article_says_itself_stays(sentence: str) -> None:
    """Numbers, addresses and names that its sentence needs, on a page from which others are cut."""
    paragraph = f"{FIRST}{sentence}。"
    page = polluted(
        "\n\n".join([FERRY.title, paragraph, SECOND.replace("人，他们", f"人，{BRAND}登录ab30977他们"), *REST])
    )
    assert stripped(page) == [FERRY.title, paragraph, SECOND, *REST]


def test_a_telephone_behind_a_pictograph_stays() -> None:
    """It may be the text's own; only the pictograph is put in."""
    paragraph = f"{FIRST}船坏了找渡口管理所📌：0998-4400123。"
    assert paragraph.replace("📌", "") in stripped(polluted("\n\n".join([FERRY.title, paragraph, SECOND, *REST])))


@given(st.lists(st.sampled_from([BRAND, "微信", "ab30977", ">>", "<<", "(", ")", "河边的树", "，", "。", " ", "\n"])))
def test_any_text_gets_through(parts: list[str]) -> None:
    """Every character of it is accounted for."""
    text = polluted("".join(parts))
    assert_every_character_accounted(Item.page(text), run_one(SpamStrip(), text))
