"""Reads a page's data from the tables: a fixed number of statements, all of them in one snapshot."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.pages import statements
from bot.pages.published import (
    Accepted,
    Activity,
    Combined,
    Evaluation,
    IndicatorFacts,
    IndicatorOfUnit,
    IndicatorPage,
    Link,
    Named,
    Picture,
    QuarterOfYear,
    Score,
    SubMeasureOfYear,
    Target,
    UnitOfIndicator,
    UnitPage,
)
from models.rules.combining import Part, combine
from models.rules.fiscal import Quarter
from models.rules.office import Accumulation, Direction, OverQuarters, OverUnits, ResultKind
from models.rules.progress import Progress, headline, progress


async def indicator_revision(connection: BaseDBAsyncClient, code: str, fiscal_year: int) -> str:
    """A short text that is another one whenever anything on this page may have changed. One statement."""
    about = (code, fiscal_year)
    return _digest(await sql.fetch(connection, statements.INDICATOR_REVISION, *about, *about, *about, *about))


async def unit_revision(connection: BaseDBAsyncClient, code: str, fiscal_year: int) -> str:
    """The same for a unit's page."""
    return _digest(await sql.fetch(connection, statements.UNIT_REVISION, code, code, fiscal_year))


def _digest(rows: Iterable[Any]) -> str:
    found = sorted(f"{row['what']} {row['said']}" for row in rows)
    return hashlib.blake2b("\n".join(found).encode(), digest_size=12).hexdigest()


async def read_indicator_page(
    connection: BaseDBAsyncClient, code: str, fiscal_year: int, zone: tzinfo | None, *, in_full: bool
) -> IndicatorPage | None:
    """An indicator's page; None where there is no such indicator, or nothing of it in that fiscal year.

    `in_full`: with the narratives of all units, which would not fit through a thin network; else only the owner's.
    """
    found = await sql.fetch(connection, statements.INDICATOR, code)
    if not found:
        return None
    row = found[0]
    facts, about = _indicator(row), (row["id"], fiscal_year)
    years = await sql.fetch(connection, statements.YEARS_OF_INDICATOR, *(row["id"],) * 3)
    if fiscal_year not in (listed := tuple(each["fiscal_year"] for each in years)):
        return None
    year = await _Year.read(connection, [facts], fiscal_year, zone, facts.owner_id, in_full=in_full)
    rows = year.quarters(facts, facts.owner_id)
    evaluations, criteria = await _evaluations(connection, facts.id, fiscal_year, zone)
    quarters = tuple(replace(each, evaluation=evaluations.get(each.quarter)) for each in rows)
    own_targets = year.targets.get((facts.id, facts.owner_id), ())
    summary = await sql.fetch(connection, statements.SUMMARY, *about)
    return IndicatorPage(
        indicator=facts,
        unit=Named(row["unit_code"], row["unit_name"], row["unit_name_en"]),
        fiscal_year=fiscal_year,
        years=listed,
        target=own_targets[-1] if own_targets else None,
        progress=_progress(facts, quarters),
        quarters=quarters,
        criteria=criteria,
        sub_measures=await _sub_measures(connection, facts, fiscal_year),
        units=tuple(year.units(facts)),
        pictures=await _pictures(connection, facts, fiscal_year),
        targets=own_targets,
        activities=year.activities.get(facts.id, ()),
        summary=summary[0]["text"] if summary else "",
        definition=row["definition"],
        method=row["method"],
        data_source=row["data_source"],
        strategy=tuple(sql.unpacked(row["strategy"])),
        projects=tuple(sql.unpacked(row["projects"])),
        links=tuple(_link(each) for each in sql.unpacked(row["links"])),
        accumulation=Accumulation(row["accumulation"]),
    )


