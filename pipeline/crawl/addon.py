"""The add-on that puts a chain behind the spiders of any Scrapy project."""

from __future__ import annotations

import errno
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy.extensions.feedexport import FeedExporter
from scrapy.utils.conf import closest_scrapy_cfg

from pipeline.config import Run, load
from pipeline.crawl.feeds import Feeds, LocalStorage, RecordLinesExporter
from pipeline.crawl.outputs import SHARD_LINES, refuse_fields, shard_feeds, with_audit
from pipeline.crawl.pages import fields_of
from pipeline.crawl.stdoutfeed import StandardOutput
from pipeline.errors import SeedsiftError
from pipeline.shipped import shipped

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

_NO_PLACES = frozenset({errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR})

_SETTINGS: dict[str, Any] = {
    "REMOTE_CONTROL_ENABLED": False,  # on by default since Scrapy 2.19: a server on loopback that runs code
    "TELNETCONSOLE_ENABLED": False,
    "FEED_EXPORT_ENCODING": "utf-8",  # by default every Chinese character is written as \uXXXX
    "LOG_LEVEL": "INFO",
    "DEFAULT_DROPITEM_LOG_LEVEL": "DEBUG",  # the default logs whole items
}


class ChainAddon:
    """Reads the chain's configuration and switches on the middleware and the feeds: settings, and nothing else.

    A project needs ``ADDONS = {"pipeline.crawl.addon.ChainAddon": 500}`` and, unless the shipped configuration will
    do, ``CHAIN_CONFIG = "config/pipeline.yaml"``. ``run`` is there once the settings have been applied.
    """

    run: Run
    config: Path
    state: Path | None
    """The state folder of the run, if it has one."""
    fields: dict[str, str]
    """Which fields of a user's items hold a page."""

    def __init__(self, spider: type[Spider] | None = None) -> None:
        """``spider`` is the class of the one that will crawl."""
        self._spider = spider
        self.begun = ExitStack()
        """What is to be taken back if the run is refused after all."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.spidercls)

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The add-on of a crawler. Raises SeedsiftError when it is not switched on."""
        addon = crawler.get_addon(cls)
        if addon is None:
            raise SeedsiftError('the chain is not switched on: set ADDONS = {"pipeline.crawl.addon.ChainAddon": 500}')
        return addon

    def update_settings(self, settings: BaseSettings) -> None:
        """Raises ConfigError with every problem of the configuration, before any page is read."""
        named = settings.get("CHAIN_CONFIG")
        self.config = located(named) if named else shipped("pipeline.yaml")
        self.run = load(self.config)
        for name, value in _SETTINGS.items():
            settings.set(name, value, priority="addon")
        settings["SPIDER_MIDDLEWARES"].setdefault("pipeline.crawl.middlewares.ChainMiddleware", 100)
        settings.set_in_component_priority_dict("EXTENSIONS", FeedExporter, None)
        settings.setdefault_in_component_priority_dict("EXTENSIONS", Feeds, 0)
        for scheme in ("", "file"):
            settings["FEED_STORAGES"].setdefault(scheme, LocalStorage)
        settings["FEED_STORAGES"].setdefault("stdout", StandardOutput)
        for name in ("jsonl", "jsonlines", "jl"):
            settings["FEED_EXPORTERS"].setdefault(name, RecordLinesExporter)
        self.fields = fields_of(settings.get("CHAIN_FIELDS"))
        self.state = self._state(settings.get("STATE"))
        if self.state is None:
            feeds = with_audit(settings.getdict("FEEDS"), settings.get("CHAIN_AUDIT"))
        else:
            refuse_fields(settings.get("FEED_EXPORT_FIELDS"))
            feeds = shard_feeds(settings.getdict("FEEDS"), settings.get("FEED_URI"))
            settings["FEED_STORAGES"].set("shard", "pipeline.crawl.shardfeed.ShardStorage")
            settings["FEED_EXPORTERS"].set(SHARD_LINES, RecordLinesExporter)
            settings["EXTENSIONS"].setdefault("pipeline.crawl.stateful.StatefulRun", 0)
        settings.set("FEEDS", feeds, priority=max(settings.getpriority("FEEDS") or 0, 15))

    def _state(self, setting: str | None) -> Path | None:
        """The state folder, from the setting or else the configuration; ``-s STATE=`` asks for none."""
        named = state_folder(setting, self.run.state)
        if self._spider and self._spider.name == "default":  # that of `scrapy shell` and `scrapy fetch`
            return None
        if not named and setting is None and self.run.expect:
            raise SeedsiftError(
                f"{self.config}: expect: a run needs a state to keep what is not as expected apart; name a folder "
                "(state: FOLDER), or run it without (-s STATE=)"
            )
        if named is None:
            return None
        if not getattr(self._spider, "knows_inputs", False):
            spider = getattr(self._spider, "name", "")
            raise SeedsiftError(
                f"STATE: found {str(named)!r}, but spider {spider!r} does not say which inputs its pages come from; "
                "allowed with localseeds; leave it out with other spiders (-s STATE=)"
            )
        return named


def state_folder(setting: str | None, configured: str | None) -> Path | None:
    """The state folder that the setting names, else the configuration; None without, and where the setting is empty.

    One of a configuration is the same for every folder of a project: beside ``scrapy.cfg``, unless it is where the
    command is given. Raises SeedsiftError for what can be no folder.
    """
    named = configured if setting is None else setting
    if not named:
        return None
    project = closest_scrapy_cfg()
    here = setting is not None or not project or Path(project).parent == Path.cwd() or Path(named).exists()
    folder = Path(named) if here else Path(project).parent / named
    if wrong := _wrong(named, folder):
        raise SeedsiftError(f"STATE: found {named!r}, {wrong}; name another folder (-s STATE=FOLDER)")
    return folder


def _wrong(named: str, folder: Path) -> str:
    """Why no folder of this name can be made or found; nothing if it can, or that shows only when it is used."""
    if named.isspace():
        return "which names no folder"
    try:
        folder.stat()
    except FileNotFoundError:
        return f"a link to {str(folder.readlink())!r}, which is not there" if folder.is_symlink() else ""
    except OSError as error:
        return error.strerror or str(error) if error.errno in _NO_PLACES else ""
    return ""


def located(path: str | Path) -> Path:
    """A relative path as it stands in the current folder or, if it is not there, in the project's (``scrapy.cfg``)."""
    project = closest_scrapy_cfg()
    beside = Path(project).parent / path if project else Path(path)
    return beside if beside.exists() and not Path(path).exists() else Path(path)
