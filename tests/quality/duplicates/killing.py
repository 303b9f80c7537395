"""Kills a process where it hurts: at a rename, a removal or a sync."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def died_at(point: int, work: Callable[[], object]) -> bool:
    """Whether work in a process of its own was killed just before its file operation of this number, from 0."""
    child = os.fork()
    if not child:
        status = 1
        try:
            _kill_at(point)
            work()
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _kill_at(point: int) -> None:
    left = point
    patch = pytest.MonkeyPatch()

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **named)

        return call

    for name in ("replace", "unlink"):
        patch.setattr(Path, name, counted(getattr(Path, name)))
    for name in ("fsync", "rmdir"):
        patch.setattr(os, name, counted(getattr(os, name)))
