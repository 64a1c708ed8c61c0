"""What became of everything, counted from evidence: the chats of the fake LINE on one side, the tables on the other."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.tables.chat import WebhookEvent
from models.tables.delivery import OutgoingMessage
from models.tables.report import Draft, ReportVersion

if TYPE_CHECKING:
    from tests.faults.city import City

REMINDS = "รายการรอรายงาน"
"""Words of a reminder, which no other push of the city has."""
_DONE = ("handled", "set_aside")


@dataclass(slots=True)
class Tally:
    """One line of the table."""

    sent: int = 0
    """Events that LINE delivered, each counted once however often."""
    acknowledged: int = 0
    """Of these, answered 200 at some time."""
    handled: int = 0
    """Handled according to the database: of one that died before its 200, LINE may not have heard."""
    delivered: int = 0
    """Messages of the bot in people's chats."""
    pushed: int = 0
    """Of these, pushed."""
    ambiguous: int = 0
    """Replies of which nobody knows whether they arrived; the step they held rides on the person's next message."""
    lost: int = 0
    """Reports that could not be sent, lines missing in one, acknowledged events not handled, reminders that neither
    came nor were given up, and messages that the database takes for sent and no chat has."""
    doubled: int = 0
    """Lines twice in a report, events with two answers, second reminders, messages in a chat more often than written.
    """
    disordered: int = 0
    """Lines that LINE delivered at its first try, not in the order in which they were written."""
    unanswered: int = 0
    """Events whose answer LINE never took, and which no later answer to the same person replaced."""

    @property
    def well(self) -> bool:
        """Whether nothing was lost, doubled, put out of order or left without an answer."""
        return (self.lost, self.doubled, self.disordered, self.unanswered) == (0, 0, 0, 0)


async def counted(city: City) -> Tally:
    """Count, once everything has settled and every writer has sent their report."""
    tally = Tally()
    await _state(city, tally)
    await _events(city, tally)
    await _messages(city, tally)
    return tally


async def _state(city: City, tally: Tally) -> None:
    for writer in city.writers:
        versions = await ReportVersion.filter(report__unit__code=writer.unit)
        stored = [line for version in versions for line in version.narrative.splitlines()]
        if not versions:
            tally.lost += 1
            draft = await Draft.filter(unit__code=writer.unit).first()
            parts = draft.answers.get("narrative", {}).get("parts", ()) if draft else ()
            stored = [line for _, text in parts for line in text.splitlines()]
        counts = Counter(stored)
        tally.lost += sum(1 for line in writer.lines if not counts[line])
        tally.doubled += sum(count - 1 for count in counts.values())
        among_firsts = [line for line in stored if line in set(writer.firsts)]
        tally.disordered += sum(1 for one, other in zip(among_firsts, writer.firsts, strict=False) if one != other)


async def _events(city: City, tally: Tally) -> None:
    sent = {event_id for each in city.platform.deliveries for event_id in each.event_ids}
    acknowledged = city.acknowledged()
    done = set(await WebhookEvent.filter(state__in=_DONE).values_list("id", flat=True))
    tally.sent, tally.acknowledged = len(sent), len(acknowledged)
    tally.handled = len(sent & done)
    tally.lost += len(acknowledged - done)
    rows = await OutgoingMessage.filter(event_id__in=sent, position=0).values("event_id", "state")
    tally.doubled += sum(count - 1 for count in Counter(row["event_id"] for row in rows).values())
    tally.ambiguous = await OutgoingMessage.filter(state="ambiguous").count()
    tally.unanswered = len(sent - {row["event_id"] for row in rows if row["state"] not in ("waiting", "sending")})


async def _messages(city: City, tally: Tally) -> None:
    """Of reminders there is one a person and day: nobody is without, unless LINE refused to push it."""
    rows = await OutgoingMessage.all().values("chat_id", "messages", "state", "event_id")
    for writer in city.writers:
        chat_id = writer.person.id
        entries = [each for each in city.platform.chat(chat_id).entries if each["from"] == "bot"]
        said = [each for each in entries if each["kind"] == "message"]
        tally.delivered += len(said)
        tally.pushed += sum(1 for each in said if each["via"] == "push")
        arrived = Counter(_content(each["message"]) for each in said)
        own = [row for row in rows if row["chat_id"] == chat_id]
        written = Counter(content for row in own for content in _contents(row))
        known_sent = Counter(content for row in own if row["state"] == "sent" for content in _contents(row))
        tally.doubled += (arrived - written).total()
        tally.lost += (known_sent - arrived).total()
        if city.reminds:
            reminders = sum(1 for each in said if REMINDS in str(each["message"]) and each["via"] == "push")
            given_up = any(row["state"] == "set_aside" and not row["event_id"] for row in own)
            tally.doubled += max(0, reminders - 1)
            tally.lost += 0 if reminders or given_up else 1


def _contents(row: dict[str, Any]) -> list[str]:
    return [_content(message) for message in json.loads(row["messages"])]


def _content(message: dict[str, Any]) -> str:
    """A message without what LINE gives it on its way."""
    return json.dumps({key: value for key, value in message.items() if key != "id"}, sort_keys=True)
