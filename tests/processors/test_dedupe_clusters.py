"""What `dedupe` does with the articles of a cluster: which stays, what is marked, and what is told of its size."""

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.chain import Chain
from pipeline.item import Drop, Item, Outcome
from pipeline.processor import Step
from pipeline.testing import assert_contract
from processors.dedupe import Dedupe, DedupeOptions
from processors.fingerprint import Fingerprint

SHORT = "青石镇新修的石桥今天通车，摆渡三十年的老周把船系在桥下，说明年开春还要给它上一遍桐油。"
LONG = f"{SHORT}孩子们数桥墩。"
OTHER = "白鹭滩的麦子熟了，镇上的人从清早割到天黑，粮站门口排起了长队，孩子们在晒场上追着麻雀跑。"


def chain_of(**given: object) -> Chain:
    """A chain of `fingerprint` and `dedupe` with these options."""
    return Chain([Step("fingerprint", Fingerprint()), Step("dedupe", Dedupe(DedupeOptions(**given)))])


def run(texts: Sequence[str], **given: object) -> list[Outcome]:
    """What becomes of texts, named a, b, c …"""
    with chain_of(**given) as chain:
        return list(chain.run(Item.page(text, chr(97 + number)) for number, text in enumerate(texts)))


def names(found: Sequence[Outcome]) -> list[str]:
    """Outcomes as the name of the source, in capitals where it was dropped, with the name of the one it lost to."""
    return [
        f"{o.item.source.name.upper()}>{o.evidence['source']}" if isinstance(o, Drop) else o.source.name  # type: ignore[union-attr]
        for o in found
    ]


@pytest.mark.parametrize(
    ("keep", "expected"),
    [("first", ["a", "b", "C>a", "D>b", "E>a"]), ("longest", ["A>c", "b", "c", "D>b", "E>c"])],
)
def test_which_one_stays(keep: str, expected: list[str]) -> None:
    """The first seen, or the longest with its title's place in the order; of equally long ones the first."""
    assert names(run([SHORT, OTHER, LONG, OTHER, SHORT], keep=keep)) == expected


def test_the_longest_is_what_similarity_is_told_to() -> None:
    """Under keep longest the similarity is that to the article which stayed."""
    first, kept, copy = run([SHORT, LONG, SHORT], keep="longest")
    assert isinstance(first, Drop)
    assert isinstance(kept, Item)
    assert isinstance(copy, Drop)
    assert first.evidence == copy.evidence
    assert (first.evidence["kept"], first.reason) == (kept.id, "near_duplicate")
    assert 0.8 < first.evidence["similarity"] < 1


@pytest.mark.parametrize("action", ["drop", "mark"])
def test_what_resembles_the_longest_only_through_others_says_so(action: str) -> None:
    """Under keep longest every repetition names one that it really is like, in `via` where that is not the kept one."""
    text = "".join(chr(0x4E00 + number * number) for number in range(120))
    edited = f"{OTHER[:11]}{text[11:]}"
    texts = (text, edited, f"{edited[:109]}{OTHER[-15:]}", text)
    items = [Item.page(text, name) for name, text in zip("abcd", texts, strict=True)]
    with chain_of(keep="longest", action=action) as chain:
        a, b, c, d = chain.run(items)
    assert isinstance(c, Item)
    assert c.id == items[2].id
    if action == "mark":
        metas = [each.meta for each in (a, b, d) if isinstance(each, Item)]
        assert [meta["cluster"] for meta in metas] == [c.id] * 3
        assert [meta["duplicate_source"] for meta in metas] == ["b", "c", "a"]
        return
    told = [each.evidence for each in (a, b, d) if isinstance(each, Drop)]
    assert [each["kept"] for each in told] == [c.id] * 3
    assert [each.get("via") for each in told] == [items[1].id, None, items[0].id]
    assert all(each["similarity"] >= 0.8 for each in told)


def test_mark_lets_everything_through() -> None:
    """Marked articles carry the id of their cluster, repetitions their partner too; nothing is dropped."""
    kept, other, copy = run([SHORT, OTHER, LONG], action="mark")
    assert isinstance(kept, Item)
    assert isinstance(other, Item)
    assert isinstance(copy, Item)
    assert (kept.meta, other.meta) == ({"cluster": kept.id}, {"cluster": other.id})
    assert copy.meta["cluster"] == copy.meta["duplicate_of"] == kept.id
    assert (copy.meta["duplicate_source"], copy.meta["duplicate_run"]) == (kept.source.name, 1)
    assert copy.meta["verified"] == "shingles"
    assert 0.7 < copy.meta["similarity"] < 1


def test_statistics_count_clusters_by_size() -> None:
    """The run's statistics say how many clusters of which size there were."""
    texts = [SHORT] * 2 + [OTHER] * 4 + ["海风镇的灯塔管理员每天抄写两份潮汐表"] * 9 + ["井边的老槐树今年又发了新枝"]
    with chain_of(template_over=8) as chain:
        list(chain.run(Item.page(text, f"{number}") for number, text in enumerate(texts)))
        found = {name: count for name, count in chain.stats.items() if "/clusters/" in name}
    assert found == {
        "chain/dedupe/clusters/2": 1,
        "chain/dedupe/clusters/3-4": 1,
        "chain/dedupe/clusters/9-16": 1,
        "chain/dedupe/clusters/templates": 1,
    }


def test_a_cluster_over_the_stated_size_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    """The log names the article that so many are like; clusters up to the size are not mentioned."""
    with caplog.at_level(logging.WARNING):
        first = run([SHORT] * 4 + [OTHER] * 3, template_over=3)[0]
    assert isinstance(first, Item)
    assert caplog.messages == [f"3 copies of {first.id} (a): likely a template"]


@pytest.mark.parametrize("spill", [1, 8192])
def test_clusters_are_counted_over_all_runs(
    spill: int, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an index a cluster's size is that of all runs, and a template that grows by one a night is reported."""
    monkeypatch.setattr("pipeline.ledger.index._IN_MEMORY_ARTICLES", spill)
    for night in range(3):
        chain = chain_of(template_over=3, index=tmp_path)
        with chain, caplog.at_level(logging.WARNING):
            list(chain.run(Item.page(text, f"{night}-{n}") for n, text in enumerate([OTHER, SHORT, SHORT][night:])))
            chain.commit()
        told = {name.removeprefix("chain/dedupe/clusters/"): n for name, n in chain.stats.items() if "clusters" in name}
        assert told == [{"2": 1}, {"3-4": 1, "templates": 1}, {"5-8": 1, "templates": 1}][night]
    assert [message.split(" of ")[0] for message in caplog.messages] == ["3 copies", "4 copies"]


@pytest.mark.parametrize("batch", [2, 3, 100])
def test_batches_come_out_in_order(batch: int) -> None:
    """Articles looked up together come out in the order they came, the last ones at the end of the run."""
    texts = [SHORT, "", OTHER, LONG, OTHER]
    assert names(run(texts, batch=batch)) == names(run(texts))


@pytest.mark.parametrize("given", [{}, {"batch": 3}, {"keep": "longest"}, {"action": "mark"}])
def test_contract(given: dict[str, object]) -> None:
    """The step holds the contract of processors under every option that changes when and how items come back."""
    texts = [SHORT, OTHER, LONG, "", OTHER]
    fingerprint = Fingerprint()
    items = [out for n, text in enumerate(texts) for out in fingerprint.process(Item.page(text, f"{n}"))]
    assert_contract(Dedupe(DedupeOptions(**given)), items)
