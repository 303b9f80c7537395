"""Real text that must not be touched: Chinese documents of Debian packages, and what the chain would cut from them.

    apt-get download debian-handbook fortunes-zh gnome-user-docs libreoffice-help-zh-cn     (into DEBS)
    python scripts/real_text.py extract DEBS TEXTS
    python scripts/real_text.py check TEXTS

Manuals, laws of software, poems and jokes repeat words, hold addresses and lists, and are no spam: a cut is a fault.
"""

from __future__ import annotations

import argparse
import gzip
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree, html
from rich.console import Console
from rich.table import Table

from pipeline import Cut, Drop, Item, Source
from pipeline.chain import Chain
from pipeline.config import load
from pipeline.shipped import shipped

CUTTING = ("spam_strip", "split")
"""The steps that take text away."""

LEAST_HAN = 50
"""A document with fewer Chinese characters is not Chinese."""

SHOWN = 20
"""So many cuts are shown."""

_HAN = re.compile("[\u4e00-\u9fff]")
_BLANKS = re.compile(r"\s+")
_COLOUR = re.compile("\x1b\\[[0-9;]*m")
_SILENT = frozenset({"script", "style", "info", "head"})
_BLOCK = re.compile(
    "p|div|h[1-6]|[uod]l|li|d[td]|t[dhr]|table|caption|pre|blockquote|br|body|title|section|item|note|steps|desc"
)


class Tally(NamedTuple):
    """What became of the documents of one package; ``cuts`` by step and reason."""

    documents: int
    size: int
    touched: int
    divided: int
    cuts: Counter[str]


def documents(root: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every Chinese document below the folder of an unpacked package, in the order of their paths."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            for number, text in enumerate(_texts(path, path.relative_to(root).as_posix())):
                if len(_HAN.findall(text)) >= LEAST_HAN:
                    yield (
                        f"{re.sub('[^A-Za-z0-9_.-]', '_', path.relative_to(root).as_posix())[-100:]}_{number}.txt",
                        text,
                    )


def _texts(path: Path, name: str) -> Iterable[str]:
    """The texts in a file; none in one of a kind that holds no Chinese prose."""
    if path.suffix in (".html", ".htm"):
        return [_lines(html.fromstring(path.read_bytes()))]
    if path.suffix == ".page" and "/zh_" in name:
        return [_lines(etree.fromstring(path.read_bytes()))]
    if "/games/fortunes/" in f"/{name}" and not path.suffix:
        return _COLOUR.sub("", path.read_text(encoding="utf-8")).split("\n%\n")
    if name.endswith(".txt.gz") and "zh" in name:
        return [gzip.decompress(path.read_bytes()).decode("utf-8")]
    return []


def _lines(root: etree._Element) -> str:
    """The text of a document, a blank line between its blocks."""
    found = [""]

    def walk(element: etree._Element) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        name = etree.QName(tag).localname if tag else ""
        if name and name not in _SILENT:
            edge = "\n" if _BLOCK.fullmatch(name) else ""
            found.extend([edge, _BLANKS.sub(" ", element.text or "")])
            for child in element:
                walk(child)
            found.append(edge)
        found.append(_BLANKS.sub(" ", element.tail or ""))

    walk(root)
    return "\n\n".join(line for line in map(str.strip, "".join(found).split("\n")) if line)


def extract(debs: Path, to: Path) -> None:
    """Write the documents of each package in a folder of its name. Needs dpkg-deb."""
    for deb in sorted(debs.glob("*.deb")):
        folder = to / deb.name.partition("_")[0]
        with tempfile.TemporaryDirectory() as unpacked:
            subprocess.run(["dpkg-deb", "-x", str(deb), unpacked], check=True)
            for name, text in documents(Path(unpacked) / "usr" / "share"):
                folder.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8", newline="")


def check(folder: Path, chain: Chain, shown: list[Cut]) -> Tally:
    """Run the documents of a folder through the steps that cut; the cuts are added to ``shown``."""
    size = touched = divided = 0
    cuts: Counter[str] = Counter()
    paths = sorted(folder.rglob("*.txt"))
    for path in paths:
        raw = path.read_bytes()
        size += len(raw)
        outcomes = list(chain.feed(Item.page(raw.decode("utf-8"), Source(f"{folder.name}/{path.name}"))))
        found = [each for each in outcomes if isinstance(each, Cut)]
        shown += found
        cuts.update(f"{cut.step} {cut.reason}" for cut in found)
        dropped = any(isinstance(each, Drop) for each in outcomes)
        touched += bool(found) or dropped
        divided += sum(isinstance(each, Item) for each in outcomes) > 1
    return Tally(len(paths), size, touched, divided, cuts)


def report(texts: Path) -> None:
    """Print a table of the packages and some of the cuts."""
    shown: list[Cut] = []
    table = Table("package", "documents", "MB", "touched", "divided", "cuts")
    steps = [step for step in load(shipped("pipeline.yaml")).steps if step.label in CUTTING]
    with Chain(steps) as chain:
        for folder in sorted(path for path in texts.iterdir() if path.is_dir()):
            tally = check(folder, chain, shown)
            cuts = ", ".join(f"{reason} {count}" for reason, count in tally.cuts.most_common())
            table.add_row(
                folder.name,
                *map(str, (tally.documents, round(tally.size / 1e6, 1), tally.touched, tally.divided)),
                cuts,
            )
    console = Console(width=150, highlight=False, markup=False)
    console.print(table)
    for cut in shown[:SHOWN]:
        console.print(f"{cut.source.name}: {cut.step} {cut.reason} {cut.text[:60]!r}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    extracting = commands.add_parser("extract", help="write the Chinese documents of packages as text")
    extracting.add_argument("debs", type=Path, help="folder of *.deb files")
    extracting.add_argument("texts", type=Path, help="folder to write to")
    checking = commands.add_parser("check", help="count what the chain would cut from them")
    checking.add_argument("texts", type=Path)
    args = parser.parse_args()
    source: Path = args.debs if args.command == "extract" else args.texts
    if not source.is_dir():
        sys.exit(f"{source} is no folder")
    if args.command == "extract":
        extract(args.debs, args.texts)
    else:
        report(args.texts)


if __name__ == "__main__":
    main()
