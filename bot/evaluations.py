"""Evaluations as conversations see them, read for a whole group of turns in two statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql, statements
from handlers.needs import EvaluationsOf, Need
from handlers.records import EvaluationSummary
from models.rules.fiscal import Quarter


async def evaluations_of(connection: BaseDBAsyncClient, asked: Iterable[Need], now: datetime) -> dict[Need, Any]:
    """The newest evaluation of each quarter that was asked for. Times are in the zone of `now`."""
    needs = [need for need in asked if isinstance(need, EvaluationsOf)]
    if not needs:
        return {}
    indicators = {each for need in needs for each in need.indicator_ids}
    rows = await sql.fetch(connection, statements.EVALUATIONS, indicators, {need.fiscal_year for need in needs})
    scores: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    if rows:
        for row in await sql.fetch(connection, statements.EVALUATION_SCORES, [str(row["id"]) for row in rows]):
            scores[str(row["evaluation_id"])][row["code"]] = sql.figure(row["score"])
    read = [
        EvaluationSummary(
            indicator_id=row["indicator_id"],
            quarter=Quarter(row["fiscal_year"], row["quarter"]),
            version=row["version"],
            overall=None if row["overall"] is None else sql.figure(row["overall"]),
            scores=scores[str(row["id"])],
            comment=row["comment"],
            evaluated_at=sql.moment(row["evaluated_at"], now.tzinfo) or now,
        )
        for row in rows
    ]
    return {
        need: tuple(
            each
            for each in read
            if each.indicator_id in need.indicator_ids and each.quarter.fiscal_year == need.fiscal_year
        )
        for need in needs
    }
