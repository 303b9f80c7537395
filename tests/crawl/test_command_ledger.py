"""`scrapy ledger`: what there is to know and to do about a state between runs."""

import hashlib
import json

import pytest

from pipeline import shipped

STATE = ("-s", "STATE=state")
ARTICLE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。\n"
OTHER = "白鹭滩的麦子熟了，镇上的人从清早割到天黑，粮站门口排起了长队。\n"
CHAIN = (
    "version: 1\nsource: {paths: [pages/]}\nstate: state\nchain:\n"
    "  [{processor: 'crawl_steps:CutAdverts'}, {processor: fingerprint}, {processor: dedupe}]\n"
)


@pytest.fixture
def ledger(project, scrapy, monkeypatch):
    """A state of two runs: a page with an advert and a copy of it, then another page; runs `scrapy ledger` on it."""
    (project.folder / "chain.yaml").write_text(CHAIN, encoding="utf-8")
    project.page("a.txt", f"{ARTICLE}广告：万通彩\n")
    project.page("d/copy.txt", ARTICLE)
    assert project.crawl()[0] == 0
    project.page("b.txt", OTHER)
    assert project.crawl()[0] == 0
    monkeypatch.chdir(project.folder)
    monkeypatch.syspath_prepend(project.modules.rpartition(":")[2])
    return lambda *args: scrapy("ledger", "--config", "chain.yaml", *args)


def shard_of(project):
    """What a manifest would say of the articles of the first shard."""
    content = (project.folder / "state/articles/000001-0001.jsonl").read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"name": "000001-0001.jsonl", "lines": content.count(b"\n"), "bytes": len(content), "sha256": digest}


def told(project):
    """The line in which another run says how it went."""
    return project.crawl()[1].splitlines()[-1]


def articles(project):
    """Id and source of the articles in all shards."""
    names = sorted(path.name for path in (project.folder / "state/articles").iterdir())
    return [(row["id"], row["source"]) for name in names for row in project.records(f"state/articles/{name}")]


def test_status_and_stories(project, ledger):
    """Runs and totals; of an article its origin, what was cut and what lost to it; of a drop what it lost to."""
    status, out, _ = ledger("status")
    assert status == 0
    assert [line.split()[:4] for line in out.splitlines()[1:3]] == [
        ["2", "finished", "0", "1"],
        ["1", "finished", "0", "1"],
    ]
    assert "inputs: 3\n" in out
    assert "articles: 2\n" in out
    [(kept, _), _] = articles(project)
    status, out, _ = ledger("why", kept)
    assert status == 0
    assert f"run 1: exported as {kept} from a.txt to 000001-0001.jsonl: 青石桥" in out
    assert "run 1: cut by crawl_steps:CutAdverts: advert, 7 characters" in out
    assert "outlived " in out
    [drop] = [row for row in project.records("state/audit/000001-0001.jsonl") if row["event"] == "drop"]
    status, out, _ = ledger("why", drop["item"])
    assert f'"kept":"{kept}"' in out
    assert "run 1: drop by dedupe: duplicate" in out
    status, _, err = ledger("why", "nobody")
    assert status == 2
    assert "nothing is known of it" in err


def test_what_is_forgotten_is_superseded_and_read_anew(project, ledger):
    """The next run says so in the audit; compact leaves the old articles out; all is whole before and after."""
    before = articles(project)
    status, out, _ = ledger("forget", "a.txt")
    assert (status, out) == (0, "a.txt: superseded and read anew by the next run\nstate: 1 source to be forgotten\n")
    (project.folder / "pages/a.txt").unlink()
    status, out, _ = ledger("forget", "d/", "a.txt")
    assert (status, out.splitlines()[1:]) == (
        0,
        ["d/copy.txt: superseded and read anew by the next run", "state: 2 sources to be forgotten"],
    )
    assert project.crawl()[0] == 0
    assert [source for _, source in articles(project)] == ["a.txt", "b.txt", "d/copy.txt"]
    said = [row for row in project.records("state/audit/000003-0001.jsonl") if row["event"] == "input"]
    assert [(row["reason"], row["evidence"]["articles"]) for row in said] == [
        ("forgotten_input", [before[0][0]]),
        ("forgotten_input", []),
    ]
    assert ledger("verify")[:2] == (0, "state: whole\n")
    written = shard_of(project)
    assert ledger("compact")[1].startswith("state: 1 superseded article left out, ")
    account = json.loads((project.folder / "state/manifests/000001.json").read_text("utf-8"))
    assert account["shards"][0]["files"]["articles"] == shard_of(project)
    assert account["before_compact"] == [written]
    assert ledger("compact")[1].startswith("state: 0 superseded articles left out, ")
    assert json.loads((project.folder / "state/manifests/000001.json").read_text("utf-8")) == account
    assert [source for _, source in articles(project)] == ["b.txt", "d/copy.txt"]
    assert ledger("verify")[:2] == (0, "state: whole\n")
    assert told(project).startswith("state: run 4: nothing new; 2 inputs unchanged")


