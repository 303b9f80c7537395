"""``scrapy processors``: what can stand in a chain, from where, with which options."""

from __future__ import annotations

import argparse
import inspect
import sys
from typing import TYPE_CHECKING, Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from pipeline.crawl.commands import console, refuse_unknown_options, table
from pipeline.streams import delivered

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.processor import Processor
    from pipeline.registry import Registry


class Command(ScrapyCommand):
    """Lists processors, or tells all about one. A broken one is listed with its error."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[NAME]"

    def short_desc(self) -> str:
        return "List the processors a chain can name, or explain one"

    def long_desc(self) -> str:
        return (
            "List every processor with who offers it; with NAME (or module:Class) its help, reasons and options. "
            "Exits with 2 when NAME stands for no usable processor."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        from pipeline.registry import Registry, RegistryError

        refuse_unknown_options(args)
        if len(args) > 1:
            raise UsageError("name at most one processor")
        registry, out = Registry(), console()
        try:
            if args:
                _explain(args[0], registry, out)
            else:
                _list(registry, out)
        except RegistryError as error:
            sys.stderr.write(f"{error}\n")
            self.exitcode = 2
        else:
            self.exitcode = delivered()


def _list(registry: Registry, out: Console) -> None:
    from rich.text import Text

    from pipeline.registry import RegistryError

    rows = table("NAME", "FROM", "WHAT IT DOES", "REASONS")
    for offer in registry.offers():
        try:
            cls = registry.find(offer.name)
        except RegistryError as error:
            rows.add_row(offer.name, offer.origin, Text(f"BROKEN: {error}", style="red"))
        else:
            rows.add_row(offer.name, offer.origin, _doc(cls).partition("\n")[0], ", ".join(sorted(cls.reasons)))
    out.print(rows)


def _explain(name: str, registry: Registry, out: Console) -> None:
    from pipeline.config.help import options_help

    cls = registry.find(name)
    out.print(f"{name} ({registry.origin(name)}, {cls.__module__}:{cls.__qualname__}, version {cls.version})")
    out.print(f"\n{_doc(cls)}\n")
    for label, names in (("Reasons", cls.reasons), ("Stands after", cls.after), ("Stands before", cls.before)):
        if names:
            out.print(f"{label}: {', '.join(sorted(names))}")
    rows = table("OPTION", "TYPE", "DEFAULT", "HELP")
    for option in options_help(cls.options_class):
        rows.add_row(*option)
    out.print()
    out.print(rows if rows.rows else "No options.")


def _doc(cls: type[Processor[Any]]) -> str:
    return inspect.cleandoc(cls.__doc__ or "(no docstring)")
