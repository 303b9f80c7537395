"""The step `dedupe`: which articles end, and what they are told they lost to."""

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.chain import Chain
from pipeline.item import Drop, Item, Outcome
from pipeline.ledger.index import Index
from pipeline.processor import Step
from processors.algorithms.identity import identify
from processors.algorithms.similarity import Limits, repeats, similar
from processors.dedupe import Dedupe, DedupeOptions
from processors.fingerprint import Fingerprint, FingerprintOptions

ROOT = Path(__file__).parents[2]
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
)


def prose(seed: int, length: int = 400) -> str:
    """Made-up prose of common characters: a different text for each seed."""
    draw = random.Random(seed)
    return "".join(draw.choice(COMMON) for _ in range(length))


def scattered(text: str, edits: int) -> str:
    """The text with some characters, evenly apart, replaced."""
    step = len(text) // edits
    return "".join("甲" if at % step == step // 2 and at // step < edits else c for at, c in enumerate(text))


def outcomes(
    texts: Sequence[str], options: DedupeOptions | None = None, *, carry_shingles: bool = True
) -> list[Outcome]:
    """What becomes of pages named page-0, page-1 …, in order."""
    fingerprint = Fingerprint(FingerprintOptions(carry_shingles=carry_shingles))
    with Chain([Step("fingerprint", fingerprint), Step("dedupe", Dedupe(options))]) as chain:
        return list(chain.run(Item.page(text, f"page-{number}") for number, text in enumerate(texts)))


def lost_to(found: Sequence[Outcome]) -> list[str | None]:
    """For each page the source it lost to, None where it was kept."""
    return [o.evidence["source"] if isinstance(o, Drop) else None for o in found]


def test_exact_copy_names_its_partner() -> None:
    """A copy in other script and punctuation ends as a duplicate of the first seen, with id and source."""
    text = "海风镇的灯塔管理员每天清晨抄写两份潮汐表"
    kept, dropped = outcomes([text, "海風鎮的燈塔琯理員，每天清晨，抄寫兩份潮汐表。"])
    assert isinstance(kept, Item)
    assert isinstance(dropped, Drop)
    assert (dropped.reason, dropped.step) == ("duplicate", "dedupe")
    assert dropped.evidence == {
        "kept": kept.id,
        "source": "page-0",
        "run": 1,
        "similarity": 1.0,
        "verified": "exact",
    }


@pytest.mark.parametrize(("carry", "verified"), [(True, "shingles"), (False, "signature")])
def test_near_copy_ends_with_its_similarity(carry: bool, verified: str) -> None:
    """A lightly edited copy ends as a near-duplicate; the similarity is counted, or estimated without shingles."""
    copy = scattered(prose(1), 6)
    kept, dropped = outcomes([prose(1), copy], carry_shingles=carry)
    assert isinstance(kept, Item)
    assert isinstance(dropped, Drop)
    assert dropped.reason == "near_duplicate"
    assert dropped.evidence["verified"] == verified
    truth = similar(*(each.identity for each in identify([prose(1), copy], 5, carry_shingles=True))).jaccard
    assert dropped.evidence["similarity"] == pytest.approx(truth, abs=0.0005 if carry else 0.08)


def test_threshold_decides() -> None:
    """The same pair is one article at a threshold below its similarity and two above it."""
    pair = [prose(1), scattered(prose(1), 12)]
    assert lost_to(outcomes(pair, DedupeOptions(threshold=0.7))) == [None, "page-0"]
    assert lost_to(outcomes(pair, DedupeOptions(threshold=0.8))) == [None, None]


@pytest.mark.parametrize("order", [(400, 300), (300, 400)])
def test_shorter_copy_counts_by_containment(order: tuple[int, int]) -> None:
    """A copy without its end is a near-duplicate of the whole where that is asked for, whichever comes first."""
    texts = [prose(1)[:length] for length in order]
    _, dropped = outcomes(texts, DedupeOptions(contained_from=0.7))
    assert isinstance(dropped, Drop)
    assert dropped.evidence["contained"] == 1.0
    assert dropped.evidence["similarity"] < 0.8
    assert lost_to(outcomes(texts, DedupeOptions(contained_from=0.8))) == [None, None]
    assert lost_to(outcomes(texts)) == [None, None]


def test_containment_asks_for_the_same_fidelity() -> None:
    """A shorter copy with as many edits as two equal texts may not have stays."""
    texts = [prose(1), scattered(prose(1)[:340], 12)]
    assert lost_to(outcomes(texts, DedupeOptions(contained_from=0.7))) == [None, None]


def test_shared_paragraph_is_no_duplicate() -> None:
    """Articles with one paragraph in common, or the parts of one long article, stay apart."""
    shared = prose(9, 130)
    texts = [f"{prose(n)}\n{shared}" for n in (1, 2, 3)]
    parts = [f"渡口往事（{part}）\n{prose(n)}" for part, n in (("上", 4), ("中", 5), ("下", 6))]
    assert lost_to(outcomes(texts + parts)) == [None] * 6


def test_exact_mode_lets_near_copies_through() -> None:
    """Under mode exact only the same letters and digits are a duplicate."""
    texts = [prose(1), scattered(prose(1), 1), f"{prose(1)}！"]
    assert lost_to(outcomes(texts, DedupeOptions(mode="exact"))) == [None, None, "page-0"]


def test_short_and_empty_texts_never_collapse() -> None:
    """Too short for a shingle means compared as it stands; blank articles are never copies of each other."""
    texts = ["", " \n", "C++", "C#", "……", "！！", "海", "海风", "C++", "…… ", "\ud800"]
    assert lost_to(outcomes(texts)) == [None] * 8 + ["page-2", "page-4", None]


def test_dropped_article_leads_its_copies_to_the_kept_one() -> None:
    """Of a chain of edits each resembles the last; all name the article that is in the output, and by way of which."""
    texts = [prose(1)]
    for start in (40, 140, 240):
        texts.append(texts[-1][:start] + prose(start, 30) + texts[-1][start + 30 :])
    first, *rest = outcomes(texts)
    assert isinstance(first, Item)
    assert [o.evidence["kept"] for o in rest if isinstance(o, Drop)] == [first.id] * 3
    last = rest[-1]
    assert isinstance(last, Drop)
    assert last.evidence["via"] in {o.item.id for o in rest if isinstance(o, Drop)}


def test_an_item_without_fingerprint_is_an_error_that_says_so() -> None:
    """A chain without `fingerprint` gives a named error instead of letting everything through."""
    with Chain([Step("dedupe", Dedupe())]) as chain:
        (dropped,) = chain.feed(Item.page("海风镇的灯塔"))
    assert isinstance(dropped, Drop)
    assert dropped.reason == "error"
    assert "put the step `fingerprint` before `dedupe`" in dropped.evidence["error"]


def test_more_bands_than_the_signature_has_words_is_refused() -> None:
    """Options that do not fit the signature say what was asked for and what is allowed."""
    with pytest.raises(ValidationError, match=r"bands x rows is 120 x 6 = 720; a signature has 512 words"):
        DedupeOptions(bands=120)


def test_a_chain_opened_again_has_forgotten() -> None:
    """What one run saw is not held against the next one of the same chain."""
    chain = Chain([Step("fingerprint", Fingerprint()), Step("dedupe", Dedupe())])
    for _ in range(2):
        with chain:
            assert lost_to(list(chain.feed(Item.page(prose(1))))) == [None]


FAMILIES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=12)


