"""Trains config/weights/pitches.yaml: what the traits of a sentence say for its being put into an article.

    python scripts/train_pitches.py --clean FOLDER [FOLDER ...]

Pages come from the generator in tests/quality, with its own articles and with documents of the folders, as in
scripts/train_headline.py, which knows what such folders hold. Most pages get sentences between those of their articles.
The same input gives the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests" / "quality")]

import logistic  # noqa: E402  (scripts beside the tests, not a package)
from pagegen.corpus import Article, load  # noqa: E402
from pagegen.filler import table  # noqa: E402
from pagegen.page import Page, made  # noqa: E402
from pagegen.plan import Planner  # noqa: E402
from scoring.text import SPAM_GRAM, folded, grams  # noqa: E402
from train_headline import documents  # noqa: E402

from processors.algorithms.bounds import Sentence  # noqa: E402
from processors.algorithms.brand import read_weights  # noqa: E402
from processors.algorithms.layout import read_page  # noqa: E402
from processors.algorithms.lexicon import read_lexicons  # noqa: E402
from processors.algorithms.linemodel import read_line_model  # noqa: E402
from processors.algorithms.pitchmodel import Round, around  # noqa: E402
from processors.algorithms.pitchtraits import Sentences, beside_traits  # noqa: E402
from processors.algorithms.pollution import furniture_of  # noqa: E402
from processors.algorithms.sheet import Sheet, rest_of  # noqa: E402
from processors.algorithms.verdict import judged_lines  # noqa: E402

CONFIG = ROOT / "config"
TARGET = CONFIG / "weights" / "pitches.yaml"

SEEDS = [201, 202, 203, 204, 205]
"""Of the generated pages; other seeds are for tests."""

COST = 5.0
"""A sentence of an article that goes counts so much more than one of spam that stays."""

OWN, FOREIGN = 0.6, 0.2
"""A sentence is an article's if this share of its stretches is, and put in if no more than the lower one is."""

SPRINKLED = 0.8
"""So many pages get sentences, of so many of their paragraphs, beside what the generator gives them."""

RATES = (0.2, 0.4, 0.7)

FOLDS = 3

DOCUMENTS = 500
"""So many documents stand on generated pages, which are half as many."""

LEAST, SEEN = 0.05, 4
"""A trait that weighs less, or is met less often, is left out of the file."""

HEADER = """\
# Weights of the traits of a sentence inside a line that stays (logarithm of the odds that it is put in), made from
# generated pages and clean documents by scripts/train_pitches.py. Read by processors/algorithms/pitchmodel.py;
# `together` also knows what `alone` says of the sentences before and behind. Traits: pitchtraits.py there.
version: 1
"""


class Example(NamedTuple):
    """One page: its sentences with their traits, and whether they are put in, None where that is not plain."""

    found: Sentences
    traits: dict[Sentence, list[str]]
    spam: dict[Sentence, bool | None]

    def rows(self) -> Iterator[tuple[list[str], bool]]:
        """What the first round learns from."""
        yield from ((traits, spam) for part, traits in self.traits.items() if (spam := self.spam[part]) is not None)

    def joined(self, first: Callable[[Sequence[str]], float]) -> Iterator[tuple[list[str], bool]]:
        """What the second round learns from, given the first one's probabilities."""
        chances = {part: first(traits) for part, traits in self.traits.items()}
        for part, traits in self.traits.items():
            spam = self.spam[part]
            if spam is not None:
                yield [*traits, *beside_traits(*around(self.found, part, chances), traits)], spam


def generated(articles: Sequence[Article], seeds: Sequence[int], count: int) -> Iterator[Page]:
    """``count`` pages a seed with these articles, most with sentences between theirs, or words inside them."""
    names = {place: [f"{place}:{name}" for name in found] for place, found in table("sprinkles").items()}
    for seed in seeds:
        for recipe in Planner(articles, seed).recipes(count):
            dice = Random(seed * 7919 + recipe.number)
            if recipe.kind == "poll" and dice.random() < SPRINKLED:
                sprinkle = dice.choice(names[dice.choice(sorted(names))])
                recipe = replace(recipe, sprinkle=sprinkle, sprinkle_rate=dice.choice(RATES))
            yield made(recipe, seed)


def examples(pages: Iterable[Page]) -> Iterator[Example]:
    """The sentences of the lines that stay that show anything, and those beside one that is put in."""
    lexicon = read_lexicons(sorted((CONFIG / "lexicon").glob("*.yaml")))
    weights, lines = (
        read_weights(CONFIG / "weights" / "keyword.yaml"),
        read_line_model(CONFIG / "weights" / "lines.tsv"),
    )
    for page in pages:
        layout = read_page(page.text.removeprefix("\ufeff"))
        judged = judged_lines(layout, furniture_of(layout, lexicon), lexicon, weights, lines)
        if judged is not None:
            yield example(judged[0], list(_own(page)))


