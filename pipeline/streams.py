"""Standard output and error of a command of ours: either may be closed, full, or have no reader any more."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from typing import TYPE_CHECKING, BinaryIO, TextIO, cast

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

OUTPUT = 4
"""The exit code of a command whose output could not be written."""


class Stream(io.FileIO):
    """What is written to a descriptor. What cannot be is lost, and the first ``error`` kept.

    Python raises it wherever something is said, a traceback included, and once more at its end, which then has an
    exit code of its own (120).
    """

    error: OSError | None = None

    def write(self, data: ReadableBuffer) -> int:
        """All of it is written, or lost. Raises nothing."""
        left = memoryview(data).cast("B")
        try:
            while self.error is None and left:
                written = super().write(left)
                if written is None:  # somebody has made it non-blocking, and its reader is slow
                    select.select([], [self.fileno()], [])
                else:
                    left = left[written:]
        except OSError as error:
            self.error = error
        return memoryview(data).nbytes


def guard() -> None:
    """From now on nothing that this process says can fail.

    Descriptors that are closed get a place-holder: the next files it opens would have their numbers, and what is
    written to standard error, by whomever, would be in them.
    """
    while (taken := os.open(os.devnull, os.O_RDONLY)) <= 2:
        pass
    os.close(taken)
    sys.stdout = _guarded(sys.stdout, 1)
    sys.stderr = _guarded(sys.stderr, 2)


def delivered(code: int = 0) -> int:
    """The exit code of a command that has said on standard output what it had to, ``code`` but for that.

    A reader who has gone had enough of it.
    """
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    raw = getattr(buffer, "raw", buffer)
    error = raw.error if isinstance(raw, Stream) else None  # else nothing guards it
    if error is None or isinstance(error, BrokenPipeError):
        return code
    why = "closed" if error.errno == errno.EBADF else error.strerror
    sys.stderr.write(f"standard output: {why}; what it was to say is lost, what was asked for is done\n")
    return code or OUTPUT


def _guarded(stream: TextIO | None, number: int) -> TextIO:
    """The same stream; for one that is closed, one that loses everything. One that is no descriptor stays."""
    if stream is None:
        lost_at_once = Stream(os.open(os.devnull, os.O_RDONLY), "w", closefd=False)
        return io.TextIOWrapper(io.BufferedWriter(lost_at_once), "utf-8", "backslashreplace", line_buffering=True)
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.flush()
    raw = Stream(number, "w", closefd=False)
    return io.TextIOWrapper(
        cast("BinaryIO", raw) if stream.write_through else io.BufferedWriter(raw),  # as `python -u` has it
        stream.encoding,
        "backslashreplace",  # a name that is no UTF-8, or a terminal that knows no Chinese, is no reason to fail
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
