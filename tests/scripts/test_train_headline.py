"""The weights of the signs of a headline: the shipped file, and the script that makes it."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.shipped import shipped
from processors.algorithms.splitting import read_weights

WEIGHTS = read_weights(shipped("weights", "headline.yaml"))


def train(root: Path, out: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The script on a few generated pages."""
    command = [sys.executable, "scripts/train_headline.py", "--seeds", "5", "--out", str(out), *args]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("sign", ["fit", "over_prose", "cut_above", "like_first"])
def test_what_headlines_have_speaks_for_one(sign: str) -> None:
    """Whatever is trained: words that come back below, text right below, a cut above, the marks of the first one."""
    assert WEIGHTS.later[sign] > 0


@pytest.mark.parametrize("sign", ["unlike_first", "short_article", "bare_tiny", "among_short", "kin"])
def test_what_subheadings_have_speaks_against_one(sign: str) -> None:
    """Whatever is trained: other marks than the first, little text since, a short line, one subject around."""
    assert WEIGHTS.later[sign] < 0


def test_training_gives_a_file_of_weights_and_the_same_again(root: Path, tmp_path: Path) -> None:
    """The same pages give the same bytes, in the form the step reads."""
    for name in ("a.yaml", "b.yaml"):
        done = train(root, tmp_path / name, "--pages", "30")
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()
    assert read_weights(tmp_path / "a.yaml").later["bias"]


def test_training_on_too_few_pages_says_so(root: Path, tmp_path: Path) -> None:
    """Without a headline nothing can be learnt; nothing is written."""
    done = train(root, tmp_path / "a.yaml", "--pages", "0")
    assert done.returncode == 1
    assert "there must be both kinds" in done.stderr
    assert not (tmp_path / "a.yaml").exists()
