"""Nothing is put in the place of a character but what a table, a word or a list of doubts has for it."""

from hypothesis import given
from hypothesis import strategies as st

from processors.algorithms.characters import invented_pairs, traditional_pairs
from processors.algorithms.doubt import doubtful
from processors.algorithms.genuine import ASPECT, WORK
from processors.algorithms.phrases import rules
from processors.algorithms.restore import to_simplified
from processors.normalize import normalize_text

HAN = st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)
MIXED = st.text(st.one_of(HAN, st.sampled_from("縂躰琯郃儅的了這，。\n体总着著乾"), st.characters()), max_size=60)
BEGIN = st.sampled_from(["", "縂躰來看，儅地的琯理槼則竝未改變。", "這個問題說明瞭什麼，", "他说：", "これは、"])


def allowed(character: str) -> set[str]:
    """What may stand in the place of a character."""
    found = {character, traditional_pairs().get(character, character), invented_pairs().get(character, character)}
    found |= {rule.target for group in rules().get(character, {}).values() for rule in group}
    doubt = doubtful().get(ord(character))
    return found | {chr(other.character) for other in doubt.others} if doubt else found


@given(BEGIN, MIXED)
def test_no_character_outside_the_tables_is_changed(begin: str, text: str) -> None:
    """Each character stays or becomes one that is listed for it, whatever the script is taken for."""
    for before, after in zip(begin + text, to_simplified(begin + text).text, strict=True):
        assert after in allowed(before), (before, after)


@given(st.text(st.sampled_from("发体国干里后着著乾隆石名的了，。\n"), max_size=60))
def test_simplified_text_is_not_changed(text: str) -> None:
    """Text of standard characters is left, those with a second meaning included."""
    assert to_simplified(text).text == text
    assert chr(ASPECT) + chr(WORK) == "着著"


@given(
    BEGIN,
    st.sampled_from(["utf-8", "gb18030"]),
    st.text(st.sampled_from("天气很好我们去公园走的是一不在，。"), min_size=8),
)
def test_garbage_is_left(begin: str, written: str, text: str) -> None:
    """What was read in the wrong encoding comes out character for character, and can still be read in the right one."""
    wrong = text.encode(written).decode("latin-1")
    for script in ("simplified", "traditional_tw", "traditional_hk"):
        assert wrong in normalize_text(f"{begin}\n{wrong}\n{begin}", script).text
