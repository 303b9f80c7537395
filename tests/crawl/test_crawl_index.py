"""Crawls that remember: with an index in the configuration, the next crawl knows what the last one exported."""

import shutil

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


def test_a_crawl_that_finds_nothing_new_leaves_the_outputs(project):
    """The same crawl again leaves articles and audit as they are, and says so; a page more, and both are replaced."""
    assert project.crawl()[0] == 0
    before = outputs(project)
    code, told = project.crawl()
    assert code == 0
    assert "nothing new; as before: output/articles.jsonl" in told
    assert outputs(project) == before
    project.page("new.txt", NEW)
    assert project.crawl()[0] == 0
    assert [row["source"] for row in project.records()] == ["new.txt"]
    assert not list((project.folder / "output").glob(".*"))


def test_a_crawl_of_nothing_still_replaces_its_outputs(project):
    """Where no earlier crawl is remembered, an empty output is what there is to say."""
    (project.folder / "output").mkdir()
    (project.folder / "output/articles.jsonl").write_text('{"id":"old"}\n', encoding="utf-8")
    (project.folder / "pages/old.txt").write_text(" ", encoding="utf-8")
    assert project.crawl()[0] == 0
    assert project.records() == []


KILLING = """\
import os
import signal
from pathlib import Path

from pipeline import Options, Processor


class Killing(Processor[Options]):
    \"\"\"Lets the process be killed before one of its renames.\"\"\"

    def open(self):
        left = int(os.environ.get("KILL_AT", "1000"))
        real = Path.replace

        def counted(*given):
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given)

        Path.replace = counted

    def process(self, item):
        yield item
"""


def test_a_crawl_killed_before_any_rename_loses_nothing(project):
    """Whether its outputs were in place, or one index, or both: the same command again leaves the same outputs."""
    (project.folder / "killing.py").write_text(KILLING, encoding="utf-8")
    two = "  - processor: dedupe_paragraphs\n    options: {index: state/paragraphs}\n"
    chain = CHAIN.replace("chain:\n", "chain:\n  - processor: killing:Killing\n") + two
    (project.folder / "chain.yaml").write_text(chain, encoding="utf-8")
    expected, killed = None, 2  # the first two only make the indexes
    while project.crawl(env={"KILL_AT": str(killed)})[0] == -9:
        killed += 1
        assert project.crawl()[0] == 0
        expected = expected or outputs(project)
        assert [row["source"] for row in project.records()] == ["old.txt"]
        assert outputs(project) == expected
        shutil.rmtree(project.folder / "state")
        shutil.rmtree(project.folder / "output")
    assert killed == 7  # two outputs, what the second index has prepared, and two commits


def outputs(project):
    """Articles and audit as they are."""
    return [(project.folder / "output" / name).read_bytes() for name in ("articles.jsonl", "audit.jsonl")]


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


def test_other_shingles_leave_index_and_outputs_as_they_were(project):
    """A run that finds at its first article that it cannot use the index says so and replaces nothing."""
    assert project.crawl()[0] == 0
    before = project.records()
    other = CHAIN.replace("fingerprint\n", "fingerprint\n    options: {shingle_size: 4}\n")
    (project.folder / "chain.yaml").write_text(other, encoding="utf-8")
    project.page("new.txt", NEW)
    code, told = project.crawl()
    assert code == 3
    assert "shingle_size" in told
    assert project.records() == before


def test_an_index_that_cannot_be_written_is_told(project):
    """The outputs are in place, but the exit status says that the next run will not know them."""
    step = (
        "import shutil\n\nfrom pipeline import Options, Processor\n\n\n"
        "class Removing(Processor[Options]):\n"
        '    """Removes the index while the run goes on."""\n\n'
        "    def process(self, item):\n        shutil.rmtree('state/articles')\n        yield item\n"
    )
    (project.folder / "removing.py").write_text(step, encoding="utf-8")
    chain = CHAIN.replace("chain:\n", "chain:\n  - processor: removing:Removing\n")
    (project.folder / "chain.yaml").write_text(chain, encoding="utf-8")
    code, told = project.crawl()
    assert code == 3
    assert "not remembered" in told
    assert "Traceback" not in told
    assert [row["source"] for row in project.records()] == ["old.txt"]


def test_a_file_in_place_of_the_index_is_a_usage_error(project):
    """An index that is named after a file that exists is refused before the first page, without a traceback."""
    (project.folder / "state").mkdir()
    (project.folder / "state/articles").write_text("mine", encoding="utf-8")
    code, told = project.crawl()
    assert code == 2
    assert "an index is a folder" in told
    assert "Traceback" not in told
