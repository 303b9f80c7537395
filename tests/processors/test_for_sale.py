"""A page that names something again and again is spam only if something on it says that the name is to be sold."""

import pytest

from pipeline.item import Drop, Item
from pipeline.testing import run_one
from processors.algorithms.brand import infer_brands
from processors.algorithms.layout import read_page
from processors.spam_strip import SpamStrip

MADE_FOR_A_NAME = {
    "chess hall": """\
        琅琊棋牌
        琅琊棋牌下载
        琅琊棋牌官方版
        琅琊棋牌是一款真人对战的棋牌游戏，充值返利百分之三十，欢迎广大玩家下载体验。
        琅琊棋牌手机版支持安卓和苹果，注册送金币。
        琅琊棋牌客服微信：lyqp0001""",
    "quick loan": """\
        速借宝贷款
        速借宝贷款无抵押、无担保，凭身份证当天放款。
        速借宝贷款额度一万到五十万，黑户也能办。
        速借宝贷款电话：13000000011""",
    "locksmith": """\
        望川开锁公司电话
        望川开锁公司电话13000000016
        望川开锁换锁电话13000000016
        望川开汽车锁电话13000000016
        望川修锁公司电话13000000016""",
    "repair": """\
        望川空调维修
        望川空调维修电话：0571-00000041
        望川格力空调维修电话：0571-00000041
        望川美的空调维修电话：0571-00000041
        望川空调移机电话：0571-00000041""",
    "clinic": """\
        丽人整形医院
        丽人整形医院双眼皮只要980元，隆鼻2980元，限时优惠。
        丽人整形医院引进韩国技术，无痛无痕，立即预约享五折。
        丽人整形医院哪家好 丽人整形医院价格表 丽人整形医院怎么样
        丽人整形医院咨询微信：lr0029""",
    "casino": """\
        宝马会
        宝马会官网
        宝马会手机app
        宝马会备用网址
        www.bmh0059.example.com
        www.bmh0060.example.com""",
}


def laid(text: str) -> str:
    """The lines of a page without the indent they have here."""
    return "\n".join(line.strip() for line in text.splitlines()) + "\n"


@pytest.mark.parametrize("text", MADE_FOR_A_NAME.values(), ids=MADE_FOR_A_NAME.keys())
def test_a_page_made_for_a_name_gives_no_article(text: str) -> None:
    """It has no furniture, but it presses, sells, stuffs its lines or has one number called again and again."""
    assert [type(each) for each in run_one(SpamStrip(), laid(text)) if isinstance(each, Item | Drop)] == [Drop]


SCHOOL = """\
桂园小学招生简介
桂园小学今年招收四个班，每班四十人。
桂园小学学费全免，书本费另计。
报名请带户口本和接种证。
桂园小学地址：桂园路6号
"""


def test_one_kind_of_furniture_does_not_make_an_office_spam() -> None:
    """Its page may show when it was put up and how often it was read."""
    title, text = (SCHOOL + "桂园小学电话：0571-0000 5100\n").split("\n", 1)
    page = f"{title}\n发布时间：2023-05-06 来源：本站 浏览次数：231次\n{text}"
    [item] = [each for each in run_one(SpamStrip(), page) if isinstance(each, Item | Drop)]
    assert isinstance(item, Item)
    assert item.text.endswith(text)


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ("桂园小学电话：0571-0000 5100\n桂园小学网址：www.guiyuan.example.cn\n", []),
        ("桂园小学电话：13000005100\n桂园小学办证，当天出证，不成功不收费\n", ["桂园小学"]),
    ],
)
def test_the_name_of_an_office_is_a_keyword_only_with_what_sells(more: str, names: list[str]) -> None:
    """Its telephone, its address and its web address do not; promises and a mobile telephone do."""
    step = SpamStrip()
    step.open()
    page = read_page(SCHOOL + more)
    assert [brand.key for brand in infer_brands(page, step._lexicon, step._weights).brands] == names
