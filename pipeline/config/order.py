"""What the steps of a chain say about each other: labels, and which must stand before which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.config.findings import Findings
from pipeline.config.node import Node
from pipeline.processor import Processor
from processors import BUILT_IN


@dataclass(frozen=True, slots=True)
class Placed:
    """A step as written: where its processor, label and options stand, and the class if it could be found."""

    name: str
    node: Node
    label_node: Node | None
    options: Node | None
    cls: type[Processor[Any]] | None

    @property
    def label(self) -> str:
        """The label given, otherwise the name of the processor."""
        given = self.label_node.scalar if self.label_node else None
        return given if isinstance(given, str) and given else self.name

    def goes_by(self, name: str) -> bool:
        """Whether this is the processor of that name, also when it is written as ``module:Class``."""
        return name == self.name or (name in BUILT_IN and BUILT_IN[name] == self.name)


def check_labels(steps: Sequence[Placed], findings: Findings) -> None:
    """Statistics and audit name a step by its label, so no two may share one."""
    first: dict[str, Placed] = {}
    for step in steps:
        other = first.setdefault(step.label, step)
        if other is step:
            continue
        if step.label_node is None:
            findings.at(
                step.node,
                f"processor {step.name!r} stands twice, first on line {other.node.line}; "
                "give this step a `label` of its own",
            )
        else:
            findings.at(
                step.label_node,
                f"label {step.label!r} is that of the step on line {other.node.line}; choose another",
            )


def check_order(steps: Sequence[Placed], findings: Findings) -> None:
    """``after``: must stand earlier. ``before``: must not stand earlier."""
    for index, step in enumerate(steps):
        if step.cls is None:
            continue
        for name in sorted(step.cls.after):
            if not any(each.goes_by(name) for each in steps[:index]):
                later = next((each for each in steps[index + 1 :] if each.goes_by(name)), None)
                there = f"it stands on line {later.node.line}, move it up" if later else "add that step"
                findings.at(step.node, f"processor {step.name!r} needs {name!r} before it; {there}")
        for name in sorted(step.cls.before):
            early = next((each for each in steps[:index] if each.goes_by(name)), None)
            if early:
                findings.at(
                    step.node,
                    f"processor {step.name!r} must stand before {name!r}, found on line {early.node.line}; move it up",
                )
