"""The samples through the shipped chain: exactly the articles their authors wrote, whatever wraps them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline import Chain, Drop, Item
from pipeline.item import Outcome
from pipeline.shipped import shipped
from pipeline.sources.text import pages
from pipeline.sources.walk import InputFile, walk

GOLD = [json.loads(line) for line in Path(__file__).with_name("samples_gold.jsonl").read_text("utf-8").splitlines()]
BY_PAGE = {page["page"]: page for page in GOLD}


@pytest.fixture(scope="module")
def outcomes(root: Path) -> list[Outcome]:
    """All that comes of the samples in one run, in order."""
    files = [found for found in walk([root / "samples"]) if isinstance(found, InputFile)]
    read = [page for file in files for page in pages(file) if isinstance(page, Item)]
    with Chain.load(shipped("pipeline.yaml")) as chain:
        return list(chain.run(read))


@pytest.fixture(scope="module")
def articles(outcomes: list[Outcome]) -> list[Item]:
    """What is exported."""
    return [each for each in outcomes if isinstance(each, Item)]


def first_of_each() -> Iterator[tuple[str, dict[str, Any]]]:
    """Page and article for the first of each group of duplicates, in the order of the samples."""
    seen: set[str] = set()
    for page in GOLD:
        for article in page["articles"]:
            if article["dup_group"] not in seen:
                seen.add(article["dup_group"])
                yield page["page"], article


WANTED = list(first_of_each())


def without(lines: list[str], optional: list[str]) -> list[str]:
    """Lines but for those that may stay or go."""
    return [line for line in lines if line not in optional]


def test_every_sample_has_its_gold(root: Path) -> None:
    """No sample is left out of this test."""
    assert sorted(path.name for path in (root / "samples").iterdir()) == sorted(BY_PAGE)


def test_each_article_comes_out_once_with_its_title(articles: list[Item]) -> None:
    """Titles and pages in order, the first of every group of duplicates and nothing else."""
    assert [(item.source.name, item.title) for item in articles] == [(page, a["title"]) for page, a in WANTED]


@pytest.mark.parametrize(("page", "article"), WANTED, ids=[f"{p}-{a['dup_group']}" for p, a in WANTED])
def test_the_text_is_what_the_author_wrote(articles: list[Item], page: str, article: dict[str, Any]) -> None:
    """Character for character, in standard Simplified, but for bylines and credits that may stay or go."""
    [item] = [each for each in articles if (each.source.name, each.title) == (page, article["title"])]
    assert without(item.text.split("\n"), article["optional"]) == without(
        article["text"].split("\n"), article["optional"]
    )


def test_duplicates_name_what_they_lost_to(outcomes: list[Outcome], articles: list[Item]) -> None:
    """As many as the gold says are dropped, each in favour of an article that is exported."""
    drops = [each for each in outcomes if isinstance(each, Drop) and each.reason in ("duplicate", "near_duplicate")]
    assert len(drops) == sum(len(page["articles"]) for page in GOLD) - len(articles)
    assert {drop.evidence["kept"] for drop in drops} <= {item.id for item in articles}


def test_a_page_of_spam_alone_gives_nothing(outcomes: list[Outcome]) -> None:
    """It ends as `all_spam`."""
    spam = [page["page"] for page in GOLD if not page["articles"]]
    dropped = [each.item.source.name for each in outcomes if isinstance(each, Drop) and each.reason == "all_spam"]
    assert spam
    assert dropped == spam


def test_a_sample_in_gb18030_is_read(articles: list[Item]) -> None:
    """One sample is not UTF-8, and its article is there."""
    assert [item.source.name for item in articles if item.source.encoding == "gb18030"] == ["07_baccarat_gb18030.txt"]
