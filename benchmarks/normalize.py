"""How fast text is restored to Simplified, beside OpenCC on the same text, each on one core.

    python benchmarks/normalize.py [--wheel PYTHON] [--chars N] [FILE …]

Without files the pages of samples/ are taken; a file of gold (JSONL with `tier` and `src`) gives a text a tier. The
last line is all of them as one text. A million characters a text are
made by repetition, and given as one or, with --chars, in pieces of N: a few thousand are an article. Figures are
millions of characters a second of processor time, the best of five, detection and tidying included.
opencc-python-reimplemented gets a twentieth of the text: it takes seconds. The C++ wheel `opencc` shares its module
name, so it must stand in another environment, whose interpreter is PYTHON. Other work on the machine slows both, and
not by the same factor.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import process_time

import opencc

from processors.normalize import normalize_text

SIZE = 1_000_000
RUNS = 5
SAMPLES = Path(__file__).parent.parent / "samples"

WHEEL = f"""
import json, sys, time
import opencc
converter = opencc.OpenCC("t2s")
def speed(pieces):
    times = []
    for _ in range({RUNS}):
        begun = time.process_time()
        for piece in pieces:
            converter.convert(piece)
        times.append(time.process_time() - begun)
    return sum(map(len, pieces)) / min(times) / 1e6
texts = json.load(sys.stdin)
print(json.dumps({{name: speed(pieces) for name, pieces in texts.items()}}))
"""


def speed(convert: Callable[[str], object], pieces: Sequence[str], runs: int = RUNS) -> float:
    """Millions of characters a second, the best of some runs."""
    times = []
    for _ in range(runs):
        begun = process_time()
        for piece in pieces:
            convert(piece)
        times.append(process_time() - begun)
    return sum(map(len, pieces)) / min(times) / 1e6


def wheel_speeds(python: Path, texts: Mapping[str, Sequence[str]]) -> Mapping[str, float]:
    """The same of the C++ wheel, measured by another interpreter."""
    result = subprocess.run(
        [python, "-X", "utf8", "-c", WHEEL], input=json.dumps(texts), capture_output=True, check=True, encoding="utf-8"
    )
    speeds: Mapping[str, float] = json.loads(result.stdout)
    return speeds


def decoded(page: bytes) -> str:
    """The text of a page in either of the usual encodings."""
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        return page.decode("gb18030", "replace")


def texts_of(paths: list[Path]) -> dict[str, str]:
    """What the files hold, each repeated to the size of the benchmark, and all together."""
    found: dict[str, str] = {}
    for path in paths:
        text = decoded(path.read_bytes())
        found |= tiers(text) if path.suffix == ".jsonl" else {path.name: text}
    found["all"] = "\n".join(found.values())
    return {name: (text * (SIZE // max(1, len(text)) + 1))[:SIZE] for name, text in found.items()}


def tiers(gold: str) -> dict[str, str]:
    """The pages of each tier of a gold file, together."""
    found: dict[str, str] = {}
    for case in map(json.loads, gold.splitlines()):
        found[case["tier"]] = found.get(case["tier"], "") + case["src"] + "\n"
    return found


def pieces_of(text: str, chars: int) -> list[str]:
    """The text in pieces of so many characters."""
    return [text[start : start + chars] for start in range(0, len(text), chars)]


def main() -> None:
    """Print a line a text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, metavar="PYTHON")
    parser.add_argument("--chars", type=int, metavar="N", default=SIZE)
    parser.add_argument("files", type=Path, nargs="*")
    arguments = parser.parse_args()
    other = opencc.OpenCC("t2s")
    begun = process_time()
    normalize_text("\N{CJK UNIFIED IDEOGRAPH-9AD4}")
    print(f"tables loaded in {(process_time() - begun) * 1e3:.0f} ms")
    files = arguments.files or sorted(SAMPLES.glob("*.txt"))
    texts = {name: pieces_of(text, arguments.chars) for name, text in texts_of(files).items()}
    wheel = wheel_speeds(arguments.wheel, texts) if arguments.wheel else {}
    print(f"{'Mchar/s':44}{'normalize_text':>15}{'C++ wheel':>11}{'times':>7}{'Python':>9}{'times':>7}")
    for name, pieces in texts.items():
        few = pieces_of("".join(pieces)[: SIZE // 20], arguments.chars)
        ours, python = speed(normalize_text, pieces), speed(other.convert, few, 1)
        beside = f"{wheel[name]:11.1f}{ours / wheel[name]:7.1f}" if wheel else " " * 18
        print(f"{name:44}{ours:15.1f}{beside}{python:9.2f}{ours / python:7.0f}")


if __name__ == "__main__":
    main()
