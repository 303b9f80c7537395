"""A corpus with planted duplicates, the same for the same size and seed."""

import random
from dataclasses import dataclass

from tests.quality.duplicates.kinds import KINDS
from tests.quality.duplicates.prose import article, sentences

PLANTED = 0.23


@dataclass(frozen=True, slots=True)
class Planted:
    """A document; a copy also has its kind and the number of the document it was made from."""

    text: str
    kind: str = ""
    origin: int = -1


def corpus(size: int, seed: int = 1) -> list[Planted]:
    """So many documents, about a quarter of them made from earlier ones, every kind equally often."""
    draw = random.Random(seed)
    stock = sentences(max(size * 7, 2000), draw)
    made: list[Planted] = []
    chains: list[int] = []
    kinds = list(KINDS)
    while len(made) < size:
        if not made or draw.random() > PLANTED:
            made.append(Planted(article(stock, draw)))
            continue
        kind = draw.choice(kinds)
        origin = draw.choice(chains) if kind == "chain" and chains else draw.randrange(len(made))
        if kind == "chain":
            chains = [*chains[-20:], len(made)]
        made.append(Planted(KINDS[kind](made[origin].text, draw, stock), kind, origin))
    return made
