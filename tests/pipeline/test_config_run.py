"""The fingerprint of a chain: it changes with everything that changes output, and with nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.registry import find

ROOT = Path(__file__).resolve().parent.parent.parent
STEPS = ROOT / "tests" / "config_errors"

PLAIN = """\
version: 1
chain:
  - processor: config_steps:Trim
    options: {max_chars: 9, script: traditional}
  - processor: config_steps:Sign
    options: {key: a}
"""


@pytest.fixture(autouse=True)
def _steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(STEPS)


def fingerprint(folder: Path, text: str) -> str:
    """The fingerprint of the chain that a text describes."""
    file = folder / "run.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file).fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{max_chars: 9, script: traditional}", "{script: traditional, max_chars: 9} # the same"),
        ("{max_chars: 9,", "{share: 0.5, max_chars: 9,"),
        ("Trim\n", "Trim\n    label: cut\n"),
        ("version: 1\n", "version: 1\non_error: stop\nsource: {paths: [b]}\n"),
    ],
    ids=["order of keys and comments", "a default written out", "a label", "where pages come from"],
)
def test_what_does_not_change_output_does_not_count(tmp_path: Path, old: str, new: str) -> None:
    """Two files that mean the same chain have the same fingerprint."""
    assert old in PLAIN
    assert fingerprint(tmp_path, PLAIN.replace(old, new)) == fingerprint(tmp_path, PLAIN)


TRIM = "  - processor: config_steps:Trim\n    options: {max_chars: 9, script: traditional}\n"
SIGN = "  - processor: config_steps:Sign\n    options: {key: a}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("max_chars: 9", "max_chars: 8"),
        (SIGN, ""),
        (TRIM + SIGN, SIGN + TRIM),
        (SIGN, SIGN + "  - processor: fingerprint\n"),
    ],
    ids=["an option", "a step less", "another order", "a step more"],
)
def test_what_changes_output_counts(tmp_path: Path, old: str, new: str) -> None:
    """Two chains that may give other output have other fingerprints."""
    assert old in PLAIN
    assert fingerprint(tmp_path, PLAIN.replace(old, new)) != fingerprint(tmp_path, PLAIN)


def test_the_version_of_a_processor_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor whose code gives other output raises its version, and every chain with it is another one."""
    before = fingerprint(tmp_path, PLAIN)
    monkeypatch.setattr(find("config_steps:Trim"), "version", 2)
    assert fingerprint(tmp_path, PLAIN) != before


def with_table(folder: Path, content: str) -> str:
    """The fingerprint of a chain whose options name a file of this content."""
    folder.mkdir()
    (folder / "table.txt").write_text(content, encoding="utf-8")
    return fingerprint(folder, PLAIN.replace("{key: a}", f"{{key: a, table: {folder / 'table.txt'}}}"))


def test_files_count_by_content_and_not_by_place(tmp_path: Path) -> None:
    """A lexicon that changed makes another chain; the same lexicon in another folder does not."""
    here = with_table(tmp_path / "here", "甲")
    assert with_table(tmp_path / "there", "甲") == here
    assert with_table(tmp_path / "third", "乙") != here


def test_the_hash_seed_does_not_count(tmp_path: Path) -> None:
    """Options that are sets give the same fingerprint in every process."""
    file = tmp_path / "run.yaml"
    file.write_text(PLAIN.replace("{key: a}", "{key: a, marks: [甲, 乙, 丙, 丁, 戊, 己]}"), encoding="utf-8")
    code = f"from pipeline.config import load; print(load({str(file)!r}).fingerprint)"
    path = os.pathsep.join([str(ROOT), str(STEPS)])
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        for seed in ("1", "2", "3")
    ]
    assert {run.stdout for run in runs} == {load(file).fingerprint + "\n"}
