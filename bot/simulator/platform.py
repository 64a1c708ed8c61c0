"""A fake LINE platform: the Messaging API over HTTP on one side, people who write to the bot on the other.

The simulator mounts its routes in the bot's own process; tests serve it on a loopback port of its own. It refuses what
LINE refuses, and it is written apart from the bot's own limits so that one checks the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.simulator.contents import Contents
from bot.simulator.endpoints import BOT_NAME, Endpoints
from bot.simulator.events import Event, EventMaker, MediaKind, mention, source
from bot.simulator.faults import Faults
from bot.simulator.messaging_api import Call, MessagingApi
from bot.simulator.page_api import Clock, PageApi
from bot.simulator.people import Chat, Group, People, Person
from bot.simulator.rich_menus import RichMenus
from bot.simulator.sample_picture import sample_picture
from bot.simulator.state import Quota, ReplyTokens
from bot.simulator.webhook_sender import KEPT, NO_ANSWER, Delivery, WebhookSender, sign

BOT_ID = "U" + "0b07" * 8
"""The bot's own user id, the `destination` of every webhook."""


class Blocked(ValueError):
    """Who blocked the bot cannot write to it."""


class Platform:
    """The whole of LINE, as far as a bot can tell.

    `callback_url`: where the bot listens; may be set later through the attribute of that name. `clock` rules reply
    tokens, retry keys, the month and every timestamp; rate limits run in real time. `monthly_quota` None: no limit.
    `rates`: calls a second by endpoint. `redelivery_pauses_s`: real seconds before each attempt to deliver again what
    the bot did not take (LINE's own default is not to try). `calls_kept`: how many of the newest calls `calls` holds,
    `deliveries_kept` the same of events and `deliveries`.
    """

    def __init__(
        self,
        *,
        channel_secret: str,
        access_token: str,
        clock: Clock,
        callback_url: str = "",
        people: Iterable[Person] = (),
        groups: Iterable[Group] = (),
        monthly_quota: int | None = 300,
        rates: Mapping[str, float] | None = None,
        webhook_timeout_s: float = 10.0,
        redelivery_pauses_s: Sequence[float] = (),
        calls_kept: int = 2000,
        deliveries_kept: int = KEPT,
    ) -> None:
        self.clock = clock
        self.faults = Faults()
        self.people = People(people, clock.now, groups)
        self.contents = Contents()
        """The pictures that people sent, by message id."""
        self.rich_menus = RichMenus(self.people)
        self._channel_secret = channel_secret
        tokens = ReplyTokens()
        self.make = EventMaker(clock.now, tokens.new)
        """Events for `send_events`; making one does not show it in a chat."""
        self._sender = WebhookSender(
            channel_secret=channel_secret,
            callback_url=callback_url,
            destination=BOT_ID,
            now=clock.now,
            tokens=tokens,
            timeout_s=webhook_timeout_s,
            redelivery_pauses_s=redelivery_pauses_s,
            kept=deliveries_kept,
        )
        self._api = MessagingApi(
            endpoints=Endpoints(
                bot_id=BOT_ID,
                people=self.people,
                tokens=tokens,
                quota=Quota(monthly_quota),
                contents=self.contents,
                rich_menus=self.rich_menus,
                now=clock.now,
                left=lambda chat_id: self._sender.send_soon([self.make.leave(chat_id)]),
            ),
            access_token=access_token,
            faults=self.faults,
            rates=rates or {},
            calls_kept=calls_kept,
        )
        self._page = PageApi(
            actor=self,
            people=self.people,
            contents=self.contents,
            rich_menus=self.rich_menus,
            clock=clock,
            access_token=access_token,
        )

    @property
    def callback_url(self) -> str:
        """Where webhooks go."""
        return self._sender.callback_url

    @callback_url.setter
    def callback_url(self, url: str) -> None:
        self._sender.callback_url = url

    @property
    def calls(self) -> deque[Call]:
        """The newest calls of the bot, oldest first."""
        return self._api.calls

    @property
    def deliveries(self) -> deque[Delivery]:
        """The newest deliveries to the bot, oldest first, with their statuses and how long the bot took."""
        return self._sender.deliveries

    def routes(self) -> list[web.RouteDef]:
        """The Messaging API and the page's endpoints, to mount in an application.

        That application has to call `stop_streams` in `on_shutdown` (open streams would hold it up) and await `close`
        in its cleanup.
        """
        return [*self._api.routes(), *self._page.routes()]

    def application(self) -> web.Application:
        """The platform as an application of its own; closes itself with it."""

        async def stop_streams(_: web.Application) -> None:
            self.stop_streams()

        async def close(_: web.Application) -> None:
            await self.close()

        application = web.Application()
        application.add_routes(self.routes())
        application.on_shutdown.append(stop_streams)
        application.on_cleanup.append(close)
        return application

    def stop_streams(self) -> None:
        """Let every open stream come to its end."""
        self.people.close()

    async def close(self) -> None:
        """End the streams and the redeliveries, and let the connections go. May be called twice."""
        self.stop_streams()
        await self._sender.close()

    def chat(self, chat_id: str) -> Chat:
        """The chat of a person, group or room; raises KeyError where there is none."""
        return self.people.chat(chat_id)

    def now(self) -> datetime:
        """What the platform's clock shows."""
        return self.clock.now()

    def forward(self, by: timedelta) -> None:
        """Move the clock."""
        self.clock.move_to(self.clock.now() + by)

    async def say(self, user_id: str, text: str, *, chat_id: str | None = None) -> int:
        """A person writes, alone or in the group `chat_id`, where each @name is a mention.

        Returns the webhook's status: 0 without an answer, and where the bot is not there to hear it.
        """
        group = self.people.group(chat_id) if chat_id else None
        members = [] if group is None else [person for person in self.people if person.id in group.members]
        names = {BOT_NAME: BOT_ID, **{person.name: person.id for person in members}}
        mentioned = {} if group is None else mention(text, names, BOT_ID)
        return await self._message(user_id, self.make.text(source(user_id, chat_id), text, **mentioned), chat_id)

    async def sticker(self, user_id: str, *, chat_id: str | None = None) -> int:
        """A person sends a sticker."""
        return await self._message(user_id, self.make.sticker(source(user_id, chat_id)), chat_id)

    async def send_media(self, user_id: str, kind: MediaKind, *, chat_id: str | None = None) -> int:
        """A person sends an image (the sample picture), a sound, a film, a file or a place."""
        if kind == "image":
            return await self.send_pictures(user_id, [sample_picture()], chat_id=chat_id)
        return await self._message(user_id, self.make.media(source(user_id, chat_id), kind), chat_id)

    async def send_pictures(self, user_id: str, pictures: Sequence[bytes], *, chat_id: str | None = None) -> int:
        """A person sends images, several as one choice from the album (imageSet). Any bytes are taken as they are."""
        self._may_write(user_id, chat_id)
        events = self.make.images(source(user_id, chat_id), len(pictures))
        for event, picture in zip(events, pictures, strict=True):
            self.contents.keep(event["message"]["id"], picture)
            self._show(user_id, chat_id, "message", message=event["message"])
        return await self._heard(chat_id or user_id, events)

    async def tap(
        self,
        user_id: str,
        data: str,
        *,
        display_text: str | None = None,
        label: str | None = None,
        params: dict[str, str] | None = None,
        chat_id: str | None = None,
    ) -> int:
        """A person taps a postback action; `display_text` and `label` are only shown, `params` are a picker's."""
        self._may_write(user_id, chat_id)
        event = self.make.postback(source(user_id, chat_id), data, params)
        self._show(user_id, chat_id, "postback", data=data, displayText=display_text, label=label)
        return await self._heard(chat_id or user_id, [event])

    async def unsend(self, user_id: str, message_id: str, *, chat_id: str | None = None) -> int:
        """A person takes one of their messages back; raises LookupError when it is not theirs."""
        self._may_write(user_id, chat_id)
        if not any(
            entry["from"] == "person"
            and entry.get("by", user_id) == user_id
            and entry["kind"] == "message"
            and entry["message"]["id"] == message_id
            for entry in self.chat(chat_id or user_id).entries
        ):
            raise LookupError("the person has not sent this message")
        event = self.make.unsend(source(user_id, chat_id), message_id)
        self.contents.unsend(message_id)
        self._show(user_id, chat_id, "unsend", messageId=message_id)
        return await self._heard(chat_id or user_id, [event])

    async def follow(self, user_id: str) -> int:
        """A person adds the bot as a friend, or unblocks it."""
        person = self._person(user_id)
        event = self.make.follow(source(user_id), unblocked=person.blocked)
        self.chat(user_id).add("person", "follow", isUnblocked=person.blocked)
        person.blocked = False
        return await self.send_events([event])

    async def unfollow(self, user_id: str) -> int:
        """A person blocks the bot."""
        person = self._person(user_id)
        person.blocked = True
        self.chat(user_id).add("person", "unfollow")
        return await self.send_events([self.make.unfollow(source(user_id))])

    async def invite(self, user_id: str, chat_id: str, members: Iterable[str] = ()) -> int:
        """A person brings the bot into a group (C…) or room (R…); one that is not there yet is made of all these."""
        group = self.people.group(chat_id)
        if group is None:
            group = self.people.add_group(Group("", list(dict.fromkeys((user_id, *members))), id=chat_id))
        self._may_write(user_id, chat_id)
        if group.with_bot:
            raise ValueError("the bot is in this group")
        group.with_bot = True
        self._show(user_id, chat_id, "join")
        return await self.send_events([self.make.join(chat_id)])

    async def remove(self, user_id: str, chat_id: str) -> int:
        """A person takes the bot out of a group or room."""
        self._may_write(user_id, chat_id)
        group = self._group(chat_id)
        if not group.with_bot:
            raise ValueError("the bot is not in this group")
        group.with_bot = False
        self._show(user_id, chat_id, "leave")
        return await self.send_events([self.make.leave(chat_id)])

    async def add_member(self, user_id: str, chat_id: str) -> int:
        """A person comes into a group or room."""
        person, group = self._person(user_id), self._group(chat_id)
        if user_id in group.members:
            raise ValueError("the person is in this group")
        group.members.append(user_id)
        self._show(user_id, chat_id, "memberJoined", name=person.name)
        return await self._heard(chat_id, [self.make.member_joined(chat_id, user_id)])

    async def member_leaves(self, user_id: str, chat_id: str) -> int:
        """A person goes out of a group or room; the last one stays."""
        self._may_write(user_id, chat_id)
        members = self._group(chat_id).members
        if len(members) == 1:
            raise ValueError("nobody else is in this group")
        members.remove(user_id)
        self._show(user_id, chat_id, "memberLeft", name=self._person(user_id).name)
        return await self._heard(chat_id, [self.make.member_left(chat_id, user_id)])

    async def send_events(self, events: Sequence[Event]) -> int:
        """Deliver any events, of several people if need be, in one signed body. Returns the webhook's status."""
        return await self._sender.send(events)

    async def redeliver(self, *event_ids: str) -> int:
        """Deliver events again, marked as a redelivery, their unused reply tokens renewed."""
        return await self._sender.redeliver(event_ids)

    async def settled(self) -> None:
        """Wait until no automatic redelivery is pending."""
        await self._sender.settled()

    async def post(self, body: bytes, signature: str | None) -> int:
        """POST any bytes with any signature to the bot."""
        return await self._sender.post(body, signature)

    def sign(self, body: bytes) -> str:
        """The right signature of a body."""
        return sign(self._channel_secret, body)

    async def _message(self, user_id: str, event: Event, chat_id: str | None) -> int:
        self._may_write(user_id, chat_id)
        self._show(user_id, chat_id, "message", message=event["message"])
        return await self._heard(chat_id or user_id, [event])

    def _show(self, user_id: str, chat_id: str | None, kind: str, **further: Any) -> None:
        by = {"by": user_id} if chat_id not in (None, user_id) else {}
        self.chat(chat_id or user_id).add("person", kind, **by, **further)

    async def _heard(self, chat_id: str, events: Sequence[Event]) -> int:
        return await self.send_events(events) if self.people.reaches(chat_id) else NO_ANSWER

    def _person(self, user_id: str) -> Person:
        person = self.people.get(user_id)
        if person is None:
            raise LookupError("there is no such person")
        return person

    def _group(self, chat_id: str) -> Group:
        group = self.people.group(chat_id)
        if group is None:
            raise LookupError("there is no such group")
        return group

    def _may_write(self, user_id: str, chat_id: str | None) -> None:
        """Who blocked the bot is heard in a group all the same."""
        person = self._person(user_id)
        if chat_id in (None, user_id):
            if person.blocked:
                raise Blocked("who blocked the bot cannot write to it")
        elif user_id not in self._group(chat_id).members:
            raise LookupError("the person is not in this group")


__all__ = ["BOT_ID", "Blocked", "Platform", "sign"]
