"""The weights of sentences: the shipped file, and the script that makes it."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.shipped import shipped
from processors.algorithms.pitchmodel import read_pitch_model

MODEL = read_pitch_model(shipped("weights", "pitches.yaml"))


@pytest.mark.parametrize("trait", ["messenger", "named", "ends cry"])
def test_what_sells_speaks_for_a_pitch(trait: str) -> None:
    """A messenger, the keyword of the page, an exclamation."""
    assert sum(each.weights.get(trait, 0) for each in (MODEL.alone, MODEL.together)) > 0


def test_training_gives_a_file_and_the_same_again(root: Path, tmp_path: Path) -> None:
    """The same pages give the same bytes, in the form the step reads."""
    for name in ("a.yaml", "b.yaml"):
        args = ["--seeds", "5", "--pages", "30", "--out", str(tmp_path / name)]
        command = [sys.executable, "scripts/train_pitches.py", *args]
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()
    assert read_pitch_model(tmp_path / "a.yaml").together.weights
