"""Runs a chain over generated pages and tabulates what went wrong, by each thing the pages are made of.

``python tests/quality/generate.py OUT && python tests/quality/report.py OUT [--show 5] [--only form=paged]``
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from scoring.page import Record, Score, score
from scoring.text import without

from pipeline import Chain
from pipeline.item import Item, Source
from pipeline.processor import CorpusProcessor
from pipeline.shipped import shipped

KEYS = ("kind", "form", "article", "title_style", "family", "head", "tail", "sep", "insert", "sprinkle", "paging",
        "disguise", "spam_page", "tags", "blank", "indent", "half", "spam_script")  # fmt: skip
CONTEXT = 12  # characters shown on either side of a difference
DIFFERENCES = 8  # of a page shown


class Result(NamedTuple):
    """A page's gold, its raw text and its score."""

    gold: Mapping[str, Any]
    score: Score


def results(folder: Path, config: Path) -> list[Result]:
    """Every page of the folder through the chain, its corpus steps (dedupe) left out so that every copy counts."""
    chain = Chain.load(config)
    with Chain([s for s in chain.steps if not isinstance(s.processor, CorpusProcessor)]) as pages:
        return [Result(gold, score(gold, _records(pages, text, gold))) for gold, text in _pages(folder)]


def duplicates(folder: Path, config: Path) -> dict[str, int]:
    """How many copies the whole chain leaves in, and how many articles of their own it takes for copies."""
    left: dict[str, int] = defaultdict(int)
    groups: dict[str, list[str]] = {}
    with Chain.load(config) as chain:
        for gold, text in _pages(folder):
            for article in gold["articles"]:
                groups.setdefault(article["dup_group"], article["edits"])
            for pair in score(gold, _records(chain, text, gold)).pairs:
                if pair.folded >= 0.9:
                    left[gold["articles"][pair.article]["dup_group"]] += 1
    gone = [group for group in groups if not left[group]]
    shared = [group for group in gone if "shared-paragraph" in groups[group]]
    extra = sum(n - 1 for n in left.values() if n)
    return {
        "groups": len(groups),
        "left in": extra,
        "without record": len(gone),
        "of these confusable": len(shared),
    }


