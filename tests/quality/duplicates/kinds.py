"""Seventeen ways in which one article becomes another: copies, edited copies, and one that is no copy."""

import random
from collections.abc import Callable
from functools import partial

Stock = list[str]
Kind = Callable[[str, random.Random, Stock], str]


def exact(text: str, draw: random.Random, stock: Stock) -> str:
    """The same."""
    return text


def respaced(text: str, draw: random.Random, stock: Stock) -> str:
    """The same letters with other blanks, line ends and punctuation."""
    marks = {
        "，": ["，", "、", " ", ",\u3000"],
        "。": ["。", "。\n", "．", "！"],
        "\n": ["\n\n", "\n\u3000\u3000", " "],
    }
    return "".join(draw.choice(marks[c]) if c in marks else c for c in text)


def scattered(share: float, text: str, draw: random.Random, stock: Stock) -> str:
    """A share of the characters, here and there, replaced by others."""
    return "".join(draw.choice(draw.choice(stock)[:5]) if draw.random() < share else c for c in text)


def block(share: float, text: str, draw: random.Random, stock: Stock) -> str:
    """A share of the text, in one place, rewritten."""
    size = int(len(text) * share)
    start = draw.randrange(len(text) - size)
    return text[:start] + _filler(size, draw, stock) + text[start + size :]


def shortened(share: float, text: str, draw: random.Random, stock: Stock) -> str:
    """A share of the text's paragraphs left out."""
    paragraphs = text.split("\n")
    gone = set(draw.sample(range(len(paragraphs)), max(1, round(len(paragraphs) * share))))
    return "\n".join(paragraph for number, paragraph in enumerate(paragraphs) if number not in gone)


def framed(share: float, text: str, draw: random.Random, stock: Stock) -> str:
    """A head and a tail of another site added, together about a share of the text's length."""
    half = int(len(text) * share * draw.uniform(0.7, 1.1) / 2)
    return f"{_filler(half, draw, stock)}\n{text}\n{_filler(half, draw, stock)}"


def mixed(text: str, draw: random.Random, stock: Stock) -> str:
    """A little of everything: paragraphs left out, characters replaced, a head and a tail added."""
    return framed(0.08, scattered(0.005, shortened(0.05, text, draw, stock), draw, stock), draw, stock)


def half(text: str, draw: random.Random, stock: Stock) -> str:
    """Another article that shares one half: no duplicate."""
    return text[: len(text) // 2] + _filler(len(text) // 2, draw, stock)


KINDS: dict[str, Kind] = {
    "exact": exact,
    "blanks and punctuation": respaced,
    **{f"{share} % scattered": partial(scattered, share / 100) for share in (1, 2, 5, 10, 20)},
    **{f"{share} % in one block": partial(block, share / 100) for share in (5, 10, 20)},
    **{f"{share} % of paragraphs left out": partial(shortened, share / 100) for share in (10, 20)},
    **{f"{share} % head and tail added": partial(framed, share / 100) for share in (10, 25)},
    "mixed": mixed,
    "chain": partial(block, 0.08),  # of the last in the chain, not of the first
    "half shared": half,
}


def _filler(size: int, draw: random.Random, stock: Stock) -> str:
    made = ""
    while len(made) < size:
        made += draw.choice(stock)
    return made[:size]
