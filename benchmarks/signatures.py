"""How fast texts are signed, beside rensa and datasketch on the same texts: one core, best of three.

    python -m pip install '.[bench]'
    python -m benchmarks.signatures [TEXTS]

Ours includes the comparison key; the others get the raw text, cut into 5-grams as Python strings, with 128 permutations
(ours has 512 bins). datasketch is measured as it comes and in its fastest setting (affine32 with xxhash).
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from itertools import islice
from time import process_time

from processors.algorithms.comparison import comparison_keys
from processors.algorithms.identity import identify
from processors.algorithms.minhash import bands, sign
from processors.algorithms.shingles import shingle_sets
from tests.quality.duplicates.prose import article, sentences

SIZE = 5


def grams(text: str) -> list[str]:
    """The 5-grams of a text, as the libraries want them."""
    return [text[at : at + SIZE] for at in range(len(text) - SIZE + 1)]


def ours(texts: list[str]) -> object:
    """Comparison key, shingles, signature."""
    return sign(shingle_sets(comparison_keys(texts), SIZE), len(texts))


def ours_with_bands(texts: list[str]) -> object:
    """The same and the keys it is found by."""
    return bands(sign(shingle_sets(comparison_keys(texts), SIZE), len(texts)), 25, 5)


def whole(texts: list[str]) -> object:
    """All that the step `fingerprint` does: exact hash, signature, sketch, shingles, as bytes."""
    return [found.pack() for found in identify(texts, SIZE, carry_shingles=True)]


def rensa(texts: list[str]) -> object:
    """R-MinHash."""
    from rensa import RMinHash

    for text in texts:
        found = RMinHash(num_perm=128, seed=1)
        found.update(grams(text))
        found.digest()
    return None


def datasketch(texts: list[str], **setting: object) -> object:
    """MinHash with a setting of its own."""
    from datasketch import MinHash

    for text in texts:
        found = MinHash(num_perm=128, **setting)
        found.update_batch([gram.encode() for gram in grams(text)])
    return None


def microseconds(function: Callable[[list[str]], object], texts: list[str], batch: int) -> float:
    """Of processor time a text."""
    times = []
    for _ in range(3):
        rest, begun = iter(texts), process_time()
        while part := list(islice(rest, batch)):
            function(part)
        times.append(process_time() - begun)
    return min(times) / len(texts) * 1e6


def main() -> None:
    """Print a line for each."""
    draw = random.Random(1)
    stock = sentences(5000, draw)
    texts = [article(stock, draw) for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1024)]
    size = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} texts of {size:.0f} characters on the average")
    print(f"{'':<34}{'us/text':>9}{'Mchar/s':>9}{'times':>7}")
    best = 0.0
    for name, function, batch, share in (
        ("ours, 64 texts at once", ours, 64, 1),
        ("ours, 64 at once, with bands", ours_with_bands, 64, 1),
        ("ours, one at a time", ours, 1, 1),
        ("fingerprint, 64 at once", whole, 64, 1),
        ("fingerprint, one at a time", whole, 1, 1),
        ("rensa R-MinHash, 5-gram strings", rensa, 1, 4),
        ("datasketch, as it comes", datasketch, 1, 16),
        ("datasketch, affine32 and xxhash", fastest, 1, 16),
    ):
        spent = microseconds(function, texts[: len(texts) // share], batch)
        best = best or spent
        print(f"{name:<34}{spent:>9.1f}{size / spent:>9.1f}{spent / best:>7.1f}")


def fastest(texts: list[str]) -> object:
    """The fastest setting of datasketch."""
    from xxhash import xxh32_intdigest

    return datasketch(texts, hashfunc=xxh32_intdigest, scheme="affine32")


if __name__ == "__main__":
    main()
