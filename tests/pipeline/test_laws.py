"""The law of spans: whatever steps do to a page, every non-blank character of it ends in exactly one place."""

from collections.abc import Callable, Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import Chain, Drop, Item, Options, Processor
from pipeline.processor import Step
from pipeline.testing import assert_every_character_accounted
from tests.strategies import operations, texts


class Operate(Processor[Options]):
    """Does to each item what it was made with."""

    reasons = frozenset({"spam", "unlucky"})

    def __init__(self, operate: Callable[[Item], list[Item]], *, drops: bool) -> None:
        super().__init__()
        self.operate = operate
        self.drops = drops

    def process(self, item: Item) -> Iterator[Item | Drop]:
        made = self.operate(item)
        if self.drops:
            yield Drop(made[0], "unlucky")
            made = made[1:]
        yield from made


@settings(max_examples=500)
@given(texts, st.lists(st.tuples(operations(), st.booleans()), min_size=1, max_size=5))
def test_any_operations_keep_the_law(text: str, drawn: list[tuple[Callable[[Item], list[Item]], bool]]) -> None:
    """Cutting, splitting and rewording in any order, with and without pieces, lose nothing and double nothing."""
    page = Item.page(text)
    steps = [Step(f"step-{n}", Operate(operate, drops=drops and n == 4)) for n, (operate, drops) in enumerate(drawn)]
    with Chain(steps, on_error="stop") as chain:
        assert_every_character_accounted(page, chain.feed(page))
