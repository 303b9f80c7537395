"""The step `split`: what parts the articles of a clean page, headlines that stand twice, are lost, or share a line."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from processors.algorithms.layout import read_page
from processors.algorithms.stripped import with_fronts
from tests.pages import BEES, FERRY, SCALE, Told, tail
from tests.split_pages import articles, told, under

GAP = "\n" * 4

CLEAN = Path(__file__).parents[1] / "golden" / "clean"


def spaced(*lines: str) -> str:
    """Paragraphs with one blank line between them."""
    return "\n\n".join(lines)


def test_wide_gaps_part_clean_articles() -> None:
    """Plain headlines of a clean page begin articles where more blank lines stand above each of them than elsewhere."""
    page = GAP.join(spaced(a.title, *a.paragraphs) for a in (FERRY, BEES))
    assert told(articles(page)) == [FERRY, BEES]


def test_gaps_a_little_wider_part_clean_articles() -> None:
    """One blank line more is enough where a text ends above each of them and an unlike one begins below."""
    pages = ("\n\n\n".join(spaced(a.title, *a.paragraphs) for a in (FERRY, BEES)), _close(FERRY, BEES))
    signed = _close(FERRY._replace(paragraphs=(*FERRY.paragraphs, "\n石鼓湾渡口管理所\n2023年3月6日")), BEES)
    for page in pages:
        assert told(articles(page)) == [FERRY, BEES]
    assert [article.title for article in articles(signed)] == [FERRY.title, BEES.title]


def _close(*both: Told) -> str:
    """Articles without blank lines but before, under and above their headlines."""
    return "\n\n".join(f"{a.title}\n\n" + "\n".join(a.paragraphs) for a in both)


def test_one_gap_before_no_headline_keeps_all_together() -> None:
    """Headings of one text stand behind gaps too: where one of them begins no article none does."""
    heads = ("走进石鼓湾的老字号", "一口锅炒了九十年", "一把剪刀走天下", "一碗面的规矩")
    page = "\n\n\n".join(spaced(head, *FERRY.paragraphs[:1], BEES.paragraphs[0]) for head in heads)
    assert [article.title for article in articles(page)] == [heads[0]]


def test_dated_headlines_part_clean_articles() -> None:
    """Where the first headline has its day under it, those that have it too begin articles without any gap."""
    page = spaced(*(line for a in (FERRY, BEES) for line in (f"{a.title}\n2024-03-02", *a.paragraphs)))
    assert told(articles(page)) == [FERRY, BEES]


def test_a_reporter_in_brackets_is_no_headlines_end() -> None:
    """A blank between 记者 and a name parts nothing, neither on a long line nor on a page that lost its line ends."""
    text = f"本报讯（记者 纪南星）{''.join(FERRY.paragraphs)}"
    for page in (text, spaced(text, *BEES.paragraphs)):
        (article,) = articles(page)
        assert article.title == ""


def test_wide_gaps_before_other_lines_part_nothing() -> None:
    """A page with wide gaps before paragraphs or behind open lines too is one text."""
    whole = [FERRY.title, *FERRY.paragraphs, BEES.title, *BEES.paragraphs]
    for gaps in ((5, 7), (5, 3)):
        assert len(articles(_with_gaps(whole, gaps))) == 1, gaps
    opened = [FERRY.title, FERRY.paragraphs[0], "一、船底：", BEES.title, *BEES.paragraphs]
    assert len(articles(_with_gaps(opened, (3,)))) == 1


def _with_gaps(lines: Sequence[str], gaps: Sequence[int]) -> str:
    return spaced(*(f"\n\n{line}" if number in gaps else line for number, line in enumerate(lines)))


def test_the_word_for_title_parts_clean_articles() -> None:
    """A label before every headline is enough on a clean page without gaps."""
    page = spaced(*(under("原标题：{}", article) for article in (FERRY, BEES)))
    assert told(articles(page)) == [FERRY, BEES]


@pytest.mark.parametrize(
    ("page", "title"),
    [("fishing_prose", "观渔说"), ("obituary", "讣告"), ("museum_visit", "参观须知"), ("quay_poem", "旧码头")],
)
def test_few_words_over_a_text_are_its_headline(page: str, title: str) -> None:
    """On top of a clean page a headline need not share a word with its text."""
    (article,) = articles(CLEAN.joinpath(f"{page}.txt").read_text("utf-8"))
    assert article.title == title


def test_few_words_behind_spam_are_a_headline() -> None:
    """So they are on a polluted page, first or later, and where the text begins with them; subheadings are none."""
    prose = CLEAN.joinpath("fishing_prose.txt").read_text("utf-8")
    quay = (
        "旧码头是石鼓湾最早的码头，青石砌成，清末运盐的船都停在这里。\n\n码头上有石狮一对，修路时移走，去年找了回来。"
    )
    page = "\n\n".join([tail(), prose, tail(), FERRY.laid, tail(), f"\n旧码头\n\n{quay}", tail()])
    assert [article.title for article in articles(page)] == ["观渔说", FERRY.title, "旧码头"]
    parts = [f"{tail()}\n\n{head}\n\n{text}" for head, text in zip(("起因", "经过"), FERRY.paragraphs, strict=False)]
    assert [each.title for each in articles("\n\n".join([BEES.laid, *parts, tail()]))] == [BEES.title]


@pytest.mark.parametrize("line", ["各位家长：", "其一", "“谁？”", "编者按"])
def test_what_only_leads_to_a_text_is_no_headline(line: str) -> None:
    """A salutation, a number or what somebody says on top of a page is text."""
    (article,) = articles(spaced(line, *FERRY.paragraphs))
    assert article.title == ""


def test_a_short_headline_that_stands_twice_is_one() -> None:
    """A title of two characters, said again below, is the title and no text."""
    text = (
        "石鼓是鼓湾上游的一块礁石，高约三丈，因浪打在上面声如击鼓而得名。旧时行船的人听见石鼓，就知道离渡口还有两里。",
        "石鼓上刻有水则十二道，最早的一道在光绪年间。枯水时石鼓全部露出，可以走上去；涨水时只剩一点，当地人说石鼓戴帽，不可行船。",
    )
    (article,) = articles(spaced("石鼓", "石鼓", *text, tail()))
    assert told([article]) == [Told("石鼓", text)]


def test_articles_behind_a_text_without_a_headline_are_found() -> None:
    """Where the first headline of a polluted page is lost, the plain ones after it still begin articles."""
    page = "\n\n".join([*FERRY.paragraphs, tail(), spaced(BEES.title, *BEES.paragraphs), tail(), SCALE.laid, tail()])
    found = articles(page)
    assert [article.title for article in found] == ["", BEES.title, SCALE.title]


def test_a_headline_before_a_short_text_on_its_line_is_found() -> None:
    """Headline, wide blank and a first sentence on one line part, though the line is short."""
    starts = {FERRY: "七月的最后一天，石鼓湾的渡船靠了岸。", BEES: "追花的路线是养蜂人的父亲传下来的。"}
    texts = [spaced(f"{a.title}　　{start}", *a.paragraphs) for a, start in starts.items()]
    assert [article.title for article in articles(spaced(texts[0], tail(), texts[1], tail()))] == [
        FERRY.title,
        BEES.title,
    ]


def test_a_headline_ends_where_its_text_is_numbered() -> None:
    """On one line with its text a headline has no heading of that, and goes on over a blank beside a Latin word."""
    paragraph = "第一条 为了管理渡口的船只，维护行船的秩序，根据有关规定，制定本办法。船工应当爱护船只。"
    for title in ("渡口船只管理办法", "怎样用 gps 管理渡口的船只"):
        lines, fronts = with_fronts(read_page(f"{title} {paragraph}").lines)
        assert lines[0].key == title
        assert fronts == [True, False]
