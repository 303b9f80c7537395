"""`dedupe` with an index: what earlier runs are held against, and what stops a run before or while it goes on."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from pipeline.chain import Chain
from pipeline.errors import ChainStopped
from pipeline.item import Drop, Item, Outcome
from pipeline.ledger.manifest import LedgerError
from pipeline.ledger.upkeep import verify
from pipeline.processor import Memory, Step
from processors.algorithms import comparison, identity
from processors.dedupe import Dedupe, DedupeOptions
from processors.fingerprint import Fingerprint, FingerprintOptions

TEXTS = [
    "白鹭滩的麦子熟了，镇上的人从清早割到天黑，粮站门口排起了长队，孩子们在晒场上追着麻雀跑来跑去。",
    "青石镇新修的石桥今天通车，摆渡三十年的老周把船系在桥下，说明年开春还要给它上一遍桐油。",
]


def run(texts: Sequence[str], size: int = 5, carry: bool = True, commit: bool = True, **given: object) -> list[Outcome]:
    """The outcomes of a run over texts, named by their first two characters."""
    fingerprint = Fingerprint(FingerprintOptions(shingle_size=size, carry_shingles=carry))
    with Chain([Step("fingerprint", fingerprint), Step("dedupe", Dedupe(DedupeOptions(**given)))]) as chain:
        found = list(chain.run(Item.page(text, text[:2]) for text in texts))
        if commit:
            chain.commit()
    return found


def test_a_copy_of_an_earlier_runs_article_ends_and_names_it(tmp_path: Path) -> None:
    """The drop names id, source and run of the article it lost to, and how alike they are."""
    (first,) = run(TEXTS[:1], index=tmp_path)
    assert isinstance(first, Item)
    other, copy = run([TEXTS[1], f"【转载】{TEXTS[0]}"], index=tmp_path)
    assert isinstance(other, Item)
    assert isinstance(copy, Drop)
    assert copy.evidence == {
        "kept": first.id,
        "source": "白鹭",
        "run": 1,
        "similarity": copy.evidence["similarity"],
        "verified": "shingles",
    }
    assert 0.8 < copy.evidence["similarity"] < 1


def test_the_same_run_again_before_its_commit_is_the_same(tmp_path: Path) -> None:
    """A run that did not get to its commit left nothing behind that could be held against its repetition."""
    first = run(TEXTS, index=tmp_path, commit=False)
    assert run(TEXTS, index=tmp_path) == first
    assert [type(outcome) for outcome in run(TEXTS, index=tmp_path)] == [Drop, Drop]


def test_an_index_for_exact_copies_keeps_digests_only(tmp_path: Path) -> None:
    """Under mode exact a long article takes no more of the index than a short one, and is found again."""
    text = "".join(chr(0x4E00 + number) for number in range(5000))
    run([text, TEXTS[0]], index=tmp_path, mode="exact")
    assert verify(tmp_path).bytes < 400
    found = run([f"{text}！", f"{TEXTS[0]}！", text[1:]], index=tmp_path, mode="exact")
    assert [type(outcome) for outcome in found] == [Drop, Drop, Item]


def test_rollback_forgets_the_run_and_keeps_the_ones_before(tmp_path: Path) -> None:
    """After a rollback the step goes on as if nothing had come since the last commit."""
    run(TEXTS[:1], index=tmp_path)
    step = Dedupe(DedupeOptions(index=tmp_path))
    with Chain([Step("fingerprint", Fingerprint()), Step("dedupe", step)]) as chain:
        for _ in range(2):
            found = list(chain.run(Item.page(text) for text in TEXTS))
            assert [type(outcome) for outcome in found] == [Drop, Item]
            step.rollback()
    assert step.statistics() == {}


@pytest.mark.parametrize("decided", [True, False])
def test_a_state_folder_decides_whether_a_run_counts(decided: bool, tmp_path: Path) -> None:
    """A run that was prepared when it ended is held against the next one exactly if the state says it counts."""

    def remembering(generation: int, number: int) -> tuple[list[Outcome], int | None]:
        step = Dedupe()
        step.memory = Memory(tmp_path, generation, number)
        with Chain([Step("fingerprint", Fingerprint()), Step("dedupe", step)]) as chain:
            return list(chain.run(Item.page(text, text[:2]) for text in TEXTS)), step.prepare()

    _, generation = remembering(0, 3)
    assert generation == 1
    found, _ = remembering(generation if decided else 0, 4)
    assert [o.evidence["run"] for o in found if isinstance(o, Drop)] == [3, 3] * decided


@pytest.mark.parametrize(
    ("given", "message"),
    [({"index": Path("other")}, "leave out the option index"), ({"keep": "longest"}, "write scope: run")],
)
def test_options_that_contradict_a_state_folder(given: dict[str, object], message: str, tmp_path: Path) -> None:
    """Two memories, and a memory that would be rewritten, are errors before the first page."""
    step = Dedupe(DedupeOptions(**given))
    step.memory = Memory(tmp_path / "state", 0, 1)
    with pytest.raises(LedgerError, match=message):
        step.open()
    assert not list(tmp_path.iterdir())


def test_within_a_run_alone_nothing_is_remembered(tmp_path: Path) -> None:
    """Under `scope: run` there is nothing to prepare, also where there is a state folder."""
    step = Dedupe(DedupeOptions(scope="run"))
    step.memory = Memory(tmp_path / "state", 0, 1)
    with Chain([Step("fingerprint", Fingerprint()), Step("dedupe", step)]) as chain:
        list(chain.run([Item.page(TEXTS[0])]))
        assert step.prepare() is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"threshold": 0.7}, r"threshold was 0\.8, is 0\.7"),
        ({"bands": 25, "rows": 5}, "bands was 20, is 25; rows was 6, is 5"),
        ({"mode": "exact"}, "mode was 'near', is 'exact'"),
    ],
)
def test_other_options_than_the_indexs_are_refused_at_once(
    given: dict[str, object], message: str, tmp_path: Path
) -> None:
    """An index made with other options is an error before the first page, and stays as it was."""
    run(TEXTS, index=tmp_path)
    before = contents(tmp_path)
    with pytest.raises(LedgerError, match=f"{message}; go back to those, name another folder, or move"):
        run(TEXTS, index=tmp_path, **given)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ("NORMALIZER", 99, "normalizer was .*, is 99"),
        ("SCHEME", 99, "scheme was .*, is 99"),
    ],
)
def test_another_version_of_what_makes_keys_is_refused(
    place: str, value: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text normalized or hashed in another way would not be found again, so the index is refused."""
    assert hasattr(identity, place)
    run(TEXTS, index=tmp_path)
    monkeypatch.setattr(f"processors.dedupe.{place}", value)
    with pytest.raises(LedgerError, match=message):
        run(TEXTS, index=tmp_path)


