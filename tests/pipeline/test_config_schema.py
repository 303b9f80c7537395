"""The JSON Schema for editors and the help on options: both are made from the options models."""

import json
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from pydantic import Field

from pipeline.config import json_schema
from pipeline.config.help import OptionHelp, options_help
from pipeline.processor import Options
from processors import BUILT_IN

jsonschema = pytest.importorskip("jsonschema", reason="the schema is checked with jsonschema")

STEPS = Path(__file__).resolve().parent.parent / "config_errors"


@pytest.fixture
def schema(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The schema for the small processors of ``config_steps``, and one that cannot be imported."""
    monkeypatch.syspath_prepend(STEPS)
    for name in list(BUILT_IN):
        monkeypatch.delitem(BUILT_IN, name)
    for name in ("Trim", "Sign"):
        monkeypatch.setitem(BUILT_IN, name.lower(), f"config_steps:{name}")
    monkeypatch.setitem(BUILT_IN, "lost", "acme_lost:Lost")
    return json_schema()


def complaints(schema: dict[str, Any], text: str) -> list[str]:
    """Where an editor would underline a file."""
    validator = jsonschema.Draft202012Validator(schema)
    return sorted(error.json_path for error in validator.iter_errors(yaml.safe_load(text)))


def test_the_schema_is_a_schema(schema: dict[str, Any]) -> None:
    """It is valid under the draft it names, and it is JSON."""
    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema))["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("{version: 1, chain: [{processor: trim, options: {max_chars: 3}}]}", []),
        ("{version: 1, chain: [{processor: 'acme:Own', options: {x: 3}}]}", []),
        ("{version: 1, chain: [{processor: trim}], source: {paths: [a]}, on_error: stop}", []),
        ("{version: 2, chain: []}", ["$.chain", "$.version"]),
        ("{version: 1, chain: [{processor: trimm}], sources: 1}", ["$", "$.chain[0].processor"]),
        ("{version: 1, chain: [{processor: trim, options: {max_chars: 0}}]}", ["$.chain[0].options.max_chars"]),
        ("{version: 1, chain: [{processor: trim, options: {maxchars: 1}}]}", ["$.chain[0].options"]),
        ("{version: 1, chain: [{processor: sign}]}", ["$.chain[0]"]),
        ("{version: 1, chain: [{processor: lost}]}", ["$.chain[0].processor"]),
    ],
)
def test_editors_underline_what_is_wrong(schema: dict[str, Any], text: str, paths: list[str]) -> None:
    """Each processor has its own options; names in an editor's list are those that can be imported."""
    assert complaints(schema, text) == paths


class Sample(Options):
    """Options of every kind."""

    count: int = Field(3, ge=1, lt=9)
    """How many,
    at most."""
    names: tuple[str, ...] = ("甲",)
    mode: Literal["near", "exact"] = "near"
    size: int | None = None
    table: dict[str, float] = Field(default_factory=dict)
    key: str = Field(min_length=2, max_length=4, description="needed")
    anything: Any = None


def test_help_is_in_the_words_of_a_yaml_file() -> None:
    """Type with its limits, default as YAML, and the help on one line, in the order of declaration."""
    assert options_help(Sample) == [
        OptionHelp("count", "whole number >= 1, < 9", "3", "How many, at most."),
        OptionHelp("names", "list of text", '["甲"]', ""),
        OptionHelp("mode", "near or exact", '"near"', ""),
        OptionHelp("size", "whole number or null", "null", ""),
        OptionHelp("table", "mapping of number", "computed", ""),
        OptionHelp("key", "text 2 or more characters, 4 or fewer characters", "required", "needed"),
        OptionHelp("anything", "anything", "null", ""),
    ]
