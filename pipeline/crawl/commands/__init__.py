"""Commands that seedsift adds to ``scrapy``. One broken import here breaks every scrapy command, so import lazily."""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from pipeline.crawl.interrupts import end_at_once, is_of
from pipeline.streams import guard

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

NAMES = frozenset(module.name for module in pkgutil.iter_modules(__path__))
"""The commands, by the modules they are in."""

OWN_PROCESS = is_of(NAMES)
"""Whether this process is that of one of them; Scrapy takes the name off the command line when it has loaded them."""

if OWN_PROCESS:  # here, for the imports that follow take their time, and no code of ours is sure to run earlier
    guard()
    end_at_once()


def refuse_unknown_options(args: Sequence[str]) -> None:
    """Raises UsageError for what looks like an option; Scrapy passes options it does not know on as arguments."""
    unknown = [arg for arg in args if arg.startswith("-")]
    if unknown:
        raise UsageError(f"unknown option {unknown[0]}")


def console() -> Console:
    """Where tables go: colour and wrapping for people, whole lines for a pipe."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 2000, highlight=False, markup=False, emoji=False)


def table(*headings: str) -> Table:
    """A table without lines, to add rows to."""
    from rich.table import Table

    made = Table(*headings, box=None, pad_edge=False)
    made.columns[0].no_wrap = True
    return made
