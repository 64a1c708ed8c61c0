"""A page that is not there: what may have been meant, in words and as links."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tortoise.backends.base.client import BaseDBAsyncClient

from bot.pages.published import Named
from bot.pages.reading import read_codes, read_years
from bot.pages.render import Look, indicator_address, unit_address
from models.rules.fiscal import BUDDHIST_ERA, Quarter

NEAREST = 5
CENTURY = 2500
"""What two digits of a year leave out: 70 is 2570."""
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_DASHES = str.maketrans("–—‐‑−", "-----")

Ways = list[tuple[str, list[tuple[str, str, str]]]]


@dataclass(frozen=True, slots=True)
class Missing:
    """What was asked for; empty where the address was of another kind."""

    of_unit: bool = False
    code: str = ""
    fiscal_year: int | None = 0
    """0: this year's or the newest before it; None: what stood there is no year."""
    typed_year: str = ""
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What to say. `moved_to`: the path of the page that was meant without a doubt, `for_good` or until next year."""

    said: str
    hint: str = ""
    ways: Ways = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)
    moved_to: str = ""
    for_good: bool = True


async def missing(connection: BaseDBAsyncClient, look: Look, asked: Missing) -> Found:
    """What can be said about a page that is not there. Two or three statements."""
    w = look.w
    year = asked.fiscal_year or Quarter.of(look.today).fiscal_year
    ending = asked.ending
    names = await read_codes(connection, of_units=asked.of_unit or not asked.code)
    for_good = bool(asked.code)
    if not asked.code:
        if not asked.of_unit or not names:
            return Found(w("page-missing"), ways=_start(names, year, look))
        asked = replace(asked, code=names[0].code)

    def address(code: str, fiscal_year: int) -> str:
        return unit_address(code, fiscal_year) if asked.of_unit else indicator_address(fiscal_year, code)

    known = {each.code: each for each in names}
    if asked.code in known:
        years = await read_years(connection, asked.code, of_unit=asked.of_unit)
        if years and asked.fiscal_year == 0:
            newest = max((each for each in years if each <= year), default=years[0])
            return Found("", moved_to=f"{address(asked.code, newest)}{ending}", for_good=False)
        if (meant_year := year if year in years else year + CENTURY) in years and asked.fiscal_year is not None:
            return Found("", moved_to=f"{address(asked.code, meant_year)}{ending}", for_good=for_good)
        hint = ""
        if asked.fiscal_year is not None and 1900 <= year < 2157:
            hint = w("page-missing-christian", common=year, year=year + BUDDHIST_ERA)
        links = [(look.address(address(asked.code, each)), str(each), "") for each in reversed(years)]
        return Found(
            w("page-missing-year", year=asked.typed_year or year),
            hint,
            [("page-missing-years", links)] if links else [],
            [str(each) for each in years],
        )
    meant = _plain(asked.code)
    same = [code for code in known if _plain(code) == meant]
    if len(same) == 1:
        return Found("", moved_to=f"{address(same[0], year)}{ending}")
    folded = {_plain(code): code for code in known}
    near = [folded[each] for each in difflib.get_close_matches(meant, folded, NEAREST, cutoff=0.5)]
    near.sort(key=lambda code: (-difflib.SequenceMatcher(None, meant, _plain(code)).ratio(), code))
    listed = near or sorted(known)[:NEAREST]
    links = [(look.address(address(code, year)), code, look.name(known[code])) for code in listed]
    said = w("page-missing-unit" if asked.of_unit else "page-missing-indicator", code=asked.code)
    return Found(said, "", [("page-missing-nearest", links)] if links else [], listed)


def _plain(code: str) -> str:
    """A code however it was typed: Thai digits, other dashes, small letters, blanks."""
    folded = unicodedata.normalize("NFKC", code).translate(_DIGITS).translate(_DASHES).casefold()
    return "".join(folded.split())


def _start(units: Sequence[Named], year: int, look: Look) -> Ways:
    links = [(look.address(unit_address(each.code, year)), each.code, look.name(each)) for each in units[:NEAREST]]
    return [("page-missing-start", links)] if links else []
