"""What `fingerprint` and `dedupe` take where nearly all articles are alike, and for one very long article.

    python -m benchmarks.alike [ARTICLES]

The articles are one text of 1,700 characters with a number in it; the time for each must not grow with how many there
are. Seconds are of the processor.
"""

from __future__ import annotations

import random
import sys
from time import process_time

from pipeline.chain import Chain
from pipeline.item import Drop, Item
from pipeline.processor import Step
from processors.dedupe import Dedupe
from processors.fingerprint import Fingerprint
from tests.quality.duplicates.prose import article, sentences


def main() -> None:
    """Print a line a third, then one for ten megabytes."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    draw = random.Random(1)
    stock = sentences(5000, draw)
    text = max((article(stock, draw) for _ in range(20)), key=lambda found: -abs(len(found) - 1700))
    print(f"{'articles':>10}{'dropped':>10}{'ms/article':>12}")
    with Chain([Step("fingerprint", Fingerprint()), Step("dedupe", Dedupe())], on_error="stop") as chain:
        dropped = 0
        for start in range(0, total, total // 3):
            begun = process_time()
            for number in range(start, start + total // 3):
                page = Item.page(f"{text}\n第{number}号", f"{number}")
                dropped += sum(isinstance(outcome, Drop) for outcome in chain.feed(page))
            spent = (process_time() - begun) / (total // 3)
            print(f"{start + total // 3:>10,}{dropped:>10,}{spent * 1e3:>12.3f}")
    long = "".join(article(stock, draw) for _ in range(2000))
    begun = process_time()
    next(iter(Fingerprint().process(Item.page(long))))
    print(f"one article of {len(long.encode()) / 1e6:.0f} MB: {process_time() - begun:.2f} s")


if __name__ == "__main__":
    main()
