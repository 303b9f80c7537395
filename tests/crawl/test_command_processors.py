"""``scrapy processors``: what can stand in a chain."""

from collections.abc import Callable
from pathlib import Path

import pytest

from processors import BUILT_IN

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(Path(__file__).resolve().parent.parent / "config_errors")
    for name in list(BUILT_IN):
        monkeypatch.delitem(BUILT_IN, name)
    for name in ("Sign", "Trim", "Compare"):
        monkeypatch.setitem(BUILT_IN, name.lower(), f"config_steps:{name}")


def rows(out: str) -> list[list[str]]:
    """The cells of each line; two blanks or more divide them."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in out.splitlines()]


def test_the_list_says_from_where_and_what_for(scrapy: Command) -> None:
    """One line a processor with its origin and the first line of its docstring, in the order of the table."""
    code, out, err = scrapy("processors")
    assert (code, err) == (0, "")
    assert rows(out) == [
        ["NAME", "FROM", "WHAT IT DOES", "REASONS"],
        ["sign", "built-in", "Sign each item."],
        ["trim", "built-in", "Cut what is too long.", "too_long"],
        ["compare", "built-in", "Compare signatures."],
    ]


def test_a_broken_one_is_listed_with_its_error(scrapy: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be imported does not keep the others from being listed."""
    monkeypatch.setitem(BUILT_IN, "lost", "acme_lost:Lost")
    code, out, _ = scrapy("processors")
    assert code == 0
    assert [row[:2] for row in rows(out)[1:]] == [[name, "built-in"] for name in ("sign", "trim", "compare", "lost")]
    assert rows(out)[-1][2].startswith(
        "BROKEN: processor 'lost' comes with seedsift; its acme_lost:Lost failed to import"
    )


def test_a_name_is_explained(scrapy: Command) -> None:
    """Origin, help, reasons, order, and every option with type, default and help."""
    code, out, err = scrapy("processors", "trim")
    assert (code, err) == (0, "")
    assert out.startswith("trim (built-in, config_steps:Trim, version 1)\n\nCut what is too long.\n\n")
    assert "Reasons: too_long\nStands before: sign\n" in out
    assert ["max_chars", "whole number >= 1, <= 1000", "100", "Longest text."] in rows(out)
    assert ["script", "simplified or traditional", '"simplified"'] in rows(out)


def test_a_class_of_ones_own_is_explained(scrapy: Command) -> None:
    """``module:Class`` is explained like a name."""
    code, out, _ = scrapy("processors", "config_steps:Compare")
    assert code == 0
    assert out.startswith("config_steps:Compare (named by its place, config_steps:Compare, version 1)\n")
    assert out.endswith("Stands after: sign\n\nNo options.\n")


def test_scrapy_lists_the_commands(scrapy: Command) -> None:
    """Both commands stand in the list that ``scrapy`` itself prints, each with what it is for."""
    _, out, _ = scrapy()
    assert ["processors", "List the processors a chain can name, or explain one"] in rows(out)
    assert "  validate      Check configuration files of a seedsift run\n" in out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["trimm"], "unknown processor 'trimm'; allowed: compare, sign, trim, or a class of your own as module:Class"),
        (["trim", "sign"], "name at most one processor"),
        (["--all"], "unknown option --all"),
    ],
)
def test_a_misuse_is_told(scrapy: Command, args: list[str], message: str) -> None:
    """Names and options there are not are errors with exit status 2."""
    code, out, err = scrapy("processors", *args)
    assert (code, out) == (2, "")
    assert message in err
