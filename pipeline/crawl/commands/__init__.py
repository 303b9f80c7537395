"""Commands that seedsift adds to ``scrapy``. One broken import here breaks every scrapy command, so import lazily."""

from __future__ import annotations

from collections.abc import Sequence

from scrapy.exceptions import UsageError


def refuse_unknown_options(args: Sequence[str]) -> None:
    """Raises UsageError for what looks like an option; Scrapy passes options it does not know on as arguments."""
    unknown = [arg for arg in args if arg.startswith("-")]
    if unknown:
        raise UsageError(f"unknown option {unknown[0]}")
