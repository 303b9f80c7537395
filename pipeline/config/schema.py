"""The JSON Schema of a configuration file, for editors that complete and check YAML."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from pipeline.config.format import ConfigFile
from pipeline.registry import Registry, RegistryError

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) with the options of every processor that can be imported here."""
    registry = Registry()
    options = {}
    for name in dict.fromkeys(offer.name for offer in registry.offers()):
        try:
            options[name] = registry.find(name).options_class
        except RegistryError:  # `scrapy processors` tells what is wrong with it
            continue
    models: dict[type[BaseModel], None] = dict.fromkeys([ConfigFile, *options.values()])
    references, schema = models_json_schema([(model, "validation") for model in models], title="seedsift run")
    definitions = schema["$defs"]
    step = definitions["StepEntry"]
    step["properties"]["processor"] = {
        "description": step["properties"]["processor"]["description"],
        "anyOf": [{"enum": sorted(options)}, {"type": "string", "pattern": ":"}],
    }
    step["allOf"] = [
        _when(name, references[model, "validation"], definitions) for name, model in sorted(options.items())
    ]
    return {"$schema": DIALECT, **schema, **references[ConfigFile, "validation"]}


def _when(name: str, reference: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The rule that a step of this processor has these options, and must have them if one has no default."""
    then: dict[str, Any] = {"properties": {"options": reference}}
    if definitions[reference["$ref"].rpartition("/")[2]].get("required"):
        then["required"] = ["options"]
    return {"if": {"properties": {"processor": {"const": name}}, "required": ["processor"]}, "then": then}
