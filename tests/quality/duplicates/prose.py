"""Made-up Chinese prose to plant duplicates in: thousands of sentences, some of which many articles share."""

import random

_CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想"
)
_STOPS = "。。。。！？；"


def sentences(count: int, draw: random.Random) -> list[str]:
    """Distinct sentences of 10 to 40 characters, made of words of two characters, a comma in the longer ones."""
    words = ["".join(draw.choices(_CHARACTERS, k=2)) for _ in range(3000)]
    made: dict[str, None] = {}
    while len(made) < count:
        clause = draw.choices(words, k=draw.randint(5, 20))
        if len(clause) > 10:
            clause.insert(len(clause) // 2, "，")
        made["".join(clause) + draw.choice(_STOPS)] = None
    return list(made)


def article(stock: list[str], draw: random.Random) -> str:
    """Paragraphs of three to six sentences of the stock, 300 to 5,000 characters in all, short ones more often."""
    length = int(300 * (5000 / 300) ** draw.random())
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < length:
        paragraphs.append("".join(draw.choices(stock, k=draw.randint(3, 6))))
    return "\n".join(paragraphs)
