"""Writing a checked set-up into the tables: one transaction, an audit entry a change, nothing deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar, cast
from uuid import uuid4

import holidays
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.models import Model

from bot.database import writing
from bot.setup.checked import Entry, Known, Setup, check_setup
from bot.setup.rows import Place, Problem, Row, WrongSetup
from models.rules.deadlines import RoundDates, default_dates
from models.rules.fiscal import BUDDHIST_ERA, Quarter
from models.tables.audit import AuditEntry, Installation
from models.tables.indicator import Activity, Assignment, Indicator, Round, SubMeasure, Target
from models.tables.organisation import Unit

Kept = TypeVar("Kept", bound=Model)


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows of each section were added and changed."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)


class _DryRun(Exception):
    """Takes a transaction back after it has shown what it would do."""


async def import_setup(rows: Sequence[Row], at: datetime, *, dry_run: bool = False) -> Changes:
    """Check and write a set-up: all of it or nothing. `at` (aware) is the audit entries' time.

    Raises WrongSetup with every problem found. With `dry_run` everything is done and taken back.
    """
    changes = Changes()
    try:
        async with writing() as connection:
            setup = check_setup(rows, await _known(connection))
            await _Writer(connection, at, changes).write(setup)
            if dry_run:
                raise _DryRun  # noqa: TRY301 - the transaction's own way to be taken back
    except _DryRun:
        pass
    return changes


def is_thai_holiday(day: date) -> bool:
    """Whether a day is a public holiday of Thailand, as far as it is known beforehand."""
    return day in _calendar(day.year)


_calendars: dict[int, Any] = {}


def _calendar(year: int) -> Any:
    if year not in _calendars:
        _calendars[year] = holidays.country_holidays("TH", years=year)
    return _calendars[year]


async def _known(connection: BaseDBAsyncClient) -> Known:
    units = await Unit.all().using_db(connection).values("code", "parent__code")
    indicators = await Indicator.all().using_db(connection).values("code")
    return Known({row["code"]: row["parent__code"] for row in units}, frozenset(row["code"] for row in indicators))


class _Writer:
    def __init__(self, connection: BaseDBAsyncClient, at: datetime, changes: Changes) -> None:
        self.connection = connection
        self.at = at
        self.changes = changes
        self.audit: list[AuditEntry] = []

    async def write(self, setup: Setup) -> None:
        units = await self._units(setup["units"])
        indicators = await self._indicators(setup["indicators"], units)
        for section, model in (("targets", Target), ("activities", Activity), ("assignments", Assignment)):
            await self._about_reports(section, model, setup[section], units, indicators)
        await self._rounds(setup)
        if self.changes:
            await AuditEntry.bulk_create(self.audit, using_db=self.connection)
            installation, _ = await Installation.get_or_create(id=1, using_db=self.connection)
            installation.setup_revision += 1
            await installation.save(using_db=self.connection, update_fields=["setup_revision"])

    async def _units(self, entries: Sequence[Entry]) -> dict[str, int]:
        stored = {each.code: each for each in await Unit.all().using_db(self.connection)}
        waiting = {entry.key[0]: entry for entry in entries}
        while waiting:  # no parents run in a circle, so each round has a unit whose parent is there
            for code, entry in list(waiting.items()):
                if entry.values.get("parent") in waiting:
                    continue
                values = {name: value for name, value in entry.values.items() if name != "parent"}
                if "parent" in entry.values:
                    values["parent_id"] = stored[entry.values["parent"]].id
                stored[code] = await self._keep("units", Unit, stored.get(code), entry.key, values)
                del waiting[code]
        return {code: unit.id for code, unit in stored.items()}

    async def _indicators(self, entries: Sequence[Entry], units: Mapping[str, int]) -> dict[str, int]:
        stored = {each.code: each for each in await Indicator.all().using_db(self.connection)}
        declared = {
            (each.indicator_id, each.code): each  # type: ignore[attr-defined]  # Tortoise makes it
            for each in await SubMeasure.all().using_db(self.connection)
        }
        for entry in entries:
            values = {name: value for name, value in entry.values.items() if name != "owner"}
            if "owner" in entry.values:
                values["owner_id"] = units[entry.values["owner"]]
            found = stored.get(entry.key[0])
            if found is None:
                values.setdefault("part_kind", values["kind"])
            found = await self._keep("indicators", Indicator, found, entry.key, values)
            _check_scale(entry, found)
            stored[found.code] = found
            for each in entry.within or ():
                before = declared.get((found.id, each.key[0]))
                own = {**each.values, "indicator_id": found.id}
                await self._keep("sub_measures", SubMeasure, before, (found.code, each.key[0]), own)
        return {code: each.id for code, each in stored.items()}

    async def _about_reports(
        self,
        section: str,
        model: type[Target | Activity | Assignment],
        entries: Sequence[Entry],
        units: Mapping[str, int],
        indicators: Mapping[str, int],
    ) -> None:
        if not entries:
            return
        dated = model is not Assignment
        stored = {
            (each.indicator_id, each.unit_id, each.fiscal_year, *([each.valid_from] if dated else [])): each
            for each in cast("list[Any]", await model.all().using_db(self.connection))
        }
        for entry in entries:
            values = {name: value for name, value in entry.values.items() if name not in {"indicator", "unit"}}
            values["indicator_id"], values["unit_id"] = indicators[entry.key[0]], units[entry.key[1]]
            key = (values["indicator_id"], values["unit_id"], *entry.key[2:])
            await self._keep(section, model, stored.get(key), entry.key, values)

    async def _rounds(self, setup: Setup) -> None:
        """The rounds that the file names, and those by the default rule of every year that is assigned."""
        stored = {Quarter(each.fiscal_year, each.quarter): each for each in await Round.all().using_db(self.connection)}
        named = {Quarter(*entry.key): entry for entry in setup["rounds"]}
        years = {entry.values["fiscal_year"] for entry in setup["assignments"]}
        needed = {Quarter(year, number) for year in years for number in (1, 2, 3, 4)} - stored.keys()
        for quarter in sorted(named.keys() | needed):
            found, entry = stored.get(quarter), named.get(quarter)
            given = dict(entry.values) if entry else {}
            values = given if found else {**_default_round(quarter, given), **given}
            kept = await self._keep("rounds", Round, found, (str(quarter),), values)
            if entry is not None and not kept.opens <= kept.due <= kept.closes:
                raise WrongSetup([_out_of_order(entry.place, quarter)])

    async def _keep(
        self, section: str, model: type[Kept], found: Kept | None, key: tuple[Any, ...], values: Mapping[str, Any]
    ) -> Kept:
        """Add the row, or change what differs; the audit trail says which. Returns the row as it now is."""
        subject = f"{section}:{' '.join(map(str, key))}"[:200]
        if found is None:
            created = await model.create(using_db=self.connection, **values)
            self.changes.added[section] += 1
            self._entry("setup.add", subject, None, values)
            return created
        differing = {name: value for name, value in values.items() if getattr(found, name) != value}
        if differing:
            before = {name: getattr(found, name) for name in differing}
            found.update_from_dict(differing)
            await found.save(using_db=self.connection, update_fields=list(differing))
            self.changes.changed[section] += 1
            self._entry("setup.change", subject, before, differing)
        return found

    def _entry(self, action: str, subject: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> None:
        self.audit.append(
            AuditEntry(
                id=uuid4(),
                at=self.at,
                action=action,
                subject=subject,
                before=_json(before) if before is not None else None,
                after=_json(after),
            )
        )


def _default_round(quarter: Quarter, given: Mapping[str, Any]) -> dict[str, Any]:
    """The default dates; those after a given one count from it."""
    dates: RoundDates = default_dates(quarter, is_thai_holiday)
    due = given.get("due", dates.due)
    closes = given.get("closes", due + (dates.closes - dates.due))
    return {
        "fiscal_year": quarter.fiscal_year,
        "quarter": quarter.number,
        "opens": dates.opens,
        "due": due,
        "closes": closes,
        "review": closes + (dates.review - dates.closes),
        "evaluation": closes + (dates.evaluation - dates.closes),
    }


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


def _out_of_order(place: Place, quarter: Quarter) -> Problem:
    shown = f"{quarter.number}/{quarter.fiscal_year} ({quarter.fiscal_year - BUDDHIST_ERA})"
    return Problem(
        place,
        f"วันของไตรมาส {shown} ต้องเรียงเป็น opens ≤ due ≤ closes",
        f"the days of quarter {shown} have to be in the order opens ≤ due ≤ closes",
    )


def _json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
        for name, value in values.items()
    }
