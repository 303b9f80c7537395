"""How much comes together on a page: everything at once, or what polluted pages usually have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pagegen.corpus import Article

FORMS = (
    *["plain"] * 8,
    "bare", "head-only", "tail-only", "paged", "paged-inside", "oneline-body", "oneline-title", "oneline-page",
    "no-blank", "double-blank", "sections", "wrapped", "entities", "spliced", "spam-article", "repeated-inserts",
    "framed", "framed", "framed", "framed", "html", "oneline-body",
)  # fmt: skip
GUEST_FORMS = ("quoted", "sentences")  # each line behind `> `, each sentence on its own line
PARAGRAPH, SENTENCE = 25, re.compile("[。！？]")
PROSE = 0.9
"""An article is prose if so much of it is in paragraphs of so many characters that have the end of a sentence."""

SELDOM = 10
"""Of the other articles the usual mix has each tenth: of 149 labelled ones that somebody else collected 14 are none."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What the decks hold."""

    counts: Sequence[int]
    forms: Sequence[str]
    rates: Sequence[float]
    disguised: float
    mostly_prose: bool = False
    guests: bool = False

    def articles(self, found: Sequence[Article]) -> list[Article]:
        """Those that may stand on polluted pages."""
        usable = [article for article in found if not article.clean_only]
        if not self.mostly_prose:
            return usable
        other = [article for article in usable if not is_prose(article)]
        return [*(article for article in usable if is_prose(article)), *other[::SELDOM]]


MIXES = {
    "all": Mix([1] * 8 + [2] * 6 + [3] * 3 + [4] * 2, FORMS, [0.0, 0.0, 0.15, 0.3, 0.5], 0.4),
    "usual": Mix([1] * 8 + [2] * 2 + [3], ("plain",) * 24 + FORMS, [0.0, 0.0, 0.0, 0.0, 0.15, 0.3], 0.4, True),
    "wide": Mix(
        [1] * 8 + [2] * 3 + [3] + [4], ("plain",) * 16 + FORMS + GUEST_FORMS, [0.0, 0.0, 0.0, 0.15, 0.3, 0.45], 0.3,
        guests=True,
    ),
}  # fmt: skip
"""``usual`` is about as hard as other people's pages: see ``benchmarks/simple.py``. ``wide`` has beside ours what four
other authors wrote for their own pages: more variety, to train with; floors are held on what the other two deal."""


def is_prose(article: Article) -> bool:
    """Whether an article is made of paragraphs."""
    prose = sum(len(p) for p in article.paragraphs if len(p) >= PARAGRAPH and SENTENCE.search(p))
    return not article.verbatim and prose >= PROSE * sum(map(len, article.paragraphs))
