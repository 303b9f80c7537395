"""Configurations that can be run, and files that can never be one."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.config import Run, load
from pipeline.errors import ConfigError, Problem

STEPS = Path(__file__).resolve().parent.parent / "config_errors"

WHOLE = """\
version: 1
source: {paths: [pages/, more.txt]}
chain:
  - processor: config_steps:Sign
    options: {key: 甲}
  - label: again
    processor: config_steps:Sign
    options:
      key: no
      table: null
on_error: stop
"""

ONE_STEP = "version: 1\nchain:\n  - processor: config_steps:Trim\n    options: {{{}}}\n"


@pytest.fixture(autouse=True)
def _steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(STEPS)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a test writes its configuration."""
    return tmp_path / "run.yaml"


def loaded(file: Path, text: str) -> Run:
    """The run that a text describes."""
    file.write_text(text, encoding="utf-8")
    return load(file)


def trimmed(file: Path, options: str) -> Run:
    """A run of one step with these options."""
    return loaded(file, ONE_STEP.format(options))


def problems(file: Path) -> tuple[Problem, ...]:
    """The problems of a configuration, none if it can be run."""
    try:
        load(file)
    except ConfigError as error:
        return error.problems
    return ()


def test_a_run_has_what_the_file_says(file: Path) -> None:
    """Steps in the order of the file with labels and options, the paths, and what happens on errors."""
    run = loaded(file, WHOLE)
    assert [step.label for step in run.steps] == ["config_steps:Sign", "again"]
    assert [step.processor.options.key for step in run.steps] == ["甲", "no"]
    assert (run.paths, run.on_error) == (("pages/", "more.txt"), "stop")


def test_what_is_left_out_has_its_default(file: Path) -> None:
    """Only `version` and `chain` are needed; options fall back to those of the processor."""
    run = loaded(file, "version: 1\nchain:\n- processor: config_steps:Trim\n")
    assert (run.paths, run.on_error) == ((), "drop")
    assert run.steps[0].processor.options.max_chars == 100


def test_lists_become_tuples_and_text_becomes_paths(file: Path) -> None:
    """Options get the types that the model declares, though YAML has neither tuples nor paths."""
    assert trimmed(file, "lexicon: [furniture, gambling]").steps[0].processor.options.lexicon == (
        "furniture",
        "gambling",
    )
    options = loaded(file, WHOLE.replace("null", "tables/a.txt")).steps[1].processor.options
    assert options.table == Path("tables/a.txt")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("no", "no"), ("on", "on"), ("1:30", "1:30"), ("2024-01-01", "2024-01-01"), ("'5'", "5"), ("! x", "x")],
)
def test_words_stay_words(file: Path, written: str, meant: str) -> None:
    """YAML 1.2 knows no `no`, no base 60 and no dates, so a name such as these needs no quotes."""
    assert loaded(file, WHOLE.replace("key: no", f"key: {written}")).steps[1].processor.options.key == meant


@pytest.mark.parametrize(("written", "meant"), [("1e-3", 0.001), (".5", 0.5), ("25e-2", 0.25), ("0.25", 0.25)])
def test_numbers_may_be_written_as_people_write_them(file: Path, written: str, meant: float) -> None:
    """An exponent needs no point, and a point needs no digit before it."""
    assert trimmed(file, f"share: {written}").steps[0].processor.options.share == meant


def test_validators_find_the_folder_of_the_file(file: Path) -> None:
    """A lexicon that lies beside the configuration is found there, wherever the command runs."""
    (file.parent / "own.yaml").write_text("words: [甲]\n", encoding="utf-8")
    assert trimmed(file, "lexicon: [own.yaml]").steps[0].processor.options.lexicon == ("own.yaml",)


@pytest.mark.parametrize("mark", ["\r\n", "\r"])
def test_other_line_ends_count_as_lines(file: Path, mark: str) -> None:
    """Files from other systems get right line numbers."""
    file.write_bytes(WHOLE.replace("stop", "halt").replace("\n", mark).encode())
    with pytest.raises(ConfigError, match=r"run\.yaml:11:11: key 'on_error': found 'halt'"):
        load(file)


def test_a_byte_order_mark_is_no_part_of_the_file(file: Path) -> None:
    """Editors that write one do no harm, and columns count from behind it."""
    file.write_bytes(b"\xef\xbb\xbf" + WHOLE.encode())
    assert len(load(file).steps) == 2
    file.write_bytes(b"\xef\xbb\xbfver: 1\nchain: []\n")
    with pytest.raises(ConfigError, match=r"run\.yaml:1:1: unknown key 'ver'"):
        load(file)