def test_what_is_not_remembered_is_not_forgotten(ledger):
    """Neither the others that are named beside it; the message says what such a name looks like."""
    for asked, why in (
        (["d", "nothing"], "'nothing': no source of this name is remembered, nor a folder of them, so nothing was "),
        (["d/*"], "names are those in `source` of the articles, or folders in them, without wildcards\n"),
        (["pages/a.txt"], "; what was read at this path has names like 'a.txt'\n"),
        (["pages/d/"], "; what was read at this path has names like 'd/copy.txt'\n"),
    ):
        status, _, said = ledger("forget", *asked)
        assert (status, why in said) == (2, True), said
    assert "inputs to be forgotten: 0\n" in ledger("status")[1]


def test_old_outputs_can_be_removed(project, ledger):
    """Those of all but the last run; the state stays whole, and still knows what it has read, also when made anew."""
    for run in (1, 2):
        (project.folder / f"state/red/{run:06}").mkdir(parents=True)
    assert ledger("prune", "1")[:2] == (0, "state: the outputs of 1 shard removed\n")
    assert [source for _, source in articles(project)] == ["b.txt"]
    assert [path.name for path in (project.folder / "state/manifests").iterdir()] == ["000002.json"]
    assert [path.name for path in (project.folder / "state/red").iterdir()] == ["000002"]
    assert ledger("verify")[:2] == (0, "state: whole\n")
    (project.folder / "state/ledger.db").unlink()
    assert ledger("rebuild")[:2] == (0, "state: 2 shards restored, 1 article of articles/ remembered\n")
    assert told(project).startswith("state: run 3: nothing new; 3 inputs unchanged")
    assert ledger("prune", "1")[:2] == (0, "state: the outputs of 1 shard removed\n")


def test_damage_is_found(project, ledger):
    """A shard that was changed and a file that no run has written are named."""
    (project.folder / "state/articles/000001-0001.jsonl").write_bytes(b"{}\n")
    (project.folder / "state/audit/mine.jsonl").write_bytes(b"")
    status, out, err = ledger("verify")
    assert status == 2
    assert err.splitlines() == [
        "state/articles/000001-0001.jsonl: missing, or not as it was written",
        "state/audit/mine.jsonl: no run has written this",
    ]
    assert out == "state: 2 problems\n"


@pytest.mark.parametrize("damage", [b"", b"no database" * 1000])
def test_a_lost_ledger_is_made_anew(project, ledger, damage):
    """Without it, or with a damaged one, a run is refused with the remedy; the remedy brings back what was known."""
    database = project.folder / "state/ledger.db"
    if damage:
        database.write_bytes(damage)
        status, said = project.crawl()
        assert status == 2
        assert "damaged" in said
        assert "scrapy ledger rebuild --config chain.yaml\n" in ledger("status")[2]
    database.unlink()
    status, said = project.crawl()
    assert status == 2
    assert said.rstrip().endswith(": scrapy ledger rebuild --config chain.yaml")
    assert ledger("rebuild")[:2] == (0, "state: 2 shards restored, 2 articles of articles/ remembered\n")
    project.page("again.txt", OTHER)
    assert told(project).startswith("state: run 3: new: 1 page, 0 articles, 1 drop; 3 inputs unchanged")
    assert ledger("verify")[0] == 0


@pytest.mark.parametrize("lost", [False, True])
def test_a_chain_that_nobody_named_is_not_adopted(project, ledger, scrapy, lost):
    """Without --config, a rebuild goes by the shipped chain: refused if the last run had another; nothing changes."""
    folder = project.folder / "state"
    if lost:
        (folder / "ledger.db").unlink()
    indexes = {path: path.read_bytes() for path in folder.glob("index/*/*") if path.name != "lock"}
    status, _, said = scrapy("ledger", "-s", "STATE=state", "rebuild")
    assert status == 2
    assert said.startswith("state: its last run had another chain: the steps were crawl_steps:CutAdverts, ")
    assert said.endswith(
        f"go on with this one: scrapy ledger rebuild --config {shipped('pipeline.yaml')} -s STATE=state\n"
    )
    assert {path: path.read_bytes() for path in indexes} == indexes
    told_of = f"state: {2 if lost else 0} shards restored, 2 articles of articles/ remembered\n"
    assert ledger("rebuild")[:2] == (0, told_of)
    assert told(project).startswith("state: run 3: nothing new; 3 inputs unchanged")


def test_a_ledger_from_an_older_copy_is_not_gone_on_with(project, ledger):
    """It lacks shards that are there: runs and rebuild say so, until it is moved away."""
    database = project.folder / "state/ledger.db"
    older = database.read_bytes()
    project.page("c.txt", ARTICLE.replace("图书馆", "天文馆") + OTHER)
    assert project.crawl()[0] == 0
    newer = len(articles(project))
    database.write_bytes(older)
    assert "damaged, or put back from a copy" in project.crawl()[1]
    (project.folder / "state/ledger.sha256").unlink()
    status, said = project.crawl()
    assert status == 2
    assert "state/ledger.db does not know this shard; move ledger.db away" in said
    assert "does not know this shard; move ledger.db away" in ledger("rebuild")[2]
    database.unlink()
    assert ledger("rebuild")[0] == 0
    assert told(project).startswith("state: run 4: nothing new; 4 inputs unchanged")
    assert len(articles(project)) == newer


