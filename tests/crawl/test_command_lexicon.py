"""``scrapy lexicon check``: which terms stand in a text."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.shipped import shipped
from processors.algorithms.brand import read_weights

Command = Callable[..., tuple[int, str, str]]
SIDES = read_weights(shipped("weights", "keyword.yaml")).sides
TRADE, SUFFIX = f"{SIDES['trade']:.2f}", f"{SIDES['suffixes']:.2f}"


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("own.yaml").write_text("version: 1\ntrade: [茶票]\nline: [渡口]\nsuffix: [茶票登录]\n", encoding="utf-8")
    Path("more.yaml").write_text("version: 1\ntrade: [茶票]\n", encoding="utf-8")


def rows(out: str) -> list[list[str]]:
    """The cells of each line below the headings; two blanks or more divide them."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in out.splitlines()[1:]]


def test_a_hit_is_shown_with_all_that_is_known_of_it(scrapy: Command) -> None:
    """Line and column in the text, category, term, lexicon, and what is written; of terms in one place the longest."""
    code, out, err = scrapy("lexicon", "check", "船到了。\n买茶票登录", "--lexicon", "own.yaml")
    assert (code, err) == (0, "")
    assert rows(out) == [
        ["2:2", "trade", TRADE, "茶票", "own", "茶票"],
        ["2:2", "suffix", SUFFIX, "茶票登录", "own", "茶票登录"],
    ]


def test_hits_come_in_the_order_of_the_text(scrapy: Command) -> None:
    """A term of several categories is one hit, with the weight of each, and none where rules go by it."""
    Path("two.yaml").write_text("version: 1\ntrade: [渡口]\nsuffix: [茶楼, 渡口]\ntail: [茶楼]\n", encoding="utf-8")
    _, out, _ = scrapy("lexicon", "check", "茶楼在渡口", "-l", "two.yaml")
    assert rows(out) == [
        ["1:1", "suffix, tail", f"{SUFFIX}, -", "茶楼", "two", "茶楼"],
        ["1:4", "trade, suffix", f"{TRADE}, {SUFFIX}", "渡口", "two", "渡口"],
    ]


@pytest.mark.parametrize("written", ["茶\N{ZERO WIDTH SPACE}票", "&#33590;票", "茶&#31080;", "茶*票"])
def test_disguises_are_looked_through(scrapy: Command, written: str) -> None:
    """A term counts however it is spelled on the page, and is shown as it is spelled there."""
    code, out, _ = scrapy("lexicon", "check", f"买{written}吧", "-l", "own.yaml")
    assert code == 0
    assert [row[:5] for row in rows(out)] == [["1:2", "trade", TRADE, "茶票", "own"]]
    assert written in out


def test_script_and_width_are_looked_through(scrapy: Command) -> None:
    """The shipped lexicons hold Simplified terms and small letters, and find the others."""
    code, out, _ = scrapy("lexicon", "check", "註冊送好禮，加ＶＸ")
    assert code == 0
    assert ["1:1", "promo, suffix", "注册送", "註冊送"] in [[*row[:2], row[3], row[5]] for row in rows(out)]


def test_a_line_of_furniture_is_no_word_in_a_sentence(scrapy: Command) -> None:
    """What counts only as a whole entry is not found inside a clause."""
    assert "no term of own stands in this text" in scrapy("lexicon", "check", "他在渡口等船", "-l", "own.yaml")[1]
    assert rows(scrapy("lexicon", "check", "首页 > 渡口", "-l", "own.yaml")[1])[0][:4] == ["1:6", "line", "-", "渡口"]


def test_innocent_words_of_one_file_count_for_all(scrapy: Command) -> None:
    """A term of another file is not found inside them, and they are no hits themselves."""
    Path("calm.yaml").write_text("version: 1\ninnocent: [茶票根]\n", encoding="utf-8")
    _, out, _ = scrapy("lexicon", "check", "茶票根，茶票", "-l", "more.yaml", "-l", "calm.yaml")
    assert [row[0] for row in rows(out)] == ["1:5"]


def test_every_lexicon_that_has_a_term_is_named(scrapy: Command) -> None:
    """``--lexicon`` may be given several times; a term of two files is one hit."""
    _, out, _ = scrapy("lexicon", "check", "茶票", "-l", "own.yaml", "-l", "more.yaml")
    assert rows(out) == [["1:1", "trade", TRADE, "茶票", "own, more", "茶票"]]


def test_a_text_can_come_from_a_pipe(scrapy: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """``-`` reads standard input as UTF-8."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("买茶票".encode()), encoding="ascii"))
    assert rows(scrapy("lexicon", "check", "-", "-l", "own.yaml")[1])[0][0] == "1:2"


def test_a_term_that_can_never_be_found_is_told(scrapy: Command) -> None:
    """Texts are compared in Simplified and small letters, so a term in another form is a mistake in the lexicon."""
    Path("vip.yaml").write_text("version: 1\ntrade: [VIP茶]\n", encoding="utf-8")
    code, _, err = scrapy("lexicon", "check", "vip茶", "-l", "vip.yaml")
    assert code == 0
    assert err == "vip.yaml:2:9: 'VIP茶' in trade can never be found; write 'vip茶'\n"


@pytest.mark.parametrize(
    ("lexicon", "message"),
    [
        ("gamblin", "did you mean 'gambling'?"),
        ("gone.yaml", "no lexicon file 'gone.yaml'"),
        ("bad.yaml", "bad.yaml:2:1: no category 'trades'"),
    ],
)
def test_a_wrong_lexicon_is_told(scrapy: Command, lexicon: str, message: str) -> None:
    """One there is not, or that is none, is an error with exit status 2 and no traceback."""
    Path("bad.yaml").write_text("version: 1\ntrades: [茶票]\n", encoding="utf-8")
    code, out, err = scrapy("lexicon", "check", "茶票", "-l", lexicon)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "say `check` and one text"),
        (["check"], "say `check` and one text"),
        (["茶票"], "say `check` and one text"),
        (["check", "a", "b"], "say `check` and one text"),
        (["check", "a", "--lexikon", "own.yaml"], "unknown option --lexikon"),
    ],
)
def test_a_misuse_is_told(scrapy: Command, args: list[str], message: str) -> None:
    """Options there are not and arguments that are missing are errors with exit status 2."""
    code, out, err = scrapy("lexicon", *args)
    assert (code, out) == (2, "")
    assert message in err
