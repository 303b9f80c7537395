"""Characters whose standard form depends on their neighbours, and the words that decide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import CODE_POINTS, Codes, Marks, invented_pairs, opencc, rows, traditional_pairs


class Rule(NamedTuple):
    """In the word ``before`` + the character + ``after``, both sides in standard form, the character is ``target``."""

    before: str
    after: str
    target: str


@cache
def rules() -> Mapping[str, Mapping[str, tuple[Rule, ...]]]:
    """For each character that has rules those to try, by the neighbour that starts ``after`` or, negated by a leading
    ``-``, ends ``before`` where there is no ``after``.

    A longer right side goes first, then a longer left side: 著名 decides in 配合著名, 背著书 in 背著书包.
    """
    found: defaultdict[str, defaultdict[str, set[Rule]]] = defaultdict(lambda: defaultdict(set))
    phrases = list(_phrases())
    asking = {key for phrase, standard in phrases for key in _keys(phrase, standard)}
    for phrase, standard in phrases:
        plain = "".join(traditional_pairs().get(c, c) for c in phrase)
        for at, character in enumerate(phrase):
            if character in asking:
                rule = Rule(plain[:at], plain[at + 1 :], standard[at])
                found[character][_neighbour(rule)].add(rule)
    return {
        key: {side: tuple(sorted(group, key=_urgency)) for side, group in sides.items()} for key, sides in found.items()
    }


def _neighbour(rule: Rule) -> str:
    return rule.after[0] if rule.after else "-" + rule.before[-1]


def _phrases() -> Iterator[tuple[str, str]]:
    for phrase, choices in opencc("TSPhrases").items():
        if len(phrase) == len(choices[0]):
            yield phrase, choices[0]
    for phrase, standard, _ in rows("phrases"):
        yield phrase, standard


def _keys(phrase: str, standard: str) -> Iterator[str]:
    """The characters of a phrase that would come out otherwise without it."""
    for source, target in zip(phrase, standard, strict=True):
        if target not in {traditional_pairs().get(source, source)} & {invented_pairs().get(source, source)}:
            yield source


def _urgency(rule: Rule) -> tuple[int, int, Rule]:
    return -len(rule.after), -len(rule.before), rule


@cache
def neighbours() -> tuple[Marks, Marks]:
    """For each code point in which rules (as bits of their character) it stands right after, right before it."""
    after, before = np.zeros(CODE_POINTS, dtype=np.uint8), np.zeros(CODE_POINTS, dtype=np.uint8)
    for key, sides in rules().items():
        for side in sides:
            (after if len(side) == 1 else before)[ord(side[-1])] |= np.uint8(1 << ord(key) % 8)
    return after, before


def decided(source: Codes, standard: str, plain: Codes, places: npt.NDArray[np.int64]) -> Iterator[tuple[int, str]]:
    """Of the places of asking characters in ``source`` those that a word decides, with the character to put there.

    ``standard`` is the text with every character in its usual standard form, ``plain`` the same as code points.
    """
    after, before = neighbours()
    bits = np.left_shift(1, source[places] % 8).astype(np.uint8)
    behind = plain[np.minimum(places + 1, len(plain) - 1)]
    ahead = plain[np.maximum(places - 1, 0)]
    worth = places[((after[behind] | before[ahead]) & bits) != 0]
    for place, key in zip(worth.tolist(), map(chr, source[worth].tolist()), strict=True):
        sides = rules()[key]
        for rule in (
            *sides.get(standard[place + 1 : place + 2], ()),
            *sides.get("-" + standard[place - 1 : place], ()),
        ):
            start = place - len(rule.before)
            if start >= 0 and standard.startswith(rule.after, place + 1) and standard.startswith(rule.before, start):
                yield place, rule.target
                break
