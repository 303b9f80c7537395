"""The name somebody may have meant."""

import pytest

from pipeline.nearest import did_you_mean


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gambing", "; did you mean 'gambling'?"),
        ("Max-Chars", "; did you mean 'max_chars'?"),
        ("赌博词", "; did you mean '赌博词表'?"),
        ("something else", ""),
        ("", ""),
    ],
)
def test_only_a_near_name_is_offered(name: str, said: str) -> None:
    """Case and the kind of dash do not matter; what is like nothing gets no advice."""
    assert did_you_mean(name, ["gambling", "max_chars", "赌博词表"]) == said
