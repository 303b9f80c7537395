"""A processor of somebody else's: this file and one line of ``pyproject.toml`` are all there is to it."""

from collections.abc import Iterator

from pydantic import Field

from pipeline import Drop, Item, Options, Processor


class MinLengthOptions(Options):
    """How short an article may be."""

    chars: int = Field(200, ge=1)
    """Fewest characters an article may have."""


class MinLength(Processor[MinLengthOptions]):
    """Drop articles shorter than `chars` characters."""

    reasons = frozenset({"too_short"})

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """The item, or its Drop."""
        length = len(item.text)
        yield item if length >= self.options.chars else Drop(item, "too_short", {"chars": length})
