"""Which lines of a clean page are asked for the marks of a headline at all."""

from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.candidate import PARTING, _marks, _may_be_marked
from processors.algorithms.layout import read_page
from processors.algorithms.stripped import Gap, Stripped

PARTS = [
    "渡口",
    "石鼓湾新闻网",
    "望川在线",
    "标题:",
    "题",
    "来源:晚报",
    "2023-04-05",
    "***",
    "……",
    "丨",
    "|",
    "_",
    " - ",
    "(",
    ")",
    "!",
    "。",
]


@given(st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map("".join), min_size=2, max_size=6))
def test_a_line_that_shows_no_mark_has_none(lines: list[str]) -> None:
    """The quick look passes over no line below the first that has a mark which parts the articles of a clean page."""
    page = read_page("\n".join(lines))
    count = len(page.lines)
    texts, gaps = [line.key for line in page.lines], [Gap(0, 0)] * count
    stripped = Stripped(page.lines, texts, gaps, [False] * count, [0.0] * count, polluted=False)
    for number in range(1, count):
        marked = not _marks(stripped, number).styles.isdisjoint(PARTING)
        assert _may_be_marked(stripped, number) or not marked
