"""Judges the lines of a page: which are an article's, which are spam or furniture, and what inside a line is spam."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from processors.algorithms.advert import PRESSING, advert_strength, is_reachable
from processors.algorithms.announced import announced_names, may_announce
from processors.algorithms.brand import SURE, Brand, Weights, infer_brands, is_unsure
from processors.algorithms.furniture import Found, furniture
from processors.algorithms.insertions import cuts_inside, is_addressed
from processors.algorithms.keyword import Hit, Keyword, keeps
from processors.algorithms.kinds import PUT_IN, REACHED
from processors.algorithms.layout import Line, Page, han_count
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.linemodel import Doubt, LineModel, judge_lines, spam_lines
from processors.algorithms.lostheads import give_back_headline
from processors.algorithms.ownlists import ASKED, give_back_lists
from processors.algorithms.passages import LIST_MAX_CHARS, judge_bulleted, judge_contents, judge_passages, judge_scraps
from processors.algorithms.patterns import CONTACT
from processors.algorithms.pitches import leading_names
from processors.algorithms.planted import Slot, find_planted
from processors.algorithms.pollution import edge_furniture, furniture_of, signs_of_site
from processors.algorithms.refrains import repeated_sentences
from processors.algorithms.remnants import judge_remnants
from processors.algorithms.residue import judge_boxed, judge_residue
from processors.algorithms.sentencemodel import judge_sentences
from processors.algorithms.sheet import Mark, Sheet, rest_of
from processors.algorithms.spellings import whole
from processors.algorithms.surroundings import Surroundings
from processors.algorithms.suspicion import is_asked_about, is_polluted
from processors.algorithms.trees import Rounds

SIGNS_OF_POLLUTION = 2
"""So many kinds of furniture that only sites have make a page one that is cut even without a keyword."""

NAMED_LINES = 2
"""What may be a keyword is one if so many lines name it that the model is sure of."""

SHORT_ADVERT_CHARS = 60
"""On a polluted page a line no longer than this with a way to get in touch is an advert."""

_QUOTED = re.compile("“[^”]{2,20}”")
"""What a headline says that others say."""

_FRONT = re.compile(r"[\u3400-\u9fffa-z0-9]{1,8}(?=[\s:|_-])(?=.{5})")
_BACK = re.compile(r"[\u3400-\u9fffa-z0-9]{1,8}$")
"""Words on a keyword before a headline, up to what sets it off, and behind one."""


class Judged(NamedTuple):
    """What to cut from a page, as ranges of its key, in order, which lines are in doubt, and whether all of it is."""

    hits: Iterable[Hit]
    doubts: Sequence[Doubt] = ()
    unsure: bool = False


def judge(page: Page, lexicon: Lexicon, weights: Weights, model: LineModel, sentences: Rounds) -> Judged:
    """Judges a page.

    A page is polluted if it shows a keyword of its own, or several kinds of furniture that only sites have, or if it
    shows some sign and the model is sure of lines. Rules judge its lines first, then the model judges them by what the
    rules say and all else, then another one the sentences of those that stay. Any other page loses nothing, except
    furniture at its edges.
    """
    found = furniture_of(page, lexicon)
    lines = judged_lines(page, found, lexicon, weights, model)
    if lines is None:
        signs = len(signs_of_site(page, found, lexicon))
        return Judged(edge_furniture(page, found), unsure=is_unsure(page, lexicon, weights, signs))
    sheet, doubts = lines
    judge_boxed(sheet)
    judge_sentences(sheet, sentences)
    give_back_lists(sheet)
    judge_residue(sheet)
    judge_remnants(sheet)
    judge_bulleted(sheet)
    judge_contents(sheet)
    judge_scraps(sheet)
    give_back_headline(sheet)
    return Judged(_hits(sheet), doubts)


def judged_lines(
    page: Page, found: Sequence[Found | None], lexicon: Lexicon, weights: Weights, model: LineModel
) -> tuple[Sheet, Sequence[Doubt]] | None:
    """The lines of a polluted page, with what the rules cut inside those that stay; None for any other page."""
    doubtful = doubted(page, found, lexicon, weights)
    if doubtful and (owned := _named_by_spam(doubtful, model)):
        doubtful = _with_keyword(page, doubtful, owned)
    if doubtful and not doubtful.polluted:
        doubtful = with_likely(page, doubtful, weights) if is_polluted(doubtful, model) else None
    if doubtful is None:
        return None
    sheet = doubtful.sheet
    doubts = judge_lines(doubtful, model)
    for number in sheet.staying():
        sheet.inside[number] = sheet.inside[number] or _put_into(sheet, number)
    return sheet, doubts


def doubted(page: Page, found: Sequence[Found | None], lexicon: Lexicon, weights: Weights) -> Surroundings | None:
    """The lines of a page as the rules judge them; None for one that shows nothing suspicious at all."""
    signs = len(signs_of_site(page, found, lexicon))
    planted = find_planted(page, lexicon, signs)
    inferred = infer_brands(page, lexicon, weights, signs)
    brands = _together(inferred.brands, planted.brands)
    for brand in brands:
        brand.key = whole(brand.key, page.key)
    if signs and not brands:
        brands = leading_names(page, lexicon)
    polluted = bool(brands or planted.slots) or signs >= SIGNS_OF_POLLUTION
    polluted = polluted or is_addressed(page, signs)
    if not polluted and not inferred.faint and not signs and not is_asked_about(page, lexicon):
        return None
    repeated = [Slot(*place, "repeated", "") for place in repeated_sentences(page)] if polluted else []
    keyword = Keyword(brands, lexicon, page)
    slots = [slot for slot in planted.slots if not _holds_text(page, slot, keyword)]
    sheet = Sheet(page, lexicon, keyword, found, [*slots, *repeated])
    around = Surroundings(sheet, signs, inferred.faint, polluted=polluted)
    return by_rules(around) if polluted else around


def _holds_text(page: Page, slot: Slot, keyword: Keyword) -> bool:
    """Whether a sentence calls only by what hangs on a keyword put into it: then that goes alone."""
    sentence = page.lines[slot.line].key[slot.start : slot.end]
    return slot.kind == "calls" and keyword.count(sentence) > 0 and not keyword.is_advert(sentence)


def _named_by_spam(around: Surroundings, model: Rounds) -> list[Brand]:
    """What may be keywords of a page without one, and is named in lines that the model is sure of."""
    if around.sheet.keyword.names or not (around.faint or may_announce(around.lines, around.sheet.lexicon)):
        return []
    sure = spam_lines(around, model)
    named = [brand for brand in around.faint if sum(brand.key in line.key for line in sure) >= NAMED_LINES]
    return named or announced_names(around.lines, sure, around.sheet.lexicon)


def with_likely(page: Page, around: Surroundings, weights: Weights) -> Surroundings:
    """The lines of a page as the rules judge them, now that it is known to be polluted: its keyword needs less, if it
    stands before headlines and is none itself.
    """
    likely = [
        b for b in around.faint if b.score >= weights.threshold - SURE and {"glued", "suffixes"} <= b.sides.keys()
    ]
    return _with_keyword(page, around, likely) if likely else by_rules(around)


def _with_keyword(page: Page, around: Surroundings, brands: Sequence[Brand]) -> Surroundings:
    """The lines of a page as the rules judge them, now that it has a keyword."""
    sheet = around.sheet
    repeated = [Slot(*place, "repeated", "") for place in repeated_sentences(page)]
    own = Sheet(page, sheet.lexicon, Keyword(brands, sheet.lexicon, page), sheet.found, repeated)
    return by_rules(Surroundings(own, around.signs, (), polluted=True))


def by_rules(around: Surroundings) -> Surroundings:
    """The same lines as the rules judge them on a polluted page."""
    sheet = around.sheet
    sheet.marks = [(found.reason, {"words": found.words}) if found else None for found in sheet.found]
    for number, line in enumerate(sheet.lines):
        if sheet.marks[number] is None:
            sheet.marks[number] = _named(sheet, number, line) if sheet.counts[number] else _unnamed(sheet, number, line)
    judge_passages(sheet)
    return Surroundings(sheet, around.signs, around.faint, polluted=True)


def _put_into(sheet: Sheet, number: int) -> list[Hit]:
    """What to cut inside a line that the model keeps."""
    line = sheet.lines[number]
    hits = _in_prose(sheet, number, line) if line.prose else _around_headline(sheet, number)
    found = cuts_inside(line, hits, sheet.slots.get(number, ()))
    return found if found and han_count(rest_of(line.key, found)) >= 2 else []


def _in_prose(sheet: Sheet, number: int, line: Line) -> list[Hit]:
    """The sentences to cut from running text, and the keywords; most of it has nothing of what either is made of."""
    if not sheet.counts[number] and not line.kinds & PUT_IN and not sheet.lexicon.promo.search(line.key):
        return []
    return list(sheet.keyword.sentences(line.key))


def _together(brands: Sequence[Brand], planted: Sequence[Brand]) -> list[Brand]:
    """The keywords of a page and those planted in its text, a planted one instead of a longer one."""
    out = list(brands)
    for brand in planted:
        if any(b.key in brand.key for b in out):
            continue
        sold = {brand.key + suffix for suffix in brand.suffixes}
        longer = [b for b in out if b.key.startswith(brand.key) or any(b.key in words for words in sold)]
        brand.suffixes.update(*(b.suffixes for b in longer))
        out = [*(b for b in out if b not in longer), brand]
    return out


def _hits(sheet: Sheet) -> Iterator[Hit]:
    """Everything to cut, in order."""
    for line, mark, inside in zip(sheet.lines, sheet.marks, sheet.inside, strict=True):
        if mark is not None:
            yield Hit(line.start, line.end, *mark)
        else:
            yield from (h._replace(start=h.start + line.start, end=h.end + line.start) for h in inside)


def _named(sheet: Sheet, number: int, line: Line) -> Mark | None:
    """What a line that names the keyword is; for one that stays, notes what to cut inside."""
    evidence: dict[str, object] = {"keyword": sheet.keyword.name, "times": sheet.counts[number]}
    if len(line.key) <= LIST_MAX_CHARS and sheet.keyword.begins(line.key) and _among_links(sheet, number):
        return "related_link", evidence
    rest = sheet.keyword.rest(line.key)
    own = None if line.prose else furniture(rest, sheet.lexicon)
    if own:
        return own.reason, evidence
    heads = not line.prose and advert_strength(rest, sheet.lexicon) < PRESSING and sheet.heads_prose(number, rest)
    hits = _around_headline(sheet, number) if heads else list(sheet.keyword.sentences(line.key))
    left = rest_of(line.key, hits)
    if heads or (line.prose and (keeps(left) or ASKED.fullmatch(left))):
        sheet.inside[number] = cuts_inside(line, hits, sheet.slots.get(number, ()))
        return None
    advert = line.prose or sheet.keyword.is_advert(line.key)
    return ("advert" if advert else "keyword_line"), evidence


def _around_headline(sheet: Sheet, number: int) -> list[Hit]:
    """The keyword before and behind a headline, with words on it that no lexicon has and that the text does not use."""
    key = sheet.lines[number].key
    hits: list[Hit] = []
    for hit in sheet.keyword.insertions(key, 0, len(key)):
        hit = hit._replace(end=hit.end - sheet.keyword.shared(key, hit.start, hit.end, sheet.text_behind(number)))
        more = (_FRONT if hit.start == 0 else _BACK).match(key, hit.end)
        if more and key[hit.end - 1].isalnum() and _hangs(sheet, number, more):
            hit = hit._replace(end=more.end())
        hits.append(hit)
    return hits


def _hangs(sheet: Sheet, number: int, more: re.Match[str]) -> bool:
    """Whether words beside a headline belong to the keyword; one with a colon behind it may be the headline's label."""
    words, lexicon = more.group(), sheet.lexicon
    sold = any(terms.search(words) for terms in (lexicon.suffix, lexicon.trade, lexicon.promo))
    if more.string[more.end() : more.end() + 1] == ":" and not sold:
        return False
    return not sheet.uses(words, number)


