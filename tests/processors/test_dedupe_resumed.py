"""A run that goes on where it was interrupted counts the clusters of the whole run."""

from pipeline import Item
from pipeline.item import Source
from pipeline.processor import Memory
from processors.dedupe import Dedupe
from processors.fingerprint import Fingerprint

TEXTS = (
    "白鹭滩的麦子熟了，镇上的人从清早割到天黑，粮站门口排起了长队。",
    "石桥镇的水文站昨夜换了新灯，守站的人说，河面亮得能数清竹排。",
)


def pages(*numbers):
    """Items with a fingerprint, with the texts of these numbers."""
    for place, number in enumerate(numbers):
        yield from Fingerprint().process(Item.page(TEXTS[number], Source(f"{numbers}-{place}")))


def went_on(folder, generation, run, *numbers):
    """A step that takes part in a run, and what it counts at its end."""
    step = Dedupe()
    step.memory = Memory(folder, generation, run)
    step.open()
    for page in pages(*numbers):
        list(step.process(page))
    list(step.finish())
    found = step.statistics()
    generation = step.prepare()
    step.commit()
    step.close()
    return generation, found


def test_clusters_of_a_run_that_goes_on_are_those_of_all_of_it(tmp_path):
    """What grew before the interruption is counted, as is what grew since; what grew in earlier runs alone is not."""
    generation, found = went_on(tmp_path, 0, 1, 0, 0)
    assert found == {"clusters/2": 1}
    generation, found = went_on(tmp_path, generation, 1, 1, 1, 1)
    assert found == {"clusters/2": 1, "clusters/3-4": 1}
    generation, found = went_on(tmp_path, generation, 2, 1)
    assert found == {"clusters/3-4": 1}
