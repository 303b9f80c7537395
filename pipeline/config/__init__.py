"""The configuration of a run: a YAML file with line numbers becomes a validated run, or every problem at once."""

from pipeline.config.expect import Expect
from pipeline.config.loading import load
from pipeline.config.run import OnError, Run
from pipeline.config.schema import json_schema

__all__ = ["Expect", "OnError", "Run", "json_schema", "load"]
