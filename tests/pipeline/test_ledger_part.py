"""Files of an index that somebody else cuts short: told, and no signal that ends the process."""

from contextlib import closing
from pathlib import Path

import pytest

from pipeline.ledger.index import Index
from pipeline.ledger.manifest import LedgerError, Manifest
from pipeline.ledger.part import Part
from pipeline.ledger.upkeep import compact


def filled(folder: Path) -> Path:
    """The part of an index of enough articles for several pages of memory."""
    with closing(Index(folder, {})) as index:
        for number in range(3000):
            index.claim([number << 40], {})
            index.add(f"id-{number}", "页", number, bytes(8))
        index.commit()
    [part] = folder.glob("part-*")
    return part


def test_a_part_that_is_cut_short_while_it_is_mapped_is_told(tmp_path: Path) -> None:
    """What is read behind the end of a mapped file ends a process by SIGBUS; looking up says what is wrong instead."""
    part = filled(tmp_path)
    size = part.stat().st_size
    with closing(Index(tmp_path, {})) as index:
        assert index.look_up([5 << 40])
        with part.open("r+b") as file:
            file.truncate(100)
        with pytest.raises(LedgerError, match=rf"{part.name}: 100 bytes, the manifest says {size}; move the folder"):
            index.look_up([5 << 40])


@pytest.mark.parametrize("left", [0, 100])
def test_a_part_is_held_to_its_size_when_it_is_mapped(tmp_path: Path, left: int) -> None:
    """Also between the reading of its checksum and the mapping somebody may cut it short."""
    part = filled(tmp_path)
    found = Manifest.read(tmp_path)
    assert found is not None
    with part.open("r+b") as file:
        file.truncate(left)
    with pytest.raises(LedgerError, match=f"{left} bytes, the manifest says"):
        Part(tmp_path, found.parts[0])
    with pytest.raises(LedgerError, match=f"{left} bytes, the manifest says"):
        compact(tmp_path)


@pytest.mark.parametrize("decided", [1, 2])
def test_what_a_killed_run_prepared_is_in_no_way_of_compacting(tmp_path: Path, decided: int) -> None:
    """The ledger of a state knows whether it counts."""
    filled(tmp_path)
    with closing(Index(tmp_path, {}, generation=1)) as index:
        index.claim([1 << 60], {})
        index.add("id", "页", 3000, bytes(8))
        assert index.prepare() == 2
        (tmp_path / "prepared.json").rename(tmp_path / "kept.json")
    (tmp_path / "kept.json").rename(tmp_path / "prepared.json")
    assert compact(tmp_path, decided).articles == 2999 + decided
    assert not (tmp_path / "prepared.json").exists()
