"""What a run is expected to bring, so that a night that silently goes wrong is told from a good one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from pipeline.config import Expect

LAST_RUNS = 7
"""Earlier runs that brought pages, of which the median is taken."""

FEWEST_RUNS = 3
"""Earlier runs that are needed for one."""

Counts = Mapping[str, int]


class Brought(NamedTuple):
    """What a run has brought: its counts, how many of its drops were ``copies`` of articles, by corpus steps, and the
    input folders that are ``emptied``: nothing is in them, and earlier runs have read something there.
    """

    counts: Counts
    copies: int = 0
    emptied: Sequence[str] = ()


def failed(expect: Expect, brought: Brought, earlier: Sequence[Counts]) -> list[str]:
    """The expectations that a run does not meet, in words; ``earlier`` are the counts of runs before, in any order.

    A run that found no new page is asked for ``min_pages`` alone. What nobody would expect needs no word in the
    configuration: new inputs of which nothing comes, and a folder that has become empty.
    """
    pages = brought.counts.get("chain/pages", 0)
    found = list(_unasked(expect, brought))
    if expect.min_pages is not None and pages < expect.min_pages:
        found.append(f"min_pages is {expect.min_pages}, there were {pages}")
    return [*found, *_of_pages(expect, brought.counts, earlier)] if pages else found


def _unasked(expect: Expect, brought: Brought) -> Iterator[str]:
    if expect.min_pages != 0:
        for folder in brought.emptied:
            yield f"{folder} is empty, and inputs were read there before (where this is well: min_pages: 0)"
    new = sum(brought.counts.get(f"ledger/inputs/{kind}", 0) for kind in ("new", "changed"))
    articles = brought.counts.get("chain/articles", 0)
    if expect.min_articles != 0 and new and not articles and not brought.copies:
        told = "1 new input" if new == 1 else f"any of {new:,} new inputs"
        yield f"no article came of {told} (where this is well: min_articles: 0)"


def _of_pages(expect: Expect, counts: Counts, earlier: Sequence[Counts]) -> Iterator[str]:
    pages, articles = counts["chain/pages"], counts.get("chain/articles", 0)
    drops = sum(n for name, n in counts.items() if "/drop/" in name and not name.endswith("/drop/error"))
    errors = sum(n for name, n in counts.items() if name.startswith("chain/errors/"))
    if expect.min_articles is not None and articles < expect.min_articles:
        yield f"min_articles is {expect.min_articles}, there were {articles}"
    for name, limit, share in (
        ("max_drop_share", expect.max_drop_share, drops / max(drops + articles, 1)),
        ("max_error_share", expect.max_error_share, errors / pages),
    ):
        if limit is not None and share > limit:
            yield f"{name} is {limit}, it was {share:.3f}"
    before = [each.get("chain/articles", 0) for each in earlier if each.get("chain/pages")]
    if expect.max_change is not None and len(before) >= FEWEST_RUNS:
        usual = median(before)
        change = abs(articles - usual) / max(usual, 1)
        if change > expect.max_change:
            told = f"{articles} articles, the median is {usual:g}"
            yield f"max_change is {expect.max_change}, it was {change:.3f}: {told}"
