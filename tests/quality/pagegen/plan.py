"""What is to stand on each page: every choice made by dealing from decks, so that all forms come up evenly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import Any

from pagegen.corpus import Article, with_shared_paragraph
from pagegen.deck import Deck
from pagegen.disguise import DISGUISES
from pagegen.edit import edited
from pagegen.filler import table
from pagegen.frame import is_free_of_spam
from pagegen.layout import Layout
from pagegen.mix import MIXES, Mix
from pagegen.script import Script
from pagegen.title import Form, is_clean

KINDS = ["poll"] * 7 + ["clean"] * 2 + ["spam"]
SCRIPTS = ["simp"] * 5 + ["pseudo"] * 3 + ["trad"] * 2
OTHER_SCRIPTS: dict[Script, list[Script]] = {"simp": ["pseudo", "trad"], "pseudo": ["simp"], "trad": ["simp"]}
CLEAN_FORMS = ["clean"] * 6 + [
    "clean-no-blank", "clean-wrapped", "clean-oneline-body", "clean-entities", "clean-sections",
    "clean-framed",
]  # fmt: skip
WIDE = " " * 90
INDENTS = ["", "", "\u3000\u3000", "\u3000\u3000", "  ", "    ", "\t", WIDE]
INDENTED = {"wrapped": "", "quoted": "> "}
WHOLE = ("paged", "paged-inside", "oneline-page")  # forms that only make sense with one article
TAGS = ["none"] * 12 + ["crlf", "cr", "bom", "zwsp", "emoji", "emoji"]
LINE_ENDS = {"crlf": "\r\n", "cr": "\r"}
HTML = [
    "<p>{}</p>", '<p style="text-indent: 2em;">{}</p>', "{}<br/>", "{}<br />", "<br>{}", "<strong>{}</strong>", "<p>{}",
    '<p style="text-align: justify;"><span style="font-size: 16px;">{}</span></p>', "<div>{}</div>", "<P>{}</P><BR>",
    "<p><strong>{}</strong></p>", '<font color="#333333">{}</font>', "<td>{}</td>", "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>",
]  # fmt: skip
WRAPS = [24, 30, 34, 38, 40, 40, 48, 60]
CONFUSABLE = 6  # articles that get a paragraph of another one
EDITED = 0.35  # share of the later copies that are slightly changed
LAYOUTS: dict[str, dict[str, Any]] = {
    "oneline-body": {"join": "body"}, "oneline-title": {"join": "title"}, "oneline-page": {"join": "page"},
    "no-blank": {"blank": "none"}, "double-blank": {"blank": "double"}, "sections": {"blank": "sections"},
    "wrapped": {"blank": "none"}, "entities": {"entities": True},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Copy:
    """One instance of an article: what was changed for it, and how many came before."""

    article: Article
    group: str
    edits: list[str]
    instance: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that is chosen for a page; names are keys of the data files."""

    number: int
    kind: str
    form: str
    family: str
    title_style: str
    layout: Layout
    copies: tuple[Copy, ...] = ()
    head: str = "none"
    tail: tuple[str, ...] = ()
    sep: str = "none"
    insert: str = "none"
    insert_rate: float = 0.0
    sprinkle: str = "none"
    sprinkle_rate: float = 0.0
    paging: str = "none"
    frame: str = "none"
    disguise: str = "none"
    spam_page: str = "none"
    tags: list[str] = field(default_factory=list)

    @property
    def page_kind(self) -> str:
        """The page's kind as gold names it: poll_simp, clean_trad, spam …"""
        return self.kind if self.kind == "spam" else f"{self.kind}_{self.layout.script}"


