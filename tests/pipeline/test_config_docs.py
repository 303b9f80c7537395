"""What ``docs/configuration.md`` says of configurations is so."""

import re
from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.config.format import ConfigFile, SourceSection, StepEntry
from pipeline.errors import ConfigError

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "configuration.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r'^```\w+ title="(.+?)"\n(.*?)^```$', PAGE, re.M | re.S))


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("run.yaml", "wrong.yaml"):
        Path(name).write_text(BLOCKS[name], encoding="utf-8")


def test_the_example_can_be_run() -> None:
    """The file at the top of the page is right, and says what the page says it says."""
    run = load("run.yaml")
    assert [step.label for step in run.steps] == ["spam_strip", "split", "normalize", "fingerprint", "dedupe"]
    assert run.paths == ("pages/", "more.txt")


def test_the_wrong_example_gives_the_problems_shown() -> None:
    """The page shows what is really printed."""
    with pytest.raises(ConfigError) as caught:
        load("wrong.yaml")
    assert str(caught.value) + "\n" == BLOCKS["problems"]


def test_every_key_is_explained() -> None:
    """The table has a row for each key of the file, and no other."""
    nested = {"source": SourceSection, "chain": StepEntry}
    keys = set(ConfigFile.model_fields) - {"source"}
    keys |= {f"{section}.{key}" for section, model in nested.items() for key in model.model_fields}
    assert set(re.findall(r"^\| `([\w.]+)` \|", PAGE, re.M)) == keys
