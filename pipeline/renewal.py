"""Makes anew what a state needs to go on: a lost ledger, and what its steps remember, under the chain there is now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.chain import Chain
from pipeline.config import Run
from pipeline.item import Item
from pipeline.ledger import exchange
from pipeline.ledger.care import superseded
from pipeline.ledger.manifest import COMMAND, LedgerError
from pipeline.ledger.restore import restore
from pipeline.ledger.runs import another, chain_of
from pipeline.ledger.shards import MANIFESTS, OUTPUTS, TAKEN_AWAY, files_of
from pipeline.ledger.state import State
from pipeline.processor import CorpusProcessor, Memory, Step
from pipeline.rebuild import exported, remembering
from pipeline.report import manifest


class Renewed(NamedTuple):
    """How many shards were restored and articles remembered, and in what the chain is another one than before."""

    shards: int
    articles: int
    another: str


def renew(folder: Path, run: Run, *, adopt: bool = False) -> Renewed:
    """Make the ledger anew if it is gone, then the indexes.

    What is exported stays as it is; what comes from now on goes through the chain of ``run``, which may be another one
    than that of the last run only where it is to ``adopt`` it. Superseded articles are not remembered, and neither are
    those that earlier runs dropped, or whose shards were pruned. Raises SeedsiftError and OSError.
    """
    if not (folder / OUTPUTS[0]).is_dir():
        raise LedgerError(f"{folder}: there is no state here; name a state folder (-s STATE=FOLDER)")
    with State(folder, restoring=True) as state:
        told = _another(state, run)
        if told and not adopt:
            raise LedgerError(
                f"{folder}: its last run had another chain: {told}; name the configuration of that one (--config FILE) "
                f"or keep what is there and go on with this one: {COMMAND}"
            )
        shards = restore(state)
        steps = remembering(run.steps)
        generations: dict[str, int] = {}
        aside = exchange.aside(folder)
        aside.mkdir()
        articles = sum(_remember(state, steps, each, aside, generations) for each in _runs(state))
        exchange.decide(folder, generations, {"fingerprint": run.fingerprint, "steps": run.described})
        exchange.finish(folder, state.database)
        return Renewed(shards, articles, told)


def _another(state: State, run: Run) -> str:
    """In what the chain of the last run was another one, by the ledger or, if it is lost, by the last manifest."""
    found = chain_of(state.database)
    if not found and (manifests := sorted((state.folder / MANIFESTS).glob("[0-9]*.json"))):
        found = manifest.read(manifests[-1])["chain"]
    return another(found, run.fingerprint, run.described) if found else ""


def _runs(state: State) -> Iterable[tuple[int, list[str]]]:
    """Each run with the names of its shards. Raises LedgerError when one of them is not there."""
    rows = state.database.execute("SELECT run, files FROM shards WHERE state != ? ORDER BY run, number", TAKEN_AWAY)
    found: dict[int, list[str]] = {}
    for number, files in rows:
        name = files_of(state.database, files)[OUTPUTS[0]].name
        if not (path := state.folder / OUTPUTS[0] / name).is_file():
            raise LedgerError(f"{path}: missing; put it back from a copy, or begin anew with another state folder")
        found.setdefault(number, []).append(name)
    return found.items()


def _remember(
    state: State, steps: list[Step], of_run: tuple[int, list[str]], aside: Path, generations: dict[str, int]
) -> int:
    """Let steps remember in ``aside`` what a run exported; how many articles that were."""
    number, names = of_run
    for step in steps:
        if isinstance(step.processor, CorpusProcessor):
            step.processor.memory = Memory(aside / step.label, generations.get(step.label, 0), number)
    ended = superseded(state)
    folder = state.folder / OUTPUTS[0]
    items = (item for name in names for item in exported(folder / name) if not ended(item.id, name))
    with Chain(steps, on_error="stop") as chain:
        given = sum(isinstance(outcome, Item) for outcome in chain.run(items))
        generations.update(chain.prepare())
        chain.commit()
    return given
