"""States on disks that are full or read-only, and files whose times lie: nothing is claimed that is not there."""

import os
import random
import subprocess
import sys
import time

import pytest

from benchmarks import fulldisk
from benchmarks.fulldisk import KILOBYTE, fill, mounted
from benchmarks.interruptions import ROOT, Corpus, Trial, corpora, reference
from pipeline.ledger.inputs import Stat


def crawl(trial):
    """A run; its exit status, and what it said."""
    status, said = fulldisk.crawl(trial)
    assert "Traceback" not in said
    return status, said


@pytest.fixture(scope="module")
def pages():
    """A small corpus."""
    found = corpora(random.Random(1))["short"].pages
    return Corpus({name: text for name, text in found.items() if name < "060"})


@pytest.fixture(scope="module")
def whole(pages):
    """What a run over it writes that nothing interrupts."""
    return reference(pages)[0]


@pytest.fixture
def disk(tmp_path, needs):
    """The folder of a small file system of its own; tests are skipped where none can be mounted."""
    try:
        with mounted(tmp_path / "disk") as folder:
            yield folder
    except PermissionError:
        needs("mount", False)


def test_a_disk_that_is_full_at_any_write_costs_nothing(tmp_path, disk, pages, whole):
    """Status 4 and what is full, and the next run, with room again, comes to the bytes of a run without trouble."""
    trial = Trial(tmp_path, pages)
    (disk / "state").mkdir()
    (tmp_path / "state").symlink_to(disk / "state")
    for free in (0, 60, 110, 160, 210):  # more than is needed to go on from where the last attempt came to
        ballast = fill(disk, free * KILOBYTE)
        status, said = crawl(trial)
        assert status in (0, 4), said
        assert status == 0 or "make room" in said or "No space left" in said
        assert free or status == 4
    ballast.unlink()
    assert crawl(trial)[0] == 0
    assert trial.outputs() == whole


@pytest.mark.parametrize("free", [0, 16])
def test_a_state_on_a_full_disk_can_be_read(tmp_path, disk, pages, free):
    """What SQLite and locks leave beside it finds no room: it is read as it lies, and whole; 4 is for what writes."""
    trial = Trial(tmp_path, pages)
    (disk / "state").mkdir()
    (tmp_path / "state").symlink_to(disk / "state")
    assert crawl(trial)[0] == 0
    fill(disk, free * KILOBYTE)
    asked = [sys.executable, "-m", "scrapy", "ledger", "-s", "STATE=state"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for command, status in (("status", 0), ("verify", 0), ("compact", 4)):
        done = subprocess.run([*asked, command], cwd=tmp_path, env=env, capture_output=True, check=False)
        assert done.returncode == status, done.stderr.decode()
    assert crawl(trial)[0] == 4


def test_a_read_only_state_is_told(tmp_path, disk, pages, whole):
    """Status 4 before anything is read; once it can be written again, the run is as any other."""
    trial = Trial(tmp_path, pages)
    (disk / "state").mkdir()
    (tmp_path / "state").symlink_to(disk / "state")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    status, said = crawl(trial)
    assert status == 4
    assert "Read-only file system; make room or give permission" in said
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    assert crawl(trial)[0] == 0
    assert trial.outputs() == whole


def test_times_in_the_future_are_not_relied_on(tmp_path):
    """After a clock was set back, inputs are read once more, and a change that the clock hides is found."""
    trial = Trial(tmp_path, Corpus({"a.txt": "旧的渡口昨天封了。\n".encode(), "b.txt": "新的渡口明天开。\n".encode()}))
    ahead = time.time_ns() + 3600 * 10**9
    page = tmp_path / "pages/a.txt"
    os.utime(page, ns=(ahead, ahead))
    trial.finish()
    page.write_bytes("旧的渡口今天封了。\n".encode())
    os.utime(page, ns=(ahead, ahead))
    assert "new: 1 page, 1 article, 1 input changed; 1 input unchanged" in crawl(trial)[1]
    assert "nothing new; 2 inputs unchanged" in crawl(trial)[1]


def test_a_tick_is_waited_for():
    """Times shortly before the reading, or coarse ones within two seconds, are found again by no later run."""
    second = 10**9
    fine, coarse = Stat(1, 100 * second + 5, 7), Stat(1, 100 * second, 7)
    assert fine.trusted(101 * second) == fine
    assert fine.trusted(100 * second + 10**7) == Stat(1, -1, -1)
    assert coarse.trusted(101 * second) == Stat(1, -1, -1)
    assert coarse.trusted(103 * second) == coarse


def test_a_ledger_of_a_later_version_is_refused(tmp_path):
    """It is named with its format, and not touched."""
    code = (
        "from pathlib import Path\nimport sqlite3\nfrom pipeline.ledger.database import Database\nhere = Path('.')\n"
        "Database(here).close()\nsqlite3.connect('ledger.db').execute('PRAGMA user_version = 9')\nDatabase(here)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, check=False)
    assert b"format 9, this version reads 1" in run.stderr
