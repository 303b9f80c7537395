"""Characters whose standard form depends on their neighbours, and the words that decide it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from processors.algorithms.characters import (
    BLOCK,
    CODE_POINTS,
    Codes,
    Places,
    blocks,
    codes_of,
    invented_pairs,
    opencc,
    rows,
    text_of,
    traditional_pairs,
)


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


Numbers = npt.NDArray[np.int32]


class _Grid(NamedTuple):
    """The rules by character and neighbour, so that many places are looked up at once.

    ``rows`` gives for a code point where its row begins as an asking character, ``columns`` its column as a neighbour,
    0 for those that are neither. ``after`` and ``before`` hold the character to put there where the neighbour alone
    decides, ``_UNSURE`` where more words must be seen, 0 where there is no rule. Where more must be seen, ``alone`` has
    what holds if no longer word fits, for both sides: none does unless ``hints`` has the place in the table together
    with the character beyond the neighbour, or with the one in front.
    """

    rows: Numbers
    columns: Numbers
    after: Numbers
    before: Numbers
    alone: tuple[Numbers, Numbers]
    hints: npt.NDArray[np.int64]


_UNSURE = -1

_MANY = 16
"""So many places in doubt are looked at together first."""


@cache
def _grid() -> _Grid:
    asking = sorted(rules())
    beside = sorted({side[-1] for sides in rules().values() for side in sides})
    width = len(beside) + 1
    starts, columns = (np.zeros(CODE_POINTS, dtype=np.int32) for _ in range(2))
    starts[codes_of("".join(asking))] = np.arange(1, len(asking) + 1) * width
    columns[codes_of("".join(beside))] = np.arange(1, width)
    after, before, *alone = (np.zeros((len(asking) + 1) * width, dtype=np.int32) for _ in range(4))
    hints: list[int] = []
    for key, sides in _groups().items():
        for side, group in sides.items():
            at, negated = int(starts[ord(key)] + columns[ord(side[-1])]), len(side) > 1
            target = ord(group.alone) if group.alone else 0
            (before if negated else after)[at] = _UNSURE if group.beyond or group.ahead else target
            alone[negated][at] = target
            hints += (at * CODE_POINTS + ord(character) for character in group.beyond | group.ahead)
    return _Grid(starts, columns, after, before, (alone[0], alone[1]), np.array(hints, dtype=np.int64))


def decided(source: Codes, plain: Codes, places: Places) -> tuple[Places, Codes]:
    """Of the places of asking characters in ``source`` those that a word decides, with the characters to put there.

    ``plain`` is the text with every character in its usual standard form, and a 0 behind it, which stands for what is
    beyond both ends.
    """
    grid = _grid()
    row = grid.rows.take(source.take(places))
    after = row + grid.columns.take(plain.take(places + 1))
    before = row + grid.columns.take(plain.take(places - 1))
    behind = grid.after.take(after)
    targets = np.where(behind, behind, grid.before.take(before))
    unsure = (targets < 0).nonzero()[0]
    if len(unsure) > _MANY:
        unsure = unsure[~_open(plain, places[unsure], after[unsure], before[unsure])]
        behind = np.where(behind[unsure] < 0, grid.alone[0].take(after[unsure]), behind[unsure])
        targets[unsure] = np.where(behind, behind, grid.alone[1].take(before[unsure]))
    sure = targets > 0
    unsure = places[targets < 0]
    if not len(unsure):
        return places[sure], targets[sure].astype(np.uint32)
    read = [found for block in blocks(len(unsure)) for found in _read_at(source, plain, unsure[block])]
    more = np.array(read, dtype=np.int64).reshape(-1, 2)
    return np.append(places[sure], more[:, 0]), np.append(targets[sure], more[:, 1]).astype(np.uint32)


def _open(plain: Codes, places: Places, after: Numbers, before: Numbers) -> npt.NDArray[np.bool_]:
    """Where a word longer than the character and a neighbour may fit, given the places in the grid for both sides."""
    sides = ((after, places + 2), (after, places - 1), (before, places - 2))
    found = [np.isin(_hints(side, plain.take(at, mode="wrap")), _grid().hints) for side, at in sides]
    return found[0] | found[1] | found[2]


def _hints(at: Numbers, characters: Codes) -> npt.NDArray[np.int64]:
    """Places in the grid and characters as one number each."""
    return at * np.int64(CODE_POINTS) + characters


def decided_near(codes: Codes, table: Codes, places: Places) -> tuple[Places, Codes]:
    """The same of a text whose standard forms are not at hand; ``table`` has them, and little of it is looked up."""
    found = [_near(codes, table, places[block]) for block in blocks(len(places))]
    return np.concatenate([words for words, _ in found]), np.concatenate([targets for _, targets in found])


def _near(codes: Codes, table: Codes, places: Places) -> tuple[Places, Codes]:
    around = _around(codes, places)
    places_around = np.arange(len(places)) * around.shape[1] + _reach()[0]
    source = around.ravel()
    found, targets = decided(source, np.append(table.take(source), np.uint32(0)), places_around)
    return places[found // around.shape[1]], targets


def _around(codes: Codes, places: Places) -> Codes:
    """A row for each place with all that a rule may look at; 0 stands for what is beyond both ends of the text."""
    before, after = _reach()
    around = places[:, np.newaxis] + np.arange(-before, after + 1)
    inside = (around >= 0) & (around < len(codes))
    return np.where(inside, codes.take(around, mode="clip"), np.uint32(0))


@cache
def _reach() -> tuple[int, int]:
    """How many characters before and after its place a rule looks at."""
    every = [rule for sides in rules().values() for group in sides.values() for rule in group]
    return max(len(rule.before) for rule in every), max(len(rule.after) for rule in every)


def _read_at(source: Codes, plain: Codes, places: Places) -> Iterator[tuple[int, int]]:
    """Of some places those that a word decides, each with the character to put there."""
    if len(plain) <= BLOCK:
        standard, at = text_of(plain) + "\0", places.tolist()
    else:
        around = _around(plain, places)
        standard = text_of(around.ravel())
        at = list(range(_reach()[0], around.size, around.shape[1]))
    for key, place, there in zip(text_of(source.take(places)), places.tolist(), at, strict=True):
        target = _read(key, standard, there)
        if target:
            yield place, ord(target)


def _read(key: str, standard: str, place: int) -> str | None:
    """What the first word that fits around a place says, or None."""
    sides = _groups()[key]
    for side, beyond in ((standard[place + 1], standard[place + 2]), ("-" + standard[place - 1], standard[place - 2])):
        group = sides.get(side)
        if group is None:
            continue
        if beyond not in group.beyond and standard[place - 1] not in group.ahead:
            found = group.alone
        else:
            found = group.read(standard, place)
        if found:
            return found
    return None


class _Group(NamedTuple):
    """The rules of a character and a neighbour.

    None but ``alone`` fits where the character beyond the neighbour is not in ``beyond`` nor the one in front in
    ``ahead``. ``shapes`` has the rules by how much they look at on both sides, those to try first in front.
    """

    alone: str | None
    beyond: frozenset[str]
    ahead: frozenset[str]
    shapes: Sequence[tuple[int, int, Mapping[tuple[str, str], str]]]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> _Group:
        """The rules, in the order to try them in."""
        longer = [rule for rule in rules if len(rule.before) + len(rule.after) > 1]
        alone = [rule.target for rule in rules if rule not in longer]
        beyond = {rule.after[1] for rule in longer if len(rule.after) > 1}
        beyond |= {rule.before[-2] for rule in longer if not rule.after}
        ahead = {rule.before[-1] for rule in longer if len(rule.after) == 1}
        return cls(alone[0] if alone else None, frozenset(beyond), frozenset(ahead), list(_shaped(rules)))

    def read(self, standard: str, place: int) -> str | None:
        """What the first of the rules that fits around a place says, or None."""
        for before, after, targets in self.shapes:
            found = targets.get((standard[place - before : place], standard[place + 1 : place + 1 + after]))
            if found is not None:
                return found
        return None


@cache
def _groups() -> Mapping[str, Mapping[str, _Group]]:
    return {key: {side: _Group.of(group) for side, group in sides.items()} for key, sides in rules().items()}


def _shaped(group: Iterable[Rule]) -> Iterator[tuple[int, int, Mapping[tuple[str, str], str]]]:
    for (before, after), same in groupby(group, key=lambda rule: (len(rule.before), len(rule.after))):
        # Of rules for the same words the first is the one to go by.
        yield before, after, {(rule.before, rule.after): rule.target for rule in reversed(list(same))}
