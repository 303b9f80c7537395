"""What users write, which must type-check under `mypy --strict`; nothing here is run.

One class for each thing that a processor can do, and the chain from plain Python.
"""

from collections.abc import Iterable, Iterator

from pydantic import Field

from pipeline import Chain, CorpusProcessor, Cut, Drop, Item, Options, Outcome, Part, Processor, Removal, Source, Span
from pipeline.processor import Step
from pipeline.spans import Piece
from pipeline.testing import assert_contract, run_one


class MinLengthOptions(Options):
    """The options of one step, with types, defaults and help."""

    chars: int = Field(200, ge=1, description="fewest characters an article may have")


class MinLength(Processor[MinLengthOptions]):
    """Drops."""

    reasons = frozenset({"too_short"})

    def process(self, item: Item) -> Iterator[Item | Drop]:
        yield item if len(item.text) >= self.options.chars else Drop(item, "too_short", {"chars": len(item.text)})


class Brand(Processor[Options]):
    """Cuts, and needs no options."""

    reasons = frozenset({"brand"})

    def open(self) -> None:
        self.words = ("彩云网", "白鹭网")

    def process(self, item: Item) -> Iterable[Item]:
        found = ((item.text.find(word), word) for word in self.words)
        return [item.cut(Removal(at, at + len(word), "brand", {"word": word}) for at, word in found if at >= 0)]


class HalfAndHalf(Processor[Options]):
    """Splits; gives a list."""

    def process(self, item: Item) -> list[Item]:
        middle = len(item.text) // 2
        return item.children([Part([(0, middle)], title=(0, 0)), Part([(middle, len(item.text))], fields={})])


class Upper(Processor[Options]):
    """Changes."""

    version = 2
    after = frozenset({"split"})
    before = frozenset({"fingerprint"})

    def process(self, item: Item) -> tuple[Item]:
        text = item.text.upper()
        pieces = item.pieces if len(text) == len(item.text) else [Piece(len(text), Span(0, len(item.text)))]
        return (item.with_text(text, pieces).with_title(item.title.upper()).with_meta(upper=True),)


class FirstOfASource(CorpusProcessor[Options]):
    """Holds back to the end of the run."""

    reasons = frozenset({"not_the_first"})

    def open(self) -> None:
        self.first: dict[Source, Item] = {}

    def process(self, item: Item) -> Iterator[Drop]:
        if item is not self.first.setdefault(item.source, item):
            yield Drop(item, "not_the_first")

    def finish(self) -> Iterable[Item]:
        return self.first.values()


def use_a_chain(texts: list[str]) -> list[str]:
    """A chain of one's own, and what comes out of it."""
    steps = [Step("brand", Brand()), Step("min_length", MinLength(MinLengthOptions(chars=3))), Step("upper", Upper())]
    with Chain(steps, on_error="stop") as chain:
        titles: list[str] = [article.title for article in chain.articles(texts)]
        for outcome in chain.run(Item.page(text, Source("a.txt", 1)) for text in texts):
            titles.append(describe(outcome))
    return titles


def describe(outcome: Outcome) -> str:
    """Each kind of outcome, and nothing else."""
    match outcome:
        case Item():
            return outcome.title
        case Cut():
            return f"{outcome.reason} {outcome.evidence} {[span.start for span in outcome.spans]}"
        case Drop():
            return f"{outcome.step} {outcome.reason} {outcome.item.id}"


def hold_to_the_contract() -> list[Outcome]:
    """The helpers for one's own tests."""
    assert_contract(MinLength(), [Item.page("青石镇")])
    return run_one(HalfAndHalf(), "青石镇")
