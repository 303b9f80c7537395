"""Commands on a state that are killed: it stays whole, or what is left to do is done by whatever comes next."""

import random
import shutil

import pytest

from benchmarks.maintenance import kill_points
from pipeline.ledger import exchange
from pipeline.ledger.adding import Adding
from pipeline.ledger.care import compact, forget, problems
from pipeline.ledger.inputs import Change, Inputs, Stat
from pipeline.ledger.manifest import LedgerError
from pipeline.ledger.reading import StateCopy
from pipeline.ledger.runs import begin, chain_of
from pipeline.ledger.shards import generations
from pipeline.ledger.state import State


@pytest.mark.parametrize(("command", "step"), [("rebuild", 11), ("prune", 9), ("night", 9)])
def test_a_command_that_is_killed_costs_nothing(command, step):
    """A few of the calls before which it may be; all of them: python -m benchmarks.maintenance."""
    found = list(kill_points(command, False, random.Random(1), step))
    assert found
    assert [(at, told) for at, told in found if told] == []


@pytest.fixture
def decided(tmp_path):
    """A state whose new index has been decided for, and is not in use yet."""
    with State(tmp_path) as state:
        adding = Adding(state, begin(state.database))
        adding.change(Change("new", b"/corpus/a.txt", "a.txt", Stat(3, 4, 5), bytes(32)))
        adding.commit({"dedupe": 1}, {})
    (tmp_path / "index/dedupe").mkdir(parents=True)
    (tmp_path / "index/dedupe/old").write_bytes(b"")
    (exchange.aside(tmp_path) / "dedupe").mkdir(parents=True)
    exchange.decide(tmp_path, {"dedupe": 7}, {"fingerprint": "f" * 64, "steps": []})
    return tmp_path


def check_in_use(folder):
    """That the new index is there, alone, and the ledger goes by it."""
    with State(folder) as state:
        assert generations(state.database) == {"dedupe": 7}
        assert chain_of(state.database)["fingerprint"] == "f" * 64
    assert [path.name for path in (folder / "index").rglob("*")] == ["dedupe"]
    assert not exchange.aside(folder).exists()


def test_new_indexes_are_put_in_use_by_whoever_opens_the_state(decided):
    """Whatever of it was done: with the old index gone in part, and with the new one in its place."""
    (decided / "index/dedupe/old").unlink()
    check_in_use(decided)
    left = '{"generations": {"dedupe": 7}, "chain": {"fingerprint": "", "steps": []}}'
    (decided / "index/decided.json").write_text(left, encoding="utf-8")
    with State(decided) as state:
        assert chain_of(state.database)["fingerprint"] == ""
    assert not (decided / "index/decided.json").exists()


def test_a_state_that_cannot_be_written_tells_of_new_indexes(decided):
    """Reading changes nothing, and says what is left to do."""
    with StateCopy(decided) as state:
        assert any("a rebuild was interrupted here; the next run" in told for told in problems(state))
    check_in_use(decided)


def test_new_indexes_without_a_decision_are_removed(decided):
    """The old one stays as it was."""
    (exchange.aside(decided) / "decided.json").unlink()
    with State(decided) as state:
        assert generations(state.database) == {"dedupe": 1}
    assert not exchange.aside(decided).exists()
    assert (decided / "index/dedupe/old").exists()


def test_an_index_that_is_gone_is_told_with_the_remedy(decided):
    """By verify and by compact."""
    shutil.rmtree(exchange.aside(decided))
    shutil.rmtree(decided / "index")
    with State(decided) as state:
        remedy = "index/dedupe: there is no index here; make it anew: scrapy ledger rebuild"
        assert any(told.endswith(remedy) for told in problems(state))
        with pytest.raises(LedgerError, match=remedy):
            compact(state)


def test_what_was_asked_to_be_forgotten_is_known_after_a_kill(decided):
    """It stands in the file, and not in the ledger yet: whoever comes next writes it there; asking again is well."""
    with State(decided) as state:
        assert forget(state, "a.txt") == ["a.txt"]
        state.database.execute("UPDATE inputs SET forgotten = 0")
    with State(decided) as state:
        assert [known.name for known in Inputs(state.database).forgotten()] == ["a.txt"]
        assert forget(state, "a.txt") == ["a.txt"]
