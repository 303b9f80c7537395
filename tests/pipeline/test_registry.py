"""Names and the classes behind them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.processor import Processor
from pipeline.registry import Offer, Registry, RegistryError, find
from processors import BUILT_IN


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_row_of_the_table_is_a_processor(name: str) -> None:
    """The table names classes that can be imported, each called after its name."""
    cls = find(name)
    assert issubclass(cls, Processor)
    assert cls.__name__ == "".join(part.capitalize() for part in name.split("_"))


def test_a_name_and_its_place_are_the_same_class() -> None:
    """``module:Class`` finds built-ins too."""
    assert find(BUILT_IN["fingerprint"]) is find("fingerprint")


def test_offers_name_who_offers(distribution: Callable[[str, str, str], Path]) -> None:
    """Built-ins come first in the order of their table, then what distributions offer, with name and version."""
    distribution("acme_two", "b = acme_two:B\na = acme_two:A", "raise AssertionError('not asked for')")
    offers = Registry().offers()
    assert [offer.name for offer in offers] == [*BUILT_IN, "a", "b"]
    assert offers[-1] == Offer("b", "acme_two:B", "acme_two 0.3")
    assert Registry().origin("split") == "built-in"


def test_a_failing_import_is_tried_once(distribution: Callable[[str, str, str], Path]) -> None:
    """A chain that names a broken plug-in twice gives its error twice and runs its code once."""
    code = "with open(__file__ + '.log', 'a', encoding='utf-8') as log:\n    log.write('.')\nnope"
    folder = distribution("acme_bad", "bad = acme_bad:Bad", code)
    registry = Registry()
    for _ in range(2):
        with pytest.raises(RegistryError, match=r"comes from acme_bad 0\.3; .* NameError: name 'nope' is not defined"):
            registry.find("bad")
    assert (folder / "acme_bad.py.log").read_text(encoding="utf-8") == "."


def test_one_distribution_found_twice_is_no_rival(
    distribution: Callable[[str, str, str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkout beside an installation of the same distribution does not claim a name against it."""
    distribution("acme_same", "same = config_steps:Trim", "")
    shutil.copytree(tmp_path, tmp_path / "copy")
    monkeypatch.syspath_prepend(tmp_path / "copy")
    monkeypatch.syspath_prepend(Path(__file__).resolve().parent.parent / "config_errors")
    assert find("same").__name__ == "Trim"


def test_what_is_misspelt_gets_the_nearest_name() -> None:
    """An unknown name is answered with the names there are and the nearest of them."""
    with pytest.raises(
        RegistryError, match=r"unknown processor 'Spam-Stripp'; allowed: .*; did you mean 'spam_strip'\?"
    ):
        find("Spam-Stripp")


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        ("def f(:", r"SyntaxError: .*; the module was found, so mend it$"),
        ("raise SystemExit('no display')", r"SystemExit: no display; the module was found, so mend it$"),
        ("from json import nothing", r"ImportError: .*; the module was found, so mend it$"),
        ("raise ModuleNotFoundError('by hand')", r"by hand; the module was found, so mend it$"),
        ("import acme_engine.core", r"the module was found, so install 'acme_engine', which it imports$"),
    ],
)
def test_a_module_that_was_found_gets_other_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, advice: str
) -> None:
    """What fails while it is imported is to be mended, or to get what it imports; it need not be installed."""
    (tmp_path / "acme_faulty.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(RegistryError, match=advice):
        find("acme_faulty:f")


@pytest.mark.parametrize("name", ["acme_gone:f", "acme_gone.steps:f", "acme_there.steps:f"])
def test_a_module_that_is_not_found_must_be_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Also when only a package above it is missing, or the package is there without it."""
    (tmp_path / "acme_there").mkdir()
    (tmp_path / "acme_there" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(RegistryError, match=r"it must be installed or lie in the folder of scrapy\.cfg$"):
        find(name)
