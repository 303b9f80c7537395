"""Fixtures for tests of the Scrapy glue."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from scrapy.cmdline import execute
from scrapy.settings import Settings

from tests.states import ARTICLE, OTHER, crawl, rows

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


CHAIN = """\
version: 1
source: {paths: [pages/]}
chain:
  - processor: crawl_steps:CutAdverts
  - processor: crawl_steps:Halve
  - processor: crawl_steps:Break
  - processor: crawl_steps:DropShort
"""


@dataclass(frozen=True)
class Project:
    """A folder with a ``scrapy.cfg``, a ``chain.yaml`` and pages, where crawls run in processes of their own."""

    folder: Path
    modules: str

    def page(self, name: str, text: str | bytes) -> Path:
        """A file below ``pages/``."""
        file = self.folder / "pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def start(self, *args: str, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
        """``scrapy ARGS...`` with every warning an error."""
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "scrapy", *args],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": self.modules, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def crawl(self, *args: str, env: Mapping[str, str] | None = None) -> tuple[int, str]:
        """``scrapy crawl localseeds`` with ``chain.yaml``; the exit status and what standard error said."""
        with self.start("crawl", "localseeds", "-a", "config=chain.yaml", *args, env=env) as running:
            _, errors = running.communicate()
        return running.returncode, errors

    def records(self, name: str = "output/articles.jsonl") -> list[Any]:
        """The lines of an output."""
        rows = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return [json.loads(row) for row in rows]

    def audit(self, event: str, name: str = "output/audit.jsonl") -> list[tuple[str, str]]:
        """Reason and source of the audit's records of one kind."""
        return [(row["reason"], row["source"]) for row in self.records(name) if row["event"] == event]


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Project:
    """A project without pages."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = pipeline.crawl.settings\n", encoding="utf-8")
    (tmp_path / "chain.yaml").write_text(CHAIN, encoding="utf-8")
    (tmp_path / "pages").mkdir()
    modules = os.pathsep.join([str(root), str(root / "tests/crawl/modules")])
    return Project(tmp_path, modules)


@pytest.fixture
def read(project):
    """A project of which a first run has read two pages; the ids of their articles."""
    project.page("a.txt", f"甲\n{ARTICLE}")
    project.page("b.txt", f"乙\n{OTHER}")
    assert crawl(project) == "state: run 1: new: 2 pages, 2 articles; 0 inputs unchanged"
    return [row["id"] for row in rows(project)]
