"""What the script of real text takes from packages, and what it counts."""

import gzip
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import Chain
from pipeline.shipped import shipped

SENTENCE = (
    "九月初的渡口，晨雾还没有散尽，许稼禾已经蹲在船头看水表，"
    "表盘上的数字一夜只走了两格，他掏出本子一笔一画地记了下来，又抬头看了看天。"
)


@pytest.fixture(scope="module")
def script(root: Path):
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("real_text", root / "scripts" / "real_text.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["real_text"] = module
    spec.loader.exec_module(module)
    return module


def put(folder: Path, name: str, content: str | bytes) -> None:
    """A file of a package."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize(
    ("name", "content", "texts"),
    [
        (
            "doc/a/x.html",
            f"<meta charset=utf-8><h1>船</h1><script>1</script><p>{SENTENCE}<b>好</b></p>",
            [f"船\n\n{SENTENCE}好"],
        ),
        ("help/zh_CN/x.page", f"<page><p>{SENTENCE}\n  好</p></page>", [f"{SENTENCE} 好"]),
        ("help/de/x.page", f"<page><p>{SENTENCE}</p></page>", []),
        ("games/fortunes/tang", f"\x1b[32m{SENTENCE}\x1b[m\n%\n短\n%\n船{SENTENCE}", [SENTENCE, f"船{SENTENCE}"]),
        ("games/fortunes/tang.dat", SENTENCE, []),
        ("doc/b/x.zh.txt.gz", gzip.compress(SENTENCE.encode()), [SENTENCE]),
        ("doc/b/x.png", SENTENCE, []),
    ],
)
def test_chinese_documents_are_taken_from_a_package(script, tmp_path: Path, name: str, content, texts) -> None:
    """Pages of HTML and of help, sayings one by one, packed texts; nothing short, in another language, or no text."""
    put(tmp_path, name, content)
    assert [text for _, text in script.documents(tmp_path)] == texts


def test_what_is_cut_is_counted(script, tmp_path: Path, root: Path) -> None:
    """A whole document is not touched; of a page with spam the cuts are counted by step and reason."""
    put(tmp_path, "a.txt", SENTENCE)
    put(tmp_path, "b.txt", (root / "samples" / "01_lottery_plain.txt").read_bytes())
    shown: list = []
    with Chain.load(shipped("pipeline.yaml")) as chain:
        tally = script.check(tmp_path, chain, shown)
    assert (tally.documents, tally.touched, tally.divided) == (2, 1, 0)
    assert tally.cuts["spam_strip keyword_line"] > 0
    assert sum(tally.cuts.values()) == len(shown)


def test_a_folder_there_is_not_is_told(root: Path, tmp_path: Path) -> None:
    """The script names it and shows no traceback."""
    command = [sys.executable, "scripts/real_text.py", "check", str(tmp_path / "gone")]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path / 'gone'} is no folder\n"
