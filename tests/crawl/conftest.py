"""Fixtures for tests of the Scrapy glue."""

from collections.abc import Callable

import pytest
from scrapy.cmdline import execute
from scrapy.settings import Settings

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def scrapy(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs ``scrapy ARGS...`` in this process; gives exit status, standard output and standard error."""

    def run(*args: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", *args], Settings({"COMMANDS_MODULE": "pipeline.crawl.commands"}))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return run
