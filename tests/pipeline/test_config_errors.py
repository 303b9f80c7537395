"""Configurations with something wrong in them: each gives every problem, at its place, in stated words.

A case is a pair in ``tests/config_errors``: a YAML file and the text that ``load`` must raise. The built-in table and
the installed distributions are replaced by small ones, so that these texts do not change when a processor does.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.config import load
from pipeline.errors import ConfigError
from processors import BUILT_IN

PAIRS = Path(__file__).resolve().parent.parent / "config_errors"
NAMES = sorted(path.stem for path in PAIRS.glob("*.yaml"))


@pytest.fixture
def small_world(distribution: Callable[[str, str, str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Four built-ins from ``config_steps`` and four distributions, most of them bad."""
    for name in list(BUILT_IN):
        monkeypatch.delitem(BUILT_IN, name)
    for name in ("Trim", "Sign", "Compare"):
        monkeypatch.setitem(BUILT_IN, name.lower(), f"config_steps:{name}")
    monkeypatch.setitem(BUILT_IN, "idle", "config_steps:Compare")
    distribution("acme_lost", "acme_broken = acme_lost:Lost", "import acme_engine\n")
    distribution("acme_exits", "acme_exits = acme_exits:X", "raise SystemExit('no display')\n")
    distribution("acme_odd", "acme_function = acme_odd:odd", "def odd(): ...\n")
    distribution("acme_one", "acme_both = acme_one:Both", "")
    distribution("acme_two", "acme_both = acme_two:Both\nidle = acme_two:Idle", "")
    monkeypatch.syspath_prepend(PAIRS)


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_is_told_at_its_place(name: str, small_world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each bad configuration raises exactly the text that stands beside it."""
    monkeypatch.chdir(PAIRS)
    with pytest.raises(ConfigError) as caught:
        load(f"{name}.yaml")
    assert str(caught.value) + "\n" == (PAIRS / f"{name}.txt").read_text(encoding="utf-8")
