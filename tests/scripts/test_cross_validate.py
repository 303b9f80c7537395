"""The script that leaves forms out of the training of lines and scores the chain on pages that have them."""

import subprocess
import sys
from pathlib import Path

import pytest


def test_each_form_that_is_left_out_gets_its_score(root: Path) -> None:
    """One row a key: how many values, the mean and the worst figure, each a share."""
    pytest.importorskip("lightgbm", reason="needs the extra `train`")
    sizes = ["--seeds", "5", "--asked", "6", "--pages", "30"]
    command = [sys.executable, "scripts/cross_validate.py", "--by", "form", "--mix", "usual", *sizes]
    told = subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8").stdout
    name, count, mean, worst, _ = told.splitlines()[2].strip("| ").split(" | ")
    assert (name, int(count) > 0) == ("form of page", True)
    assert 0 <= float(worst) <= float(mean) <= 1
