"""Makes anew what a state needs to go on: a lost ledger, and what its steps remember, under the chain there is now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pipeline.chain import Chain
from pipeline.config import Run
from pipeline.errors import ChainStopped
from pipeline.item import Item
from pipeline.ledger import exchange, upkeep
from pipeline.ledger.care import superseded
from pipeline.ledger.manifest import COMMAND, LedgerError
from pipeline.ledger.prefix import Brief
from pipeline.ledger.pruned import unremembered
from pipeline.ledger.pruning import begun_with, give_in, keep_again
from pipeline.ledger.restated import restate
from pipeline.ledger.restore import check_shards, restore
from pipeline.ledger.runs import another, chain_of
from pipeline.ledger.shards import MANIFESTS, OUTPUTS, TAKEN_AWAY, files_of
from pipeline.ledger.state import State
from pipeline.processor import CorpusProcessor, Memory, Step
from pipeline.rebuild import exported, remembering
from pipeline.report import manifest


class Renewed(NamedTuple):
    """How many shards were restored, lists of inputs made anew and articles remembered.

    ``another`` tells in what the chain is another one than before.

    ``unremembered`` shards were pruned, and nothing tells any longer what they exported.
    """

    shards: int
    lists: int
    articles: int
    another: str
    unremembered: int


def renew(folder: Path, run: Run, *, adopt: bool = False) -> Renewed:
    """Make the ledger anew if it is gone, then the indexes.

    What is exported stays as it is; what comes from now on goes through the chain of ``run``, which may be another one
    than that of the last run only where it is to ``adopt`` it. Superseded articles are not remembered, and neither are
    those that earlier runs dropped; those whose shards were pruned are unless the chain compares otherwise now. Raises
    SeedsiftError and OSError.
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
        lists = restate(state)
        check_shards(state)
        steps = remembering(run.steps)
        kept = keep_again(state, briefs(steps))
        try:
            articles, generations = _made(state, steps, with_pruned=True)
        except (LedgerError, ChainStopped):
            if not told:
                raise
            kept = False  # what is left of their articles cannot be compared as this chain does
            articles, generations = _made(state, steps, with_pruned=False)
        if not kept:
            give_in(state)
        exchange.decide(folder, generations, {"fingerprint": run.fingerprint, "steps": run.described})
        exchange.finish(folder, state.database)
        return Renewed(shards, lists, articles, told, unremembered(folder))


def briefs(steps: Iterable[Step]) -> dict[str, Brief]:
    """What steps that remember need of an article whose text is given up, by label."""
    return {step.label: step.processor.brief for step in steps if isinstance(step.processor, CorpusProcessor)}


def _made(state: State, steps: list[Step], *, with_pruned: bool) -> tuple[int, dict[str, int]]:
    """Make the indexes aside; how many articles of shards they remember, and their generations."""
    aside = exchange.aside(state.folder)
    exchange.clear(aside)
    aside.mkdir()
    generations = begun_with(state, aside, briefs(steps)) if with_pruned else {}
    for step in steps:
        if isinstance(step.processor, CorpusProcessor) and step.label in generations:
            limits = {name: getattr(step.processor.options, name) for name in sorted(step.processor.limits)}
            upkeep.accept(aside / step.label, limits)
    articles = sum(_remember(state, steps, each, aside, generations) for each in _runs(state))
    return articles, generations


def _another(state: State, run: Run) -> str:
    """In what the chain of the last run was another one, by the ledger or, if it is lost, by the last manifest."""
    found = chain_of(state.database)
    if not found and (manifests := sorted((state.folder / MANIFESTS).glob("[0-9]*.json"))):
        found = manifest.read(manifests[-1])["chain"]
    return another(found, run.fingerprint, run.described) if found else ""


def _runs(state: State) -> Iterable[tuple[int, list[str]]]:
    """Each run with the names of its shards."""
    rows = state.database.execute("SELECT run, files FROM shards WHERE state != ? ORDER BY run, number", TAKEN_AWAY)
    found: dict[int, list[str]] = {}
    for number, files in rows:
        name = files_of(state.database, files)[OUTPUTS[0]].name
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
