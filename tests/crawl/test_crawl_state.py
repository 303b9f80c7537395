"""Crawls with a state folder: each reads only what is new, and no article is lost or doubled."""

import os
from time import sleep

import pytest

from tests.states import ARTICLE, OTHER, STATE, crawl, rows, told


def test_the_same_folder_again_is_nothing_new(project, read):
    """Nothing is written, the inputs are not even opened, and that is well and said."""
    before = {path: path.read_bytes() for path in (project.folder / "state").glob("a*/*")}
    hook = "import sys\nsys.addaudithook(lambda event, found: event == 'open' and print(found[0], file=sys.stderr))\n"
    (project.folder / "opened.py").write_text(hook, encoding="utf-8")
    (project.folder / "settings.py").write_text("import opened\nfrom pipeline.crawl.settings import *\n", "utf-8")
    (project.folder / "scrapy.cfg").write_text("[settings]\ndefault = settings\n", encoding="utf-8")
    status, errors = project.crawl(*STATE)
    assert status == 0
    assert errors.splitlines()[-1] == "state: run 2: nothing new; 2 inputs unchanged; exit 0"
    assert [line for line in errors.splitlines() if line.endswith("chain.yaml")]
    assert not [line for line in errors.splitlines() if line.endswith(("a.txt", "b.txt"))]
    assert {path: path.read_bytes() for path in (project.folder / "state").glob("a*/*")} == before


def test_a_file_that_was_added_is_the_only_one_read(project, read):
    """Its articles are the only new ones, in a shard of the second run."""
    project.page("ab.txt", f"丙\n{ARTICLE}")
    assert crawl(project) == "state: run 2: new: 1 page, 1 article; 2 inputs unchanged"
    assert [row["source"] for row in rows(project)] == ["a.txt", "b.txt", "ab.txt"]
    assert (project.folder / "state/articles/000002-0001.jsonl").is_file()


