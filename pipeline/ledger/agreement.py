"""Whether an index remembers the articles that count by the ledger, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.ledger import blob, upkeep
from pipeline.ledger.blob import Article
from pipeline.ledger.database import Database
from pipeline.ledger.forgotten import Forgotten
from pipeline.ledger.manifest import COMMAND, PREPARED, LedgerError, Manifest
from pipeline.ledger.parts import Parts


def disagreements(database: Database, folder: Path, generation: int) -> Iterator[str]:
    """What an index and the ledger that has decided for a ``generation`` of it say differently of an article.

    An index may know articles that the ledger does not: later steps dropped them. Raises LedgerError for an index that
    is damaged or of another generation.
    """
    upkeep.verify(folder)
    found = at(folder, generation)
    parts = Parts(lambda: folder, found.parts)
    forgotten = Forgotten(found.forgotten)

    def article(number: int) -> Article:
        kept, run, packed = parts.article(number)
        return Article(*blob.names(packed), run, kept)

    ended: dict[str, None] = {}
    for number in range(parts.articles):
        each = article(number)
        counts = forgotten.counts(number, article)
        if not counts:
            ended[each.id] = None
            continue
        ended.pop(each.id, None)
        superseded = _superseded(database, each.id)
        if each.kept == number and superseded is not None and superseded > each.run:
            yield f"{folder}: article {each.id} ends copies, though run {superseded} has superseded it"
    for id_ in ended:
        if _superseded(database, id_) == 0:
            yield f"{folder}: article {id_} is forgotten, though it counts by the ledger"


def at(folder: Path, generation: int) -> Manifest:
    """What is in the index that a ledger has decided for. Raises LedgerError for one of another generation."""
    read = (Manifest.read(folder), Manifest.read(folder, PREPARED))
    found = next((each for each in read if each is not None and each.generation == generation), None)
    if found is None:
        told = read[0].generation if read[0] else 0
        raise LedgerError(f"{folder}: the index is at commit {told}, the ledger at {generation}; {COMMAND}")
    return found


def _superseded(database: Database, article: str) -> int | None:
    """The run that has superseded an article, 0 for one that counts, None for one that the ledger does not know."""
    asked = (
        "SELECT iif(superseded IS NULL, 0, coalesce(shards.run, 0)) FROM articles JOIN inputs ON inputs.id = input "
        "LEFT JOIN shards ON shards.id = superseded WHERE articles.id = ?"
    )
    return next((run for (run,) in database.execute(asked, article)), None)
