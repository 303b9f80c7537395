"""Cuts from a page what is not article: the keyword's lines, adverts, furniture, links, spam inside sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, PrivateAttr, ValidationInfo

from pipeline.item import Cut, Drop, Item, Removal
from pipeline.processor import Options, Processor
from pipeline.shipped import shipped
from pipeline.spans import pieces_between
from processors.algorithms.brand import Weights, read_weights
from processors.algorithms.cutbylines import CutByline, cut_bylines
from processors.algorithms.hits import never_found
from processors.algorithms.keyword import Hit
from processors.algorithms.layout import Page, read_page
from processors.algorithms.lexicon import Lexicon, find_lexicon, read_lexicons
from processors.algorithms.lexiconfile import read_entries
from processors.algorithms.linemodel import GLANCE, Doubt, LineModel, read_line_model
from processors.algorithms.markup import leftover_tags
from processors.algorithms.pollution import EDGE_REASONS
from processors.algorithms.quotation import quotation_marks
from processors.algorithms.sentencemodel import read_sentence_model
from processors.algorithms.sitecode import leftover_code
from processors.algorithms.trees import Rounds
from processors.algorithms.verdict import judge

WEIGHTS = ("keyword.yaml", "lines.tsv", "sentences.tsv", GLANCE)


def _known(name: str, info: ValidationInfo) -> str:
    read_entries(find_lexicon(name, shipped("lexicon"), (info.context or {}).get("folder")))
    return name


class SpamStripOptions(Options):
    """What `spam_strip` goes by."""

    lexicon: tuple[Annotated[str, AfterValidator(_known)], ...] = Field(
        default=("gambling", "trades", "seo", "pitches", "furniture"), min_length=1
    )
    """Lexicons to use: names of shipped ones, or paths of your own files (from the configuration's folder)."""

    _files: tuple[Path, ...] = PrivateAttr(())

    def model_post_init(self, context: Any, /) -> None:
        """Remember where the lexicons lie: a path counts from the configuration's folder."""
        folder = (context or {}).get("folder")
        self._files = tuple(find_lexicon(name, shipped("lexicon"), folder) for name in self.lexicon)

    def files(self) -> tuple[Path, ...]:
        """The lexicons, then the weights of keywords, lines and sentences and of the first glance at lines: part of the
        chain fingerprint.
        """
        return (*self._files, *(shipped("weights", name) for name in WEIGHTS))

    def remarks(self) -> Iterator[str]:
        """Terms of one's own lexicons that can stand in no text."""
        for path in self._files:
            yield from never_found(path)


class SpamStrip(Processor[SpamStripOptions]):
    """Cut the spam and furniture of a page, each cut with its reason and evidence; drop a page that is all spam.

    The page's keyword is inferred from the page. A page without one, and without the furniture that only sites have,
    is clean and loses at most furniture at its edges, and tags of HTML that lay out its lines.
    """

    before: ClassVar[frozenset[str]] = frozenset({"split", "normalize", "fingerprint"})
    reasons: ClassVar[frozenset[str]] = frozenset(
        {
            "advert",
            "contact",
            "date",
            "decoration",
            "emoji",
            "keyword_inside",
            "keyword_line",
            "list_heading",
            "markup",
            "navigation",
            "page_info",
            "place_run",
            "promotion",
            "related_link",
            "small_print",
            "spam_sentence",
            "stray_line",
            "unlike_article",
            "all_spam",
        }
    )

    def open(self) -> None:
        """Load the lexicons."""
        *lexicons, weights, lines, sentences, _ = self.options.files()
        self._lexicon: Lexicon = read_lexicons(lexicons)
        self._weights: Weights = read_weights(weights)
        self.model: LineModel = read_line_model(lines)
        self._sentences: Rounds = read_sentence_model(sentences)

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """The page without its spam, or a Drop with the reason ``all_spam`` when nothing else is left."""
        for leftover in (leftover_code, leftover_tags, quotation_marks):
            item = item.cut(_removals(page := read_page(item.text), leftover(page)))
        page = read_page(item.text)
        judged = judge(page, self._lexicon, self._weights, self.model, self._sentences)
        hits = list(judged.hits)
        stripped = item.cut(_removals(page, hits))
        if stripped.cuts and not stripped.text.strip():
            yield Drop(stripped, "all_spam", _told(stripped.cuts))
            return
        if judged.doubts:
            stripped = stripped.with_meta(doubts=list(_doubts(item, page, judged.doubts)))
        elif hits and not item.cuts and all(hit.reason in EDGE_REASONS for hit in hits):
            stripped = stripped.with_meta(clean=True)
        if judged.unsure:
            stripped = stripped.with_meta(unsure=True)
        bylines = list(_bylines(item, page, hits))
        yield stripped.with_meta(bylines=bylines) if bylines else stripped


def _told(cuts: Sequence[Cut]) -> dict[str, object]:
    """What a page that is nothing but cuts was cut for: how many for each reason, the most first, and its keywords."""
    keywords = dict.fromkeys(cut.evidence["keyword"] for cut in cuts if "keyword" in cut.evidence)
    reasons = Counter(cut.reason for cut in cuts).most_common()
    return {"keywords": list(keywords), "cuts": len(cuts), "reasons": dict(reasons)}


def _removals(page: Page, hits: Iterable[Hit]) -> Iterator[Removal]:
    for hit in hits:
        start, end = page.place(hit.start, hit.end)
        yield Removal(start, end, hit.reason, hit.evidence)


def _doubts(item: Item, page: Page, doubts: Sequence[Doubt]) -> Iterator[tuple[int, float]]:
    """Where in the raw page a line in doubt begins, and how many of its characters may be judged wrongly."""
    ranges = [page.place(doubt.start, doubt.end) for doubt in doubts]
    for doubt, pieces in zip(doubts, pieces_between(item.pieces, ranges), strict=True):
        yield pieces[0].span.start, doubt.characters


def _bylines(item: Item, page: Page, hits: Iterable[Hit]) -> Iterator[CutByline]:
    """The bylines that were cut, for `split` to find whose they are."""
    for above, (start, end) in cut_bylines(page, hits):
        [pieces] = pieces_between(item.pieces, [above])
        yield CutByline(pieces[0].span.start, pieces[-1].span.end, item.text[start:end])
