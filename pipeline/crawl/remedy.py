"""The command that a message recommends, with what it needs to be copied as it stands."""

from __future__ import annotations

import shlex
from pathlib import Path

from pipeline.ledger.manifest import COMMAND


def completed(message: str, config: Path | None, state: str | None) -> str:
    """The message, its ``scrapy ledger rebuild`` with the configuration and the state folder, where one was named."""
    named = [] if config is None else ["--config", str(config)]
    if state:
        named += ["-s", f"STATE={state}"]
    return message.replace(COMMAND, shlex.join([*COMMAND.split(), *named]))
