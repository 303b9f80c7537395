"""How the index of `dedupe` grows: time an article, memory, bytes on disk, at sizes that no test has time for.

    python benchmarks/index.py [ARTICLES] [--folder FOLDER] [--batch N] [--shingles N]

Signatures are synthetic: 20 random band keys and a digest each, 15 % of the articles share half of theirs with an
earlier one. What is kept of an article is its sketch, as with `carry_shingles: false`, and N shingles of 4 bytes.

A run is committed every 100,000 articles, then the index is opened anew, which reads all of it. Seconds
are of the processor; `alone` is an article looked up without a batch. Memory is what the process holds itself
(RssAnon); mapped pages of the index are the system's, to be dropped whenever it likes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import numpy as np
import numpy.typing as npt

from pipeline.ledger.index import Index
from processors.algorithms.minhash import BINS

KEYS = 21
RUN = 100_000
ALONE = 1000
SKETCH = 24 + BINS // 4


def main() -> None:
    """Print a line for every 200,000 articles."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("articles", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the index is made; else in a temporary folder")
    parser.add_argument("--batch", type=int, default=2000)
    parser.add_argument("--shingles", type=int, default=0, help="1,600 are those of an article of 1,775 characters")
    args = parser.parse_args()
    payload = bytes(SKETCH + 4 * args.shingles)
    print(f"{'articles':>10}{'us/article':>12}{'us alone':>10}{'open s':>8}{'commit s':>10}{'parts':>7}", end="")
    print(f"{'bytes/article':>15}{'own memory MB':>15}")
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        for articles in range(2 * RUN, args.articles + 1, 2 * RUN):
            measure(Path(folder), articles, args.batch, payload)


def measure(folder: Path, articles: int, batch: int, payload: bytes) -> None:
    """Grow the index by two runs and print what that cost."""
    opening = spent = committing = alone = 0.0
    for run in (articles // RUN - 2, articles // RUN - 1):
        begun = process_time()
        index = Index(folder, {"of": "synthetic"})
        opening = process_time() - begun
        for rows in batches(run, batch):
            begun = process_time()
            insert(index, rows, payload)
            spent += process_time() - begun
        alone = looked_up(index, rows[:ALONE])
        begun = process_time()
        index.commit()
        committing = process_time() - begun
        index.close()
    files = [path for path in folder.iterdir() if path.name.startswith("part-")]
    size = sum(path.stat().st_size for path in folder.iterdir()) / articles
    print(
        f"{articles:>10,}{spent / RUN / 2 * 1e6:>12.1f}{alone * 1e6:>10.1f}{opening:>8.2f}{committing:>10.2f}", end=""
    )
    print(f"{len(files):>7}{size:>15.0f}{own_memory():>15.1f}", flush=True)


def batches(run: int, batch: int) -> Iterator[list[list[int]]]:
    """The keys of a run's articles: repeatable, so that an earlier article's can be made again."""
    random = np.random.default_rng(run)
    for number in range(RUN // batch):
        keys = fresh(run, number, batch)
        earlier = fresh(int(random.integers(0, run + 1)), int(random.integers(0, number + 1)), batch)
        copies = random.random(batch) < 0.15
        keys[copies, : KEYS // 2] = earlier[copies, : KEYS // 2]
        yield keys.tolist()


def fresh(run: int, number: int, batch: int) -> npt.NDArray[np.uint64]:
    """Keys that nobody else has, the same at every call."""
    return np.random.default_rng([run, number]).integers(0, 2**64, (batch, KEYS), np.uint64)


def insert(index: Index, rows: list[list[int]], payload: bytes) -> None:
    """What `dedupe` does with a batch, but for comparing."""
    known = index.look_up(key for keys in rows for key in keys)
    for keys in rows:
        number, leaders = index.claim(keys, known)
        index.add(f"{number:016x}-1", f"pages/2024/05/site-{number % 977:03d}/page-{number:08d}.txt", number, payload)
        if leaders:
            index.payload(leaders[0])


def looked_up(index: Index, rows: list[list[int]]) -> float:
    """Seconds of one look-up without a batch."""
    begun = process_time()
    for keys in rows:
        index.look_up(keys)
    return (process_time() - begun) / len(rows)


def own_memory() -> float:
    """Anonymous memory of this process in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1]) / 1024


if __name__ == "__main__":
    main()
