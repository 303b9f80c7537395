"""seedsift: recovers the articles of polluted pages. This is the framework; the steps live in ``processors``."""

from pipeline.chain import Chain
from pipeline.errors import ConfigError, ContractError, SeedsiftError
from pipeline.item import Cut, Drop, Item, Outcome, Part, Removal, Source
from pipeline.processor import CorpusProcessor, Options, Processor
from pipeline.shipped import shipped
from pipeline.spans import Span

__all__ = [
    "Chain",
    "ConfigError",
    "ContractError",
    "CorpusProcessor",
    "Cut",
    "Drop",
    "Item",
    "Options",
    "Outcome",
    "Part",
    "Processor",
    "Removal",
    "SeedsiftError",
    "Source",
    "Span",
    "shipped",
]
