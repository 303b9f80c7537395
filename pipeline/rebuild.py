"""Makes the memory of a chain anew from articles it has exported: ``python -m pipeline.rebuild``."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from pipeline.chain import Chain
from pipeline.config import load
from pipeline.errors import SeedsiftError
from pipeline.item import Drop, Item, Source
from pipeline.ledger import upkeep
from pipeline.ledger.aside import adopt, aside, decide, is_decided
from pipeline.ledger.lock import Lock
from pipeline.processor import CorpusProcessor, Step
from pipeline.streams import delivered, guard

EPILOG = """
Steps that cut or drop are left out, for the articles have been through them. What runs had dropped is in no article, so
the new index does not know it: a copy that resembles only a dropped article may come through. Each file counts as one
run, numbered from 1. The folders that the options `index` name must be empty or not there; they are put in place when
all files have been read. A rebuild that was interrupted can be started again: it begins anew or, if it had begun to put
them in place, brings that to its end.

With --accept nothing is made anew: each index goes on as it is, with all that it holds, under the limits that the
configuration has now (of `dedupe`: threshold and contained_from; of `dedupe_paragraphs`: max_articles and min_chars).
They hold for articles that come from now on.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.rebuild", description=__doc__, epilog=EPILOG)
    parser.add_argument("config", type=Path, help="the configuration whose steps have an index")
    parser.add_argument(
        "articles", type=Path, nargs="*", help="exported files (JSON lines), one a run, in the order of their runs"
    )
    parser.add_argument("--accept", action="store_true", help="change the limits of indexes that stay as they are")
    args = parser.parse_intermixed_args(arguments)
    if args.accept == bool(args.articles):
        parser.error("give the exported files, or --accept")
    try:
        steps = load(args.config).steps
        if args.accept:
            sys.stdout.writelines(f"{line}\n" for line in accept(steps))
            return 0
        if put_in_place(steps):
            sys.stdout.write("a rebuild had been interrupted while it was put in place, and is there now\n")
            return 0
        articles, repeated = rebuild(steps, (exported(path) for path in args.articles))
    except (SeedsiftError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{articles} articles remembered, {repeated} of them repeat another one by these options\n")
    return 0


def rebuild(steps: Iterable[Step], runs: Iterable[Iterable[Item]]) -> tuple[int, int]:
    """Let steps remember the articles that runs exported; how many there were, and how many would be dropped now.

    Raises SeedsiftError when no step has an index, or when one is in use or has something in it.
    """
    kept = remembering(steps)
    folders = [folder for _, folder in _indexes(kept)]
    with _held(folders):
        for folder in folders:
            if not upkeep.is_unused(folder):
                raise SeedsiftError(f"{folder}: not empty; move it away first")
        for folder in folders:
            _clear(aside(folder))
        counted = _remembered(kept, runs)
        decide(folders[-1])
        _put(folders)
    return counted


def put_in_place(steps: Iterable[Step]) -> bool:
    """Bring a rebuild to its end that was interrupted behind its decision; whether there was one.

    Raises SeedsiftError when no step has an index, or when one is in use.
    """
    folders = [folder for _, folder in _indexes(remembering(steps))]
    if not is_decided(folders[-1]):
        return False
    with _held(folders):
        _put(folders)
    return True


@contextmanager
def _held(folders: Iterable[Path]) -> Iterator[None]:
    with ExitStack() as held:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(Lock(folder))  # a run that begins meanwhile is refused
        yield


def _put(folders: Iterable[Path]) -> None:
    for folder in folders:
        adopt(folder)


def _remembered(kept: Iterable[Step], runs: Iterable[Iterable[Item]]) -> tuple[int, int]:
    count = repeated = 0
    with Chain([_redirected(step) for step in kept], on_error="stop") as chain:
        for articles in runs:
            for outcome in chain.run(articles):
                count += isinstance(outcome, Item | Drop)
                repeated += isinstance(outcome, Drop)
            chain.commit()
    return count, repeated


def accept(steps: Iterable[Step]) -> Iterator[str]:
    """Let indexes go on under the limits that their steps have now; a line for each says what has changed.

    Raises SeedsiftError when no step has an index, and LedgerError for one that cannot be used.
    """
    for step, folder in _indexes(steps):
        processor = step.processor
        limits = processor.limits if isinstance(processor, CorpusProcessor) else frozenset()
        changed = upkeep.accept(folder, {name: getattr(processor.options, name) for name in sorted(limits)})
        yield f"{folder}: {'; '.join(changed) or 'nothing to change'}"


def remembering(steps: Iterable[Step]) -> list[Step]:
    """Those steps of a chain that exported articles go through so that they are remembered."""
    return [step for step in steps if isinstance(step.processor, CorpusProcessor) or not step.processor.reasons]


def _indexes(steps: Iterable[Step]) -> list[tuple[Step, Path]]:
    found = [(step, step.processor.options.index) for step in steps if getattr(step.processor.options, "index", None)]
    if not found:
        raise SeedsiftError("no step of this chain has the option `index`; there is nothing to rebuild")
    return found


def _redirected(step: Step) -> Step:
    """The step with its index where it is built, if it has one."""
    options = step.processor.options
    folder: Path | None = getattr(options, "index", None)
    if folder is None:
        return step
    elsewhere = options.model_copy(update={"index": aside(folder)})
    return replace(step, processor=type(step.processor)(elsewhere))


def _clear(left: Path) -> None:
    """Remove what an interrupted rebuild has left. Raises LedgerError while another one is at it."""
    if left.exists():
        with Lock(left):
            shutil.rmtree(left)


def exported(path: Path) -> Iterator[Item]:
    """The articles of an exported file. Raises SeedsiftError for a line that is none, and OSError."""
    with closing(path.open("rb")) as lines:
        for number, line in enumerate(lines, start=1):
            try:
                id_, source, title, text = _fields(orjson.loads(line))
            except (orjson.JSONDecodeError, KeyError, TypeError) as error:
                raise SeedsiftError(
                    f"{path}:{number}: no article as seedsift writes it ({type(error).__name__}: {error}); "
                    "give files of articles, not of the audit"
                ) from error
            yield replace(Item.page(text, Source(source)).with_title(title), id=id_)


def _fields(record: Any) -> list[str]:
    """What an article is remembered by. Raises KeyError and TypeError for a record that has it not, or not as text."""
    found = {name: record[name] for name in ("id", "source", "title", "text")}
    for name, value in found.items():
        if not isinstance(value, str):
            raise TypeError(f"{name} is {value!r:.40}, allowed: a string")
    return list(found.values())


if __name__ == "__main__":
    guard()
    sys.exit(delivered(main()))
