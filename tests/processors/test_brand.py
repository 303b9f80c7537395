"""The keyword of a page that is a site's for sure needs less evidence than that of one that may be nobody's."""

import pytest

from processors.algorithms.brand import infer_brands
from processors.algorithms.layout import read_page
from processors.spam_strip import SpamStrip
from tests.pages import FERRY

LINES = "\n".join(f"{place}的集市{day}开张" for place in ("北岸", "南坡", "望川", "渡口") for day in ("今天", "明天"))
PAGE = f"石榴树下甑选\n石榴树下拾光村里的篮球赛打到了凌晨\n{LINES}\n\n{FERRY.laid}\n\n石榴树下云裳"


@pytest.mark.parametrize(("signs", "names"), [(1, []), (2, ["石榴树下"])])
def test_a_keyword_needs_less_where_the_page_is_a_site(signs: int, names: list[str]) -> None:
    """Three lines of a long page name it; kinds of furniture that only sites have stand on it, or just one."""
    step = SpamStrip()
    step.open()
    found = infer_brands(read_page(PAGE), step._lexicon, step._weights, signs)
    assert [brand.key for brand in found.brands] == names
    assert all(brand.score < step._weights.threshold for brand in found.brands)


def test_a_trade_may_end_in_what_is_a_particle_elsewhere() -> None:
    """将 ends no name, but for one that is made of a trade."""
    step = SpamStrip()
    step.open()
    page = read_page(f"云崖麻将官网 | 云崖麻将开户\n{FERRY.laid}\n\n云崖麻将下载\n云崖麻将有限公司")
    assert [brand.key for brand in infer_brands(page, step._lexicon, step._weights).brands] == ["云崖麻将"]
