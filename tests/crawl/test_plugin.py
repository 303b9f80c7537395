"""Processors of other distributions: two small ones are built and installed with pip, then used as a user would."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

Command = Callable[..., "subprocess.CompletedProcess[str]"]

CONFIG = """\
version: 1
chain:
  - processor: min_length
    options: {chars: 5}
"""

BROKEN = CONFIG + "  - processor: max_length\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip has installed both distributions of ``tests/plugin``, built with hatchling."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    plugins = [str(ROOT / "tests" / "plugin" / name) for name in ("acme", "acme_broken")]
    subprocess.run([*command, "--disable-pip-version-check", "--target", str(target), *plugins], check=True)
    return target


@pytest.fixture
def python(installed: Path, tmp_path: Path) -> Command:
    """Runs ``python ARGS...`` in an empty folder of a user who has installed seedsift and both plug-ins."""
    (tmp_path / "run.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    path = os.pathsep.join([str(ROOT), str(installed)])
    env = {**os.environ, "PYTHONPATH": path, "SCRAPY_SETTINGS_MODULE": "pipeline.crawl.settings"}

    def run(*args: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *args],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_an_installed_processor_runs_in_a_chain(python: Command) -> None:
    """Its name in the YAML is enough; what it drops is accounted for like anything else."""
    code = (
        "from pipeline import Chain, Item\n"
        "with Chain.load('run.yaml') as chain:\n"
        "    for outcome in chain.run([Item.page('短', 'a'), Item.page('一二三四五', 'b')]):\n"
        "        print(getattr(outcome, 'reason', 'kept'))\n"
    )
    done = python("-c", code)
    assert (done.returncode, done.stdout, done.stderr) == (0, "too_short\nkept\n", "")


def test_an_installed_processor_is_listed_with_its_origin(python: Command) -> None:
    """`scrapy processors` names the distribution and its version, and lists the broken one with its own error."""
    done = python("-m", "scrapy", "processors")
    assert done.returncode == 0
    lines = {line.split()[0]: " ".join(line.split()) for line in done.stdout.splitlines()}
    assert lines["min_length"] == (
        "min_length seedsift-acme 1.2.0 Drop articles shorter than `chars` characters. too_short"
    )
    assert lines["max_length"].startswith("max_length seedsift-acme-broken 0.4.0 BROKEN: ")
    assert "No module named 'acme_measure'" in lines["max_length"]


def test_a_broken_processor_matters_only_where_it_is_used(python: Command) -> None:
    """One configuration is right beside a broken plug-in; another names it and is told its error at its line."""
    done = python("-m", "scrapy", "validate", "run.yaml", "broken.yaml")
    assert done.returncode == 2
    assert done.stdout.startswith("run.yaml: OK\n  1. min_length\n")
    assert done.stderr.splitlines() == [
        "broken.yaml:5:16: processor 'max_length' comes from seedsift-acme-broken 0.4.0; its "
        "acme_seedsift_broken:MaxLength failed to import: ModuleNotFoundError: No module named 'acme_measure'; "
        "repair or uninstall it",
        "broken.yaml: 1 problem",
    ]
