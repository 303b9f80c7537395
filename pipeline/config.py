"""STUB, replaced by the helper: YAML with line numbers -> a validated run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from pipeline.processor import Step
from pipeline.registry import find

OnError = Literal["drop", "stop"]


@dataclass(frozen=True, slots=True)
class Run:
    """A validated configuration."""

    steps: tuple[Step, ...]
    on_error: OnError = "drop"
    paths: tuple[str, ...] = ()


def load(path: str | Path) -> Run:
    """The run that a configuration file describes. Raises ConfigError with every problem in it."""
    raw = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    steps = []
    for entry in raw["chain"]:
        cls = find(entry["processor"])
        options = cls.options_class.model_validate(entry.get("options", {}))
        steps.append(Step(entry.get("label", entry["processor"]), cls(options)))
    return Run(tuple(steps), raw.get("on_error", "drop"), tuple(raw.get("source", {}).get("paths", ())))
