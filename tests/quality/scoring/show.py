"""Scores for people: tables, a summary in Markdown, and the worst pages with what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Levenshtein
from rich.markup import escape
from rich.table import Table
from scoring.page import Pair, Score
from scoring.run import KEYS, Result, scored, totals, values
from scoring.text import without

COLUMNS = ("pages", "gold", "out", "f1", "folded", "cer %", "leak %", "loss %", "titles", "spam", "clean")
CONTEXT = 12  # characters shown on either side of a difference
SHOWN = 80  # characters of a difference shown
DIFFERENCES = 8  # of a record shown
AKIN = 0.5  # likeness below which a record is no article of the page at all


def table(title: str, sums: Mapping[str, Score]) -> Table:
    """A table of figures, one row a value."""
    out = Table(title, title_justify="left")
    for column in COLUMNS:
        out.add_column(column, justify="right")
    for value, s in sums.items():
        out.add_row(escape(value), *_cells(s))
    return out


def _cells(s: Score) -> list[str]:
    f = s.figures()
    shares = [f"{f['f1']:.3f}", f"{f['folded']:.3f}", *(f"{100 * f[name]:.2f}" for name in ("cer", "leak", "loss"))]
    clean = f"{s.through}/{s.clean}" if s.clean else ""
    return [str(s.pages), str(s.gold), str(s.produced), *shares, f"{f['titles']:.3f}", str(s.spam_records), clean]


def summary(found: Sequence[Result]) -> str:
    """A Markdown table: for each key the mean strict F1 over its values, and the worst of them."""
    rows = ["| by | values | mean F1 | worst F1 | worst value |", "|---|---|---|---|---|"]
    for key in KEYS:
        marks = list(scored(totals(found, key)))
        if len(marks) > 1:
            worst, low = min(marks, key=lambda mark: mark[1])
            mean = sum(f1 for _, f1 in marks) / len(marks)
            rows.append(f"| {key} | {len(marks)} | {mean:.3f} | {low:.3f} | {worst} |")
    return "\n".join(rows)


def worst(found: Sequence[Result], count: int) -> Iterator[str]:
    """The worst pages, in rich's markup: what each is made of and how it differs."""
    for result in sorted(found, key=_badness, reverse=True)[:count]:
        made = {key: " ".join(values(result.gold, key)) for key in KEYS}
        named = [f"{key}={value}" for key, value in made.items() if value not in ("none", "False", "''")]
        yield f"[bold]{result.gold['page']}[/] {escape(' '.join(named))}"
        yield from _differences(result)


def _badness(result: Result) -> float:
    """How wrong a page came out: articles missed or made up weigh one each, beside the error rates."""
    s = result.score
    off = s.gold + s.produced - 2 * s.strict
    return off + s.cer + (s.folded - s.titled) * 0.3 + s.leaked / max(1, s.chars) + s.lost / max(1, s.wanted)


def _differences(result: Result) -> Iterator[str]:
    met = {pair.article for pair in result.score.pairs if pair.folded >= AKIN}
    for number, article in enumerate(result.gold["articles"]):
        if number not in met:
            yield f"[red]MISSED[/] {escape(article['title'])} ({article['kind']})"
    for pair in result.score.pairs:
        yield from _of_record(pair, result)


def _of_record(pair: Pair, result: Result) -> Iterator[str]:
    if pair.folded < AKIN:
        yield f"[red]EXTRA[/] {escape(repr(pair.record.title))}: {escape(repr(pair.record.text[:120]))}"
        return
    article = result.gold["articles"][pair.article]
    if not pair.titled:
        yield f"[yellow]TITLE[/] {escape(repr(pair.record.title))}, not {escape(repr(article['title']))}"
    yield from _hunks(without(article["text"], article["optional"]), without(pair.record.text, article["optional"]))


def _hunks(wanted: str, got: str) -> Iterator[str]:
    wrong = [op for op in Levenshtein.opcodes(wanted, got) if op.tag != "equal"]
    for op in wrong[:DIFFERENCES]:
        before = escape(wanted[max(0, op.src_start - CONTEXT) : op.src_start])
        after = escape(wanted[op.src_end : op.src_end + CONTEXT])
        lost, more = wanted[op.src_start : op.src_end][:SHOWN], got[op.dest_start : op.dest_end][:SHOWN]
        yield f"  {before}[red]-{escape(lost)}-[/][green]+{escape(more)}+[/]{after}"
    if len(wrong) > DIFFERENCES:
        yield f"  … and {len(wrong) - DIFFERENCES} differences more"
