"""Normalize: one form of Unicode, blanks and widths, and standard Simplified Chinese, with what the script was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pipeline.item import Item
from pipeline.processor import Options, Processor
from pipeline.spans import Piece
from processors.algorithms.reading import Reading, read
from processors.algorithms.restore import to_regional, to_simplified
from processors.algorithms.tidy import Tidied, Wishes, tidy
from processors.algorithms.trace import pieces_kept
from processors.algorithms.traditional import Region

ScriptName = Literal["simplified", "traditional_tw", "traditional_hk", "keep"]

_REGIONS: Mapping[str, Region] = {"traditional_tw": "tw", "traditional_hk": "hk"}

FIELDS = ("dateline", "byline", "credits", "published", "source_name")
"""Entries of ``meta`` that are text of the page, made by ``split``; they are normalized like the title."""


class NormalizeOptions(Options):
    """How far a text may be changed. The defaults change nothing a reader would miss."""

    script: ScriptName = "simplified"
    """`simplified` restores Traditional and invented Traditional text to standard Simplified; `traditional_tw` and
    `traditional_hk` put all in the characters of Taiwan or Hong Kong; `keep` leaves scripts."""

    widths: bool = True
    """Make full-width letters and digits half-width. Punctuation keeps the width it has on the page."""

    blanks: bool = True
    """Make every run of blanks one space, and none at the ends of a line."""

    private_use: bool = True
    """Keep private-use characters: each stands for one that the page's own font shows; removing it would hide a gap."""

    references: bool = True
    """Decode HTML character references that were left over, such as `&nbsp;` and `&#12288;`."""


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalized text, the script it was in, how sure that is, and how many of its characters were restored.

    ``garbled`` counts characters that stand for others because the page was read in the wrong encoding; they are left.
    """

    text: str
    script: str
    restored: int
    confidence: float
    garbled: int


def normalize_text(text: str, script: ScriptName = "simplified") -> Normalized:
    """The text in normal form. Works for any str, keeps the number of lines, and does nothing the second time.

    ``script`` of the result is ``simplified``, ``traditional``, where it shows ``traditional_tw`` or
    ``traditional_hk``, ``pseudo`` (the invented script of polluted pages), ``japanese`` or ``other``; it says
    what the text was, also with ``script="keep"``. ``confidence`` is from 0 to 1.
    """
    tidied = tidy(text)
    return _scripted(tidied.reading, script, tidied.garbled)


class Normalize(Processor[NormalizeOptions]):
    """Put title, text and page fields of an item in normal form; `meta` says what the script was.

    `script` is `simplified`, `traditional` (where it shows `traditional_tw` or `traditional_hk`), `pseudo`, `japanese`
    or `other`, `script_confidence` how sure that is (0 to 1), `restored` how many characters changed script, `garbled`
    how many stand for others because the page was read in the wrong encoding. Title and text are judged as one, so
    that a short title is restored by the evidence of its article.
    """

    version: ClassVar[int] = 3
    before: ClassVar[frozenset[str]] = frozenset({"fingerprint"})

    def open(self) -> None:
        """Load the tables."""
        normalize_text("\N{CJK UNIFIED IDEOGRAPH-9AD4}")

    def process(self, item: Item) -> Iterator[Item]:
        """The item in normal form."""
        body = _tidied(item.text, self.options)
        names = [name for name in FIELDS if isinstance(item.meta.get(name), str)]
        lines = [item.title, *(item.meta[name] for name in names)]
        parts = [*(_tidied(line, self.options).text for line in lines), body.text]
        whole = _scripted(read("\n".join(parts)), self.options.script, body.garbled)
        title, *fields, text = _divided(whole.text, parts)
        kept = item.with_text(text, _pieces(item, body)) if text != item.text else item
        found = {"script": whole.script, "script_confidence": whole.confidence, "restored": whole.restored}
        entries = dict(zip(names, fields, strict=True)) | found | {"garbled": whole.garbled}
        yield kept.with_title(title).with_meta(**entries)


def _tidied(text: str, options: NormalizeOptions) -> Tidied:
    wishes = Wishes(options.widths, options.blanks, options.private_use, options.references)
    return tidy(text, wishes)


def _scripted(reading: Reading, script: ScriptName, garbled: int) -> Normalized:
    found = to_regional(reading, _REGIONS[script]) if script in _REGIONS else to_simplified(reading)
    if script == "keep":
        return Normalized(reading.text, found.label, 0, found.confidence, garbled)
    return Normalized(found.text, found.label, found.changed, found.confidence, garbled)


def _divided(whole: str, parts: list[str]) -> Iterator[str]:
    """The parts of a joined text again: restoring keeps every length."""
    at = 0
    for part in parts:
        yield whole[at : at + len(part)]
        at += len(part) + 1


def _pieces(item: Item, body: Tidied) -> list[Piece] | None:
    """Where the characters of the tidied text came from; None, lines are paired, where some were composed into one."""
    if not body.aligned:
        return None
    return list(item.pieces) if body.kept is None else pieces_kept(item.pieces, item.text, body.kept)