def test_a_file_that_was_changed_is_read_anew_and_its_articles_superseded(project, read):
    """The audit names the articles that count no more; a change is found even if size and time are as they were."""
    page = project.folder / "pages/a.txt"
    was = page.stat()
    project.page("a.txt", f"丁\n{ARTICLE}")
    os.utime(page, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert page.stat().st_size == was.st_size
    assert crawl(project) == "state: run 2: new: 1 page, 1 article, 1 input changed; 1 input unchanged"
    assert [row["source"] for row in rows(project)] == ["a.txt", "b.txt", "a.txt"]
    assert told(project) == [("superseded_input", "a.txt", {"articles": [read[0]]})]


def test_a_file_that_was_renamed_brings_no_article(project, read):
    """It is known by its content, and under its new name from then on."""
    (project.folder / "pages/a.txt").rename(project.folder / "pages/z.txt")
    assert crawl(project) == "state: run 2: new: 0 pages, 0 articles, 1 input renamed; 1 input unchanged"
    assert told(project) == [("renamed_input", "z.txt", {"was": "a.txt"})]
    assert crawl(project) == "state: run 3: nothing new; 2 inputs unchanged"
    project.page("z.txt", f"丁\n{ARTICLE}")
    crawl(project)
    assert told(project)[1:] == [("superseded_input", "z.txt", {"articles": [read[0]]})]


def test_files_that_change_places_lose_nothing(project, read):
    """A name that has got the content of another, and the other one a new content, are each taken for what they are."""
    (project.folder / "pages/a.txt").rename(project.folder / "pages/0.txt")
    project.page("a.txt", f"戊\n{OTHER}")
    assert crawl(project) == "state: run 2: new: 1 page, 1 article, 1 input renamed; 1 input unchanged"
    assert told(project) == [("renamed_input", "0.txt", {"was": "a.txt"})]


def test_a_file_that_was_removed_is_noted_once(project, read):
    """Its articles stay; when it comes back as it was, nothing is new."""
    page = project.folder / "pages/a.txt"
    page.rename(project.folder / "a.txt")
    assert crawl(project) == "state: run 2: new: 0 pages, 0 articles, 1 input removed; 1 input unchanged"
    assert told(project) == [("removed_input", "a.txt", {})]
    assert crawl(project) == "state: run 3: nothing new; 1 input unchanged"
    (project.folder / "a.txt").rename(page)
    assert crawl(project) == "state: run 4: nothing new; 2 inputs unchanged"
    assert len(rows(project)) == 2


def test_a_file_below_two_of_the_paths_is_removed_once(project, read):
    """A folder that is given beside one it lies in says nothing twice."""
    project.page("sub/c.txt", f"丙\n{OTHER}")
    project.page("sub/d.txt", f"丁\n{OTHER}")
    paths = ("-a", "path=pages,pages/sub")
    crawl(project, *paths)
    (project.folder / "pages/sub/c.txt").unlink()
    crawl(project, *paths)
    assert told(project) == [("removed_input", "sub/c.txt", {})]


def test_a_folder_in_the_place_of_a_file(project, read):
    """The file is gone, whatever has taken its name."""
    (project.folder / "pages/a.txt").unlink()
    project.page("a.txt/b.txt", f"丙\n{ARTICLE}")
    assert crawl(project).startswith("state: run 2: new: 1 page, 1 article, 1 input removed; 1 input unchanged")
    assert told(project) == [("removed_input", "a.txt", {})]


def test_a_copy_is_a_page_of_its_own(project, read):
    """The same content under a second name, with the first still there, is no renaming."""
    project.page("c.txt", f"甲\n{ARTICLE}")
    assert crawl(project) == "state: run 2: new: 1 page, 1 article; 2 inputs unchanged"


def test_other_folders_do_not_supersede_each_other(project, read):
    """Pages of one name in two folders are two inputs, and the folder that is not read is not called removed."""
    (project.folder / "day").mkdir()
    (project.folder / "day/a.txt").write_text(OTHER, "utf-8")
    assert crawl(project, "-a", "path=day") == "state: run 2: new: 1 page, 1 article; 0 inputs unchanged"
    assert told(project) == []


def test_no_two_articles_have_one_id(project, read):
    """The same name and content in a folder that is given by itself is another page; each ends by itself."""
    (project.folder / "day").mkdir()
    page = project.folder / "day/a.txt"
    page.write_text(f"甲\n{ARTICLE}", "utf-8")
    crawl(project, "-a", "path=day")
    assert [row["source"] for row in rows(project)] == ["a.txt", "b.txt", "a.txt"]
    second = rows(project)[2]
    assert (second["lineage"]["number"], second["id"] in read) == (1, False)
    page.write_text(f"丁\n{ARTICLE}", "utf-8")
    crawl(project, "-a", "path=day")
    assert told(project) == [("superseded_input", "a.txt", {"articles": [second["id"]]})]
    page.write_text(f"甲\n{ARTICLE}", "utf-8")
    crawl(project, "-a", "path=day")
    assert rows(project)[4]["id"] == second["id"]  # as it was before its last change
    project.page("a.txt", f"丙\n{ARTICLE}")
    assert told(project)[2:] == []
    crawl(project)
    assert told(project)[2:] == [("superseded_input", "a.txt", {"articles": [read[0]]})]


def test_what_cannot_be_read_is_tried_again(project, read):
    """A broken link costs the exit status of unread inputs each time, until it leads somewhere."""
    link = project.folder / "pages/c.txt"
    link.symlink_to(project.folder / "later")
    for _ in range(2):
        crawl(project, expected=5)
    (project.folder / "later").write_text(OTHER, "utf-8")
    assert crawl(project) == "state: run 4: new: 1 page, 1 article; 2 inputs unchanged"


def test_an_item_pipeline_that_fails_costs_the_shard(project):
    """What an item pipeline could not take is not called exported; the next run does it again."""
    (project.folder / "own.py").write_text(
        "class Failing:\n    def process_item(self, item):\n        raise ValueError('this pipeline breaks')\n", "utf-8"
    )
    project.page("a.txt", ARTICLE)
    status, said = project.crawl(*STATE, "-s", 'ITEM_PIPELINES={"own.Failing": 1}')
    assert status == 4
    assert "an item pipeline failed on <Article" in said
    assert rows(project) == []
    assert crawl(project) == "state: run 1, attempt 2: new: 1 page, 1 article; 0 inputs unchanged"


def test_dedupe_remembers_in_the_state(project):
    """A copy of an earlier night ends; a new version of a file does not lose to its own old one, but others to it."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: fingerprint}, {processor: dedupe}]\n", "utf-8"
    )
    project.page("a.txt", ARTICLE * 3)
    crawl(project, "-s", "SHARD_INPUTS=1")
    assert crawl(project) == "state: run 2: nothing new; 1 input unchanged"
    project.page("b.txt", ARTICLE * 3)
    crawl(project)
    project.page("a.txt", (ARTICLE * 3).replace("三千册", "四千册", 1))
    project.page("c.txt", ARTICLE * 3)
    assert crawl(project, "-s", "SHARD_INPUTS=1").startswith(
        "state: run 4: new: 2 pages, 1 article, 1 drop, 1 input changed;"
    )
    drops = [row for row in rows(project, "audit") if row["event"] == "drop"]
    assert [row["source"] for row in rows(project)] == ["a.txt", "a.txt"]
    assert [(row["source"], row["evidence"]["run"]) for row in drops] == [("b.txt", 1), ("c.txt", 4)]
    assert sorted(path.name for path in (project.folder / "state/articles").iterdir()) == [
        "000001-0001.jsonl",
        "000003-0001.jsonl",
        "000004-0001.jsonl",
        "000004-0002.jsonl",
    ]


@pytest.mark.parametrize("rebuilt", [False, True])
def test_a_copy_is_offered_again_when_its_partner_has_changed(project, scrapy, monkeypatch, rebuilt):
    """The run after the one that superseded an article reads what was dropped for it, once, on a new ledger too."""
    text = (
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: fingerprint}, {processor: dedupe}]\nstate: state\n"
    )
    (project.folder / "chain.yaml").write_text(text, encoding="utf-8")
    for name in ("a.txt", "b.txt", "c.txt"):
        project.page(name, ARTICLE * 3)
    crawl(project)
    first = rows(project)[0]["id"]
    project.page("a.txt", OTHER * 3)
    crawl(project)
    monkeypatch.chdir(project.folder)
    if rebuilt:
        (project.folder / "state/ledger.db").unlink()
        assert scrapy("ledger", "--config", "chain.yaml", "rebuild")[0] == 0
    assert crawl(project) == "state: run 3: new: 2 pages, 1 article, 1 drop, 2 inputs reoffered; 1 input unchanged"
    assert [row["source"] for row in rows(project)] == ["a.txt", "a.txt", "b.txt"]
    lost = {"articles": [], "lost_to": first}
    assert told(project)[1:] == [("reoffered_input", name, lost) for name in ("b.txt", "c.txt")]
    assert crawl(project) == "state: run 4: nothing new; 3 inputs unchanged"
    assert "run 3: its copy in b.txt was read again" in scrapy("ledger", "--config", "chain.yaml", "why", first)[1]


PEOPLE = ("何", "郑", "苏", "梅")
PLACES = {"shift": (1, 2, 3), "swap": (3, 1, 2, 0), "ring": (1, 2, 0, 3)}
"""Whose text is in which file after the move, by number."""


@pytest.mark.parametrize("size", ["1", "1000"])
@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
def test_contents_that_change_places_are_each_in_an_article(project, places, size):
    """No page is dropped for an article that its own file ends later in the same run, however large a shard is."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: fingerprint}, {processor: dedupe}]\n", "utf-8"
    )
    texts = [f"渡口的船夫老{name}说，水退了三尺，{name}家湾的田又露出来了。" * 3 for name in PEOPLE]
    for number, text in enumerate(texts):
        project.page(f"{number}.txt", text)
    crawl(project)
    for number in range(len(texts)):
        (project.folder / f"pages/{number}.txt").unlink()
    for number, place in enumerate(places):
        project.page(f"{number}.txt", texts[place])
    crawl(project, "-s", f"SHARD_INPUTS={size}")
    ended = {article for _, _, evidence in told(project) for article in evidence.get("articles", ())}
    live = {row["text"] for row in rows(project) if row["id"] not in ended}
    assert live >= {texts[place] for place in places}


