"""The step `split`: where articles begin, what becomes of what stands around their titles, and what stays one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chain import Chain
from pipeline.item import Cut, Drop, Item
from pipeline.processor import Step
from pipeline.testing import assert_contract, assert_every_character_accounted, run_one
from processors.spam_strip import SpamStrip
from processors.split import Split
from tests.pages import BEES, BRAND, FERRY, SCALE, Told, head, lines_of, polluted, tail
from tests.split_pages import ALL, articles, told, under
from tests.strategies import page_texts, texts

CLEAN = sorted(Path(__file__).parents[1].joinpath("golden", "clean").glob("*.txt"))


FORMS = {
    "plain": "{}",
    "stars": "{}******",
    "stars after a blank": "{} ***",
    "site": "{}_石鼓湾晚报网",
    "site after a dash": "{} - 望川新闻网",
    "site after two dashes": "{}--望川新闻",
    "what a cut left of one": "{}-",
    "box": "【{}】",
    "bullet": "• {}***",
    "number": "{n}、{}",
    "number and dot": "{n}. {}",
    "number in brackets": "（{n}）{}",
    "padded number": "0{n} {}",
    "han number": "{han}、{}",
    "number and site": "{n}、{}_石鼓湾晚报网",
    "number in square brackets": "[{n}] {}",
    "circled number": "{circled}{}",
    "part": "第{han}篇：{}",
    "label": "标题：{}",
    "label in brackets": "[正文] {}",
    "date": "2023-09-18 {}",
    "ornament": "■ {}",
    "arrows": ">>> {}",
    "dashes": "—— {} ——",
    "hashes": "## {} ##",
    "book quotes": "《{}》",
    "rule below": "{}\n==========",
    "site in brackets": "{}（望川新闻网）",
    "two sites": "{}|石鼓湾晚报|渡口频道",
    "byline": "{}\n来源：石鼓湾晚报  作者：纪南星",
    "byline with its date": "{}\n2023-09-18 10:02  来源：石鼓湾晚报",
}


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("form", FORMS)
def test_articles_are_found_under_any_form_of_title(form: str, count: int) -> None:
    """However the titles are marked, a page gives its articles in order, and the marks are not in the titles."""
    page = polluted(*[under(FORMS[form], article, n) for n, article in enumerate(ALL[:count], start=1)])
    assert told(articles(page)) == list(ALL[:count])


@pytest.mark.parametrize(
    "between",
    [
        "琼楼彩票开户\n琼楼彩票下载",
        "※※※※※※",
        "推荐阅读\n村里的篮球赛打到了凌晨\n外卖骑手自发清理积雪",
        "琼楼彩票下载💎qionglou💎(www.qionglou-0001.example.com)【信誉平台】尊享琼楼彩票邀请码,官方唯一认证!!!",
        "兴县蒙城县泰和县新野县大余县凤台县商南县平利县安化县",
    ],
)
def test_spam_between_two_articles_parts_them(between: str) -> None:
    """Plain titles behind a list, an advert, signs or place names begin an article."""
    assert told(articles(polluted(f"{FERRY.laid}\n\n{between}\n\n{BEES.laid}"))) == [FERRY, BEES]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end_will_do(end: str) -> None:
    """Gaps between articles count however their lines end."""
    page = polluted(FERRY.laid, BEES.laid).replace("\n", end)
    assert told(articles(page)) == [FERRY, BEES]


HEADED = "\n\n".join(
    [
        "{}",
        FERRY.paragraphs[0],
        "新桥与旧船",
        FERRY.paragraphs[1],
        "一、船底的桐油",
        FERRY.paragraphs[2],
        "【编后】",
        FERRY.paragraphs[3],
    ]
)


@pytest.mark.parametrize("form", ["plain", "stars", "site", "byline"])
def test_subheadings_do_not_part_an_article(form: str) -> None:
    """Short lines between the paragraphs of one article stay in it, numbered and boxed ones too."""
    page = polluted(HEADED.format(FORMS[form].format(FERRY.title)))
    [article] = articles(page)
    assert article.title == FERRY.title
    assert lines_of(article.text) == lines_of(HEADED.format(""))


def test_lines_about_the_article_go_to_its_fields() -> None:
    """The byline under the title and the credits at the end leave the text and stay the article's own."""
    page = polluted(
        f"{under(FORMS['byline'], FERRY)}\n\n（责任编辑：蒲青禾）\n审核：白敬山", under(FORMS["byline"], BEES)
    )
    first, second = articles(page)
    assert told([first, second]) == [FERRY, BEES]
    byline = {"byline": "来源：石鼓湾晚报  作者：纪南星", "source_name": "石鼓湾晚报"}
    assert first.meta.items() >= {**byline, "credits": "（责任编辑：蒲青禾）\n审核：白敬山"}.items()
    assert second.meta.items() >= byline.items()
    assert "credits" not in second.meta


