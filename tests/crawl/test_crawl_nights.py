"""How the runs of a state are told of: exit status, manifest, and nights that are not as expected."""

import json

import pytest

from pipeline.ledger.database import Database
from pipeline.ledger.runs import runs
from pipeline.report.manifest import KINDS

ARTICLE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。\n"


def manifest(project, run):
    """The manifest of a run."""
    return json.loads((project.folder / f"state/manifests/{run:06}.json").read_text(encoding="utf-8"))


def chain(project, more):
    """Let the configuration name a state, and say more."""
    file = project.folder / "chain.yaml"
    text = file.read_text(encoding="utf-8").partition("state:")[0]
    file.write_text(f"{text}state: state/\n{more}", encoding="utf-8")


def test_a_red_night_is_kept_apart_and_read_again(project):
    """Its status is 6, its output lies where nobody takes it for output, and the next night reads its inputs again."""
    project.page("a.txt", ARTICLE)
    chain(project, "expect: {min_articles: 2}\n")
    status, said = project.crawl()
    assert status == 6
    assert said.splitlines()[-1] == (
        "state: run 1: NOT AS EXPECTED: min_articles is 2, there were 1; its output is in state/red/000001, "
        "and nothing is remembered; 0 inputs unchanged; exit 6"
    )
    assert [row["source"] for row in project.records("state/red/000001/articles.jsonl")] == ["a.txt"]
    assert not list((project.folder / "state/articles").iterdir())
    assert manifest(project, 1)["not_as_expected"] == ["min_articles is 2, there were 1"]
    project.page("b.txt", ARTICLE.replace("图书馆", "博物馆"))
    assert project.crawl()[0] == 0
    assert [row["source"] for row in project.records("state/articles/000002-0001.jsonl")] == ["a.txt", "b.txt"]
    assert project.crawl()[0] == 0  # nothing new is no red night


def test_expectations_need_a_state(project):
    """Without one there would be nothing to keep the output from; that is an error before anything is read."""
    project.page("a.txt", ARTICLE)
    file = project.folder / "chain.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "expect: {min_articles: 2}\n", encoding="utf-8")
    status, said = project.crawl()
    assert status == 2
    assert "expect: a run needs a state" in said
    assert project.crawl("-s", "STATE=")[0] == 0


def test_the_manifest_is_the_account_of_the_whole_run(project):
    """Versions, chain, counts and shards with hashes; what the first attempt's shards counted is in it, too."""
    for number in range(3):
        project.page(
            f"{number}.txt", f"第{number}页\n" + ("坏掉的一页\n" if number == 1 else f"{ARTICLE}广告：万通彩\n")
        )
    chain(project, "")
    stop = project.crawl("-s", "SHARD_INPUTS=1", "-s", "CLOSESPIDER_ITEMCOUNT=2")
    assert stop[0] == 3
    assert "NOT FINISHED (closespider_itemcount); its shards hold new: 2 pages," in stop[1]
    assert manifest(project, 1)["state"] == "open"
    status, said = project.crawl("-s", "SHARD_INPUTS=1")
    assert status == 1
    assert said.splitlines()[-1] == (
        "state: run 1, attempt 2: new: 3 pages, 2 articles, 2 cuts, 1 error; 2 inputs unchanged; exit 1"
    )
    found = manifest(project, 1)
    assert (found["state"], found["exit_code"], found["attempts"]) == ("finished", 1, 2)
    assert found["counts"]["chain/errors/crawl_steps:Break"] == 1
    assert found["counts"]["chain/crawl_steps:CutAdverts/cut/advert"] == 2
    assert found["counts"]["ledger/inputs/new"] == 3
    assert [shard["number"] for shard in found["shards"]] == [1, 2, 3]
    assert len(found["chain"]["steps"]) == 4
    assert found["inputs"] == {**dict.fromkeys(KINDS, 0), "new": 3, "unchanged": 2}
    assert "T" in found["started"] <= found["ended"]
    assert found["versions"]["scrapy"]
    assert found["seconds"]["run"] > 0
    database = Database(project.folder / "state")
    assert [(run.number, run.state, run.exit_code, run.attempts) for run in runs(database)] == [(1, "finished", 1, 2)]
    database.close()


@pytest.mark.parametrize(
    ("page", "later"),
    [(b"", 0), (b"\0\1\2\3", 0), ("坏掉的一页\n".encode(), 1)],
    ids=["empty", "binary", "failing"],
)
def test_a_night_of_which_nothing_comes_is_red(project, page, later):
    """New inputs without one article are not as anybody expects, and are read again; with an article they are."""
    chain(project, "")
    project.page("b.txt", page)
    status, said = project.crawl()
    assert status == 6
    assert "run 1: NOT AS EXPECTED: no article came of 1 new input (where this is well: min_articles: 0);" in said
    project.page("a.txt", ARTICLE)
    assert project.crawl()[0] == later
    assert manifest(project, 2)["inputs"]["new"] == 2


def test_a_night_of_copies_is_as_any_other(project):
    """What is dropped for an article that is known has come of the inputs; nothing may be said to be well."""
    file = project.folder / "chain.yaml"
    text = (
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: fingerprint}, {processor: dedupe}]\nstate: state/\n"
    )
    file.write_text(text, encoding="utf-8")
    project.page("a.txt", ARTICLE)
    assert project.crawl()[0] == 0
    project.page("b.txt", ARTICLE)
    assert project.crawl()[0] == 0
    project.page("c.txt", "")
    file.write_text(f"{text}expect: {{min_articles: 0}}\n", encoding="utf-8")
    assert project.crawl()[0] == 0


