"""The exit status of a crawl, and what it leaves behind when it fails."""

import resource
import signal
from time import sleep

import pytest

ARTICLE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。\n"


def refused(project, *args):
    """A crawl that must not begin: what it said, once status and absence of a traceback are checked."""
    project.page("a.txt", ARTICLE)
    status, said = project.crawl(*args)
    assert status == 2
    assert "Traceback" not in said
    assert not (project.folder / "output").exists()
    return said


def test_a_wrong_configuration_is_told_one_problem_a_line(project):
    """Every problem of the configuration is told with its place, before any page is read; status 2."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\nchain: [{processor: splitt}]\non_eror: drop\n", encoding="utf-8"
    )
    said = refused(project)
    assert [row.split(" ")[0] for row in said.splitlines() if row.startswith("chain.yaml")] == [
        "chain.yaml:3:21:",
        "chain.yaml:4:1:",
    ]


def test_a_missing_configuration_is_told(project):
    """A configuration file that is not there is named; status 2."""
    assert "nothing.yaml" in refused(project, "-a", "config=nothing.yaml")


def test_unknown_arguments_are_told(project):
    """A misspelt -a argument is an error that names those there are."""
    assert refused(project, "-a", "pth=pages") == (
        "-a pth: no such argument of localseeds; it takes path=A,B and config=FILE\n"
    )


def test_unknown_options_and_spiders_are_told(project):
    """Scrapy would take an unknown option for a spider and end an unknown spider with a traceback."""
    assert "found: localseeds --quick" in refused(project, "--quick")
    with project.start("crawl", "localseed") as running:
        said = running.communicate()[1]
    assert running.returncode == 2
    assert "no spider 'localseed' in this project; there are: localseeds" in said


def test_two_outputs_in_one_file_are_refused(project):
    """The audit cannot share a file with the articles, nor two feeds one file."""
    assert "CHAIN_AUDIT" in refused(project, "-O", "x.jsonl", "-s", "CHAIN_AUDIT=x.jsonl")
    assert "two outputs are the same file" in refused(project, "-O", "x.jsonl", "-O", "./x.jsonl")


def test_a_feed_that_cannot_be_is_refused(project):
    """A format nobody knows, given in FEEDS, ends the run before it begins; Scrapy would go on without any feed."""
    said = refused(project, "-s", 'FEEDS={"x.nothing": {"format": "nothing"}}')
    assert "FEEDS: a feed cannot be written as asked" in said


def test_an_output_that_cannot_be_opened_ends_the_run_at_once(project):
    """A folder that is no folder: status 4, the file named, no page read, no traceback."""
    project.page("a.txt", ARTICLE)
    (project.folder / "output").write_text("in the way", encoding="utf-8")
    status, said = project.crawl()
    assert status == 4
    assert "0 pages" in said
    assert f"nothing was written: {project.folder / 'output'}: File exists" in said
    assert "Traceback" not in said


def test_a_folder_in_the_place_of_an_output_ends_the_run(project):
    """An output whose name a folder has is told as such."""
    project.page("a.txt", ARTICLE)
    (project.folder / "x.jsonl").mkdir()
    status, said = project.crawl("-O", "x.jsonl")
    assert status == 4
    assert "Is a directory" in said


def test_a_full_disk_is_status_4(project):
    """What the disk has no room for is not called written, even if it only shows at the very end."""
    project.page("a.txt", ARTICLE)
    status, said = project.crawl("-O", "/dev/full:jsonl", "-s", "CHAIN_AUDIT=audit.jsonl")
    assert status == 4
    assert "No space left on device" in said
    assert not (project.folder / "audit.jsonl").exists()


def test_a_failed_run_leaves_the_earlier_outputs_whole(project):
    """When the room ends in the middle, both files keep what the last whole run wrote and nothing lies beside them."""
    project.page("a.txt", ARTICLE)
    project.crawl()
    output = project.folder / "output"
    before = {path.name: path.read_bytes() for path in output.iterdir()}
    for number in range(40):
        project.page(f"b{number}.txt", ARTICLE * 2000)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, old[1]))  # the child inherits it
    try:
        status, said = project.crawl()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
    assert status == 4
    assert "nothing was written: output/articles.jsonl: File too large" in said
    assert {path.name: path.read_bytes() for path in output.iterdir()} == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupt_ends_the_run_between_two_pages(project, number):
    """The page at work is finished, the rest is not begun, what came out is written whole, and the status is 130."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nsource: {paths: [pages/]}\n"
        "chain: [{processor: 'crawl_steps:Wait'}, {processor: 'crawl_steps:Halve'}]\n",
        encoding="utf-8",
    )
    for page in range(200):
        mark = "等在这一页\n" if page == 10 else ""
        project.page(f"{page:03}.txt", f"{mark}{ARTICLE}****\n{ARTICLE}")
    with project.start("crawl", "localseeds", "-a", "config=chain.yaml") as running:
        while not (project.folder / "reached").exists() and running.poll() is None:
            sleep(0.01)
        running.send_signal(number)
        (project.folder / "go").touch()
        said = running.communicate()[1]
    sources = [row["source"] for row in project.records()]
    assert running.returncode == 130
    assert "ended early: shutdown" in said
    assert 22 <= len(sources) < 400
    assert len(sources) == 2 * len(set(sources))
    assert len(project.audit("cut")) == len(set(sources))


def test_a_spider_that_fails_is_status_3(project):
    """An exception in a callback or in start(), or a spider that closes itself, is not a success."""
    (project.folder / "settings.py").write_text(
        'SPIDER_MODULES = ["failing"]\nCOMMANDS_MODULE = "pipeline.crawl.commands"\nLOG_LEVEL = "CRITICAL"\n'
        'ADDONS = {"pipeline.crawl.addon.ChainAddon": 500}\nCHAIN_CONFIG = "chain.yaml"\n',
        encoding="utf-8",
    )
    (project.folder / "scrapy.cfg").write_text("[settings]\ndefault = settings\n", encoding="utf-8")
    (project.folder / "failing.py").write_text(
        "import scrapy\n"
        "from scrapy.exceptions import CloseSpider\n"
        "class InStart(scrapy.Spider):\n"
        "    name = 'in_start'\n"
        "    async def start(self):\n"
        "        raise ValueError('start')\n"
        "        yield\n"
        "class InCallback(scrapy.Spider):\n"
        "    name = 'in_callback'\n"
        "    start_urls = ['data:,']\n"
        "    def parse(self, response):\n"
        "        raise ValueError('callback')\n"
        "class Closing(scrapy.Spider):\n"
        "    name = 'closing'\n"
        "    start_urls = ['data:,']\n"
        "    def parse(self, response):\n"
        "        raise CloseSpider('enough')\n",
        encoding="utf-8",
    )
    for spider in ("in_start", "in_callback", "closing"):
        with project.start("crawl", spider) as running:
            running.communicate()
        assert running.returncode == 3, spider