def test_a_dateline_above_the_title_is_a_field() -> None:
    """A byline that stands over the first headline belongs to its article."""
    [article] = articles(polluted(f"2023-09-18 10:02  来源：石鼓湾晚报\n\n{under('{}******', FERRY)}"))
    assert told([article]) == [FERRY]
    assert article.meta["dateline"] == "2023-09-18 10:02  来源：石鼓湾晚报"
    assert article.meta["published"] == "2023-09-18T10:02"


def test_a_clean_page_has_its_fields_too() -> None:
    """Nothing needs to be spam for a byline and credits to be told from the text."""
    [article] = articles(f"{under(FORMS['byline'], FERRY)}\n\n责任编辑：蒲青禾")
    assert told([article]) == [FERRY]
    assert article.meta.keys() == {"byline", "source_name", "credits", "confidence"}
    assert article.meta["confidence"] == 1.0


@pytest.mark.parametrize("line", ["记者：您在渡口守了多少年？", "时间：2021年3月6日（星期六）14:00—16:35"])
def test_what_a_reporter_asks_and_until_when_is_text(line: str) -> None:
    """A first line that begins as a byline does, and is none, stays in the body."""
    (article,) = articles("\n".join(["老渡口最后一班船", line, *FERRY.paragraphs]))
    assert line in article.text
    assert "byline" not in article.meta


def test_an_ornament_before_the_title_of_a_clean_page_is_no_part_of_it() -> None:
    """A sign in front of the first headline is a mark on any page, and a number that is not one of several."""
    for form in ("■ {}", "1、{}", "①{}", "第一篇：{}", "「{}」", "《{}》"):
        assert told(articles(under(form, FERRY))) == [FERRY], form
    listed = under("1、{}", FERRY).replace(FERRY.paragraphs[2], f"2、{FERRY.paragraphs[2]}")
    assert articles(listed)[0].title == f"1、{FERRY.title}"


@pytest.mark.parametrize("form", ["stars", "site"])
def test_a_clean_page_with_marked_titles_is_divided(form: str) -> None:
    """Stars and the name of a site part articles also where nothing was cut."""
    page = "\n\n".join([under(FORMS[form], FERRY), under(FORMS[form], BEES)])
    assert told(articles(page)) == [FERRY, BEES]


@pytest.mark.parametrize("path", CLEAN, ids=[path.stem for path in CLEAN])
def test_a_clean_page_is_one_article(path: Path) -> None:
    """Headings, lists, tables, numbers and boxes of a clean page divide nothing, and every line of it is there."""
    text = path.read_text("utf-8")
    [article] = [each for each in run_one(Split(), text) if isinstance(each, Item)]
    parts = [article.title, article.meta.get("byline", ""), article.text, article.meta.get("credits", "")]
    assert lines_of("\n".join(parts)) == lines_of(text)


