"""Small steps for tests of a chain, chains made of them, and what came out in a word each."""

from collections.abc import Iterable, Iterator

from pipeline import Chain, CorpusProcessor, Cut, Drop, Item, Options, Outcome, Part, Processor, Removal
from pipeline.processor import Step

BAD = "坏页"


class Keep(Processor[Options]):
    """Keeps everything, and writes down when it is opened and closed."""

    def __init__(self, name: str = "keep", diary: list[str] | None = None) -> None:
        super().__init__()
        self.name = name
        self.diary = [] if diary is None else diary

    def open(self) -> None:
        self.diary.append(f"open {self.name}")

    def process(self, item: Item) -> Iterable[Item | Drop]:
        return [item]

    def close(self) -> None:
        self.diary.append(f"close {self.name}")


class CutFirst(Keep):
    """Cuts the first character."""

    reasons = frozenset({"first"})

    def process(self, item: Item) -> Iterable[Item | Drop]:
        return [item.cut([Removal(0, 1, "first")])]


class Halve(Keep):
    """Splits an item in two."""

    def process(self, item: Item) -> Iterable[Item | Drop]:
        middle = len(item.text) // 2
        return item.children([Part([(0, middle)]), Part([(middle, len(item.text))])])


class Short(Keep):
    """Drops what is shorter than two characters."""

    reasons = frozenset({"too_short"})

    def process(self, item: Item) -> Iterable[Item | Drop]:
        return [item if len(item.text) > 1 else Drop(item, "too_short")]


class Fail(Keep):
    """Fails on one page, after it has given the item."""

    def process(self, item: Item) -> Iterator[Item | Drop]:
        yield item
        if item.text == BAD:
            raise LookupError("不认识")


class HoldBack(CorpusProcessor[Options]):
    """Holds every item back to the end, and then fails after some."""

    def __init__(self, fail_after: int | None = None) -> None:
        super().__init__()
        self.fail_after = fail_after
        self.held: list[Item] = []

    def process(self, item: Item) -> Iterable[Item | Drop]:
        self.held.append(item)
        return []

    def finish(self) -> Iterator[Item | Drop]:
        yield from self.held[: self.fail_after]
        if self.fail_after is not None:
            raise OSError("disk full")


def chain_of(*processors: Processor[Options], stop: bool = False) -> Chain:
    """A chain whose steps are labelled with their number and class."""
    steps = [Step(f"{number}-{type(made).__name__}", made) for number, made in enumerate(processors, 1)]
    return Chain(steps, "stop" if stop else "drop")


def run(chain: Chain, *texts: str) -> list[Outcome]:
    """All outcomes of pages with these texts."""
    with chain:
        return list(chain.run(Item.page(text, f"{n}.txt") for n, text in enumerate(texts, 1)))


def told(outcomes: Iterable[Outcome]) -> list[str]:
    """Outcomes in a word each: the text of an article, or step, reason and text."""
    words = []
    for outcome in outcomes:
        if isinstance(outcome, Item):
            words.append(outcome.text)
        else:
            text = outcome.text if isinstance(outcome, Cut) else outcome.item.text
            words.append(f"{outcome.step} {outcome.reason} {text}")
    return words
