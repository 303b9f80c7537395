"""Reads the file of a lexicon: its terms by category, each with its place, and all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

CATEGORIES = ("trade", "promo", "suffix", "line", "heading", "label", "greeting", "tail", "innocent")
"""What a lexicon may hold: what is sold, how it is pressed, what hangs on a keyword, and the furniture of pages; last,
longer words in which none of these is found.
"""

VERSION = "1"
"""The form of the file; other forms are refused."""

MIN_CHARS = 2
"""Fewest characters of a term: a single one is inside too many words."""

_TEXT = "tag:yaml.org,2002:str"
_READ_AS = {"int": "a number", "float": "a number", "bool": "true or false", "null": "nothing", "timestamp": "a date"}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Entry(NamedTuple):
    """A term of a category; ``place`` is ``FILE:LINE:COLUMN`` with the bare name of the file."""

    category: str
    term: str
    place: str


class Problem(NamedTuple):
    """What is wrong at a node of a file."""

    node: yaml.Node
    told: str


@cache
def read_entries(path: Path) -> tuple[Entry, ...]:
    """The terms of a lexicon file in their order.

    Raises ValueError for a file that is no lexicon: one line a mistake, with its place in the file.
    """
    root = _parsed(path)
    if not isinstance(root, yaml.MappingNode):
        raise ValueError(f"{path.name}: {_beginning()}")
    found = list(_checked(root))
    if problems := [f"{_place(path, each.node)}: {each.told}" for each in found if isinstance(each, Problem)]:
        raise ValueError("\n".join(problems))
    terms = (each for each in found if not isinstance(each, Problem))
    return tuple(Entry(category, str(node.value), _place(path, node)) for category, node in terms)


def _parsed(path: Path) -> yaml.Node | None:
    """The nodes of a file. Raises ValueError for what is no YAML, and for what is not in UTF-8."""
    try:
        root: yaml.Node | None = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is not in UTF-8 (byte {error.start}); save it in UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path.name}:{mark.line + 1}:{mark.column + 1}" if mark else path.name
        raise ValueError(f"{where}: is no YAML: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name} is no YAML: {' '.join(str(error).split())}") from error
    return root


def _checked(root: yaml.MappingNode) -> Iterator[Problem | tuple[str, yaml.ScalarNode]]:
    """The terms of the lists, each with its category, and the mistakes, in the order of the file."""
    first: dict[str, int] = {}
    for key, value in root.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name in first:
            yield Problem(key, f"{name!r} stands twice, first on line {first[name]}; write its terms in one list")
            continue
        first[name] = key.start_mark.line + 1
        if name == "version":
            if value.value != VERSION:
                yield Problem(value, f"version {value.value!r}; lexicons have version {VERSION}")
        elif name in CATEGORIES:
            yield from _terms(name, value)
        else:
            yield Problem(key, f"no category {name!r}; there are {', '.join(CATEGORIES)}")
    if "version" not in first:
        yield Problem(root, _beginning())


def _terms(category: str, value: yaml.Node) -> Iterator[Problem | tuple[str, yaml.ScalarNode]]:
    if not isinstance(value, yaml.SequenceNode):
        yield Problem(value, f"{category} must be a list of terms, as in `{category}: [茶票, 茶楼]`")
        return
    for node in value.value:
        told = _wrong(node)
        yield Problem(node, f"{told} (in {category})") if told else (category, node)


def _wrong(node: yaml.Node) -> str:
    """Why a node is no term; an empty text if it is one."""
    if not isinstance(node, yaml.ScalarNode):
        return "a list or a mapping, where a term is allowed"
    if not node.value.strip():
        return "an empty term; take it out"
    if node.tag != _TEXT:
        kind = _READ_AS.get(node.tag.rpartition(":")[2], node.tag)
        return f'{node.value} is read as {kind}; put a term in quotes: "{node.value}"'
    if node.value != node.value.strip() or "\n" in node.value:
        return f"{node.value!r} has blanks at its ends or a line end; take them out"
    if len(node.value) < MIN_CHARS:
        return f"{node.value!r} has one character, which is inside too many words; a term has {MIN_CHARS} at least"
    return ""


def _beginning() -> str:
    return f"a lexicon starts with `version: {VERSION}`, then its categories: {', '.join(CATEGORIES)}"


def _place(path: Path, node: yaml.Node) -> str:
    return f"{path.name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
