"""What can be named in a chain: built-in processors, those of installed distributions, and ``module:Class``.

Nothing is imported before it is asked for, and nothing registers itself.
"""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from pipeline.errors import SeedsiftError
from pipeline.nearest import did_you_mean
from pipeline.processor import Processor
from processors import BUILT_IN

GROUP = "seedsift.processors"
"""The entry point group in which a distribution offers its processors."""

BUILT_IN_ORIGIN = "built-in"

_CLASS = re.compile(r"[\w.]+:\w+", re.ASCII)


class RegistryError(SeedsiftError):
    """A name that stands for no usable processor; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A name, the ``module:Class`` behind it, and who offers it (``built-in`` or a distribution with its version)."""

    name: str
    target: str
    origin: str


class Registry:
    """The names there are at the moment of making; each is imported at most once, whether that works or fails."""

    def __init__(self) -> None:
        offers: defaultdict[str, set[Offer]] = defaultdict(set)
        for name, target in BUILT_IN.items():
            offers[name].add(Offer(name, target, BUILT_IN_ORIGIN))
        for point in entry_points(group=GROUP):
            origin = f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown distribution"
            offers[point.name].add(Offer(point.name, point.value, origin))
        self._offers = {name: sorted(found, key=lambda o: (o.origin, o.target)) for name, found in offers.items()}
        self._found: dict[str, type[Processor[Any]] | RegistryError] = {}

    def offers(self) -> list[Offer]:
        """Every name there is with its origin: built-in names in the order of their table, then the others by name."""
        ordered = [*BUILT_IN, *sorted(self._offers.keys() - BUILT_IN.keys())]
        return [offer for name in ordered for offer in self._offers[name]]

    def origin(self, name: str) -> str:
        """Who offers a name; for ``module:Class`` that is nobody."""
        return ", ".join(offer.origin for offer in self._offers.get(name, ())) or "named by its place"

    def find(self, name: str) -> type[Processor[Any]]:
        """The class a name stands for. Raises RegistryError."""
        if name not in self._found:
            try:
                self._found[name] = self._look_up(name)
            except RegistryError as error:
                self._found[name] = error
        found = self._found[name]
        if isinstance(found, RegistryError):
            raise found
        return found

    def _look_up(self, name: str) -> type[Processor[Any]]:
        offers = self._offers.get(name, [])
        if len(offers) > 1:
            rivals = " and ".join(f"{o.origin} ({o.target})" for o in offers)
            raise RegistryError(
                f"processor {name!r} is claimed by {rivals}; uninstall all but one, or write the module:Class meant"
            )
        if offers:
            return _imported(offers[0])
        if ":" in name:
            return _class_at(name)
        raise RegistryError(
            f"unknown processor {name!r}; allowed: {', '.join(sorted(self._offers))}, "
            f"or a class of your own as module:Class{did_you_mean(name, self._offers)}"
        )


def find(name: str) -> type[Processor[Any]]:
    """The class a name stands for now. Raises RegistryError."""
    return Registry().find(name)


def _imported(offer: Offer) -> type[Processor[Any]]:
    """The class of an offer; whatever goes wrong while importing it is told with its origin and its own text."""
    ours = offer.origin == BUILT_IN_ORIGIN
    where = f"processor {offer.name!r} comes {'with seedsift' if ours else f'from {offer.origin}'}; its {offer.target}"
    remedy = "repair the installation" if ours else "repair or uninstall it"
    try:
        found = EntryPoint(offer.name, offer.target, GROUP).load()
    except (Exception, SystemExit) as error:  # a stranger's import may do anything
        raise RegistryError(f"{where} failed to import: {type(error).__name__}: {error}; {remedy}") from error
    return _checked(found, f"{where} is", remedy)


def _class_at(name: str) -> type[Processor[Any]]:
    """The class written as ``module:Class``."""
    if not _CLASS.fullmatch(name):
        raise RegistryError(f"processor {name!r} is no name; allowed: module:Class, such as 'acme.steps:MinLength'")
    module_name, _, attribute = name.partition(":")
    try:
        module = import_module(module_name)
    except (Exception, SystemExit) as error:
        raise RegistryError(
            f"processor {name!r}: the module {module_name!r} failed to import: {type(error).__name__}: {error}; "
            f"{_import_remedy(module_name, error)}"
        ) from error
    if not hasattr(module, attribute):
        there = sorted(key for key, value in vars(module).items() if _is_processor(value))
        raise RegistryError(
            f"processor {name!r}: the module {module_name!r} has no {attribute!r}; "
            f"its processors: {', '.join(there) or 'none'}{did_you_mean(attribute, there)}"
        )
    return _checked(getattr(module, attribute), f"processor {name!r} is", "allowed: a complete processor class")


def _import_remedy(module_name: str, error: BaseException) -> str:
    """What to do about a module that was not found, one that lacks another module, and one that is broken itself."""
    if not isinstance(error, ModuleNotFoundError) or not error.name:
        return "the module was found, so mend it"
    if f"{module_name}.".startswith(f"{error.name}."):
        return "it must be installed or lie in the folder of scrapy.cfg"
    return f"the module was found, so install {error.name!r}, which it imports"


def _is_processor(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, Processor) and not inspect.isabstract(found)


def _checked(found: Any, what: str, remedy: str) -> type[Processor[Any]]:
    if not _is_processor(found):
        missing = ", ".join(sorted(getattr(found, "__abstractmethods__", ())))
        kind = f"the class {found.__qualname__}" if isinstance(found, type) else f"a {type(found).__name__}"
        lack = f" that does not define {missing}" if missing else ", not a subclass of pipeline.Processor"
        raise RegistryError(f"{what} {kind}{lack}; {remedy}")
    cls: type[Processor[Any]] = found
    return cls
