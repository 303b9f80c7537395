"""The generator keeps its promises: repeatable pages, an honest gold, every form in a set of moderate size."""

import html
import json
from random import Random

import pytest
from generate import pages, write
from pagegen.corpus import load
from pagegen.filler import Filler, table
from pagegen.script import written
from scoring.page import Record, score
from scoring.text import folded


@pytest.fixture(scope="module")
def made():
    """A set large enough for every form."""
    return pages(300, seed=7)


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
    for name, family in table("families").items():
        filler = Filler(family, dice=Random(name), disguise="digits")
        for template in table(key).values():
            lines = [line if isinstance(line, str) else line[1] for line in template]
            slots = {"{t}": "", "{p}": "", "{q}": "", "{zh}": "", "{num}": "", "{circ}": ""}
            for slot, value in slots.items():
                lines = [line.replace(slot, value) for line in lines]
            assert all("{" not in line for line in filler.lines(lines))


@pytest.mark.parametrize("key", ["form", "family", "head", "title_style", "sep", "insert"])
def test_a_set_of_300_pages_has_every_choice(made, key):
    """Decks deal evenly, so that a set of moderate size tests everything."""
    names = {"family": "families", "head": "heads", "title_style": "titles", "sep": "separators", "insert": "inserts"}
    seen = {page.gold[key] for page in made}
    assert seen >= (
        set(table(names[key])) if key in names else {"plain", "paged", "oneline-page", "entities", "spliced"}
    )


def test_pages_differ_in_script_and_kind(made):
    """Polluted and clean pages come in all three scripts, and some pages are all spam."""
    kinds = {f"{kind}_{script}" for kind in ("poll", "clean") for script in ("simp", "trad", "pseudo")}
    assert {page.gold["kind"] for page in made} == {*kinds, "spam"}


@pytest.mark.parametrize("article", load(), ids=lambda a: a.name)
def test_an_article_survives_its_scripts(article):
    """Another script is the same text: folded back it is what was written."""
    text = article.title + article.text
    for script in ("trad", "pseudo"):
        assert folded(written(text, script)) == folded(text)


def test_articles_are_many_and_each_is_named_once():
    """No name stands twice, and no two titles are the same."""
    articles = load()
    assert len({a.name for a in articles}) == len({a.title for a in articles}) == len(articles) >= 130


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
