"""The problems found so far in one configuration file."""

from __future__ import annotations

from typing import NoReturn

from pipeline.config.node import Node
from pipeline.errors import ConfigError, Problem


class Findings:
    """Collects problems, so that the user gets them all at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, line: int, column: int, message: str) -> None:
        """A problem at a place counted from 1; line 0 means the file as a whole."""
        self.problems.append(Problem(self.file, line, column, message))

    def at(self, node: Node, message: str) -> None:
        """A problem with a value, at its place."""
        self.add(node.line, node.column, message)

    def fatal(self, line: int, column: int, message: str) -> NoReturn:
        """A problem after which nothing more can be said. Raises ConfigError with what there is."""
        self.add(line, column, message)
        self.give_up()

    def give_up(self) -> NoReturn:
        """Raises ConfigError with the problems in the order of the file."""
        raise ConfigError(sorted(set(self.problems), key=lambda p: (p.line, p.column, p.message)))
