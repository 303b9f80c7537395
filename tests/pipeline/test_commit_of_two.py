"""Two steps that remember by themselves: a commit counts for both or for none, wherever it was interrupted."""

import shutil
from pathlib import Path

import pytest

from pipeline.chain import Chain
from pipeline.item import Item, Outcome
from pipeline.ledger.index import Index
from pipeline.ledger.manifest import PREPARED, LedgerError
from pipeline.ledger.upkeep import verify
from pipeline.processor import CorpusProcessor, Memory, Step
from processors.dedupe import Dedupe, DedupeOptions
from processors.dedupe_paragraphs import DedupeParagraphs, DedupeParagraphsOptions
from processors.fingerprint import Fingerprint
from tests.quality.duplicates.killing import died_at

NOTE = "本报所载文字未经许可不得转载，海风镇印务所承印，投稿请寄灯塔路三号。"
NIGHTS = [
    [f"白鹭滩的麦子熟了，镇上的人从清早割到天黑。\n{NOTE}"],
    [f"青石镇新修的石桥今天通车，摆渡三十年的老周把船系在桥下。\n{NOTE}"],
]


def chain_of(folder: Path) -> Chain:
    """A chain of which two steps have an index."""
    paragraphs = DedupeParagraphsOptions(index=folder / "paragraphs", max_articles=1)
    return Chain(
        [
            Step("fingerprint", Fingerprint()),
            Step("dedupe", Dedupe(DedupeOptions(index=folder / "articles"))),
            Step("dedupe_paragraphs", DedupeParagraphs(paragraphs)),
        ],
        on_error="stop",
    )


def night(folder: Path, number: int) -> list[Outcome]:
    """What a run comes to; it is committed."""
    with chain_of(folder) as chain:
        found = list(chain.run(Item.page(text, f"{number}") for text in NIGHTS[number]))
        chain.commit()
    return found


def runs(folder: Path) -> tuple[int, ...]:
    """How many runs each of the two indexes has, once a chain has opened them."""
    with chain_of(folder):
        assert not list(folder.rglob(PREPARED))
    return tuple(verify(folder / name).runs for name in ("articles", "paragraphs"))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # numpy's own threads do nothing here
def test_killed_at_any_point_of_the_second_night(tmp_path: Path) -> None:
    """Both indexes have the second night or neither, and where neither, the same night again has the same outcomes."""
    once = tmp_path / "once"
    night(once, 0)
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(once, undisturbed)
    expected = night(undisturbed, 1)
    found: set[tuple[int, ...]] = set()
    point = 0
    while True:
        folder = tmp_path / f"{point}"
        shutil.copytree(once, folder)
        if not died_at(point, lambda folder=folder: night(folder, 1)):
            break
        found.add(runs(folder))
        if runs(folder) == (1, 1):
            assert night(folder, 1) == expected
        assert verify(folder / "paragraphs") == verify(undisturbed / "paragraphs")
        point += 1
    assert found == {(1, 1), (2, 2)}
    assert point > 10


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # numpy's own threads do nothing here
def test_what_decides_must_be_there(tmp_path: Path) -> None:
    """With the index of the first step gone nobody knows whether the second one's night counts; that is said."""
    night(tmp_path, 0)
    point = 0
    while not list(tmp_path.rglob(PREPARED)):
        assert died_at(point, lambda: night(tmp_path, 1))
        point += 1
    shutil.rmtree(tmp_path / "articles")
    step = DedupeParagraphs(DedupeParagraphsOptions(index=tmp_path / "paragraphs", max_articles=1))
    with pytest.raises(
        LedgerError, match=r"prepared\.json: a run was interrupted here.*articles, where there is no index"
    ):
        step.open()


def test_with_a_state_no_index_follows_another(tmp_path: Path) -> None:
    """A chain that has remembered by itself and then gets a state leaves the decision to that."""
    chain = chain_of(tmp_path)
    with chain:
        pass
    processors = [step.processor for step in chain.steps if isinstance(step.processor, CorpusProcessor)]
    for processor in processors:
        processor.options = processor.options.model_copy(update={"index": None})
        processor.memory = Memory(tmp_path / type(processor).__name__, 0, 1)
    with chain:
        assert chain.prepare() == {"dedupe": 1, "dedupe_paragraphs": 1}
    for processor in processors:
        folder = tmp_path / type(processor).__name__
        with pytest.raises(LedgerError, match="a run with a state folder was interrupted here"):
            Index(folder, {})
