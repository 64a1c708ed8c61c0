"""What reviews, requests and combined reports look up: all needs of one kind in a fixed number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql, statements
from bot.report_rows import read_full, read_summary
from handlers.needs import LastReturn, Need, PartsOf, ReviewQueue, ToldOf, Versions, WaitingRequests
from handlers.records import FullReport, Queued, Recipient, RequestKind, ReturnedReport, WaitingRequest
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey

_T = TypeVar("_T")


async def look_up_review(connection: BaseDBAsyncClient, needs: Iterable[Need], now: datetime) -> dict[Need, Any]:
    """The needs among these that this file knows."""
    needs = tuple(needs)
    found: dict[Need, Any] = {}
    if queues := _of(needs, ReviewQueue):
        found.update(await _queues(connection, queues, now))
    if versions := _of(needs, Versions):
        found.update(await _versions(connection, versions, now))
    if parts := _of(needs, PartsOf):
        found.update(await _parts(connection, parts, now))
    if returns := _of(needs, LastReturn):
        found.update(await _returns(connection, returns, now))
    if told := _of(needs, ToldOf):
        found.update(await _told(connection, told, now))
    if requests := _of(needs, WaitingRequests):
        found.update(await _requests(connection, requests, now))
    return found


def _of(needs: Sequence[Need], kind: type[_T]) -> list[_T]:
    return [each for each in needs if isinstance(each, kind)]


async def _queues(connection: BaseDBAsyncClient, needs: list[ReviewQueue], now: datetime) -> dict[Need, Any]:
    units = {unit for need in needs for unit in need.unit_ids}
    years = {year for need in needs for year in need.fiscal_years}
    rows = await sql.fetch(connection, statements.REVIEW_QUEUE, units, years)
    queued = [Queued(read_summary(row, now), row["warnings"], row["person_id"]) for row in rows]
    return {
        need: tuple(
            each
            for each in queued
            if each.summary.key.unit_id in need.unit_ids and each.summary.key.quarter.fiscal_year in need.fiscal_years
        )
        for need in needs
    }


async def _in_full(
    connection: BaseDBAsyncClient, rows: Sequence[Any], now: datetime, wanted: Callable[[ReportKey], bool]
) -> list[FullReport]:
    """The versions in full, with sub-measures and warnings."""
    kept = [row for row in rows if wanted(sql.report_key(row))]
    ids = [str(row["version_id"]) for row in kept]
    figures: dict[str, dict[str, Decimal]] = defaultdict(dict)
    warnings: dict[str, list[tuple[str, dict[str, str]]]] = defaultdict(list)
    if ids:
        for row in await sql.fetch(connection, statements.SUB_MEASURES, ids):
            figures[str(row["version_id"])][row["code"]] = sql.figure(row["value"])
        for row in await sql.fetch(connection, statements.WARNINGS, ids):
            warnings[str(row["version_id"])].append((row["rule"], sql.unpacked(row["data"])))
    return [
        read_full(row, now, figures[str(row["version_id"])], tuple(warnings[str(row["version_id"])])) for row in kept
    ]


async def _versions(connection: BaseDBAsyncClient, needs: list[Versions], now: datetime) -> dict[Need, Any]:
    keys = {need.key for need in needs}
    rows = await sql.fetch(connection, statements.ALL_VERSIONS, *_columns(keys))
    full = await _in_full(connection, rows, now, lambda key: key in keys)
    return {need: tuple(each for each in full if each.summary.key == need.key) for need in needs}


async def _parts(connection: BaseDBAsyncClient, needs: list[PartsOf], now: datetime) -> dict[Need, Any]:
    indicators = {need.indicator_id for need in needs}
    years = {need.quarter.fiscal_year for need in needs}
    quarters = {(need.indicator_id, need.quarter) for need in needs}
    rows = await sql.fetch(connection, statements.PARTS, indicators, years)
    full = await _in_full(connection, rows, now, lambda key: (key.indicator_id, key.quarter) in quarters)
    return {
        need: tuple(
            each
            for each in full
            if (each.summary.key.indicator_id, each.summary.key.quarter) == (need.indicator_id, need.quarter)
        )
        for need in needs
    }


async def _returns(connection: BaseDBAsyncClient, needs: list[LastReturn], now: datetime) -> dict[Need, Any]:
    keys = {need.key for need in needs}
    rows = await sql.fetch(connection, statements.LAST_RETURNS, {key.unit_id for key in keys}, _years(keys))
    last = {
        sql.report_key(row): ReturnedReport(
            row["version"],
            row["reason"],
            row["question"],
            row["coordinator"],
            sql.moment(row["at"], now.tzinfo) or now,
        )
        for row in rows
    }
    return {need: last.get(need.key) for need in needs}


async def _told(connection: BaseDBAsyncClient, needs: list[ToldOf], now: datetime) -> dict[Need, Any]:
    keys = {need.key for need in needs}
    units = {key.unit_id for key in keys}
    reporters: dict[int, list[Recipient]] = defaultdict(list)
    for row in await sql.fetch(connection, statements.REPORTERS_OF, units, now.date(), now.date()):
        reporters[row["unit_id"]].append(_recipient(row))
    authors = {
        sql.report_key(row): _recipient(row)
        for row in await sql.fetch(connection, statements.AUTHORS_OF, units, _years(keys))
    }
    found: dict[Need, Any] = {}
    for need in needs:
        author, others = authors.get(need.key), reporters[need.key.unit_id]
        # Whoever wrote it is asked first; once they moved away it is their colleagues' to correct.
        first = [each for each in others if author and each.person_id == author.person_id]
        in_order = [*first, *(each for each in others if each not in first)]
        found[need] = tuple({each.person_id: each for each in in_order}.values())
    return found


async def _requests(connection: BaseDBAsyncClient, needs: list[WaitingRequests], now: datetime) -> dict[Need, Any]:
    units = {unit for need in needs for unit in need.unit_ids}
    rows = await sql.fetch(connection, statements.WAITING_REQUESTS, units)
    requests = [
        WaitingRequest(
            id=str(row["id"]),
            kind=RequestKind(row["kind"]),
            unit_id=row["unit_id"],
            indicator_id=row["indicator_id"],
            quarter=Quarter(row["fiscal_year"], row["quarter"]) if row["quarter"] is not None else None,
            reason=row["reason"],
            data=sql.unpacked(row["data"]),
            at=sql.moment(row["at"], now.tzinfo) or now,
            person=_recipient(row),
        )
        for row in rows
    ]
    return {need: tuple(each for each in requests if each.unit_id in need.unit_ids) for need in needs}


def _recipient(row: Any) -> Recipient:
    return Recipient(row["person_id"], row["name"], row["language"], bool(row["reachable"]))


def _columns(keys: Collection[ReportKey]) -> tuple[set[int], set[int], set[int]]:
    return {key.unit_id for key in keys}, {key.indicator_id for key in keys}, _years(keys)


def _years(keys: Collection[ReportKey]) -> set[int]:
    return {key.quarter.fiscal_year for key in keys}
