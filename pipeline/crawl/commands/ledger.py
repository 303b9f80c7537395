"""``scrapy ledger``: looks after a state folder between runs."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from pipeline.crawl.commands import refuse_unknown_options
from pipeline.streams import OUTPUT, delivered

if TYPE_CHECKING:
    from pipeline.config import Run
    from pipeline.ledger.state import State

_ARGUMENTS = {"status": 0, "why": 1, "forget": 1, "compact": 0, "prune": 1, "verify": 0, "rebuild": 0}
_SEVERAL = frozenset({"forget"})
"""What takes more than one argument, too."""

_BELOW_ZERO = re.compile(r"-\d+")
_RUNS = re.compile(r"[0-9]{1,9}")


class Command(ScrapyCommand):
    """Status, stories, forgetting and repair of a state; exits with 2 when there is none, or something wrong in it."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "status | why ID | forget SOURCE... | compact | prune RUNS | verify | rebuild"

    def short_desc(self) -> str:
        return "Look after a state folder"

    def long_desc(self) -> str:
        return (
            "status: runs, inputs and articles. why ID: the whole story of an article or page. forget SOURCE...: the "
            "next run supersedes the articles of sources, or of all below a folder, and reads anew what is there. "
            "compact: leave superseded articles out of the shards. "
            "prune RUNS: remove articles, audit and manifests of all but the last so many runs. "
            "verify: hold every file to its hash. rebuild: make a lost ledger and the memory of dedupe anew."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--config", metavar="FILE", help="the configuration, as -a config= of the crawl")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_unknown_options([arg for arg in args if not _BELOW_ZERO.fullmatch(arg)])
        if not _well_formed(args):
            raise UsageError(f"say one of: {self.syntax()}; found: {' '.join(args) or 'nothing'}")
        from pipeline.errors import SeedsiftError

        config = self._config(opts.config)
        try:
            self.exitcode = delivered(self._done(args, config, named=bool(opts.config)))
        except (SeedsiftError, OSError) as error:
            self._tell(f"{error}", config)
            self.exitcode = _code(error)

    def _config(self, named: str | None) -> Path:
        from pipeline.crawl.addon import located
        from pipeline.shipped import shipped

        assert self.settings is not None
        found = named or self.settings.get("CHAIN_CONFIG")
        return located(found) if found else shipped("pipeline.yaml")

    def _tell(self, message: str, config: Path) -> None:
        from pipeline.crawl.remedy import completed

        assert self.settings is not None
        sys.stderr.write(f"{completed(message, config, self.settings.get('STATE'))}\n")

    def _folder(self, run: Run) -> Path:
        from pipeline.crawl.addon import state_folder

        assert self.settings is not None
        folder = state_folder(self.settings.get("STATE"), run.state)
        if folder is None:
            raise UsageError("name a state folder: -s STATE=FOLDER, or state: in the configuration (--config FILE)")
        return folder

    def _done(self, args: list[str], config: Path, *, named: bool) -> int:
        """Do it; the exit code. A configuration that was ``named`` may have another chain than the last run."""
        from pipeline.config import load
        from pipeline.crawl.summary import number
        from pipeline.ledger.care import problems
        from pipeline.ledger.pruned import unremembered
        from pipeline.ledger.pruning import lost

        run = load(config)
        folder = self._folder(run)
        if args[0] == "rebuild":
            _rebuilt(folder, run, config, adopt=named)
            return 0
        if args[0] == "status":
            with _opened(folder) as state:
                _status(state)
                if gone := lost(state):
                    self._tell(gone, config)
            return 0
        if args[0] != "verify":
            return _done(args, folder, run)
        with _opened(folder) as state:
            found = list(problems(state))
            shards = unremembered(folder)
        for problem in found:
            self._tell(problem, config)
        _tell_unremembered(folder, shards)
        sys.stdout.write(f"{folder}: {number(len(found), 'problem') if found else 'whole'}\n")
        return 2 if found else 0


def _code(error: Exception) -> int:
    """That of a run which fails for the same reason."""
    from pipeline.crawl.summary import LOCKED, USAGE
    from pipeline.ledger.database import StateUnwritableError
    from pipeline.ledger.state import StateLockedError

    if isinstance(error, StateLockedError):
        return LOCKED
    return OUTPUT if isinstance(error, OSError | StateUnwritableError) else USAGE


def _well_formed(args: list[str]) -> bool:
    """Whether this is a command, with as many arguments as it takes."""
    wanted = _ARGUMENTS.get(args[0]) if args else None
    found = len(args) - 1
    return wanted is not None and (found == wanted or (found > wanted and args[0] in _SEVERAL))


def _opened(folder: Path) -> State:
    """A state to read, also where it cannot be written."""
    from pipeline.ledger.reading import StateCopy, opened

    state = opened(folder)
    if isinstance(state, StateCopy):
        sys.stderr.write(f"{folder}: cannot be written here; read as it lies, like a copy, without keeping runs out\n")
    return state


def _rebuilt(folder: Path, run: Run, config: Path, *, adopt: bool) -> None:
    from pipeline.crawl.summary import number
    from pipeline.ledger.shards import OUTPUTS
    from pipeline.renewal import renew

    made = renew(folder, run, adopt=adopt)
    restored, remembered = number(made.shards, "shard"), number(made.articles, "article")
    sys.stdout.write(f"{folder}: {restored} restored, {remembered} of {OUTPUTS[0]}/ remembered\n")
    if made.lists:
        sys.stdout.write(f"{folder}: {number(made.lists, 'list')} of inputs made anew from the ledger\n")
    if made.another:
        sys.stdout.write(f"{folder}: goes on with the chain of {config}: {made.another}\n")
    _tell_unremembered(folder, made.unremembered)


def _pruned(state: State, runs: int, run: Run) -> None:
    from pipeline.crawl.summary import number
    from pipeline.ledger.pruning import prune
    from pipeline.renewal import briefs

    shards, unremembered = prune(state, runs, briefs(run.steps))
    sys.stdout.write(f"{state.folder}: the outputs of {number(shards, 'shard')} removed\n")
    _tell_unremembered(state.folder, shards if unremembered else 0)


def _tell_unremembered(folder: Path, shards: int) -> None:
    from pipeline.crawl.summary import number

    if shards:
        told = f"what {number(shards, 'pruned shard')} exported is remembered nowhere: a copy of it comes out once more"
        sys.stderr.write(f"{folder}: {told}\n")


def _done(args: list[str], folder: Path, run: Run) -> int:
    """Do it; the exit code."""
    from pipeline.crawl.summary import number
    from pipeline.ledger import care
    from pipeline.ledger.state import State
    from pipeline.report import manifest

    with _opened(folder) if args[0] == "why" else State.existing(folder) as state:
        if args[0] == "why":
            return _why(state, args[1])
        if args[0] == "forget":
            names = care.forget(state, *args[1:])
            sys.stdout.write("".join(f"{name}: superseded and read anew by the next run\n" for name in names))
            sys.stdout.write(f"{folder}: {number(len(names), 'source')} to be forgotten\n")
        elif args[0] == "compact":
            articles, size = care.compact(state)
            manifest.follow_compact(state)
            left_out = number(articles, "superseded article")
            sys.stdout.write(f"{folder}: {left_out} left out, {number(size, 'byte')} less\n")
        else:
            _pruned(state, _number(args[1]), run)
    return 0


def _number(text: str) -> int:
    if not _RUNS.fullmatch(text):
        raise UsageError(
            f"prune RUNS: found {text!r}; allowed: a number, 0 to 999999999, of the last runs whose outputs stay"
        )
    return int(text)


def _why(state: State, id_: str) -> int:
    from pipeline.report.story import story

    told = story(state, id_)
    for run, what in told:
        sys.stdout.write(f"run {run}: {what}\n")
    if not told:
        sys.stderr.write(f"{id_}: nothing is known of it; ids are those in `id` of articles and `item` of the audit\n")
    return 0 if told else 2


def _status(state: State) -> None:
    from pipeline.crawl.commands import console, table
    from pipeline.ledger.care import totals
    from pipeline.ledger.runs import runs

    rows = table("RUN", "STATE", "EXIT", "ATTEMPTS", "STARTED (UTC)", "PAGES", "ARTICLES")
    for run in [*runs(state.database)][:10]:
        counts = (run.counts.get(f"chain/{noun}s", 0) for noun in ("page", "article"))
        code = "" if run.exit_code is None else str(run.exit_code)
        rows.add_row(str(run.number), run.state, code, str(run.attempts), run.started, *map(str, counts))
    console().print(rows)
    for name, count in totals(state).items():
        sys.stdout.write(f"{name}: {count:,}\n")
