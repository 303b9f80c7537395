"""Exit codes where standard output or error is full, closed, or has no reader any more; with real processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.states import ARTICLE, rows

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")

CRAWL = "crawl localseeds -a config=chain.yaml"
STATEFUL = f"{CRAWL} -s STATE=state"


@pytest.fixture
def shell(project):
    """Runs ``scrapy`` with arguments and redirections as a shell knows them; its exit status, and what was said."""

    def run(line: str) -> tuple[int, str, str]:
        done = subprocess.run(
            ["sh", "-c", f'"$0" -W error -m scrapy {line}', sys.executable],
            cwd=project.folder,
            env={**os.environ, "PYTHONPATH": project.modules},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.mark.parametrize("redirected", ["2>/dev/full", "<&- >&- 2>&-", "2>pipe & : <pipe; wait $!"])
def test_a_run_that_can_tell_nobody_is_as_it_would_be(project, shell, redirected):
    """Without a standard error the exit code is the run's own, and its manifest says the same."""
    project.page("a.txt", f"甲\n{ARTICLE}")
    os.mkfifo(project.folder / "pipe")
    status, _, _ = shell(f"{STATEFUL} -a path=pages,gone.txt {redirected}")
    manifest = json.loads((project.folder / "state/manifests/000001.json").read_text(encoding="utf-8"))
    assert (status, manifest["exit_code"], len(rows(project))) == (5, 5, 1)


def test_a_refusal_that_can_tell_nobody_is_one(shell):
    """A mistake has its exit code also where its message cannot be written."""
    assert shell(f"{CRAWL} -a path=nothing 2>/dev/full")[0] == 2


@pytest.mark.parametrize(
    ("command", "why"), [("processors >/dev/full", "No space left on device"), ("validate chain.yaml >&-", "closed")]
)
def test_a_command_that_cannot_say_what_it_is_for_fails(shell, command, why):
    """Where the answer is lost, a table or lines, the exit code is 4, and standard error says why."""
    told = f"standard output: {why}; what it was to say is lost, what was asked for is done\n"
    assert shell(command) == (4, "", told)


def test_a_reader_who_has_had_enough_is_no_failure(project, shell):
    """Behind ``| head`` a command ends with what it would have ended with, and without a word."""
    os.mkfifo(project.folder / "pipe")
    assert shell("processors >pipe & : <pipe; wait $!") == (0, "", "")


@pytest.mark.parametrize("pages", [1, 40])
def test_articles_that_standard_output_does_not_take_are_an_output_that_failed(project, shell, pages):
    """A feed on a full standard output ends with 4, however late that is noticed, and the audit is not put in place."""
    for number in range(pages):
        project.page(f"{number}.txt", f"{number}\n{ARTICLE * 5}")
    status, _, said = shell(f"{CRAWL} -O -:jsonlines >/dev/full")
    assert (status, (project.folder / "output/audit.jsonl").exists()) == (4, False)
    assert "nothing was written: standard output: No space left on device" in said


def test_articles_go_to_standard_output(project, shell):
    """A feed on standard output holds what one in a file does."""
    project.page("a.txt", f"甲\n{ARTICLE}")
    status, said, _ = shell(f"{CRAWL} -O -:jsonlines")
    assert (status, [json.loads(line)["source"] for line in said.splitlines()]) == (0, ["a.txt"])


def test_no_standard_input_is_a_mistake(shell):
    """A text that is to be read where nothing can be is refused."""
    assert shell("lexicon check - <&-") == (
        2,
        "",
        "standard input is closed; pipe a text in, or give it in quotes in place of -\n",
    )
