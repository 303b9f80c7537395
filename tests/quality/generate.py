"""Writes polluted and clean pages with their gold: ``python tests/quality/generate.py OUT --pages 400 --seed 1``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from pagegen.corpus import GUESTS, Article, load
from pagegen.mix import MIXES
from pagegen.page import Page, made
from pagegen.plan import Planner


def articles(mix: str) -> list[Article]:
    """Those that a mix deals from."""
    return [*load(), *(load(GUESTS) if MIXES[mix].guests else ())]


def pages(count: int, seed: int, mix: str = "all") -> list[Page]:
    """``count`` pages of the corpus; the same seed and mix make the same."""
    return [made(recipe, seed) for recipe in Planner(articles(mix), seed, MIXES[mix]).recipes(count)]


def write(folder: Path, made_pages: list[Page]) -> None:
    """``pages/*.txt`` and ``gold.jsonl`` below the folder, which may exist; line ends are written as made."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    for page in made_pages:
        (folder / "pages" / page.gold["page"]).write_bytes(page.text.encode("utf-8"))
    lines = [json.dumps(page.gold, ensure_ascii=False) + "\n" for page in made_pages]
    (folder / "gold.jsonl").write_text("".join(lines), encoding="utf-8", newline="\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write to")
    parser.add_argument("--pages", type=int, default=400, help="how many (400)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other pages (1)")
    parser.add_argument("--mix", choices=MIXES, default="all", help="how much comes together on a page (all)")
    args = parser.parse_args()
    if (args.out / "pages").exists() and any((args.out / "pages").iterdir()):
        sys.exit(f"{args.out / 'pages'} holds pages already; name a new folder, or empty this one")
    write(args.out, pages(args.pages, args.seed, args.mix))
    sys.stdout.write(f"{args.pages} pages in {args.out}\n")


if __name__ == "__main__":
    main()
