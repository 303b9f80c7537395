"""What `dedupe` has seen in this run: the earliest owner of every key, and the fingerprints to verify with."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

_IN_MEMORY_BYTES = 64 * 2**20


class Article(NamedTuple):
    """An article seen: its id, its source's name, and the number of the article that stands for it in the output."""

    id: str
    source: str
    kept: int


class Seen:
    """Articles numbered from 0 in the order they came. Dropped ones stay: they lead their keys like any other.

    Keys are held in memory (see docs/dedupe.md for how much), fingerprints too while small, then in a temporary file.
    """

    def __init__(self) -> None:
        self._owners: dict[int, int] = {}
        self._articles: list[Article] = []
        self._ends = [0]
        self._fingerprints = SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 (closed by close)

    def claim(self, keys: Iterable[int]) -> tuple[int, list[int]]:
        """The next article's number, which now owns the keys nobody owned, and the other owners, ascending."""
        number = len(self._articles)
        owners = {self._owners.setdefault(key, number) for key in keys}
        return number, sorted(owners - {number})

    def add(self, article: Article, fingerprint: bytes) -> None:
        """Record the article whose keys were claimed last."""
        self._fingerprints.seek(self._ends[-1])
        self._fingerprints.write(fingerprint)
        self._ends.append(self._ends[-1] + len(fingerprint))
        self._articles.append(article)

    def article(self, number: int) -> Article:
        """An article by its number."""
        return self._articles[number]

    def fingerprint(self, number: int) -> bytes:
        """The fingerprint of an earlier article, by its number."""
        self._fingerprints.seek(self._ends[number])
        return self._fingerprints.read(self._ends[number + 1] - self._ends[number])

    def close(self) -> None:
        """Release memory and the temporary file."""
        self._owners.clear()
        self._articles.clear()
        self._fingerprints.close()
