"""Builds config/script/opencc/*.tsv: where OpenCC's dictionaries of today differ from those of our package.

    python scripts/build_opencc_update.py OpenCC-1.4.2/data/dictionary

opencc-python-reimplemented stands still; OpenCC's own releases go on. The argument is the folder of dictionary texts
of a release (https://github.com/BYVoid/OpenCC, Apache-2.0; also in the source distribution `opencc` on PyPI).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

TARGET = Path(__file__).parent.parent / "config" / "script" / "opencc"

NAMES = (
    "TSCharacters",
    "TSPhrases",
    "STCharacters",
    "STPhrases",
    "TWVariants",
    "TWVariantsPhrases",
    "HKVariants",
    "HKVariantsPhrases",
)

GONE = "-"
"""What stands for the choices of an entry that a newer release has no more."""

Entries = Mapping[str, str]


def entries(text: str) -> Entries:
    """The entries of a dictionary text: entry -> its choices, separated by blanks."""
    rows = (line.split("\t") for line in text.splitlines() if "\t" in line and not line.startswith("#"))
    return {row[0]: row[1].strip() for row in rows}


def packaged(name: str) -> Entries:
    """The entries of the package's dictionary; none where it has no such dictionary."""
    path = files("opencc").joinpath("dictionary", f"{name}.txt")
    return entries(path.read_text(encoding="utf-8")) if path.is_file() else {}


def differences(old: Entries, new: Entries) -> Iterator[tuple[str, str]]:
    """The entries to add or replace, and those gone.

    A release that lists a character itself before the simple form outside the common planes (鏚 -> 鏚 𬭭) does so for
    fonts; the simple form is the same as ever.
    """
    for entry in sorted(old.keys() | new.keys()):
        choices, before = new.get(entry, GONE), old.get(entry)
        if choices != before and not (before and before > "\uffff" and choices.split()[1:] == [before]):
            yield entry, choices


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dictionaries", type=Path)
    folder = parser.parse_args().dictionaries
    for name in NAMES:
        new = entries((folder / f"{name}.txt").read_text(encoding="utf-8"))
        lines = [f"{entry}\t{choices}\n" for entry, choices in differences(packaged(name), new)]
        (TARGET / f"{name}.tsv").write_text("".join(["entry\tchoices\n", *lines]), encoding="utf-8")


if __name__ == "__main__":
    main()
