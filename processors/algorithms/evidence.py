"""What a character says about the script of the text that it stands in."""

from __future__ import annotations

from functools import cache

import numpy as np

from processors.algorithms.characters import (
    CODE_POINTS,
    Marks,
    codes_of,
    mark,
    opencc,
    rows,
    traditional_pairs,
    variants,
)
from processors.algorithms.doubt import doubtful
from processors.algorithms.phrases import rules

SCRIPT_BITS = 14

SIMPLE, COMPLEX, INVENTED, CORRECT, BORROWED, KANA, BREAK, MORE, HAN, ASKS, MODERN, CLASSICAL, DOUBT, STANDARD = (
    1 << bit for bit in range(SCRIPT_BITS)
)
"""What a character says. SIMPLE: only Simplified text has it. COMPLEX: only Traditional text, genuine or invented.
INVENTED: no genuine text uses it so; without COMPLEX it is a rarity that other text may name. BORROWED: invented text
has it for another character (琯 for 管), genuine text in names at most. CORRECT: what genuine text has there (管).
ASKS: its standard form depends on its neighbours. BREAK: after it another script may begin. MODERN, CLASSICAL:
a particle that tells today's prose from classical prose. DOUBT: invented text may have it for one of several.
STANDARD: COMPLEX in a word that has another character for it; alone it is in names and terms of Simplified text too.
MORE: it has flags beyond the first eight; see ``reading``."""

PROOF, KANJI, ODD, TAIWAN, HONG_KONG = (1 << bit for bit in range(27, 32))
"""What is not counted by the passage. PROOF: INVENTED, as seen in pages, not by a list of variants only. KANJI: only
Japanese text has it, or a rarity of invented text. ODD: neither Japanese nor genuine Chinese text has it. TAIWAN,
HONG_KONG: Traditional text of there has it rather."""

_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))
_KANA = (range(0x3041, 0x3097), range(0x30A1, 0x30FB))

_COMPLEX_IN_GB2312 = "後捱摺菸醣麴"
"""Characters of GB2312 that are in no Simplified text today: the standard list has dropped them."""

_STANDARD = "剋氾扞苧昇祕陞脩蒐劄薳谿釐爇瞭"
"""Characters that Traditional text has for others, and that are in the standard list of 2013 by themselves."""

_BREAKS = " ，。！？；：、“”‘’「」『』《》（）()\t"

_TAIWAN, _HONG_KONG = "裡妳牠祂臺", "着裏嘅喺咗佢哋嗰冇啲嚟説衞脱税閲枱綫"

_MODERN, _CLASSICAL = "的了是在這", "之其也乃曰矣"


@cache
def evidence() -> Marks:
    """The flags of every code point."""
    marks = np.zeros(CODE_POINTS, dtype=np.uint32)
    for ranges, flag in ((_HAN, HAN), (_KANA, KANA)):
        for codes in ranges:
            marks[codes.start : codes.stop] = flag
    for characters, flag in ((_BREAKS, BREAK), (_MODERN, MODERN), (_CLASSICAL, CLASSICAL)):
        mark(marks, characters, flag)
    complex_, simple = _told_apart()
    mark(marks, complex_, COMPLEX)
    mark(marks, simple, SIMPLE)
    reviewed = {use: [row[:2] for row in rows("reviewed") if row[2] == use] for use in ("invented", "borrowed")}
    mark(marks, "".join(source for source, _ in reviewed["invented"]), COMPLEX | INVENTED | PROOF)
    mark(marks, _rare(), INVENTED)
    mark(marks, "".join(source for source, _ in reviewed["borrowed"]), BORROWED)
    mark(marks, _correct([target for pairs in reviewed.values() for _, target in pairs]), CORRECT)
    for characters, flag in ((_kanji(), KANJI), (_TAIWAN, TAIWAN), (_HONG_KONG, HONG_KONG)):
        mark(marks, characters, flag)
    marks[(marks & (INVENTED | BORROWED) != 0) & (marks & KANJI == 0)] |= np.uint32(ODD)
    marks[codes_of("".join(_japanese()))] &= np.uint32(~ODD & 0xFFFFFFFF)
    mark(marks, "".join(rules()), ASKS)
    mark(marks, "".join(map(chr, doubtful())), DOUBT)
    for character in _STANDARD:
        marks[ord(character)] &= np.uint32(~COMPLEX & 0xFFFFFFFF)
        # Only those that a word restores can ever tell.
        if any(rule.target != character for group in rules().get(character, {}).values() for rule in group):
            mark(marks, character, STANDARD)
    return marks


def _japanese() -> set[str]:
    """The forms that Japan has simplified by itself."""
    return {form for forms in opencc("JPVariants").values() for form in forms}


def _kanji() -> str:
    """Of these the ones that neither Chinese text nor the invented script is known to have."""
    forms = "".join(sorted(_japanese() - {row[0] for row in rows("reviewed")}))
    chinese = set(forms.encode("big5", "ignore").decode("big5")) | set(
        forms.encode("gb2312", "ignore").decode("gb2312")
    )
    return "".join(form for form in forms if form not in chinese)


def _told_apart() -> tuple[str, str]:
    """Characters of Traditional text only, and of Simplified text only, as Big5 and GB2312 have them."""
    choices = opencc("STCharacters")
    sources = "".join(source for source, target in traditional_pairs().items() if target != source)
    common = set(sources.encode("gb2312", "ignore").decode("gb2312")) - set(_COMPLEX_IN_GB2312)
    simple = "".join(s for s in choices if s not in choices[s] and s not in traditional_pairs())
    shared = set(simple.encode("big5", "ignore").decode("big5"))
    return "".join(s for s in sources if s not in common), "".join(s for s in simple if s not in shared)


def _rare() -> str:
    """Variants that are in no list in use, of Taiwan and Hong Kong too, and that no review has found to be no proof."""
    forms = "".join(form for form, _ in variants())
    known = set(forms.encode("big5", "ignore").decode("big5"))
    known |= {row[0] for row in rows("reviewed") if row[2] == "context"}
    known |= {choices[0] for name in ("TWVariants", "HKVariants") for choices in opencc(name).values()}
    return "".join(form for form in forms if form not in known)


def _correct(targets: list[str]) -> str:
    """What genuine text has where the invention has another character: these standard forms and OpenCC's for them."""
    choices = opencc("STCharacters")
    forms = {form for target in targets for form in (target, *choices.get(target, ()))}
    return "".join(sorted(forms - {form for form, _ in variants()} - {row[0] for row in rows("reviewed")}))
