"""Errors that seedsift raises at its users; each says where, what was found, what is allowed and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class SeedsiftError(Exception):
    """Base of every error a user can cause; its text is meant to be shown without a traceback."""


class ContractError(SeedsiftError):
    """A processor broke the contract: an undeclared reason, a range outside the text, a character used twice."""


class ChainStopped(SeedsiftError):
    """An item failed and the run says ``on_error: stop``; or a step raised this because it cannot go on at all."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a configuration file.

    ``line`` and ``column`` count from 1; both are 0, and not shown, when the file as a whole is meant.
    """

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.file}{place}: {self.message}"


class ConfigError(SeedsiftError):
    """A configuration that cannot be run, with every problem found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
