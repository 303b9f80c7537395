"""The step `split`: titles that carry the keyword, labels, and links to other articles around them."""

from pipeline.item import Item
from pipeline.testing import run_one
from processors.algorithms.candidate import candidates
from processors.algorithms.layout import read_page
from processors.algorithms.splitting import may_follow
from processors.spam_strip import SpamStrip
from processors.split import stripped_page
from tests.pages import BEES, BRAND, FERRY, SCALE, Told, head, tail
from tests.split_pages import ALL, articles, told, under


def test_what_is_left_of_a_site_name_is_no_part_of_a_title() -> None:
    """The keyword as the name of the site behind or before a headline leaves a dash or a colon, which go too."""
    for form in ("{title} - {brand}", "{title}_{brand}", "{brand}：{title}", "{brand}-{title}-{brand}"):
        line = form.format(title=FERRY.title, brand=BRAND)
        page = "\n\n".join([head(), line, *FERRY.paragraphs, tail()])
        assert told(articles(page)) == [FERRY], form


def test_labelled_titles_part_a_page_without_gaps() -> None:
    """A label before each title parts articles even where no blank line and no spam stands between them."""
    text = "\n".join("\n".join([f"标题：{a.title}", *a.paragraphs]) for a in ALL)
    assert told(articles(f"{text}\n{tail()}")) == list(ALL)


def test_a_headline_among_related_links_is_kept() -> None:
    """The headline of the next article right behind the links to others is known by its stars and by its words."""
    links = f"相关阅读\n{BRAND}注册 村里的篮球赛打到了凌晨\n外卖骑手自发清理积雪"
    for form in ("{}******", "{}"):
        parts = [under(form, FERRY), links, under(form, BEES), links, under(form, SCALE)]
        assert told(articles("\n\n".join([head(), *parts, tail()]))) == list(ALL), form


def test_a_running_head_of_a_clean_page_is_its_first_articles() -> None:
    """Lines without prose before the headline of a page that nobody polluted are no article without a title."""
    running = ["渡口手册", "第三部分：船与人", "渡船"]
    (article,) = articles("\n".join([*running, f"{FERRY.title}******", *FERRY.paragraphs]))
    assert article.title == FERRY.title
    assert article.text.split("\n") == [*running, *FERRY.paragraphs]


def test_the_first_line_of_the_text_is_no_second_headline() -> None:
    """Questions one under the other with wrapped lines between them are one article."""
    page = (
        "（1）关于养蜂的几个问题\n一、蜂箱放在哪里好？\n蜂箱放在背风向阳的地方最好，离开人走的路远一些，不要挨着猪圈或者\n"
        "水塘，就够了。\n二、要不要常常开箱，看不看？\n不要。每开一次箱，蜂群就要受一次惊。"
    )
    assert len(articles(page)) == 1


def test_a_list_of_the_headlines_below_is_cut() -> None:
    """The contents of a page over its articles begin none of them and are in none."""
    contents = "\n".join(["本页目录", *(f"{number}、{a.title}" for number, a in enumerate(ALL, start=1))])
    parts = [under("{}******", a) for a in ALL]
    assert told(articles("\n\n".join([head(), contents, *parts, tail()]))) == list(ALL)


def test_contents_go_where_a_headline_follows_them_twice() -> None:
    """Entries of the contents go though the first headline, said twice, stands right below them."""
    cries = [a._replace(title=a.title.replace(" ", "！")) for a in ALL]
    contents = [f"{number}、{a.title}" for number, a in enumerate(cries, start=1)]
    parts = [f"{a.title}\n\n{a.laid}\n\n{tail()}" for a in cries]
    assert told(articles("\n\n".join([head(), "本页目录", *contents, *parts]))) == cries


def test_headlines_that_stand_twice_part_a_clean_page() -> None:
    """No advert and no star parts the articles; but over each its headline stands on two lines on end."""
    found = articles("\n\n\n".join(under(f"{{}}\n\n{a.title}", a) for a in ALL))
    assert [a.title for a in found] == [a.title for a in ALL]


def test_a_command_that_stands_twice_parts_no_manual() -> None:
    """A heading and what it is about, on two lines on end, in a text of one piece."""
    page = "\n\n".join(
        [FERRY.title, FERRY.text, "sendmail\n\nsendmail", BEES.text, "[ ] ^ $ *\n\n[ ] ^ $ *", SCALE.text]
    )
    assert [a.title for a in articles(page)] == [FERRY.title]


def test_a_rule_above_the_first_headline_of_a_clean_page_is_cut() -> None:
    """A rule over the headline and one under it are no part of the article, and hide no headline."""
    rule = "-" * 24
    assert told(articles(f"{rule}\n{FERRY.title}\n{rule}\n" + "\n".join(FERRY.paragraphs))) == [FERRY]


def test_the_number_of_a_list_inside_an_article_is_no_next_headline() -> None:
    """四 behind an advert goes on from the article's own 一 to 三, not from the 二 of its headline."""
    guide = Told(
        "望川县登记中心办事指南",
        (
            "一、受理范围",
            "望川县行政区域以内的土地使用权、房屋所有权、林权的首次登记、转移登记、变更登记和抵押登记，由本中心受理。",
            "二、办理地点和时间",
            "办事大厅在北岸路九号政务服务中心二楼，工作日上午八点半到十二点，下午两点到五点半，周六上午只办理预约。",
            "三、办理期限",
            "材料齐全的，首次登记十个工作日办结，其他登记五个工作日办结，查询当场办结，节假日顺延。",
            "四、所需材料",
            "申请人应当提交登记申请书、身份证明、权属来源证明以及法律法规规定的其他材料。委托他人办理的，还应当提交授权委托书。",
            "五、收费标准",
            "住宅类登记每件收费八十元，非住宅类每件五百五十元，核发一本证书不另收工本费。",
        ),
    )
    lines = [
        f"二、{guide.title}",
        *guide.paragraphs[:6],
        f"{BRAND}注册送彩金，加微信qlou20817，欢迎开户！",
        *guide.paragraphs[6:],
    ]
    page = f"{head()}{under('一、{}', FERRY)}\n\n{BRAND}开户\n\n" + "\n\n".join(lines) + f"\n\n{tail()}"
    assert told(articles(page)) == [FERRY, guide]
    [kept] = [each for each in run_one(SpamStrip(), page) if isinstance(each, Item)]
    stripped = stripped_page(kept, read_page(kept.text))
    first, own, inner = (each for each in candidates(stripped) if each.bare in (FERRY.title, guide.title, "所需材料"))
    assert may_follow(stripped, first, first, own)
    assert not may_follow(stripped, first, own, inner)
