"""Characters whose standard form depends on their neighbours, and the words that decide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import Codes, Places, invented_pairs, opencc, rows, text_of, traditional_pairs


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


class _Groups(NamedTuple):
    """The rules by character and neighbour, for a search of many places at once.

    ``keys`` are ascending (see ``_key``). ``targets`` has the character to put there where the neighbour alone decides,
    else 0: more of the words around must be seen.
    """

    keys: npt.NDArray[np.int64]
    targets: Codes


_AFTER, _BEFORE = 0, 1


def _key(character: int, side: int, neighbour: int) -> int:
    return character << 22 | side << 21 | neighbour


@cache
def _groups() -> _Groups:
    found: dict[int, int] = {}
    for key, sides in rules().items():
        for side, group in sides.items():
            place = _key(ord(key), _AFTER if len(side) == 1 else _BEFORE, ord(side[-1]))
            alone = len(group) == 1 and len(group[0].before) + len(group[0].after) == 1
            found[place] = ord(group[0].target) if alone else 0
    keys = sorted(found)
    return _Groups(np.array(keys, dtype=np.int64), np.array([found[key] for key in keys], dtype=np.uint32))


def decided(source: Codes, plain: Codes, places: Places) -> tuple[Places, Codes]:
    """Of the places of asking characters in ``source`` those that a word decides, with the characters to put there.

    ``plain`` is the text with every character in its usual standard form.
    """
    groups, asking = _groups(), source[places].astype(np.int64) << 22
    padded = np.append(plain, np.uint32(0))
    after, behind = _found(groups, asking | padded[places + 1])
    before, ahead = _found(groups, asking | 1 << 21 | padded[places - 1])
    targets = np.where(after, behind, ahead)
    asked = after | before
    sure, unsure = asked & (targets != 0), places[asked & (targets == 0)].tolist()
    standard = text_of(plain) if unsure else ""
    read = [(place, ord(target)) for place in unsure if (target := _read(chr(source[place]), standard, place))]
    return (
        np.concatenate((places[sure], np.array([place for place, _ in read], dtype=np.int64))),
        np.concatenate((targets[sure], np.array([target for _, target in read], dtype=np.uint32))),
    )


def _found(groups: _Groups, keys: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.bool_], Codes]:
    """Which of the keys there are, and their targets; 0 for those there are not."""
    at = np.minimum(np.searchsorted(groups.keys, keys), len(groups.keys) - 1)
    there = groups.keys[at] == keys
    return there, np.where(there, groups.targets[at], np.uint32(0))


def _read(key: str, standard: str, place: int) -> str | None:
    """What the first word that fits around a place says, or None."""
    sides = rules()[key]
    before = standard[place - 1 : place] if place else ""
    for rule in (*sides.get(standard[place + 1 : place + 2], ()), *sides.get("-" + before, ())):
        start = place - len(rule.before)
        if start >= 0 and standard.startswith(rule.after, place + 1) and standard.startswith(rule.before, start):
            return rule.target
    return None
