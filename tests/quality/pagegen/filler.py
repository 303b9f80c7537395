"""Fills templates of spam for one page: ``{k}`` is a keyword, ``{k*5|、}`` five of them joined by a mark."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml
from pagegen.disguise import DISGUISES

DATA = Path(__file__).resolve().parent.parent / "data"
GUESTS = DATA / "guests"  # what other authors wrote; their trades bring their own sites, people, places and headlines
SLOT = re.compile(r"\{(\w+)(?:\*(\d+)\|([^{}]*))?\}")
TRADE = 0.5  # share of the pitches that are of the page's own trade
DISGUISED = 0.5  # share of the names and addresses that a page with a disguise hides


@cache
def table(name: str, guests: bool = True) -> Any:
    """A data file beside the generator, with what the files ``name_*`` add to it, and other authors unless told."""
    found: dict[str, Any] = {}
    for path in (path for folder in (DATA, GUESTS)[: 1 + guests] for path in _files(folder, name)):
        for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            found[key] = {**found.get(key, {}), **value} if isinstance(value, dict) else value
    return found


def _files(folder: Path, name: str) -> list[Path]:
    return [*folder.glob(f"{name}.yaml"), *sorted(folder.glob(f"{name}_*.yaml"))]


@cache
def strings(name: str) -> list[str]:
    """The lines of a data file."""
    return (DATA / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-1]


@cache
def trades() -> dict[str, Mapping[str, Any]]:
    """The trades by name, each with all its own pitches."""
    more: Mapping[str, list[str]] = table("trade_pitches")
    return {
        name: {**family, "pitches": [*family["pitches"], *more.get(name, [])]}
        for name, family in table("families").items()
    }


class Filler:
    """The facts of one spam site: its brand, trade, numbers and addresses, drawn anew for every page."""

    def __init__(self, family: Mapping[str, Any], dice: Random, disguise: str = "none") -> None:
        self.dice = dice
        self.brand: str = dice.choice(family["brands"])
        self._family = family
        self._disguise = DISGUISES[disguise]
        self._headlines: list[str] = family.get("headlines") or strings("headlines")
        self._places: list[str] = family.get("places") or strings("places")
        self._words: Mapping[str, Sequence[str]] = table("words")
        self._site = dice.choice(family.get("site") or self._words["site"])
        self._phone = f"0{dice.randrange(311, 999)}-{dice.randrange(30000000, 89999999)}"
        self._domain = self._new_domain()

    def fill(self, template: str) -> str:
        """The template with every slot filled, also those that the fillings bring along."""
        while SLOT.search(template):
            template = SLOT.sub(self._slot, template)
        return template

    def lines(self, templates: Sequence[str]) -> list[str]:
        """One line a template."""
        return [self.fill(template) for template in templates]

    def _slot(self, match: re.Match[str]) -> str:
        name, count, joint = match.groups()
        make = self._maker(name)
        return make() if count is None else joint.join(make() for _ in range(int(count)))

    def _maker(self, name: str) -> Callable[[], str]:
        own = getattr(self, f"_make_{name}", None)
        if own is not None:
            return own  # type: ignore[no-any-return]
        choices = self._family.get(name) or self._words[name]
        return lambda: self.dice.choice(choices)

    def _hidden(self, text: str) -> str:
        return self._disguise(text, self.dice) if self.dice.random() < DISGUISED else text

    def _make_b(self) -> str:
        return self._hidden(self.brand)

    def _make_bb(self) -> str:
        return self.brand

    def _make_k(self) -> str:
        return self._hidden(self.brand) + self.dice.choice(self._family["suffixes"])

    def _make_s(self) -> str:
        return str(self.dice.choice(self._family["suffixes"]))

    def _make_pitches(self) -> str:
        manners = {"voices": self._family["voices"]} if "voices" in self._family else table("pitches")
        own = self.dice.random() < TRADE
        return str(self.dice.choice(self._family["pitches"] if own else manners[self.dice.choice(list(manners))]))

    def _make_answers(self) -> str:
        return str(self.dice.choice(table("pitches")["answers"]))

    def _make_site(self) -> str:
        return str(self._site)

    def _make_hl(self) -> str:
        return self.dice.choice(self._headlines)

    def _make_place(self) -> str:
        return self.dice.choice(self._places)

    def _make_run(self) -> str:
        return "".join(self.dice.sample(self._places, self.dice.randrange(6, 22)))

    def _new_domain(self) -> str:
        letters = "".join(self.dice.choice("abcdefghkmnpqrstwxyz") for _ in range(self.dice.randrange(2, 6)))
        name = f"{letters}{self.dice.randrange(10, 99999)}"
        host, ending = self.dice.choice(["www.", "m.", "vip.", "app.", ""]), self.dice.choice(["com", "net", "org"])
        return f"{host}{name}.example.{ending}"

    def _make_domain(self) -> str:
        return self._domain

    def _make_url(self) -> str:
        domain = self._domain if self.dice.random() < 0.6 else self._new_domain()
        return self._hidden(self.dice.choice(["", "", "http://", "https://"]) + domain)

    def _make_wx(self) -> str:
        letters = "".join(self.dice.choice("abcdefghijkmnpqrstuvwxyz") for _ in range(self.dice.randrange(2, 5)))
        return self._hidden(f"{letters}{self.dice.randrange(100, 99999)}")

    def _make_qq(self) -> str:
        return self._hidden(str(self.dice.randrange(20000000, 3000000000)))

    def _make_tel(self) -> str:
        return self._hidden(self._phone)

    def _make_mob(self) -> str:
        return self._hidden(f"1{self.dice.choice('35789')}{self.dice.randrange(10**8, 10**9)}")

    def _make_date(self) -> str:
        return f"{self._make_year()}-{self._make_month():0>2}-{self._make_day():0>2}"

    def _make_year(self) -> str:
        return str(self.dice.randrange(2015, 2025))

    def _make_month(self) -> str:
        return str(self.dice.randrange(1, 13))

    def _make_day(self) -> str:
        return str(self.dice.randrange(1, 29))

    def _make_time(self) -> str:
        return f"{self.dice.randrange(24):02}:{self.dice.randrange(60):02}"

    def _make_n(self) -> str:
        return str(self.dice.randrange(3, 99999))

    def _make_d(self) -> str:
        return str(self.dice.randrange(2, 99))

    def _make_icp(self) -> str:
        return f"{self.dice.choice('京沪粤浙苏鲁川豫湘闽')}ICP备{self.dice.randrange(10**7, 10**8)}号"
