"""A chain: the order of what comes out, what happens when a step fails, and what is counted."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import Drop, Item, Options, Processor
from pipeline.errors import ChainStopped
from tests.chain_steps import BAD, CutFirst, Fail, Halve, HoldBack, Keep, Short, chain_of, run, told


def test_outcomes_come_in_the_order_of_the_page() -> None:
    """Cuts of a step come before what it leaves, and the first child goes through the whole chain before the second."""
    assert told(run(chain_of(CutFirst(), Halve(), CutFirst(), Short()), "甲乙丙丁戊己", "子丑寅卯")) == [
        "1-CutFirst first 甲",
        "3-CutFirst first 乙",
        "4-Short too_short 丙",
        "3-CutFirst first 丁",
        "戊己",
        "1-CutFirst first 子",
        "3-CutFirst first 丑",
        "4-Short too_short ",
        "3-CutFirst first 寅",
        "4-Short too_short 卯",
    ]


def test_a_chain_of_no_steps_gives_the_pages() -> None:
    """Without steps nothing happens to a page."""
    assert told(run(chain_of(), "甲", "乙")) == ["甲", "乙"]


def test_statistics_count_items_cuts_and_drops_of_each_step() -> None:
    """The names are `chain/<label>/` with in, out, cut/<reason> and drop/<reason>; seconds stand apart."""
    chain = chain_of(CutFirst(), Halve(), Short())
    run(chain, "甲乙丙", "子丑寅卯")
    assert chain.stats == {
        "chain/1-CutFirst/in": 2,
        "chain/1-CutFirst/out": 2,
        "chain/1-CutFirst/cut/first": 2,
        "chain/2-Halve/in": 2,
        "chain/2-Halve/out": 4,
        "chain/3-Short/in": 4,
        "chain/3-Short/out": 1,
        "chain/3-Short/drop/too_short": 3,
    }
    assert list(chain.seconds) == ["chain/1-CutFirst/seconds", "chain/2-Halve/seconds", "chain/3-Short/seconds"]
    assert all(seconds > 0 for seconds in chain.seconds.values())


def test_the_failure_of_one_item_stays_with_it() -> None:
    """A step that raises, even half-way through its results, costs that item and no other."""
    chain = chain_of(CutFirst(), Fail(), Short())
    outcomes = run(chain, "一页页", f"一{BAD}", "一页页")
    assert told(outcomes) == [
        "1-CutFirst first 一", "页页",
        "1-CutFirst first 一", f"2-Fail error {BAD}",
        "1-CutFirst first 一", "页页",
    ]  # fmt: skip
    (drop,) = (outcome for outcome in outcomes if isinstance(outcome, Drop))
    assert drop.evidence == {"kind": "exception", "error": "LookupError: 不认识"}
    assert chain.stats["chain/2-Fail/drop/error"] == 1


def test_a_failure_can_be_read_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """The traceback, which is for the author of the step, goes to the log at its lowest level."""
    with caplog.at_level("DEBUG", logger="pipeline.chain"):
        run(chain_of(Fail()), BAD)
    (record,) = caplog.records
    assert record.levelname == "DEBUG"
    assert "LookupError: 不认识" in caplog.text


def test_a_broken_contract_is_a_failure_of_its_own_kind() -> None:
    """A step that gives an undeclared reason fails like one that raises, and the audit can tell the two apart."""

    class Undeclared(CutFirst):
        reasons = frozenset()

    (drop,) = run(chain_of(Undeclared()), "甲乙")
    assert isinstance(drop, Drop)
    assert drop.evidence["kind"] == "contract"
    assert "gave the reasons ['first'], it declares []" in drop.evidence["error"]


def test_an_error_without_words_costs_no_more_than_another() -> None:
    """An exception whose own text cannot be had is one item's failure all the same."""

    class Mute(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    class FailMutely(Keep):
        def process(self, item: Item) -> Iterable[Item | Drop]:
            raise Mute

    (drop,) = run(chain_of(FailMutely()), "甲")
    assert isinstance(drop, Drop)
    assert drop.evidence["error"] == "Mute: (without a message)"


def test_on_error_stop_stops_at_the_first_failure() -> None:
    """Under `on_error: stop` the run ends, and the message names page, item, step and error."""
    chain = chain_of(Keep(), Fail(), stop=True)
    with chain:
        outcomes = chain.run(Item.page(text, "a/b.txt") for text in ["甲", BAD, "乙"])
        assert told([next(outcomes)]) == ["甲"]
        message = r"^a/b\.txt: item \w+ failed in step 2-Fail: LookupError: 不认识$"
        with pytest.raises(ChainStopped, match=message) as stop:
            next(outcomes)
    assert isinstance(stop.value.__cause__, LookupError)


def test_an_interruption_is_not_a_failure_of_an_item() -> None:
    """Ctrl-C goes through."""

    class Interrupt(Keep):
        def process(self, item: Item) -> Iterable[Item | Drop]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(chain_of(Interrupt()), "甲")


def test_what_a_corpus_step_held_back_goes_on_through_the_chain() -> None:
    """Items that come at the end pass the later steps, and a later corpus step before its own end."""
    chain = chain_of(HoldBack(), CutFirst(), HoldBack(), Short())
    assert told(run(chain, "甲乙丙", "子丑")) == [
        "2-CutFirst first 甲", "2-CutFirst first 子", "乙丙", "4-Short too_short 丑"
    ]  # fmt: skip
    assert chain.stats["chain/1-HoldBack/out"] == chain.stats["chain/3-HoldBack/out"] == 2
    assert chain.seconds["chain/1-HoldBack/seconds"] > 0


def test_what_a_corpus_step_keeps_for_itself_is_dropped_at_the_end() -> None:
    """An item that is never given back is in the audit as unclaimed."""

    class Swallow(HoldBack):
        def finish(self) -> Iterator[Item | Drop]:
            yield from self.held[1:]

    assert told(run(chain_of(Swallow()), "甲", "乙")) == ["乙", "1-Swallow unclaimed 甲"]


def test_a_corpus_step_that_fails_at_the_end_costs_what_it_still_held() -> None:
    """What it had given back whole is safe; the rest is dropped with the error, the one it was about to give too."""
    assert told(run(chain_of(HoldBack(fail_after=2)), "甲", "乙", "丙")) == [
        "甲", "1-HoldBack error 乙", "1-HoldBack error 丙"
    ]  # fmt: skip


@pytest.mark.parametrize("stop", [True, False])
def test_a_failure_at_the_end_with_no_item_to_blame_stops_the_run(stop: bool) -> None:
    """When a corpus step holds nothing, its failure cannot be a drop, and must not be silence."""
    with pytest.raises(ChainStopped, match=r"^step 1-HoldBack failed in finish: OSError: disk full$"):
        run(chain_of(HoldBack(fail_after=0), stop=stop))


def test_a_failure_at_the_end_stops_a_run_that_wants_to_be_stopped() -> None:
    """Under `on_error: stop` what was still held is not dropped."""
    with pytest.raises(ChainStopped, match=r"^1\.txt: item .* failed in step 1-HoldBack: OSError: disk full"):
        run(chain_of(HoldBack(fail_after=1), stop=True), "甲", "乙")


@given(st.lists(st.text(max_size=6), max_size=5))
def test_two_runs_give_the_same(texts: list[str]) -> None:
    """Outcomes and statistics of the same pages are the same, in a new chain and in a chain run again."""
    made: list[Callable[[], Processor[Options]]] = [CutFirst, Halve, Short, HoldBack]
    one, other = (chain_of(*(make() for make in made)) for _ in range(2))
    assert run(one, *texts) == run(other, *texts)
    assert one.stats == other.stats
