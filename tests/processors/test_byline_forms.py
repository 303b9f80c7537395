"""Forms of bylines: fields of the article on clean and on polluted pages, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.bylineparts import byline_parts
from processors.algorithms.fold import fold
from processors.algorithms.headline import is_byline
from tests.pages import FERRY
from tests.split_pages import articles

DAY, MINUTE = "2023-05-06", "2023-05-06T08:30"
FORMS = {
    "稿件来源: 石鼓湾晚报   2023-05-06": (DAY, "石鼓湾晚报"),
    "2023/05/06 08:30:12 | 石鼓湾晚报": (MINUTE, "石鼓湾晚报"),
    "（2023-05-06）": (DAY, None),
    "发布者：admin 日期：2023.5.6": (DAY, None),
    "时间：2023-05-06 来源：互联网 点击：231": (DAY, "互联网"),
    "本报记者 纪南星 通讯员 闻素 5月6日报道": (None, None),
    "2023-05-06 08:30 石鼓湾晚报": (MINUTE, "石鼓湾晚报"),
    "2023年05月06日08:30　来源：石鼓湾晚报　　编辑：纪南星": (MINUTE, "石鼓湾晚报"),
    "石鼓湾晚报　2023年5月6日　第3版": (DAY, "石鼓湾晚报"),
    "发布时间：2023-05-06 浏览次数：1203次": (DAY, None),
    "【2023-05-06】【来源：石鼓湾晚报】【字号：大 中 小】": (DAY, "石鼓湾晚报"),
    "文/纪南星 图/闻素": (None, None),
    "文字：纪南星　摄影：闻素　编辑：冷月": (None, None),
    "记者 纪南星 摄影报道": (None, None),
    "石鼓湾晚报记者 纪南星 望川报道": (None, "石鼓湾晚报"),
    "纪南星　2023-05-06 08:30": (MINUTE, None),
    "2023-05-06 纪南星 望川在线": (DAY, "望川在线"),
    "发布机构：望川县教育局　发布日期：2023-05-06": (DAY, None),
    "信息来源：县教育局 2023年5月6日": (DAY, "县教育局"),
    "石鼓湾网 · 2023-05-06 08:30 · 阅读 1203": (MINUTE, "石鼓湾网"),
    "admin 发布于 2023-05-06": (DAY, None),
    "2023-05-06T08:30:00 望川发布": (MINUTE, "望川发布"),
    "来源 | 望川观察　作者 | 纪南星": (None, "望川观察"),
    "录入：闻素　更新时间：2023-05-06": (DAY, None),
    "（本报记者 纪南星 通讯员 闻素）": (None, None),
    "2023.05.06 / 望川周刊 / 纪南星": (DAY, "望川周刊"),
    "原创 纪南星 望川杂志 2023-05-06": (DAY, "望川杂志"),
    "发表于 2023-05-06 08:30:12 来自：望川论坛": (MINUTE, "望川论坛"),
    "石鼓湾晚报 | 2023年5月6日 08:30 | 分享": (MINUTE, "石鼓湾晚报"),
    "[ 2023-05-06 08:30 ] 来源：望川日报 [打印] [关闭]": (MINUTE, "望川日报"),
    "见习记者 闻素 望川日报 2023-05-06": (DAY, "望川日报"),
    "编辑:冷月 审核:白敬山 2023-05-06": (DAY, None),
}
POLLUTED = (
    "红枫留学_红枫留学官网_红枫留学费用\n首页 红枫留学 红枫留学中介\n{}\n下一篇：红枫留学费用\n版权所有 红枫留学\n"
)


@pytest.mark.parametrize("line", FORMS)
@pytest.mark.parametrize("page", ["{}", POLLUTED], ids=["clean", "polluted"])
def test_a_byline_under_the_title_goes_to_fields(page: str, line: str) -> None:
    """Whether `spam_strip` cuts the line or leaves it, its article has what it tells, and not the line in its text."""
    [article] = articles(page.format(f"{FERRY.title}\n{line}\n" + "\n".join(FERRY.paragraphs)))
    assert (article.title, article.text.split("\n")) == (FERRY.title, list(FERRY.paragraphs))
    assert article.meta["byline"] == line
    assert (article.meta.get("published"), article.meta.get("source_name")) == FORMS[line]


NONE = (
    "时间：2023年10月21日（星期六）14:00—16:35",
    "时间：2023-05-06 地点：三楼会议室",
    "v2.4.1（2023-05-01）",
    "石鼓湾中文站 10月14日报道",
    "【本网讯】石鼓湾周刊记者 纪南星 望川报道",
    "据媒体报道，《石鼓湾周刊》记者 纪南星",
    "2023年5月6日 晴",
    "5月6日",
    "石鼓湾晚报",
    "来源不明的药材不能收",
    "2023年5月6日县政府令第1号公布",
    "（2023年5月6日第三次会议通过）",
    "2023-05-06 08:30:12 ERROR disk full",
    "阅读 1203 评论 5",
    "2023年5月6日至8日",
    "图为活动现场。 本报记者 摄",
    "日期 2023-05-06 天气 晴 气温 12度",
    "姓名：纪南星　性别：男",
)


@pytest.mark.parametrize("line", NONE)
def test_what_only_looks_like_a_byline_is_none(line: str) -> None:
    """Notices, logs, versions, diaries, laws and the first lines of reports begin alike."""
    assert not is_byline(fold(line))


def test_of_a_line_with_the_keyword_only_the_day_is_told() -> None:
    """The page's brand is no article's source."""
    body = "\n".join(FERRY.paragraphs)
    [article] = articles(POLLUTED.format(f"{FERRY.title}\n来源：红枫留学 发布时间：2023-05-06\n{body}"))
    assert (article.meta["published"], article.meta["byline"]) == (DAY, DAY)
    assert "source_name" not in article.meta


def test_a_byline_cut_behind_the_text_is_told_if_labelled() -> None:
    """A bare day behind the text may be the first one of a list of links."""
    body = "\n".join(FERRY.paragraphs)
    for line, published in (("发布时间：2023-05-06 08:30　点击：52次", MINUTE), ("2023-05-06 08:30", None)):
        [article] = articles(POLLUTED.format(f"{FERRY.title}\n{body}\n{line}"))
        assert article.text.split("\n") == list(FERRY.paragraphs)
        assert article.meta.get("published") == published


@given(st.text())
def test_parts_lie_in_order_in_any_text(text: str) -> None:
    """Any text is read; the parts do not overlap and are not empty."""
    at = 0
    for part in byline_parts(fold(text)):
        assert at <= part.start < part.end <= len(text)
        at = part.end
