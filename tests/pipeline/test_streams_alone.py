"""What stands in for standard output and error, by itself; with commands it is in tests/crawl/test_streams.py."""

import os
import subprocess
import sys
from threading import Thread

from pipeline.streams import Stream

UNBUFFERED = "import os; from pipeline.streams import guard; guard(); print('甲'); os._exit(0)"


def test_a_slow_reader_of_a_pipe_that_does_not_block_loses_nothing():
    """A pipe that another process has made non-blocking takes a part, and is waited for."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    taken: list[bytes] = []

    def take():
        with os.fdopen(reading, "rb") as file:
            taken.append(file.read())

    reader = Thread(target=take)
    reader.start()
    stream = Stream(writing, "w", closefd=True)
    assert stream.write(b"x" * 1_000_000) == 1_000_000
    stream.close()
    reader.join()
    assert (len(taken[0]), stream.error) == (1_000_000, None)


def test_what_cannot_be_written_counts_as_written():
    """The first error is kept, and nothing is tried after it."""
    reading, writing = os.pipe()
    os.close(reading)
    stream = Stream(writing, "w", closefd=True)
    assert [stream.write(b"abc"), stream.write(b"")] == [3, 0]
    assert isinstance(stream.error, BrokenPipeError)
    stream.close()


def test_what_is_not_buffered_stays_so(root):
    """`python -u` shows each line as it is printed, also of a process that ends at once."""
    done = subprocess.run(
        [sys.executable, "-u", "-c", UNBUFFERED], cwd=root, check=True, capture_output=True, encoding="utf-8"
    )
    assert done.stdout == "甲\n"
