"""How headlines are chosen: marks around them, fronts of lines, lines said again, and what is no headline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.fold import fold
from processors.algorithms.headline import marks_of
from processors.algorithms.layout import read_page
from processors.algorithms.stripped import repeats, with_fronts
from tests.pages import BEES, FERRY, polluted
from tests.split_pages import articles, told, under
from tests.strategies import page_texts, texts

MARKED = [
    "~~{}~~",
    "+++ {} +++",
    "☞ {}",
    "«{}»",
    "〈{}〉",
    "NO.1 {}",
    "【第一篇】{}",
    "主题: {}",
    "新闻标题：{}",
    "[转载]{}",
    "{} [2023-09-18]",
    "《{}》",
]


@pytest.mark.parametrize("form", MARKED)
def test_marks_are_no_part_of_a_headline(form: str) -> None:
    """On a polluted page signs, brackets, labels, numbers and dates around a headline are taken off."""
    key = fold(form.format(FERRY.title))
    marks = marks_of(key, key, polluted=True)
    assert key[marks.start : marks.end] == FERRY.title


def test_brackets_are_taken_off_only_as_a_pair() -> None:
    """A work that is named inside a headline keeps its brackets, and a headline in brackets loses the outer ones."""
    for line, bare in [
        ("《渡口》与《桥头》两本书", "《渡口》与《桥头》两本书"),
        ("《读《渡口》有感》", "读《渡口》有感"),
    ]:
        marks = marks_of(line, line, polluted=True)
        assert line[marks.start : marks.end] == bare


@pytest.mark.parametrize("number", ["[1] ", "①", "01 ", "第一篇：", "[转载]"])
def test_a_number_of_another_form_than_the_lists_of_a_clean_page_goes(number: str) -> None:
    """The headline's number and label are no part of it where the text has a list of its own, in another form."""
    steps = "1、刷船底。\n2、晾三天。\n3、再刷一遍。"
    [article] = articles(f"{number}{FERRY.laid}\n\n{steps}")
    assert article.title == FERRY.title


def test_brackets_of_a_work_stay_over_verses() -> None:
    """The name of a poem on a page that nobody polluted keeps its brackets; a headline over paragraphs loses them."""
    poem = "《夜泊石鼓湾》\n作者：蒲青禾\n一岸灯火照船归，\n半江寒雨湿蓑衣。"
    assert articles(poem)[0].title == "《夜泊石鼓湾》"
    assert told(articles(under("《{}》", FERRY))) == [FERRY]


def test_a_headline_and_its_text_on_one_line_are_parted() -> None:
    """Where only a blank stands between the headline and the first paragraph, the headline is known all the same."""
    lines = "\n".join(FERRY.paragraphs[1:])
    page = polluted(f"{FERRY.title} {FERRY.paragraphs[0]}\n{lines}")
    assert told(articles(page)) == [FERRY]


def test_a_line_whose_front_is_no_headline_stays_whole() -> None:
    """A blank near the beginning of a paragraph divides nothing."""
    paragraph = f"石鼓湾 {FERRY.paragraphs[0]}{FERRY.paragraphs[1]}"
    page = polluted(f"{FERRY.title}******\n\n{paragraph}\n\n{FERRY.paragraphs[2]}")
    [article] = articles(page)
    assert article.text.split("\n") == [paragraph, FERRY.paragraphs[2]]


def test_the_headline_said_again_is_cut() -> None:
    """The title on each page of an article that a site cut into pages is no part of the text, and divides nothing."""
    page = polluted(
        "\n\n".join([f"{FERRY.title}******", FERRY.paragraphs[0], f"{FERRY.title}（2）", *FERRY.paragraphs[1:]])
    )
    assert told(articles(page)) == [FERRY]


@pytest.mark.parametrize(("line", "again"), [("{}（2）", True), ("【{}】", True), ("读者来信说：{}", False)])
def test_a_line_repeats_a_headline_only_without_words_of_its_own(line: str, again: bool) -> None:
    """Marks and the number of a page make no other line of it."""
    assert repeats(fold(line.format(FERRY.title)), FERRY.title) is again


def test_the_name_of_a_column_is_no_headline() -> None:
    """Of a column's name and the headline under it the headline is the title, on clean pages too."""
    assert articles(f"一线\n\n{under('{}', FERRY)}")[0].title == FERRY.title
    assert articles(polluted(f"一线\n\n{under('{}', FERRY)}"))[0].title == FERRY.title


def test_an_unmarked_line_below_marked_headlines_is_a_subheading() -> None:
    """Where the page marks its headlines, an advert cut before a subheading makes no article of it."""
    page = polluted(
        "\n\n".join(
            [
                f"{FERRY.title}_石鼓湾晚报网",
                *FERRY.paragraphs[:2],
                "琼楼彩票开户 琼楼彩票下载",
                "渡船的去处",
                *FERRY.paragraphs[2:],
            ]
        )
    )
    [article] = articles(page)
    assert "渡船的去处" in article.text.split("\n")


def test_steps_and_questions_stay_in_their_article() -> None:
    """Numbered questions with spam between them are parts of one article."""
    questions = [
        f"{number}、蜂箱怎么放{place}？" for number, place in zip("一二三", ("春天", "夏天", "冬天"), strict=True)
    ]
    parts = [part for pair in zip(questions, BEES.paragraphs, strict=True) for part in (*pair, "琼楼彩票下载")]
    [article] = articles(polluted("\n\n".join([f"{BEES.title}******", *parts])))
    assert [line for line in article.text.split("\n") if line in questions] == questions


def test_a_rule_above_a_headline_is_cut_from_the_article_before() -> None:
    """A rule between two articles belongs to neither."""
    page = polluted(f"{under('{}******', FERRY)}\n----------\n{under('{}******', BEES)}")
    assert told(articles(page)) == [FERRY, BEES]


def test_two_bylines_with_a_cut_between_them_are_not_one_field() -> None:
    """What is cut between two bylines is in no field, and the second byline stays in the text."""
    page = polluted(
        f"{FERRY.title}\n来源：石鼓湾晚报\n{FERRY.title}（2）\n作者：纪南星\n" + "\n".join(FERRY.paragraphs)
    )
    [article] = articles(page)
    assert article.meta["byline"] == "来源：石鼓湾晚报"
    assert article.text.split("\n")[0] == "作者：纪南星"


def test_two_credits_with_a_cut_between_them_are_not_one_field() -> None:
    """The headline said again between the names of those who made an article is cut, and parts the two."""
    ends = ["（责任编辑：蒲青禾）", f"{FERRY.title}（2）", "来源：石鼓湾晚报"]
    [article] = articles(polluted("\n\n".join([f"{FERRY.title}******", *FERRY.paragraphs, *ends])))
    assert article.meta["credits"] == "来源：石鼓湾晚报"
    assert article.text.split("\n") == [*FERRY.paragraphs, "（责任编辑：蒲青禾）"]


@given(st.one_of(page_texts, texts))
def test_fronts_lose_nothing(text: str) -> None:
    """The lines with their fronts parted hold what the lines held, in order."""
    lines = read_page(text).lines
    parted, fronts = with_fronts(lines)
    assert len(parted) == len(fronts) == len(lines) + sum(fronts)
    assert "".join("".join(line.key for line in parted).split()) == "".join("".join(line.key for line in lines).split())
