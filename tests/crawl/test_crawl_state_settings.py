"""What a crawl with a state folder does not begin with: settings, feeds and inputs that cannot be, another run."""

import os
import shlex
from pathlib import Path
from time import sleep

import pytest

from tests.states import ARTICLE, STATE, crawl, rows, told


def test_another_chain_is_refused(project, read, scrapy, monkeypatch):
    """A state is held to the chain it was made with; what differs is told, and the command that goes on with it."""
    chain = project.folder / "chain.yaml"
    text = chain.read_text(encoding="utf-8")
    chain.write_text(text.replace("  - processor: crawl_steps:Halve\n", ""), encoding="utf-8")
    said = crawl(project, expected=2)
    assert "state: what is there was made with another chain: the steps were " in said
    assert said.endswith("go on with this chain: scrapy ledger rebuild --config chain.yaml -s STATE=state")
    monkeypatch.chdir(project.folder)
    monkeypatch.syspath_prepend(project.modules.rpartition(":")[2])
    status, out, _ = scrapy(*shlex.split(said.rpartition(": scrapy ")[2]))
    assert status == 0
    assert "state: goes on with the chain of chain.yaml: the steps were " in out
    assert crawl(project) == "state: run 2: nothing new; 2 inputs unchanged"


@pytest.mark.parametrize(
    "args", [("-O", "x.jsonl"), ("-s", 'FEEDS={"x.jsonl": {"format": "jsonlines"}}'), ("-s", "FEED_URI=x.jsonl")]
)
def test_other_feeds_are_refused(project, args):
    """What a run has a state for goes into its shards; feeds that others name are an error before anything is read."""
    project.page("a.txt", ARTICLE)
    status, said = project.crawl(*STATE, *args)
    assert status == 2
    assert said.startswith("FEEDS: found x.jsonl; a run with a state writes shards")
    assert not (project.folder / "state").exists()


@pytest.mark.parametrize("size", ["0", "many"])
def test_a_size_of_shards_that_is_none_is_refused(project, size):
    """It is told, with what is allowed, and no run is begun."""
    project.page("a.txt", ARTICLE)
    assert "SHARD_INPUTS: found " in crawl(project, "-s", f"SHARD_INPUTS={size}", expected=2)
    assert crawl(project).startswith("state: run 1: new")


def test_a_feed_that_was_switched_off_is_noticed(project):
    """Without the feeds, nothing is called read, and the run ends as one whose output failed."""
    project.page("a.txt", ARTICLE)
    off = ("-s", 'EXTENSIONS={"pipeline.crawl.feeds.Feeds": null}')
    status, said = project.crawl(*STATE, *off)
    assert status == 4
    assert "1 records were exported, 0 are in the shard" in said
    assert crawl(project) == "state: run 1, attempt 2: new: 1 page, 1 article; 0 inputs unchanged"


def test_the_extension_of_the_state_is_needed(project):
    """Switched off, it is named, and nothing is begun."""
    project.page("a.txt", ARTICLE)
    off = 'EXTENSIONS={"pipeline.crawl.stateful.StatefulRun": null}'
    assert "StatefulRun is switched off, and a run with a state needs it" in crawl(project, "-s", off, expected=2)
    assert not (project.folder / "state").exists()


def test_records_of_a_state_are_whole(project):
    """Fields that would leave out the text of articles, and the evidence of the audit, are refused."""
    project.page("a.txt", ARTICLE)
    said = crawl(project, "-s", "FEED_EXPORT_FIELDS=id,title", expected=2)
    assert said.startswith("FEED_EXPORT_FIELDS: found 'id,title'; a run with a state writes its records whole")
    assert not (project.folder / "state").exists()


def test_a_state_inside_of_what_is_read_is_refused(project):
    """Its shards would be pages of the next run."""
    project.page("a.txt", ARTICLE)
    status, said = project.crawl("-s", "STATE=pages/state")
    assert status == 2
    assert "pages/state is inside the input" in said
    assert not (project.folder / "pages/state").exists()


def test_links_into_the_state_are_passed_over(project, read):
    """Wherever below the input they stand, to a folder or a file of it; they are named, and nothing is new."""
    pages, state = project.folder / "pages", project.folder / "state"
    (pages / "d").mkdir()
    (pages / "d/shards").symlink_to(state / "articles")
    (pages / "file").symlink_to(state / "articles/000001-0001.jsonl")
    (pages / "up").symlink_to(project.folder)
    (project.folder / "chain.yaml").rename(project.folder / ".chain.yaml")
    (project.folder / "scrapy.cfg").unlink()
    env = {"SCRAPY_SETTINGS_MODULE": "pipeline.crawl.settings"}
    args = ("crawl", "localseeds", "-a", "config=.chain.yaml", *STATE)
    with project.start(*args, env=env) as running:
        said = running.communicate()[1].splitlines()
    assert [line.partition("WARNING: ")[2].partition(";")[0] for line in said[:3]] == [
        "d/shards leads into the state folder",
        "file leads into the state folder",
        "up/state leads into the state folder",
    ]
    assert running.returncode == 5  # the pages below up/ are a folder inside itself
    assert told(project) == [("folder_loop", "up/pages", {})]
    assert len(rows(project)) == 2


