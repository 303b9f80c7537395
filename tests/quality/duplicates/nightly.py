"""A night's work again and again: a shard of articles deduplicated, put in place, and then remembered."""

import os
from pathlib import Path

from pipeline.chain import Chain
from pipeline.exporters.article import article
from pipeline.exporters.audit import audit
from pipeline.exporters.lines import line
from pipeline.item import Item, Outcome
from pipeline.processor import Step
from processors.dedupe import Dedupe, DedupeOptions
from processors.fingerprint import Fingerprint, FingerprintOptions


def run(texts: list[str], folder: Path, ends: list[int], batch: int = 1, *, carry_shingles: bool = True) -> None:
    """Work off the shards that are not done yet; ``ends`` say after which text each of them ends.

    The order is that of docs/dedupe.md: first the output is in its place, then the index knows of it.
    """
    while True:
        step = Dedupe(DedupeOptions(index=folder / "index", batch=batch))
        fingerprint = Fingerprint(FingerprintOptions(carry_shingles=carry_shingles))
        with Chain([Step("fingerprint", fingerprint), Step("dedupe", step)], on_error="stop") as chain:
            done = step.remembered_runs
            if done == len(ends):
                return
            start = ends[done - 1] if done else 0
            pages = [Item.page(text, f"{start + number}") for number, text in enumerate(texts[start : ends[done]])]
            put(folder / f"{done:05d}.jsonl", b"".join(map(outcome_line, chain.run(pages))))
            chain.commit()


def outcomes(folder: Path) -> bytes:
    """What all shards came to."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.jsonl")))


def outcome_line(outcome: Outcome) -> bytes:
    """An outcome as a line of its file."""
    return line(article(outcome) if isinstance(outcome, Item) else audit(outcome))


def put(path: Path, content: bytes) -> None:
    """Write a file aside and put it in place of the earlier one."""
    aside = path.with_suffix(".part")
    written(aside, content)
    aside.replace(path)


def written(path: Path, content: bytes) -> None:
    """Write a file so that it lasts."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