def _unnamed(sheet: Sheet, number: int, line: Line) -> Mark | None:
    """The same for a line that does not name the keyword."""
    hits: list[Hit] = []
    short = len(line.key) <= SHORT_ADVERT_CHARS
    if line.prose:
        if (line.kinds & REACHED and is_reachable(line.key)) or sheet.lexicon.promo.search(line.key):
            hits = list(sheet.keyword.sentences(line.key))
        advert = short and CONTACT.search(line.key) is not None and _contact_stays(line, sheet.slots.get(number, ()))
        advert = advert or (bool(hits) and not keeps(rest_of(line.key, hits)))
    else:
        advert = short and advert_strength(line.key, sheet.lexicon) >= PRESSING and not _tells(sheet, line.key)
        advert = advert or sheet.keyword.is_advert(line.key)
    if advert:
        return "advert", {"words": line.key[:30]}
    sheet.inside[number] = cuts_inside(line, hits, sheet.slots.get(number, ()))
    return None


def _tells(sheet: Sheet, key: str) -> bool:
    """Whether a line presses only in quotation marks: it tells of those who do, as a headline may."""
    return "“" in key and advert_strength(_QUOTED.sub("", key), sheet.lexicon) == 0


def _contact_stays(line: Line, slots: Sequence[Slot]) -> bool:
    """Whether what somebody is to be reached by stands in a line otherwise than glued into a clause."""
    return CONTACT.search(rest_of(line.key, cuts_inside(line, [], slots))) is not None


def _among_links(sheet: Sheet, number: int) -> bool:
    """Whether a neighbour begins with the keyword too, or is a date alone."""
    for other in (number - 1, number + 1):
        if 0 <= other < len(sheet.lines):
            found = sheet.found[other]
            if sheet.keyword.begins(sheet.lines[other].key) or (found and found.reason in ("date", "list_heading")):
                return True
    return False
