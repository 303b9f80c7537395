"""Whole crawls of folders: what comes out, in which order, and that it is the same every time."""

import os

import pytest

ARTICLE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。\n"


def fill(project, numbers):
    """Pages of two articles each, with an advert, spread over three folders and made in the order given."""
    for number in numbers:
        halves = f"第{number}页\n{ARTICLE}广告：万通彩\n****\n又一篇，第{number}页\n{ARTICLE}"
        project.page(f"d{number % 3}/p{number:03}.txt", halves)


def outputs(project):
    """The bytes of both outputs."""
    return [(project.folder / "output" / name).read_bytes() for name in ("articles.jsonl", "audit.jsonl")]


def test_articles_come_in_the_order_of_the_pages(project):
    """Folders and files go by name, an article's id by its page; spans, lineage and source say where it came from."""
    fill(project, [2, 0, 1])
    assert project.crawl()[0] == 0
    rows = project.records()
    names = ["d0/p000.txt", "d0/p000.txt", "d1/p001.txt", "d1/p001.txt", "d2/p002.txt", "d2/p002.txt"]
    assert [row["source"] for row in rows] == names
    raw = (project.folder / "pages/d0/p000.txt").read_text(encoding="utf-8")
    texts = ["".join(raw[start:end] for start, end in row["spans"]) for row in rows[:2]]
    assert texts == [row["text"] for row in rows[:2]]
    assert rows[0]["lineage"] == {
        "encoding": "utf-8",
        "number": 0,
        "page": rows[0]["id"].removesuffix("-1"),
        "parent": rows[0]["id"].removesuffix("-1"),
    }
    assert project.audit("cut")[:2] == [("advert", "d0/p000.txt"), ("marker", "d0/p000.txt")]


def test_two_runs_give_the_same_bytes(project):
    """Neither the hash seed nor the order in which the files were made changes a byte of either output."""
    fill(project, range(12))
    project.crawl(env={"PYTHONHASHSEED": "1"})
    first = outputs(project)
    for number in range(12):
        next((project.folder / "pages").glob(f"*/p{number:03}.txt")).unlink()
    fill(project, reversed(range(12)))
    project.crawl(env={"PYTHONHASHSEED": "2"})
    assert outputs(project) == first
    assert len(first[0].splitlines()) == 24


def test_a_page_that_breaks_a_step_costs_no_other(project):
    """Of 100 pages the 99 others come out, the audit names the error, its step and item, and the exit status is 1."""
    for number in range(100):
        project.page(f"{number:02}.txt", f"第{number}页\n" + ("坏掉的一页\n" if number == 50 else ARTICLE))
    status, said = project.crawl()
    errors = [row for row in project.records("output/audit.jsonl") if row["event"] == "error"]
    assert status == 1
    assert len(project.records()) == 99
    assert len(errors) == 1
    assert errors[0]["step"] == "crawl_steps:Break"
    assert errors[0]["source"] == "50.txt"
    assert len(errors[0]["item"]) == 16
    assert errors[0]["evidence"]["error"] == "ValueError: this page breaks the step"
    assert "errors in: crawl_steps:Break 1" in said


def test_on_error_stop_ends_the_run(project):
    """With on_error: stop the first error ends the run with a message, no traceback, and status 3."""
    config = project.folder / "chain.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "on_error: stop\n", encoding="utf-8")
    project.page("a.txt", ARTICLE)
    project.page("b.txt", "坏掉的一页\n")
    project.page("c.txt", ARTICLE)
    status, said = project.crawl()
    assert status == 3
    assert [row["source"] for row in project.records()] == ["a.txt"]
    assert "b.txt" in said
    assert "Traceback" not in said
    assert "ended early: chain_stopped" in said


def test_what_a_corpus_step_held_back_comes_out_at_the_end(project):
    """Items a step gives back only in finish() are exported like any other."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: 'crawl_steps:Hold'}]\n", encoding="utf-8"
    )
    for name in ("a.txt", "b.txt"):
        project.page(name, ARTICLE)
    assert project.crawl()[0] == 0
    assert [row["source"] for row in project.records()] == ["a.txt", "b.txt"]


def test_a_large_line_and_many_lines_go_through(project):
    """A line of 50 MB and a million lines are pages like any other."""
    project.page("line.txt", "字" * (50_000_000 // 3))
    project.page("lines.txt", "一行字。\n" * 1_000_000)
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: 'crawl_steps:DropShort'}]\n", encoding="utf-8"
    )
    assert project.crawl()[0] == 0
    assert [len(row["text"]) for row in project.records()] == [50_000_000 // 3, 5_000_000]


@pytest.mark.parametrize("paths", ["pages/a,pages/b", "pages/b,pages/a"])
def test_paths_are_read_in_the_order_given(project, paths):
    """-a path takes several folders, in the order given, and names their pages after the folders."""
    project.page("a/x.txt", ARTICLE)
    project.page("b/x.txt", ARTICLE)
    assert project.crawl("-a", f"path={paths}")[0] == 0
    assert [row["source"] for row in project.records()] == [f"{p[-1]}/x.txt" for p in paths.split(",")]


def test_no_record_names_a_place_on_this_machine(project):
    """Neither output holds the path of the folder the run was in."""
    fill(project, range(3))
    project.page("gone.txt", ARTICLE).unlink()
    (project.folder / "pages/gone.txt").symlink_to(project.folder / "nothing")
    project.crawl("-a", f"path={project.folder / 'pages'}")
    assert all(os.fsencode(project.folder) not in output for output in outputs(project))
