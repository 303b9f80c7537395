"""A folder that may not be looked into is an input that cannot be read, and no reason for a run to fail."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

WITHOUT = "-dac_override,-dac_read_search"
ASKED = """\
import sys
from pathlib import Path
from pipeline.ledger.state import is_state
print(is_state(Path(sys.argv[1])))
"""


def test_a_folder_that_may_not_be_looked_into_is_no_state(root: Path, tmp_path: Path) -> None:
    """Whether an input is a state is asked before it is read; root gives its rights away for that."""
    rights: list[str] = []
    if os.geteuid() == 0:
        if which("setpriv") is None:
            pytest.skip("root needs setpriv to give its rights away")
        rights = ["setpriv", f"--bounding-set={WITHOUT}", f"--inh-caps={WITHOUT}"]
    tmp_path.chmod(0)
    command = [*rights, sys.executable, "-c", ASKED, str(tmp_path)]
    told = subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8").stdout
    tmp_path.chmod(0o700)
    assert told == "False\n"