async def read_unit_page(
    connection: BaseDBAsyncClient, code: str, fiscal_year: int, zone: tzinfo | None
) -> UnitPage | None:
    """A unit's page; None where there is no such unit, or nothing of it in that fiscal year."""
    found = await sql.fetch(connection, statements.UNIT, code)
    if not found:
        return None
    row, unit = found[0], found[0]["id"]
    years = await sql.fetch(connection, statements.YEARS_OF_UNIT, *(unit,) * 4)
    if fiscal_year not in (listed := tuple(each["fiscal_year"] for each in years)):
        return None
    below = await sql.fetch(connection, statements.UNITS_BELOW, unit, fiscal_year, fiscal_year)
    facts = [
        _indicator(each)
        for each in await sql.fetch(
            connection, statements.INDICATORS_OF_UNIT, fiscal_year, unit, unit, fiscal_year, unit
        )
    ]
    year = await _Year.read(connection, facts, fiscal_year, zone, unit, in_full=False)
    return UnitPage(
        unit=Named(row["code"], row["name"], row["name_en"]),
        kind=row["kind"],
        parent=Named(row["parent_code"], row["parent_name"], row["parent_name_en"]) if row["parent_code"] else None,
        fiscal_year=fiscal_year,
        years=listed,
        indicators=tuple(_of_unit(year, each, unit) for each in facts),
        below=tuple(Named(each["code"], each["name"], each["name_en"]) for each in below),
    )


async def read_codes(connection: BaseDBAsyncClient, *, of_units: bool) -> tuple[Named, ...]:
    """Every indicator's, or every unit's, code and name: what somebody may have meant."""
    statement = statements.UNIT_CODES if of_units else statements.INDICATOR_CODES
    rows = await sql.fetch(connection, statement)
    return tuple(Named(row["code"], row["name"], row["name_en"]) for row in rows)


async def read_years(connection: BaseDBAsyncClient, code: str, *, of_unit: bool) -> tuple[int, ...]:
    """The fiscal years of which an indicator or a unit has a page."""
    found = await sql.fetch(connection, statements.UNIT if of_unit else statements.INDICATOR, code)
    if not found:
        return ()
    statement, times = (statements.YEARS_OF_UNIT, 4) if of_unit else (statements.YEARS_OF_INDICATOR, 3)
    return tuple(row["fiscal_year"] for row in await sql.fetch(connection, statement, *(found[0]["id"],) * times))


