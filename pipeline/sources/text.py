"""A text file -> one page, decoded as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.item import Item, Source
from pipeline.sources.encoding import decode
from pipeline.sources.problem import InputProblem, unreadable
from pipeline.sources.walk import InputFile


def pages(file: InputFile) -> Iterator[Item | InputProblem]:
    """The page in a text file, after it an InputProblem if some bytes were no text; or only an InputProblem.

    The text is kept exactly as decoded: line ends are not translated, a byte order mark belongs to the encoding.
    """
    try:
        data = file.path.read_bytes()
    except OSError as error:  # also a file that went away since the walk
        yield unreadable(file.name, error)
        return
    yield from pages_in(file.name, data)


def pages_in(name: str, data: bytes) -> Iterator[Item | InputProblem]:
    """The same for what has been read already from the input of this name."""
    decoded = decode(data)
    if decoded is None:
        yield InputProblem(name, "binary_input", {"bytes": len(data)})
        return
    if not decoded.text or decoded.text.isspace():
        yield InputProblem(name, "empty_input", {"bytes": len(data)})
        return
    yield Item.page(decoded.text, Source(name, encoding=decoded.encoding))
    if decoded.undecodable:
        found = {"encoding": decoded.encoding, "count": decoded.undecodable, "first_byte": decoded.offset}
        yield InputProblem(name, "undecodable_bytes", found)
