"""From a configuration file to a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.config.checking import Check
from pipeline.config.findings import Findings
from pipeline.config.format import ConfigFile
from pipeline.config.node import Node
from pipeline.config.order import Placed, check_labels, check_order
from pipeline.config.reading import read
from pipeline.config.run import Run
from pipeline.processor import Step
from pipeline.registry import Registry, RegistryError


def load(path: str | Path) -> Run:
    """The run that a configuration file describes. Raises ConfigError with every problem in it."""
    path = Path(path)
    findings = Findings(str(path))
    root = read(path, findings)
    file = Check(findings, path.parent).model(ConfigFile, root)
    placed = list(_placed(root, Registry(), findings))
    check_labels(placed, findings)
    check_order(placed, findings)
    steps = [_step(each, path.parent, findings) for each in placed]
    if file is None or findings.problems:
        findings.give_up()
    return Run(tuple(step for step in steps if step), file.on_error, file.source.paths, file.state, file.expect)


def _placed(root: Node, registry: Registry, findings: Findings) -> Iterator[Placed]:
    """The steps that name a processor, with its class where there is one; the others are problems already."""
    chain = root.child("chain")
    for entry in (chain.items or ()) if chain else ():
        name = entry.child("processor")
        if name is None or not isinstance(name.scalar, str) or not name.scalar:
            continue
        cls = None
        try:
            cls = registry.find(name.scalar)
        except RegistryError as error:
            findings.at(name, str(error))
        yield Placed(name.scalar, name, entry.child("label"), entry.child("options"), cls)


def _step(placed: Placed, folder: Path, findings: Findings) -> Step | None:
    if placed.cls is None or (placed.options and placed.options.entries is None):
        return None
    written = placed.options or Node(placed.node.line, placed.node.column, entries={})
    options = Check(findings, folder, placed.name).model(placed.cls.options_class, written)
    if options is None:
        return None
    try:
        return Step(placed.label, placed.cls(options))
    except Exception as error:  # a constructor of somebody's own
        findings.at(placed.node, f"processor {placed.name!r} cannot be made: {type(error).__name__}: {error}")
        return None
