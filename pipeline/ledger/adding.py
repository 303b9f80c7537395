"""A run that adds to a state: it takes in inputs and their articles, and makes them last one shard after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from pipeline.ledger.inputs import Came, Change, claim
from pipeline.ledger.listing import listed
from pipeline.ledger.manifest import sync
from pipeline.ledger.runs import RunRow, counted, shards_of
from pipeline.ledger.shards import INPUTS, OUTPUTS, Shard, generations, place, prepared
from pipeline.ledger.state import APART, State


class Adding:
    """What a run has taken in since its last shard, and the shard it is written to.

    ``inputs`` counts those of the open shard, ``any`` says whether it has something to tell; ``counts`` are those of
    the ``shards`` that last. Nothing is remembered of what was taken in until ``commit`` has returned. ``apart`` is
    where it is when it was set apart.
    """

    def __init__(self, state: State, run: RunRow) -> None:
        self.state = state
        self.run = run
        self.counts: Counter[str] = counted(state.database, run.number)
        self.shards = len(shards_of(state.database, run.number))
        self.inputs = 0
        self.any = False
        self.apart: Path | None = None
        self._shard: Shard | None = None
        self._changes: list[tuple[Change, Came]] = []
        self._pages: dict[str, Came] = {}
        self._reading = Came([], [])

    def change(self, change: Change) -> None:
        """Take in an input; what comes of it follows."""
        came = Came([], [])
        self._changes.append((change, came))
        if change.kind != "replaced":  # that is told while another one is read
            self._reading = came
        self.inputs += change.kind not in ("touched", "outdated")  # the second is read and counted later
        self.any |= change.kind != "touched"

    def page(self, page: str) -> None:
        """A page of the input that is read, by its id."""
        self._pages[page] = self._reading

    def article(self, article: str) -> None:
        """An article that was exported, by its id; its page is one of those of the open shard."""
        if came := self._pages.get(article.partition("-")[0]):
            came.articles.append(article)

    def copy(self, article: str, kept: str) -> None:
        """An article that was dropped for another one, by their ids."""
        if came := self._pages.get(article.partition("-")[0]):
            came.lost_to.append(kept)

    def write(self, kind: str, row: bytes) -> None:
        """A line for the articles or the audit. Raises OSError."""
        self._opened().files[kind].write(row)

    @property
    def kinds(self) -> Counter[str]:
        """What has become of the inputs of the open shard, counted as ``ledger/inputs/<kind>``."""
        kinds = (change.kind for change, _ in self._changes if change.kind not in ("touched", "outdated"))
        return Counter(f"ledger/inputs/{kind}" for kind in kinds)

    @property
    def lines(self) -> int:
        """Lines of articles and audit in the open shard."""
        return sum(self._shard.files[kind].lines for kind in OUTPUTS) if self._shard else 0

    def commit(self, at: Mapping[str, int], counts: Mapping[str, int]) -> None:
        """Make all that was taken in last, with the generations ``at`` that indexes have prepared for it.

        Raises LedgerError and OSError. If the ledger had decided by then, the next run brings it to its end.
        """
        database = self.state.database
        counts = Counter(counts) + self.kinds
        if not self.any:
            with database.transaction():
                for change, _ in self._changes:
                    claim(database, change, Came([], []), 0, self.run.number)
        else:
            shard = self._opened()
            for line in listed(self._changes, counts):
                shard.files[INPUTS].write(line)
            files = shard.finish()
            self.state.check()
            with database.transaction():
                row = prepared(database, (shard.run, shard.number), files, counts, {**generations(database), **at})
                for change, came in self._changes:
                    claim(database, change, came, row, self.run.number)
            self._shard = None  # it counts from here on: whatever fails now, its files are no longer ours to discard
            self.shards += 1
            place(self.state.folder, database, row, files)
        self.counts.update(counts)
        self._clear()

    def set_apart(self) -> None:
        """Put what was taken in where nobody takes it for output, and remember nothing of it. Raises OSError."""
        if self._shard is not None:
            self.state.check()
            folder = self.state.folder / APART / f"{self.run.number:06}"
            folder.mkdir(parents=True, exist_ok=True)
            self._shard.finish()
            for kind in OUTPUTS:
                self._shard.files[kind].part.replace(folder / f"{kind}.jsonl")
            sync(folder)
            self.apart = folder
        self.discard()

    def discard(self) -> None:
        """Forget what was taken in since the last shard."""
        if self._shard is not None:
            self._shard.discard()
        self._clear()

    def _opened(self) -> Shard:
        if self._shard is None:
            self.state.check()
            [[last]] = self.state.database.execute(
                "SELECT coalesce(max(number), 0) FROM shards WHERE run = ?", self.run.number
            )
            self._shard = Shard(self.state.folder, self.run.number, last + 1)
        return self._shard

    def _clear(self) -> None:
        self._shard = None
        self._changes, self._pages, self.inputs, self.any = [], {}, 0, False
