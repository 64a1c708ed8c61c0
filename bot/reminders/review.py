"""The schedule of reviews: where nobody reviews, the coordinator, and the deputy during leave, hears of it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tortoise.connection import get_connection

from bot import sql
from bot.database import writing
from bot.reminders import statements
from bot.reminders.hours import Hours
from bot.review_due import reviewers_to_remind
from bot.scheduler import claim
from bot.turn_facts import Offices
from handlers.remind import REVIEW


class ReviewReminders:
    """Once a working day, before the reminders' own look, which pushes what this has written as it does all notices.

    `after` is how long something waits until it is said, and then between one time and the next.
    """

    name = "review"

    def __init__(
        self, offices: Offices, *, hours: Hours | None = None, after: timedelta, new_id: Callable[[], UUID] = uuid4
    ) -> None:
        self._offices = offices
        self._hours = hours or Hours()
        self._after = after
        self._new_id = new_id

    async def due(self, now: datetime) -> datetime | None:
        if self._hours.latest(now) is None:
            return None
        office = await self._offices.current(get_connection("default"))
        return self._hours.begins(now) if office.working_days.works(now.date()) else None

    async def fire(self, due: datetime, now: datetime) -> None:
        """Nothing is accepted by itself, and nobody is told more than is so: a notice holds for its day."""
        connection = get_connection("default")
        office = await self._offices.current(connection)
        found = await reviewers_to_remind(connection, office, now, self._after)
        async with writing() as connection:
            if not await claim(connection, self.name, due, now):
                return
            rows = await sql.fetch(connection, statements.REVIEW_TOLD, now - self._after)
            told = {row["person_id"] for row in rows}
            about = [(each, {"reports": each.reports, "requests": each.requests, "days": each.days}) for each in found]
            await sql.write(
                connection,
                statements.ADD_NOTICE,
                [
                    (str(self._new_id()), each.person_id, REVIEW, "", sql.packed(data), True, now, now.date(), None)
                    for each, data in about
                    if each.person_id not in told
                ],
            )
