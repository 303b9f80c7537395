"""Where the shipped configuration is found."""

from pathlib import Path

import pytest

from pipeline import shipped


def test_a_checkout_reads_its_config_folder(root: Path) -> None:
    """Beside the packages, when they are not installed."""
    assert shipped("pipeline.yaml") == root / "config" / "pipeline.yaml"


def test_a_wheel_reads_what_travelled_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside the package, when that is where it is."""
    (tmp_path / "shipped").mkdir()
    monkeypatch.setitem(shipped.__globals__, "_HERE", tmp_path)
    assert shipped("lexicon", "gambling.yaml") == tmp_path / "shipped" / "lexicon" / "gambling.yaml"