def _pages(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            gold = json.loads(line)
            yield gold, (folder / "pages" / gold["page"]).read_bytes().decode("utf-8")


def _records(chain: Chain, text: str, gold: Mapping[str, Any]) -> list[Record]:
    page = Item.page(text, Source(gold["page"]))
    return [Record(o.id, o.title, o.text) for o in chain.feed(page) if isinstance(o, Item)]


def values(gold: Mapping[str, Any], key: str) -> Iterable[str]:
    """What a page has of a key; several for tails, tags and the kinds of its articles."""
    if key == "tail":
        return gold["tail"].split("+")
    if key == "tags":
        return gold["tags"] or ["none"]
    if key == "article":
        return sorted({article["kind"] for article in gold["articles"]})
    if key in gold["layout"]:
        return [repr(gold["layout"][key])]
    return [gold[key]]


def totals(found: Sequence[Result], key: str) -> dict[str, Score]:
    """The scores added up by the values of a key."""
    sums: dict[str, Score] = defaultdict(Score)
    for result in found:
        for value in values(result.gold, key):
            sums[value].add(result.score)
    return dict(sorted(sums.items(), key=lambda entry: entry[1].figures()["f1"]))


def table(title: str, sums: Mapping[str, Score]) -> Table:
    """A table of figures, the worst row first."""
    out = Table(title=title, title_justify="left")
    for column in (
        title,
        "pages",
        "gold",
        "out",
        "f1",
        "folded",
        "cer %",
        "leak %",
        "loss %",
        "titles",
        "spam",
        "clean",
    ):
        out.add_column(column, justify="left" if column == title else "right")
    for value, s in sums.items():
        f = s.figures()
        shares = [f"{f['f1']:.3f}", f"{f['folded']:.3f}", *(f"{100 * f[n]:.2f}" for n in ("cer", "leak", "loss"))]
        clean = f"{s.through}/{s.clean}" if s.clean else ""
        counts = [str(s.pages), str(s.gold), str(s.produced)]
        out.add_row(escape(value), *counts, *shares, f"{f['titles']:.3f}", str(s.spam_records), clean)
    return out


def badness(result: Result) -> float:
    """How wrong a page came out: articles missed or made up weigh one each, beside the error rates."""
    s = result.score
    off = s.gold + s.produced - 2 * s.strict
    return off + s.cer + (s.folded - s.titled) * 0.3 + s.leaked / max(1, s.chars) + s.lost / max(1, s.wanted)


def differences(result: Result) -> Iterator[str]:
    """What a page's records have that its articles have not, and the other way round."""
    articles = result.gold["articles"]
    met = {pair.article for pair in result.score.pairs if pair.folded >= 0.5}
    for number, article in enumerate(articles):
        if number not in met:
            yield f"[red]MISSED[/] {escape(article['title'])} ({article['kind']})"
    for pair in result.score.pairs:
        if pair.folded < 0.5:
            yield f"[red]EXTRA[/] {escape(pair.record.title)!r}: {escape(pair.record.text[:120])!r}"
            continue
        article = articles[pair.article]
        if not pair.titled:
            yield f"[yellow]TITLE[/] {escape(pair.record.title)!r}, not {escape(article['title'])!r}"
        wanted, got = without(article["text"], article["optional"]), without(pair.record.text, article["optional"])
        yield from _hunks(wanted, got)


def _hunks(wanted: str, got: str) -> Iterator[str]:
    wrong = [op for op in Levenshtein.opcodes(wanted, got) if op.tag != "equal"]
    for op in wrong[:DIFFERENCES]:
        before = escape(wanted[max(0, op.src_start - CONTEXT) : op.src_start])
        lost, more = escape(wanted[op.src_start : op.src_end][:80]), escape(got[op.dest_start : op.dest_end][:80])
        yield f"  {before}[red]-{lost}-[/][green]+{more}+[/]{escape(wanted[op.src_end : op.src_end + CONTEXT])}"
    if len(wrong) > DIFFERENCES:
        yield f"  … and {len(wrong) - DIFFERENCES} differences more"


def show(console: Console, found: Sequence[Result], count: int) -> None:
    """The worst pages with what each is made of and how it differs."""
    for result in sorted(found, key=badness, reverse=True)[:count]:
        made = {
            key: value for key in KEYS if (value := " ".join(values(result.gold, key))) not in ("none", "False", "''")
        }
        console.print(f"[bold]{result.gold['page']}[/] {escape(' '.join(f'{k}={v}' for k, v in made.items()))}")
        for line in differences(result):
            console.print(line)


def chosen(found: Sequence[Result], only: Sequence[str]) -> list[Result]:
    """The results that have each ``key=value``."""
    wanted = [pair.partition("=")[::2] for pair in only]
    return [r for r in found if all(value in values(r.gold, key) for key, value in wanted)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="what generate.py wrote")
    parser.add_argument("--config", type=Path, default=shipped("pipeline.yaml"), help="the run whose chain is used")
    parser.add_argument("--by", default=",".join(KEYS), help="what to tabulate by (everything)")
    parser.add_argument("--only", action="append", default=[], metavar="KEY=VALUE", help="only pages that have this")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="the N worst pages with their differences")
    parser.add_argument("--width", type=int, default=150, help="columns of the output (150)")
    args = parser.parse_args()
    console = Console(width=args.width)
    found = chosen(results(args.folder, args.config), args.only)
    for key in filter(None, args.by.split(",")):
        console.print(table(key, totals(found, key)))
    whole = Score()
    for result in found:
        whole.add(result.score)
    console.print(table("all", {"all": whole}))
    console.print("duplicates:", duplicates(args.folder, args.config))
    show(console, found, args.show)


if __name__ == "__main__":
    main()
