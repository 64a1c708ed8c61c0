"""What the words behind สถานะ, สรุป and the like ask for: a code, a quarter, a unit's name, or several of them."""

from __future__ import annotations

import re

from msgspec import Struct

from handlers.context import Context
from handlers.effects import Say
from handlers.report_view import open_keys, overseen
from handlers.session import Answers
from locales.thai_quarters import read_quarter, read_year
from models.rules.fiscal import Quarter
from models.rules.office import Indicator
from models.rules.permissions import Action

MOST_CODES = 12
_CODE = re.compile(r"\d{3,8}-\d{1,5}|^\d{3,5}(?![\d/-])")

_BARE_YEAR = re.compile(r"25[5-9]\d")


class Narrowing(Struct, frozen=True):
    """What the words behind สถานะ ask for; None: everything."""

    code: str | None = None
    quarter: Quarter | None = None
    unit_ids: frozenset[int] | None = None
    name: str = ""
    """The units as they were typed."""
    year: int | None = None
    """A fiscal year, where no quarter was named."""

    def fiscal_year(self, today: Quarter) -> int:
        """The year that is asked for, else today's."""
        return self.quarter.fiscal_year if self.quarter else self.year or today.fiscal_year

    def has(self, unit_id: int) -> bool:
        return self.unit_ids is None or unit_id in self.unit_ids


def narrowing(context: Context, rest: str, *, coming: bool = False) -> Narrowing:
    """Read "2300-848", "ไตรมาส 2" or "ปี 2569", or a code with either.

    A quarter without a year is the open one of that number, else the last that has begun; when it is to be reported
    (`coming`), this year's, even if it is still to come.
    """
    today = Quarter.of(context.facts.today)
    year = read_year(rest, today)
    found = None if year else _CODE.search(rest)
    code = whole_code(context, found[0]) if found else None
    if code is not None and _BARE_YEAR.fullmatch(code):  # no indicator's code ends like this
        return Narrowing(year=int(code))
    beside = _CODE.sub(" ", rest).strip() if found else rest
    said = read_quarter(beside, today)
    if said is None:
        return Narrowing(code, year=year or read_year(beside, today))
    begun = coming or said.number <= today.number
    year = said.fiscal_year or (today.fiscal_year if begun else today.fiscal_year - 1)
    open_now = [each.quarter for each in open_keys(context) if each.quarter.number == said.number]
    if said.fiscal_year is None and open_now:
        return Narrowing(code, open_now[0])
    return Narrowing(code, Quarter(year, said.number))


def whole_code(context: Context, said: str) -> str:
    """The indicator's code that was said whole, or by an ending that only one has: 848 for 2300-848."""
    codes = [each.code for each in context.facts.office.indicators.values()]
    ending = [each for each in codes if each.endswith(f"-{said}")]
    return ending[0] if said not in codes and len(ending) == 1 else said


def unknown_code(context: Context, wanted: Narrowing) -> Say | None:
    """That there is no such code, and which there are; None when there is."""
    if wanted.code is None or any(each.code == wanted.code for each in context.facts.office.indicators.values()):
        return None
    codes = ", ".join(each.code for each in indicators_concerned(context)[:MOST_CODES])
    return Say(context.w("status-unknown-code", code=wanted.code, codes=codes or "–"))


def indicators_concerned(context: Context) -> list[Indicator]:
    """Those that one's own units report, and those that one oversees, by their order."""
    office, below = context.facts.office, overseen(context, Action.SEE_ALL_STATUS)
    units = below | {each.unit_id for each in context.facts.memberships}
    wanted = {each.indicator_id for each in office.assignments if each.unit_id in units}
    wanted |= {each.id for each in office.indicators.values() if each.owner_id in below}
    return sorted((office.indicators[each] for each in wanted), key=lambda each: (each.order, each.code))


def known_answers(context: Context, wanted: Narrowing) -> Answers:
    """The answers that a code and a quarter give; the code is known."""
    ids = {each.code: each.id for each in context.facts.office.indicators.values()}
    known: Answers = {"indicator": ids[wanted.code]} if wanted.code else {}
    return known if wanted.quarter is None else {**known, "quarter": str(wanted.quarter)}


def fits(context: Context, wanted: Narrowing, indicator_id: int) -> bool:
    return wanted.code in {None, context.facts.office.indicators[indicator_id].code}
