"""The generator keeps its promises: repeatable pages, an honest gold, every form in a set of moderate size."""

import html
import json
from random import Random

import pytest
from generate import articles, pages, write
from pagegen.body import Pollution, body_lines
from pagegen.corpus import load
from pagegen.disguise import DISGUISES
from pagegen.filler import Filler, table, trades
from pagegen.frame import framed
from pagegen.line import own
from pagegen.mix import is_prose
from pagegen.script import written
from scoring.page import Record, score
from scoring.text import folded

AUTHORS = {"one", "two", "three", "four"}


@pytest.fixture(scope="module")
def made():
    """A set large enough for every form."""
    return pages(300, seed=7)


@pytest.fixture(scope="module")
def wide():
    """Pages with what other authors wrote."""
    return pages(100, seed=7, mix="wide")


def _inside(part, whole):
    """Whether the characters of one text stand in another in this order."""
    rest = iter(whole)
    return all(c in rest for c in part)


def _oracle(page):
    return [Record(str(n), a["title"], a["text"]) for n, a in enumerate(page.gold["articles"])]


def test_same_seed_makes_the_same_pages():
    """Two runs with one seed agree in every byte, another seed does not."""
    assert pages(20, seed=3) == pages(20, seed=3)
    assert [p.text for p in pages(20, seed=3)] != [p.text for p in pages(20, seed=4)]


def test_the_usual_mix_is_mostly_prose_and_has_every_head_and_title():
    """Fewer odd articles come together, and no template is left out for it."""
    usual, every = (pages(300, seed=7, mix=mix) for mix in ("usual", "all"))
    prose = {article.name for article in load() if is_prose(article)}

    def share(made):
        polluted = [p for p in made if p.gold["kind"].startswith("poll")]
        groups = [article["dup_group"] for page in polluted for article in page.gold["articles"]]
        return sum(group in prose for group in groups) / len(groups)

    assert share(usual) > 0.8 > 0.6 > share(every)
    for key in ("head", "title_style", "family"):
        assert {p.gold[key] for p in usual} == {p.gold[key] for p in every}


def _authors(made):
    """The other authors whose articles, trades and templates stand on some pages."""
    found = {key: {page.gold[key] for page in made} for key in ("family", "head", "title_style")}
    found["article"] = {article["dup_group"].replace("-", "_") for page in made for article in page.gold["articles"]}
    return {key: {value.split("_")[0] for value in values} & AUTHORS for key, values in found.items()}


def test_only_the_wide_mix_has_what_other_authors_wrote(made, wide):
    """Their articles, trades and templates come up there, and nowhere else."""
    assert set(map(frozenset, _authors(wide).values())) == {frozenset(AUTHORS)}
    assert set(map(frozenset, _authors(made).values())) == {frozenset()}


@pytest.mark.parametrize(("form", "sign"), [("quoted", "\n> "), ("sentences", "。\n")])
def test_the_wide_mix_has_forms_of_its_own(wide, form, sign):
    """Lines as in an answered letter, and a line for each sentence."""
    texts = [page.text.replace("\r", "") for page in wide if page.gold["form"] == form]
    assert any(text.count(sign) > 3 for text in texts)


def test_a_page_does_not_depend_on_how_many_follow():
    """The first pages of a large set are those of a small one."""
    assert pages(30, seed=5)[:10] == pages(10, seed=5)


def test_every_character_of_gold_is_on_its_page(made):
    """What should come out went in, in its order, whatever the script, the entities and the line ends."""
    wrong = [
        (page.gold["page"], article["title"])
        for page in made
        for article in page.gold["articles"]
        if not _inside(folded(article["text"]), folded(html.unescape(page.text)))
    ]
    assert wrong == []


def test_a_rule_above_or_under_a_title_does_not_carry_it(made):
    """Lines that a form of title has besides its own say the title only where the form says so."""
    for page in made:
        titles = [article["title"] for article in page.gold["articles"] if article["title"]]
        ruled = [line for line in page.text.splitlines() if line.lstrip().startswith(("=======", "-------"))]
        assert [line for line in ruled if any(title in line for title in titles)] == [], page.gold["page"]


def test_every_spam_string_is_on_its_page(made):
    """Gold lists as spam only what was put in."""
    for page in made:
        shown = folded(html.unescape(page.text))
        missing = [text for text in page.gold["spam"] if not _inside(folded(text), shown)]
        assert missing == [], page.gold["page"]


def test_no_template_is_left_unfilled(made):
    """No slot of a template survives into a page."""
    assert [page.gold["page"] for page in made if "{" in page.text] == []


@pytest.mark.parametrize("key", ["heads", "tails", "separators", "inserts", "titles", "paging", "spampages"])
def test_every_template_comes_up(key):
    """All templates of a kind can be filled for every family."""
    for name, family in trades().items():
        filler = Filler(family, dice=Random(name), disguise="digits")
        for template in table(key).values():
            lines = [line if isinstance(line, str) else line[1] for line in template]
            slots = {"{t}": "", "{p}": "", "{q}": "", "{zh}": "", "{num}": "", "{circ}": ""}
            for slot, value in slots.items():
                lines = [line.replace(slot, value) for line in lines]
            assert all("{" not in line for line in filler.lines(lines))


