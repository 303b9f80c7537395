"""The index: whose key it was first, what lasts and what does not, and what damage is called."""

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ledger import index as index_module
from pipeline.ledger import parts as parts_module
from pipeline.ledger.index import Index
from pipeline.ledger.manifest import FORMAT, NAME, LedgerError
from pipeline.ledger.upkeep import verify

PARAMETERS = {"of": "tests", "threshold": 0.8}
KEYS = st.lists(st.lists(st.integers(0, 30).map(lambda n: n << 30), max_size=5), max_size=40)
FEW_KEYS = st.lists(st.integers(0, 9).map(lambda n: n << 30), max_size=4)


def insert(index: Index, articles: Sequence[Sequence[int]], batch: int = 1) -> list[tuple[int, list[int]]]:
    """Add articles with these keys; what each claim said."""
    found = []
    for start in range(0, len(articles), batch):
        part = articles[start : start + batch]
        known = index.look_up(key for keys in part for key in keys)
        for keys in part:
            number, leaders = index.claim(keys, known)
            found.append((number, leaders))
            index.add(f"id-{number}", f"页/{number}", leaders[0] if leaders else number, bytes([number % 256]))
    return found


def expected(articles: Sequence[Sequence[int]]) -> list[tuple[int, list[int]]]:
    """What claims say if for each key the first article that had it is looked for among all before."""
    first: dict[int, int] = {}
    found = []
    for number, keys in enumerate(articles):
        owners = {first.setdefault(key >> 24, number) for key in keys}
        found.append((number, sorted(owners - {number})))
    return found


def some(count: int, seed: int = 1) -> list[list[int]]:
    """Articles with keys of which many have been used before."""
    draw = random.Random(seed)
    return [[draw.randrange(count * 2) * 0x9E3779B97F4A7C15 % 2**64 for _ in range(4)] for _ in range(count)]


@given(KEYS, st.integers(1, 7), st.integers(1, 5), st.lists(st.integers(0, 40), max_size=4), st.integers(0, 31))
@settings(max_examples=60)
def test_claims_do_not_depend_on_memory_batches_or_runs(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[list[int]],
    batch: int,
    memory: int,
    ends: list[int],
    interrupted: int,
) -> None:
    """However articles are divided into batches, parts and runs, each key leads to the first article that had it.

    Also where a run was only prepared when its process ended, and is decided to count.
    """
    folder = tmp_path_factory.mktemp("index")
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "_IN_MEMORY_ARTICLES", memory)
        patch.setattr(parts_module, "_FAN_OUT", 3)
        cuts = sorted({0, *(end for end in ends if end < len(articles)), len(articles)})
        for run, (start, end) in enumerate(pairwise(cuts)):
            index = Index(folder, PARAMETERS, generation=run)
            assert len(index) == start
            found += insert(index, articles[start:end], batch)
            assert index.prepare() == run + 1
            if not interrupted >> run & 1:
                index.commit()
            index.close()
    assert found == expected(articles)


@given(st.lists(st.tuples(FEW_KEYS, st.integers(0, 30)), max_size=30), st.integers(1, 5), st.integers(0, 30))
@settings(max_examples=60)
def test_a_key_of_a_forgotten_article_is_the_next_ones(
    tmp_path_factory: pytest.TempPathFactory, articles: list[tuple[list[int], int]], memory: int, end: int
) -> None:
    """However often that happens, in memory, parts, merged parts and runs: the first of those that count owns a key."""
    folder = tmp_path_factory.mktemp("index")
    first: dict[int, int] = {}
    kept: dict[int, int] = {}
    ended: set[int] = set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "_IN_MEMORY_ARTICLES", memory)
        patch.setattr(parts_module, "_FAN_OUT", 3)
        for run, part in enumerate((articles[:end], articles[end:])):
            with closing(Index(folder, PARAMETERS, generation=run)) as index:
                for keys, gone in part:
                    index.forget([f"id-{gone}"] if gone in kept else [])
                    ended |= {gone} & kept.keys()
                    counting = {number for number, its in kept.items() if not {number, its} & ended}
                    number = len(kept)
                    owners = {key: first[key] if first.get(key) in counting else number for key in keys}
                    first |= owners
                    leaders = sorted({*owners.values()} - {number})
                    assert insert(index, [keys]) == [(number, leaders)]
                    kept[number] = leaders[0] if leaders else number
                index.commit()


