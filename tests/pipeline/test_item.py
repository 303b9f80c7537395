"""Items: what each operation leaves in the text, takes out of it, and remembers of the raw page."""

import copy
import pickle
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import ContractError, Item, Part, Removal, Source, Span
from pipeline.spans import Piece, merged
from tests.strategies import parts, removals, rewordings, texts

PAGE = "彩云网\n青石镇的桥修好了\n本报讯\n\n三月初五，青石镇的桥通车。\n老人走在前面。\n彩云网"
TITLE, BYLINE = (4, 12), (13, 16)
FIRST, SECOND = (18, 31), (32, 39)


@given(texts, st.data())
def test_text_and_cuts_are_all_there_was(text: str, data: st.DataObject) -> None:
    """What is cut and what is left make up the text, and their spans its characters, each once."""
    page = Item.page(text)
    left = page.cut(data.draw(removals(page)))
    assert sorted([*left.text, *"".join(cut.text for cut in left.cuts)]) == sorted(text)
    for cut in left.cuts:
        assert "".join(text[start:end] for start, end in cut.spans) == cut.text
    assert "".join(text[start:end] for start, end in left.spans) == left.text
    assert merged([*left.spans, *(s for c in left.cuts for s in c.spans)]) == page.spans


@given(texts, st.data())
def test_cutting_in_two_goes_is_cutting_at_once(text: str, data: st.DataObject) -> None:
    """The spans of a cut are those of the raw page, whatever was cut before it."""
    page = Item.page(text)
    found = sorted(data.draw(removals(page)), reverse=True)
    at_once, in_turn = page.cut(found), page
    for removal in found:
        in_turn = in_turn.cut([removal])
    assert (in_turn.text, in_turn.pieces) == (at_once.text, at_once.pieces)
    assert sorted(cut.spans for cut in in_turn.cuts) == sorted(cut.spans for cut in at_once.cuts)


def test_a_cut_says_why_and_where() -> None:
    """A cut has the reason, the evidence, the text and the raw range it was made with."""
    (cut,) = Item.page(PAGE).cut([Removal(0, 3, "brand", {"word": "彩云"})]).cuts
    assert (cut.reason, cut.evidence, cut.text, cut.spans) == ("brand", {"word": "彩云"}, "彩云网", (Span(0, 3),))


def test_the_evidence_of_a_cut_is_its_own() -> None:
    """A dict that a step goes on using does not change what the audit says."""
    evidence = {"word": "彩云"}
    (cut,) = Item.page(PAGE).cut([Removal(0, 3, "brand", evidence)]).cuts
    evidence["word"] = "白鹭"
    assert cut.evidence == {"word": "彩云"}


def test_cuts_are_in_the_order_of_the_text() -> None:
    """The order in which ranges are given to `cut` does not matter."""
    made = [Removal(*BYLINE, "byline"), Removal(0, 3, "brand")]
    assert Item.page(PAGE).cut(made) == Item.page(PAGE).cut(made[::-1])


def test_cutting_nothing_changes_nothing() -> None:
    """No removals, and removals of no characters, leave the item itself."""
    page = Item.page(PAGE)
    assert page.cut([]) is page
    assert page.cut([Removal(3, 3, "brand")]) is page


@pytest.mark.parametrize("found", [(-1, 2), (5, 3), (30, 99), (2, 6)])
def test_ranges_that_cannot_be_cut_are_refused(found: tuple[int, int]) -> None:
    """A range outside the text, turned round or in another one is an error that says so."""
    with pytest.raises(ContractError, match=r"range \[-?\d+, \d+\) overlaps another or lies outside the text's 43"):
        Item.page(PAGE).cut([Removal(0, 3, "brand"), Removal(*found, "brand")])


def test_children_are_made_of_their_parts() -> None:
    """Body ranges become lines; title and fields leave the text but stay the child's own."""
    (child,) = Item.page(PAGE, "a.txt").children([Part([FIRST, SECOND], TITLE, {"byline": BYLINE})])
    assert child.text == "三月初五，青石镇的桥通车。\n老人走在前面。"
    assert child.title == "青石镇的桥修好了"
    assert child.meta == {"byline": "本报讯"}
    assert child.spans == (Span(*TITLE), Span(*BYLINE), Span(FIRST[0], SECOND[1]))


def test_children_are_numbered_and_know_their_parent() -> None:
    """A child's id comes from its parent's and its place among the parts; its source is the page's."""
    page = Item.page(PAGE, Source("a.warc", 3, "gb18030"))
    children = page.children([Part([SECOND]), Part([FIRST])])
    assert [child.id for child in children] == [f"{page.id}-1", f"{page.id}-2"]
    assert [child.parent for child in children] == [page.id] * 2
    assert [child.source for child in children] == [page.source] * 2


def test_the_first_child_carries_the_cuts() -> None:
    """Cuts made before splitting go to one child, so that they are told once."""
    cut = Item.page(PAGE).cut([Removal(0, 4, "brand")])
    first, second = cut.children([Part([(0, 8)]), Part([(9, 12)])])
    assert first.cuts == cut.cuts
    assert second.cuts == ()


