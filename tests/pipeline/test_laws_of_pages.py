"""The laws of spans and of purity, on every page there is, through the chain that is shipped."""

import copy
import pickle
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings

from pipeline import Chain, Cut, Drop, Item
from pipeline.accounting import UNCLAIMED
from pipeline.shipped import shipped
from pipeline.sources.text import pages
from pipeline.sources.walk import InputFile, walk
from pipeline.testing import assert_contract, assert_every_character_accounted
from tests.strategies import page_texts

STEPS = ["spam_strip", "split", "normalize", "fingerprint", "dedupe"]


@pytest.fixture(scope="module")
def chain() -> Iterator[Chain]:
    """The shipped chain, opened once: its tables are worth sharing."""
    with Chain.load(shipped("pipeline.yaml")) as opened:
        yield opened


@cache
def pages_of(folder: Path) -> list[Item]:
    """The pages of a folder, as the crawl reads them."""
    files = [found for found in walk([folder]) if isinstance(found, InputFile)]
    return [page for file in files for page in pages(file) if isinstance(page, Item)]


def assert_law(chain: Chain, page: Item) -> None:
    """Nothing lost, nothing doubled, nothing one could see unclaimed, no step failed, and the page as it was."""
    before = copy.deepcopy(page)
    outcomes = list(chain.feed(page))
    assert_every_character_accounted(page, outcomes)
    assert [drop for drop in outcomes if isinstance(drop, Drop) and drop.reason in {UNCLAIMED, "error"}] == []
    unclaimed = "".join(cut.text for cut in outcomes if isinstance(cut, Cut) and cut.reason == UNCLAIMED)
    assert [character for character in unclaimed if character.isprintable() and not character.isspace()] == []
    assert page == before


def test_the_law_holds_on_the_samples(chain: Chain, root: Path) -> None:
    """Every page that is shipped."""
    found = pages_of(root / "samples")
    assert len(found) >= 6
    for page in found:
        assert_law(chain, page)


@pytest.mark.parametrize("folder", ["seeds", "devset/pages"])
def test_the_law_holds_on_real_pages(chain: Chain, shared: Path, folder: str) -> None:
    """Every page that may not be published."""
    found = pages_of(shared / folder)
    assert len(found) >= 5
    for page in found:
        assert_law(chain, page)


@settings(max_examples=200)
@given(page_texts)
def test_the_law_holds_on_any_page(chain: Chain, text: str) -> None:
    """Spam, articles and noise in any order, with unpaired surrogates, NUL and every line end."""
    assert_law(chain, Item.page(text))


@pytest.mark.parametrize("number", range(len(STEPS)), ids=STEPS)
def test_every_step_keeps_the_contract(number: int, root: Path) -> None:
    """Each step of the shipped chain, with what the steps before it make of the samples."""
    steps = pickle.loads(pickle.dumps(Chain.load(shipped("pipeline.yaml")).steps))
    assert [step.label for step in steps] == STEPS
    with Chain(steps[:number], on_error="stop") as before:
        items = [made for made in before.run(pages_of(root / "samples")) if isinstance(made, Item)]
    assert_contract(steps[number].processor, items)
