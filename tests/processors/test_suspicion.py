"""Short pages that are nothing but offers go as a whole; short notices with a telephone or a messenger stay."""

import pytest

from pipeline.item import Drop, Item
from pipeline.testing import run_one
from processors.spam_strip import SpamStrip
from tests.pages import lines_of

OFFERS = [
    "兼职刷单日赚五百 加微信 lcb20817",
    "加微信 qlou20817 领红包\n加QQ 77665544\n点击 www.qlou-002.example.com",
    "加微信 qlou20817 领红包\n加QQ 77665544 进群\n扫码关注领福利\n最后五天",
    "正规贷款，无抵押，当天放款，电话13900002222。\n信用卡代还，费率低，电话13900002222。\n白条套现，秒到账，微信qlou2081。",
    "高仿皮具一比一精仿，厂家直销，支持货到付款，包退包换。\n需要的朋友加V：lcb60817，每天更新款式，一件代发，诚招代理！\n"
    "名表 名包 名鞋",
    "\n".join(f"{place}开锁公司电话" for place in ("石鼓", "望川", "北岸", "南坡", "桐湾", "渡口"))
    + "\n24小时服务 13900002222",
]
NOTICES = [
    "寻物启事\n本人于5月6日在石鼓湾公园遗失黑色钱包一个，内有身份证、银行卡。\n"
    "如有拾到者请联系微信 shigu2020 或电话13900002222，必有重谢。",
    "转让\n因搬家转让九成新书桌一张，有意者请加微信 zr20210，自提。",
    "石鼓湾读书会招新\n加入方式：添加微信 shigu2020，备注姓名。\n活动时间：每周六下午\n地点：北岸文化馆二楼",
    "客服中心\n购票热线：12306\n退票热线：0999-4400888\n官方网站：www.wcbus.example.org\n官方微信：wcbus2020",
    "招聘启事\n望川印刷厂招聘装订工两名，月薪四千元，包吃住。\n联系人：王师傅 电话：13900002222",
    "防骗提示\n凡是要求先交钱的兼职刷单都是诈骗。\n凡是声称无抵押、当天放款的贷款都是诈骗。\n报警电话：110，反诈专线：96110。",
    "友情提示\n请勿相信加微信领红包的信息。",
    "北岸小区出租车电调：0999-4496123",
]


@pytest.mark.parametrize("page", OFFERS)
def test_a_page_of_nothing_but_offers_is_all_spam(page: str) -> None:
    """No line repeats a name and none is furniture; each presses or sells, and says how to reach somebody."""
    assert [each.reason for each in run_one(SpamStrip(), page) if isinstance(each, Drop)] == ["all_spam"]


@pytest.mark.parametrize("page", NOTICES)
def test_a_short_notice_stays_whole(page: str) -> None:
    """It calls too, but not in each of its lines."""
    [kept] = run_one(SpamStrip(), page)
    assert isinstance(kept, Item)
    assert lines_of(kept.text) == lines_of(page)