def test_another_comparison_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One character more that is folded makes another table."""
    run(TEXTS, index=tmp_path)
    table = np.copy(comparison._key_table())
    table[ord("镇")] = ord("真")
    monkeypatch.setattr(comparison, "_key_table", lambda: table)
    with pytest.raises(LedgerError, match=r"table was '[0-9a-f]{16}', is '[0-9a-f]{16}'"):
        run(TEXTS, index=tmp_path)


@pytest.mark.parametrize(
    ("given", "message"),
    [({"size": 6}, "shingle_size was 5, is 6"), ({"carry": False}, "carry_shingles was True, is False")],
)
def test_other_fingerprints_stop_the_run(given: dict[str, object], message: str, tmp_path: Path) -> None:
    """Fingerprints made in another way stop the run at the first article, also under `on_error: drop`."""
    run(TEXTS, index=tmp_path)
    before = contents(tmp_path)
    with pytest.raises(ChainStopped, match=message):
        run(TEXTS, index=tmp_path, **given)  # type: ignore[arg-type]
    assert contents(tmp_path) == before


@pytest.mark.parametrize("batch", [1, 100])
def test_an_index_that_fails_stops_the_run(batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is not an error of one article after the other, nor of those that wait for the end of the run."""
    run(TEXTS, index=tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.ledger.part.Part.owners", full)
    with pytest.raises(ChainStopped, match=r"^dedupe: the index failed: .*No space left"):
        run(TEXTS, index=tmp_path, batch=batch)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"scope": "run"}, "scope run keeps no index"),
        ({"keep": "longest"}, "keep longest cannot take back what earlier runs exported"),
    ],
)
def test_options_that_contradict_an_index(given: dict[str, object], message: str, tmp_path: Path) -> None:
    """What cannot go together with an index says so."""
    with pytest.raises(ValidationError, match=message):
        DedupeOptions(index=tmp_path, **given)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