@pytest.mark.parametrize("folder", [True, False])
def test_what_was_kept_of_an_article_comes_back(folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Id, source, run, partner and payload are there again, from memory, from parts and from merged parts."""
    monkeypatch.setattr(index_module, "_IN_MEMORY_ARTICLES", 3)
    index = Index(tmp_path if folder else None, PARAMETERS)
    claims = insert(index, some(100))
    for number, leaders in claims:
        article = index.article(number)
        assert article == (f"id-{number}", f"页/{number}", 1, leaders[0] if leaders else number)
        assert index.payload(number) == bytes([number])
    index.close()


def test_articles_know_their_run(tmp_path: Path) -> None:
    """Runs count from 1, one a commit."""
    for run in (1, 2, 3):
        index = Index(tmp_path, PARAMETERS)
        assert index.run == run
        insert(index, some(2, seed=run))
        index.commit()
        index.close()
    with closing(Index(tmp_path, PARAMETERS)) as index:
        assert [index.article(number).run for number in range(6)] == [1, 1, 2, 2, 3, 3]


def test_without_commit_nothing_lasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was added and spilled but not committed is gone, from the index and from the folder."""
    monkeypatch.setattr(index_module, "_IN_MEMORY_ARTICLES", 2)
    index = Index(tmp_path, PARAMETERS)
    insert(index, some(20))
    index.commit()
    before = contents(tmp_path)
    insert(index, some(50, seed=2))
    assert contents(tmp_path) != before
    index.rollback()
    assert len(index) == 20
    assert contents(tmp_path) == before
    insert(index, some(50, seed=2))
    index.close()
    assert contents(tmp_path) == before


def test_parts_stay_few(tmp_path: Path) -> None:
    """However many runs there were, the number of parts grows with the logarithm of their articles."""
    for run in range(60):
        index = Index(tmp_path, PARAMETERS)
        insert(index, some(3, seed=run))
        index.commit()
        index.close()
    assert len(list(tmp_path.glob("part-*"))) <= 14


def test_compacting_changes_nothing_but_the_number_of_parts(tmp_path: Path) -> None:
    """A compacted index is one part, and every claim is answered as before."""
    articles = some(90)
    for start in range(0, 60, 20):
        index = Index(tmp_path, PARAMETERS)
        insert(index, articles[start : start + 20])
        index.commit()
        index.close()
    index = Index(tmp_path, PARAMETERS)
    index.compact()
    assert len(list(tmp_path.glob("part-*"))) == 1
    index.close()
    with closing(Index(tmp_path, PARAMETERS)) as index:
        assert insert(index, articles[60:]) == expected(articles)[60:]
        assert index.article(7).id == "id-7"


def test_other_parameters_are_refused_by_name(tmp_path: Path) -> None:
    """An index made with other parameters is not used, each difference is told, and no byte of it changes."""
    made(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(LedgerError, match=r"of was 'tests', is 'other'; threshold was 0\.8, is 0\.7; go back"):
        Index(tmp_path, {"of": "other", "threshold": 0.7})
    assert contents(tmp_path) == before


def test_parameters_known_late_are_held_to_as_well(tmp_path: Path) -> None:
    """What turns out at the first article is written down with the run and checked in the next."""
    index = Index(tmp_path, PARAMETERS)
    index.expect({"size": 5})
    insert(index, some(3))
    index.commit()
    index.close()
    with closing(Index(tmp_path, PARAMETERS)) as index:
        index.expect({"size": 5})
        with pytest.raises(LedgerError, match="size was 5, is 6"):
            index.expect({"size": 6})


@pytest.mark.parametrize("file", ["part", NAME])
@pytest.mark.parametrize("damage", ["cut", "emptied", "flipped", "gone"])
def test_damage_is_named_and_nothing_is_overwritten(file: str, damage: str, tmp_path: Path) -> None:
    """A file that is cut short, has one bit changed at any place, or is missing gives an error that names it."""
    made(tmp_path)
    (path,) = tmp_path.glob(f"{file}*")
    whole = path.read_bytes()
    for place in (0, 20, len(whole) // 2, len(whole) - 2):
        flipped = bytearray(whole)
        flipped[place] ^= 4
        states = {"cut": whole[:place], "emptied": b"", "flipped": bytes(flipped)}
        if damage == "gone":
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(states[damage])
        before = contents(tmp_path)
        with pytest.raises(LedgerError, match=r"(part-0|manifest\.json).*python -m pipeline\.rebuild"):
            Index(tmp_path, PARAMETERS)
        assert contents(tmp_path) == before


def test_a_manifest_of_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of a later version says so instead of being misread."""
    made(tmp_path)
    monkeypatch.setattr("pipeline.ledger.manifest.FORMAT", FORMAT + 1)
    with pytest.raises(LedgerError, match=f"format {FORMAT}, this version reads {FORMAT + 1}"):
        Index(tmp_path, PARAMETERS)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """While a run has the index another is refused and told who has it; then it is free again."""
    with closing(Index(tmp_path, PARAMETERS)) as index:
        insert(index, some(3))
        code = f"import pathlib; from pipeline.ledger.index import Index; Index(pathlib.Path({str(tmp_path)!r}), {{}})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
        assert f"in use by process {os.getpid()}; wait until" in done.stderr
        index.commit()
    with closing(Index(tmp_path, PARAMETERS)) as index:
        assert len(index) == 3


def test_lone_surrogates_in_names_are_kept(tmp_path: Path) -> None:
    """A source whose name is no valid UTF-8 comes back as it was."""
    with closing(Index(tmp_path, PARAMETERS)) as index:
        index.add("id", "坏\udc80名", 0, b"")
        index.commit()
        assert index.article(0).source == "坏\udc80名"


def test_two_steps_do_not_share_a_folder(tmp_path: Path) -> None:
    """A second index in the same folder and process is told to be another step of this run."""
    with closing(Index(tmp_path, PARAMETERS)), pytest.raises(LedgerError, match="another step of this run has it"):
        Index(tmp_path, PARAMETERS)


@pytest.mark.parametrize("name", ["lock", NAME])
def test_a_folder_in_the_place_of_a_file_is_named(name: str, tmp_path: Path) -> None:
    """Where a file of the index should be, a folder is an error that names it."""
    (tmp_path / name).mkdir()
    with pytest.raises(LedgerError, match=f"{name}: Is a directory"):
        Index(tmp_path, PARAMETERS)


def test_files_of_others_stay(tmp_path: Path) -> None:
    """What is not named like a part of an index is left alone by every step of an index's life."""
    others = [tmp_path / "part-0.parquet", tmp_path / "part-0000000000-0000000010.bak"]
    for other in others:
        other.write_text("of others", encoding="utf-8")
    made(tmp_path)
    verify(tmp_path)
    assert all(other.read_text(encoding="utf-8") == "of others" for other in others)


def test_verify_changes_nothing(tmp_path: Path) -> None:
    """What a run left behind uncommitted is still there when an index has been verified."""
    made(tmp_path)
    left = tmp_path / "part-0000000010-0000000020"
    left.write_bytes(b"half a part")
    verify(tmp_path)
    assert left.exists()


def made(folder: Path) -> None:
    """Make an index of one part."""
    index = Index(folder, PARAMETERS)
    insert(index, some(10))
    index.commit()
    index.close()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
