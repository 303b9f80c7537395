"""Which feeds a run writes: what the user asked for, and the audit beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

from scrapy.extensions.feedexport import ItemFilter
from scrapy.utils.misc import load_object
from w3lib.url import file_uri_to_path

from pipeline.errors import SeedsiftError
from pipeline.exporters.audit import AuditRecord
from pipeline.ledger.state import is_state

ARTICLES = "output/articles.jsonl"
AUDIT = "output/audit.jsonl"

SHARD_LINES = "shardlines"
"""The format of the feeds of a state: JSON lines, whatever a project has made of ``jsonlines``."""

SHARD = 1000
"""Inputs after which a run makes a shard. More lose more work in an interruption, fewer wait more for the disk."""

_MOST = 9  # digits


class RecordFilter(ItemFilter):
    """Keeps the audit out of a feed that does not name it in ``item_classes``."""

    def accepts(self, item: Any) -> bool:
        return super().accepts(item) if self.item_classes else not isinstance(item, AuditRecord)


def with_audit(feeds: Mapping[Any, Mapping[str, Any]], audit: str | None) -> dict[str, dict[str, Any]]:
    """The feeds of a run, none of them with audit records by accident, and the audit's own unless one has it already.

    Without any feed they are ``output/articles.jsonl`` and ``output/audit.jsonl``. The audit goes where ``audit`` says,
    else beside the first feed in a local file (``x.jsonl`` -> ``x.audit.jsonl``), and is appended where that one is.
    Raises SeedsiftError when both would be the same file.
    """
    asked = {str(uri): dict(options) for uri, options in feeds.items()} or {
        ARTICLES: {"format": "jsonlines", "overwrite": True}
    }
    for options in asked.values():
        options.setdefault("item_filter", RecordFilter)
    if any(_takes_audit(options) for options in asked.values()):
        return asked
    first = next((uri for uri in asked if local_path(uri)), None)
    target = audit or (_beside(first) if first and feeds else AUDIT)
    if target in asked:
        raise SeedsiftError(f"CHAIN_AUDIT: {target!r} is also where the articles go; give the audit a file of its own")
    own = {
        "format": "jsonlines",
        "overwrite": asked[first].get("overwrite", False) if first else True,
        "item_classes": [AuditRecord],
        "batch_item_count": 0,
    }
    return {**asked, target: own}


def shard_feeds(asked: Mapping[Any, Any], uri: str | None) -> dict[str, dict[str, Any]]:
    """The feeds of a run with a state: its shards, and nothing else.

    Raises SeedsiftError when somebody has asked for others: with ``-o``, ``-O``, the settings ``FEEDS`` and
    ``FEED_URI`` (``uri``), or scrapyd's ``items_dir``. What goes there could not be known to have been written.
    """
    found = [*map(str, asked), *([uri] if uri else [])]
    if found:
        raise SeedsiftError(
            f"FEEDS: found {', '.join(found)}; a run with a state writes shards in the state folder and nothing else: "
            "leave out -o, -O, FEEDS and FEED_URI, and under scrapyd items_dir"
        )
    options = {"format": SHARD_LINES, "item_filter": RecordFilter, "batch_item_count": 0}
    return {"shard:articles": options, "shard:audit": {**options, "item_classes": [AuditRecord]}}


def shard_inputs(setting: Any) -> int:
    """How many inputs a shard has. Raises SeedsiftError for what is no such number."""
    asked = str(SHARD if setting is None else setting)
    if not asked.isdecimal() or len(asked) > _MOST or not int(asked):
        raise SeedsiftError(f"SHARD_INPUTS: found {setting!r}; allowed is a whole number from 1 on, such as {SHARD}")
    return int(asked)


def refuse_fields(fields: Any) -> None:
    """Raises SeedsiftError when the records of a state are to be written in parts: what is left out would be lost."""
    if fields:
        raise SeedsiftError(
            f"FEED_EXPORT_FIELDS: found {fields!r}; a run with a state writes its records whole, for what is exported "
            "once is not read again: leave it out, and choose fields where the shards are read"
        )


def local_path(uri: str) -> Path | None:
    """The file a feed's address means, or None for one that lies elsewhere (a bucket, standard output)."""
    if uri.startswith("file:"):
        return Path(file_uri_to_path(uri))
    return None if urlsplit(uri).scheme and not PurePath(uri).drive else Path(uri)


def refuse_inputs(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Raises SeedsiftError when an output would be written over an input.

    A file inside an input folder may be one only if this program wrote it: what an earlier run left there.
    """
    roots = [root.resolve() for root in inputs]
    for output in outputs:
        real = output.resolve()
        inside = any(root in real.parents for root in roots)
        if real in roots or (inside and real.is_file() and not _ours(real)):
            raise SeedsiftError(f"{output}: this output is one of the inputs; name a file outside of them (-O FILE)")


def refuse_inside(state: Path, inputs: Iterable[Path]) -> None:
    """Raises SeedsiftError when a state folder is inside an input, or the other way round: shards would be read.

    And when one state is inside another: what looks after the outer one would take the inner one for its own.
    """
    real = state.resolve()
    if outer := next(filter(is_state, real.parents), None):
        raise SeedsiftError(
            f"STATE: {state} is inside another state, {outer}; name a folder outside of it (-s STATE=FOLDER)"
        )
    if inner := next((path for path in sorted(real.glob("*")) if not path.is_symlink() and is_state(path)), None):
        raise SeedsiftError(
            f"STATE: another state, {inner}, is inside {state}; name a folder beside it (-s STATE=FOLDER)"
        )
    for root in inputs:
        if root.resolve() in (real, *real.parents):
            raise SeedsiftError(
                f"STATE: {state} is inside the input {root}; name a folder outside of what is read (-s STATE=FOLDER)"
            )
        above = root.resolve().parents
        if found := real if real in above else next(filter(is_state, (root.resolve(), *above)), None):
            named = state if found == real else found
            raise SeedsiftError(f"-a path: {root} is inside the state {named}; what runs wrote there is no input")


def _takes_audit(options: Mapping[str, Any]) -> bool:
    return any(issubclass(AuditRecord, load_object(cls)) for cls in options.get("item_classes") or ())


def _beside(uri: str) -> str:
    folder, slash, name = uri.rpartition("/")
    stem = name.split(".")[0] if not name.startswith(".") else name
    return f"{folder}{slash}{stem or name}.audit.jsonl"


def _ours(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(6) in (b"", b'{"id":', b'{"even')
