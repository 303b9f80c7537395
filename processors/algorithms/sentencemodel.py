"""Judges the sentences inside lines that stay: trees in two rounds say which are put in, whatever rules cut of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from processors.algorithms.bounds import Sentence
from processors.algorithms.keyword import Hit, keeps
from processors.algorithms.sentences import ASKED, COLUMNS, Sentences
from processors.algorithms.sheet import Sheet, rest_of
from processors.algorithms.trees import Rounds, Rows, chances_of, read_rounds

SPAM, UNSOLD, RULED = 0.7, 0.9, 0.5
"""A sentence goes from this probability on; from the higher one if it sells nothing and nothing of it is cut, from the
lower one if a rule cuts it as a whole."""

EVIDENCE = 3
"""So many of the heaviest traits are given as the reason of a cut."""


@cache
def read_sentence_model(path: Path) -> Rounds:
    """The trees for sentences in a file."""
    return read_rounds(path, COLUMNS)


class Judged(NamedTuple):
    """A sentence with its probability and its traits in the second round."""

    part: Sentence
    chance: float
    row: Rows


def judged(found: Sentences, model: Rounds) -> Iterator[Judged]:
    """The sentences that show anything of being put in, or stand beside one that is."""
    parts = found.asked()
    rows = found.rows(parts)
    chances = chances_of(model.alone.weigh(rows))
    known = set(parts)
    likely = [part for part, chance in zip(parts, chances.tolist(), strict=True) if chance >= ASKED]
    if more := list(dict.fromkeys(other for part in likely for other in found.beside(part) if other not in known)):
        table = found.rows(more)
        parts, rows = [*parts, *more], np.concatenate([rows, table])
        chances = np.concatenate([chances, chances_of(model.alone.weigh(table))])
    joined = np.concatenate([rows, found.around(parts, chances)], axis=1)
    yield from map(Judged, parts, chances_of(model.together.weigh(joined)).tolist(), joined)


def judge_sentences(sheet: Sheet, model: Rounds) -> None:
    """Cuts the sentences that are put in, and gives back those that a rule cuts and the model does not believe."""
    found = Sentences(sheet)
    put_in: dict[int, list[Hit]] = {}
    for part, chance, row in judged(found, model):
        ruled = found.is_ruled(part)
        goes = chance >= RULED and chance >= _least(found, part)
        hits = put_in.setdefault(part.line, []) if ruled or goes else []
        if goes:
            evidence = {"chance": round(chance, 3), "because": model.together.heaviest(row, EVIDENCE)}
            hits.append(Hit(part.start, part.end, "spam_sentence", evidence))
    for number, hits in put_in.items():
        _apply(found, number, hits)


def _least(found: Sentences, part: Sentence) -> float:
    """The probability from which on a sentence goes."""
    if found.is_ruled(part):
        return RULED
    return SPAM if found.sells(part) else UNSOLD


def _apply(found: Sentences, number: int, put_in: Sequence[Hit]) -> None:
    sheet, key = found.sheet, found.sheet.lines[number].key
    ordered: list[Hit] = []
    for hit in sorted([*found.inside(number), *put_in], key=lambda hit: (hit.start, -hit.end)):
        if ordered and hit.start < ordered[-1].end:
            ordered[-1] = ordered[-1]._replace(end=max(hit.end, ordered[-1].end))
        else:
            ordered.append(hit)
    rest = rest_of(key, ordered)
    if put_in and not keeps(rest) and len(rest) * 3 < len(key):
        sheet.marks[number] = "spam_sentence", put_in[0].evidence
    else:
        sheet.inside[number] = ordered
