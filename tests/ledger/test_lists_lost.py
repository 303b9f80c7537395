"""Lists of inputs that are lost: named, and made anew from the ledger; without that, nothing is read twice."""

import random
import shutil

import pytest

from benchmarks.interruptions import prose
from benchmarks.maintenance import Project, two_nights

FIRST = "000001-0001.jsonl"


@pytest.fixture
def project(tmp_path):
    """A state of three nights, in which pages changed, moved and went, as they may."""
    made = Project(tmp_path)
    two_nights(made, random.Random(2))
    assert made.night().code == 0
    return made


def said(project, *arguments, code=0):
    """What a command says that ends as it should."""
    ended = project.ledger(*arguments)
    assert ended.code == code, ended.said
    return ended.said


@pytest.mark.parametrize("lost", ["inputs", "inputs/000002-*", f"inputs/{FIRST}"])
@pytest.mark.parametrize("pruned", [False, True])
def test_lists_are_made_anew_from_the_ledger(project, lost, pruned):
    """A run is refused, verify names them, and the rebuild brings back what a lost ledger is made from."""
    if pruned:
        said(project, "prune", "1")
    for path in (project.folder / "state").glob(lost):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    before = project.outputs()
    ended = project.night()
    assert ended.code == 2
    assert "make the lists anew from the ledger: scrapy ledger rebuild --config chain.yaml" in ended.said
    assert "lists missing, or not as they were written; make the lists anew" in said(project, "verify", code=2)
    assert "lists of inputs made anew from the ledger" in said(project, "rebuild")
    assert said(project, "verify") == "state: whole\n"
    for path in (project.folder / "state").glob("ledger.*"):
        path.unlink()
    assert "of inputs" not in said(project, "rebuild")
    assert said(project, "verify") == "state: whole\n"
    assert "nothing new" in project.night().said
    assert project.outputs() == before
    project.page("0.txt", None)
    project.page("new.txt", prose(random.Random(8), 8))
    assert project.night().code == 0
    assert said(project, "verify") == "state: whole\n"


def test_without_ledger_and_lists_nothing_is_read_twice(project):
    """What no list tells of is named, and no run takes it for new; moved away, it may come out once more."""
    for path in (*(project.folder / "state").glob("ledger.*"), project.folder / f"state/inputs/{FIRST}"):
        path.unlink()
    assert f"articles/{FIRST}: inputs/{FIRST} is missing, and nothing else tells" in said(project, "rebuild", code=2)
    assert project.night().code == 2


@pytest.mark.parametrize("kill_at", range(2, 22, 4))
def test_a_rebuild_of_lists_that_is_killed_can_be_done_again(project, kill_at):
    """Until it is, runs are refused."""
    shutil.rmtree(project.folder / "state/inputs")
    assert project.ledger("rebuild", kill_at=kill_at).code < 0
    said(project, "rebuild")
    assert said(project, "verify") == "state: whole\n"
    assert "nothing new" in project.night().said
