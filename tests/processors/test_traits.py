"""What a line shows by itself and beside others, as numbers."""

import pytest

from pipeline.shipped import shipped
from processors.algorithms.keyword import Keyword
from processors.algorithms.layout import read_page
from processors.algorithms.lexicon import find_lexicon, read_lexicons
from processors.algorithms.sheet import Sheet
from processors.algorithms.surroundings import TRAITS, Surroundings
from processors.algorithms.traits import OWN, own_traits

LEXICON = read_lexicons([find_lexicon(name, shipped("lexicon"), None) for name in ("seo", "furniture")])


def trait(key: str, name: str) -> float:
    """One of a line's own traits."""
    return own_traits(key, LEXICON)[OWN.index(name)]


@pytest.mark.parametrize(
    ("key", "share"),
    [
        ("云陂县、青渡市、石埠区、白沙镇、东浦县", 15 / 19),
        ("云陂县、青渡市、石埠区、白沙旗、东浦县", 15 / 19),
        ("检查覆盖云陂县和青渡市的三个区", 0),
        ("县", 0),
    ],
)
def test_a_list_of_places_is_told_from_a_sentence_that_names_some(key: str, share: float) -> None:
    """Only names with nothing else between two separators count, and four of them at least."""
    assert trait(key, "share of places") == pytest.approx(share)


def test_a_line_in_another_script_than_the_text_is_told() -> None:
    """Also through characters that matching does not see."""
    text = "渡口的老船工每天清晨都会沿着江岸走上一遍，看看水位有没有变化，缆绳是不是系得牢靠。"
    page = read_page(f"{text}\n{text[:-1]}；\n點\u200b擊進入官網\n")
    around = Surroundings(Sheet(page, LEXICON, Keyword([], LEXICON, page), [None] * 3), 0, [], polluted=False)
    share, beside = (around.table[:, TRAITS.index(name)].tolist() for name in TRAITS if "written otherwise" in name)
    assert share == [0, 0, pytest.approx(4 / 6)]
    assert beside == share
