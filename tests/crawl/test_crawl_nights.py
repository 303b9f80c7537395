"""How the runs of a state are told of: exit status, manifest, and nights that are not as expected."""

import json

from pipeline.ledger.database import Database
from pipeline.ledger.runs import runs

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
    assert said.startswith(
        "state: run 1: NOT AS EXPECTED; its output is in state/red/000001, and nothing is remembered;"
    )
    assert "not as expected: min_articles is 2, there were 1" in said
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
    assert "NOT FINISHED; its shards hold " in stop[1]
    assert manifest(project, 1)["state"] == "open"
    status, said = project.crawl("-s", "SHARD_INPUTS=1")
    assert status == 1
    assert said.startswith("state: run 1, attempt 2: new: 3 pages, 2 articles;")
    found = manifest(project, 1)
    assert (found["state"], found["exit_code"], found["attempts"]) == ("finished", 1, 2)
    assert found["counts"]["chain/errors/crawl_steps:Break"] == 1
    assert found["counts"]["chain/crawl_steps:CutAdverts/cut/advert"] == 2
    assert found["counts"]["ledger/inputs/new"] == 3
    assert [shard["number"] for shard in found["shards"]] == [1, 2, 3]
    assert len(found["chain"]["steps"]) == 4
    assert found["versions"]["scrapy"]
    assert found["seconds"]["run"] > 0
    database = Database(project.folder / "state")
    assert [(run.number, run.state, run.exit_code, run.attempts) for run in runs(database)] == [(1, "finished", 1, 2)]
    database.close()
