"""What SIGINT and SIGTERM do while Scrapy does not listen: before its reactor has started, and when it has stopped."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Collection
from typing import Any

INTERRUPTED = 130
"""The exit code of a command that was interrupted."""

_DEFAULT = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}


def is_of(commands: Collection[str]) -> bool:
    """Whether this is the process of one of these commands of ``scrapy``, not of a program that has imported it."""
    asked = next((arg for arg in sys.argv[1:] if not arg.startswith("-")), "")
    return asked in commands and threading.current_thread() is threading.main_thread()


def end_at_once() -> None:
    """From now on either ends the process with 130, unless it is ignored, or somebody handles it.

    At once, for an exception may be raised where nothing passes it on, in the middle of an import. What a command was
    writing is as safe as from a SIGKILL.
    """
    for number, default in _DEFAULT.items():
        if signal.getsignal(number) == default:
            signal.signal(number, _end)


def ignore() -> None:
    """From now on neither does anything: the run has ended, and its exit code is about to be told."""
    for number in _DEFAULT:
        signal.signal(number, signal.SIG_IGN)


def _end(number: int, frame: Any) -> None:
    with contextlib.suppress(OSError):  # nobody can be told
        os.write(2, b"interrupted\n")
    os._exit(INTERRUPTED)
