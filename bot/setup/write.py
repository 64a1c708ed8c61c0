"""Writing a checked set-up into the tables: one transaction, an audit entry a change, nothing deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from bot.database import OFFICE_ZONE, writing
from bot.setup.changes import Changes, Progress
from bot.setup.checked import Entry, Known, Setup, check_setup
from bot.setup.evaluations import write_criteria, write_evaluations, write_year_summaries
from bot.setup.groups import KnownUnit
from bot.setup.keep import Keeper
from bot.setup.people import invite_people
from bot.setup.results import write_results
from bot.setup.rounds import write_holidays, write_rounds
from bot.setup.rows import Problem, Row, WrongSetup
from models.rules.deadlines import DefaultRule
from models.tables.indicator import Activity, Assignment, Indicator, SubMeasure, Target
from models.tables.organisation import Unit


class _DryRun(Exception):
    """Takes a transaction back after it has shown what it would do."""


async def import_setup(
    rows: Sequence[Row],
    at: datetime,
    *,
    rule: DefaultRule | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Changes:
    """Check and write a set-up: all of it or nothing. `at` (aware) is the audit entries' time.

    `rule` makes the dates of rounds that nobody set.

    Raises WrongSetup with every problem found. With `dry_run` everything is done and taken back.
    """
    changes = Changes()
    known = await _known(get_connection("default"), at)
    setup = check_setup(rows, known)  # before the write lock is taken, so that people who write do not wait for it
    try:
        async with writing() as connection:
            now_known = await _known(connection, at)
            if now_known != known:  # another import came in between
                setup = check_setup(rows, now_known)
            rows_of_all = sum(len(entries) for entries in setup.entries.values())
            await _Writer(Keeper(connection, at, changes, rows=rows_of_all, progress=progress), setup).write(
                rule or DefaultRule()
            )
            if dry_run:
                raise _DryRun  # noqa: TRY301 - the transaction's own way to be taken back
    except _DryRun:
        changes.invitations.clear()  # these codes open nothing
    return changes


async def _known(connection: BaseDBAsyncClient, at: datetime) -> Known:
    units = await Unit.all().using_db(connection).values("code", "kind", "parent__code", "valid_from", "valid_to")
    indicators = await Indicator.all().using_db(connection).values("code")
    return Known(
        {row["code"]: KnownUnit(row["kind"], row["parent__code"], row["valid_from"], row["valid_to"]) for row in units},
        frozenset(row["code"] for row in indicators),
        at.astimezone(ZoneInfo(OFFICE_ZONE)).date(),
    )


class _Writer:
    def __init__(self, keeper: Keeper, setup: Setup) -> None:
        self.keeper = keeper
        self.connection = keeper.connection
        self.setup = setup

    async def write(self, rule: DefaultRule) -> None:
        setup = self.setup
        units = await self._units(setup["units"])
        indicators = await self._indicators(setup["indicators"], units)
        for section, model in (("targets", Target), ("activities", Activity), ("assignments", Assignment)):
            await self._about_reports(section, model, units, indicators)
        await write_holidays(self.keeper, setup)
        await write_rounds(self.keeper, setup, rule)
        await write_results(self.keeper, setup["results"], units, indicators)
        criteria = await write_criteria(self.keeper, setup["criteria"])
        await write_evaluations(self.keeper, setup["evaluations"], indicators, criteria)
        await write_year_summaries(self.keeper, setup["year_summaries"], indicators)
        await invite_people(self.keeper, setup["people"], units)
        await self.keeper.finish()

    async def _units(self, entries: Sequence[Entry]) -> dict[str, Unit]:
        stored = {each.code: each for each in await Unit.all().using_db(self.connection)}
        waiting = {entry.key[0]: entry for entry in entries}
        while waiting:  # no parents run in a circle, so each round has a unit whose parent is there
            for code, entry in list(waiting.items()):
                if entry.values.get("parent") in waiting:
                    continue
                values = {name: value for name, value in entry.values.items() if name != "parent"}
                if "parent" in entry.values:
                    values["parent_id"] = stored[entry.values["parent"]].id
                stored[code] = await self.keeper.keep("units", Unit, stored.get(code), entry.key, values)
                self.keeper.passed()
                del waiting[code]
        return stored

    async def _indicators(self, entries: Sequence[Entry], units: Mapping[str, Unit]) -> dict[str, Indicator]:
        stored = {each.code: each for each in await Indicator.all().using_db(self.connection)}
        declared = {
            (each.indicator_id, each.code): each  # type: ignore[attr-defined]  # Tortoise makes it
            for each in await SubMeasure.all().using_db(self.connection)
        }
        for entry in entries:
            values = {name: value for name, value in entry.values.items() if name != "owner"}
            if "owner" in entry.values:
                values["owner_id"] = units[entry.values["owner"]].id
            found = stored.get(entry.key[0])
            if found is None:
                values.setdefault("part_kind", values["kind"])
            found = await self.keeper.keep("indicators", Indicator, found, entry.key, values)
            _check_scale(entry, found)
            stored[found.code] = found
            for each in entry.within or ():
                before = declared.get((found.id, each.key[0]))
                own = {**each.values, "indicator_id": found.id}
                await self.keeper.keep("sub_measures", SubMeasure, before, (found.code, each.key[0]), own)
            self.keeper.passed()
        return stored

    async def _about_reports(
        self,
        section: str,
        model: type[Target | Activity | Assignment],
        units: Mapping[str, Unit],
        indicators: Mapping[str, Indicator],
    ) -> None:
        entries = self.setup[section]
        if not entries:
            return
        dated = model is not Assignment
        stored = {
            (each.indicator_id, each.unit_id, each.fiscal_year, *([each.valid_from] if dated else [])): each
            for each in cast("list[Any]", await model.all().using_db(self.connection))
        }
        for entry in entries:
            values = {name: value for name, value in entry.values.items() if name not in {"indicator", "unit"}}
            values["indicator_id"], values["unit_id"] = indicators[entry.key[0]].id, units[entry.key[1]].id
            key = (values["indicator_id"], values["unit_id"], *entry.key[2:])
            await self.keeper.keep(section, model, stored.get(key), entry.key, values)
            self.keeper.passed()


def _check_scale(entry: Entry, indicator: Indicator) -> None:
    if "scale" not in {indicator.kind, indicator.part_kind}:
        return
    if indicator.scale_min is None or indicator.scale_max is None or indicator.scale_min >= indicator.scale_max:
        raise WrongSetup(
            [
                Problem(
                    entry.place,
                    f"{indicator.code} เป็นมาตรวัด ต้องมี scale_min น้อยกว่า scale_max",
                    f"{indicator.code} is a scale; give scale_min and a larger scale_max",
                )
            ]
        )
