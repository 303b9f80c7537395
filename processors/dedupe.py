"""`dedupe`: ends articles that repeat an earlier one, naming which."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from pydantic import Field, model_validator

from pipeline.errors import ChainStopped, ContractError
from pipeline.item import Drop, Item
from pipeline.ledger.index import Index
from pipeline.ledger.manifest import LedgerError
from pipeline.processor import CorpusProcessor, Memory, Options, OwnFolder
from processors.algorithms.comparison import table_digest
from processors.algorithms.identity import NORMALIZER, SCHEME, Fingerprint, Identity
from processors.algorithms.minhash import BINS, bands, found_at
from processors.algorithms.similarity import Limits, Match, decide, links_to, size_class

log = logging.getLogger(__name__)

_FOUND = 0.8  # share of copies at the threshold; below it, other bands were meant
_TOLD = 10  # clusters named in the log at the end of a run, the largest first


class DedupeOptions(Options):
    """How alike two articles may be, how hard near-duplicates are looked for, and what becomes of them."""

    mode: Literal["near", "exact"] = "near"
    """`near` also ends articles that are almost the same; `exact` only those with the same letters and digits."""

    threshold: float = Field(default=0.8, ge=0.5, le=1.0)
    """Jaccard similarity of the shingles from which on articles are near-duplicates. 0.8 allows about 2 % of the
    characters changed here and there, or 10 % in one place; 0.7 also catches light rewriting."""

    contained_from: float = Field(default=1.0, ge=0.5, le=1.0)
    """Articles of unequal length, down to this ratio, are near-duplicates too when the shorter lies as wholly in the
    longer as `threshold` asks (a copy that lost its last paragraphs). 1.0 switches this off."""

    bands: int = Field(default=20, ge=1, le=BINS)
    """Independent looks at a pair of articles; more find more pairs near the threshold and cost memory."""

    rows: int = Field(default=6, ge=1, le=16)
    """Words of the signature that must agree in one look; fewer find more pairs and cost comparisons."""

    keep: Literal["first", "longest"] = "first"
    """Which of the articles that repeat each other stays. `longest` holds the articles of the whole run in memory and
    cannot go together with `index`: what an earlier run has exported cannot be taken back."""

    action: Literal["drop", "mark"] = "drop"
    """`mark` lets every article through and writes `cluster` (the id of the one that stays) into its `meta`, and for a
    repetition `duplicate_of`, `duplicate_source`, `duplicate_run`, `similarity` and `verified`."""

    scope: Literal["ledger", "run"] = "ledger"
    """`ledger` compares with all earlier runs in `index` too; `run` with this run alone."""

    index: OwnFolder | None = None
    """The folder in which runs remember what they saw. Without one a run begins with nothing seen."""

    batch: int = Field(default=1, ge=1, le=100_000)
    """Articles looked up at once. More are faster with a large index, but come out together, the last at the end."""

    template_over: int = Field(default=100, ge=2)
    """A cluster that grew in this run and has more articles than this, those of earlier runs in `index` included, is
    reported: most likely it is a template and no article."""

    @model_validator(mode="after")
    def _fits(self) -> DedupeOptions:
        if self.bands * self.rows > BINS:
            raise ValueError(
                f"bands x rows is {self.bands} x {self.rows} = {self.bands * self.rows}; "
                f"a signature has {BINS} words, so it may be at most that"
            )
        if self.index is not None and self.scope == "run":
            raise ValueError("scope run keeps no index; leave out index, or write scope: ledger")
        if self.index is not None and self.keep == "longest":
            raise ValueError("keep longest cannot take back what earlier runs exported; leave out index or keep first")
        return self

    def remarks(self) -> Iterator[str]:
        """That most copies at the threshold share no band."""
        found = found_at(self.threshold, self.bands, self.rows)
        if self.mode == "near" and found < _FOUND:
            asked = f"of copies at the threshold {self.threshold:g}, {self.bands} bands of {self.rows} rows"
            yield f"{asked} find {found:.0%}; take more bands or fewer rows, as config/presets/strict.yaml does"


class _Waiting(NamedTuple):
    """An article not decided yet; a blank one has no fingerprint."""

    item: Item
    own: Fingerprint | None


class _Judged(NamedTuple):
    """An article under `keep: longest`: its number, and the article it repeats."""

    item: Item
    number: int
    match: Match | None


class Dedupe(CorpusProcessor[DedupeOptions]):
    """Ends every article that repeats one seen before; the first seen stays.

    An article is compared with the earliest article under each of its band keys, whether that one was kept or not.
    Its fate thus depends on the order and the content of the articles, on nothing else.
    """

    reasons = frozenset({"duplicate", "near_duplicate"})
    after = frozenset({"fingerprint"})
    before = frozenset({"dedupe_paragraphs"})
    limits = frozenset({"threshold", "contained_from"})
    version = 4

    def open(self) -> None:
        """Begin with what the index holds, or nothing. Raises LedgerError for an index that cannot be used."""
        parameters = self.options.model_dump(include={"mode", "threshold", "contained_from", "bands", "rows"})
        made_with = {"of": "articles", "scheme": SCHEME, "table": table_digest(), "normalizer": NORMALIZER}
        memory = self._memory()
        self._index = Index(memory.folder, {**parameters, **made_with}, generation=memory.generation, run=memory.run)
        self._limits = Limits(self.options.threshold, self.options.contained_from)
        self._waiting: list[_Waiting] = []
        self._judged: list[_Judged] = []
        self._grown: set[int] = set()
        self._copies: Counter[int] = Counter()

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """The item, or its Drop, or nothing yet. Raises ContractError for an item without a usable fingerprint."""
        self._waiting.append(_Waiting(item, self._fingerprint(item)))
        if len(self._waiting) >= self.options.batch:
            yield from self._decided()

    def finish(self) -> Iterator[Item | Drop]:
        """What was waiting for its batch, or for the longest of its cluster."""
        yield from self._decided()
        yield from self._longest()
        self._copies = self._index.copies(self._grown)
        for number, copies in self._copies.most_common(_TOLD):
            if copies >= self.options.template_over:
                article = self._index.article(number)
                log.warning("%d copies of %s (%s): likely a template", copies, article.id, article.source)

    def statistics(self) -> Mapping[str, int]:
        """Clusters that grew in this run by size: ``clusters/2`` (an article and one copy), ``clusters/3-4`` …

        Articles that earlier runs dropped are counted too. ``clusters/templates`` are those over `template_over`.
        """
        found = Counter(f"clusters/{size_class(copies + 1)}" for copies in self._copies.values())
        templates = sum(copies >= self.options.template_over for copies in self._copies.values())
        return {**found, **({"clusters/templates": templates} if templates else {})}

    @property
    def own_index(self) -> Path | None:
        return None if self.memory else self.options.index

    @property
    def remembered_runs(self) -> int:
        return self._index.earlier_runs

    @property
    def remembers(self) -> bool:
        return self.memory is not None and self.options.scope == "ledger"

    def forget(self, articles: Collection[str]) -> None:
        self._index.forget(articles)

    def brief(self, payload: bytes) -> bytes:
        return Identity.unpack(payload).brief().pack()

    def prepare(self) -> int | None:
        return self._index.prepare(self.after_index)

    def commit(self) -> None:
        self._index.commit()

    def rollback(self) -> None:
        self._index.rollback()
        self._waiting, self._judged = [], []
        self._grown.clear()
        self._copies.clear()

    def close(self) -> None:
        self._index.close()

    def _memory(self) -> Memory:
        if self.memory is None or self.options.scope == "run":
            return Memory(self.options.index)
        if self.options.index is not None:
            raise LedgerError("dedupe: a state folder remembers already; leave out the option index, or the state")
        if self.options.keep == "longest":
            raise LedgerError("dedupe: keep longest cannot take back what earlier runs exported; write scope: run")
        return self.memory

    def _fingerprint(self, item: Item) -> Fingerprint | None:
        if not f"{item.title}{item.text}".strip():
            return None  # nothing to compare: two empty articles are not copies of each other
        if not item.fingerprint:
            raise ContractError(f"item {item.id} has no fingerprint; put the step `fingerprint` before `dedupe`")
        own = Fingerprint.unpack(item.fingerprint)
        try:
            self._index.expect({"shingle_size": own.shingle_size, "carry_shingles": own.carries_shingles})
        except LedgerError as error:
            raise ChainStopped(f"dedupe: {error}") from error
        return own if self.options.mode == "near" else own.exact()

    def _decided(self) -> Iterator[Item | Drop]:
        waiting, self._waiting = self._waiting, []
        keys = [() if each.own is None else self._keys(each.own) for each in waiting]
        try:
            known = self._index.look_up(chain.from_iterable(keys))
            for (item, own), found in zip(waiting, keys, strict=True):
                yield from (item,) if own is None else self._judge(item, own.identity, found, known)
        except (LedgerError, OSError) as error:
            raise ChainStopped(f"dedupe: the index failed: {error}") from error

    def _keys(self, own: Fingerprint) -> tuple[int, ...]:
        """What an article is looked up by; an exact copy shares all of these, a near-duplicate most likely one."""
        exact = int.from_bytes(own.identity.digest[:8], "little")
        if not own.identity.count:
            return (exact,)
        near = bands(own.signature[np.newaxis], self.options.bands, self.options.rows)[0]
        return (exact, *near.tolist())

    def _judge(self, item: Item, own: Identity, keys: Iterable[int], known: Mapping[int, int]) -> Iterator[Item | Drop]:
        number, leaders = self._index.claim(keys, known)
        match = decide(own, ((n, self._identity(n)) for n in leaders), self._limits)
        kept = number if match is None else self._index.article(match.number).kept
        self._index.add(item.id, item.source.name, kept, own.pack())
        if match is not None:
            self._grown.add(kept)
        if self.options.keep == "longest":
            self._judged.append(_Judged(item, number, match))
        elif match is None:
            yield self._stays(item)
        else:
            yield self._ends(item, kept, match)

    def _longest(self) -> Iterator[Item | Drop]:
        """What was judged, in order, with the longest of each cluster in place of the first."""
        best: dict[int, _Judged] = {}
        for judged in self._judged:
            root = self._index.article(judged.number).kept
            if root not in best or len(judged.item.text) > len(best[root].item.text):
                best[root] = judged
        matches = {judged.number: judged.match for judged in self._judged}
        links = {number: link for each in best.values() for number, link in links_to(each.number, matches).items()}
        for judged in self._judged:
            kept = best[self._index.article(judged.number).kept].number
            if judged.number == kept:
                yield self._stays(judged.item)
            else:
                match = self._direct(judged.number, kept) or links.get(judged.number) or judged.match
                assert match is not None  # else it would be the first of its cluster, and that one is linked
                yield self._ends(judged.item, kept, match)
        self._judged = []

    def _direct(self, number: int, kept: int) -> Match | None:
        """The match of two articles of a cluster, if they are alike themselves and not only through others."""
        return decide(self._identity(number), [(kept, self._identity(kept))], self._limits)

    def _identity(self, number: int) -> Identity:
        return Identity.unpack(self._index.payload(number))

    def _stays(self, item: Item) -> Item:
        return item.with_meta(cluster=item.id) if self.options.action == "mark" else item

    def _ends(self, item: Item, kept: int, match: Match) -> Item | Drop:
        if self.options.action == "drop":
            reason = "duplicate" if match.likeness.verified == "exact" else "near_duplicate"
            return Drop(item, reason, self._evidence(kept, match))
        partner = self._index.article(match.number)
        return item.with_meta(
            cluster=self._index.article(kept).id,
            duplicate_of=partner.id,
            duplicate_source=partner.source,
            duplicate_run=partner.run,
            similarity=round(match.likeness.jaccard, 3),
            verified=match.likeness.verified,
        )

    def _evidence(self, kept: int, match: Match) -> dict[str, Any]:
        article, likeness = self._index.article(kept), match.likeness
        evidence: dict[str, Any] = {
            "kept": article.id,
            "source": article.source,
            "run": article.run,
            "similarity": round(likeness.jaccard, 3),
            "verified": likeness.verified,
        }
        if likeness.jaccard < self.options.threshold:
            evidence["contained"] = round(likeness.contained, 3)
        if match.number != kept:
            evidence["via"] = self._index.article(match.number).id
        return evidence
