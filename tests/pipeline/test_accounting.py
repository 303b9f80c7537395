"""What the account of a step finds: characters that were lost, doubled or invented, and items that were."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from pipeline import ContractError, CorpusProcessor, Cut, Drop, Item, Options, Part, Processor, Removal, Source, Span
from pipeline.accounting import Account
from pipeline.processor import Step
from pipeline.spans import Piece

PAGE = Item.page("标题\n上句。\n下句。", "a.txt")
Results = Iterable[Item | Drop]


class Give(Processor[Options]):
    """Gives what a function makes of an item."""

    reasons = frozenset({"spam", "too_short"})

    def __init__(self, make: Callable[[Item], Results]) -> None:
        super().__init__()
        self.make = make

    def process(self, item: Item) -> Results:
        return self.make(item)


class HoldBack(CorpusProcessor[Options]):
    """Holds items back until it has three, gives those in reverse, and at the end what a function makes of the rest."""

    def __init__(self, make: Callable[[list[Item]], Results]) -> None:
        super().__init__()
        self.make = make
        self.held: list[Item] = []

    def process(self, item: Item) -> Iterator[Item]:
        self.held.append(item)
        if len(self.held) == 3:
            yield from reversed(self.held)
            self.held = []

    def finish(self) -> Results:
        return self.make(self.held)


def account(make: Callable[[Item], Results]) -> Account:
    """The account of a step that gives what `make` makes."""
    return Account(Step("give", Give(make)))


def test_a_cut_learns_step_item_and_source() -> None:
    """A cut comes out once, before its item, with where it was made."""
    left = PAGE.cut([Removal(0, 3, "spam")])
    assert account(lambda page: [left]).process(PAGE) == [
        Cut("spam", {}, (Span(0, 3),), "标题\n", "give", PAGE.id, PAGE.source),
        replace(left, cuts=()),
    ]


def test_a_drop_learns_its_step_and_gives_its_cuts_away() -> None:
    """The cuts of an item that is dropped are told like any other, and not a second time with the drop."""
    left = PAGE.cut([Removal(0, 3, "spam")])
    _, drop = account(lambda page: [Drop(left, "too_short", {"chars": 7})]).process(PAGE)
    assert drop == Drop(replace(left, cuts=()), "too_short", {"chars": 7}, "give")


def test_what_a_step_loses_is_cut_as_unclaimed() -> None:
    """Characters in none of the results are cut by the account itself, before the items."""
    first, second, child = account(lambda page: page.children([Part([(3, 6)])])).process(PAGE)
    assert first == Cut("unclaimed", {}, (Span(0, 3),), "标题\n", "give", PAGE.id, PAGE.source)
    assert second == Cut("unclaimed", {}, (Span(6, 10),), "\n下句。", "give", PAGE.id, PAGE.source)
    assert isinstance(child, Item)


def test_blank_characters_may_be_lost() -> None:
    """Nobody has to account for line ends around what a step keeps."""
    page = Item.page("\n 上句。\r\n\u3000")
    (child,) = account(lambda page: page.children([Part([(2, 5)])])).process(page)
    assert isinstance(child, Item)


def test_blank_lines_may_be_lost_after_a_rewording() -> None:
    """A blank line stays blank when another number of blank characters is written for it."""
    page = Item.page("上句。\n \t\n下句。").with_text("上句。\n\n下句。")
    outcomes = account(lambda page: page.children([Part([(0, 3)]), Part([(5, 8)])])).process(page)
    assert [outcome.text for outcome in outcomes if not isinstance(outcome, Drop)] == ["上句。", "下句。"]


def test_what_a_rewording_left_out_may_be_lost_if_it_is_claimed() -> None:
    """An inexact piece that somebody has does not make the blanks around it suspicious."""
    page = Item.page("\n㈱\n").with_text("\n（株）\n")
    outcomes = account(lambda page: page.children([Part([(1, 4)])])).process(page)
    assert [outcome.text for outcome in outcomes if not isinstance(outcome, Drop)] == ["（株）"]


def test_invisible_characters_may_not_be_lost() -> None:
    """What was rewritten to nothing, or to a blank, is still there in the raw page."""
    page = Item.page("\u200b\n上句。\u200b下句。").with_text("\n上句。 下句。")
    cuts = account(lambda page: page.children([Part([(1, 4)]), Part([(5, 8)])])).process(page)
    assert [cut.spans for cut in cuts if isinstance(cut, Cut)] == [(Span(0, 2),), (Span(5, 6),)]


def test_invisible_characters_are_not_forgotten_at_a_second_rewording() -> None:
    """A line that was made blank is not one that always was, however often it is written anew."""
    page = Item.page("上句。\n\u200b\n下句。").with_text("上句。\n  \n下句。").with_text("上句。\n\n下句。")
    cut, *_ = account(lambda page: page.children([Part([(0, 3)]), Part([(5, 8)])])).process(page)
    assert isinstance(cut, Cut)
    assert (cut.reason, cut.spans) == ("unclaimed", (Span(3, 6),))


def test_a_line_end_reworded_is_kept_between_two_lines() -> None:
    """What stands for the end of a line goes with the lines around it, blank or not."""
    page = Item.page("上句。\u200b下句。").with_text("上句。\n下句。")
    assert [made.spans for made in page.children([Part([(0, 3), (4, 7)])])] == [(Span(0, 7),)]


def test_a_lost_title_is_told_by_its_words() -> None:
    """What an item holds apart from its text must be passed on too."""
    (article,) = PAGE.children([Part([(3, 10)], (0, 2))])
    cut, _ = account(lambda item: item.children([Part([(0, 7)])])).process(article)
    assert isinstance(cut, Cut)
    assert (cut.spans, cut.text) == ((Span(0, 2),), "标题")


def test_lost_text_is_that_of_the_lost_range() -> None:
    """Where a text was reworded, shuffled and cut, each lost range is told with the text that stands for it."""
    pieces = [Piece(4, Span(6, 10)), Piece(2, Span(0, 2)), Piece(0, Span(2, 3)), Piece(3, Span(3, 6))]
    page = PAGE.with_text("\n下句。标题上句。", pieces)
    outcomes = account(lambda page: page.children([Part([(3, 5), (7, 8)])])).process(page)
    told = [(cut.spans[0], cut.text) for cut in outcomes if isinstance(cut, Cut)]
    assert told == [(Span(1, 4), "题上"), (Span(5, 9), "。\n下句")]


def test_the_text_of_a_lost_range_goes_to_its_end() -> None:
    """Where a text is longer than what it stands for, its end is told with the last raw character."""
    page = Item.page("㈱").with_text("（株）")
    first, _ = account(lambda page: page.children([Part([])])).process(page)
    assert isinstance(first, Cut)
    assert (first.spans, first.text) == ((Span(0, 1),), "（株）")


def test_an_item_that_vanishes_is_dropped_as_unclaimed() -> None:
    """A step that gives nothing back, even for a blank item, has ended it; the audit says so."""
    nothing = account(lambda page: [])
    for page in (PAGE, Item.page(""), Item.page(" \n")):
        assert nothing.process(page) == [Drop(page, "unclaimed", {}, "give")]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda page: [page.cut([Removal(0, 3, "advert")])], r"reasons \['advert'\], it declares \['spam', 'too"),
        (lambda page: [Drop(page, "ugly")], r"reasons \['ugly'\].*add them to the class's `reasons`"),
        (lambda page: [page, page], "back twice; use children"),
        (lambda page: [page, Drop(page, "spam")], "back twice; use children"),
        (lambda page: [page, *page.children([Part([(0, 2)])])], "put a character of item .* in two places"),
        (lambda page: [page.with_text("标标", [Piece(1, Span(0, 1))] * 2)], "put a character of item .* in two places"),
        (lambda page: [replace(page, held=(Span(0, 2),))], "put a character of item .* in two places"),
        (lambda page: [page.with_text("标", [Piece(1, Span(90, 91))])], "claims characters that item .* was not given"),
        (
            lambda page: [replace(page, pieces=(Piece(10, Span(1, 11)),))],
            "claims characters that item .* was not given",
        ),
        (
            lambda page: [replace(page, cuts=(Cut("spam", {}, (Span(0, 2),), "标题"),))],
            "put a character of item .* in two",
        ),
        (lambda page: [replace(page, text="上句。")], "changed the text of item .* behind the pieces"),
        (lambda page: [Item.page("别处")], "gave <Item .* page 2 characters>, which is neither"),
        (lambda page: [replace(page, source=Source("b.txt"))], "gave <Item .* b.txt 10 characters>, which is neither"),
    ],
)
def test_a_broken_contract_is_an_error(make: Callable[[Item], Results], message: str) -> None:
    """Undeclared reasons, doubled and invented characters, and items from elsewhere are told apart."""
    broken = account(make)
    with pytest.raises(ContractError, match=f"^step give .*{message}"):
        broken.process(PAGE)
    assert broken.open == {}


def test_a_step_that_fails_has_given_nothing() -> None:
    """An exception, also one after the first result, leaves the account as if the item had never come."""

    def make(page: Item) -> Iterator[Item]:
        yield page
        raise LookupError(page.text)

    failing = account(make)
    with pytest.raises(LookupError, match="标题"):
        failing.process(PAGE)
    assert failing.open == {}


def pages(count: int) -> list[Item]:
    """As many pages, all different."""
    return [Item.page(f"第{number}页", f"{number}.txt") for number in range(count)]


def test_a_corpus_step_may_give_items_back_later() -> None:
    """What is held back is not lost: it comes with a later item, or at the end."""
    first, second, third, fourth = pages(4)
    holding = Account(Step("hold", HoldBack(lambda held: held)))
    assert [holding.process(item) for item in (first, second, third)] == [[], [], [third, second, first]]
    assert holding.process(fourth) == []
    assert list(holding.finish()) == [[fourth]]
    assert holding.close() == []


def test_what_a_corpus_step_never_gives_back_is_dropped() -> None:
    """At the end of a run an item that is still open has vanished."""
    holding = Account(Step("hold", HoldBack(lambda held: held[1:])))
    first, second = pages(2)
    assert [holding.process(item) for item in (first, second)] == [[], []]
    assert list(holding.finish()) == [[second]]
    assert holding.close() == [Drop(first, "unclaimed", {}, "hold")]


def test_children_held_back_are_accounted_together() -> None:
    """All children of an item that come at the end are one settlement: what is in none of them was lost."""
    holding = Account(Step("hold", HoldBack(lambda held: held[0].children([Part([(0, 2)]), Part([(3, 5)])]))))
    assert holding.process(PAGE) == []
    ((cut, *children),) = holding.finish()
    assert isinstance(cut, Cut)
    assert (cut.reason, cut.spans) == ("unclaimed", (Span(5, 10),))
    assert [child.text for child in children if isinstance(child, Item)] == ["标题", "上句"]


@pytest.mark.parametrize("again", [lambda held: [*held, held[0]], lambda held: [held[0], held[0]]])
def test_an_item_is_given_back_once(again: Callable[[list[Item]], Results]) -> None:
    """A corpus step that gives an item a second time, at once or later, breaks the contract."""
    holding = Account(Step("hold", HoldBack(again)))
    for page in pages(2):
        holding.process(page)
    with pytest.raises(ContractError, match=r"twice|neither an item it was given and still has"):
        list(holding.finish())


def test_an_item_comes_back_in_one_go() -> None:
    """Children of one item with those of another between them cannot be accounted, so they are refused."""

    class Interleave(HoldBack):
        def process(self, item: Item) -> Iterator[Item]:
            yield from ()
            self.held.append(item)
            if len(self.held) == 2:
                one, other = (page.children([Part([(0, 1)]), Part([(1, 3)])]) for page in self.held)
                yield from [one[0], other[0], one[1], other[1]]

    first, second = pages(2)
    holding = Account(Step("hold", Interleave(list)))
    holding.process(first)
    with pytest.raises(ContractError, match=f"gave item {first.id} back in two goes"):
        holding.process(second)
    assert holding.open == {first.id: first}


def test_two_items_of_one_id_are_refused_while_one_is_held() -> None:
    """The second is the one that fails: the first keeps its place."""
    (page,) = pages(1)
    holding = Account(Step("hold", HoldBack(lambda held: held)))
    holding.process(page)
    with pytest.raises(ContractError, match=f"still has an item {page.id}; no two items may have the same id"):
        holding.process(page)
    assert list(holding.finish()) == [[page]]