@pytest.mark.parametrize(
    ("name", "said"), [("manifests/000001.json", "damaged"), ("inputs/000001-0001.jsonl", "its first line is missing")]
)
def test_a_torn_file_is_named_when_a_ledger_is_made_anew(project, ledger, name, said):
    """What the ledger would be made from is empty: the file, what is wrong and what to do, and no error of Python's."""
    for lost in (project.folder / "state").glob("ledger.db*"):
        lost.unlink()
    (project.folder / "state" / name).write_bytes(b"")
    status, _, told = ledger("rebuild")
    assert status == 2
    assert name in told
    assert said in told
    assert "put it back from a copy" in told


@pytest.mark.parametrize("lost", [True, False])
def test_a_rebuild_that_cannot_be_done_changes_nothing(project, ledger, lost):
    """With a shard missing it is refused; index and ledger stay, and it is done once the shard is back."""
    database, shard = project.folder / "state/ledger.db", project.folder / "state/articles/000001-0001.jsonl"
    kept = shard.read_bytes()
    shard.unlink()
    if lost:
        database.unlink()
    before = [path.read_bytes() for path in sorted((project.folder / "state/index").rglob("*.json"))]
    for _ in range(2):
        status, _, said = ledger("rebuild")
        assert status == 2
        assert "articles/000001-0001.jsonl: missing" in said
    assert [path.read_bytes() for path in sorted((project.folder / "state/index").rglob("*.json"))] == before
    if lost:
        assert "does not know this shard" in project.crawl()[1]
    shard.write_bytes(kept)
    assert ledger("rebuild")[0] == 0
    assert told(project).startswith("state: run 3: nothing new; 3 inputs unchanged")


def test_accounts_are_not_written_over_after_a_rebuild(project, ledger):
    """Numbers go on behind the highest that lies there, of runs without a shard too."""
    assert project.crawl()[0] == 0
    account = (project.folder / "state/manifests/000003.json").read_bytes()
    (project.folder / "state/ledger.db").unlink()
    assert "there is no ledger.db; make it anew from shards" in ledger("status")[2]
    assert ledger("rebuild")[0] == 0
    assert told(project).startswith("state: run 4: nothing new")
    assert (project.folder / "state/manifests/000003.json").read_bytes() == account


def test_what_is_to_be_forgotten_outlives_a_lost_ledger(project, ledger):
    """Asked for before the ledger was lost, it is done by the next run; what was read anew since is another input."""
    assert ledger("forget", "a.txt")[0] == 0
    (project.folder / "state/ledger.db").unlink()
    assert ledger("rebuild")[0] == 0
    assert "inputs to be forgotten: 1\n" in ledger("status")[1]
    assert "1 input forgotten" in told(project)
    (project.folder / "state/ledger.db").unlink()
    assert ledger("rebuild")[0] == 0
    assert "inputs to be forgotten: 0\n" in ledger("status")[1]
    assert ledger("verify")[:2] == (0, "state: whole\n")
    (project.folder / "state/ledger.db").unlink()
    for torn in (b"{", b"[]", b'{"name": "a.txt", "path": "/", "sha256": "?", "shard": "1-1"}'):
        (project.folder / "state/to_forget.jsonl").write_bytes(torn)
        assert "state/to_forget.jsonl:1: damaged" in ledger("rebuild")[2]


def test_a_damaged_index_is_told_with_the_remedy_of_a_state(project, ledger):
    """By `verify` and by a run: the index of a state is made anew by `rebuild`, and by nothing else."""
    part = next((project.folder / "state/index/dedupe").glob("part-*"))
    part.write_bytes(part.read_bytes()[:-1])
    for said in (ledger("verify")[2], project.crawl()[1]):
        assert "make it anew: scrapy ledger rebuild" in said
        assert "pipeline.rebuild" not in said
    assert ledger("rebuild")[0] == 0
    assert ledger("verify")[:2] == (0, "state: whole\n")


def test_another_chain_goes_on_after_a_rebuild(project, ledger):
    """What is exported stays; what comes goes through the chain there is now."""
    chain = project.folder / "chain.yaml"
    chain.write_text(CHAIN.replace("dedupe}", "dedupe, options: {threshold: 0.9}}"), encoding="utf-8")
    status, said = project.crawl()
    assert status == 2
    assert "step 3 (Dedupe): option threshold was 0.8, is 0.9" in said
    assert ledger("rebuild")[0] == 0
    assert told(project).startswith("state: run 3: nothing new")


def test_mistakes_are_told(scrapy, tmp_path, monkeypatch):
    """No state, no such command, no name: what to say instead, and status 2."""
    monkeypatch.chdir(tmp_path)
    assert "there is no ledger here" in scrapy("ledger", "status", "-s", "STATE=nothing")[2]
    assert not (tmp_path / "nothing").exists()
    for args in ((), ("why",), ("mend",), ("status",)):
        assert scrapy("ledger", *args)[0] == 2
