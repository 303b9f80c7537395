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

FEWEST_GONE = 10
"""Inputs that must be gone for it to be told without being asked for; fewer somebody has removed by hand."""

Counts = Mapping[str, int]


class Brought(NamedTuple):
    """What a run has brought: its counts, how many of its drops were ``copies`` of articles, by corpus steps, the
    input folders that are ``emptied``: nothing is in them, and earlier runs have read something there, and the inputs
    ``missing``, if they are more than may be: how many, and of how many.
    """

    counts: Counts
    copies: int = 0
    emptied: Sequence[str] = ()
    missing: tuple[int, int] | None = None


def failed(expect: Expect, brought: Brought, earlier: Sequence[Counts]) -> list[str]:
    """The expectations that a run does not meet, in words; ``earlier`` are the counts of runs before, in any order.

    A run that found no new page is asked for ``min_pages`` alone. What nobody would expect needs no word in the
    configuration: new inputs of which nothing comes, and a folder that has become empty, or half empty.
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
    if brought.missing:
        yield _missing(expect, *brought.missing)
    new = sum(brought.counts.get(f"ledger/inputs/{kind}", 0) for kind in ("new", "changed"))
    nothing = new and not brought.counts.get("chain/articles", 0) and not brought.copies
    if expect.min_articles != 0 and nothing and not _few(expect, brought.counts):
        told = "1 new input" if new == 1 else f"any of {new:,} new inputs"
        yield f"no article came of {told} (where this is well: min_articles: 0)"


def may_be_gone(expect: Expect, gone: int, there: int, new: int) -> bool:
    """Whether so many inputs may be gone of those that were ``there``, with so many ``new`` ones beside them.

    Who keeps a folder for some days only, or moves away what was read, finds about as many new ones as are gone.
    """
    if expect.max_removed_share is not None:
        return gone <= expect.max_removed_share * there
    return expect.min_pages == 0 or gone < FEWEST_GONE or gone - new <= there / 2


def _missing(expect: Expect, gone: int, there: int) -> str:
    told = f"{gone:,} of {there:,} inputs are no longer there"
    if expect.max_removed_share is None:
        return f"{told} (where this is well: max_removed_share: 1)"
    return f"max_removed_share is {expect.max_removed_share}, it was {gone / there:.3f}: {told}"


def _few(expect: Expect, counts: Counts) -> bool:
    """Whether it may well be that all pages were rightly dropped: they are few, and no step has failed."""
    return 0 < counts.get("chain/pages", 0) < expect.from_pages and not _errors(counts)


def _errors(counts: Counts) -> int:
    return sum(n for name, n in counts.items() if name.startswith("chain/errors/"))


def _of_pages(expect: Expect, counts: Counts, earlier: Sequence[Counts]) -> Iterator[str]:
    pages, articles = counts["chain/pages"], counts.get("chain/articles", 0)
    drops = sum(n for name, n in counts.items() if "/drop/" in name and not name.endswith("/drop/error"))
    drop_share = drops / max(drops + articles, 1) if pages >= expect.from_pages else 0.0
    if expect.min_articles is not None and articles < expect.min_articles:
        yield f"min_articles is {expect.min_articles}, there were {articles}"
    for name, limit, share in (
        ("max_drop_share", expect.max_drop_share, drop_share),
        ("max_error_share", expect.max_error_share, _errors(counts) / pages),
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
