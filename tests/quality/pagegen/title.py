"""Forms of a title: what surrounds it on its line, and the lines that come with it."""

from __future__ import annotations

from pagegen.corpus import Article
from pagegen.filler import Filler
from pagegen.line import Line, Role, Stretch, own

NUMERALS = "一二三四五六七八九十"
CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
SPAM_SLOTS = ("{b}", "{k}", "{s}", "{url}", "{emo}")
ROLES: dict[str, Role] = {"t": "title", "o": "optional", "s": "spam"}

Form = list[list[str]]


def is_clean(form: Form) -> bool:
    """Whether a title of this form carries no spam."""
    return not any(slot in template for _, template in form for slot in SPAM_SLOTS)


def title_lines(article: Article, number: int, form: Form, filler: Filler) -> list[Line]:
    """Everything that stands above the first paragraph of an article, which is the ``number``-th of its page."""
    lines = [own(article.kicker, "optional", number)] if article.kicker else []
    for role, template in form:
        lines.append(_line(template, ROLES[role], article, number, filler))
        if role == "t" and article.subtitle:
            lines.append(own(article.subtitle, "optional", number))
    if article.byline:
        lines.append(own(article.byline, "optional", number))
    return lines


def _mark(template: str, filler: Filler) -> Stretch:
    return Stretch(filler.fill(template), any(slot in template for slot in (*SPAM_SLOTS, "{site}")))


def _line(template: str, role: Role, article: Article, number: int, filler: Filler) -> Line:
    place = number % 10
    numbers = {"{zh}": NUMERALS[place], "{num}": str(place + 1), "{circ}": CIRCLES[place]}
    for slot, value in numbers.items():
        template = template.replace(slot, value)
    if role == "optional":
        return own(filler.fill(template.replace("{t}", article.title)), role, number)
    before, slot, after = template.partition("{t}")
    title = Stretch(article.title if slot else "", role == "spam")
    stretches = tuple(s for s in (_mark(before, filler), title, _mark(after, filler)) if s.text)
    return Line(stretches, role, -1 if role == "spam" else number)
