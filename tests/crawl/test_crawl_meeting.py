"""Runs that meet at one output: one writes it, the others say so and leave it alone."""

from contextlib import contextmanager
from time import sleep

import pytest

ARTICLE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。\n"


@pytest.fixture
def pages(project):
    """A project whose runs stop at the second of three pages until they are told to go on."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: 'crawl_steps:Wait'}]\n", encoding="utf-8"
    )
    for name, mark in (("a.txt", ""), ("b.txt", "等在这一页\n"), ("c.txt", "")):
        project.page(name, mark + ARTICLE)
    return project


@contextmanager
def waiting(project, *args):
    """A run that has begun and waits at its second page."""
    with project.start("crawl", "localseeds", "-a", "config=chain.yaml", *args) as running:
        try:
            while not (project.folder / "reached").exists() and running.poll() is None:
                sleep(0.01)
            yield running
        finally:
            running.kill()


def finished(project, running):
    """Let a waiting run end; its exit status."""
    (project.folder / "go").touch()
    running.communicate()
    return running.returncode


def left(project):
    """What lies in the output folder, dotted names too."""
    return sorted(path.name for path in (project.folder / "output").iterdir())


@pytest.mark.parametrize("option", ["-O", "-o"])
def test_a_second_run_onto_one_output_is_refused_at_once(pages, option):
    """It reads nothing, says which output, who writes it and what to do, and takes nothing from the first; status 4."""
    with waiting(pages, option, "output/x.jsonl") as running:
        status, said = pages.crawl(option, "output/x.jsonl")
        assert status == 4
        assert said.startswith("0 pages, 0 articles\n")
        assert (
            f"nothing was written: output/x.jsonl: another run (process {running.pid}) is writing it; "
            "wait until that one has ended, or name another file (-O FILE)"
        ) in said
        assert "Traceback" not in said
        assert finished(pages, running) == 0
    assert [row["source"] for row in pages.records("output/x.jsonl")] == ["a.txt", "b.txt", "c.txt"]
    assert left(pages) == ["x.audit.jsonl", "x.jsonl"]


def test_a_shared_audit_is_refused_too(pages):
    """Runs with articles of their own and one audit meet at the audit; what the second began is taken away again."""
    audit = ("-s", "CHAIN_AUDIT=output/why.jsonl")
    with waiting(pages, "-O", "output/x.jsonl", *audit) as running:
        status, said = pages.crawl("-O", "output/y.jsonl", *audit)
        assert status == 4
        assert "nothing was written: output/why.jsonl: another run" in said
        assert finished(pages, running) == 0
    assert left(pages) == ["why.jsonl", "x.jsonl"]


def test_runs_onto_different_outputs_do_not_meet(pages):
    """Another output in the same folder can be written meanwhile."""
    with waiting(pages, "-O", "output/x.jsonl") as running:
        assert pages.crawl("-a", "path=pages/a.txt", "-O", "output/y.jsonl")[0] == 0
        assert finished(pages, running) == 0
    assert left(pages) == ["x.audit.jsonl", "x.jsonl", "y.audit.jsonl", "y.jsonl"]


def test_a_killed_run_stops_no_later_one(pages):
    """After kill -9 the outputs are as they were, and the next run writes what it would have written anyway."""
    (pages.folder / "go").touch()
    assert pages.crawl()[0] == 0
    whole = {name: (pages.folder / "output" / name).read_bytes() for name in left(pages)}
    for name in ("go", "reached"):
        (pages.folder / name).unlink()
    with waiting(pages) as running:
        running.kill()
    assert {name: (pages.folder / "output" / name).read_bytes() for name in whole} == whole
    (pages.folder / "go").touch()
    assert pages.crawl()[0] == 0
    assert {name: (pages.folder / "output" / name).read_bytes() for name in left(pages)} == whole


def test_a_file_written_aside_that_goes_away_is_status_4(pages):
    """When somebody removes what is being written, the run says so and puts no output in place."""
    with waiting(pages, "-O", "output/x.jsonl") as running:
        (pages.folder / "output/.x.audit.jsonl.part").unlink()
        (pages.folder / "go").touch()
        said = running.communicate()[1]
    assert running.returncode == 4
    assert "output/x.audit.jsonl: what was written aside (.x.audit.jsonl.part) was removed during the run" in said
    assert left(pages) == []


def test_batches_hold_their_output_to_the_end(pages):
    """A second run into the same numbered files is refused even when the first has put its first file in place."""
    feeds = '{"output/x-%(batch_id)d.jsonl": {"format": "jsonlines", "batch_item_count": 1}}'
    args = ("-s", f"FEEDS={feeds}", "-s", "CHAIN_AUDIT=output/why.jsonl")
    with waiting(pages, *args) as running:
        status, said = pages.crawl(*args[:3], "CHAIN_AUDIT=other.jsonl")
        assert status == 4
        assert "output/x-1.jsonl: another run" in said
        assert finished(pages, running) == 0
    assert left(pages) == ["why.jsonl", "x-1.jsonl", "x-2.jsonl", "x-3.jsonl"]
