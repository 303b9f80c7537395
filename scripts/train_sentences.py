"""Trains config/weights/sentences.tsv: what the traits of a sentence say for its being put into an article.

    python scripts/train_sentences.py --clean FOLDER [FOLDER ...]

Pages come from the generator in tests/quality, with its own articles and with documents of the folders, as in
scripts/train_headline.py, which knows what such folders hold. Most pages get sentences between those of their articles.
Needs LightGBM (``pip install -e '.[train]'``). The same input gives the same file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests" / "quality")]

from generate import articles  # noqa: E402  (scripts beside the tests, not a package)
from growing import grow, two_rounds, written  # noqa: E402
from pagegen.corpus import Article  # noqa: E402
from pagegen.filler import table  # noqa: E402
from pagegen.mix import MIXES  # noqa: E402
from pagegen.page import Page, made  # noqa: E402
from pagegen.plan import Planner  # noqa: E402
from scoring.text import SPAM_GRAM, folded, grams  # noqa: E402
from train_headline import documents  # noqa: E402

from processors.algorithms.bounds import Sentence  # noqa: E402
from processors.algorithms.brand import read_weights  # noqa: E402
from processors.algorithms.layout import read_page  # noqa: E402
from processors.algorithms.lexicon import read_lexicons  # noqa: E402
from processors.algorithms.linemodel import read_line_model  # noqa: E402
from processors.algorithms.pollution import furniture_of  # noqa: E402
from processors.algorithms.sentences import COLUMNS, Sentences  # noqa: E402
from processors.algorithms.sheet import Sheet, rest_of  # noqa: E402
from processors.algorithms.trees import Node, Rows, Trees, chances_of  # noqa: E402
from processors.algorithms.verdict import judged_lines  # noqa: E402

CONFIG = ROOT / "config"
TARGET = CONFIG / "weights" / "sentences.tsv"

SEEDS = {"all": [201, 202], "wide": [211, 212, 213]}
"""Of the generated pages of each mix; other seeds are for tests."""

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

HEADER = """\
# Decision trees over the traits of a sentence inside a line that stays, made from generated pages and clean documents
# by scripts/train_sentences.py and read by processors/algorithms/sentencemodel.py. `alone` knows a sentence and its
# page, `together` also what `alone` says of the sentences around; `says` is in thousandths of the logarithm of the odds
# that it is put in. A node reads as in lines.tsv.
"""


class Example(NamedTuple):
    """One page: its sentences with their traits, and whether each is put in, None where that is not plain."""

    found: Sentences
    parts: list[Sentence]
    rows: Rows
    spam: list[bool | None]

    def joined(self, first: Trees) -> Rows:
        """The traits of the second round, given the first one's trees."""
        around = self.found.around(self.parts, chances_of(first.weigh(self.rows)))
        return np.concatenate([self.rows, around], axis=1)


def generated(own: Sequence[Article], seeds: Sequence[int], count: int, mix: str = "all") -> Iterator[Page]:
    """``count`` pages a seed of a mix with these articles, most with sentences between theirs, or words inside them."""
    names = {
        place: [f"{place}:{name}" for name in found] for place, found in table("sprinkles", MIXES[mix].guests).items()
    }
    for seed in seeds:
        for recipe in Planner(own, seed, MIXES[mix]).recipes(count):
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
    parts = found.asked()
    spam = [_is_spam(found, part, known) for part in parts]
    likely = [part for part, put_in in zip(parts, spam, strict=True) if put_in]
    more = list(dict.fromkeys(other for part in likely for other in found.beside(part) if other not in set(parts)))
    parts += more
    return Example(found, parts, found.rows(parts), [*spam, *(_is_spam(found, part, known) for part in more)])


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


def fit(tables: Sequence[Rows], found: Sequence[Example]) -> list[Node]:
    """Trees over the sentences of some pages. ValueError without both kinds."""
    known = [spam for example in found for spam in example.spam]
    put_in = known.count(True)
    if not put_in or not known.count(False):
        raise ValueError(f"{len(known)} sentences, {put_in} of them put in; there must be both kinds")
    table = np.concatenate(tables)
    costs = np.array([0.0 if spam is None else 1.0 if spam else COST for spam in known])
    names = next(names for names in COLUMNS.values() if len(names) == table.shape[1])
    return grow(table, np.array([bool(spam) for spam in known], np.float64), costs, names)


def train(found: Sequence[Example]) -> dict[str, list[Node]]:
    """Both rounds."""
    return two_rounds(found, fit, COLUMNS["alone"], FOLDS)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for mix, seeds in SEEDS.items():
        told = f"of the generator's mix {mix} ({seeds[0]} to {seeds[-1]})"
        parser.add_argument(f"--{mix}", type=int, nargs="*", default=seeds, metavar="SEED", help=told)
    parser.add_argument("--pages", type=int, default=300, help="generated for each seed (300)")
    parser.add_argument("--clean", type=Path, nargs="+", default=[], metavar="FOLDER", help="of clean texts, *.txt")
    parser.add_argument("--out", type=Path, default=TARGET, help="where the weights go (the shipped file)")
    args = parser.parse_args()
    mixes = [generated(articles(mix), getattr(args, mix), args.pages, mix) for mix in SEEDS]
    found = list(examples(chain.from_iterable(mixes)))
    if texts := list(documents(args.clean)):
        found += examples(generated(texts[:: max(1, len(texts) // DOCUMENTS)], args.all, args.pages // 2))
    try:
        args.out.write_text(HEADER + written(train(found)), encoding="utf-8")
    except ValueError as error:
        sys.exit(str(error))
    known = [spam for each in found for spam in each.spam if spam is not None]
    sys.stdout.write(f"{len(known)} sentences of {len(found)} pages, {sum(known)} of them put in: {args.out}\n")


if __name__ == "__main__":
    main()
