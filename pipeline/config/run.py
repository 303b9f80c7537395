"""A validated run and the fingerprint of its chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic_core import to_jsonable_python

from pipeline.config.expect import Expect
from pipeline.processor import Step

OnError = Literal["drop", "stop"]


@dataclass(frozen=True, slots=True)
class Run:
    """What a configuration file describes; ``paths`` and the folder ``state`` are as written there."""

    steps: tuple[Step, ...]
    on_error: OnError = "drop"
    paths: tuple[str, ...] = ()
    state: str | None = None
    expect: Expect | None = None

    @property
    def described(self) -> list[dict[str, Any]]:
        """Everything that decides the output, step by step, as JSON: class, version, options and digests of files.

        Raises OSError when a file that the options name has gone.
        """
        described: list[dict[str, Any]] = json.loads(self._text())
        return described

    @property
    def fingerprint(self) -> str:
        """The SHA-256, in hex, of everything that decides the output: classes, versions, options, files they name.

        Labels, comments, the order of keys, defaults written out and the place of files do not enter. Raises OSError
        when a file that the options name has gone.
        """
        return hashlib.sha256(self._text().encode()).hexdigest()

    def _text(self) -> str:
        return json.dumps([_described(step) for step in self.steps], sort_keys=True, default=_jsonable)


def _described(step: Step) -> dict[str, Any]:
    cls, options = type(step.processor), step.processor.options
    return {
        "class": f"{cls.__module__}:{cls.__qualname__}",
        "version": cls.version,
        "options": options.model_dump(),
        "files": [hashlib.sha256(path.read_bytes()).hexdigest() for path in options.files()],
    }


def _jsonable(value: Any) -> Any:
    """JSON for what ``json`` does not know. A set has no order of its own, and a path is a matter of the machine."""
    if isinstance(value, AbstractSet):
        return sorted(value, key=repr)
    return None if isinstance(value, Path) else to_jsonable_python(value)
