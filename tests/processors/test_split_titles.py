"""The step `split`: titles that carry the keyword, labels, and links to other articles around them."""

from tests.pages import BEES, BRAND, FERRY, SCALE, head, tail
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
