"""How many pictures a report has, for the facts of a group of turns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.evidence.statements import COUNT_PICTURES
from handlers.facts import PictureCounts
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey


async def picture_counts(
    connection: BaseDBAsyncClient, unit_ids: Collection[int], fiscal_years: Collection[int]
) -> dict[ReportKey, PictureCounts]:
    """The pictures of these units' reports of these years, in one statement; a report without any is absent."""
    found: dict[ReportKey, PictureCounts] = {}
    for row in await sql.fetch(connection, COUNT_PICTURES, unit_ids, fiscal_years):
        key = ReportKey(row["unit_id"], row["indicator_id"], Quarter(row["fiscal_year"], row["quarter"]))
        so_far, state, pictures = found.get(key, PictureCounts()), row["state"], row["pictures"]
        if not row["sent"]:
            found[key] = replace(so_far, **{state: pictures})
        elif state != "failed":
            found[key] = replace(so_far, sent=so_far.sent + pictures)
    return found
