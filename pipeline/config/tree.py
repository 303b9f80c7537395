"""Parser events become located values.

What is read is the plain part of YAML 1.2: mappings, lists, text, numbers, ``true``, ``false`` and ``null``. Aliases
and tags are refused, so every value stands in exactly one place and no file can grow while it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from yaml.error import Mark
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pipeline.config.findings import Findings
from pipeline.config.node import Entry, Node, Scalar

MAX_DEPTH = 30

# The core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema) without .inf and .nan, which no option
# wants. PyYAML's own resolver reads YAML 1.1, where `no` is false, `1:30` is 90 and `1e-3` is text.
_INTEGER = re.compile(r"[-+]?[0-9]{1,300}", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"], None),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
}


class Tree:
    """Builds the value of one document. ``refused`` says that something in it must not be read any further."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.refused = False

    def build(self, events: Iterator[Event]) -> Node | None:
        """The root of the only document, None if there is none. Raises ConfigError and what the parser raises."""
        root: Node | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    self._refuse(event, "a second document begins; allowed: one a file")
                root = self._value(next(events), events, 0)
        return root

    def _value(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        line, column = _place(event)
        if depth > MAX_DEPTH:
            self.findings.fatal(line, column, f"nested more than {MAX_DEPTH} deep; no key needs that")
        if isinstance(event, AliasEvent):
            self._refuse(event, f"found the alias *{event.anchor}; aliases are not read here, write the value out")
        elif (tag := getattr(event, "tag", None)) not in (None, "!"):
            self._refuse(event, f"found the tag {tag}; tags are not read here, write the plain value")
        if isinstance(event, MappingStartEvent):
            return Node(line, column, entries=self._entries(events, depth + 1))
        if isinstance(event, SequenceStartEvent):
            return Node(line, column, items=self._items(events, depth + 1))
        return Node(line, column, self._scalar(event) if isinstance(event, ScalarEvent) else None)

    def _items(self, events: Iterator[Event], depth: int) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := next(events), SequenceEndEvent):
            items.append(self._value(event, events, depth))
        return tuple(items)

    def _entries(self, events: Iterator[Event], depth: int) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self._value(event, events, depth)
            value = self._value(next(events), events, depth)
            if not isinstance(event, ScalarEvent):
                self._refuse(event, f"found {key.found()} as a key; allowed: text")
            elif event.value in entries:
                first = entries[event.value].key.line
                self.findings.at(key, f"the key {event.value!r} stands twice, first on line {first}; keep one")
            else:
                entries[event.value] = Entry(key, value)
        return entries

    def _scalar(self, event: ScalarEvent) -> Scalar:
        text: str = event.value
        if not text.isprintable() and any("\ud800" <= char <= "\udfff" for char in text):
            self._refuse(event, f"found half a surrogate pair in {text!a}; write the whole character")
        if event.style is not None:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text) if _NUMBER.fullmatch(text) else text

    def _refuse(self, event: Event, message: str) -> None:
        self.refused = True
        self.findings.add(*_place(event), message)


def _place(event: Event) -> tuple[int, int]:
    """Line and column of an event, counted from 1; those of a parser always have a mark."""
    mark = cast("Mark", event.start_mark)
    return mark.line + 1, mark.column + 1
