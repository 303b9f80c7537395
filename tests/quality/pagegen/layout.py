"""From lines to the raw text of a page: blank lines, indents, one long line, wrapping, entities, line ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from pagegen.line import Line, Stretch
from pagegen.script import Script, written

HALF = str.maketrans("，：；！？（）", ",:;!?()")
ENTITIES = {
    "&": "&amp;",
    "“": "&ldquo;",
    "”": "&rdquo;",
    '"': "&quot;",
    "—": "&mdash;",
    "·": "&middot;",
    "<": "&lt;",
    ">": "&gt;",
}
ZERO_WIDTH_EVERY = 30  # characters between two zero-width spaces, on average
TAGGED = 0.85  # share of the lines of a page with tags that have them
HAN_PAIR = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page is laid out. ``blank``: none, each (after every line), double (two to four), sections, articles
    (after every line, more between articles).
    """

    script: Script = "simp"
    spam_script: Script = "simp"
    blank: str = "each"
    indent: str = ""
    line_end: str = "\n"
    join: str = ""  # one of: body, title, page
    wrap: int = 0  # characters of a line that is broken by hand, 0 for none
    html: str = ""  # a tag that was left round most lines
    entities: bool = False
    half: bool = False
    zero_width: bool = False
    bom: bool = False


def styled(stretch: Stretch, layout: Layout) -> str:
    """The text of a stretch in the script and the punctuation of the page."""
    text = written(stretch.text, layout.spam_script if stretch.spam else layout.script)
    return text.translate(HALF) if layout.half else text


def rendered(lines: Sequence[Line], layout: Layout, dice: Random) -> str:
    """The raw text of the page."""
    rows = [(line, "".join(styled(s, layout) for s in line.stretches)) for line in lines]
    out: list[str] = []
    for place, (line, text) in enumerate(rows):
        if place and _joined(lines[place - 1], line, layout.join):
            out[-1] += _gap(line, layout, dice) + text
            continue
        out += _wrapped(text, line, layout)
        if layout.blank == "sections" and place + 1 < len(rows) and _section(line) != _section(lines[place + 1]):
            out.append("")
        if layout.blank == "articles" and place + 1 < len(rows) and line.article != lines[place + 1].article:
            out.append("")
    shown = [_finished(row, layout, dice) for row in out]
    return ("\ufeff" if layout.bom else "") + _spaced(shown, layout, dice)


def _section(line: Line) -> tuple[int, bool]:
    return line.article, line.role == "title"


def _joined(before: Line, line: Line, join: str) -> bool:
    """Whether a line continues the raw line before it."""
    if join == "page":
        return True
    same = before.article == line.article >= 0 and line.role == "body"
    return same and (before.role == "body" or (join == "title" and before.role == "title")) if join else False


def _gap(line: Line, layout: Layout, dice: Random) -> str:
    if layout.join == "page":
        return dice.choice([" ", "  ", "\u3000\u3000", " "])
    return dice.choice(["\u3000\u3000", "  ", " "]) if line.role == "body" else " "


def _wrapped(text: str, line: Line, layout: Layout) -> list[str]:
    indented = layout.indent + text if line.role in ("body", "optional") else text
    if not layout.wrap or line.role != "body":
        return [indented]
    return [indented[i : i + layout.wrap] for i in range(0, len(indented), layout.wrap)]


def _finished(row: str, layout: Layout, dice: Random) -> str:
    if layout.zero_width:
        row = HAN_PAIR.sub(lambda _: "\u200b" if dice.randrange(ZERO_WIDTH_EVERY) == 0 else "", row)
    if layout.entities:
        row = "".join(ENTITIES.get(c, c) for c in row)
        blanks = len(row) - len(row.lstrip())
        row = dice.choice(["&nbsp;&nbsp;", "&#12288;&#12288;", "&emsp;&emsp;"]) * bool(blanks) + row.lstrip()
    return layout.html.format(row) if layout.html and row and dice.random() < TAGGED else row


def _spaced(rows: Sequence[str], layout: Layout, dice: Random) -> str:
    end = layout.line_end
    if layout.blank in ("none", "sections"):
        return end.join(rows)
    if layout.blank == "double":
        return "".join(row + end * dice.randrange(2, 5) for row in rows)
    return (end * 2).join(rows) + end
