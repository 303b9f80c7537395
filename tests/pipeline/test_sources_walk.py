"""The order in which files are found, the names they go by, and what is no file."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.problem import InputProblem
from pipeline.sources.walk import InputFile, named, walk


def lay(folder, *names):
    """Make empty files."""
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def found(*roots, **options):
    """What a walk gives: the names of files, name and reason of problems."""
    return [f.name if isinstance(f, InputFile) else (f.name, f.reason) for f in walk(roots, **options)]


def test_names_are_in_byte_order_and_folders_in_their_place(tmp_path):
    """Capitals before small letters, a folder where its name stands, Chinese names by code point."""
    lay(tmp_path, "b.txt", "B.txt", "a/2.txt", "a/10.txt", "a.txt", "中.txt", "丁.txt", "é.txt")
    assert found(tmp_path) == ["B.txt", "a/10.txt", "a/2.txt", "a.txt", "b.txt", "é.txt", "丁.txt", "中.txt"]


def test_hidden_files_are_passed_over_unless_named(tmp_path):
    """What begins with a dot is no input, half-written outputs among them; named as a root it is one."""
    lay(tmp_path, ".x.jsonl.part", ".git/config", "a.txt")
    assert found(tmp_path) == ["a.txt"]
    assert found(tmp_path / ".git") == ["config"]


def test_own_outputs_are_left_out_under_any_name(tmp_path):
    """A file to leave out is left out where a link leads to it, too; one that is not there is no trouble."""
    lay(tmp_path, "a.txt", "out.jsonl")
    (tmp_path / "link").symlink_to("out.jsonl")
    assert found(tmp_path, leave_out=[tmp_path / "out.jsonl", tmp_path / "none"]) == ["a.txt"]


def test_links_to_files_and_folders_are_followed(tmp_path):
    """A linked file and a linked folder are read under the names of the links."""
    lay(tmp_path, "in/a.txt", "else/b.txt", "else/c.txt")
    (tmp_path / "in/file").symlink_to(tmp_path / "else/b.txt")
    (tmp_path / "in/folder").symlink_to(tmp_path / "else")
    assert found(tmp_path / "in") == ["a.txt", "file", "folder/b.txt", "folder/c.txt"]


def test_two_folders_inside_each_other_end(tmp_path):
    """Each way into a loop ends where it meets a folder it is in."""
    lay(tmp_path, "a/1.txt", "b/2.txt")
    (tmp_path / "a/to_b").symlink_to("../b")
    (tmp_path / "b/to_a").symlink_to("../a")
    assert found(tmp_path) == [
        "a/1.txt",
        "a/to_b/2.txt",
        ("a/to_b/to_a", "folder_loop"),
        "b/2.txt",
        "b/to_a/1.txt",
        ("b/to_a/to_b", "folder_loop"),
    ]


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path, monkeypatch):
    """The folder is named, with the error, and the walk goes on behind it."""
    lay(tmp_path, "a/1.txt", "b/2.txt")
    whole = os.scandir

    def guarded(path):
        if path.name == "a":
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr("os.scandir", guarded)
    problem = InputProblem("a", "unreadable_input", {"error": "EACCES", "message": "Permission denied"})
    assert [f if isinstance(f, InputProblem) else f.name for f in walk([tmp_path])] == [problem, "b/2.txt"]


def test_a_deep_tree_needs_no_recursion(tmp_path):
    """Folders nested deeper than Python's stack are walked."""
    inner = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=inner)
        outer, inner = inner, os.open("d", os.O_RDONLY, dir_fd=inner)
        os.close(outer)
    os.close(os.open("f", os.O_CREAT, dir_fd=inner))
    os.close(inner)
    try:
        assert found(tmp_path) == ["d/" * 1200 + "f"]
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # shutil.rmtree, which pytest uses, recurses


def test_a_single_root_gives_no_prefix_and_several_do(tmp_path):
    """Names say what lies below the root; several roots go by the shortest ends of their paths that differ."""
    lay(tmp_path, "x/dump/a.txt", "y/dump/a.txt", "z/b.txt")
    assert found(tmp_path / "x/dump") == ["a.txt"]
    assert found(tmp_path / "z/b.txt") == ["b.txt"]
    assert found(tmp_path / "z", tmp_path / "x/dump") == ["z/b.txt", "dump/a.txt"]
    assert found(tmp_path / "x/dump", tmp_path / "y/dump") == ["x/dump/a.txt", "y/dump/a.txt"]


def test_roots_inside_each_other_are_read_once(tmp_path):
    """A root given twice, or below another one, is left out; the way it is written does not matter."""
    lay(tmp_path, "x/dump/a.txt")
    assert named([tmp_path, tmp_path / "x", tmp_path / "x/.."]) == [(tmp_path, "")]


def test_missing_roots_are_problems_in_their_place(tmp_path):
    """A path that is not there is named by its end and the others are read."""
    lay(tmp_path, "z/b.txt")
    assert found(tmp_path / "none", tmp_path / "z") == [("none", "missing_input"), "z/b.txt"]


@pytest.mark.skipif(os.uname().sysname != "Linux", reason="only Linux lets a name be any bytes")
def test_a_name_that_is_no_text_can_still_be_written(tmp_path):
    """Bytes that are no UTF-8 in a file's name become escapes in the page's name; the file is the same."""
    file = os.fsencode(tmp_path) + b"/\xd6\xd0.txt"
    os.close(os.open(file, os.O_CREAT))
    (only,) = walk([tmp_path])
    assert only.name == r"\xd6\xd0.txt"
    assert only.path.exists()


@given(st.lists(st.lists(st.sampled_from("abAB中"), min_size=1, max_size=3), min_size=1, max_size=4))
def test_names_of_roots_are_distinct(paths):
    """However roots are chosen, no two go by the same name."""
    names = [name for _, name in named([Path("/nowhere", *parts) for parts in paths])]
    assert len(names) == len(set(names))
    assert "nowhere" not in "".join(names) or len(names) > 1
