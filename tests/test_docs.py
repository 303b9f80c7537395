"""What README and docs say: code that runs, paths that exist, processors that are what their section says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("page", sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("docs/**/*.md")))
def test_links_lead_somewhere(page: str) -> None:
    """Every relative link of a page of the documentation leads to a file that is there."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / page).read_text("utf-8"))
    assert not [target for target in targets if not (ROOT / page).parent.joinpath(target).exists()]


def test_readme_python_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The Python of the README runs as it stands, from the top of the checkout."""
    monkeypatch.chdir(ROOT)
    [(_, code)] = [block for block in blocks("README.md", "python") if not block[0]]
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("page", ["docs/adding-a-processor.md", "README.md"])
def test_a_processor_made_as_told_runs_in_a_chain(page: str, tmp_path: Path) -> None:
    """The files of a tutorial, put side by side, pass their own tests and make a chain that runs."""
    for language in ("python", "yaml"):
        for title, text in blocks(page, language):
            if title:
                (tmp_path / title).write_text(text, "utf-8")
    code = (
        "from pipeline import Chain\nwith Chain.load('my_run.yaml') as chain: print(len(list(chain.articles(['短']))))"
    )
    for command in (["-m", "pytest", "-q", "-p", "no:cacheprovider", "."], ["-c", code]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0 or (page == "README.md" and done.returncode == 5), done.stdout + done.stderr


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
