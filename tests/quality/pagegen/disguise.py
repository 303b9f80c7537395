"""Ways in which spam writes a name or an address so that a plain search misses it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from pagegen.script import written

ZERO_WIDTH = "\u200b\u200c\u200d\u2060"
EMOJI_DIGITS = {str(d): f"{d}\ufe0f\u20e3" for d in range(10)}
CIRCLED = dict(zip("0123456789", "⓪①②③④⑤⑥⑦⑧⑨", strict=True))
BOLD = {str(d): chr(0x1D7CE + d) for d in range(10)}
SEPARATORS = " ·-_.*丨/+~ 丶、|^"
PRIVATE = range(0xE000, 0xF8FF)
EMOJI = "🔥💰✨🎁⭐💎🌸👑"


def zero_width(text: str, dice: Random) -> str:
    """An invisible character somewhere inside."""
    at = dice.randrange(1, max(2, len(text)))
    return text[:at] + dice.choice(ZERO_WIDTH) + text[at:]


def full_width(text: str, _dice: Random) -> str:
    """Latin letters and digits in full width."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def separated(text: str, dice: Random) -> str:
    """A mark between all characters of a name, spaces round the dots of an address."""
    if ".example." in text:
        return text.replace(".", " . ")
    return dice.choice(SEPARATORS).join(text)


def dotted(text: str, dice: Random) -> str:
    """Dots of an address as a word, an ideographic full stop or spaced out."""
    return text.replace(".", dice.choice(["点", "。", " . ", "．", "[.]", "(点)", "．"]))


def digits(text: str, dice: Random) -> str:
    """Digits circled, bold or as emoji."""
    table = dice.choice([EMOJI_DIGITS, CIRCLED, BOLD])
    return "".join(table.get(c, c) for c in text)


def private_use(text: str, dice: Random) -> str:
    """A glyph that only a font of the site knows somewhere inside."""
    at = dice.randrange(1, max(2, len(text)))
    return text[:at] + chr(dice.choice(PRIVATE)) + text[at:]


def emoji(text: str, dice: Random) -> str:
    """An emoji somewhere inside."""
    at = dice.randrange(1, max(2, len(text)))
    return text[:at] + dice.choice(EMOJI) + text[at:]


def other_script(text: str, _dice: Random) -> str:
    """The name alone in the invented script."""
    return written(text, "pseudo")


def plain(text: str, _dice: Random) -> str:
    """As it is."""
    return text


DISGUISES: dict[str, Callable[[str, Random], str]] = {
    "none": plain,
    "zero_width": zero_width,
    "full_width": full_width,
    "separated": separated,
    "dotted": dotted,
    "digits": digits,
    "private_use": private_use,
    "emoji": emoji,
    "other_script": other_script,
}
