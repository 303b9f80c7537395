"""Who has a folder, whatever becomes of the file that says so."""

import errno
import fcntl
import os
import stat

import pytest

from pipeline.ledger.adding import Adding
from pipeline.ledger.inputs import Change, Inputs, Stat
from pipeline.ledger.lock import Lock
from pipeline.ledger.manifest import LedgerError
from pipeline.ledger.runs import begin
from pipeline.ledger.state import State, StateLockedError

CHANGE = Change("new", b"/corpus/a.txt", "a.txt", Stat(3, 4, 5), bytes(32))


@pytest.fixture
def files_only(monkeypatch):
    """A file system that locks files and no folders, as NFS does."""
    flock = fcntl.flock

    def refusing(file, how):
        handle = file if isinstance(file, int) else file.fileno()
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        flock(handle, how)

    monkeypatch.setattr(fcntl, "flock", refusing)


def test_a_folder_stays_had_when_its_file_is_removed(tmp_path):
    """The second is refused and makes no file of its own; closed, the folder is free."""
    with Lock(tmp_path, "7 on here"):
        with pytest.raises(LedgerError, match="in use by process 7 on here; wait until that run has ended"):
            Lock(tmp_path)
        (tmp_path / "lock").unlink()
        with pytest.raises(LedgerError, match="in use by another run, whose file lock somebody has removed; wait"):
            Lock(tmp_path)
        assert not (tmp_path / "lock").exists()
    Lock(tmp_path).close()


def test_another_folder_in_its_place_is_noticed(tmp_path):
    """Moved away or replaced: what was locked is not what others find."""
    folder = tmp_path / "state"
    folder.mkdir()
    with Lock(folder) as lock:
        lock.check()
        (folder / "lock").unlink()
        lock.check()
        folder.rename(tmp_path / "moved")
        with pytest.raises(LedgerError, match="removed or replaced while this run was at work"):
            lock.check()
        folder.mkdir()
        with pytest.raises(LedgerError, match="removed or replaced"):
            lock.check()


def test_where_folders_cannot_be_locked_the_file_decides(tmp_path, files_only):
    """It keeps others out; removed, the run that had it is told."""
    with Lock(tmp_path) as lock:
        with pytest.raises(LedgerError, match="another step of this run has it"):
            Lock(tmp_path)
        lock.check()
        (tmp_path / "lock").unlink()
        with pytest.raises(LedgerError, match="/lock: removed or replaced"):
            lock.check()


def test_a_run_that_lost_its_state_claims_nothing(tmp_path, files_only):
    """A second run came in, since the file was removed: the first ends before its transaction, the second goes on."""
    first = State(tmp_path)
    adding = Adding(first, begin(first.database))
    adding.change(CHANGE)
    adding.write("articles", b"{}\n")
    with pytest.raises(StateLockedError):
        State(tmp_path)
    (tmp_path / "lock").unlink()
    with State(tmp_path) as second:
        with pytest.raises(LedgerError, match="removed or replaced"):
            adding.commit({}, {})
        assert Inputs(second.database).at([b"/corpus/a.txt"]) == {}
    first.close()
