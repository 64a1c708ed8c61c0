"""Reminders by several real processes over PostgreSQL and NATS: two schedulers, two senders, one killed in mid-send."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

from aiohttp.test_utils import TestServer

from bot.database import close_database, open_database
from bot.simulator.faults import Fault
from models.tables.delivery import OutgoingMessage
from models.tables.reminder import Reminder
from tests.faults.city import City
from tests.nats import Nats

PEOPLE = 40
SETTLED_WITHIN = 90.0
"""Seconds: a worker that was killed is missed after six, and both cores may be busy."""


def taken(city: City) -> int:
    """The pushes that LINE took."""
    return len([each for each in city.platform.calls if each.endpoint == "push" and each.status == 200])


def heard(city: City) -> Counter[str]:
    """How many messages each person has from the bot."""
    return Counter(
        writer.person.name
        for writer in city.writers
        for each in city.platform.chat(writer.person.id).entries
        if each["from"] == "bot" and each["kind"] == "message"
    )


async def test_two_schedulers_and_a_sender_killed_in_mid_send(postgres_url: str, nats: Nats, tmp_path: Path) -> None:
    """Everybody is reminded once: two processes plan at the same moment, and a sender dies in mid-call."""
    # Of some calls LINE takes the message and the process never hears; others are under way when it dies. Who takes
    # over tries them again with the same retry keys, and LINE knows them.
    city = City(postgres_url, tmp_path, PEOPLE, nats.url)
    city.pass_time(timedelta(hours=2))  # ten o'clock, a week before the round is due
    await open_database(postgres_url)
    try:
        await city.set_up()
        city.line = TestServer(city.platform.application())
        await city.line.start_server()
        unheard = [Fault(reset=True, after_accepting=True)] * 8
        city.platform.faults.add("push", *[Fault()] * 8, *unheard, *[Fault(delay_s=3)] * 1000)
        await asyncio.gather(*(city.start(role) for role in ("worker", "worker", "scheduler", "scheduler")))
        killed = next(each for each in city.processes if each.role == "worker")
        async with asyncio.timeout(SETTLED_WITHIN):
            while taken(city) < 8 or not await OutgoingMessage.filter(state="sending").exists():  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            killed.kill()
            city.platform.faults.clear()
            while await OutgoingMessage.filter(state__in=("waiting", "sending")).exists():  # noqa: ASYNC110 - no event
                await asyncio.sleep(0.1)
        assert heard(city) == Counter(writer.person.name for writer in city.writers)
        assert await Reminder.all().count() == PEOPLE
        assert await OutgoingMessage.filter(state="sent").count() == PEOPLE
        again = [each for each in city.platform.calls if each.endpoint == "push" and each.status == 409]
        assert again, "no call was tried again: nothing was killed in mid-send"
    finally:
        for process in city.processes:
            process.kill()
        await city.line.close()
        await close_database()