def test_a_folder_that_was_emptied_is_red(project):
    """Likely a disk is missing: nothing is called removed, each night, until it is back, or that is called well."""
    page = project.page("a.txt", ARTICLE)
    (project.folder / "more").mkdir()
    (project.folder / "more/b.txt").write_text(ARTICLE.replace("图书馆", "博物馆"), "utf-8")
    both = ("-a", "path=pages,more")
    chain(project, "")
    assert project.crawl(*both)[0] == 0
    page.rename(project.folder / "a.txt")
    for _ in range(2):
        status, said = project.crawl(*both)
        assert status == 6
        found = "pages is empty, and inputs were read there before (where this is well: min_pages: 0)"
        assert said.splitlines()[-1].endswith(f"AS EXPECTED: {found}; nothing is remembered; 1 input unchanged; exit 6")
    (project.folder / "a.txt").rename(page)
    status, said = project.crawl(*both)
    assert (status, said.splitlines()[-1]) == (0, "state: run 4: nothing new; 2 inputs unchanged; exit 0")
    page.unlink()
    chain(project, "expect: {min_pages: 0}\n")
    assert "run 5: new: 0 pages, 0 articles, 1 input removed; 1 input unchanged; exit 0" in project.crawl(*both)[1]
    chain(project, "")
    assert project.crawl(*both)[0] == 0  # it was empty before


def test_a_folder_that_is_not_there_loses_nothing(project):
    """One of several, of a disk nobody has mounted: each night an input that cannot be read, until it is back."""
    project.page("a.txt", ARTICLE)
    more = project.folder / "more"
    more.mkdir()
    (more / "b.txt").write_text(ARTICLE.replace("图书馆", "博物馆"), "utf-8")
    both = ("-a", "path=pages,more")
    chain(project, "")
    assert project.crawl(*both)[0] == 0
    more.rename(project.folder / "away")
    for run in (2, 3):
        status, said = project.crawl(*both)
        assert (status, manifest(project, run)["inputs"]["removed"]) == (5, 0)
        assert "more is not there; of what earlier runs read in it (inputs: 1) nothing is noted as removed: " in said
    (project.folder / "away").rename(more)
    assert "run 4: nothing new; 2 inputs unchanged; exit 0" in project.crawl(*both)[1]


def test_a_folder_that_was_half_emptied_is_red(project):
    """Nothing is called removed until the inputs are back; where as many new ones come, old ones may go."""
    pages = [project.page(f"d/{number:02}.txt", f"第{number}页\n{ARTICLE}") for number in range(11)]
    project.page("a.txt", ARTICLE)
    chain(project, "")
    assert project.crawl()[0] == 0
    (project.folder / "pages/d").rename(project.folder / "away")
    status, said = project.crawl()
    assert status == 6
    assert (
        "run 2: NOT AS EXPECTED: 11 of 12 inputs are no longer there (where this is well: max_removed_share: 1);"
        in said
    )
    assert manifest(project, 2)["inputs"]["removed"] == 0
    (project.folder / "away").rename(project.folder / "pages/d")
    assert "run 3: nothing new; 12 inputs unchanged; exit 0" in project.crawl()[1]
    for page in pages:
        page.unlink()
    for number in range(6):
        project.page(f"e/{number}.txt", f"新的第{number}页\n{ARTICLE}")
    status, said = project.crawl("-s", "SHARD_INPUTS=4")
    assert (status, said.splitlines()[-1]) == (
        0,
        "state: run 4: new: 6 pages, 6 articles, 11 inputs removed; 1 input unchanged; exit 0",
    )
    chain(project, "expect: {max_removed_share: 0.1}\n")
    (project.folder / "pages/e/0.txt").unlink()
    assert "max_removed_share is 0.1, it was 0.143: 1 of 7 inputs are no longer there" in project.crawl()[1]


def test_a_few_pages_of_which_nothing_comes_are_no_failure(project):
    """A page that is rightly dropped as a whole turns no night red, and is not read again."""
    chain(project, "")
    project.page("a.txt", "短")
    assert "run 1: new: 1 page, 0 articles, 1 drop; 0 inputs unchanged; exit 0" in project.crawl()[1]
    chain(project, "expect: {max_drop_share: 0.9}\n")
    project.page("b.txt", "更短")
    assert "run 2: new: 1 page, 0 articles, 1 drop; 1 input unchanged; exit 0" in project.crawl()[1]


def test_a_red_run_keeps_the_shards_of_an_interrupted_one(project):
    """What an earlier attempt has exported counts, and is said to; what came since is kept apart and read again."""
    for number in range(4):
        project.page(f"{number}.txt", f"第{number}页\n{ARTICLE}")
    chain(project, "")
    assert project.crawl("-s", "SHARD_INPUTS=2", "-s", "CLOSESPIDER_ITEMCOUNT=3")[0] == 3
    kept = (project.folder / "state/articles/000001-0001.jsonl").read_bytes()
    chain(project, "expect: {min_articles: 5}\n")
    status, said = project.crawl()
    assert status == 6
    assert said.splitlines()[-1] == (
        "state: run 1, attempt 2: NOT AS EXPECTED: min_articles is 5, there were 4; its output is in state/red/000001, "
        "and of it 1 earlier shard, and nothing else, is remembered; 2 inputs unchanged; exit 6"
    )
    assert (project.folder / "state/articles/000001-0001.jsonl").read_bytes() == kept
    assert [row["source"] for row in project.records("state/red/000001/articles.jsonl")] == ["2.txt", "3.txt"]
    found = manifest(project, 1)
    assert (found["counts"]["chain/articles"], [shard["number"] for shard in found["shards"]]) == (4, [1])
    chain(project, "")
    assert project.crawl()[0] == 0
    assert [row["source"] for row in project.records("state/articles/000002-0001.jsonl")] == ["2.txt", "3.txt"]
