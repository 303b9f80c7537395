"""All weights are grown in one go, in the order in which they are read."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def growing() -> ModuleType:
    """The script as a module."""
    path = Path(__file__).parents[2] / "scripts" / "grow_weights.py"
    spec = importlib.util.spec_from_file_location("grow_weights", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_file_of_weights_has_its_script(growing: ModuleType, tmp_path: Path) -> None:
    """Nothing is shipped that nobody can grow, and each script is there."""
    for name in growing.ARTICLES:
        (tmp_path / name).mkdir()
    assert sorted(growing.SCRIPTS) == sorted(path.name for path in growing.WEIGHTS.iterdir())
    assert [Path(command[1]).name for _, command in growing.commands(tmp_path)] == list(growing.SCRIPTS.values())
    assert all(Path(command[1]).is_file() for _, command in growing.commands(tmp_path))


def test_sentences_and_headlines_learn_from_articles_only(growing: ModuleType, tmp_path: Path) -> None:
    """A handbook's pages are no articles under their first line."""
    for name in (*growing.ARTICLES, "debian-handbook"):
        (tmp_path / name).mkdir()
    folders = {name: command[3:] for name, command in growing.commands(tmp_path)}
    assert folders["lines.tsv"] == [str(tmp_path)]
    assert folders["headlines.tsv"] == [str(tmp_path / name) for name in growing.ARTICLES]


def test_a_missing_package_is_named(growing: ModuleType, tmp_path: Path) -> None:
    """Before anything is grown."""
    (tmp_path / "fortunes-zh").mkdir()
    with pytest.raises(ValueError, match="not for gnome-user-docs, libreoffice"):
        list(growing.commands(tmp_path))
