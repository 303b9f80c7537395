"""A run that is refused leaves the file system as it was."""

import pytest

from pipeline.ledger.state import State
from tests.states import ARTICLE, STATE, crawl

NO_PIPELINE = ("-s", 'ITEM_PIPELINES={"nobody.Pipeline": 1}')


def _everything(project):
    return sorted(str(path) for path in project.folder.rglob("*"))


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("-s", "STATE=new/state", "-s", "SHARD_INPUTS=none"), 2),
        (("-s", "STATE=new/state", "-s", "CHAIN_FIELDS=none"), 2),
        (("-s", "STATE=new/state", *NO_PIPELINE), 3),
        (("-s", "STATE=pages/state", *NO_PIPELINE), 2),
        (("-O", "new/folder/a.jsonl", "-s", "CHAIN_AUDIT=chain.yaml/audit.jsonl"), 4),
    ],
)
def test_a_refused_run_leaves_nothing_behind(project, args, code):
    """Neither a state folder, nor a lock, nor a folder for outputs, however late it is refused."""
    project.page("a.txt", f"甲\n{ARTICLE}")
    before = _everything(project)
    assert project.crawl(*args)[0] == code
    assert _everything(project) == before


def test_a_refused_run_is_none_in_the_ledger(read, project):
    """The state stays as it was, and the next run has the next number."""
    before = _everything(project)
    assert project.crawl(*STATE, *NO_PIPELINE)[0] == 3
    assert _everything(project) == before
    assert crawl(project) == "state: run 2: nothing new; 2 inputs unchanged"


def test_a_refused_run_keeps_what_lay_in_a_new_state_folder(project):
    """A folder that was there before stays, with what somebody has put into it."""
    (project.folder / "state").mkdir()
    (project.folder / "state/README").write_text("nightly\n", encoding="utf-8")
    project.page("a.txt", f"甲\n{ARTICLE}")
    before = _everything(project)
    assert project.crawl(*STATE, *NO_PIPELINE)[0] == 3
    assert _everything(project) == before


def test_what_others_have_put_beside_a_state_stays(tmp_path):
    """A folder made for a state that is withdrawn is not removed when something else is in it by now."""
    state = State(tmp_path / "new/state")
    (tmp_path / "new/mine.txt").touch()
    state.withdraw()
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine.txt"]
