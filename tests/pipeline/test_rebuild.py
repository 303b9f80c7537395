"""Making an index anew from exported articles, and looking after one."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.chain import Chain
from pipeline.config import load
from pipeline.exporters.article import article
from pipeline.exporters.lines import line
from pipeline.item import Drop, Item
from pipeline.ledger.lock import Lock
from pipeline.ledger.manifest import LedgerError
from pipeline.ledger.upkeep import compact, verify
from pipeline.rebuild import exported, main, rebuild
from tests.quality.duplicates.killing import died_at

TEXTS = [
    "白鹭滩的麦子熟了，镇上的人从清早割到天黑，粮站门口排起了长队。",
    "青石镇新修的石桥今天通车，摆渡三十年的老周把船系在桥下。",
    "海风镇的灯塔管理员每天抄写两份潮汐表，一份贴在码头。",
]


def config(folder: Path, threshold: float = 0.8) -> Path:
    """A configuration with an index beside it."""
    path = folder / "run.yaml"
    index = json.dumps(str(folder / "index"))
    path.write_text(
        f"""
version: 1
source: {{paths: [pages/]}}
chain:
  - processor: normalize
  - processor: fingerprint
  - processor: dedupe
    options: {{index: {index}, threshold: {threshold}}}
""",
        encoding="utf-8",
    )
    return path


def run(path: Path, texts: list[str]) -> list[Item | Drop]:
    """What a run makes of texts; it is committed."""
    with Chain.load(path) as chain:
        pages = [Item.page(text, f"{number}.txt") for number, text in enumerate(texts)]
        found = [outcome for outcome in chain.run(pages) if isinstance(outcome, Item | Drop)]
        chain.commit()
    return found


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with a configuration, an index of two runs and a file of the articles of each."""
    path = config(tmp_path)
    for number, texts in enumerate((TEXTS[:2], TEXTS[2:]), start=1):
        lines = [line(article(o)) for o in run(path, texts) if isinstance(o, Item)]
        (tmp_path / f"{number}.jsonl").write_bytes(b"".join(lines))
    return tmp_path


def files(folder: Path) -> list[str]:
    """The files of articles, in the order of their runs."""
    return [str(path) for path in sorted(folder.glob("*.jsonl"))]


