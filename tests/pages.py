"""Made-up articles, and pages that wrap them in spam, for tests of the steps that take such pages apart."""

from typing import NamedTuple

from processors.algorithms.characters import opencc


class Told(NamedTuple):
    """An article as its author wrote it: a title, and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs, one a line: what should come out as an article's text."""
        return "\n".join(self.paragraphs)

    @property
    def laid(self) -> str:
        """Title and paragraphs with a blank line after each, as pages have them."""
        return "\n\n".join([self.title, *self.paragraphs])


FERRY = Told(
    "最后一班渡船停航 摆渡人管大江上岸",
    (
        "七月的最后一天傍晚，石鼓湾的渡船靠了岸，管大江把缆绳在木桩上绕了三圈，又多绕了一圈。他在这条河上摆了三十四年渡。",
        "新桥去年冬天通车，过河只要两分钟。渡船的乘客从一天四百人减到十几个，多半是带着菜担的老人，他们说桥上风大，不如坐船。",
        "县交通局把船买了下来，准备放进河边的公园。管大江提了一个要求：船底每年要刷一遍桐油，不能只刷看得见的地方。",
        "停航那天没有仪式。他把最后一趟的船钱退给了每一位乘客，一人两元，自己留下了那只铁皮钱盒。",
    ),
)

BEES = Told(
    "养蜂人冷月的一千公里花期",
    (
        "三月初八，冷月把一百二十箱蜜蜂装上卡车，从南坡出发往北走。她要赶在油菜花落尽之前到达下一片槐树林。",
        "追花的路线是她父亲传下来的，一年走六个地方，单程一千公里。哪里的花早三天，哪里的花晚五天，本子上记了二十七年。",
        "今年的春天来得忽冷忽热，槐花只开了四天就被雨打落。冷月没有采到蜜，还给蜂群补了八百斤白糖，她说养蜂和种地一样，总有一年是替花打工。",
    ),
)

SCALE = Told(
    "县计量所的老天平重新归零",
    (
        "望川县计量所二楼的走廊尽头，放着一台光学天平。六十年来，全县的砝码都要和它对一次，才能拿去称粮食、称药材、称黄金。",
        "检定员闻素每天早晨做的头一件事，是看温度计。天平怕热也怕风，走廊的窗户从来不开，夏天的中午她要等人都下班了再读数。",
        "去年换了电子天平，老天平本该报废。闻素和同事花了两个月把刀口磨好，重新归零，放在展柜里，旁边摆着当年的检定簿。",
    ),
)

BRAND = "琼楼彩票"

_GENUINE = str.maketrans({entry: choices[0] for entry, choices in opencc("STCharacters").items()})
_INVENTED = str.maketrans("当回升", "儅廻陞")


def traditional(text: str) -> str:
    """In genuine Traditional characters."""
    return text.translate(_GENUINE)


def pseudo(text: str) -> str:
    """In the invented Traditional of polluted pages: genuine characters and some that nobody writes there."""
    return traditional(text.translate(_INVENTED))


def head(brand: str = BRAND) -> str:
    """What such a page begins with: the brand with words hung on it, a menu of them, a telephone, a breadcrumb."""
    return (
        f"{brand}登录_{brand}官方入口\n\n首页 {brand}注册 {brand}开户 {brand}走势图 联系客服\n\n"
        f"咨询热线:400-000-0123\n\n当前位置：首页 > {brand}下载 > 正文\n\n"
    )


def tail(brand: str = BRAND) -> str:
    """What such a page ends with: headlines behind the brand, a run of it, a copyright line."""
    return (
        f"\n\n相关阅读\n{brand}注册村里的篮球赛打到了凌晨\n2021-06-11\n{brand}下载外卖骑手自发清理积雪\n2021-06-14\n\n"
        f"{brand}登录 {brand}注册 {brand}走势图 {brand}下载\n\nCopyright © 2022 {brand} 版权所有\n"
    )


def polluted(*articles: str, brand: str = BRAND) -> str:
    """A page that wraps the articles, as they are laid, in the spam of a brand."""
    return head(brand) + "\n\n\n".join(articles) + tail(brand)


def lines_of(text: str) -> list[str]:
    """The lines of a text that show something, without the blanks around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]
