"""Values of the file against a pydantic model: each error at its own place, in words for the writer of the file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipeline.config.findings import Findings
from pipeline.config.node import Node
from pipeline.config.wording import allowed
from pipeline.nearest import did_you_mean

ModelT = TypeVar("ModelT", bound=BaseModel)
Location = tuple[int | str, ...]

KEY = "[key]"
"""What pydantic ends a location with when it means a key of a mapping and not its value."""


class Check:
    """Checks values of one file. ``owner`` is the processor whose options they are, empty for the file's own keys.

    Validators find the folder of the file in ``info.context["folder"]``.
    """

    def __init__(self, findings: Findings, folder: Path, owner: str = "") -> None:
        self.findings = findings
        self.context = {"folder": folder}
        self.owner = f" of {owner}" if owner else ""
        self.kind = "option" if owner else "key"

    def model(self, model: type[ModelT], node: Node) -> ModelT | None:
        """The value as a model, or None when something in it is wrong."""
        try:
            # Strict JSON is what a file means: "3" and true are no numbers, but lists become tuples and text paths.
            return model.model_validate_json(json.dumps(node.plain()), strict=True, context=self.context)
        except ValidationError as error:
            self._report(error.errors(include_url=False, include_input=False), model, node)
        except Exception as error:  # a validator of somebody's own that raises what pydantic does not catch
            self.findings.at(node, f"{self._named(())}: the check itself failed: {type(error).__name__}: {error}")
        return None

    def _report(self, errors: Iterable[ErrorDetails], model: type[BaseModel], root: Node) -> None:
        """Errors of the alternatives that one value might have been (``int | str``) become one problem."""
        alternatives: dict[tuple[Location, Node], list[ErrorDetails]] = {}
        errors = list(errors)
        for error in errors:
            path, node = _followed(root, error["loc"])
            if _only_follows(error, node, errors):
                continue
            if error["type"] == "extra_forbidden":
                self._unknown(path, _followed(root, (*error["loc"], KEY))[1], model)
            elif error["type"] == "missing":
                self.findings.at(
                    node, f"{self._named((*path, error['loc'][-1]))} is missing; it has no default, so write it"
                )
            elif error["type"] in ("value_error", "assertion_error"):
                self.findings.at(node, f"{self._named(path)}: {_own_words(error, node)}")
            else:
                alternatives.setdefault((path, node), []).append(error)
        for (path, node), group in alternatives.items():
            self.findings.at(node, f"{self._named(path)}: found {node.found()}; {allowed(group, node)}")

    def _unknown(self, path: Location, key: Node, model: type[BaseModel]) -> None:
        names = sorted(_names(model, path[:-1]))
        nearest = did_you_mean(str(path[-1]), names)
        self.findings.at(key, f"unknown {self._named(path)}; allowed: {', '.join(names) or 'none'}{nearest}")

    def _named(self, path: Location) -> str:
        """``option 'a.b' of split``; places in lists are told by line and column."""
        name = ".".join(part for part in path if isinstance(part, str))
        return f"{self.kind} {name!r}{self.owner}" if name else f"the options{self.owner}" if self.owner else "the file"


def _followed(root: Node, location: Location) -> tuple[Location, Node]:
    """How far a pydantic location leads into the file, and to which value (or key, when it ends in ``KEY``).

    What is no key or index there is passed over: a key that is missing, or the name of a union's member.
    """
    path: list[int | str] = []
    node = key = root
    for part in location:
        below = node.child(part)
        if below is not None:
            key = node.entries[str(part)].key if node.entries else below
            node = below
            path.append(part)
        elif part == KEY:
            node = key
    return tuple(path), node


def _only_follows(error: ErrorDetails, node: Node, errors: Iterable[ErrorDetails]) -> bool:
    """Whether a list is "too short" only because pydantic does not count those of its entries that are wrong."""
    if error["type"] != "too_short" or len(node.items or node.entries or ()) < error["ctx"]["min_length"]:
        return False
    above = error["loc"]
    return any(len(other["loc"]) > len(above) and other["loc"][: len(above)] == above for other in errors)


def _names(model: type[BaseModel], above: Location) -> set[str]:
    """The keys that the model below the keys ``above`` has."""
    models = [model]
    for part in above:
        if isinstance(part, str):
            annotations = [fields[part].annotation for m in models if part in (fields := m.model_fields)]
            models = [m for annotation in annotations for m in _models(annotation)]
    return {field.alias or name for m in models for name, field in m.model_fields.items()}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _own_words(error: ErrorDetails, node: Node) -> str:
    """What a validator says, behind pydantic's "Value error, "; with the value when it does not name it itself."""
    text = error["msg"].partition(", ")[2]
    plain = node.entries is None and node.items is None
    return text if not plain or node.found() in text else f"found {node.found()}; {text}"
