"""The trees over the signs of a headline: the shipped file, and the script that makes it."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.shipped import shipped
from processors.algorithms.splitting import read_weights

WEIGHTS = read_weights(shipped("weights", "headlines.tsv"))


def train(root: Path, out: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The script on a few generated pages."""
    command = [sys.executable, "scripts/train_headline.py", "--all", "5", "--wide", "--out", str(out), *args]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize(
    "sign", ["fit", "over_prose", "like_first", "unlike_first", "short_article", "tiny", "among_short", "kin", "doubt"]
)
def test_the_shipped_trees_ask_for_every_side_of_evidence(sign: str) -> None:
    """Whatever is trained: words and text around, the marks of others, its own size and what `spam_strip` says."""
    assert sign in WEIGHTS.later.columns


def test_how_it_stands_to_others_is_asked_of_later_headlines_only() -> None:
    """The first one of a page has none to be compared with."""
    assert not {"like_first", "subject_goes_on", "known_in_article"} & set(WEIGHTS.first.columns)


def test_training_gives_a_file_of_trees_and_the_same_again(root: Path, tmp_path: Path) -> None:
    """The same pages give the same bytes, in the form the step reads."""
    pytest.importorskip("lightgbm", reason="needs the extra `train`")
    for name in ("a.tsv", "b.tsv"):
        done = train(root, tmp_path / name, "--pages", "30")
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.tsv").read_bytes() == (tmp_path / "b.tsv").read_bytes()
    assert read_weights(tmp_path / "a.tsv").later.columns


def test_training_on_too_few_pages_says_so(root: Path, tmp_path: Path) -> None:
    """Without a headline nothing can be learnt; nothing is written."""
    pytest.importorskip("lightgbm", reason="needs the extra `train`")
    done = train(root, tmp_path / "a.tsv", "--pages", "0")
    assert done.returncode == 1
    assert "there must be both kinds" in done.stderr
    assert not (tmp_path / "a.tsv").exists()
