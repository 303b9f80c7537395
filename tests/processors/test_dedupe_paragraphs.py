"""`dedupe_paragraphs`: which paragraphs are cut, and that the article stays."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.chain import Chain
from pipeline.config import load
from pipeline.errors import ChainStopped, ConfigError
from pipeline.item import Cut, Drop, Item, Outcome
from pipeline.ledger.index import Index
from pipeline.ledger.manifest import LedgerError
from pipeline.processor import Memory, Step
from pipeline.testing import assert_contract, assert_every_character_accounted
from processors.dedupe import Dedupe, DedupeOptions
from processors.dedupe_paragraphs import DedupeParagraphs, DedupeParagraphsOptions
from processors.fingerprint import Fingerprint

NOTE = "本报记者提醒读者：转载请注明出处，并保留文末的作者与联系方式。"
OWN = [f"第{n}天清晨，灯塔管理员{name}抄完潮汐表，又去码头数了一遍渔船。" for n, name in enumerate("甲乙丙丁戊己庚")]


def run(texts: Sequence[str], commit: bool = False, **given: object) -> list[list[Outcome]]:
    """What becomes of each text."""
    step = DedupeParagraphs(DedupeParagraphsOptions(**given))
    with Chain([Step("dedupe_paragraphs", step)]) as chain:
        found = [list(chain.feed(Item.page(text, f"{number}"))) for number, text in enumerate(texts)]
        if commit:
            chain.commit()
    return found


def test_a_state_folder_decides_whether_a_run_counts(tmp_path: Path) -> None:
    """A prepared run that the state folder counts is known to the next; where two are to remember, that is an error."""

    def remembering(generation: int, run: int) -> tuple[list[Outcome], int | None]:
        step = DedupeParagraphs(DedupeParagraphsOptions(max_articles=1))
        step.memory = Memory(tmp_path, generation, run)
        with Chain([Step("dedupe_paragraphs", step)]) as chain:
            return list(chain.feed(Item.page(f"{OWN[run]}\n{NOTE}"))), step.prepare()

    assert remembering(0, 1)[1] == 1
    cuts = [o.evidence["run"] for o in remembering(1, 2)[0] if isinstance(o, Cut)]
    assert cuts == [1]
    twice = DedupeParagraphs(DedupeParagraphsOptions(index=tmp_path))
    twice.memory = Memory(tmp_path, 1, 2)
    with pytest.raises(LedgerError, match="leave out the option index"):
        twice.open()


def texts_of(found: Sequence[Sequence[Outcome]]) -> list[str]:
    """The text of each article that came out."""
    return [o.text for outcomes in found for o in outcomes if isinstance(o, Item)]


def test_a_paragraph_is_cut_from_the_article_after_the_last_that_may_have_it() -> None:
    """The first articles keep it, later ones lose it and nothing else, with the first of all as evidence."""
    found = run([f"{own}\n{NOTE}\n{own}尾" for own in OWN[:4]], max_articles=2)
    assert texts_of(found) == [
        *(f"{own}\n{NOTE}\n{own}尾" for own in OWN[:2]),
        *(f"{own}\n{own}尾" for own in OWN[2:4]),
    ]
    (cut,) = [o for o in found[3] if isinstance(o, Cut)]
    first = found[0][0]
    assert isinstance(first, Item)
    assert (cut.reason, cut.text) == ("recurring_paragraph", f"{NOTE}\n")
    assert cut.evidence == {"first": first.id, "source": "0", "run": 1, "articles": 2}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{NOTE}\n{OWN[3]}", OWN[3]),
        (f"{OWN[3]}\n{NOTE}", OWN[3]),
        (f"{OWN[3]}\n{NOTE}\n{NOTE}", OWN[3]),
        (f"{NOTE}\n{OWN[3]}\n{NOTE}\n{OWN[4]}", f"{OWN[3]}\n{OWN[4]}"),
        (f"{OWN[3]}\n{NOTE}\n", f"{OWN[3]}\n"),
    ],
)
def test_wherever_it_stands_the_lines_around_it_close_up(text: str, left: str) -> None:
    """At the beginning, in the middle, at the end, and several times: no empty line is left."""
    assert texts_of(run([f"{OWN[0]}\n{NOTE}", text], max_articles=1))[1] == left


def test_script_width_and_punctuation_do_not_hide_a_paragraph() -> None:
    """Paragraphs are compared by letters and digits, script and width folded."""
    hidden = "本報記者提醒讀者,轉載請註明出處 並保留文末的作者與聯繫方式"
    assert texts_of(run([f"{OWN[0]}\n{NOTE}", f"{OWN[1]}\n{hidden}"], max_articles=1))[1] == OWN[1]


def whole_chain(texts: Sequence[str], action: str = "drop") -> list[Outcome]:
    """What `dedupe` and then `dedupe_paragraphs` make of texts, a paragraph allowed in one article."""
    steps = [
        Step("fingerprint", Fingerprint()),
        Step("dedupe", Dedupe(DedupeOptions(action=action))),
        Step("dedupe_paragraphs", DedupeParagraphs(DedupeParagraphsOptions(max_articles=1))),
    ]
    with Chain(steps) as chain:
        return list(chain.run(Item.page(text, f"{number}") for number, text in enumerate(texts)))


def test_near_copies_end_whole_and_leave_no_fragments() -> None:
    """A copy that gained a sentence loses to the first as a whole; another article loses the shared paragraph only."""
    first = "\n".join(OWN[:5])
    found = whole_chain([first, f"{first}\n记者甲。", f"{OWN[5]}{OWN[6]}\n{OWN[0]}"])
    assert [(type(o), o.reason) for o in found if not isinstance(o, Item)] == [
        (Drop, "near_duplicate"),
        (Cut, "recurring_paragraph"),
    ]
    assert texts_of([found]) == [first, f"{OWN[5]}{OWN[6]}"]


def test_the_other_order_is_refused(tmp_path: Path) -> None:
    """Paragraphs before whole articles is an error of the configuration that says what to move."""
    path = tmp_path / "run.yaml"
    chain = [f"  - processor: {name}\n" for name in ("fingerprint", "dedupe_paragraphs", "dedupe")]
    path.write_text("version: 1\nsource: {paths: [pages/]}\nchain:\n" + "".join(chain), encoding="utf-8")
    with pytest.raises(ConfigError, match="'dedupe' must stand before 'dedupe_paragraphs', found on line 5; move it"):
        load(path)


def test_what_dedupe_only_marked_passes_uncut() -> None:
    """A marked copy keeps its paragraphs, and they do not count against others."""
    first = "\n".join(OWN[:5])
    texts = [first, f"{first}\n记者甲。"]
    assert texts_of([whole_chain(texts, action="mark")]) == texts


def test_short_paragraphs_and_repeats_within_one_article_stay() -> None:
    """What is short recurs by chance, and an article may repeat itself."""
    texts = [f"{own}\n他点了点头。\n{own}" for own in OWN]
    assert texts_of(run(texts, max_articles=1)) == texts


def test_an_article_of_nothing_else_is_dropped() -> None:
    """When every paragraph has been seen often enough, what is left is dropped, and every character accounted for."""
    text = f"{NOTE}\n{OWN[0]}"
    *_, last = run([text, text], max_articles=1)
    assert [type(outcome) for outcome in last] == [Cut, Cut, Drop]
    assert isinstance(last[-1], Drop)
    assert (last[-1].reason, last[-1].evidence) == ("all_recurring", {"paragraphs": 2})
    assert_every_character_accounted(Item.page(text), last)


def test_a_shared_half_of_a_key_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where two paragraphs have the same key in the index, the whole digests decide."""
    claim = Index.claim
    monkeypatch.setattr(Index, "claim", lambda self, keys, known: claim(self, [7 << 30 for _ in keys], known))
    texts = [f"{own}{NOTE}" for own in OWN]
    assert texts_of(run(texts, max_articles=1)) == texts


