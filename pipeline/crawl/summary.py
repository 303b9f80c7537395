"""What a run came to, in a few lines for people, and the exit code that says the same to machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.crawl.feeds import NOTHING_NEW, OUTPUT_FAILED
from pipeline.crawl.interrupts import INTERRUPTED
from pipeline.ledger.adding import Adding
from pipeline.sources.problem import NOT_READ
from pipeline.streams import OUTPUT

OK = 0
ITEM_ERRORS = 1
USAGE = 2
STOPPED = 3
NOT_ALL_READ = 5
RED = 6
LOCKED = 7

NOT_REMEMBERED = "chain/not_remembered"
"""In the statistics: why an index could not be given what this run exported."""

STATE_RUN = "ledger/run"
"""In the statistics of a run with a state: its number."""

NOT_AS_EXPECTED = "ledger/not_as_expected"
"""In the statistics: the expectations that a run with a state has not met."""

Stats = Mapping[str, Any]


def exit_code(stats: Stats) -> int:
    """The gravest thing that happened, as the table in docs/crawl.md has it."""
    reason = stats.get("finish_reason")
    if OUTPUT_FAILED in stats or any(name.startswith("feedexport/failed_count") for name in stats):
        return OUTPUT
    if reason in ("shutdown", None):  # without a reason, it was interrupted before it could begin
        return INTERRUPTED
    if stats.get(NOT_AS_EXPECTED):
        return RED
    if (
        reason != "finished"
        or stats.get("spider_exceptions/count")
        or stats.get("log_count/CRITICAL")
        or NOT_REMEMBERED in stats
    ):
        return STOPPED
    if _under(stats, "chain/errors/"):
        return ITEM_ERRORS
    unread = NOT_READ & _under(stats, "chain/input/").keys()
    if unread or stats.get("retry/max_reached"):
        return NOT_ALL_READ
    return STOPPED if stats.get("log_count/ERROR") else OK


def summary(stats: Stats, written: Iterable[tuple[str, int]]) -> list[str]:
    """The lines told at the end of a run: what went in and came out, what was cut and dropped and why, what failed."""
    lines = [f"{number(stats.get('chain/pages', 0), 'page')}, {number(stats.get('chain/articles', 0), 'article')}"]
    for title, found in (
        ("cut", _by_reason(stats, "cut")),
        ("dropped", _by_reason(stats, "drop")),
        ("errors in", _under(stats, "chain/errors/")),
        ("inputs", _under(stats, "chain/input/")),
    ):
        if found:
            lines.append(f"  {title}: " + ", ".join(f"{name} {found[name]}" for name in sorted(found)))
    lines.extend(f"  {uri}: {number(count, 'line')}" for uri, count in written)
    if OUTPUT_FAILED in stats:
        told = "written since the last shard" if STATE_RUN in stats else "written"
        lines.append(f"  nothing was {told}: {stats[OUTPUT_FAILED]}; earlier outputs are as they were")
    elif NOTHING_NEW in stats:
        lines.append(
            f"  nothing new; as before: {', '.join(stats[NOTHING_NEW])}, for the index knows all that was found"
        )
    elif stats.get(NOT_AS_EXPECTED):
        lines.append(f"  not as expected: {'; '.join(stats[NOT_AS_EXPECTED])}")
    elif NOT_REMEMBERED in stats:
        lines.append(
            f"  not remembered: {stats[NOT_REMEMBERED]}; the outputs are whole, but the next run will not know them"
        )
    elif stats.get("finish_reason") != "finished":
        lines.append(f"  ended early: {stats.get('finish_reason', 'unknown')}; what was written is not the whole")
    return lines


def one_line(folder: str, adding: Adding, unchanged: int, stats: Stats) -> str:
    """How a run with a state went, all of it in one line: for logs, mails, and those who read nothing else."""
    run = adding.run
    again = f", attempt {run.attempts}" if run.attempts > 1 else ""
    found = _brought(adding.counts)
    if not_met := stats.get(NOT_AS_EXPECTED):
        stay = f"of it {number(adding.shards, 'earlier shard')}, and nothing else," if adding.shards else "nothing"
        where = f"its output is in {adding.apart}, and " if adding.apart else ""
        found = f"NOT AS EXPECTED: {'; '.join(not_met)}; {where}{stay} is remembered"
    elif OUTPUT_FAILED in stats or stats.get("finish_reason") != "finished" or stats.get("spider_exceptions/count"):
        why = stats.get(OUTPUT_FAILED) or stats.get("finish_reason") or "interrupted"
        found = f"NOT FINISHED ({why}); its shards hold {found}, and the next run goes on behind them"
    told = (
        f"{folder}: run {run.number}{again}: {found}; {number(unchanged, 'input')} unchanged; exit {exit_code(stats)}"
    )
    return " ".join(told.split())


def _brought(counts: Mapping[str, int]) -> str:
    """What is new by the counts of a run."""
    if not counts:
        return "nothing new"
    parts = [number(counts.get(f"chain/{noun}s", 0), noun) for noun in ("page", "article")]
    others = {
        "cut": _by_reason(counts, "cut"),
        "drop": _by_reason(counts, "drop"),
        "error": _under(counts, "chain/errors/"),
    }
    parts += [number(found.total(), noun) for noun, found in others.items() if found]
    inputs = _under(counts, "ledger/inputs/")
    parts += [f"{number(inputs[kind], 'input')} {kind}" for kind in sorted(inputs) if kind != "new"]
    return f"new: {', '.join(parts)}"


def _by_reason(stats: Stats, kind: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, value in stats.items():
        head, _, reason = name.partition(f"/{kind}/")
        if reason and head.startswith("chain/") and reason != "error":
            found[reason] += value
    return found


def _under(stats: Stats, prefix: str) -> Counter[str]:
    return Counter({name.removeprefix(prefix): count for name, count in stats.items() if name.startswith(prefix)})


def number(count: int, noun: str) -> str:
    """A count with its noun, for people."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
