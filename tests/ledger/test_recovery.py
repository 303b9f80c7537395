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


def test_a_shard_whose_files_go_while_it_is_put_in_place_does_not_count(tmp_path, monkeypatch):
    """A cleaner of files that removes what a run has written aside costs no article: it is told, and read again."""
    with State(tmp_path) as state:
        adding = Adding(state, begin(state.database))
        adding.change(CHANGE)
        adding.page("p")
        adding.article("p-1")
        adding.write("articles", b"{}\n")

        def cleaned(*args):
            for part in tmp_path.glob("articles/.*.part"):
                part.unlink()
            place(*args)

        monkeypatch.setattr("pipeline.ledger.adding.place", cleaned)
        with pytest.raises(LedgerError, match="gone before it could be put"):
            adding.commit({}, {})
        adding.discard()
        assert state.database.execute("SELECT 1 FROM shards WHERE state = 'committed'") == []


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


def test_files_of_others_are_left_alone(tmp_path):
    """What the ledger did not name is not removed at the start, though its name ends as those of parts do."""
    State(tmp_path).close()
    mine = [tmp_path / name for name in ("articles/.mine.part", "tools/.000001-0001.jsonl.part", "red/.x.jsonl.part")]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"mine")
    (tmp_path / "manifests/.000001.json.part").write_bytes(b"half")
    State(tmp_path).close()
    assert [path.exists() for path in mine] == [True, True, True]
    assert not (tmp_path / "manifests/.000001.json.part").exists()


@pytest.mark.parametrize("left", ["articles/000001-0001.jsonl", "manifests/000001.json"])
def test_an_empty_ledger_beside_what_runs_wrote_is_none(tmp_path, left):
    """A file of no bytes is damage, with the repair, and not the beginning of a new ledger."""
    State(tmp_path).close()
    (tmp_path / "ledger.db").write_bytes(b"")
    State(tmp_path).close()  # nothing was ever written: it may begin
    (tmp_path / "ledger.db").write_bytes(b"")
    (tmp_path / left).write_bytes(b"{}\n")
    for opened in (State, State.existing):
        with pytest.raises(LedgerError, match=rf"{left}: .* but ledger.db is empty; .* scrapy ledger rebuild"):
            opened(tmp_path)
    assert (tmp_path / "ledger.db").read_bytes() == b""


def test_numbers_that_are_taken_are_not_given_again(tmp_path):
    """A run gets one above those of the accounts and the outputs set apart that lie there, known or not."""
    with State(tmp_path) as state:
        assert state.highest_run == 0
        (tmp_path / "manifests/000003.json").write_bytes(b"{}")
        (tmp_path / "red/000005").mkdir(parents=True)
        assert begin(state.database, state.highest_run).number == 6
        assert begin(state.database, 9).number == 6  # it goes on
