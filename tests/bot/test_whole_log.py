"""The log of a whole dialogue: an event can be followed through it, and nobody can be read in it."""

from __future__ import annotations

from pathlib import Path

from bot.simulator.faults import Fault
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
    walked = [line for line in said if line["event"].startswith(("webhook.", "dispatch.", "worker.", "outbox."))]
    assert {line["event_id"] for line in walked} == {event.id for event in events}

    person = place.people["นภา"]
    tokens = {call.body["replyToken"] for call in calls}
    assert len(tokens) == len(SAID)
    for hidden in (*SAID, "ห้องสมุด", "นภา", person.id, person.id[1:], SECRET, TOKEN, METRICS_TOKEN, *tokens):
        assert hidden not in text
