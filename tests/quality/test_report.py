"""The report names what is wrong with a page, and the commands say what they did or why they did not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from generate import pages
from scoring.page import Record, score
from scoring.run import Result, totals, whole
from scoring.show import summary, worst

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


@pytest.fixture(scope="module")
def page():
    """A page with more than one article."""
    return next(page for page in pages(60, seed=2) if len(page.gold["articles"]) > 1)


def _result(page, records):
    return Result(page.gold, score(page.gold, records))


def _run(*arguments):
    command = [sys.executable, *map(str, arguments)]
    found = {**os.environ, "PYTHONPATH": str(ROOT)}  # a checkout need not be installed
    return subprocess.run(command, cwd=ROOT, env=found, capture_output=True, encoding="utf-8", check=False)


def test_worst_pages_name_missed_articles_wrong_titles_and_extra_text(page):
    """A reader sees which article is missing, which title is wrong, and the characters that are too many."""
    first, second = page.gold["articles"][:2]
    record = Record("1", "不是这个", first["text"] + "多余的话多余的话")
    shown = "\n".join(worst([_result(page, [record])], 1))
    assert "MISSED" in shown
    assert second["title"] in shown
    assert "不是这个" in shown
    assert "+多余的话多余的话+" in shown


def test_totals_put_the_worst_value_first(page):
    """What needs work stands on top."""
    records = [Record(str(n), a["title"], a["text"]) for n, a in enumerate(page.gold["articles"])]
    lost, found = _result(page, []), _result(page, records)
    better = Result({**page.gold, "form": "other"}, found.score)
    assert list(totals([better, lost], "form")) == [page.gold["form"], "other"]
    assert whole([better, lost]).figures()["f1"] == pytest.approx(2 / 3)
    assert f"| form | 2 | 0.500 | 0.000 | {page.gold['form']} |" in summary([better, lost])


def test_commands_generate_and_report(tmp_path):
    """What one command writes the other one reads; a folder with pages is not written to again."""
    generate, report = HERE / "generate.py", HERE / "report.py"
    assert "12 pages" in _run(generate, tmp_path / "made", "--pages", 12).stdout
    again = _run(generate, tmp_path / "made")
    assert again.returncode == 1
    assert "holds pages already" in again.stderr
    shown = _run(report, tmp_path / "made", "--by", "form", "--show", 1)
    assert shown.returncode == 0, shown.stderr
    assert "duplicates:" in shown.stdout
