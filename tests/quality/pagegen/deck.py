"""Choices that come round evenly: a shuffled deck instead of dice, so that no form is forgotten in a small set."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Deck(Generic[T]):
    """Deals its cards in random order and shuffles again when all have been dealt."""

    def __init__(self, cards: Sequence[T], dice: Random) -> None:
        self._cards = list(cards)
        self._dice = dice
        self._left: list[T] = []

    def deal(self) -> T:
        """The next card."""
        if not self._left:
            self._left = self._dice.sample(self._cards, len(self._cards))
        return self._left.pop()
