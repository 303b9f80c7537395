"""The helpers for authors of processors: they pass what is right, and say what is wrong with the rest."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from pipeline import CorpusProcessor, Cut, Drop, Item, Options, Outcome, Part, Processor, Removal, Span
from pipeline.errors import ChainStopped
from pipeline.testing import assert_contract, assert_every_character_accounted, run_one

ITEMS = [Item.page(text, f"{text}.txt", {"tags": []}) for text in ["甲", "甲乙\n", "甲乙丙"]]


class Good(Processor[Options]):
    """Cuts the first character, drops what is then blank."""

    reasons = frozenset({"first", "nothing_left"})

    def process(self, item: Item) -> Iterator[Item | Drop]:
        left = item.cut([Removal(0, 1, "first")])
        yield left if left.text.strip() else Drop(left, "nothing_left")


class Numbers(CorpusProcessor[Options]):
    """Numbers the items of a run, so their order matters."""

    def open(self) -> None:
        self.count = 0

    def process(self, item: Item) -> Iterator[Item]:
        self.count += 1
        yield item.with_meta(number=self.count)


class SpacedReason(Good):
    """Has a reason that is no slug."""

    reasons = frozenset({"Nothing left"})


class ChainsReason(Good):
    """Has a reason that is not its own."""

    reasons = frozenset({"unclaimed"})


class Undeclared(Good):
    """Gives a reason it does not declare."""

    reasons = frozenset({"first"})


class Loses(Good):
    """Loses the end of a text."""

    def process(self, item: Item) -> Iterator[Item]:
        yield from item.children([Part([(0, 1)])])


class Changes(Good):
    """Changes its input behind the back of its types."""

    def process(self, item: Item) -> Iterator[Item]:
        item.meta["tags"].append("seen")
        yield item


class Remembers(Good):
    """Remembers the item before."""

    def open(self) -> None:
        self.last = ""

    def process(self, item: Item) -> Iterator[Item]:
        yield item.with_meta(last=self.last)
        self.last = item.text


class Repeats(Good):
    """Gives something else in every run."""

    runs = 0

    def open(self) -> None:
        Repeats.runs += 1

    def process(self, item: Item) -> Iterator[Item]:
        yield item.with_meta(run=self.runs)


class Forgets(Good):
    """Loses an attribute when it is pickled, and with it its options."""

    def __reduce__(self) -> tuple[Callable[[], Processor[Options]], tuple[()]]:
        return SpecialForgets, ()


class Special(Options):
    """Options with a value."""

    value: int = 1


class SpecialForgets(Processor[Special]):
    """What Forgets comes back as."""

    def process(self, item: Item) -> Iterable[Item]:
        return [item]


@pytest.mark.parametrize("processor", [Good(), Numbers()])
def test_a_processor_that_keeps_the_contract_passes(processor: Processor[Options]) -> None:
    """Cuts and drops with declared reasons pass, and a corpus step may depend on the order of items."""
    assert_contract(processor, ITEMS)


@pytest.mark.parametrize(
    ("processor", "message"),
    [
        (SpacedReason(), "reason 'Nothing left' is not a snake_case slug"),
        (ChainsReason(), "reason 'unclaimed' is the chain's own"),
        (Loses(), "lost without a word: Cut"),
        (Changes(), r"process\(\) changed an item"),
        (Remembers(), "in another order of the items it gave something else"),
        (Repeats(), "a second run gave something else"),
        (Forgets(), "its options are not the same after pickling"),
    ],
)
def test_a_processor_that_breaks_the_contract_is_told_how(processor: Processor[Options], message: str) -> None:
    """Each promise of the contract has its own message."""
    with pytest.raises(AssertionError, match=message):
        assert_contract(processor, ITEMS)


def test_an_undeclared_reason_stops_the_contract_test() -> None:
    """What the chain refuses, the contract test does too, in the chain's words."""
    with pytest.raises(ChainStopped, match=r"gave the reasons \['nothing_left'\]"):
        assert_contract(Undeclared(), ITEMS)


def test_one_page_can_be_run_through_one_processor() -> None:
    """`run_one` opens, runs and closes, and gives what was held back too."""
    cut, article = run_one(Good(), "甲乙")
    assert isinstance(cut, Cut)
    assert isinstance(article, Item)
    assert (cut.text, article.text) == ("甲", "乙")


PAGE = Item.page("甲乙\n丙")
LEFT = PAGE.cut([Removal(0, 1, "first")])


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ([*LEFT.cuts], "character 1 of <Item .*>, at '乙\\\\n丙', is in no article, cut or drop"),
        ([*LEFT.cuts, LEFT, Drop(LEFT, "error")], "character 1 of <Item .*>, at '乙.*', of Drop.* is in two places"),
        ([Cut("spam", {}, (Span(0, 9),), "")], r"\[0, 9\) of Cut.* is no range of <Item .* page 4 characters>"),
    ],
)
def test_the_law_of_spans_says_which_character_breaks_it(outcomes: list[Outcome], message: str) -> None:
    """Characters in no place, in two, or from nowhere are failures that name the first of them."""
    with pytest.raises(AssertionError, match=message):
        assert_every_character_accounted(PAGE, outcomes)


def test_the_law_of_spans_passes_what_accounts_for_everything() -> None:
    """Blank characters may be in no place."""
    assert_every_character_accounted(PAGE, [*LEFT.cuts, *LEFT.children([Part([(0, 1)]), Part([(2, 3)])])])
