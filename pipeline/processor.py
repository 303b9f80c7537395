"""The contract that processors are written against."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Generic, NamedTuple, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict

from pipeline.item import Drop, Item


class Options(BaseModel):
    """Options of a processor: types, defaults, ranges and help in one place. Unknown names are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def files(self) -> Iterable[Path]:
        """Files that these options name and that decide the output (lexicons); the chain fingerprint covers them."""
        return ()

    def remarks(self) -> Iterable[str]:
        """What `scrapy validate` is to say of these options, though they are allowed: likely they are not meant."""
        return ()


def _of_its_own(folder: Path) -> Path:
    """Raises ValueError for what is no folder of its own: nothing, the current folder, a root."""
    if folder.name in ("", ".."):
        raise ValueError("allowed: the name of a folder of its own, such as state/articles; leave it out to have none")
    return folder


OwnFolder = Annotated[Path, AfterValidator(_of_its_own)]
"""An option that names a folder in which a step keeps things; an empty text, which means the current one, is none."""


OptionsT = TypeVar("OptionsT", bound=Options)


class Processor(ABC, Generic[OptionsT]):
    """One step of a chain. Decides about one item at a time and remembers nothing between items.

    A subclass names its options in the base (``class MinLength(Processor[MinLengthOptions])``), declares in
    ``reasons`` every cut and drop reason it may give, and raises ``version`` when the same input would give other
    output. ``after`` names processors that must stand earlier in the chain, ``before`` those that must not: a step
    that changes text says ``before = frozenset({"fingerprint"})``.
    """

    reasons: ClassVar[frozenset[str]] = frozenset()
    version: ClassVar[int] = 1
    after: ClassVar[frozenset[str]] = frozenset()
    before: ClassVar[frozenset[str]] = frozenset()
    options_class: ClassVar[type[Options]] = Options

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for base in getattr(cls, "__orig_bases__", ()):
            origin, args = get_origin(base), get_args(base)
            if isinstance(origin, type) and issubclass(origin, Processor) and isinstance(args[0], type):
                cls.options_class = args[0]

    def __init__(self, options: OptionsT | None = None) -> None:
        """Raises pydantic's ValidationError when no options are given and one of them has no default."""
        self.options: OptionsT = self.options_class() if options is None else options  # type: ignore[assignment]

    def open(self) -> None:
        """Load tables, compile patterns; called once before the first item, in the process that does the work."""

    @abstractmethod
    def process(self, item: Item) -> Iterable[Item | Drop]:
        """What becomes of an item: itself, a changed one, several, or a Drop, made with the item's own methods.

        Every character must be accounted for: what is in none of the results is cut with the reason ``unclaimed``, an
        item of which nothing is given back is dropped with it. Only a CorpusProcessor may give an item back later.
        """

    def close(self) -> None:
        """Release what ``open`` took; called once after the last item."""


class Memory(NamedTuple):
    """Where a corpus step keeps what later runs are to know.

    ``generation`` is the last one that was decided to count, 0 for none, and ``run`` the number of the run that begins;
    without them the step decides and counts by itself.
    """

    folder: Path | None
    generation: int | None = None
    run: int | None = None


class CorpusProcessor(Processor[OptionsT]):
    """A step that sees the whole run: one instance, fed every item in input order.

    It may hold items back and give them with a later one or in ``finish``; what it never gives back is ``unclaimed``.
    ``memory`` is set before ``open`` where a state folder remembers for all steps.
    """

    memory: Memory | None = None
    after_index: Path | None = None
    """The index of the first step that remembers by itself: where several do, its commit decides for all of them."""
    limits: ClassVar[frozenset[str]] = frozenset()
    """Options that decide about later items only, so that what is remembered stays right when they change."""

    @property
    def own_index(self) -> Path | None:
        """The folder in which it remembers by itself, if it does; known before it is open."""
        return None

    @property
    def remembered_runs(self) -> int:
        """The number of the last run that it remembers, 0 for none; known while it is open."""
        return 0

    @property
    def remembers(self) -> bool:
        """Whether all it knows of earlier items lasts with the next ``commit``; known while it is open."""
        return False

    def finish(self) -> Iterable[Item | Drop]:
        """What was held back until the last item had been seen; all that becomes of one item stands together."""
        return ()

    def statistics(self) -> Mapping[str, int]:
        """What there is to count about the run as a whole, asked for after ``finish``."""
        return {}

    def prepare(self) -> int | None:
        """Write down for good what later runs are to know, so that hardly anything can fail in ``commit``.

        The generation that it will be once it counts; None for a step that remembers nothing. Whoever decides for
        several steps writes their generations down in one go, then calls ``commit``, and gives them back as ``memory``
        when the next run begins: a step that was interrupted in between finishes then, or forgets.
        """
        return None

    def commit(self) -> None:
        """Make what later runs are to know last; called when the output is in place, prepared or not."""

    def rollback(self) -> None:
        """Forget everything since the last commit."""

    def brief(self, payload: bytes) -> bytes:
        """Of what is remembered of an article to compare it by, what must be kept when its text is given up."""
        return payload

    def forget(self, articles: Collection[str]) -> None:
        """Let nothing lose to these articles any more, named by id; earlier runs exported them, and they count no more.

        Lasts with the next commit.
        """


@dataclass(frozen=True, slots=True)
class Step:
    """A processor in a chain, with the label that statistics and the audit name it by."""

    label: str
    processor: Processor[Any]
