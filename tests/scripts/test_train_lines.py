"""The weights of the traits of lines: the shipped file, and the script that makes it."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.shipped import shipped
from processors.algorithms.linemodel import read_line_model

MODEL = read_line_model(shipped("weights", "lines.yaml"))


@pytest.mark.parametrize("trait", ["furniture: none", "heads text", "by rule: stays"])
def test_what_articles_have_speaks_against_spam(trait: str) -> None:
    """Whatever is trained: a line that stands over its text, or that no rule knows, is rather an article's."""
    assert MODEL.alone.weights[trait] < 0


def test_the_file_says_more_of_neighbours_in_the_second_round() -> None:
    """Only the second round knows what the first says of the lines around."""
    assert any(trait.startswith("behind it") for trait in MODEL.together.weights)
    assert not any(trait.startswith("behind it") for trait in MODEL.alone.weights)


def test_training_gives_a_file_of_weights_and_the_same_again(root: Path, tmp_path: Path) -> None:
    """The same pages give the same bytes, in the form the step reads."""
    pytest.importorskip("sklearn", reason="needs the extra `train`")
    for name in ("a.yaml", "b.yaml"):
        args = ["--seeds", "5", "--pages", "40", "--out", str(tmp_path / name)]
        command = [sys.executable, "scripts/train_lines.py", *args]
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()
    assert read_line_model(tmp_path / "a.yaml").together.weights
