"""Lines of nothing but counts, times, floors and numbers of pages, and lines of articles that look like them."""

import pytest

from pipeline.shipped import shipped
from processors.algorithms.furniture import furniture
from processors.algorithms.layout import read_page
from processors.algorithms.lexicon import Lexicon, read_lexicons


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """All that is shipped."""
    return read_lexicons(sorted(shipped("lexicon").glob("*.yaml")))


def reason(line: str, lexicon: Lexicon) -> str:
    """What furniture a line is."""
    found = furniture(read_page(line).lines[0].key, lexicon)
    return found.reason if found else ""


@pytest.mark.parametrize(
    "line",
    [
        "楼主: 渡口人家  发表于 2023-05-06 12:13  只看该作者  倒序浏览",
        "15楼 路人乙 2023-05-06",
        "摆渡人 发表于 2023-05-06 12:13 | 显示全部楼层",
        "浏览 312 次  回答 4 个  2023-05-06",
        "3.5万次播放 · 2023-05-06",
        "阅读(128) 评论(3) 收藏",
        "1024人围观",
        "共 12 条评论",
        "發佈於 2023-05-06",
    ],
)
def test_counts_and_heads_of_posts_are_no_text(line: str, lexicon: Lexicon) -> None:
    """Whatever they count, in any order, with the words of buttons and one name beside them."""
    assert reason(line, lexicon) == "page_info"


@pytest.mark.parametrize(
    "line",
    [
        "点击查看下一页",
        "第 2 页 / 共 2 页",
        "(1/2)",
        "- 1 -",
        "—2—",
        "[1] [2] [3]",
        "下接第2版",
        "首页 上页 1 2 下页 尾页",
    ],
)
def test_numbers_of_pages_turn_them(line: str, lexicon: Lexicon) -> None:
    """However an article in several pages is numbered."""
    assert reason(line, lexicon) == "navigation"


@pytest.mark.parametrize(
    "line",
    [
        "3楼会议室 14:30",
        "他在这条河上往返30次下载船票",
        "新桥通车以后,回复旧航线的呼声有1200条评论",
        "第一篇",
        "上篇 渡口",
        "第2章 渡口",
        "第3页的注释写着1/2",
        "2023-05-06 12:13 渡口新闻",
        "时间:4月15日(星期六)14:30—16:30",
        "投票32人赞成",
        "- 1 个鸡蛋",
        "[1] 管大江,《渡口志》",
    ],
)
def test_lines_of_articles_are_no_furniture(line: str, lexicon: Lexicon) -> None:
    """Counts in sentences, headings, timetables, notes."""
    assert reason(line, lexicon) == ""
