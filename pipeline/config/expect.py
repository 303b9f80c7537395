"""The key `expect` of a configuration file."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Expect(BaseModel):
    """What a run with a state is expected to bring; of one that does not, the output is kept apart."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    min_pages: Annotated[int, Field(ge=0)] | None = None
    """Fewest new pages; asked of a run that found nothing new, too. 0 says that an input folder may become empty."""
    min_articles: Annotated[int, Field(ge=0)] | None = None
    """Fewest articles; without it at least one, or a copy of one, of `from_pages` new pages, of inputs that are no
    pages at all, and of pages on which a step failed. 0: there may be none."""
    from_pages: Annotated[int, Field(ge=1)] = 10
    """From how many new pages on the share of drops says something: one page may rightly be nothing but spam."""
    max_drop_share: Annotated[float, Field(ge=0, le=1)] | None = None
    """Highest share of drops among articles and drops, those for errors left out; asked from `from_pages` on."""
    max_error_share: Annotated[float, Field(ge=0, le=1)] | None = None
    """Highest number of errors by new page."""
    max_removed_share: Annotated[float, Field(ge=0, le=1)] | None = None
    """Highest share of the known inputs that may be gone; without it, half of them and new ones beside, if 10 or more
    are gone."""
    max_change: Annotated[float, Field(gt=0)] | None = None
    """How far the number of articles may be from the median of the last 7 runs that brought pages, as a share of it;
    asked when there were 3 such runs."""
