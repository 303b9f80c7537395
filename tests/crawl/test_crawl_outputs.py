"""Where a run's articles and audit go: -O, -o, standard output, FEEDS."""

import csv
import errno
from pathlib import Path

import pytest

from pipeline.crawl.feeds import RecordLinesExporter

ARTICLE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。\n"


@pytest.fixture
def page(project):
    """A page with one article and one cut."""
    return project.page("a.txt", f"{ARTICLE}广告：万通彩\n")


def names(project, folder="."):
    """What lies in a folder of the project."""
    return sorted(path.name for path in (project.folder / folder).iterdir())


def test_overwriting_puts_the_audit_beside_the_articles(project, page):
    """-O writes articles only, the audit beside them, and the second run replaces both."""
    for _ in range(2):
        assert project.crawl("-O", "x/found.jsonl")[0] == 0
    assert names(project, "x") == ["found.audit.jsonl", "found.jsonl"]
    assert [row["text"] for row in project.records("x/found.jsonl")] == [ARTICLE]
    assert [row["event"] for row in project.records("x/found.audit.jsonl")] == ["cut"]


def test_appending_keeps_what_was_there(project, page):
    """-o adds to both files, and ends a line that an earlier run left half written."""
    (project.folder / "found.jsonl").write_text('{"half": 1}', encoding="utf-8")
    for _ in range(2):
        assert project.crawl("-o", "found.jsonl")[0] == 0
    assert [row.get("source") for row in project.records("found.jsonl")] == [None, "a.txt", "a.txt"]
    assert len(project.records("found.audit.jsonl")) == 2


def test_two_feeds_each_get_the_articles(project, page):
    """-O twice, in two formats: both hold the articles, the audit is beside the first and in neither."""
    assert project.crawl("-O", "one.csv", "-O", "two.jl")[0] == 0
    with (project.folder / "one.csv").open(encoding="utf-8", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == [ARTICLE]
    assert [row["source"] for row in project.records("two.jl")] == ["a.txt"]
    assert [row["event"] for row in project.records("one.audit.jsonl")] == ["cut"]


def test_standard_output_gets_articles_and_nothing_else(project, page):
    """With -O -:jsonl the summary goes to standard error and the audit to output/audit.jsonl."""
    with project.start("crawl", "localseeds", "-a", "config=chain.yaml", "-O", "-:jsonl") as running:
        out, said = running.communicate()
    assert running.returncode == 0
    assert out.count("\n") == 1
    assert '"source":"a.txt"' in out
    assert "1 page, 1 article" in said
    assert len(project.records("output/audit.jsonl")) == 1


def test_feeds_may_ask_for_the_audit_themselves(project, page):
    """A feed in FEEDS with item_classes of the audit is the audit; no other is made."""
    feeds = (
        '{"all.jsonl": {"format": "jsonlines"}, "why.jsonl": {"format": "jsonlines", '
        '"item_classes": ["pipeline.exporters.audit.AuditRecord"], "fields": ["reason", "source"]}}'
    )
    assert project.crawl("-s", f"FEEDS={feeds}")[0] == 0
    assert len(project.records("all.jsonl")) == 1
    assert project.records("why.jsonl") == [{"reason": "advert", "source": "a.txt"}]
    assert "output" not in names(project)


def test_feeds_by_address_in_batches_and_compressed(project):
    """file:// addresses, batches of two and gzip work as in any Scrapy project; the audit stays one file."""
    for number in range(5):
        project.page(f"{number}.txt", f"第{number}页，{ARTICLE}广告：万通彩\n")
    feeds = (
        f'{{"file://{project.folder}/part-%(batch_id)d.jsonl": {{"format": "jsonlines", "batch_item_count": 2}},'
        ' "all.jsonl.gz": {"format": "jsonlines", "postprocessing": ["scrapy.extensions.postprocessing.GzipPlugin"]}}'
    )
    assert project.crawl("-s", f"FEEDS={feeds}", "-s", "CHAIN_AUDIT=why.jsonl")[0] == 0
    assert [len(project.records(f"part-{n}.jsonl")) for n in (1, 2, 3)] == [2, 2, 1]
    assert (project.folder / "all.jsonl.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert len(project.records("why.jsonl")) == 5


def test_a_link_stays_a_link_and_a_mode_a_mode(project, page):
    """Replacing a file follows a link to it and keeps who may read it."""
    target = project.folder / "real.jsonl"
    target.touch(mode=0o600)
    (project.folder / "link.jsonl").symlink_to("real.jsonl")
    assert project.crawl("-O", "link.jsonl")[0] == 0
    assert (project.folder / "link.jsonl").is_symlink()
    assert len(project.records("real.jsonl")) == 1
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_device_is_written_and_not_replaced(project, page):
    """Throwing the articles away leaves /dev/null what it is."""
    assert project.crawl("-O", "/dev/null:jsonl", "-s", "CHAIN_AUDIT=audit.jsonl")[0] == 0
    assert Path("/dev/null").is_char_device()
    assert len(project.records("audit.jsonl")) == 1


def test_a_run_without_articles_writes_empty_files(project):
    """No page, no article: both files are there and empty."""
    assert project.crawl()[0] == 0
    assert project.records() == []
    assert project.records("output/audit.jsonl") == []


def test_paths_of_the_configuration_are_found_from_below_the_project(project, page):
    """In a sub-folder of the project, source.paths and CHAIN_CONFIG are found beside scrapy.cfg."""
    (project.folder / "below").mkdir()
    crawl = ("crawl", "localseeds", "-s", "CHAIN_CONFIG=chain.yaml", "-O", "x.jsonl")
    inside = type(project)(project.folder / "below", project.modules)
    with inside.start(*crawl) as running:
        running.communicate()
    assert running.returncode == 0
    assert [row["source"] for row in inside.records("x.jsonl")] == ["a.txt"]


@pytest.mark.parametrize(("at", "told"), [("state/inputs/.1.part", "state/inputs/.1.part"), (None, "articles")])
def test_an_error_names_the_file_it_is_about(at, told):
    """A shard writes several files; where the error names none, it is the feed's."""

    class Closed:
        name = "articles"

        def write(self, row):
            raise PermissionError(errno.EACCES, "Permission denied", at)

    with pytest.raises(PermissionError, match="Permission denied") as raised:
        RecordLinesExporter(Closed()).export_item({"text": ARTICLE})
    assert raised.value.filename == told
