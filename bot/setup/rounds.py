"""The rounds of a set-up: the dates that the file names, and the default rule's for all others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot import sql
from bot.office import read_working_days
from bot.reminders.rounds import round_notices
from bot.setup.checked import Setup
from bot.setup.keep import Keeper
from bot.setup.rows import Place, Problem, WrongSetup
from models.rules.deadlines import DefaultRule, RoundDay, default_dates, moved
from models.rules.fiscal import BUDDHIST_ERA, Quarter
from models.rules.working_days import WorkingDays
from models.tables.indicator import Round
from models.tables.reminder import Holiday


async def write_rounds(keeper: Keeper, setup: Setup, rule: DefaultRule) -> None:
    """The rounds that the file names, and those by the default rule of every year that is assigned.

    Raises WrongSetup when a round's days are not in order.
    """
    days = await read_working_days(keeper.connection)
    stored = {Quarter(each.fiscal_year, each.quarter): each for each in await Round.all().using_db(keeper.connection)}
    named = {Quarter(*entry.key): entry for entry in setup["rounds"]}
    years = {entry.values["fiscal_year"] for entry in setup["assignments"]}
    needed = {Quarter(year, number) for year in years for number in (1, 2, 3, 4)} - stored.keys()
    for quarter in sorted(named.keys() | needed):
        found, entry = stored.get(quarter), named.get(quarter)
        given = dict(entry.values) if entry else {}
        old = None if found is None else {each: getattr(found, each.value) for each in RoundDay}
        values = given if found else {**_default_round(quarter, given, days, rule), **given}
        kept = await keeper.keep("rounds", Round, found, (str(quarter),), values)
        if entry is not None and not kept.opens <= kept.due <= kept.closes:
            raise WrongSetup([_out_of_order(entry.place, quarter)])
        if entry is not None:
            new = {each: getattr(kept, each.value) for each in RoundDay}
            for statement, told in round_notices(quarter, old or new, new, keeper.at):
                await sql.run(keeper.connection, statement, *told)
            keeper.passed()


async def write_holidays(keeper: Keeper, setup: Setup) -> None:
    """Days off and days worked that the calendar of public holidays does not know."""
    stored = {each.day: each for each in await Holiday.all().using_db(keeper.connection)}
    for entry in setup["holidays"]:
        day = entry.values["day"]
        values = {name: value for name, value in entry.values.items() if name != "kind"}
        values["working"] = entry.values.get("kind") == "working"
        stored[day] = await keeper.keep("holidays", Holiday, stored.get(day), entry.key, values)
        keeper.passed()


def _default_round(quarter: Quarter, given: Mapping[str, Any], days: WorkingDays, rule: DefaultRule) -> dict[str, Any]:
    """The default dates; those after a given one count from it."""
    dates = default_dates(quarter, days, rule)
    for each in RoundDay:
        if each.value in given:
            dates = moved(dates, each, given[each.value])
    columns = {each.value: getattr(dates, each.value) for each in RoundDay}
    return {"fiscal_year": quarter.fiscal_year, "quarter": quarter.number, **columns}


def _out_of_order(place: Place, quarter: Quarter) -> Problem:
    shown = f"{quarter.number}/{quarter.fiscal_year} ({quarter.fiscal_year - BUDDHIST_ERA})"
    return Problem(
        place,
        f"วันของไตรมาส {shown} ต้องเรียงเป็น opens ≤ due ≤ closes",
        f"the days of quarter {shown} have to be in the order opens ≤ due ≤ closes",
    )
