"""Where the shipped configuration lies: beside the packages in a checkout, inside ``pipeline`` in a wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """The path of a shipped configuration file or folder, for example ``shipped("lexicon", "gambling.yaml")``."""
    inside = _HERE / "shipped"
    root = inside if inside.is_dir() else _HERE.parent / "config"
    return root.joinpath(*parts)
