"""From a path to the values of the YAML file: everything that can be wrong before a single key is understood."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import yaml
from yaml.reader import ReaderError

from pipeline.config.findings import Findings
from pipeline.config.node import Node
from pipeline.config.tree import Tree
from pipeline.nearest import did_you_mean

MAX_BYTES = 1_000_000
"""A configuration has some kilobytes; whoever names a data file by mistake should not wait for a YAML parser."""


def read(path: Path, findings: Findings) -> Node:
    """The value of a YAML file; duplicate keys go to ``findings``. Raises ConfigError when it cannot be read."""
    text = _text(path, findings)
    tree = Tree(findings)
    try:
        root = tree.build(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        _not_yaml(error, findings)
    except ReaderError as error:
        line, column = _place(text[: error.position])
        findings.fatal(line, column, f"not YAML: the character U+{int(error.character):04X} is not allowed in it")
    if root is None or root.plain() is None:
        findings.fatal(1, 1, "the file is empty; the least it needs is `version: 1` and a `chain:`")
    if tree.refused:
        findings.give_up()
    return root


def _text(path: Path, findings: Findings) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        findings.fatal(0, 0, f"no such file{_sibling(path)}")
    except IsADirectoryError:
        files = sorted(p.name for p in path.glob("*.yaml"))
        findings.fatal(0, 0, f"a folder, not a file; the YAML files in it: {', '.join(files) or 'none'}")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        findings.fatal(0, 0, f"cannot be read: {getattr(error, 'strerror', None) or error}")
    if len(data) > MAX_BYTES:
        findings.fatal(0, 0, f"has more than {MAX_BYTES:,} bytes; that is no configuration")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # utf-8-sig counts from behind the mark it has taken off
        line, column = _place(error.object[: error.start].decode("utf-8"))
        findings.fatal(line, column, f"the byte 0x{error.object[error.start]:02X} is not UTF-8; save the file as UTF-8")


def _place(before: str) -> tuple[int, int]:
    """Line and column of the character that follows a text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _sibling(path: Path) -> str:
    try:
        names = sorted(p.name for p in path.parent.iterdir())
    except (OSError, ValueError):
        return f"; there is no folder {str(path.parent)!r} either"
    return did_you_mean(path.name, names)


def _not_yaml(error: yaml.MarkedYAMLError, findings: Findings) -> NoReturn:
    mark = error.problem_mark or error.context_mark
    message = ", ".join(str(part) for part in (error.context, error.problem) if part)
    hint = "; indent with spaces" if "'\\t'" in message else ""
    findings.fatal(mark.line + 1 if mark else 1, mark.column + 1 if mark else 1, f"not YAML: {message}{hint}")
