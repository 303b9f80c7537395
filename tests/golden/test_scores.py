"""Floors of quality on pages that may not be published, as their own scorer measures them.

A floor may rise freely and falls only with a reason.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline import Chain, Item
from pipeline.shipped import shipped
from pipeline.sources.text import pages
from pipeline.sources.walk import InputFile, walk


def scored(shared: Path, folder: str, gold: str, to: Path) -> dict[str, Any]:
    """The scorer's report on the articles of a folder of pages."""
    for path in (shared / folder, shared / gold, shared / "tools" / "score.py"):
        if not path.exists():
            pytest.skip(f"no {path.relative_to(shared)} beside this checkout")
    files = [found for found in walk([shared / folder]) if isinstance(found, InputFile)]
    read = (page for file in files for page in pages(file) if isinstance(page, Item))
    with Chain.load(shipped("pipeline.yaml")) as chain, (to / "out.jsonl").open("w", encoding="utf-8") as out:
        for item in (each for each in chain.run(read) if isinstance(each, Item)):
            record = {"id": item.id, "title": item.title, "text": item.text, "source": item.source.name}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    command = [
        sys.executable,
        str(shared / "tools" / "score.py"),
        "out.jsonl",
        str(shared / gold),
        "--json",
        "report.json",
    ]
    done = subprocess.run(command, cwd=to, capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads((to / "report.json").read_text("utf-8"))
    return report


def test_the_seeds_come_out_without_a_fault(shared: Path, tmp_path: Path) -> None:
    """Six articles of five real pages: every character, every title, every duplicate."""
    report = scored(shared, "seeds", "gold/seeds_gold.jsonl", tmp_path)
    assert report["produced"] == 6
    assert report["article_strict"]["f1"] == 1.0
    assert report["mean_cer_matched_strict"] == 0.0
    assert report["spam_leakage"] == 0.0
    assert report["content_loss"] == 0.0
    assert report["title_exact"] == 1.0
    assert (report["duplicates"]["expected_to_go"], report["duplicates"]["left_in"]) == (4, 0)


def test_the_devset_stays_above_its_floors(shared: Path, tmp_path: Path) -> None:
    """A hundred and twenty composed pages: articles found, spam left, text lost, clean pages whole, spam pages gone."""
    report = scored(shared, "devset/pages", "devset/gold.jsonl", tmp_path)
    assert report["article_strict"]["f1"] >= 0.98
    assert report["spam_leakage"] <= 0.001
    assert report["content_loss"] <= 0.003
    assert report["clean_pages_through"]["share"] == 1.0
    assert report["records_from_spam_pages"] == 0
    assert report["records_mostly_spam"] == 0
