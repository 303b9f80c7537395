"""Values -> JSON bytes, the same for the same value on every machine and under every hash seed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

import orjson

_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY
_SORTED = _OPTIONS | orjson.OPT_SORT_KEYS
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def line(record: Any) -> bytes:
    """A dataclass or a mapping as one line of JSON: its fields in their order, the keys of mappings in them sorted.

    A record is never lost because of what a processor put into its evidence: what JSON has not is written as text.
    """
    if is_dataclass(record):
        try:
            return orjson.dumps(record, option=_SORTED | orjson.OPT_APPEND_NEWLINE)
        except TypeError:
            record = {field.name: getattr(record, field.name) for field in fields(record)}
    rows = (dump(str(name)) + b":" + dump(value) for name, value in record.items())
    return b"{" + b",".join(rows) + b"}\n"


def dump(value: Any) -> bytes:
    """A value as JSON, the keys of mappings sorted."""
    try:
        return orjson.dumps(value, option=_SORTED)
    except TypeError:
        return orjson.dumps(_plain(value), option=_SORTED)


def _plain(value: Any) -> Any:
    """The same value made of what JSON has; a lone surrogate, which UTF-8 has not, becomes U+FFFD, one for one."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(entry) for key, entry in value.items()}
    if isinstance(value, Set):
        return [_plain(entry) for entry in sorted(value, key=str)]
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [_plain(entry) for entry in value]
    try:
        orjson.dumps(value, option=_OPTIONS)
    except TypeError:
        return _named(value)
    return value


def _named(value: object) -> str:
    """Something JSON cannot hold, as text that does not tell where in memory it lay."""
    kind = type(value)
    if kind.__repr__ is object.__repr__ and kind.__str__ is object.__str__:
        return f"<{kind.__qualname__}>"
    return _LONE_SURROGATE.sub("\ufffd", str(value))
