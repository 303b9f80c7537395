"""``scrapy validate``: is this configuration right, and what does it say?"""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from pipeline.crawl.commands import refuse_unknown_options
from pipeline.streams import delivered

if TYPE_CHECKING:
    from pipeline.config import Run


class Command(ScrapyCommand):
    """Checks configuration files; exits with 2 when there is a problem in one."""

    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "CONFIG... | --schema"

    def short_desc(self) -> str:
        return "Check configuration files of a seedsift run"

    def long_desc(self) -> str:
        return (
            "Check configuration files without reading a page. Prints the steps of each, or every problem in it as "
            "FILE:LINE:COLUMN on stderr and exits with 2."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--schema", action="store_true", help="print the JSON Schema of the file, for editors")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        refuse_unknown_options(args)
        if opts.schema == bool(args):
            raise UsageError("name at least one configuration file, or --schema and nothing else")
        if opts.schema:
            from pipeline.config import json_schema

            sys.stdout.write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
        right = [self._check(path) for path in args]
        self.exitcode = delivered(0 if all(right) else 2)

    def _check(self, path: str) -> bool:
        from pipeline.config import load
        from pipeline.errors import ConfigError

        try:
            run = load(path)
        except ConfigError as error:
            count = len(error.problems)
            sys.stderr.write(f"{error}\n{path}: {count} problem{'s' if count > 1 else ''}\n")
            return False
        sys.stdout.write(_summary(path, run))
        return True


def _summary(path: str, run: Run) -> str:
    lines = [f"{path}: OK"]
    lines += [f"  {number}. {step.label}" for number, step in enumerate(run.steps, start=1)]
    lines += [f"  note: {step.label}: {told}" for step in run.steps for told in step.processor.options.remarks()]
    lines.append(f"  pages from: {', '.join(run.paths) or 'none named'}")
    lines.append(f"  when a step fails on an item: {run.on_error}")
    if run.state:
        lines.append(f"  reads only what is new, and remembers it in: {run.state}")
    lines.append(f"  chain fingerprint: {run.fingerprint}")
    return "\n".join(lines) + "\n"
