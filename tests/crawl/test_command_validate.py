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


def test_what_is_allowed_and_hardly_meant_is_noted(scrapy: Command) -> None:
    """Bands that find a quarter of what the threshold asks for; the configuration is right all the same."""
    chain = "version: 1\nchain:\n  - processor: fingerprint\n  - processor: dedupe\n    options: {threshold: 0.5MORE}\n"
    Path("odd.yaml").write_text(chain.replace("MORE", ""), encoding="utf-8")
    Path("even.yaml").write_text(chain.replace("MORE", ", bands: 60, rows: 3"), encoding="utf-8")
    code, out, err = scrapy("validate", "odd.yaml", "even.yaml")
    assert (code, err) == (0, "")
    assert [line for line in out.splitlines() if "note" in line] == [
        "  note: dedupe: of copies at the threshold 0.5, 20 bands of 6 rows find 27%; "
        "take more bands or fewer rows, as config/presets/strict.yaml does"
    ]


def test_terms_that_can_never_be_found_are_noted(scrapy: Command) -> None:
    """Those of one's own lexicon, with their places in it."""
    Path("tea.yaml").write_text("version: 1\ntrade: [茶票, VIP茶]\n", encoding="utf-8")
    Path("own.yaml").write_text(
        "version: 1\nchain:\n  - processor: spam_strip\n    options: {lexicon: [gambling, tea.yaml]}\n",
        encoding="utf-8",
    )
    code, out, err = scrapy("validate", "own.yaml")
    assert (code, err) == (0, "")
    assert "  note: spam_strip: tea.yaml:2:13: 'VIP茶' in trade can never be found; write 'vip茶'" in out.splitlines()


@pytest.mark.parametrize("processor", ["dedupe", "dedupe_paragraphs"])
def test_an_index_has_a_folder_of_its_own(scrapy: Command, processor: str) -> None:
    """An empty text is no name for the current folder, and that is none for an index."""
    for name in ("''", ".", "/", "state/.."):
        chain = f"version: 1\nchain:\n  - processor: fingerprint\n  - processor: {processor}\n"
        Path("odd.yaml").write_text(f"{chain}    options: {{index: {name}}}\n", encoding="utf-8")
        code, _, err = scrapy("validate", "odd.yaml")
        assert code == 2
        assert "odd.yaml:5:22: option 'index' of" in err
        assert "allowed: the name of a folder of its own, such as state/articles" in err
