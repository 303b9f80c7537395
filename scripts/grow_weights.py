"""Grows all files of config/weights anew, each with the ones grown before it, and tells which bytes changed.

    python scripts/grow_weights.py TEXTS

TEXTS is what ``scripts/real_text.py extract`` made of the packages that docs/quality.md names. Seeds are those that the
five scripts have by default, so that the same code and the same texts give the same bytes; ``git checkout
config/weights`` brings back what was shipped. Needs LightGBM (``pip install -e '.[train]'``). Exit code 1 where a file
came out otherwise than it was.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "config" / "weights"

SCRIPTS = {
    "keyword.yaml": "train_keyword.py",
    "lines.tsv": "train_lines.py",
    "glance.tsv": "train_glance.py",
    "sentences.tsv": "train_sentences.py",
    "headlines.tsv": "train_headline.py",
}
"""Each file with what grows it, in the order in which one is read by what grows the next."""

ARTICLES = ("gnome-user-docs", "libreoffice-help-zh-cn", "maint-guide-zh-cn", "debian-faq-zh-cn", "fortunes-zh")
"""The packages whose documents are articles under their first line, which sentences and headlines are trained with."""

PARTS = frozenset({"sentences.tsv", "headlines.tsv"})


def commands(texts: Path) -> Iterator[tuple[str, list[str]]]:
    """What grows each file, in order. ValueError where a package is missing."""
    folders = [texts / name for name in ARTICLES]
    if missing := [folder.name for folder in folders if not folder.is_dir()]:
        raise ValueError(f"{texts}: there must be a folder for each package, but not for {', '.join(missing)}")
    for name, script in SCRIPTS.items():
        clean = folders if name in PARTS else [texts]
        yield name, [sys.executable, str(ROOT / "scripts" / script), "--clean", *map(str, clean)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, help="a folder with one folder of texts for each package")
    try:
        steps = list(commands(parser.parse_args().texts))
    except ValueError as error:
        sys.exit(str(error))
    changed = []
    for name, command in steps:
        before = (WEIGHTS / name).read_bytes()
        subprocess.run(command, check=True)
        changed += [name] * (before != (WEIGHTS / name).read_bytes())
    sys.exit(f"other bytes than before: {', '.join(changed)}" if changed else 0)


if __name__ == "__main__":
    main()
