"""Pages whose keyword is in doubt until the model has seen the lines that name it, and pages that show none at all."""

from dataclasses import replace

import pytest

from pipeline.item import Item
from pipeline.testing import run_one
from processors.algorithms.brand import infer_brands
from processors.algorithms.layout import read_page
from processors.algorithms.pollution import furniture_of
from processors.algorithms.verdict import doubted, with_likely
from processors.spam_strip import SpamStrip
from tests.pages import BEES, FERRY, lines_of

ASKED = """\
蓝筹宝招聘怎么样?蓝筹宝靠谱吗可靠吗?
浏览 4120 次  回答 9 个  2021-03-18
最佳答案:经过多年发展,蓝筹宝已经成为行业内口碑最好的品牌之一。
"""
SERVED = """\
服务城市:
杭州蓝筹宝在家 南昌蓝筹宝日结 武汉蓝筹宝抢单 长沙蓝筹宝学生 合肥蓝筹宝点赞
友情链接: 蓝筹宝 | 蓝筹宝 | 蓝筹宝点赞
"""


def left(page: str) -> list[str]:
    """The lines that stay of a page."""
    return [line for each in run_one(SpamStrip(), page) if isinstance(each, Item) for line in lines_of(each.text)]


def test_what_lines_of_spam_name_is_the_keyword() -> None:
    """No lexicon knows the name or the trade, and no rule is sure; the model is, of the lines that name it."""
    assert left(f"{ASKED}\n{FERRY.laid}\n\n{SERVED}") == lines_of(FERRY.laid)


def test_what_articles_name_often_is_none() -> None:
    """A name in every paragraph of a clean page is what it is about."""
    page = FERRY.laid.replace("管大江", "蓝筹宝").replace("渡船", "蓝筹宝渡船")
    assert left(page) == lines_of(page)


SHOP = """\
打开App，看文章更流畅
立即打开
"""
SHOPPED = """\
购物指南 支付方式 配送说明 售后服务
正品保障 闪电发货 无忧退货
价格说明：划线价仅为参考，并非原价。
"""


def test_lines_that_no_article_has_pollute_a_page_without_any_name() -> None:
    """Neither a keyword nor furniture that a rule knows: the model is sure of enough lines."""
    assert left(f"{SHOP}\n{FERRY.laid}\n\n{SHOPPED}") == lines_of(FERRY.laid)


def test_rules_between_paragraphs_pollute_no_page() -> None:
    """The model is sure of each of them, but articles have them too."""
    page = "\n------------------------\n".join(FERRY.laid.split("\n\n"))
    assert left(page) == lines_of(page)


BOARD = """\
Tangli吧
关注:20931  贴子:40177
看贴 图片 吧主推荐 视频 游戏
只看楼主 收藏 回复
云阳县Tangli翻译盖章
桐庐县Tangli口译哪家好
{places}
· [旅游] 古镇修复一口宋代水井 (3-18)
[上页] [下页]
[返回列表] [回首页]
"""
PLACES = "桐庐县云阳县平利县商南县凤台县大余县新野县泰和县蒙城县兴县"


def test_a_page_of_furniture_without_any_text_is_all_spam() -> None:
    """No keyword is found and nothing is running text, but hardly a line is what a clean page has."""
    assert left(BOARD.format(places=PLACES)) == []


def test_a_list_of_places_is_kept() -> None:
    """A clean page of names has no running text either."""
    page = "望川地区乡镇一览\n\n" + "\n".join(f"{name}　{name}人民政府驻地" for name in ("桐庐县", "云阳县", "平利县"))
    assert left(page) == lines_of(page)


ANNOUNCED = """\
☆☆☆蓝筹宝追番☆☆☆高清片源☆☆☆
公告:蓝筹宝最新域名lcb10482.example.net,请会员牢记!
"""


def test_what_an_advert_announces_and_a_decorated_line_hangs_out_is_the_keyword() -> None:
    """The two lines are all the spam there is around the article."""
    assert left(f"{ANNOUNCED}\n{FERRY.laid}") == lines_of(FERRY.laid)


def test_what_a_call_and_a_plain_headline_name_is_none() -> None:
    """A notice names in its title what it asks to sign up for."""
    page = f"★石鼓湾读书会招新\n\n详情请登录石鼓湾读书会网站www.shigu.example.org报名。\n\n{FERRY.laid}"
    assert left(page) == lines_of(page)


LINKED = """\
1 村里的篮球赛打到了凌晨
2 云崖先锋多少钱一单 外卖骑手自发清理积雪
3 云崖先锋上门:古镇修复一口宋代水井
"""
LINKED_AGAIN = """\
1 云崖先锋地址 县城公交换上新能源车
2 冬季供暖今起试运行
3 云崖先锋多少钱一单:两岸渔村同办丰收节
"""
GUESSED = """\
猜你喜欢
• 社区食堂如何走得更远
• 山区支教十年
• 暴雨过后菜价何时回落
• 博物馆夜场一票难求
换一批
回到顶部
"""


@pytest.mark.parametrize(("missed", "names"), [(0.5, ("云崖先锋",)), (1.5, ())])
def test_what_is_nearly_a_keyword_is_one_on_a_page_the_model_finds_polluted(
    missed: float, names: tuple[str, ...]
) -> None:
    """It stands before links between two articles, and misses the threshold; the list below the second is a site's."""
    page = read_page(f"{FERRY.laid}\n\n{LINKED}\n{BEES.laid}\n\n{LINKED_AGAIN}\n{GUESSED}")
    step = SpamStrip()
    step.open()
    inferred = infer_brands(page, step._lexicon, step._weights, 1)
    [best, *_] = [*inferred.brands, *inferred.faint]
    weights = replace(step._weights, threshold=best.score + missed)
    doubtful = doubted(page, furniture_of(page, step._lexicon), step._lexicon, weights)
    assert doubtful is not None
    assert not doubtful.polluted
    assert with_likely(page, doubtful, weights).sheet.keyword.names == names
