"""A night's work with two steps that remember, where one small file decides for output and both indexes at once."""

import json
from pathlib import Path
from typing import Any

from pipeline.chain import Chain
from pipeline.item import Item
from pipeline.ledger.manifest import sync
from pipeline.processor import CorpusProcessor, Memory, Step
from processors.dedupe import Dedupe
from processors.dedupe_paragraphs import DedupeParagraphs, DedupeParagraphsOptions
from processors.fingerprint import Fingerprint
from tests.quality.duplicates.nightly import outcome_line, put, written

State = dict[str, Any]


def run(texts: list[str], folder: Path, ends: list[int]) -> None:
    """Work off the shards that are not done yet; ``ends`` say after which text each of them ends.

    What is decided stands in ``decided.json``: how many shards, and the generation of each step's index.
    """
    while True:
        state = _decided(folder)
        done = state["shards"]
        if done:
            _finish(folder / f"{done - 1:05d}.jsonl")
        with Chain(_steps(folder, state), on_error="stop") as chain:  # finishes what was interrupted, also the last one
            if done == len(ends):
                return
            start = ends[done - 1] if done else 0
            pages = [Item.page(text, f"{start + number}") for number, text in enumerate(texts[start : ends[done]])]
            written(folder / f"{done:05d}.part", b"".join(map(outcome_line, chain.run(pages))))
            generations = chain.prepare()
            put(folder / "decided.json", json.dumps({"shards": done + 1, "generations": generations}).encode())
            _finish(folder / f"{done:05d}.jsonl")
            chain.commit()


def _steps(folder: Path, state: State) -> list[Step]:
    steps = [
        Step("fingerprint", Fingerprint()),
        Step("dedupe", Dedupe()),
        Step("dedupe_paragraphs", DedupeParagraphs(DedupeParagraphsOptions(max_articles=1, min_chars=5))),
    ]
    for step in steps:
        if isinstance(step.processor, CorpusProcessor):
            generation = state["generations"].get(step.label, 0)
            step.processor.memory = Memory(folder / step.label, generation, state["shards"] + 1)
    return steps


def _decided(folder: Path) -> State:
    path = folder / "decided.json"
    found: State = json.loads(path.read_bytes()) if path.exists() else {"shards": 0, "generations": {}}
    return found


def _finish(path: Path) -> None:
    """Put a shard in place that was decided to count, if that has not been done yet."""
    aside = path.with_suffix(".part")
    if not path.exists():
        aside.replace(path)
        sync(path.parent)
