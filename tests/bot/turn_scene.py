"""A stage for turns: a real database, the fake LINE over HTTP, a small conversation, and people who report."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.test_utils import TestServer
from msgspec.structs import replace

from bot.clock import Clock
from bot.conversations import Conversations
from bot.delivery.outbox import Outbox
from bot.dispatch import Dispatcher
from bot.gate import Gate
from bot.line.arrivals import arrivals
from bot.line.client import LineClient, new_session
from bot.office import read_office, read_revision
from bot.queue.seam import Arrival, Settled
from bot.simulator.people import Person
from bot.simulator.platform import Platform
from bot.turn_facts import Offices
from handlers.effects import (
    Asks,
    CancelDraft,
    DropEvidence,
    Effect,
    ForgetPerson,
    Join,
    KeepDraft,
    KeepEvidence,
    SavePerson,
    Say,
    SetReachable,
    Submit,
    Turn,
    Unsent,
    WarningKept,
    WrongCode,
)
from handlers.events import Event, Follow, Media, Text, Unfollow, Unsend
from handlers.facts import Facts
from handlers.needs import InvitationByCode, Need, ReportInFull, ReportsOf, StoredAboutMe
from handlers.session import Session
from models.rules.fiscal import Quarter
from models.rules.invitation_codes import code_hash
from models.rules.office import ReportKey
from models.rules.standing import ReportState
from models.tables import indicator, organisation

BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=BANGKOK)
QUARTER = Quarter(2570, 1)
CODE = "7K3MQ2XD9FHA"


class Bug(Exception):
    """What a broken handler raises."""


def receive(session: Session, event: Event, facts: Facts) -> Turn | Asks:
    """A conversation of one-word commands, each standing for an effect."""
    turns = int(session.answers.get("turns", 0)) + 1
    going_on = replace(session, conversation="test", answers={**session.answers, "turns": turns})
    match event.body:
        case Follow() | Unfollow():
            return Turn(session, (SetReachable(isinstance(event.body, Follow)),))
        case Unsend(message_id):
            return Turn(session, (Unsent(message_id),))
        case Media("image"):
            return Turn(going_on, (KeepEvidence(key_of(facts), (event.message_id,)), Say("picture")))
        case Text(text):
            word, _, rest = text.partition(" ")
            return _command(word, rest, event, going_on, facts)
        case _:
            return Turn(session)


def key_of(facts: Facts, unit: int = 0) -> ReportKey:
    """The first report the speaker may send, or that of the unit given."""
    return ReportKey(unit or facts.memberships[0].unit_id, next(iter(facts.office.indicators)), QUARTER)


def _command(  # noqa: C901, PLR0912 - a table of effects, one case each
    word: str, rest: str, event: Event, session: Session, facts: Facts
) -> Turn | Asks:
    effects: tuple[Effect, ...]
    match word:
        case "bug":
            raise Bug(rest)
        case "quiet":
            return Turn(session)
        case "many":
            return Turn(session, tuple(Say(f"{number}") for number in range(int(rest))))
        case "keep" | "stale":
            key = key_of(facts)
            draft = facts.drafts.get(key)
            seen = 7 if word == "stale" else draft.revision if draft else 0
            effects = (KeepDraft(key, {"narrative": rest}, seen, 0), Say(f"kept on {seen}"))
        case "cancel":
            key = key_of(facts)
            effects = (CancelDraft(key, facts.drafts[key].revision), Say("cancelled"))
        case "submit":
            effects = (_submit(key_of(facts), rest, event, facts), Say("receipt"))
        case "drop":
            effects = (DropEvidence(key_of(facts), tuple(rest.split())), Say("dropped"))
        case "pictures":
            effects = (Say(repr(facts.pictures.get(key_of(facts)))),)
        case "code":
            need: Need = InvitationByCode(rest)
            if need not in facts.found:
                return Asks(frozenset((need,)))
            found = facts.found[need]
            usable = found is not None and found.uses_left > 0
            if not usable:
                return Turn(session, (WrongCode(), Say("wrong")))
            effects = (SavePerson(name="ใหม่"), Join(found.id, found.unit_ids), Say("joined"))
        case "look":
            key = key_of(facts)
            needs: frozenset[Need] = frozenset(
                (ReportInFull(key), ReportsOf(frozenset((key.unit_id,)), 2570), StoredAboutMe())
            )
            if not facts.found:
                return Asks(needs)
            effects = (Say(repr([facts.found[need] for need in sorted(needs, key=repr)])),)
        case "name":
            effects = (SavePerson(name=rest, notice_acknowledged=True), Say("named"))
        case "forget":
            return Turn(Session(), (ForgetPerson(), Say("forgotten")))
        case _:
            effects = (Say(f"{word} {rest}".strip()),)
    return Turn(session, effects)


def _submit(key: ReportKey, narrative: str, event: Event, facts: Facts) -> Submit:
    report = facts.reports.get(key)
    return Submit(
        key=key,
        base_version=report.version if report else 0,
        number=report.number if report else facts.next_numbers.get(key.quarter, 1),
        answer="36",
        result=Decimal(36),
        zero_reason="",
        narrative=narrative,
        explanation="",
        sub_measures={"titles": Decimal("828.5")},
        warnings=(WarningKept("falling", {"before": "40"}),),
        late=False,
        reporter_name=facts.person.name if facts.person else "",
        reporter_position="",
        on_behalf_of="",
        message_ids=(event.message_id,),
        seen_state=report.state if report else None,
        state=ReportState.SUBMITTED,
    )


SMALL = Conversations(receive, lambda _: Say("sorry"), lambda session, _: Say(f"again {session.conversation}"))


class Scene:
    """The stage. `chats` are the LINE ids of `people` reporters, each of a library of their own unless `shared`."""

    def __init__(self, platform: Platform, clock: Clock, session: Any, url: str) -> None:
        self.platform = platform
        self.clock = clock
        self.chats: list[str] = []
        self.caught: list[Arrival] = []
        self.line = LineClient(session, api_base_url=url, access_token="token")
        self.outbox = self.new_outbox()
        self.dispatcher = self.new_dispatcher(self.outbox)

    def new_outbox(self) -> Outbox:
        """An outbox as a fresh process has one."""
        return Outbox(self.line, self.clock.now, gate=Gate(probe_every=0.05))

    def new_dispatcher(self, outbox: Outbox) -> Dispatcher:
        """A dispatcher as a fresh process has one."""
        return Dispatcher(outbox, Offices(read_revision, read_office), self.clock.now, SMALL)

    async def says(self, *texts: str, of: Callable[[int], int] = lambda number: number) -> list[Arrival]:
        """Each person writes one text; their arrivals, not handled yet."""
        before = len(self.caught)
        for number, text in enumerate(texts):
            await self.platform.say(self.chats[of(number)], text)
        return self.caught[before:]

    async def turn(self, *texts: str) -> list[Settled]:
        """Each person writes one text, handled as one group."""
        group = await self.says(*texts)
        outcomes = await self.dispatcher.handle(group)
        return [outcomes[each.id] for each in group]

    async def delivered(self) -> None:
        """Wait until everything has left and is recorded."""
        assert await self.outbox.drain(5)
        await self.outbox.unwritten.flush()

    def heard(self, person: int) -> list[str]:
        """The texts a person got, in order."""
        entries = self.platform.chat(self.chats[person]).entries
        return [each["message"]["text"] for each in entries if each["from"] == "bot"]


@asynccontextmanager
async def scene(people: int = 2, *, shared: bool = False, quota: int | None = 300) -> AsyncIterator[Scene]:
    """Set the stage over the open database, with the outbox started. `quota`: pushes a month, None without limit."""
    clock = Clock(NOW, BANGKOK)
    cast = [Person(f"ผู้รายงาน {number}") for number in range(people)]
    platform = Platform(channel_secret="secret", access_token="token", clock=clock, people=cast, monthly_quota=quota)
    caught: list[Arrival] = []

    async def callback(request: web.Request) -> web.Response:
        caught.extend(arrivals(await request.read(), clock.now()))
        return web.Response()

    hook = web.Application()
    hook.router.add_post("/callback", callback)
    async with TestServer(platform.application()) as line, TestServer(hook) as bot, new_session() as session:
        platform.callback_url = str(bot.make_url("/callback"))
        stage = Scene(platform, clock, session, str(line.make_url("")))
        stage.caught = caught
        stage.chats = [person.id for person in cast]
        await _set_up(stage.chats, shared=shared)
        await stage.outbox.start()
        try:
            yield stage
        finally:
            await stage.outbox.close()


async def _set_up(chats: list[str], *, shared: bool) -> None:
    bureau = await organisation.Unit.create(code="23000000", name="สวท.", kind="bureau")
    one = await indicator.Indicator.create(
        code="2300-848", name="ห้องสมุดมีชีวิต", owner=bureau, unit_of_measure="ห้อง", kind="count", part_kind="yes_no"
    )
    await indicator.SubMeasure.create(indicator=one, code="titles", label="ชื่อเรื่อง", unit_of_measure="เรื่อง")
    await indicator.Round.create(
        fiscal_year=2570, quarter=1, opens=date(2026, 10, 1), due=date(2027, 1, 11), closes=date(2027, 1, 31)
    )
    unit = bureau
    for number, chat_id in enumerate(chats):
        if not (shared and number):
            unit = await organisation.Unit.create(code=f"L{number}", name=f"หอ {number}", kind="library", parent=bureau)
        person = await organisation.Person.create(
            line_user_id=chat_id, name=f"คน {number}", created_at=NOW.astimezone(UTC)
        )
        await organisation.Membership.create(
            person=person, unit=unit, role="reporter", valid_from=date(2026, 10, 1), approved_at=NOW
        )
    invitation = await organisation.Invitation.create(
        code_hash=code_hash(CODE), role="reporter", uses_allowed=1, created_at=NOW, expires_at=NOW + timedelta(days=9)
    )
    await organisation.InvitationUnit.create(invitation=invitation, unit=unit)