def test_what_is_in_the_state_is_no_input(project, read):
    """A folder of it that is given itself is refused."""
    said = crawl(project, "-a", "path=state/articles", expected=2)
    assert said == "-a path: state/articles is inside the state state; what runs wrote there is no input"
    said = crawl(project, "-a", "path=state", "-s", "STATE=new", expected=2)
    assert said == f"-a path: state is inside the state {project.folder / 'state'}; what runs wrote there is no input"


def test_a_state_inside_another_is_refused(project, read):
    """Whichever of the two is named, and by whatever path; the one that is there stays as it was."""
    state = project.folder / "state"
    (project.folder / "linked").symlink_to(state)
    before = sorted(state.rglob("*"))
    for folder in ("state/articles", "linked/inner/deeper"):
        told = f"STATE: {folder} is inside another state, {state}; name a folder outside of it (-s STATE=FOLDER)\n"
        assert project.crawl("-s", f"STATE={folder}") == (2, told)
    told = f"STATE: another state, {state}, is inside .; name a folder beside it (-s STATE=FOLDER)\n"
    assert project.crawl("-s", "STATE=.") == (2, told)
    assert sorted(state.rglob("*")) == before
    assert not (project.folder / "articles").exists()


def test_the_state_of_the_configuration(project):
    """`state:` in the YAML names the folder, and `-s STATE=` switches it off."""
    project.page("a.txt", ARTICLE)
    chain = project.folder / "chain.yaml"
    chain.write_text(chain.read_text(encoding="utf-8") + "state: nightly/\n", encoding="utf-8")
    assert project.crawl()[1].splitlines()[-1].startswith("nightly: run 1: new: 1 page, 1 article;")
    assert project.crawl("-s", "STATE=")[1].startswith("1 page, 1 article")
    assert len(project.records()) == 1


def test_a_second_run_on_the_same_state_is_refused(project):
    """It names process, host and start of the one that has it, with a status of its own; a dead one stops nobody."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: 'crawl_steps:Wait'}]\n", encoding="utf-8"
    )
    project.page("a.txt", "等在这一页\n")
    with project.start("crawl", "localseeds", "-a", "config=chain.yaml", *STATE) as first:
        while not (project.folder / "reached").exists() and first.poll() is None:
            sleep(0.01)
        said = crawl(project, expected=7)
        first.kill()
    lock = Path(project.folder / "state/lock").read_text(encoding="ascii")
    assert f"in use by process {first.pid} on {os.uname().nodename} since 20" in said
    assert lock.strip() in said
    (project.folder / "go").touch()
    assert crawl(project) == "state: run 1, attempt 2: new: 1 page, 1 article; 0 inputs unchanged"


@pytest.mark.parametrize("gone", ["lock", "folder"])
def test_a_state_stays_that_of_the_run_that_has_it(project, scrapy, monkeypatch, gone):
    """`lock` removed, all others are still refused and the run ends well; the folder moved away, it claims nothing."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: 'crawl_steps:Wait'}]\n", encoding="utf-8"
    )
    state = project.folder / "state"
    project.page("a.txt", f"等在这一页\n{ARTICLE}")
    with project.start("crawl", "localseeds", "-a", "config=chain.yaml", *STATE) as first:
        while not (project.folder / "reached").exists() and first.poll() is None:
            sleep(0.01)
        if gone == "lock":
            (state / "lock").unlink()
            assert "state: in use by another run, whose file lock somebody has removed" in crawl(project, expected=7)
            monkeypatch.chdir(project.folder)
            assert scrapy("ledger", *STATE, "verify")[0] == 7
        else:
            state.rename(project.folder / "moved")
            state.mkdir()
        (project.folder / "go").touch()
        said = first.communicate()[1]
    if gone == "lock":
        assert (first.returncode, len(rows(project))) == (0, 1)
    else:
        assert first.returncode == 4
        assert "state: removed or replaced while this run was at work" in said
        assert not list(state.rglob("*"))
        state.rmdir()
        (project.folder / "moved").rename(state)
    assert project.crawl(*STATE)[0] == 0
    assert len(rows(project)) == 1


def test_a_step_that_fails_at_the_end_is_no_night_that_went_well(project):
    """Whatever it raises: nothing is called read, and the run ends as one whose output failed."""
    broken = "class Broken(Dedupe):\n    def prepare(self):\n        raise ValueError('no')\n"
    (project.folder / "own.py").write_text(f"from processors.dedupe import Dedupe\n\n\n{broken}", "utf-8")
    chain = "chain: [{processor: fingerprint}, {processor: 'own:Broken'}]\n"
    (project.folder / "chain.yaml").write_text(f"version: 1\nsource: {{paths: [pages/]}}\n{chain}", encoding="utf-8")
    project.page("a.txt", ARTICLE)
    status, said = project.crawl(*STATE)
    assert status == 4
    assert "ValueError: no" in said
    assert not list((project.folder / "state/articles").iterdir())