def example(sheet: Sheet, texts: Sequence[str]) -> Example:
    """The sentences of a judged page with these articles."""
    known = set[str]().union(*(grams(_compared(text), SPAM_GRAM) for text in texts))
    found = Sentences(sheet)
    traits = dict(found.candidates())
    spam = {part: _is_spam(found, part, known) for part in traits}
    for other in [other for part in list(traits) if spam[part] for other in found.beside(part)]:
        if other not in traits and (more := found.traits(other)):
            traits[other], spam[other] = more, _is_spam(found, other, known)
    return Example(found, traits, spam)


def _own(page: Page) -> Iterator[str]:
    for article in page.gold["articles"]:
        yield from (article["title"], article["text"], *article.get("optional", ()))


def _is_spam(found: Sentences, part: Sentence, known: set[str]) -> bool | None:
    """Whether what the rules leave of a sentence is put in; None where it is not plain."""
    key = found.sheet.lines[part.line].key[part.start : part.end]
    rest = _compared(rest_of(key, found.cut(part)))
    stretches = [rest[i : i + SPAM_GRAM] for i in range(len(rest) - SPAM_GRAM + 1)]
    if not stretches:
        return None
    own = sum(stretch in known for stretch in stretches) / len(stretches)
    return False if own >= OWN else True if own <= FOREIGN else None


def _compared(text: str) -> str:
    return folded(text).lower()


class Fitted:
    """Logistic regression over named traits."""

    def __init__(self, rows: Sequence[tuple[Sequence[str], bool]]) -> None:
        right = np.array([spam for _, spam in rows], float)
        if not 0 < right.sum() < len(right):
            raise ValueError(f"{len(right)} sentences, {right.sum():.0f} of them put in; there must be both kinds")
        counts = Counter(trait for traits, _ in rows for trait in traits)
        names = ["bias", *sorted(trait for trait, count in counts.items() if count >= SEEN)]
        place = {name: number for number, name in enumerate(names)}
        signs = np.zeros((len(rows), len(names)))
        signs[:, 0] = 1.0
        for number, (traits, _) in enumerate(rows):
            signs[number, [place[trait] for trait in traits if trait in place]] = 1.0
        weights = logistic.fit(signs, right, np.where(right > 0, 1.0, COST), bias=0).tolist()
        self.round = Round(weights[0], dict(zip(names[1:], weights[1:], strict=True)))

    def written(self) -> str:
        """The weights as YAML, in the order of their names."""
        rows = ((name, weight) for name, weight in self.round.weights.items() if abs(weight) >= LEAST)
        lines = "".join(f'    "{name}": {weight:.2f}\n' for name, weight in rows)
        return f"  bias: {self.round.bias:.2f}\n  weights:\n{lines}"


def train(found: Sequence[Example]) -> tuple[Fitted, Fitted]:
    """Both rounds; the second learns from what the first says of pages it was not trained on."""
    joined: list[tuple[list[str], bool]] = []
    for n in range(FOLDS):
        others = [row for m in range(FOLDS) if m != n for each in found[m::FOLDS] for row in each.rows()]
        apart = Fitted(others).round.probability
        joined += [row for each in found[n::FOLDS] for row in each.joined(apart)]
    return Fitted([row for each in found for row in each.rows()]), Fitted(joined)


def written(alone: Fitted, together: Fitted) -> str:
    """The file of weights."""
    return f"{HEADER}alone:\n{alone.written()}together:\n{together.written()}"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS, help="of the generator (201 to 205)")
    parser.add_argument("--pages", type=int, default=300, help="generated for each seed (300)")
    parser.add_argument("--clean", type=Path, nargs="+", default=[], metavar="FOLDER", help="of clean texts, *.txt")
    parser.add_argument("--out", type=Path, default=TARGET, help="where the weights go (the shipped file)")
    args = parser.parse_args()
    found = list(examples(generated(load(), args.seeds, args.pages)))
    if texts := list(documents(args.clean)):
        found += examples(generated(texts[:: max(1, len(texts) // DOCUMENTS)], args.seeds, args.pages // 2))
    try:
        args.out.write_text(written(*train(found)), encoding="utf-8")
    except ValueError as error:
        sys.exit(str(error))
    known = [spam for each in found for spam in each.spam.values() if spam is not None]
    sys.stdout.write(f"{len(known)} sentences of {len(found)} pages, {sum(known)} of them put in: {args.out}\n")


if __name__ == "__main__":
    main()
