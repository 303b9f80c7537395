"""A state belongs to one chain: what differs is told."""

import pytest

from pipeline.ledger.database import Database
from pipeline.ledger.manifest import LedgerError
from pipeline.ledger.runs import check_chain, differences
from pipeline.ledger.shards import prepared

STEP = {"class": "processors.normalize:Normalize", "version": 4, "options": {"script": "simplified"}, "files": ["a"]}


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ({"version": 5}, ["step 1 (Normalize): version was 4, is 5"]),
        ({"options": {"script": "keep"}}, ['step 1 (Normalize): option script was "simplified", is "keep"']),
        ({"options": {"script": "simplified", "new": 1}}, ["step 1 (Normalize): option new was null, is 1"]),
        ({"files": ["b"]}, ["step 1 (Normalize): a file that its options name has another content"]),
        ({"class": "mine:Other"}, ["the steps were processors.normalize:Normalize, are mine:Other"]),
        ({}, []),
    ],
)
def test_what_differs_is_told(now, told):
    """Another version, option, lexicon or step, each in words."""
    assert list(differences([STEP], [{**STEP, **now}])) == told


def test_a_state_is_held_to_its_first_chain(tmp_path):
    """While there is no shard, each is written down; then the same goes on, and another is refused with a remedy."""
    database = Database(tmp_path)
    check_chain(database, "none", [{**STEP, "version": 3}], "state")
    check_chain(database, "one", [STEP], "state")
    with database.transaction():
        prepared(database, (1, 1), {}, {}, {})
    check_chain(database, "one", [STEP], "state")
    with pytest.raises(
        LedgerError, match=r"version was 4, is 5; go back .* another state folder .* scrapy ledger rebuild"
    ):
        check_chain(database, "two", [{**STEP, "version": 5}], "state")
    database.close()