@given(texts, st.data())
def test_children_share_no_character(text: str, data: st.DataObject) -> None:
    """Each child stands for the raw characters of its own text, title and fields, and for blanks; no two for one."""
    page = Item.page(text)
    children = page.children(data.draw(parts(page)))
    everything = [span for child in children for span in [*child.held, *(piece.span for piece in child.pieces)]]
    assert sum(end - start for start, end in merged(everything)) == sum(end - start for start, end in everything)
    for child in children:
        own = "".join(text[start:end] for start, end in child.spans)
        told = child.text + child.title + "".join(child.meta.values())
        assert sorted("".join(own.split())) == sorted("".join(told.split()))
        assert sum(piece.length for piece in child.pieces) == len(child.text)


def test_blank_characters_between_two_lines_go_with_them() -> None:
    """Blank lines inside an article leave no hole in its spans."""
    (child,) = Item.page("上句。\r\n \r\n\u3000\u3000下句。").children([Part([(0, 3), (10, 13)])])
    assert child.text == "上句。\n下句。"
    assert child.spans == (Span(0, 13),)


def test_a_gap_that_was_cut_open_is_covered_once() -> None:
    """Of a gap between two lines a child takes what a cut has left."""
    cut = Item.page("上句。\n网站\n下句。").cut([Removal(4, 6, "brand")])
    (child,) = cut.children([Part([(0, 3), (5, 8)])])
    assert child.spans == (Span(0, 4), Span(6, 10))


def test_a_gap_that_is_not_blank_is_nobodys() -> None:
    """What stands between two lines of a child without being claimed is not the child's."""
    (child,) = Item.page("上句。\n网站\n下句。").children([Part([(0, 3), (7, 10)])])
    assert child.text == "上句。\n下句。"
    assert child.spans == (Span(0, 3), Span(7, 10))


@pytest.mark.parametrize("title", [(3, 4), (4, 5), (3, 5)])
def test_a_blank_title_between_two_lines_is_covered_once(title: tuple[int, int]) -> None:
    """A gap of which something else is used is not taken a second time."""
    (child,) = Item.page("上句。\n\n下句。").children([Part([(0, 3), (5, 8)], title)])
    spans = [*child.held, *(piece.span for piece in child.pieces)]
    assert sum(end - start for start, end in spans) == sum(end - start for start, end in merged(spans))


def test_an_invisible_character_of_a_reworded_gap_is_not_taken_for_blank() -> None:
    """A blank line that was not blank in the raw page stays with the child as something that may not be lost."""
    page = Item.page("上句。\n\u200b\n下句。").with_text("上句。\n\n下句。")
    (child,) = page.children([Part([(0, 3), (5, 8)])])
    assert child.spans == (Span(0, 9),)
    assert not any(piece.blank for piece in child.pieces)


def test_children_of_nothing_are_refused() -> None:
    """An item that has no articles is a drop: somebody must say so."""
    with pytest.raises(ContractError, match="no parts to make children of; yield a Drop"):
        Item.page(PAGE).children([])


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ([Part([FIRST]), Part([SECOND], FIRST)], r"range \[18, 31\) overlaps another"),
        ([Part([(0, 99)])], r"range \[0, 99\) overlaps another or lies outside"),
        ([Part([SECOND, FIRST])], r"range \[18, 31\) overlaps another"),
        ([Part([(3, 3)])], "a body range is empty; leave it out"),
    ],
)
def test_parts_that_cannot_be_are_refused(made: list[Part], message: str) -> None:
    """Ranges used twice, outside the text, out of order or empty are errors that say which."""
    with pytest.raises(ContractError, match=message):
        Item.page(PAGE).children(made)


@given(texts, st.data())
def test_another_wording_stands_for_the_same_characters(text: str, data: st.DataObject) -> None:
    """Without pieces, `with_text` neither loses nor adds a raw character, whatever the new text is."""
    page = Item.page(text)
    reworded = page.with_text(data.draw(rewordings(page)))
    assert merged(reworded.spans) == page.spans
    assert sum(piece.length for piece in reworded.pieces) == len(reworded.text)


def test_lines_of_equal_number_are_paired() -> None:
    """A cut after `with_text` still finds its own line of the raw page."""
    page = Item.page("  上句。\r\n青石鎮的橋\r\n").with_text("上句。\n青石镇的桥\n")
    (cut,) = page.cut([Removal(4, 9, "spam")]).cuts
    assert cut.spans == (Span(7, 13),)


def test_what_is_the_same_at_both_ends_of_a_line_corresponds() -> None:
    """Where blanks are stripped, or a word is put in, the rest of the line keeps its places."""
    page = Item.page("  青石镇的桥。\n白鹭滩的麦子。\n").with_text("青石镇的桥。\n白鹭滩上的麦子。\n")
    cuts = page.cut([Removal(0, 3, "spam"), Removal(10, 11, "spam"), Removal(12, 14, "spam")]).cuts
    assert [cut.spans for cut in cuts] == [(Span(0, 5),), (), (Span(13, 15),)]


