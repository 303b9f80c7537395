"""What dedupe remembers in a state is what counts there: nothing is forgotten that stays, nothing stays that ended."""

from collections import Counter

import pytest

from pipeline.ledger.care import problems, superseded
from pipeline.ledger.state import State
from tests.states import ARTICLE, OTHER, STATE, crawl

X, Y, Z = ARTICLE * 3, OTHER * 3, "渡口的船夫老郑说，水退了三尺，郑家湾的田又露出来了。\n" * 3
CHAIN = "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: fingerprint}, {processor: dedupe}]\n"


@pytest.fixture
def night(project):
    """A project with `dedupe`; lays out pages by their names, none for one that goes, and crawls with small shards."""
    (project.folder / "chain.yaml").write_text(CHAIN, encoding="utf-8")

    def crawled(pages, *args, size=1):
        for name in pages:
            (project.folder / "pages" / name).unlink(missing_ok=True)
        for name, text in pages.items():
            if text is not None:
                project.page(name, text)
        if args:
            assert project.crawl(*STATE, "-s", f"SHARD_INPUTS={size}", *args)[0] == 3
        else:
            crawl(project, "-s", f"SHARD_INPUTS={size}")
        return counting(project)

    return crawled


def counting(project):
    """How often each text is in an article that counts; what the index remembers is held to it."""
    with State(project.folder / "state") as state:
        assert list(problems(state)) == []
        ended = superseded(state)
        names = sorted(path.name for path in (project.folder / "state/articles").iterdir())
        found = [(name, row) for name in names for row in project.records(f"state/articles/{name}")]
        return Counter(row["text"].strip() for name, row in found if not ended(row["id"], name))


def once(*texts):
    """Each of them in one article."""
    return Counter(text.strip() for text in texts)


@pytest.mark.parametrize(("moved", "size"), [("0.txt", 1), ("0.txt", 1000), ("z.txt", 1), ("z.txt", 1000)])
def test_a_file_that_gave_its_name_to_another(night, moved, size):
    """Wherever its own new name stands, its article counts, and a later copy of it ends."""
    night({"a.txt": X})
    assert night({moved: X, "a.txt": Y}, size=size) == once(X, Y)
    assert night({"c.txt": X, "d.txt": Y}) == once(X, Y)


def test_copies_of_a_file_that_moved_end(night):
    """A copy read before the file is found in its new place loses to it, and a second file there is a copy."""
    near = X.replace("三千册", "四千册", 1)
    night({"b.txt": X, "c.txt": Z})
    assert night({"0.txt": near, "1.txt": X, "2.txt": X, "b.txt": Y}) == once(X, Y, Z)


@pytest.mark.parametrize("after", [X, None, Z], ids=["put back", "removed", "changed again"])
def test_a_file_that_is_another_again_after_an_interruption(night, after):
    """What had ended when the run was cut off stays ended; what stands there then is read, and remembered once."""
    night({"a.txt": X})
    cut_off = night({"0.txt": OTHER, "1.txt": "甲\n" + OTHER, "a.txt": Y}, "-s", "CLOSESPIDER_ITEMCOUNT=3")
    assert cut_off[X.strip()] == 0
    found = night({"a.txt": after})
    later = night({"c.txt": X, "d.txt": Z})
    assert later == found | once(X, Z)


def test_contents_that_change_places_are_remembered(night):
    """Two that swap, and a ring of three with a new one: all count once, whatever comes later."""
    pages = {"a.txt": X, "b.txt": Y, "c.txt": Z}
    night(pages)
    assert night({"a.txt": Y, "b.txt": X}, "-s", "CLOSESPIDER_ITEMCOUNT=2", size=1)[Z.strip()] == 1
    assert night({}) == once(X, Y, Z)
    assert night({"a.txt": Z, "b.txt": Y, "c.txt": "乙\n" + OTHER, "d.txt": X}) >= once(X, Y, Z)
    assert max(night({"e.txt": X, "f.txt": Y, "g.txt": Z}).values()) == 1
