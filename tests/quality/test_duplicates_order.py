"""Which of several copies stays: the first in the stated order, however the files came to be there."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.chain import Chain
from pipeline.item import Drop, Item, Outcome
from pipeline.processor import Step
from pipeline.sources.text import pages
from pipeline.sources.walk import InputFile, walk
from processors.dedupe import Dedupe
from processors.fingerprint import Fingerprint
from tests.quality.duplicates.corpus import corpus

TEXTS = [document.text[:500] for document in corpus(80)]
COPY = "白鹭滩的麦子熟了，镇上的人从清早割到天黑，粮站门口排起了长队。"


def outcomes(paths: Sequence[Path]) -> list[Outcome]:
    """What becomes of the pages below paths."""
    files = (found for found in walk(paths) if isinstance(found, InputFile))
    items = (page for file in files for page in pages(file) if isinstance(page, Item))
    with Chain([Step("fingerprint", Fingerprint()), Step("dedupe", Dedupe())], on_error="stop") as chain:
        return list(chain.run(items))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_in_which_files_were_written_changes_nothing(seed: int, tmp_path: Path) -> None:
    """The same files, made in any order, some of them in folders, come to the same outcomes."""
    found = []
    for run in (0, seed):
        numbers = list(range(len(TEXTS)))
        if run:
            random.Random(run).shuffle(numbers)
        folder = tmp_path / f"{run}" / "pages"
        for number in numbers:
            file = folder / f"{number % 3}" / f"{number:02d}.txt"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(TEXTS[number], encoding="utf-8")
        found.append(outcomes([folder]))
    assert found[0] == found[1]
    assert any(isinstance(outcome, Drop) for outcome in found[0])


def test_the_stated_order_of_paths_decides(tmp_path: Path) -> None:
    """Of two copies the one in the folder named first stays."""
    for name in ("harbour", "mill"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(COPY, encoding="utf-8")
    paths = [tmp_path / "harbour", tmp_path / "mill"]
    for order in (paths, [*reversed(paths)]):
        kept, dropped = outcomes(order)
        assert isinstance(kept, Item)
        assert isinstance(dropped, Drop)
        assert (kept.source.name, dropped.evidence["source"]) == (f"{order[0].name}/{order[0].name}.txt",) * 2
