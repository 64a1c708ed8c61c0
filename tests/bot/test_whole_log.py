"""The log of a whole dialogue: an event can be followed through it, and nobody can be read in it."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path

from aiohttp.test_utils import unused_port

from bot.simulator.faults import Fault
from bot.simulator.sample_picture import sample_picture
from models.tables.chat import WebhookEvent
from tests.logged import lines, logged
from tests.town import METRICS_TOKEN, SECRET, TOKEN, invitation, town

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"
SAID = ("7k4mq2xw9trb", "นภา ใจดี บรรณารักษ์", "ถูกต้อง", "รายงาน 2300-848", "จัดมุมหนังสือใหม่สามมุมในวันเด็ก", "แล้ว", "สถานะ")


async def test_an_event_is_followed_and_nobody_is_read(sqlite_url: str) -> None:
    """Each line of an event bears its id, up to LINE's request id; no text, name, LINE id or secret stands in any."""
    with logged(SECRET, TOKEN, METRICS_TOKEN, level="debug") as log:
        async with town(sqlite_url, OFFICE, START) as place:
            await invitation("7K4M2QXW9TRB", ["LIB-01"], place.clock.now())
            place.platform.faults.add("reply", Fault(status=500))
            for text in SAID:
                await place.says("นภา", text)
            events = await WebhookEvent.all()
            calls = [call for call in place.platform.calls if call.endpoint == "reply"]
            place.platform.calls.clear()  # the 500 was meant
        said = lines(log)
        text = log.getvalue()

    for event in events:
        own = [line for line in said if line.get("event_id") == event.id]
        assert own[0]["event"] == "webhook.received"
        assert own[-1]["event"] == "outbox.sent"
        assert own[-1]["outcome"] == "accepted"
        assert any(event.id in line.values() for line in said if line["event"] == "outbox.sent")
    sent = [line for line in said if line["event"] == "outbox.sent"]
    assert {line["request_id"] for line in sent} == {call.request_id for call in calls}
    assert len({line["outgoing_id"] for line in sent}) == len(SAID) == len(sent) - 1  # one was tried twice
    walked = [line for line in said if line["event"].startswith(("webhook.", "dispatch.", "worker.", "outbox."))]
    assert {line["event_id"] for line in walked} == {event.id for event in events}

    person = place.people["นภา"]
    tokens = {call.body["replyToken"] for call in calls}
    assert len(tokens) == len(SAID)
    for hidden in (*SAID, "ห้องสมุด", "นภา", person.id, person.id[1:], SECRET, TOKEN, METRICS_TOKEN, *tokens):
        assert hidden not in text


async def test_a_picture_is_followed_to_where_it_is_fetched(sqlite_url: str) -> None:
    """The call that fetches a picture bears the id of the event that brought it."""
    with logged(SECRET) as log:
        async with town(sqlite_url, OFFICE, START) as place:
            person = await place.reporter("นภา", "LIB-02")
            await place.says("นภา", "รายงาน")
            before = place.platform.chat(person.id).last
            await place.platform.send_pictures(person.id, [sample_picture()])
            await place.answers("นภา", before)
            async with asyncio.timeout(10):
                while not (fetched := [line for line in lines(log) if line["event"] == "evidence.fetched"]):  # noqa: ASYNC110 - in the bot
                    await asyncio.sleep(0.05)
    received = [line["event_id"] for line in lines(log) if line["event"] == "webhook.received"]
    assert [line["event_id"] for line in fetched] == received[-1:]
    assert all(line["request_id"] for line in fetched)


async def test_a_process_of_its_own_logs_as_well(sqlite_url: str) -> None:
    """What `serve` prints is a sentence that it listens, then one JSON object a line without a secret or a LINE id."""
    async with town(sqlite_url, OFFICE, START) as place:
        await place.bot.close()
        process = await place.serve(unused_port())
        await place.says("นภา", "รหัส 7K4M-Q2XW-9TRB")
        process.terminate()
        await process.wait()
        printed = process.said.decode()
        await place.start()
    lines_of_log = [line for line in printed.splitlines() if line.startswith("{")]
    assert len(lines_of_log) == len(printed.splitlines()) - 2, printed
    said = [json.loads(line) for line in lines_of_log]
    assert [line["event_id"] for line in said if line["event"] == "webhook.received"] == [
        line["event_id"] for line in said if line["event"] == "outbox.sent"
    ]
    assert not re.search(r"[UCR][0-9a-f]{32}|7K4M", printed)
    assert not any(secret in printed for secret in (SECRET, TOKEN))
