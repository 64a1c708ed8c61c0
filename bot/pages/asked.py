"""What an address asks for: which page, of which year, in which format, and how it is to look."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.pages.missing import Missing
from bot.pages.render import Look, indicator_address, unit_address

_INDICATOR = re.compile(r"/indicators/(?P<year>[^/]+)/(?P<code>[^/]+)")
_UNIT = re.compile(r"/units/(?P<code>[^/]+)/(?P<year>[^/]+)")
_WITHOUT_YEAR = re.compile(r"/(?P<kind>indicators|units)/(?P<code>[^/]*)")
"""Leads to the newest year."""
_START = re.compile(r"/?|/(?:indicators|units)(?:/(?P<year>(?a:\d{4})))?")
"""All indicators, of the newest year or of one: the page of the unit above all others lists them."""
_ENDING = re.compile(r"(.+?)(\.(?:json|csv|xlsx|pdf|png))?", re.DOTALL)
_YEAR = re.compile(r"[0-9]{4}")
_ANY_YEAR = re.compile(r"\d{1,6}")
DATA = (".json", ".csv", ".xlsx")
"""Endings of what is read by programs."""
LONGEST_CODE = 32
_SHOWN = 64
"""Characters of what somebody typed that an answer repeats."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `ending` is empty for the page itself, else such as ".csv"."""

    of_unit: bool
    code: str
    fiscal_year: int
    ending: str
    look: Look

    @property
    def path(self) -> str:
        """The page's own path, without format."""
        if self.of_unit:
            return unit_address(self.code, self.fiscal_year)
        return indicator_address(self.fiscal_year, self.code)

    @property
    def day(self) -> str:
        """The day where one is printed, as on a page; empty for what is the same tomorrow."""
        return self.look.today.isoformat() if self.ending in ("", ".pdf") else ""

    @property
    def name(self) -> str:
        """One text for each thing that can be asked for."""
        return f"{self.path}{self.ending} {self.look.w.language} {self.look.thai_digits} {self.day}"


def asked(path: str, look: Look) -> Asked | Missing:
    """What a path asks for; Missing where there can be no such page, with what can be told from it."""
    plain = path.rstrip("/")
    for pattern, of_unit in ((_INDICATOR, False), (_UNIT, True)):
        found = pattern.fullmatch(plain)
        if found is None:
            continue
        last = found["year" if of_unit else "code"]
        name, ending = _ENDING.fullmatch(last).groups(default="")  # type: ignore[union-attr]  # matches any text
        year, code = (name, found["code"]) if of_unit else (found["year"], name)
        if _YEAR.fullmatch(year) and len(code) <= LONGEST_CODE and code.isprintable() and plain == path:
            return Asked(of_unit, code, int(year), ending, look)
        if _YEAR.fullmatch(code) and not _ANY_YEAR.fullmatch(year):
            year, code = code, year  # the two kinds of page have them in another order, which nobody can remember
        typed = _plain(year)
        return Missing(of_unit, _plain(code), int(year) if _ANY_YEAR.fullmatch(year) else None, typed, ending)
    if (start := _START.fullmatch(plain)) is not None:
        return Missing(of_unit=True, fiscal_year=int(start["year"] or 0))
    without_year = _WITHOUT_YEAR.fullmatch(plain)
    if without_year is None:
        return Missing()
    return Missing(without_year["kind"] == "units", _plain(without_year["code"]))


def _plain(code: str) -> str:
    """A code as it may be looked up and repeated: without NUL or half a character, which no database takes."""
    return "".join(each for each in code[:_SHOWN] if each.isprintable())
