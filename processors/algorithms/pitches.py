"""Finds what calls and what sells between the sentences of an article, on pages that show no keyword otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from processors.algorithms.brand import Brand
from processors.algorithms.keyword import SENTENCE
from processors.algorithms.kinds import REACHED
from processors.algorithms.layout import Page, han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.patterns import BRACKET, DECORATION, MESSENGER, URL
from processors.algorithms.sale import mid_clause
from processors.algorithms.vocabulary import Vocabulary

MIN_CHARS, MAX_CHARS = 3, 32
"""Chinese characters of a sentence that is nothing but a call."""

AROUND_CHARS = 20
"""The paragraph around such a sentence has so many characters more; a line of its own is judged as a line."""

OWN_SHARE = 0.15
"""A sentence with more of the text's own pairs of characters belongs to it."""

LEADS, FORMS = 3, 2
"""A name leads so many clauses, with so many different words of spam behind it."""

MOST = 3
"""A page has been sold to no more than so many."""

LOOKED_AT = 100
"""So many names that may lead clauses are looked at; each costs a look at the whole page."""

LEAD_SHARE = 0.7
"""So much of what it leads are such clauses."""

_ENCLOSED = re.compile(rf"{BRACKET.pattern}|{DECORATION.pattern}[^\s,。!?]{{2,40}}?{DECORATION.pattern}")
"""What brackets and pictographs enclose is no part of the sentence behind it."""

_CLAUSE = re.compile(r"(?<=[,、;:。!?”])[\u3400-\u9fffa-z0-9]{3,16}")


def calling_sentences(page: Page, lexicon: Lexicon) -> Iterator[tuple[int, int, int]]:
    """Line number, start and end of sentences in the midst of running text that call in words of their own.

    They have a messenger, or an address and a phrase that presses.
    """
    found = list(_calling(page, lexicon))
    if not found:
        return
    words = Vocabulary(line.key for line in page.lines if line.prose)
    for number, start, end in found:
        if words.share(page.lines[number].key[start:end]) < OWN_SHARE:
            yield number, start, end


def _calling(page: Page, lexicon: Lexicon) -> Iterator[tuple[int, int, int]]:
    if not (MESSENGER.search(page.key) or URL.search(page.key)):
        return
    for number, line in enumerate(page.lines):
        if not line.prose or not line.kinds & REACHED or not _may_call(line.key, lexicon):
            continue
        bare = _ENCLOSED.sub(lambda found: "。" * len(found.group()), line.key)
        for found in SENTENCE.finditer(bare):
            sentence = found.group()
            if not MIN_CHARS <= han_count(sentence) <= MAX_CHARS or len(line.key) < len(sentence) + AROUND_CHARS:
                continue
            if MESSENGER.search(sentence) or (URL.search(sentence) and lexicon.promo.search(sentence)):
                yield number, *found.span()


def _may_call(key: str, lexicon: Lexicon) -> bool:
    """Whether a line has what a sentence calls with; hardly any has, and to part it into sentences takes long."""
    return MESSENGER.search(key) is not None or (URL.search(key) is not None and lexicon.promo.search(key) is not None)


def leading_names(page: Page, lexicon: Lexicon) -> list[Brand]:
    """Names that lead clauses of the running text with words of spam behind them, and hardly anything else does."""
    text = "\n".join(line.key for line in page.lines if line.prose)
    clauses = [found.group() for found in _CLAUSE.finditer(text)]
    hanging: dict[str, Counter[str]] = {}
    for clause in clauses:
        for at in range(2, min(9, len(clause))):
            if clause[at] not in lexicon.hanging:
                continue
            term = lexicon.suffix.match(clause, at) or lexicon.trade.match(clause, at)
            if term:
                hanging.setdefault(clause[:at], Counter())[term.group()] += 1
    names: list[Brand] = []
    many = [(name, terms) for name, terms in hanging.items() if len(terms) >= FORMS and terms.total() >= LEADS]
    many.sort(key=lambda item: (-item[1].total(), len(item[0]), item[0]))
    for name, terms in many[:LOOKED_AT]:
        known = name in lexicon.plain_words or any(other.key in name for other in names)
        if len(names) < MOST and not known and _leads(name, terms.total(), clauses, text):
            names.append(Brand(name, set(terms)))
    return names


def _leads(name: str, sold: int, clauses: Sequence[str], text: str) -> bool:
    """Whether what a name leads is mostly sold, and no clause has it as a word of its own."""
    led = sum(clause.startswith(name) for clause in clauses)
    own = mid_clause(name, text) if not name.isascii() else 0
    return sold >= LEAD_SHARE * led and own <= sold / 2
