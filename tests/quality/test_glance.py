"""The first glance at the lines of a page, which spares most clean ones the question of the trees for lines."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from generate import pages
from hypothesis import given
from hypothesis import strategies as st

from pipeline.shipped import shipped
from processors.algorithms.glance import TRAITS, glanced
from processors.algorithms.keyword import Keyword
from processors.algorithms.layout import read_page
from processors.algorithms.lexicon import read_lexicons
from processors.algorithms.linemodel import LineModel, read_line_model
from processors.algorithms.pollution import furniture_of, has_short_edges, signs_of_site
from processors.algorithms.sheet import Sheet
from processors.algorithms.surroundings import Surroundings
from processors.algorithms.suspicion import is_above_suspicion, is_polluted
from processors.spam_strip import SpamStripOptions

LEXICON = read_lexicons([shipped("lexicon", f"{name}.yaml") for name in SpamStripOptions().lexicon])
LINES = shipped("weights", "lines.tsv")
SEED = 311
"""Of generated pages that the glance was not grown from."""


def plain(text: str) -> Surroundings:
    """The lines of a page as they look where no keyword is known."""
    page = read_page(text)
    found = furniture_of(page, LEXICON)
    return Surroundings(Sheet(page, LEXICON, Keyword([], LEXICON, page), found), 0, (), polluted=False)


@pytest.fixture(scope="module")
def model() -> LineModel:
    """The shipped trees."""
    return read_line_model(LINES)


def test_the_shipped_glance_was_grown_for_the_shipped_trees(model: LineModel) -> None:
    """Else each clean page would take twice as long: whoever grows lines.tsv runs scripts/train_glance.py."""
    assert model.glance is not None


def test_other_trees_are_asked_about_each_page(tmp_path: Path) -> None:
    """What a glance learnt from some trees says nothing about others."""
    for name in ("lines.tsv", "other.tsv"):
        shutil.copy(LINES, tmp_path / name)
    shutil.copy(shipped("weights", "glance.tsv"), tmp_path)
    with (tmp_path / "other.tsv").open("a", encoding="utf-8") as lines:
        lines.write("# grown anew\n")
    assert read_line_model(tmp_path / "lines.tsv").glance is not None
    assert read_line_model(tmp_path / "other.tsv").glance is None


@pytest.mark.parametrize("mix", ["all", "usual"])
def test_no_polluted_page_is_passed_over(model: LineModel, mix: str) -> None:
    """On pages that show no keyword and no sign the answer is the same with the glance as without; many are spared."""
    asked = LineModel(model.alone, model.together, None)
    spared = 0
    for page in pages(80, SEED, mix):
        around = plain(page.text)
        if has_short_edges(around.sheet.page) and not signs_of_site(around.sheet.page, around.sheet.found, LEXICON):
            spared += is_above_suspicion(around, model)
            assert is_polluted(around, model) == is_polluted(around, asked)
    assert spared


@given(st.text(st.sampled_from("船票,。!?: |a1\n\u3000💎【】"), min_size=1, max_size=80))
def test_each_line_has_a_row_of_numbers(text: str) -> None:
    """Whatever the page: a row for each line, a number for each trait."""
    around = plain(text)
    if around.lines:
        rows = glanced(around.sheet)
        assert (len(around.lines), len(TRAITS)) == rows.shape
        assert np.isfinite(rows).all()
