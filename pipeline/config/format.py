"""The keys a configuration file may have. Help texts here go to the JSON Schema that editors show."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from pipeline.config.expect import Expect
from pipeline.config.run import OnError

VERSION = 1


def _known(version: int) -> int:
    if version != VERSION:
        raise ValueError(f"found {version}; allowed: {VERSION}, the only format this seedsift reads")
    return version


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class SourceSection(_Section):
    """Where pages come from."""

    paths: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    """Files and folders to read, in this order."""


class StepEntry(_Section):
    """One step of the chain."""

    processor: Annotated[str, Field(min_length=1)]
    """Name of a processor as `scrapy processors` lists it, or `module:Class`."""
    label: Annotated[str, Field(pattern=r"^[^\s/]+$")] = ""
    """Name of this step in statistics and audit; needed when a processor stands in the chain twice."""
    options: dict[str, Any] = {}
    """Options of the processor, see `scrapy processors NAME`."""


class ConfigFile(_Section):
    """A seedsift run."""

    version: Annotated[int, AfterValidator(_known), Field(json_schema_extra={"const": VERSION})]
    """Version of this format."""
    source: SourceSection = SourceSection()
    """Where pages come from."""
    state: Annotated[str, Field(min_length=1)] | None = None
    """Folder in which runs remember what they have read and exported, so that the next one reads only what is new."""
    expect: Expect | None = None
    """What a run with a state is expected to bring."""
    chain: Annotated[list[StepEntry], Field(min_length=1)]
    """The steps, in the order in which they work."""
    on_error: OnError = "drop"
    """What becomes of an item when a step fails on it: dropped with the reason `error`, or the run stops."""
