"""A chain over labelled pages, and its scores added up by whatever the pages are made of."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scoring.page import ALIKE, Record, Score, score

from pipeline import Chain
from pipeline.item import Item, Source
from pipeline.processor import CorpusProcessor

KEYS = (
    "kind",
    "form",
    "article",
    "title_style",
    "family",
    "head",
    "tail",
    "sep",
    "insert",
    "sprinkle",
    "paging",
    "frame",
    "disguise",
    "spam_page",
    "tags",
    "blank",
    "indent",
    "half",
    "spam_script",
)

Labelled = tuple[Mapping[str, Any], str]  # a line of gold and the raw text of its page


class Result(NamedTuple):
    """A page's gold and its score."""

    gold: Mapping[str, Any]
    score: Score


def labelled(folder: Path) -> list[Labelled]:
    """The pages that ``generate.py`` wrote."""
    lines = (folder / "gold.jsonl").read_text(encoding="utf-8").split("\n")
    golds = [json.loads(line) for line in lines if line]
    return [(gold, (folder / "pages" / gold["page"]).read_bytes().decode("utf-8")) for gold in golds]


def results(pages: Iterable[Labelled], config: Path) -> list[Result]:
    """Every page through the chain without its corpus steps: dedupe would hide all copies but the first."""
    steps = [step for step in Chain.load(config).steps if not isinstance(step.processor, CorpusProcessor)]
    with Chain(steps) as chain:
        return through(chain, pages)


def through(chain: Chain, pages: Iterable[Labelled]) -> list[Result]:
    """Every page through an open chain."""
    return [Result(gold, score(gold, _records(chain, gold, text))) for gold, text in pages]


def duplicates(pages: Sequence[Labelled], config: Path) -> dict[str, int]:
    """How many copies the corpus steps leave in, and how many articles that were found they leave without a record."""
    found = _groups(results(pages, config))
    with Chain.load(config) as chain:
        kept = _groups(through(chain, pages))
    return {
        "articles": len(found),
        "copies left in": sum(count - 1 for count in kept.values()),
        "lost": len(found.keys() - kept.keys()),
    }


def _groups(found: Iterable[Result]) -> Counter[str]:
    """How many records each article has, all its copies together."""
    pairs = ((result, pair) for result in found for pair in result.score.pairs if pair.folded >= ALIKE)
    return Counter(result.gold["articles"][pair.article]["dup_group"] for result, pair in pairs)


def _records(chain: Chain, gold: Mapping[str, Any], text: str) -> list[Record]:
    outcomes = chain.feed(Item.page(text, Source(gold["page"])))
    return [Record(o.id, o.title, o.text) for o in outcomes if isinstance(o, Item)]


def values(gold: Mapping[str, Any], key: str) -> list[str]:
    """What a page has of a key; several for tails, tags and the kinds of its articles."""
    if key == "tail":
        return str(gold.get("tail", "none")).split("+")
    if key == "tags":
        return gold.get("tags") or ["none"]
    if key == "article":
        return sorted({article["kind"] for article in gold["articles"]})
    layout = gold.get("layout") or {}
    return [repr(layout[key])] if key in layout else [gold.get(key) or "none"]


def totals(found: Sequence[Result], key: str) -> dict[str, Score]:
    """The scores added up by the values of a key, the worst first."""
    sums: dict[str, Score] = defaultdict(Score)
    for result in found:
        for value in values(result.gold, key):
            sums[value].add(result.score)
    return dict(sorted(sums.items(), key=lambda entry: entry[1].figures()["f1"]))


def whole(found: Iterable[Result]) -> Score:
    """All scores added up."""
    total = Score()
    for result in found:
        total.add(result.score)
    return total


def scored(sums: Mapping[str, Score]) -> Iterator[tuple[str, float]]:
    """The strict F1 of each value that has articles; where there are none only spam records count, and apart."""
    return ((value, s.figures()["f1"]) for value, s in sums.items() if s.gold)
