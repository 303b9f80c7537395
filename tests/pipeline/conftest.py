"""Fixtures for tests of the framework."""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], Path]:
    """Lays what an installer leaves behind: the metadata of a distribution (0.3) and a module of the same name."""

    def lay(name: str, entry_points: str, module: str) -> Path:
        info = tmp_path / f"{name}-0.3.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.3\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[seedsift.processors]\n{entry_points}\n", encoding="utf-8")
        (tmp_path / f"{name}.py").write_text(module, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        return tmp_path

    return lay
