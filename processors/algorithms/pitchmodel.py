"""Judges the sentences inside lines that stay: a linear model says which are put in, whatever the rules cut of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

import yaml

from processors.algorithms.bounds import Sentence
from processors.algorithms.keyword import Hit, keeps
from processors.algorithms.pitchtraits import Sentences, beside_traits, is_ruled
from processors.algorithms.sheet import Sheet, rest_of

SPAM, RULED = 0.93, 0.5
"""A sentence goes from this probability on, from the lower one if a rule cuts it as a whole."""

EVIDENCE = 3
"""So many of the heaviest traits are given as the reason of a cut."""


@dataclass(frozen=True, slots=True)
class Round:
    """What each trait adds to the logarithm of the odds that a sentence is put in."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, traits: Sequence[str]) -> float:
        """The probability of a sentence with these traits; those that the training did not meet weigh nothing."""
        return 1.0 / (1.0 + exp(-self.bias - sum(self.weights.get(trait, 0.0) for trait in traits)))

    def heaviest(self, traits: Sequence[str]) -> list[str]:
        """What speaks most for its being put in."""
        ranked = sorted((-self.weights.get(trait, 0.0), trait) for trait in traits)
        return [trait for weight, trait in ranked[:EVIDENCE] if weight < 0]


@dataclass(frozen=True, slots=True)
class PitchModel:
    """Both rounds: the second one knows what the first one says of the sentences before and behind one."""

    alone: Round
    together: Round


@cache
def read_pitch_model(path: Path) -> PitchModel:
    """The model in a YAML file; see the shipped one for its form."""
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return PitchModel(*(Round(float(raw[name]["bias"]), raw[name]["weights"]) for name in ("alone", "together")))


def judge_pitches(sheet: Sheet, model: PitchModel) -> None:
    """Cuts the sentences that are put in, and gives back those that a rule cuts and the model does not believe."""
    found = Sentences(sheet)
    put_in: dict[int, list[Hit]] = {}
    kept: dict[int, list[Sentence]] = {}
    for sentence, traits, chance in judged(found, model):
        ruled = is_ruled(traits)
        if chance >= (RULED if ruled else SPAM):
            evidence = {"chance": round(chance, 3), "because": model.together.heaviest(traits)}
            hit = Hit(sentence.start, sentence.end, "spam_sentence", evidence)
            put_in.setdefault(sentence.line, []).append(hit)
        elif ruled:
            kept.setdefault(sentence.line, []).append(sentence)
    for number in put_in.keys() | kept.keys():
        _apply(found, number, put_in.get(number, []), kept.get(number, []))


def judged(found: Sentences, model: PitchModel) -> Iterator[tuple[Sentence, list[str], float]]:
    """The sentences that show anything of being put in, or stand beside one that is, with traits and probability."""
    own = dict(found.candidates())
    first = {part: model.alone.probability(traits) for part, traits in own.items()}
    for other in [other for part, chance in first.items() if chance >= SPAM for other in found.beside(part)]:
        if other not in own and (traits := found.traits(other)):
            own[other] = traits
    for part, traits in own.items():
        more = [*traits, *beside_traits(*around(found, part, first), traits)]
        yield part, more, model.together.probability(more)


def around(found: Sentences, part: Sentence, chances: Mapping[Sentence, float]) -> tuple[bool | None, bool | None]:
    """Whether the sentences before and behind one are put in by these probabilities; None where there is none."""
    parts = found.of_line(part.line)
    before = chances.get(parts[part.number - 1], 0.0) >= SPAM if part.number else None
    behind = chances.get(parts[part.number + 1], 0.0) >= SPAM if part.number + 1 < len(parts) else None
    return before, behind


def _apply(found: Sentences, number: int, put_in: Sequence[Hit], kept: Sequence[Sentence]) -> None:
    sheet, key = found.sheet, found.sheet.lines[number].key
    hits = [hit for hit in sheet.inside[number] if not any(_within(hit, part) for part in kept)]
    hits += [hit for hit in found.inside(number) if any(_within(hit, part) for part in kept)]
    ordered: list[Hit] = []
    for hit in sorted([*hits, *put_in], key=lambda hit: (hit.start, -hit.end)):
        if ordered and hit.start < ordered[-1].end:
            ordered[-1] = ordered[-1]._replace(end=max(hit.end, ordered[-1].end))
        else:
            ordered.append(hit)
    rest = rest_of(key, ordered)
    if put_in and not keeps(rest) and len(rest) * 3 < len(key):
        sheet.marks[number] = "spam_sentence", put_in[0].evidence
    else:
        sheet.inside[number] = ordered


def _within(hit: Hit, part: Sentence) -> bool:
    return part.start <= hit.start < part.end
