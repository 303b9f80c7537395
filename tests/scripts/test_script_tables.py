"""The tables of script come out of their sources the same every time, and hold what they say."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.characters import opencc, rows

HEADER = "variant\tcodepoint\tstandard\tstandard_level\tstandard_frequency_rank\tvariant_level\tsources\n"


def loaded(root: Path, name: str) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(name, root / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def built(script: ModuleType, monkeypatch: pytest.MonkeyPatch, folder: Path, *paths: Path) -> dict[str, str]:
    """The tables that the script makes of the files, by name."""
    monkeypatch.setattr(script, "FOLDER", folder)
    monkeypatch.setattr(sys, "argv", ["build_script_tables.py", *map(str, paths)])
    script.main()
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.tsv")}


def test_shipped_tables_are_what_the_sources_give(
    root: Path, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Building again from the same lists gives the shipped files, byte for byte."""
    sources = [shared / "data" / name for name in ("variant_candidates.tsv", "standard_characters.tsv")]
    if not all(source.is_file() for source in sources):
        pytest.skip("no lists of variants beside this checkout")
    tables = built(loaded(root, "build_script_tables"), monkeypatch, tmp_path, *sources)
    assert sorted(tables) == ["doubtful.tsv", "variants.tsv"]
    for name, table in tables.items():
        assert table == (root / "config" / "script" / name).read_text(encoding="utf-8")


def test_official_lists_outweigh_dictionaries(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two candidates the official one is taken and the other is in doubt; weak and standard ones are out."""
    variants = tmp_path / "variants.txt"
    lines = [
        "眎\tU+770E\t视\t1\t452\t0\tgb1955;hydzd",
        "眎\tU+770E\t示\t1\t666\t0\thydzd;twedu",
        "㐡\tU+3421\t懦\t1\t2900\t0\ttwedu",
        "视\tU+89C6\t示\t1\t666\t1\tgb1955",
    ]
    variants.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    standard = tmp_path / "standard.txt"
    standard.write_text("character\tnumber\tlevel\tfrequency_rank\n视\t1\t1\t452\n示\t2\t1\t666\n", encoding="utf-8")
    folder = tmp_path / "tables"
    folder.mkdir()
    monkeypatch.setattr("processors.algorithms.characters.opencc", lambda name: {})
    script = loaded(root, "build_script_tables")
    tables = built(script, monkeypatch, folder, variants, standard)
    assert tables["variants.tsv"] == "character\tstandard\tsources\n眎\t视\tgb1955;hydzd\n"
    assert tables["doubtful.tsv"] == "character\tmay_be\tusually\n眎\t示:666\t视:452\n"


@given(*[st.dictionaries(st.sampled_from("体里乾著"), st.sampled_from(["体", "里 裏", "干 乾"]))] * 2)
def test_an_update_leads_from_the_package_to_the_release(old: dict[str, str], new: dict[str, str]) -> None:
    """The entries to add, to replace and to take away make of one dictionary the other."""
    script = loaded(Path(__file__).parents[2], "build_opencc_update")
    now = dict(old)
    for entry, choices in script.differences(old, new):
        if choices == script.GONE:
            del now[entry]
        else:
            now[entry] = choices
    assert now == new


def test_the_update_is_applied() -> None:
    """What a shipped update takes away is in no dictionary, and what it adds is in it."""
    for name in ("TSCharacters", "TSPhrases", "STCharacters", "STPhrases"):
        for entry, choices in rows(f"opencc/{name}"):
            assert opencc(name).get(entry, ("-",)) == tuple(choices.split())
