"""The command that a message recommends, with what it needs to be copied as it stands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from pipeline.ledger.manifest import COMMAND

_COMMANDS = re.compile(rf"{COMMAND}|scrapy ledger prune \d+")


def completed(message: str, config: Path | None, state: str | None) -> str:
    """The message, its ``scrapy ledger`` commands with the configuration and the state folder, where one was named."""
    named = [] if config is None else ["--config", str(config)]
    if state:
        named += ["-s", f"STATE={state}"]
    return _COMMANDS.sub(lambda found: shlex.join([*found[0].split(), *named]), message)