class _Year:
    """Targets, assignments and accepted reports of some indicators in one fiscal year, and one unit's activities."""

    def __init__(self, fiscal_year: int) -> None:
        self.fiscal_year = fiscal_year
        self.targets: dict[tuple[int, int], tuple[Target, ...]] = {}
        self.activities: dict[int, tuple[Activity, ...]] = {}
        self.accepted: defaultdict[tuple[int, int], dict[Quarter, Accepted]] = defaultdict(dict)
        self.names: dict[int, Named] = {}
        self.due: defaultdict[int, dict[int, frozenset[int]]] = defaultdict(dict)
        self.weights: dict[tuple[int, int], Decimal | None] = {}

    @classmethod
    async def read(
        cls,
        connection: BaseDBAsyncClient,
        indicators: Sequence[IndicatorFacts],
        fiscal_year: int,
        zone: tzinfo | None,
        unit_id: int,
        *,
        in_full: bool,
    ) -> _Year:
        year, ids = cls(fiscal_year), [each.id for each in indicators]
        for row in await sql.fetch(connection, statements.TARGETS, ids, fiscal_year):
            key = (row["indicator_id"], row["unit_id"])
            year.targets[key] = (*year.targets.get(key, ()), _target(row))
        for row in await sql.fetch(connection, statements.ACTIVITIES, ids, unit_id, fiscal_year):
            activity = Activity(_day(row["valid_from"]), row["text"], row["document_number"], row["reason"])
            year.activities[row["indicator_id"]] = (*year.activities.get(row["indicator_id"], ()), activity)
        for row in await sql.fetch(connection, statements.ASSIGNED_UNITS, ids, fiscal_year):
            year.names[row["unit_id"]] = Named(row["code"], row["name"], row["name_en"])
            year.due[row["indicator_id"]][row["unit_id"]] = frozenset(sql.unpacked(row["quarters"]))
            weight = row["weight"]
            year.weights[row["indicator_id"], row["unit_id"]] = None if weight is None else sql.figure(weight)
        told_of = 0 if in_full else unit_id
        for row in await sql.fetch(connection, statements.ACCEPTED_OF_INDICATORS, told_of, ids, fiscal_year):
            year.names.setdefault(row["unit_id"], Named(row["code"], row["name"], row["name_en"]))
            accepted = _accepted(row, fiscal_year, zone)
            year.accepted[row["indicator_id"], row["unit_id"]][accepted.quarter] = accepted
        return year

    def quarters(self, indicator: IndicatorFacts, unit_id: int) -> tuple[QuarterOfYear, ...]:
        """The four quarters of an indicator in a unit."""
        own = self.accepted.get((indicator.id, unit_id), {})
        due = self.due[indicator.id]
        reports_itself = unit_id in due or unit_id != indicator.owner_id
        expected = due.get(unit_id, frozenset()) if reports_itself else frozenset().union(*due.values())
        rows = []
        for number in (1, 2, 3, 4):
            quarter = Quarter(self.fiscal_year, number)
            # A quarter that the owner combined and sent takes nothing from those that it did not.
            combined = None if reports_itself or quarter in own else self._combined(indicator, quarter)
            target = self._target(indicator.id, unit_id, quarter)
            is_due = not expected or number in expected
            rows.append(QuarterOfYear(quarter, target, own.get(quarter), combined, None, is_due))
        return tuple(rows)

    def units(self, indicator: IndicatorFacts) -> Iterable[UnitOfIndicator]:
        """Every unit that reports it beside its owner, by code."""
        due = self.due[indicator.id]
        ids = {unit for each, unit in self.accepted if each == indicator.id} | set(due)
        for unit in sorted(ids - {indicator.owner_id}, key=lambda each: self.names[each].code):
            yield UnitOfIndicator(
                self.names[unit], due.get(unit, frozenset()), self.accepted.get((indicator.id, unit), {})
            )

    def _target(self, indicator_id: int, unit_id: int, quarter: Quarter) -> Target | None:
        """The one valid at the quarter's end: a later change does not rewrite an earlier quarter."""
        valid = [each for each in self.targets.get((indicator_id, unit_id), ()) if each.valid_from <= quarter.last_day]
        return valid[-1] if valid else None

    def _combined(self, indicator: IndicatorFacts, quarter: Quarter) -> Combined | None:
        due = {unit for unit, quarters in self.due[indicator.id].items() if quarter.number in quarters}
        results = {
            unit: found[quarter].result
            for (each, unit), found in self.accepted.items()
            if each == indicator.id and unit != indicator.owner_id and quarter in found
        }
        if not results:
            return None
        parts = []
        for unit in sorted(due | set(results)):
            target, weight = self._target(indicator.id, unit, quarter), self.weights.get((indicator.id, unit))
            parts.append(Part(unit, results.get(unit), None if target is None else target.value, weight))
        rolled_up = combine(OverUnits(indicator.over_units), indicator.part_kind, indicator.direction, parts)
        return Combined(rolled_up.result, len(rolled_up.counted), len(parts))


def _of_unit(year: _Year, indicator: IndicatorFacts, unit_id: int) -> IndicatorOfUnit:
    quarters = year.quarters(indicator, unit_id)
    targets = year.targets.get((indicator.id, unit_id), ())
    owned = unit_id == indicator.owner_id
    return IndicatorOfUnit(
        indicator,
        owned,
        indicator.kind if owned else indicator.part_kind,
        targets[-1] if targets else None,
        _progress(indicator, quarters),
        quarters,
        targets,
        year.activities.get(indicator.id, ()),
    )


def _progress(indicator: IndicatorFacts, quarters: Sequence[QuarterOfYear]) -> Progress:
    results = {each.quarter: each.result for each in quarters if each.result is not None}
    newest = max(results, default=Quarter(quarters[0].quarter.fiscal_year, 4))
    target = quarters[newest.number - 1].target
    return progress(
        headline(OverQuarters(indicator.over_quarters), results), target.value if target else None, indicator.direction
    )


