"""The record of everything that is in no article: one line of ``audit.jsonl``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pipeline.item import Cut, Drop
from pipeline.sources.problem import InputProblem

EXCERPT = 200
"""Characters of the text that an audit record repeats; ``chars`` says how many there were."""

Event = Literal["cut", "drop", "error", "input"]


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """A cut, a drop, an error or a problem with an input. Empty strings and lists stand for what does not apply."""

    event: Event
    item: str
    source: str
    page: int
    step: str
    reason: str
    evidence: dict[str, Any]
    spans: list[list[int]]
    text: str
    chars: int

    def __repr__(self) -> str:
        return f"<AuditRecord {self.event} {self.reason} {self.source} {self.item}>"


def audit(outcome: Cut | Drop | InputProblem) -> AuditRecord:
    """The record of an outcome that is no article."""
    if isinstance(outcome, InputProblem):
        return AuditRecord("input", "", outcome.name, 0, "", outcome.reason, dict(outcome.evidence), [], "", 0)
    if isinstance(outcome, Cut):
        event: Event = "cut"
        item, source, spans, text = outcome.item, outcome.source, outcome.spans, outcome.text
    else:
        event = "error" if outcome.reason == "error" else "drop"
        item, source, spans, text = outcome.item.id, outcome.item.source, outcome.item.spans, outcome.item.text
    return AuditRecord(
        event=event,
        item=item,
        source=source.name if source else "",
        page=source.page if source else 0,
        step=outcome.step,
        reason=outcome.reason,
        evidence=dict(outcome.evidence),
        spans=[list(span) for span in spans],
        text=text[:EXCERPT],
        chars=len(text),
    )
