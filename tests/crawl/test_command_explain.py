"""``scrapy explain``: one page through a chain, or what stands in the way, without a traceback."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from pipeline.crawl.commands.explain import Command

ROOT = Path(__file__).parents[2]
PAGE = (
    "海风彩票网\n首页\n灯塔管理员换班\n"
    + "海风镇的灯塔管理员每天清晨抄写两份潮汐表，一份贴在码头，一份留给渔船。\n" * 2
)
CHAIN = "version: 1\nsource: {paths: [.]}\nchain:\n  - processor: fingerprint\n  - processor: dedupe\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page on disk."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A chain of two steps."""
    path = tmp_path / "chain.yaml"
    path.write_text(CHAIN, encoding="utf-8")
    return path


def explain(
    *args: str | Path, config: Path | None = None, width: int | None = 100, settings: Settings | None = None
) -> int:
    """The exit code of the command."""
    command = Command()
    command.settings = settings
    command.run([str(arg) for arg in args], argparse.Namespace(config=config and str(config), width=width))
    return command.exitcode


def test_shows_steps_page_and_article(page: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The steps, the lines of the page and the article are printed, and the exit code is 0."""
    assert explain(page, config=config) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"page.txt: {len(PAGE)} characters, utf-8\n")
    assert [word for word in ("Steps", "fingerprint", "dedupe", "Page", "Article 1") if word not in out] == []
    assert max(map(len, out.splitlines())) <= 100


def test_the_project_setting_names_the_chain(page: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without -c the chain is the one that a crawl of the project would use."""
    assert explain(page, settings=Settings({"CHAIN_CONFIG": str(config)})) == 0
    assert "spam_strip" not in capsys.readouterr().out


def test_a_pipe_gets_a_fixed_width(page: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --width and without a terminal the output is the same on every machine."""
    assert explain(page, config=config, width=None) == 0
    wide = capsys.readouterr().out
    assert explain(page, config=config, width=120) == 0
    assert wide == capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("none.txt", None, "none.txt: missing_input"),
        ("empty.txt", b"", "empty.txt: empty_input"),
        ("binary.txt", bytes(range(256)) * 20, "binary.txt: binary_input"),
    ],
)
def test_no_page_is_an_error(
    name: str, content: bytes | None, message: str, tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that gives no page is named with the reason on stderr, and the exit code is 2."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert explain(tmp_path / name, config=config) == 2
    out, err = capsys.readouterr()
    assert (out, message in err) == ("", True)


def test_a_folder_is_no_page(tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder is refused with its name."""
    assert explain(tmp_path, config=config) == 2
    assert f"{tmp_path}: unreadable_input" in capsys.readouterr().err


def test_damaged_bytes_are_told_and_the_page_is_shown(
    page: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes that are no text are reported on stderr; the page is explained all the same."""
    page.write_bytes(page.read_bytes()[:-30] + b"\xff\xfe\xfa\n")
    assert explain(page, config=config) == 0
    out, err = capsys.readouterr()
    assert "Article 1" in out
    assert "undecodable_bytes" in err


def test_problems_of_the_configuration_come_out(page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A configuration with an error gives its place on stderr and exit code 2."""
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(CHAIN.replace("dedupe", "dedup"), encoding="utf-8")
    assert explain(page, config=wrong) == 2
    out, err = capsys.readouterr()
    assert (out, "wrong.yaml:5:16" in err, "dedupe" in err) == ("", True, True)


@pytest.mark.parametrize(
    ("args", "width", "message"),
    [
        ([], 100, "name exactly one page"),
        (["a.txt", "b.txt"], 100, "name exactly one page"),
        (["--colour", "a.txt"], 100, "unknown option --colour"),
        (["a.txt"], 10, "--width is 10; it must be at least 40"),
    ],
)
def test_wrong_use_says_what_is_right(args: list[str], width: int, message: str) -> None:
    """Wrong arguments are refused before anything is read."""
    with pytest.raises(UsageError, match=message):
        explain(*args, width=width)


def test_it_is_a_scrapy_command(page: Path, config: Path) -> None:
    """`scrapy explain` runs in the project, plain in a pipe, with the options it documents."""
    command = [sys.executable, "-m", "scrapy", "explain", str(page), "-c", str(config), "--width", "90"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("page.txt: ")
    assert "\x1b" not in done.stdout
