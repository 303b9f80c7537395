"""Judges the lines of a page: which are an article's, which are spam or furniture, and what inside a line is spam."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from processors.algorithms.advert import advert_strength, is_reachable
from processors.algorithms.brand import Weights, infer_brands
from processors.algorithms.furniture import furniture
from processors.algorithms.keyword import Hit, Keyword, keeps
from processors.algorithms.layout import Line, Page
from processors.algorithms.lexicon import Lexicon
from processors.algorithms.passages import LIST_MAX_CHARS, judge_passages
from processors.algorithms.patterns import CALLING_BRACKET, CONTACT, EMOJI, URL
from processors.algorithms.pollution import edge_furniture, furniture_of, signs_of_site
from processors.algorithms.sheet import Mark, Sheet, rest_of

SIGNS_OF_POLLUTION = 2
"""So many kinds of furniture that only sites have make a page one that is cut even without a keyword."""

SHORT_ADVERT_CHARS = 60
"""On a polluted page a line no longer than this with a way to get in touch is an advert."""

PRESSING = 2
"""So many calls in a line that is no sentence make it an advert."""

_HAN = re.compile("[\u3400-\u9fff“]")


def judge(page: Page, lexicon: Lexicon, weights: Weights) -> Iterator[Hit]:
    """What to cut from a page, as ranges of its key, in order.

    A page is polluted if it shows a keyword of its own, or several kinds of furniture that only sites have. Any other
    loses nothing, except furniture at its edges.
    """
    found = furniture_of(page, lexicon)
    signs = len(signs_of_site(page, found, lexicon))
    brands = infer_brands(page, lexicon, weights, signs)
    if not brands and signs < SIGNS_OF_POLLUTION:
        return edge_furniture(page, found)
    sheet = Sheet(page, lexicon, Keyword(brands, lexicon), found)
    for number, line in enumerate(sheet.lines):
        if sheet.marks[number] is None:
            sheet.marks[number] = _named(sheet, number, line) if sheet.counts[number] else _unnamed(sheet, number, line)
    judge_passages(sheet)
    return _hits(sheet)


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
    hits = list(sheet.keyword.insertions(line.key, 0, len(line.key)) if heads else sheet.keyword.sentences(line.key))
    if heads or (line.prose and keeps(rest_of(line.key, hits))):
        sheet.inside[number] = _disjoint([*hits, *_addresses(line.key), *_emoji(line.key)])
        return None
    advert = line.prose or sheet.keyword.is_advert(line.key)
    return ("advert" if advert else "keyword_line"), evidence


def _unnamed(sheet: Sheet, number: int, line: Line) -> Mark | None:
    """The same for a line that does not name the keyword."""
    hits: list[Hit] = []
    short = len(line.key) <= SHORT_ADVERT_CHARS
    if line.prose:
        if is_reachable(line.key) or sheet.lexicon.promo.search(line.key):
            hits = list(sheet.keyword.sentences(line.key))
        advert = short and CONTACT.search(line.key) is not None
        advert = advert or (bool(hits) and not keeps(rest_of(line.key, hits)))
    else:
        advert = short and advert_strength(line.key, sheet.lexicon) >= PRESSING
        advert = advert or sheet.keyword.is_advert(line.key)
    if advert:
        return "advert", {"words": line.key[:30]}
    sheet.inside[number] = _disjoint([*hits, *_addresses(line.key), *_emoji(line.key)])
    return None


def _among_links(sheet: Sheet, number: int) -> bool:
    """Whether a neighbour begins with the keyword too, or is a date alone."""
    for other in (number - 1, number + 1):
        if 0 <= other < len(sheet.lines):
            found = sheet.found[other]
            if sheet.keyword.begins(sheet.lines[other].key) or (found and found.reason in ("date", "list_heading")):
                return True
    return False


def _addresses(key: str) -> Iterator[Hit]:
    """Addresses put into the text of a polluted page: in brackets with a call, or between clauses."""
    for found in CALLING_BRACKET.finditer(key):
        yield Hit(found.start(), found.end(), "keyword_inside", {"words": found.group()[:40]})
    for found in URL.finditer(key):
        before, behind = key[found.start() - 1 : found.start()], key[found.end() : found.end() + 1]
        if (not before or before in ",。!?;…”") and (not behind or _HAN.match(behind)):
            yield Hit(found.start(), found.end(), "keyword_inside", {"words": found.group()[:40]})


def _emoji(key: str) -> Iterator[Hit]:
    """Pictographs thrown into the text of a polluted page."""
    for found in EMOJI.finditer(key):
        yield Hit(found.start(), found.end(), "emoji", {"words": found.group()})


def _disjoint(hits: Sequence[Hit]) -> list[Hit]:
    """The hits in order, without those that begin inside an earlier one."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not out or hit.start >= out[-1].end:
            out.append(hit)
    return out