def test_marks_around_a_title_are_cut_with_their_reason() -> None:
    """What was taken off a title is in the audit as it stood on the page."""
    outcomes = run_one(Split(), under("{}_石鼓湾晚报网＊＊＊＊＊＊", FERRY))
    assert [(each.reason, each.text) for each in outcomes if isinstance(each, Cut)] == [
        ("title_mark", "_石鼓湾晚报网＊＊＊＊＊＊")
    ]


def after_both(text: str) -> list[tuple[str, str]]:
    """The reason and text of each cut that `split` makes after `spam_strip`."""
    with Chain([Step("spam_strip", SpamStrip()), Step("split", Split())], on_error="stop") as chain:
        outcomes = list(chain.run([Item.page(text)]))
    return [(each.reason, each.text) for each in outcomes if isinstance(each, Cut) and each.step == "split"]


def test_a_stray_line_before_the_headline_is_cut() -> None:
    """On a polluted page what stands before the first headline and is no prose belongs to no article."""
    page = polluted(f"河边的灯\n\n{under('{}******', FERRY)}")
    assert ("stray_line", "河边的灯") in after_both(page)
    assert told(articles(page)) == [FERRY]


def test_stray_lines_between_two_articles_are_cut() -> None:
    """What is left between the spam behind one article and the title of the next belongs to neither."""
    page = polluted(f"{under('{}******', FERRY)}\n\n{BRAND}开户\n\n河边的树\n\n{under('{}******', BEES)}")
    assert told(articles(page)) == [FERRY, BEES]


def test_a_stray_line_names_the_headline_it_stands_before() -> None:
    """The audit says which one, whether it is the page's first or not."""
    page = f"河边的灯\n\n{under('{}******', FERRY)}"
    with Chain([Step("spam_strip", SpamStrip()), Step("split", Split())], on_error="stop") as chain:
        cuts = [each for each in chain.run([Item.page(polluted(page))]) if isinstance(each, Cut)]
    (stray,) = (cut for cut in cuts if cut.text == "河边的灯")
    assert (stray.reason, stray.evidence) == ("stray_line", {"words": "before the headline", "headline": FERRY.title})


@pytest.mark.parametrize(
    ("hidden", "written"),
    [("&nbsp;&nbsp;", "&nbsp;&nbsp;"), ("&#12288;", "&#12288;"), ("\u200b\n", "\\u200b"), (" \ufeff ", "\\ufeff")],
)
def test_what_shows_nothing_between_lines_is_cut_as_blank(hidden: str, written: str) -> None:
    """An indent of entities and a line of zero-width characters leave the article; the audit says what they were."""
    lines = FERRY.laid.splitlines()
    cut, article = run_one(Split(), "\n".join([*lines[:2], hidden + lines[2], *lines[3:]]))
    assert isinstance(cut, Cut)
    assert (cut.reason, cut.evidence) == ("blank", {"written": written})
    assert isinstance(article, Item)
    assert (article.title, article.text) == (FERRY.title, "\n".join(FERRY.paragraphs))


def test_the_last_sentence_behind_spam_stays_with_its_article() -> None:
    """However short it is, and also what a notice is signed with: neither is what spam leaves."""
    ends = ("“我认得这条河。”管大江说。", "主办单位：望川县交通运输局")
    page = polluted(f"{under('{}******', FERRY)}\n\n{BRAND}开户\n\n{ends[0]}\n\n{ends[1]}\n\n{under('{}******', BEES)}")
    assert told(articles(page)) == [Told(FERRY.title, (*FERRY.paragraphs, *ends)), BEES]


def test_prose_before_the_first_headline_is_an_article() -> None:
    """Running text before the first headline is kept, as an article without a title."""
    text = "\n\n".join([*BEES.paragraphs, under("{}******", FERRY)])
    assert told(articles(text)) == [Told("", BEES.paragraphs), FERRY]


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t\u3000\n", "\u200b\ufeff"])
def test_a_page_without_text_is_dropped(text: str) -> None:
    """An empty page, a blank one and one of invisible characters end as `empty`."""
    [drop] = run_one(Split(), text)
    assert isinstance(drop, Drop)
    assert drop.reason == "empty"


