"""What README and docs say: code that runs, paths that exist, processors that are what their section says."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.crawl import settings, summary
from pipeline.registry import find
from processors import BUILT_IN

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)


def blocks(page: str, language: str) -> list[tuple[str, str]]:
    """Title and text of every block of code of a language on a page."""
    return [m.group(2, 3) for m in BLOCK.finditer((ROOT / page).read_text("utf-8")) if m.group(1) == language]


def sections(page: str) -> dict[str, str]:
    """Heading -> text of the second-level sections of a page."""
    _, *found = re.split(r"^## (.+)$", (ROOT / page).read_text("utf-8"), flags=re.M)
    return dict(zip(found[::2], found[1::2], strict=True))


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md", "README.md"])
def test_paths_that_are_named_exist(page: str) -> None:
    """Every path of the checkout that a page names in code type is there."""
    text = (ROOT / page).read_text("utf-8")
    named = re.findall(r"`((?:\.ci|[a-z]+)/[\w./-]*|[\w-]+\.(?:md|toml|cfg))`", text)
    missing = [path for path in named if not (ROOT / path).exists() and not path.startswith(("output/", "my_"))]
    assert not missing
    assert named


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")])
)
def test_links_lead_somewhere(page: str) -> None:
    """Every relative link of a page of the documentation leads to a file that is there."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text("utf-8"))
    assert not [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()]


def like(shown: object, real: object) -> bool:
    """Whether what a page shows is real, with texts that end in … shortened and fields left out."""
    if isinstance(shown, dict) and isinstance(real, dict):
        return all(name in real and like(value, real[name]) for name, value in shown.items())
    if isinstance(shown, str) and isinstance(real, str) and shown.endswith("…"):
        return real.startswith(shown[:-1])
    return shown == real


def test_readme_shows_what_comes_out(tmp_path: Path) -> None:
    """The records in the README are those of the main job on the samples, the excerpt of a page stands in it.

    Fields that a record has and the README does not show are named there as left out.
    """
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "localseeds", "-O", str(tmp_path / "articles.jsonl")],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "11 pages, 12 articles" in done.stderr
    real = [
        json.loads(line)
        for name in ("articles.jsonl", "articles.audit.jsonl")
        for line in (tmp_path / name).read_text("utf-8").splitlines()
    ]
    shown = [json.loads(line) for _, block in blocks("README.md", "json") for line in block.splitlines()]
    assert shown
    assert not [record for record in shown if not any(like(record, each) for each in real)]
    told = sections("README.md")["What came out, and why"]
    left_out = {name for record in shown for each in real if like(record, each) for name in each.keys() - record.keys()}
    assert not [name for name in left_out if f"`{name}`" not in told]
    [(_, excerpt)] = blocks("README.md", "text")
    page = (ROOT / "samples/02_game_server_pseudo.txt").read_text("utf-8")
    assert not [line for line in excerpt.splitlines() if line not in page]


def test_readme_python_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The Python of the README runs as it stands, from the top of the checkout."""
    monkeypatch.chdir(ROOT)
    [(_, code)] = [block for block in blocks("README.md", "python") if not block[0]]
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip()


def test_settings_in_the_readme_are_the_projects_own() -> None:
    """What the README tells other projects to set is what seedsift's own project sets."""
    told: dict[str, object] = {}
    [code] = [text for title, text in blocks("README.md", "python") if title == "settings.py"]
    exec(compile(code, "settings.py", "exec"), told)
    assert told["ADDONS"] == settings.ADDONS
    assert (ROOT / str(told["CHAIN_CONFIG"])).is_file()


def test_exit_codes_are_documented() -> None:
    """The table of exit codes has exactly those that the crawl command gives."""
    codes = {value for name, value in vars(summary).items() if name.isupper() and isinstance(value, int)}
    told = re.findall(r"^\| (\d+) \|", sections("docs/crawl.md")["Exit codes"], re.M)
    assert sorted(map(int, told)) == sorted(codes)


def put_together(page: str, folder: Path) -> dict[str, str]:
    """Write the titled files of a page side by side; the environment to run Python in there."""
    for language in ("python", "yaml"):
        for title, text in blocks(page, language):
            if title:
                (folder / title).write_text(text, "utf-8")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])}


@pytest.mark.parametrize("page", ["docs/adding-a-processor.md", "README.md"])
def test_a_processor_made_as_told_runs_in_a_chain(page: str, tmp_path: Path) -> None:
    """The files of a tutorial, put side by side, make a chain that drops a short page for the stated reason."""
    code = """
from pipeline import Chain, Drop, Item
with Chain.load("my_run.yaml") as chain:
    [drop] = [each for each in chain.run([Item.page("短")]) if isinstance(each, Drop)]
print(drop.step, drop.reason)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=put_together(page, tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout == "min_length too_short\n", done.stderr


def test_the_tutorials_own_tests_pass(tmp_path: Path) -> None:
    """The tests that the tutorial tells to write pass on the processor it tells to write."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_my_steps.py"],
        cwd=tmp_path,
        env=put_together("docs/adding-a-processor.md", tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_built_in_processors_are_documented(name: str) -> None:
    """Every built-in has a section that names each of its options and reasons."""
    processor = find(name)
    section = sections("docs/processors.md")[f"`{name}`"]
    absent = [
        word for word in (*processor.options_class.model_fields, *processor.reasons) if f"`{word}`" not in section
    ]
    assert not absent


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_sections_name_no_reason_there_is_not(name: str) -> None:
    """What a section's list calls an option or a reason is one."""
    processor = find(name)
    listed = re.findall(r"^\| `(\w+)` \|", sections("docs/processors.md")[f"`{name}`"], re.M)
    assert set(listed) == {*processor.options_class.model_fields, *processor.reasons}


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_built_in_processors_keep_to_the_form(name: str) -> None:
    """Every built-in can be made without options, documents itself and each option, and speaks in snake_case."""
    processor = find(name)()
    assert processor.__doc__
    assert all(option.description for option in processor.options_class.model_fields.values())
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", reason) for reason in processor.reasons)


def test_every_built_in_stands_in_the_import_contract() -> None:
    """The contract that keeps processors apart names all of them."""
    contract = (ROOT / "pyproject.toml").read_text("utf-8")
    assert not [target for target in BUILT_IN.values() if f'"{target.split(":")[0]}"' not in contract]
