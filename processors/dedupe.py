"""`dedupe`: ends articles that repeat an earlier one, naming which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, model_validator

from pipeline.errors import ContractError
from pipeline.item import Drop, Item
from pipeline.processor import CorpusProcessor, Options
from processors.algorithms.identity import Identity
from processors.algorithms.minhash import BINS, band_keys
from processors.algorithms.seen import Article, Seen
from processors.algorithms.similarity import Limits, Match, decide


class DedupeOptions(Options):
    """How alike two articles may be, and how hard near-duplicates are looked for."""

    mode: Literal["near", "exact"] = "near"
    """`near` also ends articles that are almost the same; `exact` only those with the same letters and digits."""

    threshold: float = Field(default=0.8, ge=0.5, le=1.0)
    """Jaccard similarity of the shingles from which on articles are near-duplicates. 0.8 allows about 2 % of the
    characters changed here and there, or 10 % in one place; 0.7 also catches light rewriting."""

    contained_from: float = Field(default=0.7, ge=0.5, le=1.0)
    """Articles of unequal length, down to this ratio, are near-duplicates too when the shorter lies as wholly in the
    longer as `threshold` asks (a copy that lost its last paragraphs). 1.0 switches this off."""

    bands: int = Field(default=25, ge=1, le=BINS)
    """Independent looks at a pair of articles; more find more pairs near the threshold and cost memory."""

    rows: int = Field(default=5, ge=1, le=16)
    """Words of the signature that must agree in one look; fewer find more pairs and cost comparisons."""

    @model_validator(mode="after")
    def _fits_the_signature(self) -> DedupeOptions:
        if self.bands * self.rows > BINS:
            raise ValueError(
                f"bands x rows is {self.bands} x {self.rows} = {self.bands * self.rows}; "
                f"a signature has {BINS} words, so it may be at most that"
            )
        return self


class Dedupe(CorpusProcessor[DedupeOptions]):
    """Ends every article that repeats one seen before; the first seen stays.

    An article is compared with the earliest article under each of its band keys, whether that one was kept or not.
    Its fate thus depends on the order and the content of the articles, on nothing else.
    """

    reasons = frozenset({"duplicate", "near_duplicate"})
    after = frozenset({"fingerprint"})

    def open(self) -> None:
        """Begin with nothing seen."""
        self._seen = Seen()
        self._limits = Limits(self.options.threshold, self.options.contained_from)

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """The item, or its Drop. Raises ContractError for an item without a fingerprint."""
        if not f"{item.title}{item.text}".strip():
            yield item  # nothing to compare: two empty articles are not copies of each other
            return
        if not item.fingerprint:
            raise ContractError(f"item {item.id} has no fingerprint; put the step `fingerprint` before `dedupe`")
        own = Identity.unpack(item.fingerprint)
        number, leaders = self._seen.claim(self._keys(own))
        match = decide(own, ((n, Identity.unpack(self._seen.fingerprint(n))) for n in leaders), self._limits)
        kept = number if match is None else self._seen.article(match.number).kept
        self._seen.add(Article(item.id, item.source.name, kept), item.fingerprint)
        yield item if match is None else self._drop(item, kept, match)

    def close(self) -> None:
        """Forget what was seen."""
        self._seen.close()

    def _keys(self, own: Identity) -> list[int]:
        """What an article is looked up by; an exact copy shares all of these, a near-duplicate most likely one."""
        keys = [int.from_bytes(own.digest[:8], "little")]
        if self.options.mode == "near" and own.count:
            keys += band_keys(own.signature, self.options.bands, self.options.rows)
        return keys

    def _drop(self, item: Item, kept: int, match: Match) -> Drop:
        article = self._seen.article(kept)
        jaccard, contained, verified = match.likeness
        evidence: dict[str, Any] = {
            "kept": article.id,
            "source": article.source,
            "similarity": round(jaccard, 3),
            "verified": verified,
        }
        if jaccard < self.options.threshold:
            evidence["contained"] = round(contained, 3)
        if match.number != kept:
            evidence["via"] = self._seen.article(match.number).id
        return Drop(item, "duplicate" if verified == "exact" else "near_duplicate", evidence)
