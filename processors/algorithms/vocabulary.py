"""The words that the running text of a page uses again and again: what is put into it uses others."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\d+")
_HAN_RUN = re.compile("[\u3400-\u9fff]+")


class Vocabulary:
    """The pairs of characters that stand in several surroundings on a page; words said twice alike count once."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        first: dict[str, str] = {}
        self._varied: set[str] = set()
        for paragraph in paragraphs:
            paragraph = _NUMBER.sub("0", paragraph)
            for at, pair in _pairs(paragraph):
                around = paragraph[at - 1 : at] + paragraph[at + 2 : at + 3]
                if first.setdefault(pair, around) != around:
                    self._varied.add(pair)

    def share(self, text: str) -> float:
        """Which part of the pairs in a text stands elsewhere in other surroundings; 0 for a text without pairs."""
        pairs = [pair for _, pair in _pairs(text)]
        return sum(pair in self._varied for pair in pairs) / max(1, len(pairs))


def _pairs(text: str) -> Iterable[tuple[int, str]]:
    for run in _HAN_RUN.finditer(text):
        for at in range(run.start(), run.end() - 1):
            yield at, text[at : at + 2]