def member(family: int, edits: int) -> str:
    """A text of a family; members of one family are near-duplicates of its first, more or less."""
    return scattered(prose(family, 200), edits * 2) if edits else prose(family, 200)


@given(FAMILIES, st.integers(0, 12))
@settings(max_examples=40, deadline=None)
def test_unrelated_page_changes_nothing(family: list[tuple[int, int]], place: int) -> None:
    """With an unrelated page put in anywhere, every other page has the fate and the partner it had without."""
    pages = [Item.page(member(*m), f"page-{n}") for n, m in enumerate(family)]
    more = [*pages[:place], Item.page(prose(99), "unrelated"), *pages[place:]]
    with_it, without_it = ([o for o in _run(items) if _source(o) != "unrelated"] for items in (more, pages))
    assert with_it == without_it


@given(FAMILIES)
@settings(max_examples=40, deadline=None)
def test_nothing_is_dropped_but_for_a_true_partner(family: list[tuple[int, int]]) -> None:
    """Every dropped page really repeats an earlier one, and its named partner is one that was kept."""
    texts = [member(*m) for m in family]
    found = outcomes(texts)
    kept = {o.id for o in found if isinstance(o, Item)}
    identities = [found.identity for found in identify(["\n" + text for text in texts], 5, carry_shingles=True)]
    for number, outcome in enumerate(found):
        if isinstance(outcome, Drop):
            assert outcome.evidence["kept"] in kept
            assert any(_alike(identities[number], earlier) for earlier in identities[:number])


def test_many_near_identical_texts_cost_a_bounded_number_of_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often a text recurs, an article is compared with at most one earlier one a key."""
    reads = 0
    read = Index.payload

    def counted(self: Index, number: int) -> bytes:
        nonlocal reads
        reads += 1
        return read(self, number)

    monkeypatch.setattr(Index, "payload", counted)
    found = outcomes([f"{prose(1, 120)}第{number}期" for number in range(2000)])
    assert sum(isinstance(o, Drop) for o in found) == 1999
    assert reads < 2000 * 2


def test_what_is_beyond_memory_spills_to_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The outcome is the same when what was seen no longer fits in memory."""
    texts = [member(n % 4, n % 3) for n in range(24)]
    before = outcomes(texts)
    monkeypatch.setattr("pipeline.ledger.index._IN_MEMORY_ARTICLES", 1)
    assert outcomes(texts) == before


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_hash_seed_changes_nothing(seed: str) -> None:
    """Outcomes are the same in a process with another PYTHONHASHSEED."""
    code = (
        "import test_dedupe as t; "
        "print([(o.reason, dict(o.evidence)) if isinstance(o, t.Drop) else o.id for o in "
        "t.outcomes([t.member(n % 4, n % 3) for n in range(24)])])"
    )
    path = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    here = [
        (o.reason, dict(o.evidence)) if isinstance(o, Drop) else o.id  # type: ignore[union-attr]
        for o in outcomes([member(n % 4, n % 3) for n in range(24)])
    ]
    assert done.stdout.strip() == str(here)


def _run(items: Sequence[Item]) -> list[Outcome]:
    with Chain([Step("fingerprint", Fingerprint()), Step("dedupe", Dedupe())]) as chain:
        return list(chain.run(items))


def _source(outcome: Outcome) -> str:
    return outcome.item.source.name if isinstance(outcome, Drop) else outcome.source.name  # type: ignore[union-attr]


def _alike(one: object, other: object) -> bool:
    return repeats(one, other, similar(one, other), Limits(0.8, 1.0))  # type: ignore[arg-type]
