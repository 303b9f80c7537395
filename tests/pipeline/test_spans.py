"""Arithmetic on ranges, each operation against the sets of characters it stands for."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.spans import Piece, Span, all_blank, blanks, joined, loosened, merged, minus, pieces_between, without
from tests.strategies import pieces, ranges, texts

LENGTH = 12
any_spans = st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)), max_size=6)
disjoint = ranges(LENGTH)


def characters(spans: object) -> set[int]:
    """The characters that spans stand for, one by one."""
    assert isinstance(spans, list | tuple)
    return {place for start, end in spans for place in range(start, end)}


def text_length(found: list[Piece] | tuple[Piece, ...]) -> int:
    """How many characters of text the pieces have."""
    return sum(piece.length for piece in found)


@given(any_spans)
def test_merged_spans_are_the_same_characters_in_order_with_gaps_between(spans: list[tuple[int, int]]) -> None:
    """Merging changes no character, and leaves nothing empty, touching or out of order."""
    found = merged(spans)
    assert characters(found) == characters(spans)
    assert all(span.start < span.end for span in found)
    assert all(one.end < other.start for one, other in pairwise(found))


@given(disjoint)
def test_what_is_left_without_ranges_is_their_complement(taken: list[tuple[int, int]]) -> None:
    """`without` gives the rest of the text, in order, with no empty range."""
    found = without(taken, LENGTH)
    assert characters(found) == set(range(LENGTH)) - characters(taken)
    assert all(start < end for start, end in found)
    assert found == sorted(found)


@given(any_spans, any_spans)
def test_minus_is_the_difference_of_sets(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """`minus` leaves what lies in the first spans and in none of the others."""
    found = minus(merged(one), merged(other))
    assert characters(found) == characters(one) - characters(other)
    assert all(start < end for start, end in found)
    assert found == sorted(found)


@given(st.data())
def test_a_partition_of_a_text_partitions_its_pieces(data: st.DataObject) -> None:
    """Ranges that cover a text get every raw character once, in order, and as many characters of text as they have."""
    given_pieces = data.draw(pieces())
    length = text_length(given_pieces)
    cuts = [(s, e) for s, e in data.draw(ranges(length)) if s < e]
    partition = sorted([*cuts, *without(cuts, length)]) or [(0, length)]
    found = pieces_between(given_pieces, partition)
    assert [text_length(part) for part in found] == [end - start for start, end in partition]
    raw = [place for part in found for piece in part for place in range(*piece.span)]
    assert raw == [place for piece in given_pieces for place in range(*piece.span)]


@given(st.data())
def test_a_part_of_an_exact_piece_is_exact_and_of_another_is_not(data: st.DataObject) -> None:
    """Exactness is neither lost nor, by a chance of equal lengths, gained where a piece is divided."""
    length = data.draw(st.integers(2, LENGTH))
    piece = Piece(length, Span(5, 5 + data.draw(st.integers(0, LENGTH))), data.draw(st.booleans()))
    start, end = sorted(data.draw(st.lists(st.integers(0, length), min_size=2, max_size=2, unique=True)))
    if end - start < length:
        (found,) = pieces_between([piece], [(start, end)])
        parts = [part for part in found if part != Piece(0, Span(part.span.end, part.span.end), piece.blank)]
        assert [part.exact for part in parts] == [piece.exact] * len(parts)
        assert all(part.blank == piece.blank for part in parts)


def test_a_piece_of_no_length_goes_where_it_stands() -> None:
    """Raw characters without text belong to the range they stand in or before, at the end of a text to the last."""
    given_pieces = [Piece(2, Span(0, 2)), Piece(0, Span(2, 5)), Piece(2, Span(5, 7)), Piece(0, Span(7, 9))]
    found = pieces_between(given_pieces, [(0, 2), (2, 4)])
    assert found == [given_pieces[:1], given_pieces[1:]]
    assert pieces_between(given_pieces, [(3, 4)]) == [[Piece(1, Span(6, 7)), given_pieces[3]]]
    assert pieces_between([Piece(0, Span(2, 5))], [(0, 0)]) == [[Piece(0, Span(2, 5))]]


@pytest.mark.parametrize(
    ("piece", "text_range", "expected"),
    [
        (Piece(4, Span(10, 14)), (1, 3), [Piece(2, Span(11, 13))]),
        (Piece(4, Span(10, 18)), (0, 3), [Piece(0, Span(10, 13)), Piece(3, Span(13, 13))]),
        (Piece(4, Span(10, 18)), (3, 4), [Piece(1, Span(13, 18))]),
        (Piece(4, Span(10, 12)), (0, 3), [Piece(3, Span(10, 12))]),
        (Piece(4, Span(10, 12)), (3, 4), [Piece(1, Span(12, 12))]),
    ],
)
def test_raw_characters_go_to_the_earlier_range_first(
    piece: Piece, text_range: tuple[int, int], expected: list[Piece]
) -> None:
    """A piece of another length than its span is divided by offset, and its last part takes what is left over."""
    assert pieces_between([piece], [text_range]) == [expected]


@given(st.data())
def test_joining_keeps_the_correspondence(data: st.DataObject) -> None:
    """Joined pieces give every range of the text the raw characters it had before."""
    given_pieces = data.draw(pieces())
    length = text_length(given_pieces)
    found = joined(given_pieces)
    everywhere = [(place, place + 1) for place in range(length)] or [(0, 0)]
    raw = [[merged(p.span for p in part) for part in pieces_between(ps, everywhere)] for ps in (given_pieces, found)]
    assert raw[0] == raw[1]
    assert not any(a.exact and b.exact and a.span.end == b.span.start for a, b in pairwise(found))


def test_joining_keeps_what_is_known_to_be_blank_apart() -> None:
    """A piece marked blank is not joined with one that is not: its text need not be blank."""
    mixed = (Piece(1, Span(0, 1)), Piece(1, Span(1, 2), blank=True), Piece(1, Span(2, 3)), Piece(1, Span(3, 4)))
    assert joined(mixed) == (*mixed[:2], Piece(2, Span(2, 4)))


@given(texts)
def test_blanks_of_a_raw_text_are_its_blank_characters(text: str) -> None:
    """What is called blank is what `str.isspace` calls so."""
    found = blanks([Piece(len(text), Span(0, len(text)))], text)
    assert characters(found) == {place for place, character in enumerate(text) if character.isspace()}


def test_blanks_are_only_believed_where_the_text_shows_them() -> None:
    """Blank text of a piece that is not exact says nothing of the raw page; a piece marked blank does."""
    given_pieces = [Piece(2, Span(0, 2)), Piece(1, Span(2, 5)), Piece(1, Span(5, 8), blank=True)]
    assert blanks(given_pieces, "字 \n字") == (Span(1, 2), Span(5, 8))
    assert all_blank(given_pieces[2:], "字")
    assert not all_blank(given_pieces[1:2], "\n")
    assert not all_blank(given_pieces[:1], "字 ")
    assert not all_blank([Piece(0, Span(3, 4))], "")


@given(st.data())
def test_loosened_characters_stand_in_no_exact_piece(data: st.DataObject) -> None:
    """Loosening changes neither raw characters nor the length of the text, only what counts as exact."""
    given_pieces = data.draw(pieces())
    spans = [Span(*span) for span in data.draw(disjoint) if span[0] < span[1]]
    found = list(loosened(given_pieces, spans))
    assert text_length(found) == text_length(given_pieces)
    assert merged(p.span for p in found) == merged(p.span for p in given_pieces)
    exact = [p.span for p in given_pieces if p.exact]
    assert characters([p.span for p in found if p.exact]) == characters(exact) - characters(spans)