def test_columns_count_characters(file: Path) -> None:
    """Chinese text before a value does not move its column by bytes."""
    with pytest.raises(ConfigError, match=r"run\.yaml:4:36: option 'max_chars' of config_steps:Trim: found 0"):
        trimmed(file, "slug: 甲乙, max_chars: 0")


@pytest.mark.parametrize(
    ("lexicon", "expected"),
    [
        ("[./missing.yaml]", [(4, 25)]),
        ("[./missing.yaml, gamblin]", [(4, 25), (4, 41)]),
        ("[]", [(4, 24)]),
    ],
)
def test_a_wrong_entry_is_one_problem(file: Path, lexicon: str, expected: list[tuple[int, int]]) -> None:
    """An entry that is wrong does not make its list too short as well; a list that is too short is still told."""
    text = f"version: 1\nchain:\n  - processor: spam_strip\n    options: {{lexicon: {lexicon}}}\n"
    file.write_text(text, encoding="utf-8")
    assert [(problem.line, problem.column) for problem in problems(file)] == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("rum.yaml", r"rum\.yaml: no such file; did you mean 'run\.yaml'\?"),
        ("gone/run.yaml", r"no such file; there is no folder '.*gone' either"),
        (".", r": a folder, not a file; the YAML files in it: run\.yaml"),
        ("run.yaml/x", r": cannot be read: Not a directory"),
        ("a\0b", r": cannot be read: embedded null byte"),
    ],
)
def test_what_cannot_be_opened_is_a_problem_of_the_file(file: Path, name: str, message: str) -> None:
    """A path that leads to no file is told like any other problem."""
    file.write_text(WHOLE, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        load(file.parent / name)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("version: 1\nchain: # 甲\n".encode("gb18030"), r":2:10: the byte 0xBC is not UTF-8; save the file as UTF-8"),
        (b"\xef\xbb\xbfa\n\xff", r":2:1: the byte 0xFF is not UTF-8"),
        (b"version: 1\nchain: \x00\n", r":2:8: not YAML: the character U\+0000 is not allowed in it"),
        (b"#" * 1_000_001, r": has more than 1,000,000 bytes; that is no configuration"),
        (b"[" * 100_000, r":1:32: nested more than 30 deep"),
        (b"version: 1\nchain: *gone\n", r":2:8: found the alias \*gone"),
        (b"version: 1\nchain: [a, b", r":2:13: not YAML: while parsing a flow sequence"),
        (b"%YAML 3.0\n---\na", r":1:1: not YAML: found incompatible YAML document"),
    ],
)
def test_bytes_that_are_no_configuration(file: Path, data: bytes, message: str) -> None:
    """Other encodings, binary data, data files and absurd nesting are told at their place, without a traceback."""
    file.write_bytes(data)
    with pytest.raises(ConfigError, match=message):
        load(file)


# fmt: off
words = st.sampled_from([
    "version", "chain", "processor", "options", "config_steps:Trim", "config_steps:Sign", "label", "key", "rules",
    "max_chars",
    "1", "0.5", "true", "~", "甲", "[", "]", "{", "}", ",", "&a", "*a", "!!int", "'", "|", ">",
    "#", "---", "<<", "?", "%", "@", "`", "2024-13-45", "0x", "1e999",
    "\n", "\n", "  ", "- ", ": ", ": ", '"', "\t", "\\", "\x85", "\ufeff", "\\ud800",
])
# fmt: on


@given(text=st.one_of(st.lists(words, max_size=40).map("".join), st.text(max_size=60)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_gives_anything_but_a_run_or_problems(file: Path, text: str) -> None:
    """Whatever stands in the file, what comes out is a run or a ConfigError whose places lie in the file."""
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    lines = len(text.splitlines()) + 1
    assert all(1 <= p.line <= lines and p.column >= 1 for p in problems(file))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(value=values)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_value_of_an_option_escapes_the_check(file: Path, value: object) -> None:
    """Any value at all in the place of an option gives a run or problems on its line."""
    file.write_text(ONE_STEP.format(f"rules: {json.dumps(value)}"), encoding="utf-8")
    assert {p.line for p in problems(file)} <= {4}