@pytest.mark.parametrize("family", trades())
def test_every_sentence_can_be_said_of_every_trade(family):
    """Pitches, disguised contacts and what is put into paragraphs leave no slot open."""
    filler = Filler(trades()[family], dice=Random(family), disguise="other_script")
    sprinkles = [text for group in table("sprinkles").values() for text in group.values()]
    pitches = [text for group in table("pitches").values() for text in group]
    told = filler.lines([*pitches, *sprinkles, *trades()[family]["pitches"], *table("words")["contact"]])
    assert [text for text in told if "{" in text or not text] == []


def test_sentences_of_a_trade_belong_to_one():
    """Every list of more sentences names a trade that is there."""
    assert set(table("trade_pitches")) <= set(table("families"))


@pytest.mark.parametrize("name", table("frames"))
def test_a_frame_keeps_the_paragraphs(name):
    """What stands round and between paragraphs leaves them whole and in order."""
    article = next(a for a in load() if len(a.paragraphs) > 5)
    filler = Filler(trades()["lottery"], dice=Random(name))
    body = [own(text, "body", 0) for text in article.paragraphs]
    lines = framed(body, table("frames")[name], article, 0, filler)
    assert [line for line in lines if line.role == "body"] == body
    assert {line.role for line in lines} - {"body"} <= {"spam", "optional"}
    assert len(lines) > len(body)


@pytest.mark.parametrize("place", ["start", "end", "between", "within"])
def test_spam_goes_where_its_name_says(place):
    """Glued to a paragraph's start or end, or inside it; the paragraph itself stays."""
    article = next(a for a in load() if a.kind == "news")
    filler = Filler(trades()["lottery"], dice=Random(place))
    for line in body_lines(article, 0, Pollution(sprinkle="{b}", place=place, sprinkle_rate=1.0), filler):
        put_in = [at for at, stretch in enumerate(line.stretches) if stretch.spam]
        ends = {"start": [0], "end": [len(line.stretches) - 1]}
        assert put_in in ([], ends.get(place, put_in))
        assert "".join(s.text for s in line.stretches if not s.spam) in article.paragraphs


@pytest.mark.parametrize("name", ["none", "zero_width", "private_use", "emoji", "separated", "other_script"])
def test_a_disguise_leaves_the_name_readable(name):
    """A disguised name still has its characters in their order."""
    assert _inside(folded("金穗国际台"), folded(DISGUISES[name]("金穗国际台", Random(1))))


@pytest.mark.parametrize("key", ["form", "family", "head", "title_style", "sep", "insert"])
def test_a_set_of_300_pages_has_every_choice(made, key):
    """Decks deal evenly, so that a set of moderate size tests everything."""
    names = {"family": "families", "head": "heads", "title_style": "titles", "sep": "separators", "insert": "inserts"}
    seen = {page.gold[key] for page in made}
    assert seen >= (
        set(table(names[key], guests=False))
        if key in names
        else {"plain", "paged", "oneline-page", "entities", "spliced"}
    )


def test_pages_differ_in_script_and_kind(made):
    """Polluted and clean pages come in all three scripts, and some pages are all spam."""
    kinds = {f"{kind}_{script}" for kind in ("poll", "clean") for script in ("simp", "trad", "pseudo")}
    assert {page.gold["kind"] for page in made} == {*kinds, "spam"}


@pytest.mark.parametrize("article", articles("wide"), ids=lambda a: a.name)
def test_an_article_survives_its_scripts(article):
    """Another script is the same text: folded back it is what was written."""
    text = article.title + article.text
    for script in ("trad", "pseudo"):
        assert folded(written(text, script)) == folded(text)


def test_articles_are_many_and_each_is_named_once():
    """No name stands twice, and no two titles are the same."""
    found = articles("wide")
    assert len({a.name for a in found}) == len({a.title for a in found}) == len(found) >= 400


def test_written_folder_reads_back(tmp_path, made):
    """Every line of gold names a page that is there, byte for byte."""
    write(tmp_path, made[:10])
    gold = [json.loads(line) for line in (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    shown = [(tmp_path / "pages" / g["page"]).read_bytes().decode("utf-8") for g in gold]
    assert shown == [page.text for page in made[:10]]


def test_gold_itself_scores_without_a_fault(made):
    """The scorer charges nothing for an output that is the gold."""
    perfect = {"f1": 1.0, "folded": 1.0, "cer": 0.0, "leak": 0.0, "loss": 0.0, "titles": 1.0}
    for page in made:
        if page.gold["articles"]:
            assert score(page.gold, _oracle(page)).figures() == perfect


def test_whole_pages_score_badly(made):
    """The scorer sees spam that is left in, and more than one article in a record."""
    polluted = [page for page in made if page.gold["kind"] == "poll_simp"]
    scores = [score(page.gold, [Record("0", "", page.text)]) for page in polluted]
    assert sum(s.leaked for s in scores) > sum(s.chars for s in scores) / 20
    assert sum(s.strict for s in scores) < sum(s.gold for s in scores) / 3


def test_missing_articles_count_as_loss(made):
    """No output at all loses everything and leaks nothing."""
    page = next(page for page in made if len(page.gold["articles"]) > 1)
    found = score(page.gold, [])
    assert (found.lost, found.leaked, found.strict) == (found.wanted, 0, 0)
