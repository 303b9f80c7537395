"""Standard Simplified to the Traditional of Taiwan or Hong Kong, by OpenCC's words and characters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from processors.algorithms.characters import opencc

Region = Literal["tw", "hk"]

_VARIANTS: Mapping[Region, tuple[str, str]] = {
    "tw": ("TWVariantsPhrases", "TWVariants"),
    "hk": ("HKVariantsPhrases", "HKVariants"),
}

_Words = Mapping[str, Sequence[tuple[str, str]]]
"""Words by their first two characters, the longest first, each with what to put there."""


def to_traditional(text: str, region: Region) -> str:
    """Standard Simplified text in the Traditional characters of a region; as long as the text."""
    return in_region(_by_words(text, "STPhrases", "STCharacters"), region)


def in_region(text: str, region: Region) -> str:
    """Traditional text with the characters preferred in a region; as long as the text."""
    return _by_words(text, *_VARIANTS[region])


def _by_words(text: str, phrases: str, characters: str) -> str:
    """The text with the longest word at each place replaced, and single characters between words."""
    words, single = _words(phrases), _single(characters)
    parts: list[str] = []
    at = 0
    while at < len(text):
        for word, other in words.get(text[at : at + 2], ()):
            if text.startswith(word, at):
                parts.append(other)
                at += len(word)
                break
        else:
            parts.append(single.get(text[at], text[at]))
            at += 1
    return "".join(parts)


@cache
def _words(name: str) -> _Words:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for word, choices in sorted(opencc(name).items(), key=lambda entry: -len(entry[0])):
        if len(word) == len(choices[0]) > 1:
            found[word[:2]].append((word, choices[0]))
    return dict(found)


@cache
def _single(name: str) -> Mapping[str, str]:
    return {character: choices[0] for character, choices in opencc(name).items() if len(choices[0]) == 1}
