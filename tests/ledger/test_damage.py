"""A ledger that is damaged and can be read, and shards that are gone: told before a run reads or writes anything."""

import sqlite3

import pytest

from benchmarks.bitflips import flipped
from pipeline.ledger.adding import Adding
from pipeline.ledger.care import forget, problems
from pipeline.ledger.inputs import Change, Inputs, Stat
from pipeline.ledger.manifest import LedgerError
from pipeline.ledger.reading import StateCopy
from pipeline.ledger.restore import check_forgotten, check_known, check_shards
from pipeline.ledger.runs import FINISHED, begin, chain_of, end, runs, set_chain
from pipeline.ledger.state import State
from pipeline.ledger.to_forget import tidy


def new(number):
    """A page that was found."""
    return Change("new", f"/corpus/{number}.txt".encode(), f"{number}.txt", Stat(3, 4, 5), bytes([number] * 32))


@pytest.fixture
def folder(tmp_path):
    """A state of two runs: three pages with an article each, one of which ended a copy; then one of them is removed."""
    with State(tmp_path) as state:
        set_chain(state.database, "f" * 64, [{"class": "a:B", "version": 1, "options": {}, "files": []}])
        for changes in ([new(1), new(2), new(3)], [Change("removed", b"/corpus/1.txt", "1.txt", old=None)]):
            adding = Adding(state, begin(state.database))
            for change in changes:
                known = Inputs(state.database).at([change.path]).get(change.path)
                adding.change(change._replace(old=known))
                if change.kind == "new":
                    adding.page(change.name)
                    adding.article(f"{change.name}-1")
                    adding.copy(f"{change.name}-2", "1.txt-1")
                    adding.write("articles", b"{}\n")
            adding.commit({}, {"chain/pages": 1})
            end(state.database, adding.run.number, FINISHED, 0, {"chain/pages": 1})
        forget(state, "3.txt")
    return tmp_path


def begun(folder):
    """What a run asks of a state before it begins."""
    with State(folder) as state:
        chain_of(state.database)
        check_known(state)
        check_shards(state)
        check_forgotten(state)
        return list(runs(state.database))


def found(folder):
    """What verify finds, or what keeps it from looking."""
    try:
        with State(folder) as state:
            return list(problems(state))
    except LedgerError as error:
        return [str(error)]


def test_a_state_that_is_whole(folder):
    """Nothing is found, with a seal and, as after a run that was killed, without one."""
    assert [run.number for run in begun(folder)] == [2, 1]
    assert found(folder) == []
    (folder / "ledger.sha256").unlink()
    assert found(folder) == []


def test_any_flipped_bit_shows_by_the_seal(folder):
    """Wherever it is: the ledger is not opened."""
    ledger = folder / "ledger.db"
    whole = ledger.read_bytes()
    for place in range(7, len(whole) * 8, len(whole) * 8 // 40):
        ledger.write_bytes(flipped(whole, place))
        with pytest.raises(LedgerError, match=r"damaged, or put back from a copy: by ledger.sha256 .* ledger rebuild"):
            State(folder)
    ledger.write_bytes(whole)
    assert found(folder) == []


def test_an_input_that_moves_to_where_one_was_forgotten_is_another(folder):
    """Also if the same shard told of both; when all is forgotten, the next run removes what was asked."""
    with State(folder) as state:
        [known] = Inputs(state.database).forgotten()
        adding = Adding(state, begin(state.database))
        [moved] = Inputs(state.database).at([b"/corpus/2.txt"]).values()
        adding.change(Change("forgotten", known.path, known.name, old=known))
        adding.change(Change("renamed", known.path, known.name, moved.stat, moved.sha256, moved))
        adding.commit({}, {})
        assert list(problems(state)) == []
        tidy(state.folder, state.database)
    assert not (folder / "to_forget.jsonl").exists()


CHANGES = {
    "UPDATE shards SET state = 'preparee' WHERE id = 2": True,
    "UPDATE shards SET files = replace(files, 'lines', 'lanes')": True,
    "UPDATE shards SET files = replace(files, '{', '[') WHERE id = 2": True,
    "UPDATE shards SET files = replace(files, '000001-', '000009-')": True,
    "UPDATE shards SET counts = replace(counts, '1', '3') WHERE id = 1": False,
    "UPDATE shards SET files = replace(files, 'a', 'b') WHERE id = 1": True,
    "UPDATE runs SET state = 'opel' WHERE number = 1": True,
    "UPDATE runs SET counts = '{' WHERE number = 1": True,
    "UPDATE runs SET started = x'ff' WHERE number = 1": True,
    "UPDATE runs SET number = 9 WHERE number = 1": False,
    "UPDATE meta SET value = replace(value, 'f', 'g') WHERE key = 'fingerprint'": True,
    "UPDATE meta SET value = replace(value, 'B', 'C') WHERE key = 'chain'": True,
    "UPDATE meta SET value = cast(x'ff41' AS TEXT) WHERE key = 'chain'": True,
    "UPDATE inputs SET forgotten = 1 WHERE id = 2": True,
    "UPDATE inputs SET path = cast('/corpus/4.txt' AS BLOB) WHERE id = 2": False,
    "UPDATE inputs SET sha256 = zeroblob(32) WHERE id = 2": False,
    "UPDATE inputs SET superseded = 2 WHERE id = 2": False,
    "UPDATE inputs SET gone = 2 WHERE id = 2": False,
    "UPDATE articles SET input = 3 WHERE input = 2": False,
    "DELETE FROM articles WHERE input = 2": False,
    "UPDATE copies SET input = 3 WHERE input = 2": False,
    "UPDATE copies SET kept = '2.txt-1' WHERE input = 2": False,
}
"""What bits that flip can come to, and whether a run refuses it, too."""


@pytest.mark.parametrize("statement", CHANGES)
def test_verify_names_what_is_not_as_the_lists_tell(folder, statement):
    """Also where the seal says nothing; a run refuses what it cannot use, with the repair."""
    database = sqlite3.connect(folder / "ledger.db")
    database.execute(statement)
    database.commit()
    database.close()
    (folder / "ledger.sha256").unlink()
    assert found(folder)
    if CHANGES[statement]:
        with pytest.raises(LedgerError, match="scrapy ledger rebuild"):
            begun(folder)
    else:
        begun(folder)


@pytest.mark.parametrize("kind", ["articles", "audit", "inputs"])
def test_a_shard_that_is_gone_or_cut_short_is_told_before_a_run(folder, kind):
    """Somebody removed it while nothing ran: where it was, and what to do."""
    shard = folder / kind / "000001-0001.jsonl"
    kept = shard.read_bytes()
    for left in (kept + b"\n", None):
        shard.unlink() if left is None else shard.write_bytes(left)
        with pytest.raises(LedgerError, match=rf"{kind}/000001-0001.jsonl: missing, or not of the size .* from a copy"):
            begun(folder)
        assert any(shard.name in told for told in found(folder))
    if kind != "inputs":
        with State(folder) as state, pytest.raises(LedgerError, match=r"are not needed: scrapy ledger prune 1$"):
            check_shards(state)
    shard.write_bytes(kept)
    begun(folder)


def test_a_ledger_that_is_read_while_a_run_begins(folder, monkeypatch):
    """Without a lock, its seal may be taken off between two looks: then there is none."""
    monkeypatch.setattr("pathlib.Path.exists", lambda path: path.name != "ledger.db-wal")
    (folder / "ledger.sha256").unlink()
    with StateCopy(folder) as state:
        assert list(runs(state.database))
