"""What a run is expected to bring."""

import pytest

from pipeline.config import Expect
from pipeline.report.gates import Brought, failed, may_be_gone

GOOD = {"chain/pages": 10, "chain/articles": 8, "chain/split/drop/too_short": 2, "chain/split/drop/error": 1}


@pytest.mark.parametrize(
    ("expect", "counts", "told"),
    [
        ({"min_pages": 10, "min_articles": 8, "max_drop_share": 0.2, "max_error_share": 0.1}, GOOD, []),
        ({"min_pages": 11}, GOOD, ["min_pages is 11, there were 10"]),
        ({"min_articles": 9}, GOOD, ["min_articles is 9, there were 8"]),
        ({"max_drop_share": 0.1}, GOOD, ["max_drop_share is 0.1, it was 0.200"]),
        ({"max_error_share": 0.1}, {**GOOD, "chain/errors/split": 2}, ["max_error_share is 0.1, it was 0.200"]),
        ({"max_drop_share": 0.1}, {**GOOD, "chain/pages": 9}, []),
        ({"max_drop_share": 0.1, "from_pages": 9}, {**GOOD, "chain/pages": 9}, ["max_drop_share is 0.1, it was 0.200"]),
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
NO_ARTICLE = "no article came of any of 3 new inputs (where this is well: min_articles: 0)"


@pytest.mark.parametrize(
    ("expect", "brought", "told"),
    [
        ({}, Brought({}), []),
        ({}, Brought(READ), [NO_ARTICLE]),
        ({}, Brought({"ledger/inputs/removed": 3, "ledger/inputs/unread": 1}), []),
        ({}, Brought({**READ, "chain/pages": 1, "chain/articles": 1}), []),
        ({}, Brought({**READ, "chain/pages": 1}, copies=1), []),
        ({"min_articles": 0}, Brought(READ), []),
        ({}, Brought({**READ, "chain/pages": 9, "chain/split/drop/empty": 9}), []),
        ({}, Brought({**READ, "chain/pages": 10, "chain/split/drop/empty": 10}), [NO_ARTICLE]),
        ({"from_pages": 2}, Brought({**READ, "chain/pages": 2}), [NO_ARTICLE]),
        ({}, Brought({**READ, "chain/pages": 2, "chain/errors/split": 1}), [NO_ARTICLE]),
        (
            {},
            Brought({}, emptied=["a"]),
            ["a is empty, and inputs were read there before (where this is well: min_pages: 0)"],
        ),
        ({"min_pages": 0}, Brought({}, emptied=["a"]), []),
        (
            {},
            Brought({}, missing=(10, 11)),
            ["10 of 11 inputs are no longer there (where this is well: max_removed_share: 1)"],
        ),
        (
            {"max_removed_share": 0.1},
            Brought({}, missing=(2, 16)),
            ["max_removed_share is 0.1, it was 0.125: 2 of 16 inputs are no longer there"],
        ),
    ],
)
def test_what_nobody_expects_needs_no_word(expect, brought, told):
    """New inputs that give nothing at all, and a folder that became empty or nearly, unless they are called well.

    A few pages of which nothing comes are no failure, if the chain was there to judge them.
    """
    assert failed(Expect(**expect), brought, []) == told


@pytest.mark.parametrize(
    ("expect", "gone", "there", "new", "well"),
    [
        ({}, 9, 9, 0, True),
        ({}, 10, 11, 0, False),
        ({}, 10, 20, 0, True),
        ({}, 1000, 1000, 600, True),
        ({}, 1000, 1000, 400, False),
        ({"min_pages": 0}, 1000, 1000, 0, True),
        ({"max_removed_share": 1.0}, 1000, 1000, 0, True),
        ({"max_removed_share": 0.1}, 2, 20, 0, True),
        ({"max_removed_share": 0.1, "min_pages": 0}, 3, 20, 100, False),
    ],
)
def test_how_many_inputs_may_be_gone(expect, gone, there, new, well):
    """A share, where it is said; else half, where new ones make up for as many, and always a few."""
    assert may_be_gone(Expect(**expect), gone, there, new) is well
