"""Articles that an index is told to forget: nothing loses to them any more."""

from contextlib import contextmanager

import pytest

from pipeline import Drop, Item
from pipeline.item import Source
from pipeline.processor import Memory
from processors.dedupe import Dedupe
from processors.dedupe_paragraphs import DedupeParagraphs, DedupeParagraphsOptions
from processors.fingerprint import Fingerprint

TEXT = "白鹭滩的麦子熟了，镇上的人从清早割到天黑，粮站门口排起了长队，孩子们在晒场上追着麻雀跑，直到月亮升起来。"


def item(name, text=TEXT):
    """An item with a fingerprint, from a source of this name."""
    [made] = Fingerprint().process(Item.page(text, Source(name)))
    return made


@contextmanager
def opened(folder, generation, kind=Dedupe, options=None):
    """A step that remembers in a folder."""
    step = kind(options)
    step.memory = Memory(folder, generation, generation + 1)
    step.open()
    yield step
    step.close()


def kept(step, *items):
    """The names of those that come through."""
    return [each.source.name for one in items for each in step.process(one) if not isinstance(each, Drop)]


def commit(step):
    """What a run does at its end."""
    generation = step.prepare()
    step.commit()
    return generation


@pytest.mark.parametrize("edited", [TEXT, TEXT.replace("麻雀", "蜻蜓")])
def test_a_new_version_does_not_lose_to_the_old_one(tmp_path, edited):
    """The new version comes through, and later copies of either lose to the new one, in this run and the next."""
    with opened(tmp_path, 0) as step:
        old = item("a")
        assert kept(step, old) == ["a"]
        generation = commit(step)
    with opened(tmp_path, generation) as step:
        step.forget([old.id])
        new = item("a2", edited)
        assert kept(step, new, item("b", edited)) == ["a2"]
        generation = commit(step)
    with opened(tmp_path, generation) as step:
        [drop] = step.process(item("c", edited))
    assert isinstance(drop, Drop)
    assert drop.evidence["kept"] == new.id


def test_a_page_that_is_edited_every_night_still_ends_its_copies(tmp_path):
    """However many versions and copies count no more, a near copy loses to the version that does, also by rare keys."""
    text = "\n".join(TEXT.replace("白鹭滩", f"第{line * 7919 % 1000}号滩") for line in range(6))
    generation, old = 0, []
    for night in range(6):
        with opened(tmp_path, generation) as step:
            step.forget(old)
            new = item("page", f"第{night}夜{text}")
            copies = [item(f"copy{number}", f"第{night}{number}夜{text}") for number in range(3)]
            assert kept(step, new, *copies) == ["page"]
            generation, old = commit(step), [new.id]


def test_what_lost_to_a_forgotten_article_ends_nothing_either(tmp_path):
    """A copy was dropped for an article that is forgotten now; the next copy is kept."""
    with opened(tmp_path, 0) as step:
        old = item("a")
        assert kept(step, old, item("b")) == ["a"]
        step.forget([old.id])
        assert kept(step, item("c"), item("d")) == ["c"]


def test_without_a_commit_nothing_is_forgotten(tmp_path):
    """A run that ends before its commit leaves the old version in its place."""
    with opened(tmp_path, 0) as step:
        old = item("a")
        kept(step, old)
        generation = commit(step)
    with opened(tmp_path, generation) as step:
        step.forget([old.id])
        step.rollback()
        assert kept(step, item("b")) == []
    with opened(tmp_path, generation) as step:
        assert kept(step, item("b")) == []


def test_an_article_that_comes_again_under_its_old_id_counts(tmp_path):
    """A page that was changed and changed back has the id that was forgotten; it counts from then on."""
    with opened(tmp_path, 0) as step:
        old = item("a")
        kept(step, old)
        step.forget([old.id])
        assert kept(step, item("a"), item("b")) == ["a"]


def test_paragraphs_of_forgotten_articles_do_not_count(tmp_path):
    """An article edited again and again does not lose its paragraphs to its own earlier versions."""
    options = DedupeParagraphsOptions(max_articles=1)
    with opened(tmp_path, 0, DedupeParagraphs, options) as step:
        for version in range(4):
            own = Item.page(f"{TEXT}\n第{version}版", Source("a"))
            [made] = step.process(own)
            assert not isinstance(made, Drop)
            assert made.text == own.text
            step.forget([own.id])
        step.process(Item.page(TEXT, Source("b")))
