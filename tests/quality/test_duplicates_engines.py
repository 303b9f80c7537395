"""The public functions of dedupe come to the same in a process pool, and in a job that sees all documents at once."""

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

from processors.algorithms.identity import Fingerprint
from processors.algorithms.minhash import bands
from processors.algorithms.similarity import Limits, decide
from processors.dedupe import DedupeOptions
from tests.quality.duplicates.corpus import corpus
from tests.quality.duplicates.scoring import partners
from tests.quality.duplicates.signing import packed

TEXTS = [document.text[:900] for document in corpus(300)]
PARTS = [["\n" + text for text in TEXTS[start : start + 64]] for start in range(0, len(TEXTS), 64)]  # no titles


def leaders(found: Sequence[Fingerprint], options: DedupeOptions) -> dict[int, int]:
    """For each document that goes the one it repeats, as a cluster works it out: the least number under each key."""
    rows = [
        [
            int.from_bytes(each.identity.digest[:8], "little"),
            *bands(each.signature[None], options.bands, options.rows)[0],
        ]
        for each in found
    ]
    first: dict[int, int] = {}
    for number in reversed(range(len(rows))):
        first.update(dict.fromkeys(rows[number], number))
    matches = {}
    for number, (own, keys) in enumerate(zip(found, rows, strict=True)):
        earlier = sorted({first[key] for key in keys} - {number})
        limits = Limits(options.threshold, options.contained_from)
        matches[number] = decide(own.identity, ((n, found[n].identity) for n in earlier), limits)
    return {number: match.number for number, match in matches.items() if match}


def test_a_process_pool_signs_alike() -> None:
    """Workers of their own, which share nothing, give the bytes that this process gives."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(packed, PARTS))
    assert found == [packed(part) for part in PARTS]


def test_a_job_over_all_documents_decides_alike() -> None:
    """With the least number under each key known beforehand, the same documents go for the same partners."""
    found = [Fingerprint.unpack(each) for part in PARTS for each in packed(part)]
    options = DedupeOptions()
    decided = leaders(found, options)
    assert decided == partners(TEXTS, options, carry_shingles=True)
    assert len(decided) > 30
