"""An index whose runs others decide about: prepared, then finished or forgotten, whatever interrupts it."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.ledger.index import Index
from pipeline.ledger.manifest import NAME, PREPARED, LedgerError
from pipeline.ledger.upkeep import compact, verify

PARAMETERS = {"of": "tests"}


def opened(folder: Path, generation: int | None, run: int | None = None) -> Index:
    """The index of a folder, decided up to a generation."""
    return Index(folder, PARAMETERS, generation=generation, run=run)


def add(index: Index, *names: str) -> None:
    """Articles with one key each."""
    for name in names:
        keys = [hash(name) % 2**40 << 24]
        number, _ = index.claim(keys, index.look_up(keys))
        index.add(name, f"{name}.txt", number, b"")


def names(folder: Path, generation: int | None) -> list[str]:
    """The articles that count."""
    with closing(opened(folder, generation)) as index:
        return [index.article(number).id for number in range(len(index))]


def interrupted(folder: Path) -> int:
    """A run that counts and another that was prepared when its process ended; the generation prepared."""
    with closing(opened(folder, 0)) as index:
        add(index, "甲", "乙")
        index.prepare()
        index.commit()
        add(index, "丙")
        prepared = index.prepare()
    assert prepared is not None
    return prepared


def test_what_was_decided_is_finished(tmp_path: Path) -> None:
    """If the run was decided to count, the next opening finishes its commit."""
    generation = interrupted(tmp_path)
    assert names(tmp_path, generation) == ["甲", "乙", "丙"]
    assert not (tmp_path / PREPARED).exists()
    assert names(tmp_path, generation) == ["甲", "乙", "丙"]


def test_what_was_not_decided_is_forgotten(tmp_path: Path) -> None:
    """If it was not, the next opening removes what was prepared, parts included, and the run can be done again."""
    generation = interrupted(tmp_path)
    assert names(tmp_path, generation - 1) == ["甲", "乙"]
    assert not (tmp_path / PREPARED).exists()
    with closing(opened(tmp_path, generation - 1)) as index:
        add(index, "丁")
        assert index.prepare() == generation
        index.commit()
    assert names(tmp_path, generation) == ["甲", "乙", "丁"]


def test_damage_to_what_was_decided_is_named(tmp_path: Path) -> None:
    """Where a prepared run counts, one changed bit in its manifest is an error; where it does not, it is removed."""
    generation = interrupted(tmp_path)
    whole = (tmp_path / PREPARED).read_bytes()
    (tmp_path / PREPARED).write_bytes(whole.replace(b'"articles": 1', b'"articles": 3', 1))
    before = contents(tmp_path)
    with pytest.raises(LedgerError, match=r"prepared\.json: damaged, its checksum"):
        opened(tmp_path, generation)
    assert contents(tmp_path) == before
    assert names(tmp_path, generation - 1) == ["甲", "乙"]


def test_a_preparation_that_failed_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a full disk nothing is prepared; with room again the same run is, and a rollback leaves what counted."""
    with closing(opened(tmp_path, 0)) as index:
        add(index, "甲")
        with monkeypatch.context() as patch:
            patch.setattr("pipeline.ledger.manifest.os.fsync", _full)
            with pytest.raises(OSError, match="No space left"):
                index.prepare()
        assert index.prepare() == 1
        index.commit()
    assert names(tmp_path, 1) == ["甲"]


@pytest.mark.parametrize("given", [0, 4])
def test_another_states_index_is_refused(given: int, tmp_path: Path) -> None:
    """An index that is ahead of or behind what was decided is an error with both numbers, and stays as it is."""
    interrupted(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(LedgerError, match=f"index is at commit 1, its state folder at {given}: .*pipeline.rebuild"):
        opened(tmp_path, given)
    assert contents(tmp_path) == before


def test_a_lost_index_is_not_begun_anew(tmp_path: Path) -> None:
    """Where runs were decided to count and no index is left, that is an error: all would be exported again."""
    with pytest.raises(LedgerError, match="index is at commit 0, its state folder at 2"):
        opened(tmp_path / "index", 2)


@pytest.mark.parametrize("use", [lambda folder: opened(folder, None), compact])
def test_nobody_else_decides(use: Callable[[Path], object], tmp_path: Path) -> None:
    """Without the state folder an interrupted run is neither finished nor forgotten."""
    interrupted(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(LedgerError, match=r"prepared\.json: a run with a state folder was interrupted here; run with"):
        use(tmp_path)
    assert contents(tmp_path) == before


def test_verify_reads_what_is_prepared_too(tmp_path: Path) -> None:
    """Damage to a part that only a prepared run uses is found before that run is finished."""
    generation = interrupted(tmp_path)
    assert verify(tmp_path).articles == 2
    part = sorted(tmp_path.glob("part-*"))[-1]
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.raises(LedgerError, match=f"{part.name}: .* bytes"):
        verify(tmp_path)
    with pytest.raises(LedgerError, match=f"{part.name}: .* bytes"):
        opened(tmp_path, generation)


def test_a_prepared_run_can_be_taken_back(tmp_path: Path) -> None:
    """After a rollback the index is as before the run, and goes on."""
    with closing(opened(tmp_path, 0)) as index:
        add(index, "甲")
        assert index.prepare() == 1
        index.rollback()
        assert len(index) == 0
        add(index, "乙")
        assert index.prepare() == 1
        index.commit()
    assert names(tmp_path, 1) == ["乙"]


def test_several_commits_of_one_run(tmp_path: Path) -> None:
    """A run may commit in several goes; its articles all carry the number it was given."""
    with closing(opened(tmp_path, 0, run=7)) as index:
        for name in ("甲", "乙"):
            add(index, name)
            index.prepare()
            index.commit()
    with closing(opened(tmp_path, 2, run=9)) as index:
        assert [index.article(number).run for number in (0, 1)] == [7, 7]
        assert (index.earlier_runs, index.run) == (7, 9)


def test_compacting_keeps_the_generation(tmp_path: Path) -> None:
    """A compacted index still fits its state folder."""
    for generation in range(3):
        with closing(opened(tmp_path, generation)) as index:
            add(index, f"第{generation}篇")
            index.prepare()
            index.commit()
    assert compact(tmp_path).parts == 1
    assert names(tmp_path, 3) == ["第0篇", "第1篇", "第2篇"]


def test_preparing_overwrites_nothing_that_counts(tmp_path: Path) -> None:
    """Until it is decided, every file that counts stays byte for byte, also where parts are merged."""
    for generation in range(3):
        with closing(opened(tmp_path, generation)) as index:
            add(index, f"第{generation}篇")
            index.prepare()
            index.commit()
    before = contents(tmp_path)
    with closing(opened(tmp_path, 3)) as index:
        add(index, "第3篇")
        index.prepare()
        after = contents(tmp_path)
        assert len(after) > len(before)
        assert before.items() - {"lock"} <= after.items() | {("lock", before["lock"])}
    assert (tmp_path / NAME).read_bytes() == before[NAME]


def _full(_: object) -> None:
    raise OSError(28, "No space left on device")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
