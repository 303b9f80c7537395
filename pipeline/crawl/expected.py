"""What a run with a state is expected to bring, held against what it brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from pipeline.chain import Chain
from pipeline.config import Expect
from pipeline.ledger.adding import Adding
from pipeline.ledger.runs import FINISHED, runs
from pipeline.processor import CorpusProcessor
from pipeline.report.gates import LAST_RUNS, Brought, failed, may_be_gone

_NEW = "ledger/inputs/new"


class Expected:
    """The expectations of one run, those that nobody has to write down among them.

    ``asked`` tells whether a configuration names any: then only the end of the run shows whether it may last.
    """

    def __init__(self, expect: Expect | None, adding: Adding) -> None:
        self.asked = expect is not None
        self._expect = expect or Expect()
        self._adding = adding
        self._missing: tuple[int, int] | None = None

    @property
    def may_be_empty(self) -> bool:
        """Whether an input folder may have become empty."""
        return self._expect.min_pages == 0

    def may_be_gone(self, gone: int, there: int) -> bool:
        """Whether so many inputs may be gone of those that the ledger has; if not, ``failed`` will say so."""
        lasting = self._adding.counts[_NEW]  # of this run, in the ledger by now
        well = may_be_gone(self._expect, gone, there - lasting, lasting + self._adding.kinds[_NEW])
        self._missing = None if well else (gone, there - lasting)
        return well

    def failed(self, counts: Mapping[str, int], chain: Chain, emptied: Sequence[str]) -> list[str]:
        """What is not as expected of a run with these counts, in words; ``emptied`` are the folders found empty."""
        corpus = (f"chain/{step.label}/drop/" for step in chain.steps if isinstance(step.processor, CorpusProcessor))
        copies = sum(counts[name] for prefix in corpus for name in counts if name.startswith(prefix))
        earlier = (run.counts for run in runs(self._adding.state.database) if run.state == FINISHED)
        before = (each for each in earlier if each.get("chain/pages"))
        brought = Brought(counts, copies, emptied, self._missing)
        return failed(self._expect, brought, list(islice(before, LAST_RUNS)))
