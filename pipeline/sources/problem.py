"""What can be wrong with an input; it goes to the audit and the run goes on."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field

from pipeline.item import Evidence

NOT_READ = frozenset({"missing_input", "broken_link", "folder_loop", "special_input", "unreadable_input"})
"""Reasons that mean a page may be missing from the run; the others (``empty_input``, ``binary_input``,
``undecodable_bytes``) describe a file that was read."""

OWN_STATE = "own_state"
"""Reason of a link that leads into the state folder of the run; what lies there are its outputs, and no inputs."""


@dataclass(frozen=True, slots=True)
class InputProblem:
    """An input that gave no page, or one that did not decode whole; ``name`` is what ``Source.name`` would be."""

    name: str
    reason: str
    evidence: Evidence = field(default_factory=dict)


def unreadable(name: str, error: OSError) -> InputProblem:
    """The problem that an error of the operating system stands for, without the path in its message."""
    found = {"error": errno.errorcode.get(error.errno or 0, "OSError"), "message": error.strerror or str(error)}
    return InputProblem(name, "missing_input" if isinstance(error, FileNotFoundError) else "unreadable_input", found)
