"""What stands around titles: menus above them on clean pages, numbers of pages behind them, versions below them."""

import pytest

from tests.pages import FERRY
from tests.split_pages import articles

MENUS = (
    "首页 > 新闻 > 社会",
    "首页 | 新闻 | 体育 | 财经",
    "网站首页 » 教育 » 通知公告",
    "当前位置：首页 > 城事 > 水利",
    "首页 新闻 体育 财经 科技",
)


@pytest.mark.parametrize("menu", MENUS)
def test_a_menu_above_a_clean_article_goes(menu: str) -> None:
    """One line that begins with the site's first page is enough; the page stays a clean one."""
    [article] = articles(f"{menu}\n{FERRY.laid}")
    assert (article.title, article.text.split()) == (FERRY.title, FERRY.text.split())
    assert "review" not in article.meta


@pytest.mark.parametrize("line", ["首页", "首页设计的三个原则", "新闻 > 社会", "首页 字体 颜色"])
def test_what_only_speaks_of_a_first_page_stays(line: str) -> None:
    """A line above or a title that is no menu is not cut."""
    page = f"{line}\n{FERRY.text}"
    [article] = articles(page)
    assert "".join(f"{article.title}{article.text}".split()) == "".join(page.split())


def test_subheadings_of_a_clean_page_stay_under_its_menu() -> None:
    """The menu makes nobody a polluted page of it, where numbers and boxes are marks of headlines."""
    parts = [f"{number}、{name}\n{text}" for number, name, text in zip("12", "船桥", FERRY.paragraphs, strict=False)]
    [article] = articles("\n".join([MENUS[0], FERRY.title, *parts]))
    assert article.title == FERRY.title
    assert "1、船\n" in article.text


@pytest.mark.parametrize("form", ["{}（{n}/2）", "{} [{n}/2]", "{}（第{n}页）"])
def test_the_number_of_a_page_is_no_part_of_a_title(form: str) -> None:
    """On a polluted page the title of the second page is the first one's again."""
    first, second = (form.format(FERRY.title, n=number) for number in (1, 2))
    texts = "\n".join(FERRY.paragraphs[:2]), "\n".join(FERRY.paragraphs[2:])
    page = (
        "红枫留学_红枫留学官网\n{}\n{}\n上一页 1 2 下一页\n红枫留学中介\n{}\n{}\n上一页 1 2 下一页\n版权所有 红枫留学\n"
    )
    [article] = articles(page.format(first, texts[0], second, texts[1]))
    assert (article.title, article.text.split("\n")) == (FERRY.title, list(FERRY.paragraphs))


def test_a_title_of_few_words_stands_over_versions() -> None:
    """A version and its day are no headline."""
    page = "更新日志\nv2.4.1（2023-05-01）\n- 修复登录失败的问题\n- 新增下载包\nv2.4.0（2023-03-12）\n- 优化启动速度"
    [article] = articles(page)
    assert article.title == "更新日志"
    assert article.text.startswith("v2.4.1（2023-05-01）\n")


def test_other_headlines_of_a_site_behind_a_clean_article_go() -> None:
    """Under their heading, with nothing behind them."""
    links = "\n".join(["夏粮收购今天开始", "望川大桥明年通车", "县城水位连续下降"])
    [article] = articles(f"{FERRY.laid}\n相关新闻：\n{links}")
    assert (article.title, article.text.split()) == (FERRY.title, FERRY.text.split())
    for page in (f"{FERRY.laid}\n相关条目：\n{links}", f"{FERRY.laid}\n相关新闻：\n{links}\n{FERRY.paragraphs[0]}"):
        assert articles(page)[0].text.split()[-4:] != FERRY.text.split()[-4:]
    [article] = articles(f"{FERRY.laid}\n相关新闻：\n{links}\n加入收藏 设为首页\n关闭窗口 返回顶部")
    assert article.title == FERRY.title
