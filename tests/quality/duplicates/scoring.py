"""How well the steps `fingerprint` and `dedupe` remove what is planted."""

from dataclasses import dataclass, field

from pipeline.chain import Chain
from pipeline.item import Drop, Item
from pipeline.processor import Step
from processors.dedupe import Dedupe, DedupeOptions
from processors.fingerprint import Fingerprint, FingerprintOptions

Pairs = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the documents with an earlier one of similarity 0.8 that went, and of those gone that have their
    partner's; ``wrong`` counts those gone whose partner is less than 0.7 alike.
    """

    recall: float
    precision: float
    gone: int
    wrong: int
    partners: dict[int, int] = field(repr=False)


def partners(texts: list[str], options: DedupeOptions, *, carry_shingles: bool) -> dict[int, int]:
    """The number of each document that goes, with that of the earlier one it repeats."""
    pages = [Item.page(text, f"{number}") for number, text in enumerate(texts)]
    numbers = {page.id: number for number, page in enumerate(pages)}
    steps = [
        Step("fingerprint", Fingerprint(FingerprintOptions(carry_shingles=carry_shingles))),
        Step("dedupe", Dedupe(options)),
    ]
    with Chain(steps, on_error="stop") as chain:
        drops = [outcome for outcome in chain.run(pages) if isinstance(outcome, Drop)]
    return {numbers[drop.item.id]: numbers[drop.evidence.get("via", drop.evidence["kept"])] for drop in drops}


def scored(texts: list[str], truth: Pairs, *, carry_shingles: bool) -> Score:
    """The score at a similarity of 0.8, as `dedupe` is by default."""
    found = partners(texts, DedupeOptions(), carry_shingles=carry_shingles)
    wanted = {later for (_, later), jaccard in truth.items() if jaccard >= 0.8}
    likeness = [truth.get((earlier, later), 0.0) for later, earlier in found.items()]
    return Score(
        recall=len(wanted & found.keys()) / len(wanted),
        precision=sum(jaccard >= 0.8 for jaccard in likeness) / len(found),
        gone=len(found),
        wrong=sum(jaccard < 0.7 for jaccard in likeness),
        partners=found,
    )