class Planner:
    """Deals recipes for pages of the given articles; the same seed and mix deal the same."""

    def __init__(self, articles: Sequence[Article], seed: int, mix: Mix = MIXES["all"]) -> None:
        self._mix = mix
        self._dice = Random(seed)
        self._seen: dict[str, int] = {}
        self._shared = self._confusable(articles)
        usable = mix.articles(articles)
        found = partial(table, guests=mix.guests)
        titles: Mapping[str, Form] = found("titles")
        cards: dict[str, Sequence[Any]] = {
            "kind": KINDS, "script": SCRIPTS, "count": mix.counts, "form": mix.forms, "clean_form": CLEAN_FORMS,
            "indent": INDENTS, "tag": TAGS, "article": usable, "clean_article": articles, "disguise": list(DISGUISES),
            "family": list(found("families")), "head": list(found("heads")), "tail": list(found("tails")),
            "sep": list(found("separators")), "insert": list(found("inserts")), "paging": list(found("paging")),
            "sprinkle": [f"{place}:{name}" for place, names in found("sprinkles").items() for name in names],
            "spam_page": list(found("spampages")), "title": list(titles), "rate": mix.rates,
            "frame": list(found("frames")),
            "clean_frame": [name for name, frame in found("frames").items() if is_free_of_spam(frame)],
            "titles": [name for name in titles if name != "none"],
            "clean_title": [name for name, form in titles.items() if is_clean(form)],
        }  # fmt: skip
        self._decks = {name: Deck(values, self._dice) for name, values in cards.items()}

    def recipes(self, pages: int) -> Iterator[Recipe]:
        """One recipe a page."""
        makers = {"poll": self._polluted, "clean": self._clean, "spam": self._spam}
        for number in range(pages):
            yield makers[self._deal("kind")](number)

    def _deal(self, deck: str) -> Any:
        return self._decks[deck].deal()

    def _confusable(self, articles: Sequence[Article]) -> dict[str, Article]:
        long = [a for a in articles if len(a.text) > 300 and not (a.verbatim or a.clean_only)]
        chosen = self._dice.sample(long, min(2 * CONFUSABLE, len(long) // 2 * 2))
        pairs = zip(chosen[::2], chosen[1::2], strict=True)
        return {a.name: with_shared_paragraph(a, b) for a, b in pairs}

    def _copies(self, deck: str, count: int) -> tuple[Copy, ...]:
        chosen: list[Article] = []
        while len(chosen) < count:
            article = self._deal(deck)
            if article not in chosen:
                chosen.append(article)
        return tuple(self._copy(article) for article in chosen)

    def _copy(self, article: Article) -> Copy:
        instance = self._seen.get(article.name, 0)
        self._seen[article.name] = instance + 1
        edits = ["shared-paragraph"] if article.name in self._shared else []
        article = self._shared.get(article.name, article)
        if instance and self._dice.random() < EDITED:
            article, more = edited(article, self._dice)
            edits = edits + more
        return Copy(article, article.name, edits, instance)

    def _layout(self, form: str, tag: str) -> Layout:
        script = self._deal("script")
        return Layout(
            script=script,
            spam_script=script if self._dice.random() < 0.7 else self._dice.choice(OTHER_SCRIPTS[script]),
            indent=INDENTED[form] if form in INDENTED else self._deal("indent"),
            line_end=LINE_ENDS.get(tag, "\n"),
            half=self._dice.random() < 0.25,
            zero_width=tag == "zwsp",
            bom=tag == "bom",
            html=self._dice.choice(HTML) if form == "html" else "",
            wrap=self._dice.choice(WRAPS) if form == "wrapped" else 0,
            **LAYOUTS.get(form, {}),
        )

    def _polluted(self, number: int) -> Recipe:
        form, tag = self._deal("form"), self._deal("tag")
        bare, spliced = form == "bare", form == "repeated-inserts"
        insert_rate = 0.6 if spliced else self._deal("rate")
        sprinkle_rate = 0.5 if bare else self._deal("rate")
        count = 1 if form in WHOLE else self._deal("count")
        titles = "title" if count == 1 else "titles"  # without any title two articles could not be told apart
        return Recipe(
            number, "poll", form, self._deal("family"), self._deal(titles), self._layout(form, tag),
            copies=self._copies("article", count),
            head="none" if bare or form == "tail-only" else self._deal("head"),
            tail=() if bare or form == "head-only" else self._tail(),
            sep=self._deal("sep"),
            insert=self._deal("insert") if insert_rate else "none",
            insert_rate=insert_rate,
            sprinkle=self._deal("sprinkle") if sprinkle_rate else "none",
            sprinkle_rate=sprinkle_rate,
            paging=self._deal("paging") if form.startswith("paged") else "none",
            frame=self._deal("frame") if form == "framed" else "none",
            disguise=self._deal("disguise") if self._dice.random() < self._mix.disguised else "none",
            spam_page=self._deal("spam_page") if form in ("spliced", "spam-article") else "none",
            tags=[] if tag == "none" else [tag],
        )  # fmt: skip

    def _tail(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._deal("tail") for _ in range(self._dice.randrange(1, 4))))

    def _clean(self, number: int) -> Recipe:
        form, tag = self._deal("clean_form"), self._deal("tag")
        layout = self._layout(form.removeprefix("clean-"), tag if tag != "emoji" else "none")
        copies = self._copies("clean_article", 1)
        tags = [] if tag in ("none", "emoji") else [tag]
        frame = self._deal("clean_frame") if form == "clean-framed" else "none"
        return Recipe(number, "clean", form, "none", self._deal("clean_title"), layout, copies, frame=frame, tags=tags)

    def _spam(self, number: int) -> Recipe:
        tag = self._deal("tag")
        layout = self._layout("plain", tag)
        return Recipe(
            number, "spam", "spam", self._deal("family"), "none", layout, head=self._deal("head"), tail=self._tail(),
            disguise=self._deal("disguise"), spam_page=self._deal("spam_page"), tags=[] if tag == "none" else [tag],
        )  # fmt: skip
