"""Lexicons: spam vocabulary and page furniture as data, compiled for folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from processors.algorithms.lexiconfile import CATEGORIES, read_entries

BUTTONS = frozenset("大中小赞踩")
"""What stands on buttons of one character: sizes of letters, votes. No words, so that no lexicon has them."""

_LABELLING = re.compile("[:>»©]")


class Lexicon:
    """The terms of one or several lexicon files by category, and patterns for them (the longest term first)."""

    def __init__(self, terms: dict[str, frozenset[str]]) -> None:
        self.terms = {category: terms.get(category, frozenset()) for category in CATEGORIES}
        self.trade, self.promo, self.suffix, self.heading, self.label, self.greeting, self.tail = (
            re.compile(any_of(self.terms[name], self.terms["innocent"]))
            for name in ("trade", "promo", "suffix", "heading", "label", "greeting", "tail")
        )
        self.lead = re.compile(f"{self.label.pattern}|{self.greeting.pattern}")
        self.leads = frozenset(term[0] for name in ("label", "greeting") for term in self.terms[name])
        self.suffixes = frozenset(term[0] for term in self.terms["suffix"])
        self.hanging = frozenset(term[0] for name in ("suffix", "trade") for term in self.terms[name])
        self._by_end = {name: _grouped_by_end(self.terms[name]) for name in ("suffix", "trade")}
        self._label_before = re.compile(rf"(?:{any_of(self.terms['label'])})\s?[:>»©].{{0,6}}$")
        self.links = BUTTONS | self.terms["line"] | self.terms["heading"]
        self.plain_words = self.links | self.terms["label"] | self.terms["suffix"]
        self.calls = "\n".join(sorted(self.terms["promo"]))

    def labels(self, text: str, start: int, end: int) -> bool:
        """Whether a label stands in a range of a text, right before its end."""
        return (
            _LABELLING.search(text, start, end) is not None and self._label_before.search(text, start, end) is not None
        )

    def ends_as_suffix(self, words: str) -> bool:
        """Whether words, of which there is one, end in a suffix that keywords have."""
        return words.endswith(self._by_end["suffix"].get(words[-1], ()))

    def ends_as_trade(self, words: str) -> bool:
        """Whether words, of which there is one, end in what such pages sell."""
        return words.endswith(self._by_end["trade"].get(words[-1], ()))


def find_lexicon(name: str, shipped: Path, folder: Path | None) -> Path:
    """The file of a lexicon: a name among the shipped ones, or a path (from ``folder``, then the current one).

    Raises ValueError that says what there is and which name is nearest.
    """
    if name.endswith((".yaml", ".yml")):
        path = Path(folder or ".") / name
        if path.is_file():
            return path
        raise ValueError(f"no lexicon file {name!r} in {Path(folder or '.').name or 'the current folder'}")
    known = sorted(path.stem for path in shipped.glob("*.yaml"))
    if name in known:
        return shipped / f"{name}.yaml"
    near = get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    raise ValueError(f"no lexicon {name!r}; there are {', '.join(known)}, or a path that ends in .yaml{hint}")


def read_lexicons(paths: Sequence[Path]) -> Lexicon:
    """The lexicons of these files as one. Raises ValueError as ``read_entries`` does."""
    terms: dict[str, set[str]] = {}
    for path in paths:
        for entry in read_entries(path):
            terms.setdefault(entry.category, set()).add(entry.term)
    return Lexicon({category: frozenset(found) for category, found in terms.items()})


def any_of(terms: Iterable[str], innocent: Iterable[str] = ()) -> str:
    """A pattern for the terms, the longest first, where they stand in none of the ``innocent`` words; grouped by their
    first characters and begun only where the second character may be one, it is three times as fast as a list of them.
    """
    ordered = sorted(terms, key=lambda term: (term[0], -len(term), term))
    if not ordered:
        return "(?!)"
    longer = tuple(innocent)
    groups = ((first, "|".join(_rest(term, longer) for term in group)) for first, group in groupby(ordered, _first))
    both = (re.escape("".join(sorted({term[at : at + 1] for term in ordered}))) for at in (0, 1))
    ahead = "(?=[{}][{}])".format(*both) if min(map(len, ordered)) > 1 else ""
    return f"{ahead}(?:{'|'.join(f'{re.escape(first)}(?:{rest})' for first, rest in groups)})"


def _rest(term: str, innocent: Sequence[str]) -> str:
    """A pattern for a term behind its first character, that fails where it stands in one of the longer words."""
    out = re.escape(term[1:])
    for word in sorted(word for word in innocent if term in word and term != word):
        for at in (at for at in range(len(word)) if word.startswith(term, at)):
            until = at + len(term)
            out += f"(?!(?<={re.escape(word[:until])}){re.escape(word[until:])})"
    return out


def _grouped_by_end(terms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {end: tuple(found) for end, found in groupby(sorted(terms, key=_last), key=_last)}


def _first(term: str) -> str:
    return term[0]


def _last(term: str) -> str:
    return term[-1]
