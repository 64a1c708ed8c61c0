"""Who is to be reminded that reports and requests wait: coordinators, and deputies while they act for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql, statements
from bot.review_facts import look_up_review
from bot.turn_facts import read_membership
from handlers.needs import ReviewQueue, WaitingRequests
from models.rules.membership import Membership
from models.rules.office import Office, ReportKey
from models.rules.permissions import Action, oversees


@dataclass(frozen=True, slots=True)
class ReviewReminder:
    """Somebody who can be reached, and what has waited for them."""

    person_id: int
    reports: int
    requests: int
    days: int
    """Whole days since the earliest of them came in."""


async def reviewers_to_remind(
    connection: BaseDBAsyncClient, office: Office, now: datetime, after: timedelta
) -> tuple[ReviewReminder, ...]:
    """Everybody for whom something has waited longer than `after`, by person id; nobody who blocked the bot.

    Both the coordinator and whoever acts for them are reminded; nothing is accepted by itself. Four statements.
    """
    everywhere = frozenset(office.units)
    queue_need = ReviewQueue(everywhere, office.years_around(now.date()))
    requests_need = WaitingRequests(everywhere)
    found = await look_up_review(connection, (queue_need, requests_need), now)
    reports: Mapping[ReportKey, datetime] = {each.summary.key: each.summary.submitted_at for each in found[queue_need]}
    held: dict[int, list[Membership]] = defaultdict(list)
    for row in await sql.fetch(connection, statements.COORDINATORS, now.date(), now.date()):
        held[row["person_id"]].append(read_membership(row))
    reminders = []
    for person_id, memberships in sorted(held.items()):
        units = {below for each in memberships for below in office.within(each.unit_id)}
        own = [at for key, at in reports.items() if oversees(office, memberships, Action.REVIEW, key, now.date())]
        asked = [each.at for each in found[requests_need] if each.unit_id in units]
        waited = [now - at for at in (*own, *asked)]
        if waited and max(waited) > after:
            reminders.append(ReviewReminder(person_id, len(own), len(asked), max(waited).days))
    return tuple(reminders)
