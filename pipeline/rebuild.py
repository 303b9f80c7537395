"""Makes the memory of a chain anew from articles it has exported: ``python -m pipeline.rebuild``."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import orjson

from pipeline.chain import Chain
from pipeline.config import load
from pipeline.errors import SeedsiftError
from pipeline.item import Drop, Item, Source
from pipeline.ledger.lock import locked
from pipeline.ledger.upkeep import is_unused, remove_unused
from pipeline.processor import CorpusProcessor, Step

EPILOG = """
Steps that cut or drop are left out, for the articles have been through them. What runs had dropped is in no article, so
the new index does not know it: a copy that resembles only a dropped article may come through. Each file counts as one
run, numbered from 1. The folders that the options `index` name must be empty or not there; they are put in place when
all files have been read, so that a rebuild that was interrupted can be started again.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.rebuild", description=__doc__, epilog=EPILOG)
    parser.add_argument("config", type=Path, help="the configuration whose steps have an index")
    parser.add_argument(
        "articles", type=Path, nargs="+", help="exported files (JSON lines), one a run, in the order of their runs"
    )
    args = parser.parse_args(arguments)
    try:
        articles, repeated = rebuild(load(args.config).steps, (exported(path) for path in args.articles))
    except (SeedsiftError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{articles} articles remembered, {repeated} of them repeat another one by these options\n")
    return 0


def rebuild(steps: Iterable[Step], runs: Iterable[Iterable[Item]]) -> tuple[int, int]:
    """Let steps remember the articles that runs exported; how many there were, and how many would be dropped now.

    Raises SeedsiftError when no step has an index, or when one has something in it.
    """
    kept = remembering(steps)
    folders = [folder for step in kept if (folder := getattr(step.processor.options, "index", None)) is not None]
    if not folders:
        raise SeedsiftError("no step of this chain has the option `index`; there is nothing to rebuild")
    for folder in folders:
        if not is_unused(folder):
            raise SeedsiftError(f"{folder}: not empty; move it away first")
        _clear(_aside(folder))
    count = repeated = 0
    with Chain([_redirected(step) for step in kept], on_error="stop") as chain:
        for articles in runs:
            for outcome in chain.run(articles):
                count += isinstance(outcome, Item | Drop)
                repeated += isinstance(outcome, Drop)
            chain.commit()
    for folder in folders:
        remove_unused(folder)
        _aside(folder).replace(folder)
    return count, repeated


def remembering(steps: Iterable[Step]) -> list[Step]:
    """Those steps of a chain that exported articles go through so that they are remembered."""
    return [step for step in steps if isinstance(step.processor, CorpusProcessor) or not step.processor.reasons]


def _redirected(step: Step) -> Step:
    """The step with its index where it is built, if it has one."""
    options = step.processor.options
    folder: Path | None = getattr(options, "index", None)
    if folder is None:
        return step
    aside = options.model_copy(update={"index": _aside(folder)})
    return replace(step, processor=type(step.processor)(aside))


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.rebuild")


def _clear(aside: Path) -> None:
    """Remove what an interrupted rebuild has left. Raises LedgerError while another one is at it."""
    if aside.exists():
        with locked(aside):
            shutil.rmtree(aside)


def exported(path: Path) -> Iterator[Item]:
    """The articles of an exported file. Raises SeedsiftError for a line that is none, and OSError."""
    with closing(path.open("rb")) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                record = orjson.loads(line)
                page = Item.page(record["text"], Source(record["source"])).with_title(record["title"])
                yield replace(page, id=record["id"])
            except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
                raise SeedsiftError(
                    f"{path}:{number}: no article as seedsift writes it ({type(error).__name__}: {error}); "
                    "give files of articles, not of the audit"
                ) from error


if __name__ == "__main__":
    sys.exit(main())
