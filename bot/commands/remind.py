"""`python -m bot remind`: send the reminders that are due now; `--plan` prints what the month's quota is spent on.

It does what a running scheduler does at its next look, so doing both sends nothing twice. The messages are rows like
any other: a running server sends them.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from models.rules.reminders import Budget, Plan


@click.command()
@click.option("--plan", "only_plan", is_flag=True, help="แสดงแผนของเดือนนี้ ไม่ส่ง · Print the month's plan, send nothing.")
def command(*, only_plan: bool) -> None:
    """Send the reminders that are due now, or print the plan for the month (--plan). LINE is asked for the quota."""
    from bot.line.client import CallFailed
    from bot.simulator.running import NoSimulator

    settings = read_settings()
    try:
        for line in asyncio.run(_run(settings, only_plan=only_plan)):
            click.echo(line)
    except NoSimulator as lacking:
        raise click.ClickException(str(lacking)) from None
    except CallFailed as failed:
        raise click.ClickException(
            f"ถามโควตาจาก LINE ไม่ได้ จึงไม่ได้ส่ง ({failed}) · LINE did not tell its quota, so nothing was sent ({failed})"
        ) from None


async def _run(settings: Settings, *, only_plan: bool) -> list[str]:
    from bot.clock import Clock
    from bot.commands.tables import opened
    from bot.line.client import LineClient, new_session
    from bot.office import read_office, read_revision
    from bot.reminders.schedule import reminders_of
    from bot.simulator.running import as_running
    from bot.turn_facts import Offices

    async with opened(settings.database_url), new_session() as session:
        settings = await as_running(settings, session)
        now = Clock(settings.simulated_now, settings.timezone).now()
        line = LineClient.of(settings, session)
        try:
            schedule = reminders_of(settings, line, Offices(read_revision, read_office))
            if only_plan:
                return plan_lines(*await schedule.plan_of(now), now)
            due = await schedule.due(now)
            if due is None:
                return ["นอกเวลาทำการ จะเตือนเมื่อถึงเวลา · Outside of working hours; nothing was sent."]
            sent, dropped = await schedule.fire(due, now)
            return [f"เตือน {sent} คน งด {dropped} คน · reminded {sent}, left out {dropped}"]
        finally:
            await line.aclose()


def plan_lines(plan: Plan, budget: Budget, now: datetime) -> list[str]:
    """The plan for people: the quota, then a line a day and due day; no names."""
    from locales.catalog import words

    w = words("th")
    limit = "ไม่จำกัด · no limit" if budget.limit is None else f"{budget.limit:,}"
    left = "–" if plan.left is None else f"{plan.left:,}"
    head = (
        f"{w.day(now)} โควตาเดือนนี้ {limit} ใช้แล้ว {budget.used:,} กันไว้ {budget.reserve:,} เหลือสำหรับเตือน {left}"
        f" · quota {limit}, used {budget.used:,}, kept back {budget.reserve:,}, left for reminders {left}"
    )
    lines = [head]
    sent: Counter[tuple[date, date]] = Counter((each.day, each.due) for each in plan.sent)
    dropped: Counter[tuple[date, date]] = Counter((each.day, each.due) for each in plan.dropped)
    for day, due in sorted(sent.keys() | dropped.keys()):
        lines.append(
            f"{w.day(day, 'weekday')} (ครบกำหนด {w.day(due)}): เตือน {sent[day, due]:,} งด {dropped[day, due]:,}"
            f" · {day.isoformat()} (due {due.isoformat()}): {sent[day, due]:,} reminded, left out {dropped[day, due]:,}"
        )
    if len(lines) == 1:
        lines.append("เดือนนี้ไม่มีรายการต้องเตือนอีก · no more reminders this month")
    if plan.dropped:
        lines.append(
            f"โควตาไม่พอ งด {len(plan.dropped):,} รายการ ใกล้กำหนดได้ก่อน ที่งดจะแจ้งเมื่อผู้รายงานพิมพ์เข้ามา"
            f" · the quota does not reach: {len(plan.dropped):,} left out, the nearest due day goes first"
        )
    return lines
