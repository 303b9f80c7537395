"""The add-on in a Scrapy project of somebody's own: two settings put the chain behind an HTTP spider."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

ARTICLE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。"
SETTINGS = """\
SPIDER_MODULES = ["news_spiders"]
ADDONS = {"pipeline.crawl.addon.ChainAddon": 500}
CHAIN_CONFIG = "chain.yaml"
"""
SPIDERS = '''\
from dataclasses import dataclass
import scrapy


@dataclass
class Story:
    url: str
    text: str
    section: str


class News(scrapy.Spider):
    """Two pages, the second found on the first; an item without a text beside each."""
    name = "news"

    def __init__(self, port, **others):
        super().__init__(**others)
        self.start_urls = [f"http://127.0.0.1:{port}/1"]

    def parse(self, response):
        path = response.url.rpartition("/")[2]
        yield Story(url=f"http://news.test/{path}", text=response.text, section="city")
        yield {"links": int(path)}
        if path == "1":
            yield response.follow("/2")


class Start(scrapy.Spider):
    """Items from start(), without an address of their own."""
    name = "start"

    async def start(self):
        yield {"body": "第一页，很长的一页文字。", "n": 1}
        yield {"body": "第二页，很长的一页文字\\ud800", "n": 2}
        yield {"body": "  "}
'''


class Pages(BaseHTTPRequestHandler):
    """Serves pages 1 and 2."""

    def do_GET(self):
        body = f"{ARTICLE}第{self.path[1:]}页\n广告：万通彩\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def port():
    """The port of a server on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def news(project):
    """The project with settings and spiders of its own."""
    (project.folder / "settings.py").write_text(SETTINGS, encoding="utf-8")
    (project.folder / "scrapy.cfg").write_text("[settings]\ndefault = settings\n", encoding="utf-8")
    (project.folder / "news_spiders.py").write_text(SPIDERS, encoding="utf-8")
    return project


def finished(project, *args):
    """What a command that must succeed said on standard error."""
    with project.start(*args) as running:
        said = running.communicate()[1]
    assert running.returncode == 0, said
    return said


def test_an_http_spider_gets_the_chain_by_two_settings(news, port):
    """The pages of the user's spider become articles and audit; its other items are exported as they are."""
    said = finished(news, "crawl", "news", "-a", f"port={port}")
    rows = news.records()
    assert [row["text"] for row in rows if "text" in row] == [f"{ARTICLE}第1页\n", f"{ARTICLE}第2页\n"]
    assert [row["source"] for row in rows if "text" in row] == ["http://news.test/1", "http://news.test/2"]
    assert [row["meta"] for row in rows if "text" in row] == ['{"section":"city"}'] * 2
    assert [row for row in rows if "text" not in row] == [{"links": 1}, {"links": 2}]
    assert news.audit("cut") == [("advert", "http://news.test/1"), ("advert", "http://news.test/2")]
    assert "'chain/crawl_steps:CutAdverts/cut/advert': 2" in said


def test_the_same_page_gives_the_same_text_from_disk_and_from_http(news, port):
    """A chain does not know where a page came from."""
    finished(news, "crawl", "news", "-a", f"port={port}")
    online = [(row["text"], row["spans"]) for row in news.records() if "text" in row]
    for number in (1, 2):
        news.page(f"{number}.txt", f"{ARTICLE}第{number}页\n广告：万通彩\n")
    (news.folder / "scrapy.cfg").write_text("[settings]\ndefault = pipeline.crawl.settings\n", encoding="utf-8")
    assert news.crawl()[0] == 0
    assert [(row["text"], row["spans"]) for row in news.records()] == online


def test_fields_have_the_names_the_project_gives_them(news):
    """CHAIN_FIELDS names the field of the text; items from start() go by the spider's name and their number."""
    finished(news, "crawl", "start", "-s", 'CHAIN_FIELDS={"text": "body"}')
    rows = news.records()
    assert [(row["source"], row["lineage"]["number"], row["meta"]) for row in rows] == [
        ("start", 0, '{"n":1}'),
        ("start", 1, '{"n":2}'),
    ]
    assert rows[1]["text"] == "第二页，很长的一页文字\N{REPLACEMENT CHARACTER}"
    assert news.audit("input") == [("lone_surrogates", "start"), ("empty_input", "start")]


def test_the_addon_switches_off_what_listens(news):
    """Neither Scrapy's remote control nor its telnet console is there to be connected to."""
    said = finished(news, "crawl", "start", "-L", "DEBUG")
    assert "Enabled extensions" in said
    assert "RemoteControl" not in said
    assert "TelnetConsole" not in said


def test_what_the_project_sets_wins(news):
    """The add-on gives defaults; a project's own log level and feeds stay."""
    with (news.folder / "settings.py").open("a", encoding="utf-8") as settings:
        settings.write('LOG_LEVEL = "ERROR"\nFEEDS = {"mine.jsonl": {"format": "jsonlines", "overwrite": True}}\n')
    said = finished(news, "crawl", "start", "-s", 'CHAIN_FIELDS={"text": "body"}')
    assert said == ""
    assert len(news.records("mine.jsonl")) == 2
    assert len(news.records("mine.audit.jsonl")) == 2
    assert not (news.folder / "output").exists()
