"""The trees over the traits of sentences: the shipped file, and the script that makes it."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.shipped import shipped
from processors.algorithms.sentencemodel import read_sentence_model
from processors.algorithms.sentences import AROUND, TRAITS
from tests.scripts.test_train_lines import asked

MODEL = read_sentence_model(shipped("weights", "sentences.tsv"))


@pytest.mark.parametrize(
    "trait",
    ["stretches cut", "a rule cuts it", "keywords", "words elsewhere", "kinds of claims", "words of what is cut"],
)
def test_the_shipped_trees_ask_for_every_side_of_evidence(trait: str) -> None:
    """Whatever is trained: rules, the keyword, the words of the text and of what is cut, and what sells have a say."""
    assert trait in asked(MODEL.alone) | asked(MODEL.together)


def test_only_the_second_round_asks_for_what_the_first_says() -> None:
    """The first one knows a sentence and its page."""
    assert asked(MODEL.alone) <= set(TRAITS)
    assert asked(MODEL.together) & set(AROUND)


def test_training_gives_a_file_of_trees_and_the_same_again(root: Path, tmp_path: Path) -> None:
    """The same pages give the same bytes, in the form the step reads."""
    pytest.importorskip("lightgbm", reason="needs the extra `train`")
    for name in ("a.tsv", "b.tsv"):
        args = ["--all", "5", "--wide", "--pages", "30", "--out", str(tmp_path / name)]
        command = [sys.executable, "scripts/train_sentences.py", *args]
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.tsv").read_bytes() == (tmp_path / "b.tsv").read_bytes()
    assert asked(read_sentence_model(tmp_path / "a.tsv").together)
