"""What there is to know about the options of a processor, in the words of a YAML file; made from the options model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.processor import Options

_TYPES = {
    "array": "list",
    "boolean": "true or false",
    "integer": "whole number",
    "null": "null",
    "number": "number",
    "object": "mapping",
    "string": "text",
}
_LIMITS = {
    "minimum": ">= {}",
    "exclusiveMinimum": "> {}",
    "maximum": "<= {}",
    "exclusiveMaximum": "< {}",
    "minLength": "{} or more characters",
    "maxLength": "{} or fewer characters",
    "minItems": "{} or more entries",
    "maxItems": "{} or fewer entries",
    "pattern": "matching {}",
}


class OptionHelp(NamedTuple):
    """One option: ``default`` is YAML, or ``required``; ``help`` is one paragraph."""

    name: str
    type: str
    default: str
    help: str


def options_help(model: type[Options]) -> list[OptionHelp]:
    """The options of a processor in the order in which they are declared."""
    schema = model.model_json_schema()
    definitions = schema.get("$defs", {})
    return [
        OptionHelp(
            name,
            _type(option, definitions),
            json.dumps(option["default"], ensure_ascii=False)
            if "default" in option
            else _without_default(name, schema),
            " ".join(option.get("description", "").split()),
        )
        for name, option in schema.get("properties", {}).items()
    ]


def _without_default(name: str, schema: Mapping[str, Any]) -> str:
    """A default that is made by a function is not in the schema."""
    return "required" if name in schema.get("required", ()) else "computed"


def _type(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return _type(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if "anyOf" in schema:
        return " or ".join(_type(each, definitions) for each in schema["anyOf"])
    if "enum" in schema or "const" in schema:
        return " or ".join(str(value) for value in schema.get("enum", [schema.get("const")]))
    return f"{_plain(schema, definitions)} {', '.join(_limits(schema))}".rstrip()


def _plain(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    word = _TYPES.get(schema.get("type", ""), "anything")
    inner = schema.get("items") or schema.get("additionalProperties")
    return f"{word} of {_type(inner, definitions)}" if isinstance(inner, dict) else word


def _limits(schema: Mapping[str, Any]) -> Iterator[str]:
    for key, words in _LIMITS.items():
        if key in schema:
            yield words.format(schema[key])
