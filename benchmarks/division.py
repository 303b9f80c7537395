"""Whether the division of documents into runs and batches changes what becomes of them, at a size no test has time for.

    python -m benchmarks.division [DOCUMENTS]

Prints for each division the SHA-256 of all outcomes, kept articles and drops with their evidence, but for the number of
the run in which a partner came, which the division decides.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
from pathlib import Path
from time import process_time

from tests.quality.duplicates.corpus import corpus
from tests.quality.duplicates.nightly import outcomes, run


def main() -> None:
    """Print a line for each division; all digests are to be the same."""
    total = max(int(sys.argv[1]) if len(sys.argv) > 1 else 34_000, 2000)
    texts = [document.text[:800] for document in corpus(total)]
    print(f"{len(texts):,} documents, {sum(map(len, texts)):,} characters")
    for name, ends, batch in (
        ("one run, one by one", [total], 1),
        ("one run, in batches of 33,000", [total], 33_000),
        ("runs of 1, all but 1,000, and 999", [1, total - 999, total], 1),
        ("the same in batches of 7", [1, total - 999, total], 7),
        ("17 runs", [total * (number + 1) // 17 for number in range(17)], 100),
    ):
        begun = process_time()
        with tempfile.TemporaryDirectory() as folder:
            run(texts, Path(folder), ends, batch)
            found = re.sub(rb'"run":\d+,', b"", outcomes(Path(folder)))
        digest = hashlib.sha256(found).hexdigest()[:16]
        dropped = found.count(b'"event":"drop"')
        print(f"{name:<36}{digest:>18}{dropped:>8,} dropped{process_time() - begun:>8.1f} s", flush=True)


if __name__ == "__main__":
    main()
