"""A line of a page before it is laid out: stretches of article and of spam, and what the line is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Role = Literal["spam", "title", "body", "optional"]


class Stretch(NamedTuple):
    """Characters of one line that are all article or all spam."""

    text: str
    spam: bool


@dataclass(frozen=True, slots=True)
class Line:
    """``article`` is the number of the article on the page that the line belongs to, -1 for none."""

    stretches: tuple[Stretch, ...]
    role: Role
    article: int = -1

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(s.text for s in self.stretches)

    def with_text(self, *stretches: Stretch) -> Line:
        """The same line of other stretches."""
        return replace(self, stretches=stretches)


def spam(text: str) -> Line:
    """A line that belongs to no article."""
    return Line((Stretch(text, True),), "spam")


def own(text: str, role: Role, article: int) -> Line:
    """A line of an article with no spam in it."""
    return Line((Stretch(text, False),), role, article)
