"""The contract that processors are written against: where options come from, and what a class says of itself."""

import pickle
from collections.abc import Iterable
from typing import ClassVar, TypeVar

import pytest
from pydantic import Field, ValidationError

from pipeline import CorpusProcessor, Drop, Item, Options, Processor


class MinLengthOptions(Options):
    """Options of MinLength."""

    chars: int = Field(200, ge=1)
    """fewest characters an article may have"""


class MinLength(Processor[MinLengthOptions]):
    """Drops articles shorter than `chars` characters."""

    reasons: ClassVar[frozenset[str]] = frozenset({"too_short"})

    def process(self, item: Item) -> Iterable[Item | Drop]:
        return [item if len(item.text) >= self.options.chars else Drop(item, "too_short", {"chars": len(item.text)})]


AnyOptions = TypeVar("AnyOptions", bound=MinLengthOptions)


class Between(CorpusProcessor[AnyOptions]):
    """A base of others that leaves the options open."""

    def process(self, item: Item) -> Iterable[Item | Drop]:
        return [item]


class Strict(Between[MinLengthOptions]):
    """Names the options that its base left open."""


class Stricter(MinLength):
    """Takes the options of the class it extends."""


@pytest.mark.parametrize("named", [MinLength, Strict, Stricter])
def test_options_are_those_named_in_the_base(named: type[Processor[MinLengthOptions]]) -> None:
    """Whether a class names its options itself or takes them over, its defaults are there."""
    assert named.options_class is MinLengthOptions
    assert named().options.chars == 200
    assert named(MinLengthOptions(chars=3)).options.chars == 3


def test_a_processor_without_options_has_empty_ones() -> None:
    """`Options` itself is what a class has that says nothing, and it names no files."""

    class Plain(Between):  # type: ignore[type-arg]
        pass

    assert Plain().options == Options()
    assert list(Options().files()) == []


@pytest.mark.parametrize(
    ("options", "message"), [({"char": 3}, "Extra inputs"), ({"chars": 0}, "greater than or equal to 1")]
)
def test_wrong_options_are_refused(options: dict[str, int], message: str) -> None:
    """Unknown names and values out of range are errors."""
    with pytest.raises(ValidationError, match=message):
        MinLengthOptions.model_validate(options)


def test_options_cannot_be_changed() -> None:
    """What a run was configured with stays so."""
    with pytest.raises(ValidationError, match="frozen"):
        MinLength().options.chars = 3  # type: ignore[misc]


def test_the_help_of_an_option_is_the_docstring_under_it() -> None:
    """Help is written once, where the option is."""
    assert MinLengthOptions.model_fields["chars"].description == "fewest characters an article may have"


def test_options_without_default_must_be_given() -> None:
    """A class with a required option cannot be made without it."""

    class Required(Options):
        chars: int

    class Needy(Between[Required]):  # type: ignore[type-var]
        pass

    with pytest.raises(ValidationError, match="Field required"):
        Needy()


def test_a_processor_can_be_sent_to_another_process() -> None:
    """A step that is not open yet travels with its options."""
    assert pickle.loads(pickle.dumps(MinLength(MinLengthOptions(chars=3)))).options == MinLengthOptions(chars=3)


def test_opening_closing_and_finishing_are_optional() -> None:
    """A class that needs no tables and holds nothing back writes `process` and nothing else."""
    step = Strict()
    step.open()
    assert list(step.finish()) == []
    step.close()


def test_a_class_without_process_cannot_be_made() -> None:
    """The one method that every processor must have is asked for at once."""

    class Empty(Processor[Options]):
        pass

    with pytest.raises(TypeError, match="process"):
        Empty()  # type: ignore[abstract]
