"""pydantic's errors in the words of a YAML file: a mapping, not an object; what is allowed, not what should be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic_core import ErrorDetails

from pipeline.config.node import Node
from pipeline.nearest import did_you_mean

# Types of errors: https://docs.pydantic.dev/latest/errors/validation_errors/
_WORDS = {
    "bool_type": "true or false",
    "dict_type": "a mapping (`key: value`)",
    "float_type": "a number",
    "frozen_set_type": "a list",
    "int_from_float": "a whole number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "list_type": "a list",
    "model_type": "a mapping (`key: value`)",
    "path_type": "text",
    "set_type": "a list",
    "string_type": "text",
    "tuple_type": "a list",
}


def allowed(errors: Sequence[ErrorDetails], node: Node) -> str:
    """What may stand in the place of a value, from the errors of every alternative it failed; the nearest choice."""
    words = list(dict.fromkeys(map(_one, errors)))
    choices = [choice for error in errors for choice in _choices(error)]
    nearest = did_you_mean(node.scalar, choices) if isinstance(node.scalar, str) else ""
    return f"allowed: {' or '.join(words)}{nearest}"


def _one(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind in ("too_short", "string_too_short"):
        unit = "entries" if kind == "too_short" else "characters"
        return f"{context['min_length']} or more {unit}"
    if kind in ("too_long", "string_too_long"):
        unit = "entries" if kind == "too_long" else "characters"
        return f"{context['max_length']} or fewer {unit}"
    if kind == "string_pattern_mismatch":
        return f"text that matches {context['pattern']}"
    return _WORDS.get(kind) or re.sub(r"^\w+ should (be|have) ", "", error["msg"])


def _choices(error: ErrorDetails) -> list[str]:
    """The texts to choose from; pydantic gives them only as one text, ``'a', 'b' or 'c'``."""
    if error["type"] not in ("literal_error", "enum"):
        return []
    return re.findall(r"'([^']*)'", error.get("ctx", {}).get("expected", ""))
