"""The exit code and the lines that a run's statistics come to."""

import pytest

from pipeline.crawl.summary import exit_code, summary

DONE = {"finish_reason": "finished", "chain/pages": 1200, "chain/articles": 1}


@pytest.mark.parametrize(
    ("stats", "code"),
    [
        ({}, 0),
        ({"chain/input/empty_input": 1, "chain/input/binary_input": 1, "chain/input/undecodable_bytes": 1}, 0),
        ({"chain/errors/split": 2}, 1),
        ({"chain/errors/split": 2, "chain/input/missing_input": 1}, 1),
        ({"finish_reason": "chain_stopped"}, 3),
        ({"spider_exceptions/count": 1, "chain/errors/split": 2}, 3),
        ({"log_count/ERROR": 1}, 3),
        ({"output_failed": "x", "finish_reason": "output_failed"}, 4),
        ({"feedexport/failed_count/S3FeedStorage": 1}, 4),
        ({"chain/input/unreadable_input": 1}, 5),
        ({"retry/max_reached": 1, "log_count/ERROR": 1}, 5),
        ({"finish_reason": "shutdown", "chain/errors/split": 2}, 130),
    ],
)
def test_the_gravest_thing_decides(stats, code):
    """Of several things that went wrong the exit code names the gravest; what is only told of is no failure."""
    assert exit_code({**DONE, **stats}) == code


def test_reasons_are_counted_over_the_steps():
    """Cuts and drops of one reason count together, whichever step gave them; errors go by step."""
    stats = {
        **DONE,
        "chain/strip/cut/advert": 2,
        "chain/tidy/cut/advert": 3,
        "chain/tidy/cut/date": 1,
        "chain/tidy/drop/error": 4,
        "chain/short/drop/too_short": 5,
        "chain/errors/tidy": 4,
        "chain/input/empty_input": 1,
    }
    assert summary(stats, [("x.jsonl", 1), ("x.audit.jsonl", 15)]) == [
        "1,200 pages, 1 article",
        "  cut: advert 5, date 1",
        "  dropped: too_short 5",
        "  errors in: tidy 4",
        "  inputs: empty_input 1",
        "  x.jsonl: 1 line",
        "  x.audit.jsonl: 15 lines",
    ]


def test_an_early_end_is_told():
    """A run that did not finish says so, and one that could not write says what and that nothing else was touched."""
    assert summary({"finish_reason": "shutdown"}, []) == [
        "0 pages, 0 articles",
        "  ended early: shutdown; what was written is not the whole",
    ]
    assert summary({"finish_reason": "output_failed", "output_failed": "x.jsonl: No space"}, [])[1:] == [
        "  nothing was written: x.jsonl: No space; earlier outputs are as they were"
    ]
