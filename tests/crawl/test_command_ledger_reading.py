"""`scrapy ledger` on a state that cannot be written: a copy on a read-only disk, also of a run that was cut off."""

import os
import shutil
import subprocess
import sys
from time import sleep

import pytest

from pipeline.ledger.care import problems
from pipeline.ledger.reading import StateCopy
from tests.states import ARTICLE, OTHER, STATE

NOTE = "state: cannot be written here; read as it lies, like a copy, without keeping runs out\n"
CHAIN = "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: 'crawl_steps:Wait'}, {processor: fingerprint}"


@pytest.fixture
def ledger(project, needs):
    """Runs `scrapy ledger` where the state is mounted read-only."""
    read_only = "mount --bind state state && mount -o remount,ro,bind state"
    tried = ["unshare", "--mount", "sh", "-c"]
    (project.folder / "state").mkdir()
    may = os.geteuid() == 0 and shutil.which("unshare")
    needs("mount", may and not subprocess.call([*tried, read_only], cwd=project.folder, stderr=subprocess.DEVNULL))

    def run(*args):
        done = subprocess.run(
            [*tried, f'{read_only} && exec "$@"', "sh", sys.executable, "-W", "error", "-m", "scrapy", "ledger", *args],
            cwd=project.folder,
            env={**os.environ, "PYTHONPATH": project.modules},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    return run


def cut_off(project):
    """A run that is killed behind its first shard, whose transaction is still in the write-ahead log."""
    (project.folder / "chain.yaml").write_text(f"{CHAIN}, {{processor: dedupe}}]\n", encoding="utf-8")
    for name, text in (("a.txt", ARTICLE), ("b.txt", f"等在这一页\n{OTHER}")):
        project.page(name, text)
    args = ("crawl", "localseeds", "-a", "config=chain.yaml", *STATE, "-s", "SHARD_INPUTS=1")
    with project.start(*args) as running:
        while not (project.folder / "reached").exists() and running.poll() is None:
            sleep(0.01)
        running.kill()
    assert (project.folder / "state/ledger.db-wal").stat().st_size


@pytest.mark.parametrize("shared", [True, False], ids=["as it was left", "without what SQLite shares"])
def test_a_state_that_was_cut_off_can_be_read_where_it_cannot_be_written(project, ledger, shared):
    """Status, stories and verify tell what is there, and that it is a copy; nothing changes; others are refused."""
    cut_off(project)
    if not shared:
        (project.folder / "state/ledger.db-shm").unlink()
    before = {path: path.read_bytes() for path in (project.folder / "state").rglob("*") if path.is_file()}
    [article] = project.records("state/articles/000001-0001.jsonl")
    status, out, said = ledger(*STATE, "status")
    assert (status, said) == (0, NOTE)
    assert out.splitlines()[1].split()[:3] == ["1", "open", "1"]
    assert "articles: 1\n" in out
    status, out, said = ledger(*STATE, "why", article["id"])
    assert (status, said) == (0, NOTE)
    assert f"run 1: exported as {article['id']} from a.txt" in out
    assert ledger(*STATE, "verify") == (0, "state: whole\n", NOTE)
    status, _, said = ledger(*STATE, "compact")
    assert status == 4
    assert "Read-only file system; make room or give permission" in said
    assert {path: path.read_bytes() for path in (project.folder / "state").rglob("*") if path.is_file()} == before


def test_a_state_whose_run_ended_can_be_read_where_it_cannot_be_written(project, ledger):
    """Its ledger has no log; damage in it is found there as well."""
    project.page("a.txt", ARTICLE)
    assert project.crawl(*STATE)[0] == 0
    assert ledger(*STATE, "status")[0] == 0
    (project.folder / "state/audit/mine.jsonl").write_bytes(b"")
    assert ledger(*STATE, "verify") == (
        2,
        "state: 1 problem\n",
        f"{NOTE}state/audit/mine.jsonl: no run has written this\n",
    )
    (project.folder / "state/ledger.db").write_bytes(b"no database" * 1000)
    status, _, said = ledger(*STATE, "status")
    assert status == 2
    assert "state/ledger.db: damaged, or put back from a copy: by ledger.sha256 it is not as it was left" in said


@pytest.mark.parametrize("placed", [False, True])
def test_a_copy_made_within_a_commit_is_whole(project, placed):
    """What was decided and not put in place yet is no damage: the next run brings it to its end."""
    project.page("a.txt", ARTICLE)
    assert project.crawl(*STATE)[0] == 0
    folder = project.folder / "state"
    if not placed:
        shard = folder / "articles/000001-0001.jsonl"
        shard.rename(shard.with_name(f".{shard.name}.part"))
    with StateCopy(folder) as state:
        assert list(problems(state)) == []
    assert not list(folder.glob("ledger.db-*"))
