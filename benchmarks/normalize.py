"""How fast text is restored to Simplified, beside opencc-python-reimplemented on the same text, in one process.

    python benchmarks/normalize.py [FILE …]

Without files the pages of samples/ are taken. A million characters a file are made by repetition; times are the best of
three, detection included. Run it a second time in an environment with the C++ wheel `opencc` to compare with that: the
two packages share a module name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import opencc

from processors.normalize import normalize_text

SIZE = 1_000_000
SAMPLES = Path(__file__).parent.parent / "samples"


def speed(convert: Callable[[str], object], text: str) -> float:
    """Millions of characters a second, the best of three."""
    times = []
    for _ in range(3):
        begun = perf_counter()
        convert(text)
        times.append(perf_counter() - begun)
    return len(text) / min(times) / 1e6


def main() -> None:
    """Print a line a file."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(SAMPLES.glob("*.txt"))
    other = opencc.OpenCC("t2s")
    begun = perf_counter()
    normalize_text("\N{CJK UNIFIED IDEOGRAPH-9AD4}")
    print(f"tables loaded in {(perf_counter() - begun) * 1e3:.0f} ms")
    print(f"{'Mchar/s':40} {'normalize_text':>16} {'opencc t2s':>12}")
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        long = text * (SIZE // max(1, len(text)) + 1)
        part = long[: SIZE // 10]  # the Python converter takes seconds for a million
        name = f"{path.name} ({normalize_text(text).script})"
        print(f"{name:40} {speed(normalize_text, long):16.1f} {speed(other.convert, part):12.2f}")


if __name__ == "__main__":
    main()
