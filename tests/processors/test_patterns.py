"""Shapes of things on pages, in folded text: what each pattern finds, and what looks alike and is something else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.patterns import (
    BRACKETED_URL,
    BULLET,
    CALLING_BRACKET,
    CONTACT,
    DATE,
    DATE_PREFIX,
    DECORATION,
    EMOJI,
    MESSENGER,
    PLACES,
    URL,
    Scouted,
)

PARTS = [
    "www",
    ".",
    "点",
    "dot",
    " ",
    "qionglou",
    "com",
    "cn",
    "。",
    "[点]",
    "(",
    ")",
    "【",
    "渡口",
    "见",
    "电话",
    "微信",
]
PARTS += [":", "13800000000", "0571-88", "400", "-", "880", "1234", "a", "_", "/", "?", "x1", "qq", "9"]


@pytest.mark.parametrize(
    "key",
    [
        "2023-05-06",
        "2023/5/6",
        "2023.05.06",
        "2023年5月6日",
        "1998年12月31日",
        "2023-05-06 12:13",
        "2023-05-06t12:13:59",
    ],
)
def test_dates(key: str) -> None:
    """A date with its year in the usual ways of writing one, with the time of day."""
    assert DATE.fullmatch(key)


@pytest.mark.parametrize("key", ["5月6日", "3023-05-06", "2023", "12:13", "2023-05", "400-000-0123"])
def test_what_is_no_date(key: str) -> None:
    """Without year, month or day, or with a year of another age."""
    assert not DATE.search(key)


@pytest.mark.parametrize("line", ["2023-05-06 渡船停航", "[2023-05-06]渡船停航", "(05-06) 渡船停航", "05-06 渡船停航"])
def test_the_date_before_a_headline(line: str) -> None:
    """It is taken off with its brackets and the blank behind it."""
    assert DATE_PREFIX.sub("", line) == "渡船停航"


@pytest.mark.parametrize(
    "key",
    [
        "www.qionglou-0001.example.com",
        "https://example.org/a?b=c&d=1#e",
        "http:/example.net",
        "qionglou点com",
        "qionglou[点]com",
        "qionglou 。cc",
        "m.qionglou.vip:8080",
        "www【.】qionglou[.]com",
        "qionglou(dot)net",
    ],
)
def test_addresses(key: str) -> None:
    """Addresses of the net, with scheme or without, and with the dot written as a word."""
    assert URL.fullmatch(key)


@pytest.mark.parametrize("key", ["3.14", "第3.2版", "e.g.", "readme.txt", "渡口。他上了岸", "a.companion"])
def test_what_is_no_address(key: str) -> None:
    """Numbers, file names, sentences, and words that only begin like a domain."""
    assert not URL.search(key)


def test_an_address_in_brackets() -> None:
    """Brackets with an address go together with the few words in them."""
    found = BRACKETED_URL.search("渡口(更多见www.example.com)的灯")
    assert found
    assert found.group() == "(更多见www.example.com)"
    assert not BRACKETED_URL.search("渡口(更多见下文)的灯")


@pytest.mark.parametrize(
    "key",
    [
        "微信:qlou0001",
        "加vx qlou_0001",
        "qq:10000003",
        "客服电话 0000-1234567",
        "13000000031",
        "400-000-0123",
        "010-12345678",
        "199 0000 0031",
        "199-0000-0031",
        "扣扣:9 3 1 4 2 0 6",
        "v信:qlou0001",
        "加微 qlou0001",
        "加薇qlou0001",
        "速vqlou0001",
        "tg:@qlou0001",
        "飞机@qlou0001",
        "纸飞机qlou0001",
        "企鹅号:100000031",
    ],
)
def test_ways_to_get_in_touch(key: str) -> None:
    """A messenger or telephone with its number, and numbers that are a telephone's by their form."""
    assert CONTACT.search(key)


@pytest.mark.parametrize(
    "key",
    [
        "他打了电话",
        "微信有10亿用户",
        "乘飞机:ca1234航班",
        "增加微软office软件",
        "安徽信息abcde12345",
        "甲威信县g0085高速",
        "薇:hello everyone",
        "cctv信息台abc12345",
        "共1 2 3 4 5",
        "编号130000000310",
        "2023-05-06",
        "共1300000人",
    ],
)
def test_what_is_no_way_to_get_in_touch(key: str) -> None:
    """A messenger without a number, and numbers that are too long or too short."""
    assert not CONTACT.search(key)


@pytest.mark.parametrize("key", ["兴县蒙城县泰和县新野县", "大理州雷波县舟山市江北区"])
def test_place_names_on_end(key: str) -> None:
    """Four and more without anything between them."""
    assert PLACES.fullmatch(key)


@pytest.mark.parametrize("key", ["兴县、蒙城县、泰和县、新野县", "兴县蒙城县泰和县", "渡口的灯"])
def test_place_names_of_a_sentence(key: str) -> None:
    """Three are no run, and neither are those that a sentence lists."""
    assert not PLACES.search(key)


@pytest.mark.parametrize("sign", ["🔥", "💎", "❤", "⭐", "☎"])
def test_pictographs(sign: str) -> None:
    """Those of the newer blocks and of the older ones that pages throw in."""
    assert EMOJI.fullmatch(sign)


@pytest.mark.parametrize("sign", ["※", "→", "■", "①", "字", "*", "・"])
def test_signs_that_authors_use(sign: str) -> None:
    """Arrows, boxes, circled numbers and reference marks are no pictographs."""
    assert not EMOJI.search(sign)


@pytest.mark.parametrize("mark", ["• ", "·", "● ", "- ", "* ", "►"])
def test_list_marks(mark: str) -> None:
    """The mark of a list entry is taken off with the blank behind it."""
    assert BULLET.sub("", f"{mark}渡口的灯") == "渡口的灯"


@pytest.mark.parametrize(
    "filler", ["dot", "a.", "a", "1", "qq", "[a", "([", "市", "甲乙", "a dot ", "http:/", "*", ". "]
)
@pytest.mark.parametrize("pattern", [URL, BRACKETED_URL, CALLING_BRACKET, CONTACT, DATE, DECORATION, PLACES])
def test_a_long_run_is_searched(pattern: re.Pattern[str] | Scouted, filler: str) -> None:
    """No pattern tries one stretch in very many ways: it would take hours. ``.cn`` lets the scout pass."""
    assert [
        found for found in pattern.finditer(f"{filler * 2000}.cn 渡口") if found.end() > 2000 * len(filler) + 3
    ] == []


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
@pytest.mark.parametrize("pattern", [URL, BRACKETED_URL, CALLING_BRACKET, CONTACT, MESSENGER])
def test_a_scout_passes_what_its_pattern_matches(pattern: Scouted, key: str) -> None:
    """Without its scout a pattern finds the same."""
    assert pattern.findall(key) == re.findall(pattern.pattern, key)
    assert pattern.sub("", key) == re.sub(pattern.pattern, "", key)
    assert bool(pattern.search(key)) == bool(re.search(pattern.pattern, key))


@given(st.data())
@pytest.mark.parametrize("pattern", [CONTACT, MESSENGER])
def test_all_ways_to_begin_are_among_the_firsts(pattern: Scouted, data: st.DataObject) -> None:
    """Whatever a pattern can match it does match, though it is tried only where one of some characters stands."""
    text = data.draw(st.from_regex(pattern.pattern, fullmatch=True))
    assert pattern.match(text) is not None