def test_earlier_runs_count_and_are_named(tmp_path: Path) -> None:
    """With an index the paragraphs of earlier runs are known, as is the run they came in."""
    run([f"{OWN[0]}\n{NOTE}"], index=tmp_path, max_articles=1, commit=True)
    (found,) = run([f"{OWN[1]}\n{NOTE}"], index=tmp_path, max_articles=1)
    assert texts_of([found]) == [OWN[1]]
    (cut,) = [o for o in found if isinstance(o, Cut)]
    assert cut.evidence["run"] == 1
    with pytest.raises(LedgerError, match="max_articles was 1, is 2"):
        run([], index=tmp_path, max_articles=2)


def test_the_index_of_dedupe_is_another(tmp_path: Path) -> None:
    """One folder for both steps is refused."""
    run([NOTE], index=tmp_path, commit=True)
    with pytest.raises(LedgerError, match="of was 'paragraphs', is 'articles'"):
        Dedupe(DedupeOptions(index=tmp_path)).open()


def test_an_index_that_fails_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is not an error of one article after the other."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Index, "look_up", full)
    with pytest.raises(ChainStopped, match=r"dedupe_paragraphs: the index failed: .*No space left"):
        run([NOTE])


@settings(max_examples=30)
@given(st.lists(st.lists(st.sampled_from([NOTE, *OWN[:3], "短", "", " "]), max_size=5), max_size=8))
def test_every_character_is_accounted_for(articles: list[list[str]]) -> None:
    """Whatever recurs where, each character is in the article or in a cut, and a second run does the same."""
    texts = ["\n".join(lines) for lines in articles]
    for number, (text, found) in enumerate(zip(texts, run(texts, max_articles=1), strict=True)):
        assert_every_character_accounted(Item.page(text, f"{number}"), found)
    items = [Item.page(text, f"{number}") for number, text in enumerate(texts)]
    assert_contract(DedupeParagraphs(), items)
