"""Inputs that are not as they should be: each is named in the audit, and nothing else is lost."""

import os

import pytest

ARTICLE = "青石桥的图书馆昨天重新开门，馆长何远舟说，读者可以借到新买的三千册书。\n"


def unreadable(file):
    """Make a file one that cannot be read, whoever runs the test; root reads everything but another's memory."""
    file.unlink()
    if os.geteuid() == 0:
        file.symlink_to("/proc/self/mem")
    else:
        file.touch(mode=0)


def test_every_bad_input_is_named_and_the_others_come_out(project):
    """Empty, binary, unreadable files, broken links, folder loops, pipes: one audit entry each, good pages through."""
    project.page("a/first.txt", ARTICLE)
    project.page("b_empty.txt", "")
    project.page("c_blank.txt", "\n \u3000\n")
    project.page("d_binary.bin", bytes(range(256)) * 40)
    unreadable(project.page("e_unreadable.txt", ARTICLE))
    pages = project.folder / "pages"
    (pages / "f_broken.txt").symlink_to("no/such/file.txt")
    (pages / "g_itself.txt").symlink_to("g_itself.txt")
    (pages / "h_loop").mkdir()
    (pages / "h_loop" / "up").symlink_to("..")
    os.mkfifo(pages / "i_pipe")
    project.page("j_cut.txt", (ARTICLE * 3).encode()[:-2])
    project.page("k_nul.txt", ARTICLE + "\0\0" + ARTICLE)
    project.page("z_last.txt", ARTICLE)
    status, said = project.crawl()
    assert project.audit("input") == [
        ("empty_input", "b_empty.txt"),
        ("empty_input", "c_blank.txt"),
        ("binary_input", "d_binary.bin"),
        ("unreadable_input", "e_unreadable.txt"),
        ("broken_link", "f_broken.txt"),
        ("broken_link", "g_itself.txt"),
        ("folder_loop", "h_loop/up"),
        ("special_input", "i_pipe"),
        ("undecodable_bytes", "j_cut.txt"),
    ]
    sources = [row["source"] for row in project.records()]
    assert sources == ["a/first.txt", "j_cut.txt", "k_nul.txt", "z_last.txt"]
    assert project.records()[2]["text"] == ARTICLE + "\0\0" + ARTICLE
    assert status == 5
    assert "folder_loop 1" in said


def test_a_file_with_nothing_in_it_is_no_failure(project):
    """Empty and binary files were read; they are told of, and the exit status is 0."""
    project.page("a.txt", "")
    project.page("b.bin", bytes(range(256)))
    assert project.crawl()[0] == 0
    assert project.records() == []
    assert project.audit("input") == [("empty_input", "a.txt"), ("binary_input", "b.bin")]


def test_pages_in_chinese_encodings_come_out_with_their_encoding(project):
    """GB18030, Big5, UTF-16 and a byte order mark: decoded, and lineage says from what."""
    project.page("big5.txt", "圖書館昨天重新開門，館長說讀者可以借到新買的三千冊書。".encode("big5"))
    project.page("gb.txt", ARTICLE.encode("gb18030"))
    project.page("mark.txt", ARTICLE.encode("utf-8-sig"))
    project.page("wide.txt", ARTICLE.encode("utf-16"))
    assert project.crawl()[0] == 0
    encodings = [row["lineage"]["encoding"] for row in project.records()]
    assert encodings == ["big5hkscs", "gb18030", "utf-8-sig", "utf-16"]
    assert [row["text"] for row in project.records()[1:]] == [ARTICLE] * 3


def test_one_missing_path_among_others_is_named(project):
    """A path that is not there is an audit entry and status 5; the other paths are read."""
    project.page("a.txt", ARTICLE)
    assert project.crawl("-a", "path=pages,nowhere")[0] == 5
    assert project.audit("input") == [("missing_input", "nowhere")]
    assert [row["source"] for row in project.records()] == ["pages/a.txt"]


@pytest.mark.parametrize("path", ["nowhere", "nowhere,elsewhere"])
def test_nothing_but_missing_paths_is_a_mistake_of_the_user(project, path):
    """When no path is there the run does not begin: a clear message, status 2, and outputs are left alone."""
    project.page("a.txt", ARTICLE)
    project.crawl()
    before = project.records()
    status, said = project.crawl("-a", f"path={path}")
    assert status == 2
    assert said.startswith("nothing to read: 'nowhere'")
    assert "Traceback" not in said
    assert project.records() == before


def test_a_link_to_itself_is_a_mistake_of_the_user(project):
    """It is told in a line, with and without a state, and status 2."""
    (project.folder / "circle").symlink_to("circle")
    for args in ((), ("-s", "STATE=state")):
        told = "circle: a link that leads to itself; mend it, or leave it out of -a path and source.paths\n"
        assert project.crawl("-a", "path=circle,pages", *args) == (2, told)


def test_as_many_files_as_one_likes_may_be_named(project):
    """Together they are longer than a name may be."""
    names = [f"{number:03}-{'x' * 40}.txt" for number in range(8)]
    for number, name in enumerate(names):
        (project.folder / name).write_text(f"{number}\n{ARTICLE}", encoding="utf-8")
    assert project.crawl("-a", f"path={','.join(names)}")[0] == 0
    assert [row["source"] for row in project.records()] == names


@pytest.mark.parametrize("argument", ["path=", "path= ,", "config="])
def test_an_argument_without_a_value_is_a_mistake_of_the_user(project, argument):
    """An empty -a path or -a config, as of an unset variable in a script, is told and not taken for none; status 2."""
    project.page("a.txt", ARTICLE)
    name = argument.partition("=")[0]
    status, said = project.crawl("-a", argument)
    assert status == 2
    assert said.startswith(f"-a {name}: found ")
    assert said.count("\n") == 1
    assert not (project.folder / "output").exists()


def test_a_run_does_not_read_what_it_writes(project):
    """Outputs inside the input folder are passed over, on the first run and on the second."""
    project.page("a.txt", ARTICLE)
    for _ in range(2):
        assert project.crawl("-O", "pages/out.jsonl")[0] == 0
        assert [row["source"] for row in project.records("pages/out.jsonl")] == ["a.txt"]


def test_an_output_left_in_an_input_folder_is_a_page_of_other_runs(project):
    """Only the outputs of the run itself are passed over; what another run left in the folder is read."""
    project.page("a.txt", ARTICLE)
    assert project.crawl("-O", "pages/out.jsonl")[0] == 0
    assert project.crawl("-O", "other.jsonl")[0] == 0
    assert [row["source"] for row in project.records("other.jsonl")] == ["a.txt", "out.jsonl"]


@pytest.mark.parametrize(("path", "output"), [("pages/a.jsonl", "pages/a.jsonl"), ("pages", "pages/a.jsonl")])
def test_an_output_that_is_an_input_is_refused(project, path, output):
    """Writing over a page is refused before anything is read, whether it was named itself or its folder."""
    file = project.page("a.jsonl", ARTICLE)
    status, said = project.crawl("-a", f"path={path}", "-O", output)
    assert status == 2
    assert said == "pages/a.jsonl: this output is one of the inputs; name a file outside of them (-O FILE)\n"
    assert file.read_text(encoding="utf-8") == ARTICLE