def test_an_interrupted_run_goes_on_behind_its_last_shard(project):
    """Killed on its fourth page, the run keeps three in their shards; the next attempt reads only the others."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: 'crawl_steps:Wait'}]\n", encoding="utf-8"
    )
    for number in range(6):
        project.page(f"{number}.txt", "等在这一页\n" if number == 3 else f"第{number}页\n{ARTICLE}")
    args = ("-s", "SHARD_INPUTS=1")
    with project.start("crawl", "localseeds", "-a", "config=chain.yaml", *STATE, *args) as running:
        while not (project.folder / "reached").exists() and running.poll() is None:
            sleep(0.01)
        running.kill()
    assert [row["source"] for row in rows_so_far(project)] == ["0.txt", "1.txt", "2.txt"]
    (project.folder / "go").touch()
    assert crawl(project, *args) == "state: run 1, attempt 2: new: 6 pages, 6 articles; 3 inputs unchanged"
    assert [row["source"] for row in rows(project)] == [f"{number}.txt" for number in range(6)]


def test_a_run_tells_once_what_it_could_not_read(project):
    """Stopped behind the shard that says so, it does not say it again; its exit status is still that of the whole."""
    (project.folder / "pages/0.txt").symlink_to(project.folder / "nothing")
    for number in (1, 2, 3):
        project.page(f"{number}.txt", f"第{number}页\n{ARTICLE}")
    args = ("-s", "SHARD_INPUTS=1")
    assert project.crawl(*STATE, *args, "-s", "CLOSESPIDER_ITEMCOUNT=3")[0] == 3
    crawl(project, *args, expected=5)
    assert told(project) == [("broken_link", "0.txt", {})]
    assert [row["source"] for row in rows(project)] == ["1.txt", "2.txt", "3.txt"]


def rows_so_far(project):
    """The articles of the shards that are in place while another is being written."""
    names = sorted(path.name for path in (project.folder / "state/articles").glob("0*.jsonl"))
    return [record for name in names for record in project.records(f"state/articles/{name}")]
