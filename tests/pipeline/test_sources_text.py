"""Bytes of a file -> a page: encodings, and what is no text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.item import Item
from pipeline.sources.encoding import decode
from pipeline.sources.problem import InputProblem
from pipeline.sources.text import pages
from pipeline.sources.walk import InputFile

SIMPLE = (
    "河口镇的渡轮公司本周宣布，从下个月起，早上六点到九点之间每十五分钟开一班船。"
    "公司负责人韩佩文解释说，镇上新开了两家工厂，过河上班的人比去年多了一半。\n"
    "“我们等这一天很久了，”家住对岸的教师陆小棠说，“以前错过一班船，第一节课就迟到了。”\n"
)
OLD = (
    "河口鎮的渡輪公司本週宣布，從下個月起，早上六點到九點之間每十五分鐘開一班船。"
    "公司負責人韓佩文解釋說，鎮上新開了兩家工廠，過河上班的人比去年多了一半。\n"
)


@pytest.mark.parametrize("length", [4, 8, 16, 40, 5000])
@pytest.mark.parametrize(
    ("text", "encoding"), [(SIMPLE, "gb18030"), (OLD, "gb18030"), (OLD, "big5hkscs"), (SIMPLE, "utf-16-le")]
)
def test_chinese_encodings_are_told_apart(text, encoding, length):
    """From four characters on, GB18030 in either script, Big5 and UTF-16 without a mark are each found."""
    piece = (text * 60)[:length]
    decoded = decode(piece.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.undecodable) == (piece, encoding, 0)


def test_a_long_head_of_markup_says_nothing():
    """The encoding is judged where the Chinese begins, however late that is."""
    page = "<script>var x = 1;</script>\n" * 4000 + SIMPLE
    decoded = decode(page.encode("gb18030"))
    assert decoded is not None
    assert decoded[:3] == (page, "gb18030", 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_decides_and_belongs_to_the_encoding(encoding):
    """With a byte order mark the text begins behind it, and Source.encoding gives it back from the bytes."""
    data = "字".encode(encoding)
    decoded = decode(data)
    assert decoded is not None
    assert (decoded.text, data.decode(decoded.encoding)) == ("字", "字")


def test_utf8_cut_in_the_middle_of_a_character_stays_utf8():
    """Broken UTF-8 is not taken for GB18030: what is left of it is replaced, counted, and placed."""
    data = SIMPLE.encode()[:-3]
    decoded = decode(data)
    assert decoded is not None
    assert (decoded.encoding, decoded.undecodable, decoded.offset) == ("utf-8", 1, len(data) - 1)
    assert decoded.text.startswith(SIMPLE[:-3])


def test_replacement_characters_that_were_in_the_file_are_not_counted():
    """A U+FFFD that the file holds is a character; only the others stand for lost bytes."""
    decoded = decode("\N{REPLACEMENT CHARACTER}".encode() * 3 + SIMPLE.encode() + b"\xff")
    assert decoded is not None
    assert decoded.undecodable == 1


def test_gb18030_with_a_broken_byte_stays_gb18030():
    """One bad byte in a page does not make the whole page unreadable."""
    data = SIMPLE.encode("gb18030")
    decoded = decode(data[:40] + b"\xff" + data[40:])
    assert decoded is not None
    assert (decoded.encoding, decoded.undecodable, decoded.offset) == ("gb18030", 1, 40)


def test_other_languages_are_read_with_replacement_and_not_as_chinese():
    """Western and Cyrillic code pages are none of ours: UTF-8 with U+FFFD, counted, rather than made-up Chinese."""
    for data in ("Crème brûlée à la façon du café".encode("latin-1"), "Привет, как дела".encode("cp1251")):
        decoded = decode(data)
        assert decoded is not None
        assert decoded.encoding == "utf-8"
        assert decoded.undecodable > 3


def test_ascii_in_utf16_without_a_mark_is_text():
    """Every second byte is NUL and the bytes are valid UTF-8; still it is UTF-16."""
    decoded = decode("Plain words, no mark.\r\n".encode("utf-16-le"))
    assert decoded is not None
    assert decoded[:2] == ("Plain words, no mark.\r\n", "utf-16-le")


@pytest.mark.parametrize(
    "data",
    [bytes(1000), bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n" + random.Random(7).randbytes(5000)],
    ids=["zeros", "every byte", "picture"],
)
def test_binary_data_is_no_text(data):
    """NULs, every byte there is, and what looks like a compressed picture are no page."""
    assert decode(data) is None


def test_a_text_with_some_nul_bytes_is_still_text():
    """A few NULs, which broken exports leave behind, stay in the text."""
    text = SIMPLE + "\0" * 5 + SIMPLE
    decoded = decode(text.encode())
    assert decoded is not None
    assert decoded[:2] == (text, "utf-8")


@given(st.text())
def test_utf8_is_always_read_as_it_is(text):
    """Any text in UTF-8 comes back character for character, unless it is mostly control characters."""
    decoded = decode(text.encode())
    if decoded is not None and decoded.encoding == "utf-8":
        assert decoded.text == text
    printable = all(c.isprintable() or c in "\r\n\t" for c in text)
    assert not printable or (decoded is not None and decoded.text == text.removeprefix("\ufeff"))


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_not_and_never_an_error(data):
    """Whatever a file holds, decoding ends; undecodable bytes are told and placed inside the file."""
    decoded = decode(data)
    if decoded is not None and decoded.undecodable:
        assert 0 <= decoded.offset < len(data)
        assert "\N{REPLACEMENT CHARACTER}" in decoded.text


def test_line_ends_are_kept(tmp_path):
    """A page's text is what the file holds, carriage returns and all, so that spans count the same characters."""
    file = tmp_path / "a.txt"
    file.write_bytes("一\r\n二\r三\n".encode())
    (page,) = pages(InputFile(file, "a.txt"))
    assert isinstance(page, Item)
    assert page.text == "一\r\n二\r三\n"


def test_a_page_keeps_its_place_before_what_is_wrong_with_it(tmp_path):
    """Undecodable bytes: the page comes first, then the note with count and place of the first."""
    file = tmp_path / "a.txt"
    file.write_bytes(SIMPLE.encode() + b"\xe4\xb8")
    page, problem = pages(InputFile(file, "a.txt"))
    assert isinstance(page, Item)
    assert problem == InputProblem(
        "a.txt", "undecodable_bytes", {"encoding": "utf-8", "count": 1, "first_byte": len(SIMPLE.encode())}
    )


def test_a_file_that_went_away_since_the_walk_is_missing(tmp_path):
    """Vanished files are named, without the place on this machine."""
    (problem,) = pages(InputFile(tmp_path / "gone.txt", "gone.txt"))
    assert problem == InputProblem(
        "gone.txt", "missing_input", {"error": "ENOENT", "message": "No such file or directory"}
    )
