"""Crawls that remember: with an index in the configuration, the next crawl knows what the last one exported."""

import pytest

CHAIN = """\
version: 1
source: {paths: [pages/]}
chain:
  - processor: fingerprint
  - processor: dedupe
    options: {index: state/articles}
"""
OLD = "白鹭滩的麦子熟了，镇上的人从清早割到天黑，粮站门口排起了长队，孩子们在晒场上追着麻雀跑。"
NEW = "青石镇新修的石桥今天通车，摆渡三十年的老周把船系在桥下，说明年开春还要给它上一遍桐油。"


@pytest.fixture
def project(project):
    """A project with an index and one page."""
    (project.folder / "chain.yaml").write_text(CHAIN, encoding="utf-8")
    project.page("old.txt", OLD)
    return project


def test_the_next_crawl_knows_what_the_last_one_exported(project):
    """Over the same page and a new one, the second crawl exports the new one and names the run of the old."""
    assert project.crawl()[0] == 0
    [first] = project.records()
    project.page("new.txt", NEW)
    assert project.crawl()[0] == 0
    assert [row["source"] for row in project.records()] == ["new.txt"]
    [drop] = project.records("output/audit.jsonl")
    assert drop["evidence"] == {
        "kept": first["id"],
        "run": 1,
        "similarity": 1.0,
        "source": "old.txt",
        "verified": "exact",
    }


def test_a_crawl_whose_output_failed_is_not_remembered(project):
    """What could not be put in place is exported by the next crawl."""
    assert project.crawl("-O", "/dev/full:jsonl", "-s", "CHAIN_AUDIT=audit.jsonl")[0] == 4
    assert project.crawl()[0] == 0
    assert [row["source"] for row in project.records()] == ["old.txt"]


def test_a_crawl_that_was_stopped_is_not_remembered(project):
    """A crawl that ended early holds nothing against the next one."""
    assert project.crawl("-s", "CLOSESPIDER_ITEMCOUNT=1")[0] != 0
    assert project.crawl()[0] == 0
    assert [row["source"] for row in project.records()] == ["old.txt"]


def test_a_damaged_index_is_an_error_before_the_first_page(project):
    """The exit status is that of a wrong configuration, the error names the file, and no output changes."""
    project.crawl()
    before = project.records()
    (project.folder / "state/articles/manifest.json").write_bytes(b"{}\n")
    status, said = project.crawl()
    assert status == 2
    assert said.startswith("state/articles/manifest.json: damaged")
    assert project.records() == before
