"""A chain in use: opened and closed, read from a file, given texts and what is no text."""

from pathlib import Path

import pytest

from pipeline import Chain, Item, SeedsiftError
from tests.chain_steps import CutFirst, Keep, Short, chain_of


def test_steps_are_opened_in_order_and_closed_once() -> None:
    """The last to be opened is the first to be closed, also after an error; closing again does nothing."""
    diary: list[str] = []
    chain = chain_of(Keep("a", diary), Keep("b", diary))
    with pytest.raises(LookupError, match="in between"), chain:
        raise LookupError("in between")
    chain.close()
    assert diary == ["open a", "open b", "close b", "close a"]
    with pytest.raises(SeedsiftError, match="the chain is not open"):
        chain.feed(Item.page("甲"))


def test_a_step_that_cannot_be_opened_closes_those_before_it() -> None:
    """Its own error comes out, and what was opened does not stay open."""

    class Locked(Keep):
        def open(self) -> None:
            raise PermissionError("locked")

    diary: list[str] = []
    chain = chain_of(Keep("a", diary), Locked("b", diary), Keep("c", diary))
    with pytest.raises(PermissionError, match="locked"):
        chain.open()
    chain.close()
    assert diary == ["open a", "close a"]


def test_a_step_that_cannot_be_closed_leaves_none_open() -> None:
    """The others are closed all the same."""

    class Stuck(Keep):
        def close(self) -> None:
            raise OSError("stuck")

    diary: list[str] = []
    chain = chain_of(Keep("a", diary), Stuck("b", diary))
    chain.open()
    with pytest.raises(OSError, match="stuck"):
        chain.close()
    assert diary == ["open a", "open b", "close a"]


def test_a_chain_that_is_not_open_says_so() -> None:
    """Instead of an error for every page there is one, at once, with the remedy."""
    with pytest.raises(SeedsiftError, match="the chain is not open; use it as `with chain:`"):
        chain_of(Keep()).feed(Item.page("甲"))


def test_articles_are_what_is_left_of_texts() -> None:
    """In plain Python, texts go in and articles come out, named by the number of their page."""
    with chain_of(CutFirst(), Short()) as chain:
        articles = list(chain.articles(["甲", "甲乙丙"]))
    assert [(article.source.name, article.text) for article in articles] == [("page-2", "乙丙")]


def test_texts_that_are_none_are_refused() -> None:
    """What is no text is an error that says which page, what was found and what is allowed; bytes learn the remedy."""
    with chain_of(Keep()) as chain:
        with pytest.raises(TypeError, match=r"^page-2: found NoneType; allowed: str$"):
            list(chain.articles(["甲", None]))  # type: ignore[list-item]
        with pytest.raises(TypeError, match=r"^page-1: found bytes; allowed: str, so decode it first: "):
            list(chain.articles([b"x"]))  # type: ignore[list-item]


@pytest.mark.parametrize("text", ["甲乙", b"x"])
def test_one_text_is_not_taken_for_many(text: str) -> None:
    """A text by itself is no page a character, but an error with the remedy, at once."""
    with chain_of(Keep()) as chain, pytest.raises(TypeError, match=r"found one (str|bytes); .* in a list: \[text\]$"):
        chain.articles(text)


@pytest.mark.parametrize("page", ["甲", None])
def test_what_is_no_item_is_not_fed(page: Item) -> None:
    """A text where an item belongs is an error at once, also under ``on_error: drop``, and says how to make one."""
    with chain_of(Keep()) as chain:
        with pytest.raises(TypeError, match=r"^found (str|NoneType); allowed: Item, such as Item\.page\(text\)$"):
            chain.feed(page)
        assert not chain.stats


def test_a_chain_is_read_from_a_file(tmp_path: Path) -> None:
    """Steps, their order and `on_error` come from the YAML."""
    file = tmp_path / "run.yaml"
    file.write_text("version: 1\nchain:\n  - processor: fingerprint\non_error: stop\n", encoding="utf-8")
    chain = Chain.load(file)
    assert ([step.label for step in chain.steps], chain.on_error) == (["fingerprint"], "stop")