@pytest.mark.parametrize("text", [FERRY.title, FERRY.paragraphs[0], "渡口\n\n河边", "******", "1、"])
def test_a_page_of_few_lines_is_one_article(text: str) -> None:
    """A title alone, a paragraph alone, marks alone: nothing is lost for want of a body."""
    [article] = [each for each in run_one(Split(), text) if isinstance(each, Item)]
    assert lines_of(f"{article.title}\n{article.text}") == lines_of(text)


@pytest.mark.parametrize("hidden", ["\ufeff", "\u200b", "\u2060\u200d"])
def test_what_shows_nothing_belongs_to_the_line_it_begins(hidden: str) -> None:
    """A mark of byte order or a zero-width character before a line is part of the article, not unclaimed."""
    text = hidden + FERRY.laid.replace("\n\n", f"\n\n{hidden}")
    parts = run_one(Split(), text)
    assert [type(part) for part in parts] == [Item]
    assert_every_character_accounted(Item.page(text), parts)


def test_articles_are_numbered_in_the_order_of_the_page() -> None:
    """The id of an article is its page's and its number, the page its parent."""
    page = polluted(FERRY.laid, BEES.laid, SCALE.laid)
    made = articles(page)
    [parent] = {item.parent for item in made}
    assert [item.id for item in made] == [f"{parent}-{number}" for number in (1, 2, 3)]
    assert [item.spans[0] for item in made] == sorted(item.spans[0] for item in made)


@pytest.mark.parametrize("unit", ["字", "他说桥上风大。", "a", "1", "(", "【】", "，", " "])
def test_a_line_of_a_million_characters_is_one_article(unit: str) -> None:
    """One line of 1 MB, whatever it repeats, comes out as it went in."""
    text = unit * (1_000_000 // len(unit))
    [outcome] = run_one(Split(), text)
    assert isinstance(outcome, Item) == bool(text.strip())
    assert isinstance(outcome, Drop) or outcome.text == text


def test_a_long_page_is_divided() -> None:
    """Three hundred articles with spam between them on one page are three hundred."""
    page = polluted(*[f"{under('{}******', article)}\n\n琼楼彩票开户 琼楼彩票下载" for article in ALL * 100])
    assert told(articles(page)) == list(ALL * 100)


POOL = [
    *[FORMS[form].format(article.title, n=2, han="二", circled="②") for form in FORMS for article in (FERRY, BEES)],
    *FERRY.paragraphs,
    *BEES.paragraphs,
    *lines_of(head() + tail()),
    "（责任编辑：蒲青禾）",
    "来源：石鼓湾晚报  作者：纪南星",
    "----------",
    "新桥与旧船",
    "",
    "",
]
shuffled = st.lists(st.sampled_from(POOL), max_size=30).map("\n".join)


@given(st.one_of(shuffled, page_texts, texts))
def test_any_page_keeps_the_law(text: str) -> None:
    """Whatever a page is, each of its characters is in one article or cut, and a second run says the same."""
    outcomes = run_one(Split(), text)
    assert_every_character_accounted(Item.page(text), outcomes)
    assert run_one(Split(), text) == outcomes


@given(shuffled)
def test_any_page_of_lines_keeps_the_contract(text: str) -> None:
    """Nothing that can be seen goes without a word, and the page is left as it was."""
    assert_contract(Split(), [Item.page(text)])


@given(shuffled)
def test_the_law_holds_after_spam_was_cut(text: str) -> None:
    """The ranges of the page are kept when `split` works on what `spam_strip` left."""
    page = Item.page(text)
    with Chain([Step("spam_strip", SpamStrip()), Step("split", Split())], on_error="stop") as chain:
        assert_every_character_accounted(page, list(chain.feed(page)))
