"""What a run is expected to bring, so that a night that silently goes wrong is told from a good one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from pipeline.config import Expect

LAST_RUNS = 7
"""Earlier runs that brought pages, of which the median is taken."""

FEWEST_RUNS = 3
"""Earlier runs that are needed for one."""

Counts = Mapping[str, int]


def failed(expect: Expect, counts: Counts, earlier: Sequence[Counts]) -> list[str]:
    """The expectations that the counts of a run do not meet, in words; ``earlier`` are those of runs before, any order.

    A run that found no new page is asked for ``min_pages`` alone.
    """
    pages = counts.get("chain/pages", 0)
    found = []
    if expect.min_pages is not None and pages < expect.min_pages:
        found.append(f"min_pages is {expect.min_pages}, there were {pages}")
    return [*found, *_of_pages(expect, counts, earlier)] if pages else found


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
