"""Small processors for the configurations in this folder; their errors must not change when a built-in does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from pipeline import Drop, Item, Options, Processor

LEXICONS = ("furniture", "gambling")


def known(name: str, info: ValidationInfo) -> str:
    """A name there is, or a file beside the configuration."""
    if name in LEXICONS or (info.context["folder"] / name).is_file():
        return name
    raise ValueError(f"no lexicon {name!r}; there are {', '.join(LEXICONS)}")


class Rule(BaseModel):
    """A rule of its own inside a list."""

    model_config = ConfigDict(extra="forbid")

    name: str
    min_chars: int = Field(1, ge=1)


class TrimOptions(Options):
    """Options of many types."""

    max_chars: int = Field(100, ge=1, le=1000)
    """Longest text."""
    share: float = Field(0.5, gt=0, lt=1)
    script: Literal["simplified", "traditional"] = "simplified"
    lexicon: tuple[Annotated[str, AfterValidator(known)], ...] = ("gambling",)
    rules: Annotated[list[Rule], Field(max_length=2)] = []
    level: int | Literal["auto"] = "auto"
    names: dict[int, str] = {}
    slug: Annotated[str, Field(pattern="^[a-z]+$", max_length=8)] = "x"
    quiet: bool = False

    @model_validator(mode="after")
    def fits(self) -> "TrimOptions":
        """A rule between two options."""
        if self.level == self.max_chars:
            raise ValueError("level and max_chars are the same; choose two")
        return self


class Trim(Processor[TrimOptions]):
    """Cut what is too long."""

    reasons = frozenset({"too_long"})
    before = frozenset({"sign"})

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """Let everything through."""
        yield item


class SignOptions(Options):
    """One option, without default."""

    key: str
    table: Path | None = None
    marks: frozenset[str] = frozenset()

    def files(self) -> tuple[Path, ...]:
        """The table."""
        return (self.table,) if self.table else ()


class Sign(Processor[SignOptions]):
    """Sign each item."""

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """Let everything through."""
        yield item


class Compare(Processor[Options]):
    """Compare signatures."""

    after = frozenset({"sign"})

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """Let everything through."""
        yield item


class Unfinished(Processor[Options]):
    """Has no process method."""


class Stubborn(Processor[Options]):
    """Cannot be made."""

    def __init__(self, options: Options | None = None) -> None:
        raise OSError("no licence for this machine")

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """Never reached."""
        yield item


class OddOptions(Options):
    """Its check fails in a way that pydantic does not catch."""

    size: int = 1

    def model_post_init(self, context: Any) -> None:
        """Fail."""
        raise KeyError("size table")


class Odd(Processor[OddOptions]):
    """Cannot check its options."""

    def process(self, item: Item) -> Iterator[Item | Drop]:
        """Never reached."""
        yield item


def function(item: Item) -> Item:
    """Not a class."""
    return item
