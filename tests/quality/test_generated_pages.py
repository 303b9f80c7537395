"""What must hold on every generated page however well it is recovered."""

import pytest
from generate import pages

from pipeline import Chain, Cut, Drop, Item, Source
from pipeline.shipped import shipped


@pytest.fixture(scope="module")
def outcomes():
    """Raw text and outcomes of each page of a set, through the default chain."""
    made = pages(200, seed=11)
    with Chain.load(shipped("pipeline.yaml")) as chain:
        return [(page.text, list(chain.feed(Item.page(page.text, Source(page.gold["page"]))))) for page in made]


def test_no_page_makes_a_step_fail(outcomes):
    """However a page is laid out, no processor raises."""
    failed = [o.evidence for _, found in outcomes for o in found if isinstance(o, Drop) and o.reason == "error"]
    assert failed == []


def test_every_character_is_in_one_article_cut_or_drop(outcomes):
    """The law of spans: everything that is not blank is accounted for exactly once."""
    for text, found in outcomes:
        times = [0] * len(text)
        for outcome in found:
            spans = outcome.spans if isinstance(outcome, Item | Cut) else outcome.item.spans
            for start, end in spans:
                times[start:end] = [n + 1 for n in times[start:end]]
        assert [text[i] for i, n in enumerate(times) if n != 1 and not (text[i].isspace() and n == 0)] == []
