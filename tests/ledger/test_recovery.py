"""What a run finds that begins after another was cut off within a commit."""

import pytest

from pipeline.ledger.adding import Adding
from pipeline.ledger.inputs import Change, Inputs, Stat
from pipeline.ledger.manifest import LedgerError
from pipeline.ledger.runs import begin, counted
from pipeline.ledger.shards import place
from pipeline.ledger.state import State

CHANGE = Change("new", b"/corpus/a.txt", "a.txt", Stat(3, 4, 5), bytes(32))


def cut_off(folder, monkeypatch, renames):
    """A commit that ends after so many of its renames, with everything before them done."""

    def broken(where, database, row, files):
        for kind in list(files)[:renames]:
            (where / kind / f".{files[kind].name}.part").replace(where / kind / files[kind].name)
        raise OSError("cut off")

    monkeypatch.setattr("pipeline.ledger.adding.place", broken)
    state = State(folder)
    adding = Adding(state, begin(state.database))
    adding.change(CHANGE)
    adding.page("p")
    adding.article("p-1")
    adding.write("articles", b"{}\n")
    with pytest.raises(OSError, match="cut off"):
        adding.commit({"dedupe": 1}, {"chain/pages": 1})
    adding.discard()  # as a run does that fails
    state.close()
    monkeypatch.setattr("pipeline.ledger.adding.place", place)


@pytest.mark.parametrize("renames", [0, 1, 2, 3])
def test_a_commit_that_was_decided_is_finished(tmp_path, monkeypatch, renames):
    """However many files had their names: the shard is in place, the input known, and the run is continued."""
    cut_off(tmp_path, monkeypatch, renames)
    with State(tmp_path) as state:
        assert (tmp_path / "articles/000001-0001.jsonl").read_bytes() == b"{}\n"
        [known] = Inputs(state.database).at([b"/corpus/a.txt"]).values()
        assert Inputs(state.database).articles(known.id) == ["p-1"]
        assert counted(state.database, 1) == {"chain/pages": 1, "ledger/inputs/new": 1}
        run = begin(state.database)
        assert (run.number, run.attempts) == (1, 2)


def test_a_decided_shard_whose_files_are_gone_is_taken_back(tmp_path, monkeypatch):
    """A disk that lost what it had called synced: the input will be read again."""
    cut_off(tmp_path, monkeypatch, 0)
    for part in tmp_path.glob("*/.*.part"):
        part.unlink()
    with State(tmp_path) as state:
        assert Inputs(state.database).at([b"/corpus/a.txt"]) == {}
        assert state.database.execute("SELECT * FROM shards") == []


def test_a_decided_shard_that_is_half_there_is_damage(tmp_path, monkeypatch):
    """One file in place and the other gone is told, with the remedy; nothing is removed."""
    cut_off(tmp_path, monkeypatch, 1)
    (tmp_path / "audit/.000001-0001.jsonl.part").unlink()
    with pytest.raises(LedgerError, match=r"audit/000001-0001.jsonl: damaged or missing, though the ledger counts it"):
        State(tmp_path)
    assert (tmp_path / "articles/000001-0001.jsonl").exists()


def test_what_was_only_written_aside_is_removed(tmp_path):
    """Without a decision nothing counts."""
    State(tmp_path).close()
    (tmp_path / "articles/.000001-0001.jsonl.part").write_bytes(b"{}\n")
    State(tmp_path).close()
    assert [path.name for path in tmp_path.glob("*/.*")] == []


def test_outputs_that_no_ledger_knows_are_not_written_over(tmp_path):
    """A state whose ledger was put back from an old copy does not replace a shard of a later run."""
    state = State(tmp_path)
    (tmp_path / "articles/000001-0001.jsonl").write_bytes(b"mine\n")
    adding = Adding(state, begin(state.database))
    adding.change(CHANGE)
    with pytest.raises(FileExistsError, match="the ledger does not know it"):
        adding.write("articles", b"{}\n")
    assert (tmp_path / "articles/000001-0001.jsonl").read_bytes() == b"mine\n"
    state.close()
