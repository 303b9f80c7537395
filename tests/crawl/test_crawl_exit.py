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


@pytest.mark.parametrize("value", ["oops", "[]", '{"txt": "body"}', '{"text": 1}'])
def test_fields_that_are_no_fields_are_told(project, value):
    """CHAIN_FIELDS that is no JSON, no object or names something else is told in one line; status 2."""
    said = refused(project, "-s", f"CHAIN_FIELDS={value}")
    assert said == (
        f"CHAIN_FIELDS: found {value!r}; allowed is an object that names the fields of your items that hold "
        'text and source, like {"text": "text", "source": "url"}\n'
    )


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


@pytest.mark.parametrize("moment", ["export_item", "finish_exporting"])
def test_an_exporter_that_fails_is_status_4(project, moment):
    """Whatever an exporter raises, while writing or at the end, the outputs are not put in place."""
    project.page("a.txt", ARTICLE)
    (project.folder / "exporters.py").write_text(
        "from pipeline.crawl.feeds import RecordLinesExporter\n"
        "class Broken(RecordLinesExporter):\n"
        f"    def {moment}(self, *args):\n"
        "        raise ValueError('this exporter breaks')\n",
        encoding="utf-8",
    )
    status, said = project.crawl("-O", "x.odd", "-s", 'FEED_EXPORTERS={"odd": "exporters.Broken"}')
    assert status == 4
    assert "nothing was written: " in said
    assert ("ValueError: this exporter breaks" if moment == "export_item" else "x.odd could not be finished") in said
    assert not [path for path in project.folder.iterdir() if path.name.startswith(("x.", ".x."))]


def own_project(project, spiders, addons='{"pipeline.crawl.addon.ChainAddon": 500}'):
    """Settings and spiders of somebody's own, with seedsift's crawl command."""
    (project.folder / "settings.py").write_text(
        'SPIDER_MODULES = ["own_spiders", "pipeline.crawl.spiders"]\n'
        'COMMANDS_MODULE = "pipeline.crawl.commands"\nLOG_LEVEL = "CRITICAL"\n'
        f'ADDONS = {addons}\nCHAIN_CONFIG = "chain.yaml"\n',
        encoding="utf-8",
    )
    (project.folder / "scrapy.cfg").write_text("[settings]\ndefault = settings\n", encoding="utf-8")
    (project.folder / "own_spiders.py").write_text(spiders, encoding="utf-8")


SPIDERS = """\
import scrapy
from scrapy.exceptions import CloseSpider

class InStart(scrapy.Spider):
    name = "in_start"
    async def start(self):
        raise ValueError("start")
        yield

class InCallback(scrapy.Spider):
    name = "in_callback"
    start_urls = ["data:,"]
    def parse(self, response):
        raise ValueError("callback")

class Closing(scrapy.Spider):
    name = "closing"
    start_urls = ["data:,"]
    def parse(self, response):
        raise CloseSpider("enough")

class Unborn(scrapy.Spider):
    name = "unborn"
    def __init__(self, **others):
        raise ValueError("no spider")
"""


@pytest.mark.parametrize("name", ["in_start", "in_callback", "closing", "unborn"])
def test_a_spider_that_fails_is_status_3(project, name):
    """An exception in a spider, wherever it comes from, or a spider that closes itself, is not a success."""
    own_project(project, SPIDERS)
    with project.start("crawl", name) as running:
        running.communicate()
    assert running.returncode == 3


def test_localseeds_needs_the_addon(project):
    """Without the add-on there is no chain: nothing is read, and what to set is told."""
    own_project(project, "", addons="{}")
    status, said = project.crawl("-a", "path=pages", "-L", "ERROR")
    assert status == 3
    assert "the chain is not switched on: set ADDONS" in said


def test_a_configuration_without_paths_needs_some(project):
    """When neither the configuration nor -a path says what to read, that is told."""
    (project.folder / "chain.yaml").write_text(
        "version: 1\nchain: [{processor: 'crawl_steps:Halve'}]\n", encoding="utf-8"
    )
    assert "nothing to read: source.paths in chain.yaml names no file or folder" in refused(project)


def test_mistakes_are_told_by_the_other_crawler_process_too(project):
    """Scrapy's older CrawlerProcess, which other reactors need, ends the same way."""
    said = refused(project, "-a", "config=nothing.yaml", "-s", "FORCE_CRAWLER_PROCESS=1")
    assert said.startswith("nothing.yaml")
