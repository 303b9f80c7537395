"""Records of articles and of the audit, and their bytes."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exporters.article import article
from pipeline.exporters.audit import EXCERPT, audit
from pipeline.exporters.lines import dump, line
from pipeline.item import Cut, Drop, Item, Part, Source
from pipeline.sources.problem import InputProblem
from pipeline.spans import Span

PAGE = Item.page("标题\n正文第一行\n正文第二行", Source("d/a.txt", 3, "gb18030"))


def test_a_child_names_its_page_and_its_parent():
    """The record of a part of a page: title apart from the text, spans of the raw page, where it came from."""
    (child,) = PAGE.children([Part([(3, 8), (9, 14)], title=(0, 2))])
    record = json.loads(line(article(child.with_meta(b=1, a="甲"))))
    assert list(record) == ["id", "title", "text", "source", "spans", "lineage", "meta"]
    assert record == {
        "id": f"{PAGE.id}-1",
        "title": "标题",
        "text": "正文第一行\n正文第二行",
        "source": "d/a.txt",
        "spans": [[0, 2], [3, 14]],
        "lineage": {"encoding": "gb18030", "number": 3, "page": PAGE.id, "parent": PAGE.id},
        "meta": '{"a":"甲","b":1}',
    }


def test_every_article_has_the_same_fields_and_types():
    """A page without parent and meta has the same shape as one with both, so that readers infer one schema."""
    whole = json.loads(line(article(PAGE)))
    (child,) = PAGE.children([Part([(0, 14)])])
    part = json.loads(line(article(child.with_meta(byline="记者"), {"section": "城事"})))

    def shape(value):
        if isinstance(value, dict):
            return {name: shape(entry) for name, entry in value.items()}
        return [shape(entry) for entry in value] if isinstance(value, list) else type(value)

    assert shape(whole) == shape(part)
    assert (whole["lineage"]["parent"], whole["meta"]) == ("", "{}")


def test_an_articles_own_meta_go_before_its_pages():
    """What a processor says about the article wins over what the spider said about the page."""
    record = article(PAGE.with_meta(byline="记者甲"), {"byline": "网站", "section": "城事"})
    assert json.loads(record.meta) == {"byline": "记者甲", "section": "城事"}


def test_cuts_drops_errors_and_inputs_have_one_shape():
    """Each kind of audit record: its event, where, why, and what does not apply left empty."""
    cut = Cut("advert", {"mark": "广告"}, (Span(0, 2),), "广告", "strip", "x-1", Source("a.txt", 1))
    common = {"item": PAGE.id, "source": "d/a.txt", "page": 3, "spans": [[0, 14]], "text": PAGE.text, "chars": 14}
    records = [
        json.loads(line(audit(o)))
        for o in (
            cut,
            Drop(PAGE, "too_short", {"chars": 14}, "short"),
            Drop(PAGE, "error", {"error": "ValueError: x"}, "strip"),
            InputProblem("b.txt", "empty_input", {"bytes": 0}),
        )
    ]
    assert records == [
        {
            "event": "cut",
            "item": "x-1",
            "source": "a.txt",
            "page": 1,
            "step": "strip",
            "reason": "advert",
            "evidence": {"mark": "广告"},
            "spans": [[0, 2]],
            "text": "广告",
            "chars": 2,
        },
        {"event": "drop", "step": "short", "reason": "too_short", "evidence": {"chars": 14}, **common},
        {"event": "error", "step": "strip", "reason": "error", "evidence": {"error": "ValueError: x"}, **common},
        {
            "event": "input",
            "item": "",
            "source": "b.txt",
            "page": 0,
            "step": "",
            "reason": "empty_input",
            "evidence": {"bytes": 0},
            "spans": [],
            "text": "",
            "chars": 0,
        },
    ]
    assert len({tuple(record) for record in records}) == 1  # the fields in one order, too


def test_a_long_text_is_quoted_in_part():
    """The audit repeats the beginning of what was dropped and says how long it was."""
    record = audit(Drop(Item.page("字" * 1000), "too_long"))
    assert (record.text, record.chars) == ("字" * EXCERPT, 1000)


def test_representations_are_short():
    """Scrapy logs what it handles; a record's representation does not repeat its text."""
    assert repr(article(PAGE)) == f"<Article {PAGE.id} d/a.txt 14 characters>"
    assert repr(audit(Drop(PAGE, "too_short"))) == f"<AuditRecord drop too_short d/a.txt {PAGE.id}>"


class Odd:
    """Something that says of itself only where it lies in memory."""


@dataclass
class Pair:
    second: int
    first: int


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": {"d": 1, "c": 2}}, '{"a":{"c":2,"d":1},"b":1}'),
        ({"甲": {3, 1, 2}, "odd": Odd()}, '{"odd":"<Odd>","甲":[1,2,3]}'),
        ((Span(1, 2), Path("a/b"), b"x"), '[[1,2],"a/b","b\'x\'"]'),
        ({1: 1 << 70, (2, 3): None}, '{"(2, 3)":null,"1":"1180591620717411303424"}'),
        ([date(2024, 5, 1), float("nan"), {1}], '["2024-05-01",null,[1]]'),
        ([Pair(2, 1), {1}], '[{"first":1,"second":2},[1]]'),
        ("\ud83d\ude00\ud800x", '"\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}x"'),
        (ValueError("\udc00"), '"\N{REPLACEMENT CHARACTER}"'),
    ],
    ids=["nested", "set", "tuple", "keys", "date", "dataclass", "surrogates", "exception"],
)
def test_whatever_evidence_holds_is_written(value, written):
    """Keys are sorted, sets ordered, and what JSON has not becomes text without an address in memory."""
    assert dump(value).decode() == written


def test_a_record_keeps_the_order_of_its_fields_whatever_it_holds():
    """A lone surrogate is replaced one for one, and the line looks like every other line."""
    page = Item.page("坏\ud800字")
    assert (
        line(article(page)).decode().startswith(f'{{"id":"{page.id}","title":"","text":"坏\N{REPLACEMENT CHARACTER}字"')
    )


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.floats(), st.sets(st.text()), st.none())))
def test_meta_is_always_an_object_in_one_line(meta):
    """Whatever processors put there, the line is one line of UTF-8 and meta a JSON object."""
    row = line(article(PAGE.with_meta(**{name: value for name, value in meta.items() if name != "self"})))
    assert row.count(b"\n") == 1
    assert isinstance(json.loads(json.loads(row)["meta"]), dict)
