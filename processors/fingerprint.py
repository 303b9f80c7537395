"""`fingerprint`: gives an article the identity that `dedupe` compares by."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from pipeline.item import Item
from pipeline.processor import Options, Processor
from processors.algorithms.identity import identify


class FingerprintOptions(Options):
    """What of an article is hashed, and how much of it travels on."""

    shingle_size: int = Field(default=5, ge=2, le=16)
    """Letters and digits in a row that count as one feature. 3 and 4 find no more at a threshold of 0.8; above 8
    copies with scattered edits are missed."""

    carry_shingles: bool = True
    """Whether every shingle travels with the article (4 bytes a character), so that `dedupe` computes similarities
    exactly. Without them it estimates, with a standard error of up to 0.026; up to 64 shingles travel in any case."""


class Fingerprint(Processor[FingerprintOptions]):
    """Computes the identity of each article: an exact hash and a MinHash signature of its title and text.

    Letters, digits and the signs on figures count, with script, width and case folded; the text itself is not changed.
    """

    version = 4

    def process(self, item: Item) -> Iterator[Item]:
        """The item with its fingerprint."""
        (found,) = identify(
            [f"{item.title}\n{item.text}"], self.options.shingle_size, carry_shingles=self.options.carry_shingles
        )
        yield item.with_fingerprint(found.pack())
