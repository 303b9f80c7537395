"""What docs/spam.md says of reasons and lexicons is what there is."""

import re
from pathlib import Path

import pytest

from pipeline.config import load
from processors.algorithms.brand import CEILINGS
from processors.algorithms.lexicon import read_lexicons
from processors.algorithms.lexiconfile import CATEGORIES
from processors.spam_strip import SpamStrip

TEXT = Path(__file__).parents[2].joinpath("docs", "spam.md").read_text("utf-8")


def listed(after: str) -> list[str]:
    """What the first table behind a text lists: the names in code type that its rows begin with."""
    table = TEXT.split(after, 1)[1].split("\n\n|", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^\| `(\w+)` \|", table, re.M)


def test_every_reason_has_an_example() -> None:
    """The table of reasons has exactly those that the step declares."""
    assert sorted(listed("## What is cut")) == sorted(SpamStrip.reasons)


def test_every_side_of_the_evidence_is_explained() -> None:
    """The table of sides has exactly those that the model weighs."""
    table = TEXT.split("| side |", 1)[1].split("\n\n", 1)[0]
    named = [side for row in table.splitlines()[2:] for side in re.findall(r"`(\w+)`", row.split("|")[1])]
    assert sorted(named) == sorted(CEILINGS)


def test_every_category_of_a_lexicon_is_explained() -> None:
    """The table of categories has them all, in their order."""
    assert listed("## Lexicons") == list(CATEGORIES)


def test_the_lexicon_of_the_documentation_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file and the step that a reader is told to write make a run."""
    file, step = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.M | re.S)
    name = file.splitlines()[0].removeprefix("# ")
    (tmp_path / name).write_text(file, encoding="utf-8")
    (tmp_path / "run.yaml").write_text(f"version: 1\nsource: {{paths: [pages/]}}\n{step}", encoding="utf-8")
    monkeypatch.chdir("/")
    options = load(tmp_path / "run.yaml").steps[0].processor.options
    assert name in [path.name for path in options.files()]
    assert read_lexicons([tmp_path / name]).terms["trade"] == {"茶票", "茶28"}
