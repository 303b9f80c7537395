"""Values of a YAML file, each with the place it is written at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from reprlib import Repr
from typing import Any, NamedTuple

Scalar = str | int | float | bool | None

_short = Repr()
_short.maxstring = 60
_short.maxlong = 40


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One value: a mapping when ``entries`` is filled, a list when ``items`` is, otherwise a scalar.

    ``line`` and ``column`` count from 1.
    """

    line: int
    column: int
    scalar: Scalar = None
    entries: Mapping[str, Entry] | None = None
    items: tuple[Node, ...] | None = None

    def child(self, part: int | str) -> Node | None:
        """The value at an index or under a key, if there is one."""
        if self.items is not None and isinstance(part, int) and part < len(self.items):
            return self.items[part]
        if self.entries is not None and part in self.entries:
            return self.entries[str(part)].value
        return None

    def plain(self) -> Any:
        """The value without places: dicts, lists and scalars, fit for JSON."""
        if self.entries is not None:
            return {name: entry.value.plain() for name, entry in self.entries.items()}
        if self.items is not None:
            return [item.plain() for item in self.items]
        return self.scalar

    def found(self) -> str:
        """The value in the words of an error message."""
        if self.entries is not None:
            return "a mapping"
        if self.items is not None:
            return "a list" if self.items else "an empty list"
        if self.scalar is None:
            return "nothing"
        return str(self.scalar).lower() if isinstance(self.scalar, bool) else _short.repr(self.scalar)


class Entry(NamedTuple):
    """A key of a mapping and its value."""

    key: Node
    value: Node
