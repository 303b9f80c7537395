"""What the rights of files keep from a run: folders that may not be looked into, ledgers that may not be written."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from pipeline.ledger.state import State

WITHOUT = "-dac_override,-dac_read_search"
ASKED = """\
import sys
from pathlib import Path
from pipeline.ledger.state import is_state
print(is_state(Path(sys.argv[1])))
"""


OPENED = """\
import sys
from pathlib import Path
from pipeline.ledger.database import StateUnwritableError
from pipeline.ledger.state import State
try:
    State(Path(sys.argv[1]))
except StateUnwritableError as error:
    print(error)
"""


def _without_rights(root: Path, script: str, argument: Path) -> str:
    """What a script prints as a user for whom the rights of files count; root gives its own away for that."""
    rights: list[str] = []
    if os.geteuid() == 0:
        if which("setpriv") is None:
            pytest.skip("root needs setpriv to give its rights away")
        rights = ["setpriv", f"--bounding-set={WITHOUT}", f"--inh-caps={WITHOUT}"]
    command = [*rights, sys.executable, "-c", script, str(argument)]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8").stdout


def test_a_folder_that_may_not_be_looked_into_is_no_state(root: Path, tmp_path: Path) -> None:
    """Whether an input is a state is asked before it is read."""
    tmp_path.chmod(0)
    told = _without_rights(root, ASKED, tmp_path)
    tmp_path.chmod(0o700)
    assert told == "False\n"


def test_a_ledger_that_may_not_be_written_is_refused_before_sqlite_opens_it(root: Path, tmp_path: Path) -> None:
    """Else its log and the index of that would be left behind, read-only as well; what is so already is named."""
    State(tmp_path / "state").close()
    closed = [tmp_path / "state", *(tmp_path / f"state/ledger.db{end}" for end in ("", "-wal"))]
    closed[2].touch()
    for path in closed:
        path.chmod(path.stat().st_mode & ~0o222)
    before = sorted((tmp_path / "state").iterdir())
    told = _without_rights(root, OPENED, tmp_path / "state")
    names = " ".join(map(str, closed))
    assert f"may not be written by this user; give permission (chmod u+w {names})" in told
    assert sorted((tmp_path / "state").iterdir()) == before
    for path in closed:
        path.chmod(path.stat().st_mode | 0o200)
    State(tmp_path / "state").close()


def test_a_group_may_share_a_state(tmp_path: Path) -> None:
    """Where the umask lets a group write, it may write the ledger as well, which SQLite would keep for the owner."""
    before = os.umask(0o002)
    try:
        State(tmp_path / "state").close()
    finally:
        os.umask(before)
    made = [path for path in (tmp_path / "state").iterdir() if not path.stat().st_mode & 0o020]
    assert made == []
