"""STUB, replaced by the helper: name -> class."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pipeline.processor import Processor
from processors import BUILT_IN


def find(name: str) -> type[Processor[Any]]:
    """The class a name stands for."""
    module, _, attribute = BUILT_IN.get(name, name).partition(":")
    found: type[Processor[Any]] = getattr(import_module(module), attribute)
    return found
