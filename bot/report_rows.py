"""Stored reports as the conversations see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot import sql
from handlers.records import FullReport, ReportSummary
from models.rules.standing import ReportState


def moment(value: Any, now: datetime) -> datetime:
    """A time that is always stored, in the zone of `now`."""
    read = sql.moment(value, now.tzinfo)
    if read is None:
        raise ValueError("a time that is always stored is missing")
    return read


def read_summary(row: Any, now: datetime) -> ReportSummary:
    """A version without its long texts."""
    return ReportSummary(
        key=sql.report_key(row),
        number=row["number"],
        version=row["version"],
        result=sql.figure(row["result"]),
        zero_reason=row["zero_reason"],
        state=ReportState(row["state"]),
        submitted_at=moment(row["submitted_at"], now),
        late=bool(row["late"]),
        reporter_name=row["reporter_name"],
        message_ids=tuple(sql.unpacked(row["message_ids"])),
        accepted_version=row["accepted_version"],
        on_behalf_of=row["on_behalf_of"],
    )


def read_full(
    row: Any,
    now: datetime,
    sub_measures: Mapping[str, Decimal],
    warnings: tuple[tuple[str, Mapping[str, str]], ...] = (),
) -> FullReport:
    """A version with its texts."""
    return FullReport(
        summary=read_summary(row, now),
        answer=row["answer"],
        narrative=row["narrative"],
        explanation=row["explanation"],
        sub_measures=sub_measures,
        warnings=warnings,
    )
