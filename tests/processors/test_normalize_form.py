"""What normalize decodes, counts and refuses to touch; the texts are made up."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.chain import Chain
from pipeline.item import Item
from pipeline.processor import Step
from pipeline.spans import Span
from processors.algorithms.form import COMPOSES, form
from processors.algorithms.garbled import garbled
from processors.algorithms.tidy import tidy
from processors.normalize import Normalize, NormalizeOptions, normalize_text

SENTENCE = "他说：“今天的天气很好，我们去河边的公园走走吧。”"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("桥&middot;河&nbsp;&nbsp;岸", "桥·河 岸"),
        ("&ldquo;好&rdquo;&hellip;", "“好”…"),
        ("&#12288;缩进&#x3000;", "缩进"),
        ("A&amp;B &quot;引&quot; &lt;五", 'A&B "引" <五'),
        ("&amp;nbsp;再&amp;amp;套", " 再&套".strip()),
        ("&#39;单&apos;", "'单'"),
        ("一&#10;二&#0;三", "一 二\ufffd三"),
        ("地址?a=1&copy=2&lt", "地址?a=1&copy=2&lt"),
        ("&没有; &unknownname; &#99999999;", "&没有; &unknownname; &#99999999;"),
        ("e&#769;", "é"),
    ],
)
def test_character_references(text: str, plain: str) -> None:
    """References that were left over become their characters, also nested ones; what is none stays, and so do lines."""
    assert normalize_text(text).text == plain


@given(st.text(st.sampled_from("&amp;#x30lt nbsp39\u200b\u0301Ａ"), max_size=30))
def test_references_are_decoded_at_once(text: str) -> None:
    """No second round brings another reference to light."""
    once = normalize_text(text).text
    assert normalize_text(once).text == once


def article(text: str, **options: object) -> Item:
    """The item of a page with this text as the step leaves it."""
    with Chain([Step("normalize", Normalize(NormalizeOptions.model_validate(options)))]) as chain:
        (found,) = chain.run([Item.page(text)])
    assert isinstance(found, Item)
    return found


def test_spans_of_references() -> None:
    """A decoded character stands where the reference began, and its neighbours stay exact."""
    found = article("甲&ldquo;乙丙")
    assert (found.text, found.spans) == ("甲“乙丙", (Span(0, 10),))
    assert [piece.span for piece in found.pieces if piece.length == 2][-1] == Span(8, 10)
    assert article("甲&nbsp;乙", references=False).text == "甲&nbsp;乙"


@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "latin-1"), ("utf-8", "cp1252"), ("gb18030", "latin-1"), ("utf-8", "gb18030")]
)
def test_garbled_text_is_counted(written: str, read: str) -> None:
    """Chinese read in the wrong encoding is found, whatever the two encodings, and left as it is."""
    wrong = SENTENCE.encode(written).decode(read, "replace")
    found = article(f"縂躰\u3000 來看\n\n{wrong}\nＡ")
    assert found.meta["garbled"] >= len(wrong) / 3
    for start, end in garbled(wrong):
        assert wrong[start:end] in found.text
        assert wrong[start:end] in normalize_text(wrong, "traditional_tw").text


def test_a_garbled_line_is_left_whole() -> None:
    """The dates and numbers of a garbled line divide it into runs too short to tell; they stay with the line."""
    wrong = "2月25日电，3号线上的120名工人说：“水来了。”".encode().decode("gb18030", "replace")
    assert normalize_text(f"縂躰來看，改變瞭槼則。\n{wrong}\n體驗").text == f"总体来看，改变了规则。\n{wrong}\n体验"


@pytest.mark.parametrize(
    "text", [SENTENCE, "木匠用锛子锛平木头。", "Une élève de l'école où l'été", "Größenübersäuerungsgefühl", "ⓐ—…—“好”"]
)
def test_right_text_is_not_garbled(text: str) -> None:
    """Other languages, rare characters and rows of punctuation are not taken for garbage."""
    assert normalize_text(text).garbled == 0


def test_replacement_characters_are_counted() -> None:
    """Each stands for a character lost, and so does 锟斤拷, which is two of them read once more."""
    assert normalize_text("坏\ufffd字，锟斤拷").garbled == 4


def test_blocks_without_composition() -> None:
    """The characters that need no look at their Unicode form are in NFC, alone and after any other."""
    safe = np.flatnonzero((form() & COMPOSES) == 0).tolist()
    assert len(safe) > 100_000
    assert not [code for code in safe if not unicodedata.is_normalized("NFC", "q\u0327\u0300" + chr(code))]
    assert not [code for code in safe if unicodedata.combining(chr(code))]


def test_places_of_what_stays() -> None:
    """The places are those of the text given, after any number of rounds."""
    tidied = tidy("&amp;lt;\u200b甲\r\n 乙")
    assert tidied.text == "<甲\n乙"
    assert tidied.kept is not None
    assert tidied.kept.tolist() == [0, 9, 11, 13]


def test_confidence() -> None:
    """Much evidence of one kind is near 1, a mixture or a single character is not; nothing to tell is 0."""
    assert normalize_text("风险体验总结" * 20).confidence > 0.95
    assert normalize_text("縂躰來看，儅地的琯理槼則竝未改變。" * 5).confidence > 0.9
    assert normalize_text("體").confidence <= 0.5
    assert normalize_text("人口").confidence == 0.0
    assert normalize_text("plain").confidence == 1.0
    for text in ("plain", "人口", "體", "他说“體”。這裡的縂結", "縂躰來看，儅地的琯理槼則竝未改變。"):
        assert type(normalize_text(text).confidence) is float


def test_stands_before_fingerprint() -> None:
    """A fingerprint of a text that changes afterwards would be wrong."""
    assert "fingerprint" in Normalize.before
