"""The weights of the evidence for a keyword: the shipped file, and the script that makes it."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline.shipped import shipped
from processors.algorithms.brand import CEILINGS, read_weights


def train(root: Path, out: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """The script on a few generated pages."""
    command = [
        sys.executable,
        "scripts/train_keyword.py",
        "--all",
        "5",
        "--wide",
        "--pages",
        "24",
        "--out",
        str(out),
        *args,
    ]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=False)


def test_the_shipped_file_weighs_exactly_the_sides_there_are() -> None:
    """No side of the evidence is without a weight, and no weight is without a side."""
    raw = yaml.safe_load(shipped("weights", "keyword.yaml").read_text(encoding="utf-8"))
    assert list(raw["sides"]) == list(CEILINGS)
    weights = read_weights(shipped("weights", "keyword.yaml"))
    assert weights.score({}) == weights.bias < weights.threshold


@pytest.mark.parametrize("side", ["suffixes", "trade", "labelled", "page_signs"])
def test_what_sells_speaks_for_a_keyword(side: str) -> None:
    """Whatever is trained: words that press, and a site's own name, are evidence for it."""
    assert read_weights(shipped("weights", "keyword.yaml")).sides[side] > 0


def test_words_of_the_article_speak_against_one() -> None:
    """What stands inside the clauses of the prose is the article's own."""
    assert read_weights(shipped("weights", "keyword.yaml")).sides["own_words"] < 0


def test_training_gives_a_file_of_weights_and_the_same_again(root: Path, tmp_path: Path) -> None:
    """The same pages and texts give the same bytes, in the form the step reads."""
    (tmp_path / "clean").mkdir()
    (tmp_path / "clean" / "one.txt").write_text(
        "渡口：开船\n渡口：收船\n渡口：停航\n渡口：加班\n" * 3, encoding="utf-8"
    )
    for name in ("a.yaml", "b.yaml"):
        done = train(root, tmp_path / name, "--clean", str(tmp_path / "clean"))
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "a.yaml").read_bytes() == (tmp_path / "b.yaml").read_bytes()
    weights = read_weights(tmp_path / "a.yaml")
    assert weights.sides["trade"] > 0 > weights.bias


def test_clean_texts_change_the_weights(root: Path, tmp_path: Path) -> None:
    """What repeats on clean texts counts less for it."""
    (tmp_path / "clean").mkdir()
    for number in range(20):
        text = "".join(f"渡口{word}\n" for word in ("开船", "收船", "停航", "加班"))
        (tmp_path / "clean" / f"{number}.txt").write_text(text, encoding="utf-8")
    assert train(root, tmp_path / "without.yaml").returncode == 0
    assert train(root, tmp_path / "with.yaml", "--clean", str(tmp_path / "clean")).returncode == 0
    assert read_weights(tmp_path / "with.yaml").sides["forms"] < read_weights(tmp_path / "without.yaml").sides["forms"]


def test_pages_without_a_keyword_are_refused(root: Path, tmp_path: Path) -> None:
    """Weights cannot be learnt from clean pages alone; the script says so instead of writing any."""
    done = train(root, tmp_path / "none.yaml", "--pages", "0")
    assert done.returncode != 0
    assert "0 candidates, 0 of them keywords; there must be both kinds" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "none.yaml").exists()
