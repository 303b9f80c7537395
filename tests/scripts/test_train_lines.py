"""The trees over the traits of lines: the shipped file, and the script that makes it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pipeline.shipped import shipped
from processors.algorithms.linemodel import AROUND, read_line_model
from processors.algorithms.surroundings import TRAITS
from processors.algorithms.trees import Trees

MODEL = read_line_model(shipped("weights", "lines.tsv"))


def asked(trees: Trees) -> set[str]:
    """The traits that some node asks for."""
    return {trees.names[column] for column, most in zip(trees.columns, trees.most, strict=True) if np.isfinite(most)}


@pytest.mark.parametrize("trait", ["a rule cuts it", "keywords", "words the text shares", "heads text"])
def test_the_shipped_trees_ask_for_every_side_of_evidence(trait: str) -> None:
    """Whatever is trained: rules, the keyword, the words of the text and its headlines have a say."""
    assert trait in asked(MODEL.alone) | asked(MODEL.together)


def test_only_the_second_round_asks_for_what_the_first_says() -> None:
    """The first one knows the lines around by what they show."""
    assert asked(MODEL.alone) <= set(TRAITS)
    assert asked(MODEL.together) & set(AROUND)


def test_training_gives_a_file_of_trees_and_the_same_again(root: Path, tmp_path: Path) -> None:
    """The same pages give the same bytes, in the form the step reads."""
    pytest.importorskip("lightgbm", reason="needs the extra `train`")
    for name in ("a.tsv", "b.tsv"):
        args = ["--all", "5", "--usual", "--wide", "--pages", "40", "--out", str(tmp_path / name)]
        command = [sys.executable, "scripts/train_lines.py", *args]
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.tsv").read_bytes() == (tmp_path / "b.tsv").read_bytes()
    assert asked(read_line_model(tmp_path / "a.tsv").together)
