"""Tells by what the model says of its lines whether a page that is not plainly polluted is so, and when to ask it."""

from __future__ import annotations

from processors.algorithms import glance
from processors.algorithms.advert import is_reachable, pressing_words
from processors.algorithms.kinds import REACHED
from processors.algorithms.layout import Page, han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.linemodel import PLAINLY, SPAM, SURELY, LineModel, is_anywhere, sure_lines, weighed_lines
from processors.algorithms.patterns import URL
from processors.algorithms.pollution import has_short_edges
from processors.algorithms.surroundings import Surroundings
from processors.algorithms.trees import Rounds, Trees

LEAST_SURE, SURE_SHARE = 3, 0.1
"""A page is polluted if the model is sure of so many lines, and of so much of it; of one less where nothing speaks for
them, or furniture that only sites have stands beside them.
"""

NO_TEXT_SHARE = 0.5
"""A page without running text, and with furniture that only sites have, is so from so much of it on."""

BRIEF_CHARS = 300
"""A page this short is asked about whatever its edges are, if it offers anything."""

BY_THEMSELVES = 2 / 3
"""So many lines of a page of nothing but offers are spam by themselves too, not only for what stands around them."""

FEW_WORDS = 4
"""So many characters lead to an address (点击) on a line that is nothing else."""


def is_asked_about(page: Page, lexicon: Lexicon) -> bool:
    """Whether the model is asked about a page that shows neither a keyword nor furniture of a site."""
    return has_short_edges(page) or (len(page.key) <= BRIEF_CHARS and _offers(page, lexicon))


def is_polluted(around: Surroundings, model: LineModel) -> bool:
    """Whether a page has lines enough that are spam or furniture for sure, beside some text; without any text, half of
    its lines and furniture that only sites have; or whether it is nothing but offers.
    """
    text = any(line.prose for line in around.lines)
    if not text and not around.signs:
        return _only_offers(around, model)
    if is_above_suspicion(around, model):
        return False  # before the model is asked
    sure = sure_lines(around, model)
    plain = sum(chance > PLAINLY for chance in sure.values()) >= LEAST_SURE - 1
    least = LEAST_SURE - (1 if plain or around.signs else 0)
    asked = max(least, SURE_SHARE * len(around.lines)) if text else NO_TEXT_SHARE * len(around.lines)
    return len(sure) >= asked or _only_offers(around, model)


def is_above_suspicion(around: Surroundings, model: LineModel) -> bool:
    """Whether a glance tells that the model is sure of too few lines of a page without a sign, an offer and what may be
    a keyword.
    """
    if around.signs or around.faint or model.glance is None:
        return False
    few = len(suspects(around, model.glance)) < least_sure(around)
    return few and not _offers(around.sheet.page, around.sheet.lexicon)


def least_sure(around: Surroundings) -> float:
    """Of no less lines the model is sure on a polluted page."""
    return max(LEAST_SURE - 1, SURE_SHARE * len(around.lines))


def suspects(around: Surroundings, trees: Trees) -> set[str]:
    """What at a glance may be such lines."""
    weights = trees.weigh(glance.glanced(around.sheet))
    return {around.lines[n].key for n in (weights > 0).nonzero()[0].tolist() if not is_anywhere(around, n)}


def _only_offers(around: Surroundings, model: Rounds) -> bool:
    """Whether all lines of a page are spam for sure, most of them by themselves, and it offers something; some may be
    no more than an address.
    """
    if not _offers(around.sheet.page, around.sheet.lexicon):
        return False  # before the model is asked
    judged = weighed_lines(around, model)
    sure = (judged.together > SURELY) & (judged.alone > SPAM)
    likely = (
        chance > SURELY or _is_address(line.key) for chance, line in zip(judged.together, around.lines, strict=True)
    )
    return bool(sure.mean() >= BY_THEMSELVES) and all(likely)


def _is_address(key: str) -> bool:
    return URL.search(key) is not None and han_count(URL.sub("", key)) <= FEW_WORDS


def _offers(page: Page, lexicon: Lexicon) -> bool:
    """Whether a line says how to reach somebody, and presses or names what such pages sell."""
    keys = (line.key for line in page.lines if line.kinds & REACHED)
    return any((pressing_words(key, lexicon) or lexicon.trade.search(key)) and is_reachable(key) for key in keys)
