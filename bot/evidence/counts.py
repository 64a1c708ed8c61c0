"""How many pictures a report has, for the facts of a group of turns."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.evidence.statements import COUNT_PICTURES
from handlers.facts import PictureCounts
from models.rules.office import ReportKey


async def picture_counts(
    connection: BaseDBAsyncClient, unit_ids: Collection[int], fiscal_years: Collection[int]
) -> dict[ReportKey, PictureCounts]:
    """The pictures of these units' reports of these years, in one statement; a report without any is absent.

    `sent` are those of the newest version, on their way or kept: a picture that a correction carried on counts once.
    """
    found: dict[ReportKey, PictureCounts] = {}
    for row in await sql.fetch(connection, COUNT_PICTURES, *(unit_ids, fiscal_years) * 2):
        key = sql.report_key(row)
        so_far, state = found.get(key, PictureCounts()), row["state"]
        found[key] = replace(so_far, **{state: getattr(so_far, state) + row["pictures"]})
    return found
