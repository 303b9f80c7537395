"""SIGINT and SIGTERM while Scrapy does not listen: before a run has begun, and when it has ended."""

import signal
from collections.abc import Iterator

import pytest

from tests.states import ARTICLE, STATE, crawl

HIT = "import atexit, os, signal\n\n{when}(os.kill, os.getpid(), signal.{name})\n"
NOW = "(lambda call, *args: call(*args))"


@pytest.fixture(autouse=True)
def _listening() -> Iterator[None]:
    """A shell starts what it runs in the background with SIGINT ignored, and processes of tests would inherit it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(params=["SIGINT", "SIGTERM"])
def hit(project, request):
    """Lets a run send itself the signal while it loads its spiders, or when Python ends; more arguments of a crawl."""

    def written(when):
        (project.folder / "hit.py").write_text(HIT.format(when=when, name=request.param), encoding="utf-8")
        return (*STATE, "-s", "SPIDER_MODULES=hit,pipeline.crawl.spiders")

    project.page("a.txt", ARTICLE)
    return written


def test_a_run_that_is_interrupted_before_it_begins_says_so(project, hit):
    """130 and one line; nothing was begun, and the next run reads everything."""
    assert project.crawl(*hit(NOW)) == (130, "interrupted\n")
    assert not (project.folder / "state").exists()
    assert crawl(project) == "state: run 1: new: 1 page, 1 article; 0 inputs unchanged"


def test_a_run_that_has_ended_keeps_its_exit_status(project, hit):
    """What the last line says is what the process ends with, however late the signal."""
    status, said = project.crawl(*hit("atexit.register"))
    assert (status, said.splitlines()[-1]) == (0, "state: run 1: new: 1 page, 1 article; 0 inputs unchanged; exit 0")


def test_other_commands_are_interrupted_without_a_traceback(project, hit):
    """Here while they are being imported; the code is 130, too."""
    hit(NOW)
    (project.folder / "sitecustomize.py").write_text(
        "import importlib.abc, sys\n\n\nclass Hit(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'pipeline.crawl.commands.validate':\n            import hit\n\n\n"
        "sys.meta_path.insert(0, Hit())\n",
        encoding="utf-8",
    )
    with project.start("ledger", env={"PYTHONPATH": f"{project.modules}:{project.folder}"}) as running:
        said = running.communicate()[1]
    assert (running.returncode, said) == (130, "interrupted\n")
