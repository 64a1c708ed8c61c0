"""The set-up as the rules see it, read from the tables in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql, statements
from models.rules.fiscal import Quarter
from models.rules.office import (
    Accumulation,
    Assignment,
    Criterion,
    Direction,
    Duty,
    Indicator,
    Office,
    OverQuarters,
    OverUnits,
    QuarterDates,
    ResultKind,
    Role,
    SubMeasure,
    Target,
    Unit,
    UnitKind,
)
from models.rules.working_days import WorkingDays
from models.tables import evaluation as evaluation_tables
from models.tables import indicator as indicator_tables
from models.tables import organisation as organisation_tables
from models.tables.reminder import Holiday


async def read_revision(connection: BaseDBAsyncClient) -> int:
    """Which state the set-up is in; it grows with every import that changes something. 0: nothing was set up."""
    return newest_revision(await sql.fetch(connection, statements.REVISION))


def newest_revision(rows: Iterable[Any]) -> int:
    """What `statements.REVISION` found."""
    return max((row["setup_revision"] for row in rows), default=0)


async def read_office(connection: BaseDBAsyncClient, pages_url: str = "") -> Office:
    """The whole set-up, in ten statements whatever its size. `pages_url`: where people reach the public pages."""
    units = await _units(connection)
    return Office(
        revision=await read_revision(connection),
        units=units,
        pages={each.id: f"{pages_url}/units/{quote(each.code, safe='')}" for each in units.values()}
        if pages_url
        else {},
        indicators=await _indicators(connection),
        rounds=await _rounds(connection),
        assignments=await _assignments(connection),
        targets=await _targets(connection),
        coordinators=await _coordinators(connection),
        criteria=await _criteria(connection),
        working_days=await read_working_days(connection),
    )


async def _units(connection: BaseDBAsyncClient) -> dict[int, Unit]:
    rows = await organisation_tables.Unit.all().using_db(connection).order_by("code").values()
    return {
        row["id"]: Unit(
            id=row["id"],
            code=row["code"],
            name=row["name"],
            kind=UnitKind(row["kind"]),
            parent_id=row["parent_id"],
            phone=row["phone"],
            name_en=row["name_en"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
        )
        for row in rows
    }


async def _indicators(connection: BaseDBAsyncClient) -> dict[int, Indicator]:
    declared: defaultdict[int, list[SubMeasure]] = defaultdict(list)
    for row in await indicator_tables.SubMeasure.all().using_db(connection).order_by("order", "code").values():
        declared[row["indicator_id"]].append(
            SubMeasure(
                id=row["id"],
                code=row["code"],
                label=row["label"],
                unit_of_measure=row["unit_of_measure"],
                other_names=tuple(row["other_names"]),
                accumulation=Accumulation(row["accumulation"]),
                label_en=row["label_en"],
            )
        )
    rows = await indicator_tables.Indicator.all().using_db(connection).order_by("order", "code").values()
    return {
        row["id"]: Indicator(
            id=row["id"],
            code=row["code"],
            order=row["order"],
            name=row["name"],
            owner_id=row["owner_id"],
            unit_of_measure=row["unit_of_measure"],
            kind=ResultKind(row["kind"]),
            part_kind=ResultKind(row["part_kind"]),
            name_en=row["name_en"],
            question=row["question"],
            question_en=row["question_en"],
            other_names=tuple(row["other_names"]),
            scale_min=_plain(row["scale_min"]),
            scale_max=_plain(row["scale_max"]),
            direction=Direction(row["direction"]),
            accumulation=Accumulation(row["accumulation"]),
            over_quarters=OverQuarters(row["over_quarters"]),
            over_units=OverUnits(row["over_units"]),
            sub_measures=tuple(declared[row["id"]]),
        )
        for row in rows
    }


async def _rounds(connection: BaseDBAsyncClient) -> dict[Quarter, QuarterDates]:
    rows = await indicator_tables.Round.all().using_db(connection).order_by("fiscal_year", "quarter").values()
    rounds = {}
    for row in rows:
        quarter = Quarter(row["fiscal_year"], row["quarter"])
        reminders = None if row["reminders"] is None else tuple(row["reminders"])
        days = (row["opens"], row["due"], row["closes"], row["review"], row["evaluation"])
        rounds[quarter] = QuarterDates(quarter, *days, reminders)
    return rounds


async def read_working_days(connection: BaseDBAsyncClient) -> WorkingDays:
    """Which days are worked, as this office decided."""
    rows = await Holiday.all().using_db(connection).values("day", "working")
    return WorkingDays({row["day"]: bool(row["working"]) for row in rows})


async def _assignments(connection: BaseDBAsyncClient) -> tuple[Assignment, ...]:
    rows = await indicator_tables.Assignment.all().using_db(connection).order_by("id").values()
    return tuple(
        Assignment(
            row["unit_id"],
            row["indicator_id"],
            row["fiscal_year"],
            frozenset(row["quarters"]),
            _plain(row["weight"]),
        )
        for row in rows
    )


async def _targets(connection: BaseDBAsyncClient) -> tuple[Target, ...]:
    rows = await indicator_tables.Target.all().using_db(connection).order_by("id").values()
    return tuple(
        Target(
            row["unit_id"],
            row["indicator_id"],
            row["fiscal_year"],
            row["valid_from"],
            _plain(row["value"]),
            row["text"],
        )
        for row in rows
    )


async def _coordinators(connection: BaseDBAsyncClient) -> dict[int, tuple[Duty, ...]]:
    rows = (
        await organisation_tables.Membership.filter(role=Role.COORDINATOR.value, approved_at__isnull=False)
        .using_db(connection)
        .order_by("unit_id", "person__name")
        .values("unit_id", "person__name", "valid_from", "valid_to")
    )
    duties: defaultdict[int, list[Duty]] = defaultdict(list)
    for row in rows:
        if row["person__name"]:
            duties[row["unit_id"]].append(Duty(row["person__name"], row["valid_from"], row["valid_to"]))
    return {unit_id: tuple(each) for unit_id, each in duties.items()}


async def _criteria(connection: BaseDBAsyncClient) -> dict[int, tuple[Criterion, ...]]:
    rows = await evaluation_tables.Criterion.all().using_db(connection).order_by("order", "code").values()
    found: defaultdict[int, list[Criterion]] = defaultdict(list)
    for row in rows:
        criterion = Criterion(row["id"], row["code"], row["label"], sql.figure(row["maximum"]), row["label_en"])
        found[row["fiscal_year"]].append(criterion)
    return {year: tuple(each) for year, each in found.items()}


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else sql.figure(value)
