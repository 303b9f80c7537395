"""Builds config/script/variants.tsv: characters that are only another form of a standard Simplified one, and
doubtful.tsv: those that may be a form of several, or be meant as they are.

    python scripts/build_script_tables.py VARIANTS.tsv STANDARD.tsv

VARIANTS.tsv lists candidates (variant, standard, standard_frequency_rank, variant_level, sources), STANDARD.tsv the
characters of the 2013 standard list. Japanese forms come from OpenCC's JPVariants. OpenCC's own Traditional pairs are
not repeated: they are read from the package at run time.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path

from processors.algorithms.characters import opencc, traditional_pairs

FOLDER = Path(__file__).parent.parent / "config" / "script"

WEIGHTS = {
    "gb1955": 8,
    "unihan_semantic": 4,
    "unihan_z": 4,
    "opencc_jp": 4,
    "hydzd": 3,
    "twedu": 2,
    "unihan_specialized": 1,
}
"""How much a source's word counts; the official table of 1955 outweighs all, dictionaries agree or lose to the rest."""

LEAST, LEAST_COMMON, LEAST_RARE = 3, 2, 5
"""Weight a pair must reach. GBK has all 474 source characters seen of the invented script: there one broad dictionary
is enough, the less trusted one for common characters only. Outside it takes an official list or two dictionaries."""

VERY_COMMON_RANK, COMMON_RANK = 2000, 4000
"""Less frequent characters are not restored from dictionaries alone, but for variants that are in no list in use: the
variant is as likely meant."""

LEAST_DOUBTFUL = 3
"""Weight from which a further candidate is worth a thought …"""

ABSENT_RANK, RARE_RANK = 2500, 3500
"""… if it is so frequent that a page without it is telling. A standard character less frequent than the second may be
a form of one more frequent than the first."""

UNLISTED_RANK = "6000"
"""What is taken for characters of GB2312 that the standard list has dropped (囝, 磺)."""

OFFICIAL = {"gb1955", "unihan_semantic", "unihan_z", "opencc_jp"}
"""Sources that list what is in use, where dictionaries list what was ever written."""

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
    rank = int(best["standard_frequency_rank"])
    official = not OFFICIAL.isdisjoint(best["sources"].split(";"))
    least = LEAST_COMMON if rank <= VERY_COMMON_RANK else LEAST
    if weight(best) < (least if encodable(best["variant"], "gbk") else LEAST_RARE):
        return None
    agreed = weight(best) >= LEAST_RARE and not encodable(best["variant"], "big5")
    return best if official or agreed or rank <= COMMON_RANK else None


def candidates_of(variants: Path, ranks: dict[str, str]) -> dict[str, list[Row]]:
    """The candidates of each variant, those of dictionaries and those of OpenCC's Japanese forms."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows_of(variants):
        if row["variant"].isalpha():  # the list has characters that were lost on the way
            found[row["variant"]].append(row)
    for old, forms in opencc("JPVariants").items():
        standard = traditional_pairs().get(old, old)
        for form in forms:
            same = [row for row in found[form] if row["standard"] == standard]
            for row in same:
                row["sources"] += ";opencc_jp"
            if not same and standard in ranks:
                rank = {"variant": form, "standard": standard, "standard_frequency_rank": ranks[standard]}
                found[form].append({**rank, "sources": "opencc_jp"})
    return found


def doubtful(character: str, rows: list[Row], usual: str, ranks: dict[str, str]) -> str:
    """The frequent characters that a character may be a form of besides the usual one, the best first."""
    others = [row for row in rows if row["standard"] != usual and weight(row) >= LEAST_DOUBTFUL]
    others = [row for row in others if int(row["standard_frequency_rank"]) <= ABSENT_RANK]
    if usual == character and int(ranks.get(character, RARE_RANK + 1)) <= RARE_RANK:
        return ""
    if usual != character and encodable(character, "big5"):  # genuine text has it for the usual one
        others = [row for row in others if not OFFICIAL.isdisjoint(row["sources"].split(";"))]
    others.sort(key=lambda row: (-weight(row), int(row["standard_frequency_rank"])))
    return " ".join(f"{row['standard']}:{row['standard_frequency_rank']}" for row in others)


def rank_of(character: str, ranks: dict[str, str]) -> str:
    """The frequency rank of a character; ``-`` for one that Simplified text is not written with."""
    return ranks.get(character, UNLISTED_RANK if encodable(character, "gb2312") else "-")


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("variants", type=Path)
    parser.add_argument("standard", type=Path)
    paths = parser.parse_args()
    ranks = {row["character"]: row["frequency_rank"] for row in rows_of(paths.standard)}
    candidates = {key: rows for key, rows in sorted(candidates_of(paths.variants, ranks).items()) if rows}
    base = {source: choices[0] for source, choices in opencc("TSCharacters").items() if choices[0] in ranks}
    usual = {key: base.get(key, key) for key in candidates}
    lines = ["character\tstandard\tsources\n"]
    for character, rows in candidates.items():
        if character in ranks or character in base or encodable(character, "gb2312"):
            continue  # GB2312 and the standard list are what Simplified text is written with
        best = chosen(rows)
        if best is not None:
            usual[character] = best["standard"]
            lines.append(f"{character}\t{best['standard']}\t{best['sources']}\n")
    (FOLDER / "variants.tsv").write_text("".join(lines), encoding="utf-8")
    open_ = {key: rows for key, rows in candidates.items() if usual[key] != base.get(key) or usual[key] == key}
    found = ((key, doubtful(key, rows, usual[key], ranks)) for key, rows in open_.items())
    lines = ["character\tmay_be\tusually\n"]
    lines += [f"{key}\t{others}\t{usual[key]}:{rank_of(usual[key], ranks)}\n" for key, others in found if others]
    (FOLDER / "doubtful.tsv").write_text("".join(lines), encoding="utf-8")


def rows_of(path: Path) -> list[Row]:
    """The rows of a TSV file with a header."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


if __name__ == "__main__":
    main()
