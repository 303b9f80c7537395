"""A processor that cannot be imported, as happens when an upgrade takes a library away."""

from acme_measure import length  # there is no such library

from pipeline import Item, Options, Processor


class MaxLength(Processor[Options]):
    """Never gets as far as this."""

    def process(self, item: Item) -> list[Item]:
        """Never reached."""
        return [item] if length(item.text) < 10_000 else []
