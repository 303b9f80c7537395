"""Files that take the place of others, or come back under another name and edited: their articles follow."""

import json
import random

import pytest

from benchmarks.interruptions import prose
from benchmarks.maintenance import Project

LOTS = random.Random(4)
DRAFT, OTHER, THIRD = (prose(LOTS, 12) for _ in range(3))
EDITED, TWICE = DRAFT.replace("。", "！", 1) + "又及：次日更正。", DRAFT[:-20]


@pytest.fixture(params=[1, 1000])
def nights(tmp_path, request):
    """A project; each night has the pages that are given, and no others. Gives what counts then: source and text."""
    project = Project(tmp_path)
    project.begin()

    def night(**pages):
        folder = project.folder / "pages"
        names = {name.replace("__", "/") + ".txt": text for name, text in pages.items()}
        for path in [path for path in folder.rglob("*.txt") if str(path.relative_to(folder)) not in names]:
            path.unlink()
        for name, text in names.items():
            (folder / name).parent.mkdir(exist_ok=True)
            if not (folder / name).exists() or (folder / name).read_text("utf-8") != text:
                project.page(name, text)
        ended = project.night(request.param)
        assert ended.code == 0, ended.said
        assert project.ledger("verify").code == 0, project.ledger("verify")
        return live(project)

    return night


def live(project):
    """Source and text of the articles that count, by what the outputs tell."""
    outputs = {"articles": [], "audit": []}
    for name, lines in sorted(project.outputs().items()):
        outputs[name.partition("/")[0]].append([json.loads(line) for line in lines.splitlines()])
    found = {}
    for articles, audit in zip(outputs["articles"], outputs["audit"], strict=True):
        for record in audit:
            for id_ in record["evidence"].get("articles", ()) if record["event"] == "input" else ():
                found.pop(id_, None)
        found |= {
            record["id"]: (record["source"].removesuffix(".txt").replace("/", "__"), record["text"])
            for record in articles
        }
    return sorted(found.values())


def is_in(text, found):
    """Whether one article has a text, as steps give it."""
    return [name for name, each in found if each.strip() == text.strip()]


def test_a_correction_comes_out_after_a_file_took_the_name_of_another(nights):
    """`mv draft.txt page.txt`: the old article ends, the draft's follows the name, and ends with the next one."""
    nights(draft=DRAFT, page=OTHER)
    assert is_in(DRAFT, moved := nights(page=DRAFT)) == ["draft"]
    assert len(moved) == 1
    assert is_in(EDITED, corrected := nights(page=EDITED)) == ["page"]
    assert len(corrected) == 1
    assert nights(page=EDITED) == corrected


def test_a_draft_of_a_page_takes_its_place(nights):
    """The draft was dropped as a near copy of the page; when it takes its name, it comes out in the same night."""
    assert is_in(DRAFT, nights(page=DRAFT)) == ["page"]
    assert nights(page=DRAFT, draft=EDITED) == nights(page=DRAFT, draft=EDITED)
    assert is_in(EDITED, found := nights(page=EDITED)) == ["page"]
    assert len(found) == 1


@pytest.mark.parametrize("known", [False, True], ids=["new", "known"])
@pytest.mark.parametrize("names", [("b", "a"), ("a", "b"), ("d__a", "e__a")], ids="-".join)
def test_a_file_that_is_renamed_and_edited_in_one_night(nights, names, known):
    """Under a new name in its folder, or its name in another, or the name of another page: the edited text counts."""
    before, after = names
    nights(**{before: DRAFT}, **({after: OTHER} if known else {}))
    assert is_in(EDITED, found := nights(**{after: EDITED})) == [after]
    assert len(found) == 1
    assert is_in(TWICE, found := nights(**{after: TWICE})) == [after]
    assert len(found) == 1


def test_a_copy_follows_what_it_lost_to(nights):
    """Of two copies the first goes, weeks ago; when the second is edited, that is what counts."""
    nights(a=DRAFT, b=DRAFT)
    assert is_in(DRAFT, nights(b=DRAFT)) == ["a"]
    nights(b=DRAFT, c=THIRD)
    assert is_in(EDITED, found := nights(b=EDITED, c=THIRD)) == ["b"]
    assert len(found) == 2


def test_a_copy_from_elsewhere_is_none_the_less(nights):
    """What has gone in an earlier night, or lies elsewhere under another name, ends copies as it did."""
    nights(d__a=DRAFT, d__b=OTHER, x=THIRD)
    assert is_in(EDITED, nights(e__c=EDITED, d__b=OTHER, x=THIRD)) == []
    assert is_in(OTHER[:-12], nights(e__c=EDITED, x=THIRD)) == []
    assert is_in(OTHER[:-12], nights(e__c=EDITED, d__z=OTHER[:-12], x=THIRD)) == []


def test_pages_that_come_out_together_are_all_there(tmp_path):
    """With `batch` the last page brings out those before: none of them goes when that one is a next version."""
    project = Project(tmp_path)
    project.begin()
    chain = project.folder / "chain.yaml"
    chain.write_text(chain.read_text("utf-8").replace("dedupe\n", "dedupe\n    options: {batch: 2}\n", 1), "utf-8")
    project.page("b.txt", DRAFT)
    assert project.night().code == 0
    project.page("b.txt", None)
    project.page("a.txt", OTHER)
    project.page("c.txt", EDITED)
    assert project.night().code == 0
    assert is_in(OTHER, live(project)) == ["a"]


def test_what_a_later_step_drops_ends_no_correction(tmp_path):
    """All paragraphs of a page stand in another one, so that nothing comes out of it; then they are edited."""
    project = Project(tmp_path)
    project.begin()
    chain = project.folder / "chain.yaml"
    text = chain.read_text("utf-8")
    chain.write_text(text.replace("paragraphs\n", "paragraphs\n    options: {max_articles: 1}\n"), "utf-8")
    paragraphs = [prose(LOTS, 4).replace("\n", "") for _ in range(6)]
    project.page("a.txt", "\n".join(paragraphs))
    for ending, expected in (("", []), ("了", ["b"])):
        project.page("b.txt", "\n".join(paragraph + ending for paragraph in paragraphs[:2]))
        ended = project.night()
        assert ended.code == 0, ended.said
        assert [source for source, _ in live(project) if source == "b"] == expected
    assert project.ledger("verify").code == 0


def test_a_folder_that_was_cleared_was_not_renamed(nights):
    """Ten files and more, most of a folder: near copies that come that night are copies, and what was there counts."""
    many = {f"p{number}": prose(LOTS, 8) for number in range(12)}
    nights(a=DRAFT, **many)
    new = {f"q{number}": prose(LOTS, 8) for number in range(12)}
    assert is_in(EDITED, nights(b=EDITED, **new)) == []


@pytest.mark.parametrize("shard", [1, 1000])
def test_what_has_moved_to_one_place_does_not_follow_another(tmp_path, shard):
    """A text that comes up in two places at once has moved to one; that is known, and the next night brings nothing."""
    project = Project(tmp_path)
    project.begin()
    for name, text in {"a": DRAFT, "c": THIRD, "g": OTHER, "h": DRAFT}.items():
        project.page(f"{name}.txt", text)
    assert project.night(shard).code == 0
    (project.folder / "pages/a.txt").unlink()
    for name, text in {"b": THIRD, "g": DRAFT, "h": OTHER, "moved a": DRAFT}.items():
        project.page(f"{name}.txt", text)
    assert project.night(shard).code == 0
    after = project.outputs()
    assert len(live(project)) == 3
    assert project.night(shard).code == 0
    assert project.outputs() == after
