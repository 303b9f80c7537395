"""A chain: the ordered steps of a run, the account of what they cut and dropped, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Self

from pipeline.accounting import account
from pipeline.config import OnError, load
from pipeline.errors import ChainStopped, ContractError
from pipeline.item import Cut, Drop, Item, Outcome
from pipeline.processor import CorpusProcessor, Step


class Chain:
    """Runs pages through steps, in this process. Use it as a context manager, or call ``open`` and ``close``.

    >>> from pipeline import Chain
    >>> with Chain.load("config/pipeline.yaml") as chain:
    ...     articles = list(chain.articles(["a page …"]))

    ``stats`` counts ``chain/<label>/{in,out,cut/<reason>,drop/<reason>,seconds}``.
    """

    def __init__(self, steps: Sequence[Step], on_error: OnError = "drop") -> None:
        self.steps = tuple(steps)
        self.on_error = on_error
        self.stats: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """The chain of a configuration file. Raises ConfigError with every problem in it."""
        run = load(path)
        return cls(run.steps, run.on_error)

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self) -> None:
        """Open every step."""
        for step in self.steps:
            step.processor.open()

    def close(self) -> None:
        """Close every step."""
        for step in self.steps:
            step.processor.close()

    def articles(self, texts: Iterable[str]) -> Iterator[Item]:
        """The articles recovered from page texts, each text named after its number (``page-1``)."""
        pages = (Item.page(text, f"page-{number}") for number, text in enumerate(texts, start=1))
        return (outcome for outcome in self.run(pages) if isinstance(outcome, Item))

    def run(self, pages: Iterable[Item]) -> Iterator[Outcome]:
        """The outcomes of all pages in order, then what corpus steps held back. Raises ChainStopped."""
        for page in pages:
            yield from self.feed(page)
        yield from self.finish()

    def feed(self, page: Item) -> Iterator[Outcome]:
        """The outcomes of one page: its articles, cuts and drops. Raises ChainStopped under ``on_error: stop``."""
        return self._through(page, 0)

    def finish(self) -> Iterator[Outcome]:
        """What corpus steps held back, to be called once after the last page."""
        for number, step in enumerate(self.steps):
            if isinstance(step.processor, CorpusProcessor):
                for result in step.processor.finish():
                    for outcome in account(None, [result], step.label, step.processor.reasons):
                        yield from self._onward(outcome, number)

    def _through(self, item: Item, number: int) -> Iterator[Outcome]:
        if number == len(self.steps):
            yield item
            return
        for outcome in self._outcomes(item, self.steps[number]):
            yield from self._onward(outcome, number)

    def _onward(self, outcome: Outcome, number: int) -> Iterator[Outcome]:
        self._count(outcome, self.steps[number].label)
        if isinstance(outcome, Item):
            yield from self._through(outcome, number + 1)
        else:
            yield outcome

    def _outcomes(self, item: Item, step: Step) -> list[Outcome]:
        self.stats[f"chain/{step.label}/in"] += 1
        begun = perf_counter()
        try:
            return account(item, list(step.processor.process(item)), step.label, step.processor.reasons)
        except Exception as error:  # the law: the failure of one item stays with that item
            return [self._failed(item, step, error)]
        finally:
            self.seconds[f"chain/{step.label}/seconds"] += perf_counter() - begun

    def _failed(self, item: Item, step: Step, error: Exception) -> Drop:
        text = f"{type(error).__name__}: {error}"
        if self.on_error == "stop":
            raise ChainStopped(f"{item.source.name}: item {item.id} failed in step {step.label}: {text}") from error
        kind = "contract" if isinstance(error, ContractError) else "exception"
        return Drop(replace(item, cuts=()), "error", {"kind": kind, "error": text}, step.label)

    def _count(self, outcome: Outcome, label: str) -> None:
        if isinstance(outcome, Item):
            self.stats[f"chain/{label}/out"] += 1
        else:
            kind = "cut" if isinstance(outcome, Cut) else "drop"
            self.stats[f"chain/{label}/{kind}/{outcome.reason}"] += 1
