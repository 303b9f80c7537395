"""``scrapy validate``: is a configuration right?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = """\
version: 1
source: {paths: [pages/]}
chain:
  - processor: config_steps:Trim
    label: trim
  - processor: config_steps:Sign
    label: sign
    options: {key: a}
on_error: stop
"""

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _steps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(Path(__file__).resolve().parent.parent / "config_errors")
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(GOOD, encoding="utf-8")
    Path("bad.yaml").write_text(GOOD.replace("key: a", "kee: a").replace("stop", "halt"), encoding="utf-8")


def test_a_right_configuration_is_told_back(scrapy: Command) -> None:
    """The steps in their order, where pages come from, and the fingerprint of the chain."""
    code, out, err = scrapy("validate", "good.yaml")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[:5] == [
        "good.yaml: OK",
        "  1. trim",
        "  2. sign",
        "  pages from: pages/",
        "  when a step fails on an item: stop",
    ]
    assert len(lines[5].removeprefix("  chain fingerprint: ")) == 64


def test_every_problem_goes_to_standard_error(scrapy: Command) -> None:
    """One bad file among several: its problems are all told, the others are checked, and the exit status is 2."""
    code, out, err = scrapy("validate", "bad.yaml", "gone.yaml", "good.yaml")
    assert code == 2
    assert err.splitlines() == [
        "bad.yaml:8:14: option 'key' of config_steps:Sign is missing; it has no default, so write it",
        "bad.yaml:8:15: unknown option 'kee' of config_steps:Sign; allowed: key, marks, table; did you mean 'key'?",
        "bad.yaml:9:11: key 'on_error': found 'halt'; allowed: 'drop' or 'stop'",
        "bad.yaml: 3 problems",
        "gone.yaml: no such file; did you mean 'good.yaml'?",
        "gone.yaml: 1 problem",
    ]
    assert out.startswith("good.yaml: OK\n")


def test_the_schema_can_be_printed(scrapy: Command) -> None:
    """``--schema`` prints JSON and nothing else, so it can go into a file."""
    code, out, err = scrapy("validate", "--schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["$defs"]["ConfigFile"]["required"] == ["version", "chain"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "name at least one configuration file"),
        (["--schema", "good.yaml"], "--schema and nothing else"),
        (["--shema"], "unknown option --shema"),
        (["good.yaml", "-x"], "unknown option -x"),
    ],
)
def test_a_misuse_is_told(scrapy: Command, args: list[str], message: str) -> None:
    """Options there are not and arguments that are missing are errors with exit status 2."""
    code, out, err = scrapy("validate", *args)
    assert (code, out) == (2, "")
    assert message in err
