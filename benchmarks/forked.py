"""Commands of `scrapy` in processes forked from this one: what each begins with is imported once, not each time."""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from scrapy.cmdline import execute

_BEFORE = (
    "scrapy.crawler",
    "pipeline.crawl.commands.crawl",
    "pipeline.crawl.commands.ledger",
    "pipeline.crawl.spiders.localseeds",
    "pipeline.renewal",
    "processors.dedupe",
)
for _name in _BEFORE:
    import_module(_name)

CALLS = ("fsync", "replace", "rename", "unlink", "rmdir")
"""Calls that bring something to the disk or take it away; `Path` calls those of `os`."""


class Ended(NamedTuple):
    """How a command ended: its exit code, below 0 for a signal, and what it said on both streams."""

    code: int
    said: str


def run(folder: Path, *arguments: str, kill_at: int = 0) -> Ended:
    """``scrapy ARGUMENTS`` in a folder; killed before its call ``kill_at`` of ``CALLS``, 0 for never."""
    with TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            _command(folder, arguments, said.fileno(), kill_at)
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return Ended(os.waitstatus_to_exitcode(status), said.read().decode())


def _command(folder: Path, arguments: tuple[str, ...], said: int, kill_at: int) -> None:
    """Never returns."""
    code: Any = 70
    try:
        os.chdir(folder)
        os.dup2(said, 1)
        os.dup2(said, 2)
        for number, name in ((1, "stdout"), (2, "stderr")):  # those of this process may be a test's
            setattr(sys, name, io.TextIOWrapper(os.fdopen(number, "wb", closefd=False), encoding="utf-8"))
        left = [kill_at]
        for name in CALLS:
            setattr(os, name, _counted(getattr(os, name), left))
        execute(["scrapy", *arguments])
    except SystemExit as ended:
        code = ended.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _counted(call: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def wrapper(*args: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*args, **named)

    return wrapper
