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
def rules() -> Mapping[str, tuple[Rule, ...]]:
    """The rules of each character that has some, in the order in which they are tried.

    A longer right side goes first, then a longer left side: 著名 decides in 配合著名, 背著书 in 背著书包.
    """
    found: defaultdict[str, set[Rule]] = defaultdict(set)
    phrases = list(_phrases())
    asking = {key for phrase, standard in phrases for key in _keys(phrase, standard)}
    for phrase, standard in phrases:
        plain = "".join(traditional_pairs().get(c, c) for c in phrase)
        for at, character in enumerate(phrase):
            if character in asking:
                found[character].add(Rule(plain[:at], plain[at + 1 :], standard[at]))
    order = {key: sorted(group, key=_urgency) for key, group in found.items()}
    return {key: tuple(group) for key, group in order.items()}


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
    for key, group in rules().items():
        bit = np.uint8(1 << ord(key) % 8)
        for rule in group:
            if rule.after:
                after[ord(rule.after[0])] |= bit
            else:
                before[ord(rule.before[-1])] |= bit
    return after, before


def decided(source: Codes, standard: str, plain: Codes, places: npt.NDArray[np.int64]) -> Iterator[tuple[int, str]]:
    """Of the places of asking characters in ``source`` those that a word decides, with the character to put there.

    ``standard`` is the text with every character in its usual standard form, ``plain`` the same as code points.
    """
    after, before = neighbours()
    bits = np.left_shift(1, source[places] % 8).astype(np.uint8)
    behind = plain[np.minimum(places + 1, len(plain) - 1)]
    ahead = plain[np.maximum(places - 1, 0)]
    for place in places[((after[behind] | before[ahead]) & bits) != 0].tolist():
        for rule in rules()[chr(source[place])]:
            start = place - len(rule.before)
            if start >= 0 and standard.startswith(rule.after, place + 1) and standard.startswith(rule.before, start):
                yield place, rule.target
                break
