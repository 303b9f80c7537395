"""Many runs with one index come to what one run comes to, however they are divided and whatever kills them."""

import json
import os
import random
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.ledger import index as index_module
from tests.quality.duplicates import decided, nightly
from tests.quality.duplicates.corpus import corpus
from tests.quality.duplicates.nightly import outcomes, run

SHARDS = 24
Work = Callable[[list[str], Path, list[int]], None]
TEXTS = [document.text[:700] for document in corpus(360)]
ENDS = [len(TEXTS) * (number + 1) // SHARDS for number in range(SHARDS)]


def without_runs(found: bytes) -> bytes:
    """Outcomes but for the number of the run in which a partner came, which the division decides."""
    return re.sub(rb'"run":\d+,', b"", found)


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What comes of all texts in a single run."""
    folder = tmp_path_factory.mktemp("reference")
    run(TEXTS, folder, [len(TEXTS)])
    return without_runs(outcomes(folder))


def test_the_reference_has_duplicates_of_every_verification(reference: bytes) -> None:
    """There is something to get wrong: exact and near copies, some of them by way of another."""
    evidence = [json.loads(line).get("evidence", {}) for line in reference.splitlines()]
    assert {each["verified"] for each in evidence if each} == {"exact", "shingles"}
    assert any("via" in each for each in evidence)


@pytest.mark.parametrize(("runs", "batch"), [(1, 2), (1, 33_000), (2, 1), (2, 100), (9, 7), (9, 33_000), (60, 1)])
def test_division_changes_nothing(runs: int, batch: int, reference: bytes, tmp_path: Path) -> None:
    """In any number of runs of any sizes, looked up in batches of any size: the same kept ones, the same partners."""
    draw = random.Random(runs)
    ends = [*sorted(draw.sample(range(1, len(TEXTS)), runs - 1)), len(TEXTS)]
    run(TEXTS, tmp_path, ends, batch)
    assert without_runs(outcomes(tmp_path)) == reference


def test_division_changes_nothing_by_signature_either(tmp_path: Path) -> None:
    """Where similarities are estimated, they are estimated in the same way within a run and across runs."""
    for name, ends in (("one", [len(TEXTS)]), ("many", ENDS)):
        (tmp_path / name).mkdir()
        run(TEXTS, tmp_path / name, ends, carry_shingles=False)
    assert without_runs(outcomes(tmp_path / "many")) == without_runs(outcomes(tmp_path / "one"))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # numpy's own threads do nothing here
@pytest.mark.parametrize(("work", "kills"), [(nightly.run, 15), (decided.run, 50)], ids=["one step", "two steps"])
def test_killed_at_any_moment_and_run_again(
    work: Work, kills: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After SIGKILL at so many random moments outcomes and indexes have the bytes of a series nobody disturbed."""
    monkeypatch.setattr(index_module, "_IN_MEMORY_ARTICLES", 5)  # so that parts are written and merged all the time
    undisturbed = tmp_path / "undisturbed"
    undisturbed.mkdir()
    begun = time.perf_counter()
    work(TEXTS, undisturbed, ENDS)
    moments = random.Random(1)
    shard = (time.perf_counter() - begun) / SHARDS
    done = round_ = 0
    while done < kills:
        round_ += 1
        folder = tmp_path / f"round-{round_}"
        folder.mkdir()
        while killed(lambda folder=folder: work(TEXTS, folder, ENDS), after=moments.uniform(0, 3 * shard)):
            done += 1
        assert everything(folder) == everything(undisturbed)


def test_two_steps_with_one_decision_have_something_to_get_wrong(tmp_path: Path) -> None:
    """There are dropped copies and cut paragraphs that name earlier runs."""
    decided.run(TEXTS, tmp_path, ENDS)
    rows = [json.loads(line) for line in outcomes(tmp_path).splitlines()]
    named = {(row["event"], row["step"]) for row in rows if "event" in row and row["evidence"].get("run", 99) < SHARDS}
    assert named >= {("drop", "dedupe"), ("cut", "dedupe_paragraphs")}


def killed(work: Callable[[], None], after: float) -> bool:
    """Whether work in a process of its own was killed so many seconds after its beginning, before it had ended."""
    child = os.fork()
    if not child:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def everything(folder: Path) -> dict[str, bytes]:
    """Outcomes and index, file by file, but for who held the lock and what was never put in place."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if path.name != "lock" and path.suffix != ".part"
    }