def test_a_text_rewritten_character_by_character_stays_in_one_piece() -> None:
    """Lines of the same length correspond one to one, so nothing of the book grows."""
    assert Item.page("青石鎮\n\n橋\n").with_text("青石镇\n\n桥\n").pieces == (Piece(7, Span(0, 7)),)


def test_lines_of_another_number_stand_for_the_whole() -> None:
    """Where lines cannot be paired, the new text as a whole stands for the old one."""
    assert Item.page("上句。\n\n下句。").with_text("另一段\n文字").pieces == (Piece(6, Span(0, 8)),)


def test_the_same_text_keeps_its_pieces() -> None:
    """`with_text` with the text the item has changes nothing."""
    page = Item.page(PAGE).cut([Removal(0, 4, "brand")])
    assert page.with_text(page.text) == page


def test_pieces_of_ones_own_are_kept() -> None:
    """An author who knows where the new text came from says so, and cuts are exact."""
    page = Item.page("青石  镇").with_text("青石镇", [Piece(2, Span(0, 2)), Piece(0, Span(2, 4)), Piece(1, Span(4, 5))])
    (cut,) = page.cut([Removal(2, 3, "spam")]).cuts
    assert cut.spans == (Span(2, 5),)


def test_pieces_that_do_not_add_up_are_refused() -> None:
    """Pieces must have as many characters as the text."""
    with pytest.raises(ContractError, match="the pieces have 1 characters, the text has 2; they must have as many"):
        Item.page(PAGE).with_text("青石", [Piece(1, Span(0, 1))])


def test_a_character_made_blank_is_not_forgotten() -> None:
    """Where an invisible character becomes a space, the space is not taken for one that the page had."""
    page = Item.page("青\u200b石").with_text("青 石")
    assert page.spans == (Span(0, 3),)
    assert [piece.length for piece in page.pieces if piece.span.start <= 1 < piece.span.end] == [0]


def test_text_given_to_an_empty_page_stands_for_none_of_it() -> None:
    """A page without characters can be given a text; it has no spans all the same."""
    page = Item.page("").with_text("青石")
    assert (page.text, page.spans) == ("青石", ())


def test_a_page_is_known_by_its_place_and_text() -> None:
    """The id depends on the source's name, the page's number and the text, and on nothing else."""
    page = Item.page(PAGE, Source("a.txt", 1))
    assert page.id == Item.page(PAGE, Source("a.txt", 1, "gb18030"), {"url": "a"}).id == "f6c2d39fc495bc72"
    assert Item.page(PAGE, Source("b.txt", 1)).id != page.id
    assert Item.page(PAGE, Source("a.txt", 2)).id != page.id
    assert Item.page("字", Source("a.txt", 1)).id != page.id


@given(texts)
def test_every_text_makes_a_page(text: str) -> None:
    """Unpaired surrogates, NUL and every line end make a page that stands for all its characters."""
    page = Item.page(text, "\udcff.txt")
    assert "".join(text[start:end] for start, end in page.spans) == page.text == text


def test_pages_that_differ_in_an_unpaired_character_differ() -> None:
    """Two surrogates are two texts, though neither can be written as UTF-8."""
    assert Item.page("\ud800").id != Item.page("\ud801").id
    assert Item.page("字", "\udcfe").id != Item.page("字", "\udcff").id


def test_title_meta_and_fingerprint_are_set_on_another_item() -> None:
    """The item itself stays as it was, and other entries of `meta` stay with it."""
    page = Item.page(PAGE, meta={"url": "a"})
    other = page.with_title("桥").with_meta(script="simplified").with_fingerprint(b"1")
    assert (other.title, other.meta, other.fingerprint) == ("桥", {"url": "a", "script": "simplified"}, b"1")
    assert (page.title, page.meta, page.fingerprint) == ("", {"url": "a"}, b"")


def test_meta_given_to_a_page_is_copied() -> None:
    """Changing a dict that a page was made with does not change the page."""
    meta = {"url": "a"}
    page = Item.page(PAGE, meta=meta)
    meta["url"] = "b"
    assert page.meta == {"url": "a"}


def test_items_are_frozen() -> None:
    """Nobody changes an item in place."""
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'text'"):
        Item.page(PAGE).text = ""  # type: ignore[misc]


@given(texts, st.data())
def test_items_can_be_sent_to_another_process(text: str, data: st.DataObject) -> None:
    """Pickling and copying keep all of an item, with cuts, pieces and meta."""
    page = Item.page(text, meta={"url": "a"})
    for item in [page.cut(data.draw(removals(page))), *page.children(data.draw(parts(page)))]:
        assert pickle.loads(pickle.dumps(item)) == item
        assert copy.deepcopy(item) == item


def test_an_item_is_shown_by_its_id() -> None:
    """The text of an item stays out of logs."""
    assert repr(Item.page("青石", "a.txt")) == f"<Item {Item.page('青石', 'a.txt').id} a.txt 2 characters>"
