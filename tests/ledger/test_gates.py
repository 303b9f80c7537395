"""What a run is expected to bring."""

import pytest

from pipeline.config import Expect
from pipeline.report.gates import Brought, failed

GOOD = {"chain/pages": 10, "chain/articles": 8, "chain/split/drop/too_short": 2, "chain/split/drop/error": 1}


@pytest.mark.parametrize(
    ("expect", "counts", "told"),
    [
        ({"min_pages": 10, "min_articles": 8, "max_drop_share": 0.2, "max_error_share": 0.1}, GOOD, []),
        ({"min_pages": 11}, GOOD, ["min_pages is 11, there were 10"]),
        ({"min_articles": 9}, GOOD, ["min_articles is 9, there were 8"]),
        ({"max_drop_share": 0.1}, GOOD, ["max_drop_share is 0.1, it was 0.200"]),
        ({"max_error_share": 0.1}, {**GOOD, "chain/errors/split": 2}, ["max_error_share is 0.1, it was 0.200"]),
        ({"min_pages": 1, "min_articles": 1}, {}, ["min_pages is 1, there were 0"]),
        ({"min_articles": 1, "max_drop_share": 0.0}, {}, []),
    ],
)
def test_what_a_run_has_not_met_is_told(expect, counts, told):
    """Each expectation is held against the counts by itself; a run without new pages is asked for min_pages alone."""
    assert failed(Expect(**expect), Brought(counts), []) == told


def test_a_change_is_held_against_the_median():
    """Of three or more earlier runs that brought pages; with fewer, nothing is usual yet."""
    expect = Expect(max_change=0.5)
    earlier = [{"chain/pages": 1, "chain/articles": n} for n in (20, 90, 22)]
    assert failed(expect, Brought(GOOD), earlier) == ["max_change is 0.5, it was 0.636: 8 articles, the median is 22"]
    assert failed(expect, Brought(GOOD), [{}, *earlier[:2]]) == []
    assert failed(expect, Brought({**GOOD, "chain/articles": 30}), earlier) == []


READ = {"ledger/inputs/new": 2, "ledger/inputs/changed": 1}


@pytest.mark.parametrize(
    ("expect", "brought", "told"),
    [
        ({}, Brought({}), []),
        ({}, Brought(READ), ["no article came of any of 3 new inputs (where this is well: min_articles: 0)"]),
        ({}, Brought({"ledger/inputs/removed": 3, "ledger/inputs/unread": 1}), []),
        ({}, Brought({**READ, "chain/pages": 1, "chain/articles": 1}), []),
        ({}, Brought({**READ, "chain/pages": 1}, copies=1), []),
        ({"min_articles": 0}, Brought(READ), []),
        (
            {},
            Brought({}, emptied=["a"]),
            ["a is empty, and inputs were read there before (where this is well: min_pages: 0)"],
        ),
        ({"min_pages": 0}, Brought({}, emptied=["a"]), []),
    ],
)
def test_what_nobody_expects_needs_no_word(expect, brought, told):
    """New inputs that give nothing at all, and a folder that became empty, unless they are said to be well."""
    assert failed(Expect(**expect), brought, []) == told
