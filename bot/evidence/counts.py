"""How many pictures a report has, for the facts of a group of turns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from bot import sql
from handlers.records import PictureCounts
from models.rules.office import ReportKey


def picture_counts(rows: Iterable[Any]) -> dict[ReportKey, PictureCounts]:
    """The pictures of reports, from the rows of COUNT_PICTURES; a report without any is absent.

    `sent` are those of the newest version, on their way or kept: a picture that a correction carried on counts once.
    """
    found: dict[ReportKey, PictureCounts] = {}
    for row in rows:
        key = sql.report_key(row)
        so_far, state = found.get(key, PictureCounts()), row["state"]
        found[key] = replace(so_far, **{state: getattr(so_far, state) + row["pictures"]})
    return found