def test_a_rebuilt_index_decides_like_the_old_one(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was exported before is recognized again, with its id, source and run, under other options too."""
    path = config(made, threshold=0.7)
    with pytest.raises(LedgerError, match=r"threshold was 0\.8, is 0\.7.*python -m pipeline\.rebuild"):
        run(path, TEXTS)
    (made / "index").rename(made / "old")
    assert main([str(path), *files(made)]) == 0
    assert capsys.readouterr().out.startswith("3 articles remembered, 0 of them")
    found = run(path, [f"{text}！" for text in TEXTS])
    assert [(o.evidence["source"], o.evidence["run"]) for o in found if isinstance(o, Drop)] == [
        ("0.txt", 1),
        ("1.txt", 1),
        ("0.txt", 2),
    ]


def test_a_rebuild_never_mixes(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An index that is there is not added to."""
    assert main([str(made / "run.yaml"), *files(made)]) == 2
    assert "index: not empty; move it away first" in capsys.readouterr().err


def test_a_rebuild_that_failed_can_be_done_again(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read leaves no half-made index behind, and with the right one all is well."""
    (made / "index").rename(made / "old")
    bad = made / "bad"
    bad.write_text("no article", encoding="utf-8")
    assert main([str(made / "run.yaml"), *files(made), str(bad)]) == 2
    assert "bad:1: no article" in capsys.readouterr().err
    assert [path.name for path in (made / "index").iterdir()] == ["lock"]
    assert main([str(made / "run.yaml"), *files(made)]) == 0
    assert contents(made / "index") == contents(made / "old")


def test_an_index_nothing_was_committed_to_is_in_no_rebuilds_way(made: Path) -> None:
    """What a run without an end left there, under whatever options, is as good as nothing."""
    (made / "index").rename(made / "old")
    with Chain.load(config(made, threshold=0.6)):
        pass
    assert sorted(path.name for path in (made / "index").iterdir()) == ["lock", "manifest.json"]
    assert main([str(config(made)), *files(made)]) == 0
    assert contents(made / "index") == contents(made / "old")


def test_other_limits_can_be_accepted(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An index goes on under another threshold with all that it holds, and other differences are refused as before."""
    run(made / "run.yaml", [f"{TEXTS[0]}！"])  # dropped: in the index, in no export
    path = config(made, threshold=0.7)
    assert main([str(path), "--accept"]) == 0
    assert capsys.readouterr().out.endswith("index: threshold was 0.8, is 0.7\n")
    assert all(isinstance(o, Drop) for o in run(path, TEXTS))
    assert verify(made / "index").articles == 4 + 3
    path.write_text(path.read_text(encoding="utf-8").replace("threshold", "bands: 30, threshold"), encoding="utf-8")
    assert main([str(path), "--accept"]) == 0
    with pytest.raises(LedgerError, match="bands was 20, is 30"):
        run(path, TEXTS)


@pytest.mark.parametrize("given", [[], ["--accept", "articles.jsonl"]])
def test_one_of_both_is_to_be_done(given: list[str], made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither files nor --accept, or both, is an error that says so."""
    with pytest.raises(SystemExit, match="2"):
        main([str(made / "run.yaml"), *given])
    assert "give the exported files, or --accept" in capsys.readouterr().err


def test_two_rebuilds_do_not_meet(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While one rebuild is at it, another of the same index is refused."""
    (made / "index").rename(made / "old")
    (made / ".index.rebuild").mkdir()
    with Lock(made / ".index.rebuild"):
        assert main([str(made / "run.yaml"), *files(made)]) == 2
    assert ".index.rebuild: " in capsys.readouterr().err


def test_a_rebuild_and_a_run_do_not_meet(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside a first run a rebuild is refused, and a run beside a rebuild: neither loses what the other remembers."""
    (made / "index").rename(made / "old")
    with Chain.load(made / "run.yaml") as chain:
        assert main([str(made / "run.yaml"), *files(made)]) == 2
        list(chain.run([Item.page(TEXTS[0], "first.txt")]))
        chain.commit()
    assert "index: another step of this run has it" in capsys.readouterr().err  # here both are one process
    assert verify(made / "index").articles == 1

    def meanwhile() -> Iterator[Item]:
        with pytest.raises(LedgerError, match="index: another step of this run has it"):
            Chain.load(made / "run.yaml").open()
        yield from exported(made / "1.jsonl")

    (made / "index").rename(made / "older")
    assert rebuild(load(made / "run.yaml").steps, [meanwhile(), exported(made / "2.jsonl")]) == (3, 0)
    assert contents(made / "index") == contents(made / "old")


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # numpy's own threads do nothing here
def test_a_rebuild_killed_at_any_point_can_be_done_again(made: Path) -> None:
    """Whatever rename or removal it was killed before, the index is whole or still to be made, and nothing between."""
    (made / "index").rename(made / "old")
    found = []
    while died_at(len(found), lambda: main([str(made / "run.yaml"), *files(made)])):
        found.append(verify_or_none(made / "index"))
        if found[-1] is None:
            assert main([str(made / "run.yaml"), *files(made)]) == 0
        assert contents(made / "index") == contents(made / "old")
        for left in made.glob("*index*"):
            shutil.rmtree(left)
    assert set(found) == {None, 3}
    assert len(found) > 10


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # as above
def test_two_indexes_are_put_in_place_together(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Killed at any point, a rebuild of two can be done again as it is; a run is refused while one of them waits."""
    chain, args = made / "run.yaml", [str(made / "run.yaml"), *files(made)]
    paragraphs = f"  - {{processor: dedupe_paragraphs, options: {{index: {json.dumps(str(made / 'paragraphs'))}}}}}\n"
    chain.write_text(chain.read_text(encoding="utf-8") + paragraphs, encoding="utf-8")
    shutil.rmtree(made / "index")
    assert main(args) == 0
    names = ("index", "paragraphs")
    for name in names:
        (made / name).rename(made / f"old-{name}")
    refused = at = 0
    while died_at(at, lambda: main(args)):
        there = [verify_or_none(made / name) for name in names]
        if there[0] and not there[1]:
            with pytest.raises(LedgerError, match="interrupted while it was put in place; do it again"):
                Chain.load(chain).open()
            refused += 1
        done = all(there) and not (made / ".paragraphs.rebuild/decided").exists()
        assert main(args) == (2 if done else 0)
        assert [contents(made / name) for name in names] == [contents(made / f"old-{name}") for name in names]
        for name in names:
            shutil.rmtree(made / name)
            shutil.rmtree(made / f".{name}.rebuild", ignore_errors=True)
        at += 1
    assert refused > 2
    assert "interrupted while it was put in place, and is there now" in capsys.readouterr().out


def test_a_chain_without_index_cannot_be_rebuilt(root: Path, made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A configuration without memory is an error that says so."""
    assert main([str(root / "config/pipeline.yaml"), *files(made)]) == 2
    assert "no step of this chain has the option `index`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("not json", "JSONDecodeError"),
        ('{"id": "1"}', "KeyError: 'source'"),
        ('["text"]', "TypeError"),
        ("null", "TypeError"),
        ('{"id": "1", "text": 5, "source": "a", "title": ""}', "text is 5, allowed: a string"),
        ('{"id": "1", "text": "", "source": "a", "title": null}', "title is None, allowed: a string"),
        ('{"id": "1", "text": "", "source": ["a"], "title": ""}', r"source is \[.*\], allowed: a string"),
        ('{"id": 1, "text": "", "source": "a", "title": ""}', "id is 1, allowed: a string"),
    ],
)
def test_a_line_that_is_no_article_is_named(
    bad: str, told: str, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a wrong file, file, line and what is wrong are told, and no index is made."""
    (made / "index").rename(made / "old")
    path = made / "audit.jsonl"
    path.write_bytes((made / "1.jsonl").read_bytes() + f"{bad}\n".encode())
    assert main([str(made / "run.yaml"), str(path)]) == 2
    assert re.search(rf"audit\.jsonl:3: no article as seedsift writes it \(.*{told}", capsys.readouterr().err)
    assert not verify_or_none(made / "index")


def test_verify_says_what_there_is(made: Path) -> None:
    """A whole index is summed up; it is as it was."""
    summary = verify(made / "index")
    assert (summary.articles, summary.runs, summary.parts) == (3, 2, 2)
    assert summary.bytes == sum(path.stat().st_size for path in (made / "index").glob("part-*"))


def test_compact_makes_one_part(made: Path) -> None:
    """After compacting there is one part with the same articles and runs, and it is recognized as before."""
    assert compact(made / "index").parts == 1
    assert verify(made / "index").runs == 2
    assert all(isinstance(o, Drop) for o in run(made / "run.yaml", TEXTS))


def test_verify_names_the_damaged_file(made: Path) -> None:
    """One changed bit in a part is found."""
    path = sorted((made / "index").glob("part-*"))[1]
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=f"{path.name}: damaged"):
        verify(made / "index")


@pytest.mark.parametrize("look", [verify, compact])
def test_no_index_is_no_index(look: object, tmp_path: Path) -> None:
    """A folder without an index is told to be that, and none is made there."""
    with pytest.raises(LedgerError, match="there is no index here"):
        look(tmp_path / "nothing")  # type: ignore[operator]
    assert not list(tmp_path.iterdir())


def verify_or_none(folder: Path) -> int | None:
    """How many articles an index has; None where nothing was ever committed to one."""
    if not (folder / "manifest.json").exists():
        return None
    return verify(folder).articles or None


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of an index but the lock."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "lock"}
