"""Cross-validates the model of lines over forms: trains it without some, scores the chain on pages that have them.

    python scripts/cross_validate.py --mix usual > TABLE

For each key (trade, head, tail, form of title, form of page) its values are dealt into folds; the model is trained on
those generated pages of two mixes that have none of a fold's values, and the chain is scored on pages of other seeds
that have one. Lexicons, the weights of keywords and of headlines stay as they are shipped. Needs LightGBM
(``pip install -e '.[train]'``).
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests" / "quality")]

from generate import pages  # noqa: E402  (scripts beside the tests, not a package)
from growing import written  # noqa: E402
from pagegen.mix import MIXES  # noqa: E402
from pagegen.page import Page  # noqa: E402
from scoring.run import Result, through, whole  # noqa: E402
from train_lines import HEADER, Example, examples, train  # noqa: E402

from pipeline import Chain  # noqa: E402
from pipeline.processor import Step  # noqa: E402
from processors.algorithms.linemodel import read_line_model  # noqa: E402
from processors.normalize import Normalize  # noqa: E402
from processors.spam_strip import SpamStrip  # noqa: E402
from processors.split import Split  # noqa: E402

KEYS = {"family": "trade", "head": "head", "tail": "tail", "title_style": "form of title", "form": "form of page"}
TRAINED = ("all", "wide")
"""The mixes to train with: other authors' forms take the place of those that are left out."""

FOLDS = 4
LEAST_ARTICLES = 8
"""A value with fewer articles says nothing alone."""

Name = tuple[int, str]
"""A page by its seed and id."""

Pages = Mapping[Name, Page]


def values(gold: Mapping[str, Any], key: str) -> set[str]:
    """What a page is made of, as far as one key goes."""
    return set(gold[key].split("+")) - {"none"}


def folds(made: Pages, key: str) -> list[set[str]]:
    """The values of a key, dealt out."""
    found = sorted(set[str]().union(*(values(page.gold, key) for page in made.values())))
    return [set(found[n::FOLDS]) for n in range(FOLDS)]


def results(made: Sequence[Page], model: Path) -> list[Result]:
    """Each page through the steps that find articles, with another model of lines."""
    strip = SpamStrip()
    with Chain([Step("spam_strip", strip), Step("split", Split()), Step("normalize", Normalize())]) as chain:
        strip.model = read_line_model(model)
        return through(chain, [(page.gold, page.text) for page in made])


def validate(made: Pages, asked: Pages, judged: Mapping[Name, list[Example]], key: str) -> dict[str, float]:
    """The strict F1 of each value of a key where the model never met it."""
    by_value: dict[str, list[Result]] = defaultdict(list)
    for held in folds(made, key):
        known = [name for name, page in made.items() if not values(page.gold, key) & held]
        unseen = [page for page in asked.values() if values(page.gold, key) & held]
        with TemporaryDirectory() as folder:
            model = Path(folder) / "lines.tsv"
            rounds = train([example for name in known for example in judged[name]])
            model.write_text(HEADER + written(rounds), encoding="utf-8")
            for result in results(unseen, model):
                for value in values(result.gold, key) & held:
                    by_value[value].append(result)
    enough = {value: found for value, found in by_value.items() if _articles(found) >= LEAST_ARTICLES}
    return {value: whole(found).figures()["f1"] for value, found in enough.items()}


def _articles(found: Sequence[Result]) -> int:
    return sum(len(result.gold["articles"]) for result in found)


def generated(seeds: Sequence[int], count: int, mix: str) -> Pages:
    """So many pages of each seed."""
    return {(seed, page.gold["page_id"]): page for seed in seeds for page in pages(count, seed, mix)}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103], help="to train with (101 102 103)")
    parser.add_argument("--asked", type=int, nargs="+", default=[201, 202, 203], help="to score (201 202 203)")
    parser.add_argument("--pages", type=int, default=400, help="generated for each seed and mix (400)")
    parser.add_argument("--mix", choices=MIXES, default="all", help="of the pages that are scored (all)")
    parser.add_argument("--by", choices=KEYS, nargs="+", default=list(KEYS), help="what is left out in turn (all)")
    args = parser.parse_args()
    made = {name: page for mix in TRAINED for name, page in generated(args.seeds, args.pages, mix).items()}
    asked = generated(args.asked, args.pages, args.mix)
    judged = {name: list(examples([(page.text.removeprefix("\ufeff"), page)])) for name, page in made.items()}
    sys.stdout.write("| left out | values | mean F1 | worst F1 | worst values |\n|---|---|---|---|---|\n")
    for key in args.by:
        found = validate(made, asked, judged, key)
        worst = sorted(found, key=lambda value: (found[value], value))[:3]
        named = ", ".join(f"{value} {found[value]:.2f}" for value in worst)
        sys.stdout.write(
            f"| {KEYS[key]} | {len(found)} | {mean(found.values()):.3f} | {found[worst[0]]:.3f} | {named} |\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