async def _evaluations(
    connection: BaseDBAsyncClient, indicator_id: int, fiscal_year: int, zone: tzinfo | None
) -> tuple[dict[Quarter, Evaluation], tuple[Score, ...]]:
    criteria = {
        row["id"]: Score(row["code"], row["label"], row["label_en"], sql.figure(row["maximum"]), None)
        for row in await sql.fetch(connection, statements.CRITERIA, fiscal_year)
    }
    rows = await sql.fetch(connection, statements.EVALUATIONS, indicator_id, fiscal_year)
    scores: defaultdict[str, dict[int, Decimal]] = defaultdict(dict)
    for row in await sql.fetch(connection, statements.SCORES, [str(row["id"]) for row in rows]):
        scores[str(row["evaluation_id"])][row["criterion_id"]] = sql.figure(row["score"])
    found = {}
    for row in rows:
        given, at = scores[str(row["id"])], sql.moment(row["evaluated_at"], zone)
        quarter = Quarter(fiscal_year, row["quarter"])
        if at is not None:
            found[quarter] = Evaluation(
                quarter,
                None if row["overall"] is None else sql.figure(row["overall"]),
                row["comment"],
                at,
                tuple(replace(each, score=given.get(key)) for key, each in criteria.items()),
            )
    return found, tuple(criteria.values())


async def _sub_measures(
    connection: BaseDBAsyncClient, indicator: IndicatorFacts, fiscal_year: int
) -> tuple[SubMeasureOfYear, ...]:
    declared = await sql.fetch(connection, statements.SUB_MEASURES, indicator.id)
    own: defaultdict[int, dict[Quarter, Decimal]] = defaultdict(dict)
    parts: defaultdict[int, defaultdict[Quarter, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in await sql.fetch(connection, statements.SUB_MEASURE_RESULTS, indicator.id, fiscal_year):
        quarter, value = Quarter(fiscal_year, row["quarter"]), sql.figure(row["value"])
        if row["unit_id"] == indicator.owner_id:
            own[row["sub_measure_id"]][quarter] = value
        else:
            parts[row["sub_measure_id"]][quarter] += value
    return tuple(
        SubMeasureOfYear(
            row["code"],
            row["label"],
            row["label_en"],
            row["unit_of_measure"],
            Accumulation(row["accumulation"]),
            {**parts[row["id"]], **own[row["id"]]},
        )
        for row in declared
    )


async def _pictures(connection: BaseDBAsyncClient, indicator: IndicatorFacts, fiscal_year: int) -> tuple[Picture, ...]:
    return tuple(
        Picture(
            str(row["id"]),
            Quarter(fiscal_year, row["quarter"]),
            Named(row["code"], row["name"], row["name_en"]),
            row["width"] or 0,
            row["height"] or 0,
        )
        for row in await sql.fetch(connection, statements.PICTURES, indicator.id, fiscal_year)
    )


def _indicator(row: Any) -> IndicatorFacts:
    return IndicatorFacts(
        id=row["id"],
        code=row["code"],
        order=row["order"],
        name=row["name"],
        name_en=row["name_en"],
        owner_id=row["owner_id"],
        unit_of_measure=row["unit_of_measure"],
        kind=ResultKind(row["kind"]),
        part_kind=ResultKind(row["part_kind"]),
        type=row["type"],
        level=row["level"],
        direction=Direction(row["direction"]),
        over_quarters=row["over_quarters"],
        over_units=row["over_units"],
    )


def _target(row: Any) -> Target:
    value = row["value"]
    return Target(
        _day(row["valid_from"]),
        None if value is None else sql.figure(value),
        row["text"],
        row["document_number"],
        row["reason"],
    )


def _accepted(row: Any, fiscal_year: int, zone: tzinfo | None) -> Accepted:
    submitted = sql.moment(row["submitted_at"], zone)
    if submitted is None:
        raise ValueError("a version without its time")
    return Accepted(
        quarter=Quarter(fiscal_year, row["quarter"]),
        result=sql.figure(row["result"]),
        answer=row["answer"],
        zero_reason=row["zero_reason"],
        narrative=row["narrative"],
        version=row["version"],
        newest=row["newest"],
        submitted_at=submitted,
        accepted_at=sql.moment(row["accepted_at"], zone),
    )


def _day(value: Any) -> date:
    found = sql.day(value)
    if found is None:
        raise ValueError("a day that is always stored is missing")
    return found


def _link(entered: Any) -> Link:
    """What a set-up gives as a link: an address, or a name and an address in one text."""
    text = str(entered).strip()
    label, _, url = text.rpartition(" ")
    try:
        parts = urlsplit(url)
        leads = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        leads = False
    return Link(label.strip() or text, url) if leads else Link(text)
