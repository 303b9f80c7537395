"""A chain: the ordered steps of a run, the account of what they cut and dropped, and nothing else."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any, NamedTuple, Self

from pipeline.accounting import Account
from pipeline.config import OnError, load
from pipeline.errors import ChainStopped, ContractError, SeedsiftError
from pipeline.item import Cut, Drop, Item, Outcome
from pipeline.processor import CorpusProcessor, Step

log = logging.getLogger(__name__)


class CorpusStep(NamedTuple):
    """A step that sees the whole run."""

    label: str
    processor: CorpusProcessor[Any]


class Chain:
    """Runs pages through steps, in this process. Use it as a context manager, or call ``open`` and ``close``.

    >>> from pipeline import Chain, shipped
    >>> with Chain.load(shipped("pipeline.yaml")) as chain:
    ...     articles = list(chain.articles(["a page …"]))

    ``stats`` counts ``chain/<label>/{in,out,cut/<reason>,drop/<reason>}``, ``seconds`` the time spent in each step as
    ``chain/<label>/seconds``; the two are apart because the first is the same in every run.
    """

    def __init__(self, steps: Sequence[Step], on_error: OnError = "drop") -> None:
        self.steps = tuple(steps)
        self.on_error = on_error
        self.stats: Counter[str] = Counter()
        self.seconds = {f"chain/{step.label}/seconds": 0.0 for step in self.steps}
        self._accounts = [Account(step) for step in self.steps]
        self._opened: ExitStack | None = None

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
        """Open every step; if one cannot, those already open are closed and its error goes on."""
        alone = self._by_themselves()
        for _, processor in self._corpus_steps():
            processor.after_index = alone[0].own_index if processor in alone[1:] else None
        with ExitStack() as opened:
            for step in self.steps:
                step.processor.open()
                opened.callback(step.processor.close)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close every step, the last first, also when another one's closing fails; closing twice does nothing."""
        if self._opened is not None:
            opened, self._opened = self._opened, None
            opened.close()

    def articles(self, texts: Iterable[str]) -> Iterator[Item]:
        """The articles recovered from page texts, each text named after its number (``page-1``).

        Raises TypeError for one text by itself, and while they are read for what is no text.
        """
        if isinstance(texts, str | bytes):
            raise TypeError(f"found one {type(texts).__name__}; allowed: several texts, so put it in a list: [text]")
        pages = (_page(text, f"page-{number}") for number, text in enumerate(texts, start=1))
        return (outcome for outcome in self.run(pages) if isinstance(outcome, Item))

    def run(self, pages: Iterable[Item]) -> Iterator[Outcome]:
        """The outcomes of all pages in order, then what corpus steps held back. Raises ChainStopped."""
        for page in pages:
            yield from self.feed(page)
        yield from self.finish()

    def feed(self, page: Item) -> Iterator[Outcome]:
        """The outcomes of one page: its articles, cuts and drops. Raises ChainStopped under ``on_error: stop``.

        Raises TypeError, at once, for what is no Item.
        """
        if not isinstance(page, Item):
            raise TypeError(f"found {type(page).__name__}; allowed: Item, such as Item.page(text)")
        if self._opened is None:
            raise SeedsiftError("the chain is not open; use it as `with chain:` or call its open() first")
        return self._through(page, 0)

    def finish(self) -> Iterator[Outcome]:
        """What corpus steps held back, to be called once after the last page.

        Raises ChainStopped when a step fails here and there is no item to lay that to.
        """
        for number, account in enumerate(self._accounts):
            for outcome in self._held_back(account):
                yield from self._onward(outcome, number)
            step = self.steps[number]
            if isinstance(step.processor, CorpusProcessor):
                found = step.processor.statistics()
                self.stats.update({f"chain/{step.label}/{name}": count for name, count in found.items()})

    @property
    def holding(self) -> bool:
        """Whether a corpus step holds items back."""
        return any(account.open for account in self._accounts)

    @property
    def remembers(self) -> bool:
        """Whether all that corpus steps know of the items so far lasts with the next ``commit``."""
        return all(step.processor.remembers for step in self._corpus_steps())

    def forget(self, articles: Collection[str]) -> None:
        """Let nothing lose to these articles any more, which earlier runs exported; lasts with the next ``commit``."""
        for step in self._corpus_steps():
            step.processor.forget(articles)

    def prepare(self) -> dict[str, int]:
        """Let corpus steps write down what later runs are to know, so that ``commit`` can hardly fail.

        By label, the generations that count from then on. Until ``commit`` no page may be fed.
        """
        prepared = {step.label: step.processor.prepare() for step in self._corpus_steps()}
        return {label: generation for label, generation in prepared.items() if generation is not None}

    def commit(self) -> None:
        """Let corpus steps make last what later runs are to know; to be called when the output is in place.

        Either all of them do or none, also where the process ends in the midst of it: that of the first decides.
        """
        for processor in self._by_themselves()[1:]:
            processor.prepare()
        for step in self._corpus_steps():
            step.processor.commit()

    @property
    def remembered_runs(self) -> int:
        """How many earlier runs the steps know that remember by themselves."""
        return max((processor.remembered_runs for processor in self._by_themselves()), default=0)

    def _by_themselves(self) -> list[CorpusProcessor[Any]]:
        return [step.processor for step in self._corpus_steps() if step.processor.own_index]

    def _corpus_steps(self) -> Iterator[CorpusStep]:
        for step in self.steps:
            if isinstance(step.processor, CorpusProcessor):
                yield CorpusStep(step.label, step.processor)

    def _through(self, item: Item, number: int) -> Iterator[Outcome]:
        if number == len(self._accounts):
            yield item
            return
        for outcome in self._outcomes(item, self._accounts[number]):
            yield from self._onward(outcome, number)

    def _onward(self, outcome: Outcome, number: int) -> Iterator[Outcome]:
        self._count(outcome, self._accounts[number].label)
        if isinstance(outcome, Item):
            yield from self._through(outcome, number + 1)
        else:
            yield outcome

    def _outcomes(self, item: Item, account: Account) -> list[Outcome]:
        self.stats[f"chain/{account.label}/in"] += 1
        begun = perf_counter()
        try:
            return account.process(item)
        except ChainStopped:  # the step itself cannot go on
            raise
        except Exception as error:  # the law: the failure of one item stays with that item
            return [self._failed(item, account.label, error)]
        finally:
            self.seconds[f"chain/{account.label}/seconds"] += perf_counter() - begun

    def _held_back(self, account: Account) -> Iterator[Outcome]:
        results = account.finish()
        while True:
            begun = perf_counter()
            try:
                outcomes = next(results, None)
            except ChainStopped:
                raise
            except Exception as error:
                if not account.open:
                    raise ChainStopped(f"step {account.label} failed in finish: {_said(error)}") from error
                outcomes = [self._failed(item, account.label, error) for item in account.open.values()]
                account.open.clear()
            finally:
                self.seconds[f"chain/{account.label}/seconds"] += perf_counter() - begun
            if outcomes is None:
                break
            yield from outcomes
        yield from account.close()

    def _failed(self, item: Item, label: str, error: Exception) -> Drop:
        if self.on_error == "stop":
            where = f"{item.source.name}: item {item.id} failed in step {label}"
            raise ChainStopped(f"{where}: {_said(error)}") from error
        log.debug("item %s failed in step %s", item.id, label, exc_info=error)
        kind = "contract" if isinstance(error, ContractError) else "exception"
        return Drop(item, "error", {"kind": kind, "error": _said(error)}, label)

    def _count(self, outcome: Outcome, label: str) -> None:
        if isinstance(outcome, Item):
            self.stats[f"chain/{label}/out"] += 1
        else:
            kind = "cut" if isinstance(outcome, Cut) else "drop"
            self.stats[f"chain/{label}/{kind}/{outcome.reason}"] += 1


def _page(text: object, name: str) -> Item:
    if not isinstance(text, str):
        remedy = ', so decode it first: text.decode("utf-8")' if isinstance(text, bytes) else ""
        raise TypeError(f"{name}: found {type(text).__name__}; allowed: str{remedy}")
    return Item.page(text, name)


def _said(error: Exception) -> str:
    try:
        text = str(error)
    except Exception:  # an error that cannot even say what it is must not cost the run
        text = "(without a message)"
    return f"{type(error).__name__}: {text}"
