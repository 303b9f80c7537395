"""Giving up the outputs of old runs without forgetting what they exported, also by an index that is made anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipeline.ledger import blob, pruned, upkeep
from pipeline.ledger.agreement import at
from pipeline.ledger.exchange import INDEX
from pipeline.ledger.listing import shard_name
from pipeline.ledger.manifest import COMMAND, REMEDY, LedgerError, Manifest, in_state
from pipeline.ledger.parts import Parts
from pipeline.ledger.prefix import Brief, write_prefix
from pipeline.ledger.pruned import Last
from pipeline.ledger.shards import MANIFESTS, OUTPUTS, TAKEN_AWAY, generations
from pipeline.ledger.state import APART, State

_PUT_BACK = (
    "put it back from a copy, or remove it: what is remembered of pruned shards is then taken from index/ while that "
    "is whole"
)


class Pruned(NamedTuple):
    """How many shards were given up, and whether a copy of what they exported may come out again."""

    shards: int
    unremembered: bool


def indexes(state: State) -> list[tuple[Path, int]]:
    """Those that the ledger has decided for, with their generations, and others that lie there."""
    decided = generations(state.database)
    there = [path.name for path in (state.folder / INDEX).glob("*")]
    return [(state.index(label), decided.get(label, 0)) for label in sorted({*decided, *there})]


def prune(state: State, runs: int, brief: Mapping[str, Brief]) -> Pruned:
    """Remove articles, audit, manifests and red outputs of all but the last runs.

    Nothing is read again, and duplicates are still found: what each index holds of these shards is kept beside it, of
    each article what the ``brief`` of its step leaves, by the label of that. Raises OSError, and LedgerError for an
    index from which that cannot be had, while it can still be made anew.
    """
    [[last]] = state.database.execute("SELECT coalesce(max(number), 0) FROM runs")
    before = last - runs
    asked = "SELECT run, number FROM shards WHERE run <= ? AND state != ? ORDER BY run, number"
    shards = state.database.execute(asked, before, TAKEN_AWAY)
    unremembered = False
    if shards:
        try:
            _give_up(state, shards[-1], brief)
        except LedgerError as error:
            if _all_there(state, shards):
                raise LedgerError(
                    f"{in_state(error)}; nothing was removed: what was exported is to be known"
                ) from error
            unremembered = True
            lost = pruned.unremembered(state.folder) + len(shards)
            pruned.decide(state.folder, shards[-1], lambda made: _as_before(state.folder, made, lost))
        pruned.finish(state.folder, state.database)
    _remove_accounts(state.folder, before)
    return Pruned(len(shards), unremembered)


def begun_with(state: State, aside: Path, brief: Mapping[str, Brief]) -> dict[str, int]:
    """Lay what is remembered of pruned shards where indexes are made anew; their generations.

    Of the steps that have a ``brief``. Raises LedgerError for what is damaged, and OSError.
    """
    found = pruned.kept(state.folder)
    if found is None:
        return {}
    begun = {}
    for folder in pruned.folders(found[1]):
        if folder.name in brief:
            _verified(folder)
            shutil.copytree(folder, aside / folder.name)
            begun[folder.name] = _without_ended(state, found[0], aside / folder.name)
    return begun


def keep_again(state: State, brief: Mapping[str, Brief]) -> bool:
    """Take what is remembered of pruned shards from the indexes if it is not kept; whether anything tells of it."""
    last = _last(state)
    if last is None or pruned.kept(state.folder):
        return True
    try:
        _give_up(state, last, brief)
    except LedgerError:
        return False
    return True


def give_in(state: State) -> None:
    """Write down that nothing is remembered of all pruned shards, and let go of what cannot be compared any more."""
    last = _last(state)
    if last is None:
        return
    [[lost]] = state.database.execute("SELECT count(*) FROM shards WHERE state = ?", TAKEN_AWAY)
    if found := pruned.kept(state.folder):
        pruned.count_unremembered(found[1], lost)
        for folder in pruned.folders(found[1]):
            shutil.rmtree(folder)
    else:
        pruned.decide(state.folder, last, lambda made: pruned.count_unremembered(made, lost))


def lost(state: State) -> str:
    """That what was kept of pruned shards is gone, "" where it is there."""
    last = _last(state)
    if last is None or pruned.kept(state.folder):
        return ""
    return (
        f"{state.folder / pruned.PRUNED / shard_name(*last)}: gone, so that only index/ knows what was pruned; "
        f"while that is whole, take it from there: {COMMAND}"
    )


def problems(state: State) -> Iterator[str]:
    """What is wrong with what is kept of pruned shards."""
    if told := lost(state):
        yield told
    found = pruned.kept(state.folder)
    for folder in pruned.folders(found[1]) if found else ():
        try:
            _verified(folder)
        except LedgerError as error:
            yield str(error)


def _give_up(state: State, last: Last, brief: Mapping[str, Brief]) -> None:
    def fill(made: Path) -> None:
        for folder, generation in indexes(state):
            target = made / folder.name
            target.mkdir()
            write_prefix(folder, at(folder, generation), last[0], target, brief.get(folder.name, _whole))
        pruned.count_unremembered(made, pruned.unremembered(state.folder))

    pruned.decide(state.folder, last, fill)


def _whole(payload: bytes) -> bytes:
    return payload


def _all_there(state: State, shards: list[Last]) -> bool:
    return all((state.folder / OUTPUTS[0] / f"{shard_name(*shard)}.jsonl").is_file() for shard in shards)


def _as_before(state: Path, made: Path, lost: int) -> None:
    """What was kept of the shards given up earlier, and of how many nothing is."""
    if found := pruned.kept(state):
        shutil.copytree(found[1], made, dirs_exist_ok=True)
    pruned.count_unremembered(made, lost)


def _last(state: State) -> Last | None:
    asked = "SELECT run, number FROM shards WHERE state = ? ORDER BY run DESC, number DESC LIMIT 1"
    return next(((run, number) for run, number in state.database.execute(asked, TAKEN_AWAY)), None)


def _remove_accounts(folder: Path, before: int) -> None:
    for manifest in sorted((folder / MANIFESTS).glob("[0-9]*.json")):
        if int(manifest.stem) <= before:
            manifest.unlink()
    for red in sorted((folder / APART).glob("[0-9]*")):
        if int(red.name) <= before:
            shutil.rmtree(red)


def _verified(folder: Path) -> None:
    try:
        upkeep.verify(folder)
    except LedgerError as error:
        raise LedgerError(str(error).replace(REMEDY, _PUT_BACK)) from error


def _without_ended(state: State, last: Last, folder: Path) -> int:
    """Forget in an index of pruned shards what counts no more by the ledger; its generation."""
    found = Manifest.read(folder)
    assert found is not None
    parts = Parts(lambda: folder, found.parts)
    ids = {blob.names(parts.article(number)[2])[0] for number in range(parts.articles)}
    asked = (
        "SELECT superseded IS NOT NULL OR (run, number) > (?, ?) FROM articles JOIN inputs ON inputs.id = input "
        "JOIN shards ON shards.id = shard WHERE articles.id = ?"
    )
    ended = {id_ for id_ in ids for (gone,) in state.database.execute(asked, *last, id_) if gone}
    forgotten = {**found.forgotten, **dict.fromkeys(ended, parts.articles)}
    replace(found, forgotten=forgotten).write(folder)
    return found.generation
