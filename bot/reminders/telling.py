"""What people are to hear, as messages: a reminder with the notices at its head, or the notices alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from msgspec.structs import replace
from tortoise.backends.base.client import BaseDBAsyncClient

from bot import sql
from bot.database import writing
from bot.delivery.outgoing import Outgoing
from bot.delivery.statements import ADD_OUTGOING
from bot.reminders import statements
from handlers.context import Context
from handlers.effects import Say
from handlers.facts import Facts
from handlers.records import Notice, Opening, Person
from handlers.remind import PENDING, at_most, notice_buttons, notice_lines, reminder, still_news, together
from handlers.session import Session
from models.rules.office import Office, ReportKey
from models.rules.reminder_desk import Desk
from models.rules.reminders import Reporter

Push = Callable[[Say, str, datetime], Outgoing]
"""Makes the push of something to a chat."""


class Untold(Notice, frozen=True):
    """A notice, and where it is to be told."""

    chat_id: str = ""
    language: str = "th"


def reminder_of(
    desk: Desk, reporter: Reporter, keys: Sequence[ReportKey], notices: Sequence[Notice], now: datetime
) -> Say:
    """A person's reminder, with what else they are to hear at its head."""
    openings = tuple(Opening(each.unit_id, None, each.quarter, each.until, edit=False) for each in desk.opened)
    context = _context(desk.office, reporter.language, now, openings)
    say = reminder(context, keys)
    head = notice_lines(context, [each for each in notices if each.kind != PENDING], keys)
    return replace(say, text=together([*head, say.text])) if head else say


async def untold(
    connection: BaseDBAsyncClient, office: Office, people: Collection[int], today: date
) -> defaultdict[int, list[Untold]]:
    """What these people are to hear and can be told in one message, by person."""
    found: defaultdict[int, list[Untold]] = defaultdict(list)
    for row in await sql.fetch(connection, statements.UNTOLD, list(people), today):
        if row["line_user_id"] is not None and row["blocked_at"] is None:
            notice = (str(row["id"]), row["kind"], sql.unpacked(row["data"]), row["subject"])
            found[row["person_id"]].append(Untold(*notice, row["line_user_id"], row["language"]))
    return defaultdict(list, {person: at_most(still_news(office, today, own)) for person, own in found.items()})


async def tell(office: Office, people: Collection[int], now: datetime, push: Push) -> None:
    """Write one push a person with whatever these are to hear, in one transaction, each thing once."""
    async with writing() as connection:
        found = await untold(connection, office, people, now.date())
        notices = {person: [each for each in own if each.kind != PENDING] for person, own in found.items()}
        ids = [each.id for own in notices.values() for each in own]
        fresh = {str(row["id"]) for row in await sql.returned(connection, statements.TELL, now, ids)}
        pushes = []
        for own in notices.values():
            told = [each for each in own if each.id in fresh]
            if told:
                context = _context(office, told[0].language, now)
                say = Say(together(notice_lines(context, told, ())), notice_buttons(context, told))
                pushes.append(push(say, told[0].chat_id, now))
        await sql.write(connection, ADD_OUTGOING, [each.row() for each in pushes])


def _context(office: Office, language: str, now: datetime, openings: tuple[Opening, ...] = ()) -> Context:
    person = Person(0, "", "", language)
    return Context(Session(), Facts(now=now, office=office, person=person, openings=openings))
