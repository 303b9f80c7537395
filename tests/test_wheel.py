"""The distribution as users get it: built, installed elsewhere, run from a folder without any of the checkout."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """What Python prints when called so; its whole output is the message when it fails."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel, built from the source distribution, is installed without its dependencies."""
    work = tmp_path_factory.mktemp("wheel")
    run("-m", "build", "--no-isolation", "--outdir", work, ROOT, cwd=work)
    [wheel] = work.glob("*.whl")
    run("-m", "pip", "install", "--no-deps", "--no-compile", "--target", work / "site", wheel, cwd=work)
    return work / "site"


def test_wheel_holds_configuration_and_types(installed: Path) -> None:
    """The default run, the lexicons and the marks of typed packages travel inside."""
    shipped = installed / "pipeline" / "shipped"
    assert {p.relative_to(ROOT / "config") for p in (ROOT / "config").rglob("*.*")} == {
        p.relative_to(shipped) for p in shipped.rglob("*.*")
    }
    assert all((installed / package / "py.typed").is_file() for package in ("pipeline", "processors"))
    assert not (installed / "tests").exists()


def test_the_python_of_the_readme_runs_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    """With nothing but the samples beside it, the example finds the shipped run inside the wheel."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    [code] = re.findall(
        r"^## From Python\n\n```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.M | re.S
    )
    assert run("-c", code, cwd=tmp_path, PYTHONPATH=str(installed)).strip()


def test_main_job_runs_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    """With nothing but a folder of pages and the settings named, the default chain gives the articles it gives here."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    environment = {"PYTHONPATH": str(installed), "SCRAPY_SETTINGS_MODULE": "pipeline.crawl.settings"}
    assert run("-c", "import pipeline; print(pipeline.__file__)", cwd=tmp_path, **environment).startswith(
        str(installed)
    )
    run("-m", "scrapy", "crawl", "localseeds", cwd=tmp_path, **environment)
    articles = (tmp_path / "output" / "articles.jsonl").read_text("utf-8").splitlines()
    assert len(articles) > 5
    assert (tmp_path / "output" / "audit.jsonl").stat().st_size
