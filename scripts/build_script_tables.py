"""Builds config/script/variants.tsv: characters that are only another form of a standard Simplified one.

    python scripts/build_script_tables.py VARIANTS.tsv STANDARD.tsv

VARIANTS.tsv lists candidates (variant, standard, standard_frequency_rank, variant_level, sources), STANDARD.tsv the
characters of the 2013 standard list. OpenCC's own pairs are not repeated: they are read from the package at run time.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

from processors.algorithms.characters import opencc

TARGET = Path(__file__).parent.parent / "config" / "script" / "variants.tsv"

WEIGHTS = {
    "gb1955": 8,
    "unihan_semantic": 4,
    "unihan_z": 4,
    "hydzd": 3,
    "twedu": 2,
    "unihan_specialized": 1,
}
"""How much a source's word counts; the official table of 1955 outweighs all, dictionaries agree or lose to the rest."""

LEAST = 3
"""Weight a pair must reach if GBK has the variant: all 474 source characters seen of the invented script are in it."""

LEAST_RARE = 5
"""Weight a pair must reach outside GBK: an official list or two dictionaries."""

COMMON_RANK = 4000
"""Less frequent characters are not restored from dictionaries alone: the variant is as likely meant."""

Row = dict[str, str]


def weight(row: Row) -> int:
    """How far the sources of a candidate speak for it."""
    return sum(WEIGHTS[source] for source in row["sources"].split(";"))


def encodable(character: str, encoding: str) -> bool:
    """Whether an encoding has the character."""
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def chosen(rows: list[Row]) -> Row | None:
    """The best candidate of one variant, or None where no source is good enough."""
    best = min(rows, key=lambda row: (-weight(row), int(row["standard_frequency_rank"])))
    official = "gb1955" in best["sources"] or "unihan" in best["sources"].replace("unihan_specialized", "")
    least = LEAST if encodable(best["variant"], "gbk") else LEAST_RARE
    if weight(best) < least or (not official and int(best["standard_frequency_rank"]) > COMMON_RANK):
        return None
    return best


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("variants", type=Path)
    parser.add_argument("standard", type=Path)
    paths = parser.parse_args()
    standard = {row["character"] for row in rows_of(paths.standard)}
    candidates: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows_of(paths.variants):
        candidates[row["variant"]].append(row)
    base = {source for source, choices in opencc("TSCharacters").items() if choices[0] in standard}
    lines = ["character\tstandard\tsources\n"]
    for character in sorted(candidates):
        if character in standard or character in base or encodable(character, "gb2312"):
            continue  # GB2312 and the standard list are what Simplified text is written with
        best = chosen(candidates[character])
        if best is not None:
            lines.append(f"{character}\t{best['standard']}\t{best['sources']}\n")
    TARGET.write_text("".join(lines), encoding="utf-8")


def rows_of(path: Path) -> list[Row]:
    """The rows of a TSV file with a header."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


if __name__ == "__main__":
    main()
