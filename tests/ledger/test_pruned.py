"""Shards that were given up: what they exported stays known, whatever is lost and made anew after."""

import random
import shutil

import pytest

from benchmarks.interruptions import prose
from benchmarks.maintenance import Project

LOTS = random.Random(3)
TEXTS = [prose(LOTS, 8) for _ in range(6)]
REBUILD = ("rebuild",)


@pytest.fixture
def project(tmp_path):
    """A state of two nights, of three pages and of two, with a near copy of one; the second has changed the third."""
    made = Project(tmp_path)
    made.begin()
    for number in (0, 1, 2):
        made.page(f"{number}.txt", TEXTS[number])
    made.page("near 0.txt", TEXTS[0][:-12])
    assert made.night().code == 0
    made.page("2.txt", TEXTS[5])
    made.page("3.txt", TEXTS[3])
    assert made.night().code == 0
    return made


def lose(project, *names):
    """Let parts of a state be gone."""
    for name in names:
        for path in (project.folder / "state").glob(name):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def well(project, *arguments):
    """A command that ends well; what it said."""
    ended = project.ledger(*arguments)
    assert ended.code == 0, ended
    return ended.said


def come_out(project, **texts):
    """The pages of which an article comes out the next night, and the state is whole then."""
    before = set(project.outputs())
    for name, text in texts.items():
        project.page(f"{name}.txt", text)
    assert project.night().code == 0
    assert "state: whole\n" in well(project, "verify")
    found = [text for name, text in project.outputs().items() if name not in before and name.startswith("articles/")]
    return [name for name in texts if f'"source":"{name}.txt"'.encode() in b"".join(found)]


@pytest.mark.parametrize("lost", [(), ("index",), ("index", "ledger.*")], ids=["none", "index", "both"])
@pytest.mark.parametrize("runs", [("1",), ("0",), ("1", "0")], ids="-".join)
def test_copies_of_what_was_pruned_end(project, runs, lost):
    """Exact ones, near ones, and those of what was only dropped; a page that has changed since may come again."""
    for number in runs:
        assert " removed\n" in well(project, "prune", number)
    assert well(project, "verify") == "state: whole\n"
    lose(project, *lost)
    assert "remembered nowhere" not in well(project, *REBUILD)
    assert well(project, "verify") == "state: whole\n"
    copies = {"exact": TEXTS[0], "near": TEXTS[1][:-12], "last": TEXTS[3], "third": TEXTS[5], "other": TEXTS[0][:-24]}
    assert come_out(project, **copies, old=TEXTS[2], new=TEXTS[4]) == ["old", "new"]


def test_a_page_that_changes_after_its_shard_was_pruned(project):
    """Its article is forgotten by an index that is made anew, too: the old text may come out of another page."""
    well(project, "prune", "0")
    assert come_out(project, **{"1": TEXTS[4]}) == ["1"]
    lose(project, "index")
    well(project, *REBUILD)
    assert come_out(project, again=TEXTS[1], copy=TEXTS[4]) == ["again"]


def test_what_is_kept_is_taken_from_the_index_again(project):
    """Damaged, it is named, and nothing is made without it; removed, it comes from an index that is whole."""
    well(project, "prune", "1")
    part = next((project.folder / "state/pruned/000001-0002/dedupe").glob("part-*"))
    part.write_bytes(part.read_bytes()[:-1])
    for command in (("verify",), REBUILD):
        ended = project.ledger(*command)
        assert ended.code == 2
        assert "or remove it: what is remembered of pruned shards is then taken from index/" in ended.said
    lose(project, "pruned")
    ended = project.ledger("verify")
    gone = "state/pruned/000001-0002: gone, so that only index/ knows what was pruned;"
    assert gone in ended.said
    assert gone in well(project, "status")
    assert "remembered nowhere" not in well(project, *REBUILD)
    assert come_out(project, copy=TEXTS[0]) == []
    (project.folder / "state/audit/000003-0001.jsonl").unlink()
    ended = project.ledger(*REBUILD)
    assert ended.code == 2
    assert "state/audit/000003-0001.jsonl: missing, or not of the size" in ended.said
    assert "scrapy ledger prune 0" in ended.said


def test_what_is_lost_for_good_is_said_each_time(project):
    """Neither a second rebuild nor a further prune takes an index that has lost it for what is remembered."""
    lost = "what 2 pruned shards exported is remembered nowhere"
    well(project, "prune", "1")
    lose(project, "pruned", "index")
    for command in (REBUILD, ("verify",), REBUILD, ("verify",)):
        said = well(project, *command)
        assert lost in said
    assert "state: whole\n" in said
    well(project, "prune", "0")
    assert lost in well(project, *REBUILD)
    assert "whole" in well(project, "verify")


def test_nothing_is_pruned_while_the_index_is_not_whole(project):
    """It could not be made anew without the shards; those that are gone already can be given up."""
    lose(project, "index/dedupe")
    before = project.outputs()
    ended = project.ledger("prune", "0")
    assert (ended.code, project.outputs()) == (2, before)
    assert "scrapy ledger rebuild --config chain.yaml; nothing was removed" in ended.said
    (project.folder / "state/articles/000001-0001.jsonl").unlink()
    assert "what 2 pruned shards exported is remembered nowhere" in well(project, "prune", "1")
    well(project, *REBUILD)
    assert come_out(project, copy=TEXTS[3]) == []


@pytest.mark.parametrize(("option", "told"), [("threshold: 0.7", False), ("bands: 24", True)])
def test_another_chain_knows_what_it_can_compare(project, option, told):
    """Limits decide about what comes; where articles would be compared otherwise, what was pruned is given up."""
    well(project, "prune", "1")
    chain = project.folder / "chain.yaml"
    text = chain.read_text("utf-8").replace("processor: dedupe\n", f"processor: dedupe\n    options: {{{option}}}\n")
    chain.write_text(text, "utf-8")
    assert ("what 2 pruned shards exported is remembered nowhere" in well(project, *REBUILD)) == told
    assert come_out(project, copy=TEXTS[0]) == (["copy"] if told else [])
    assert ("what 2 pruned shards exported is remembered nowhere" in well(project, *REBUILD)) == told
    assert come_out(project, again=TEXTS[0]) == []
