"""The simulator page's own endpoints under /simulator/: people, their chats as a stream, what they do, the clock.

Only this machine's browser may use them: the Host must be a loopback name (against DNS rebinding), and a POST must be
JSON from the page's own origin (against forms and scripts of other sites).
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

from aiohttp import web

from bot.simulator.contents import Contents, content_type_of
from bot.simulator.events import MediaKind
from bot.simulator.people import Chat, Group, People, Person
from bot.simulator.rich_menus import RichMenus
from bot.simulator.running import PATH
from bot.simulator.uploads import Uploads

HEARTBEAT_S = 15.0
MEDIA: tuple[MediaKind, ...] = ("image", "audio", "video", "file", "location")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Clock(Protocol):
    """A clock that can be moved; `now` is aware."""

    def now(self) -> datetime:
        """The time it shows."""

    def move_to(self, moment: datetime, /) -> None:
        """Let it show `moment` from now on."""


class Actor(Protocol):
    """What people can do, alone or in the group `chat_id`; each returns the status of the bot's webhook."""

    async def say(self, user_id: str, text: str, *, chat_id: str | None) -> int: ...
    async def tap(
        self, user_id: str, data: str, *, display_text: str | None, label: str | None, chat_id: str | None
    ) -> int: ...
    async def sticker(self, user_id: str, *, chat_id: str | None) -> int: ...
    async def send_media(self, user_id: str, kind: MediaKind, *, chat_id: str | None) -> int: ...
    async def send_pictures(self, user_id: str, pictures: Sequence[bytes], *, chat_id: str | None) -> int: ...
    async def unsend(self, user_id: str, message_id: str, *, chat_id: str | None) -> int: ...
    async def follow(self, user_id: str) -> int: ...
    async def unfollow(self, user_id: str) -> int: ...
    async def invite(self, user_id: str, chat_id: str) -> int: ...
    async def remove(self, user_id: str, chat_id: str) -> int: ...
    async def add_member(self, user_id: str, chat_id: str) -> int: ...
    async def member_leaves(self, user_id: str, chat_id: str) -> int: ...


class PageApi:
    """The endpoints of the page."""

    def __init__(
        self,
        *,
        actor: Actor,
        people: People,
        contents: Contents,
        rich_menus: RichMenus,
        clock: Clock,
        access_token: str,
    ) -> None:
        self._actor = actor
        self._people = people
        self._contents = contents
        self._rich_menus = rich_menus
        self._uploads = Uploads()
        self._clock = clock
        self._access_token = access_token

    def routes(self) -> list[web.RouteDef]:
        """Every endpoint of the page, guarded."""
        return [
            web.get("/simulator/chats", guarded(self._list_chats)),
            web.post("/simulator/people", guarded(self._add_person)),
            web.get("/simulator/chats/{id}/stream", guarded(self._stream), allow_head=False),
            web.get("/simulator/chats/{id}/menu", guarded(self._read_menu)),
            web.post("/simulator/chats/{id}/events", guarded(self._act)),
            web.post("/simulator/pictures", guarded(self._upload, "application/octet-stream")),
            web.get("/simulator/pictures/{message_id}", guarded(self._show_picture)),
            web.get("/simulator/richmenus/{menu_id}", guarded(self._show_rich_menu)),
            web.get("/simulator/clock", guarded(self._read_clock)),
            web.post("/simulator/clock", guarded(self._move_clock)),
            web.get(PATH, guarded(self._tell_line)),
        ]

    async def _list_chats(self, request: web.Request) -> web.Response:
        """The people, then the groups, which have `members`."""
        del request
        return web.json_response([*map(_shown, self._people), *map(_group_shown, self._people.groups)])

    async def _add_person(self, request: web.Request) -> web.Response:
        body = await _json(request)
        name = _string(body, "name")
        note = body.get("note", "")
        if not isinstance(note, str) or len(name) > 100 or len(note) > 200:
            raise _refused(400, "name has at most 100 characters, note 200")
        return web.json_response(_shown(self._people.add(Person(name=name, note=note))), status=201)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        chat = self._chat(request)
        # After a broken connection the browser says by itself what it has seen.
        seen = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
        if re.fullmatch(r"\d{1,15}", seen, re.ASCII) is None:
            raise _refused(400, "after must be a number")
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        try:
            await stream.prepare(request)
            await _write_entries(stream, chat, int(seen))
            await stream.write_eof()
        except ConnectionError:
            # The browser went away.
            return stream
        return stream

    async def _act(self, request: web.Request) -> web.Response:
        """What somebody does in their own chat, or `by` somebody in a group's."""
        chat_id = self._chat(request).id
        body = await _json(request)
        try:
            if self._people.group(chat_id) is None:
                status = await self._done_alone(chat_id, body)
            else:
                status = await self._done_in_group(_string(body, "by"), chat_id, body)
        except (LookupError, ValueError) as refused:
            raise _refused(409, str(refused)) from refused
        return web.json_response({"status": status})

    async def _done_alone(self, user_id: str, body: dict[str, Any]) -> int:
        match body.get("type"):
            case "follow":
                return await self._actor.follow(user_id)
            case "unfollow":
                return await self._actor.unfollow(user_id)
        return await self._said(user_id, None, body)

    async def _done_in_group(self, user_id: str, chat_id: str, body: dict[str, Any]) -> int:
        match body.get("type"):
            case "join":
                return await self._actor.invite(user_id, chat_id)
            case "leave":
                return await self._actor.remove(user_id, chat_id)
            case "memberJoined":
                return await self._actor.add_member(user_id, chat_id)
            case "memberLeft":
                return await self._actor.member_leaves(user_id, chat_id)
        return await self._said(user_id, chat_id, body)

    async def _said(self, user_id: str, chat_id: str | None, body: dict[str, Any]) -> int:
        kind = body.get("type")
        match kind:
            case "message":
                return await self._actor.say(user_id, _string(body, "text"), chat_id=chat_id)
            case "postback":
                data, display_text, label = _string(body, "data", least=0), body.get("displayText"), body.get("label")
                if not isinstance(display_text, str | None) or not isinstance(label, str | None):
                    raise _refused(400, "displayText and label must be text")
                return await self._actor.tap(user_id, data, display_text=display_text, label=label, chat_id=chat_id)
            case "sticker":
                return await self._actor.sticker(user_id, chat_id=chat_id)
            case "unsend":
                return await self._actor.unsend(user_id, _string(body, "messageId"), chat_id=chat_id)
            case "image" if "uploads" in body:
                return await self._actor.send_pictures(user_id, self._uploads.take(body["uploads"]), chat_id=chat_id)
        for media in MEDIA:
            if kind == media:
                return await self._actor.send_media(user_id, media, chat_id=chat_id)
        raise _refused(400, "unknown type")

    async def _upload(self, request: web.Request) -> web.Response:
        """Take a picture's bytes, to be sent by the name that is answered, alone or with others."""
        name = await self._uploads.keep(request.content)
        if name is None:
            raise _refused(413, "the picture is too large")
        return web.json_response({"upload": name}, status=201)

    async def _show_picture(self, request: web.Request) -> web.Response:
        data = self._contents.find(request.match_info["message_id"])
        return _picture(data)

    async def _read_menu(self, request: web.Request) -> web.Response:
        return web.json_response({"menu": self._rich_menus.shown_to(self._chat(request).id)})

    async def _show_rich_menu(self, request: web.Request) -> web.Response:
        return _picture(self._rich_menus.picture(request.match_info["menu_id"]))

    async def _read_clock(self, request: web.Request) -> web.Response:
        del request
        return web.json_response({"now": self._clock.now().isoformat()})

    async def _move_clock(self, request: web.Request) -> web.Response:
        body = await _json(request)
        try:
            self._clock.move_to(_moment(body, self._clock.now()))
        except (ValueError, TypeError, OverflowError) as wrong:
            raise _refused(400, "now must be an ISO time, or forward_seconds a number") from wrong
        return web.json_response({"now": self._clock.now().isoformat()})

    async def _tell_line(self, request: web.Request) -> web.Response:
        """What the commands of another process need to speak to this LINE; it opens nothing but made-up chats."""
        del request
        return web.json_response({"access_token": self._access_token, "now": self._clock.now().isoformat()})

    def _chat(self, request: web.Request) -> Chat:
        try:
            return self._people.chat(request.match_info["id"])
        except KeyError:
            raise _refused(404, "there is no such chat") from None


def guarded(handler: Handler, content_type: str = "application/json") -> Handler:
    """Refuse what does not come from a page of this machine, with 403 or 415.

    `content_type` is what a POST must be: one that no form of another site can send.
    """

    async def guard(request: web.Request) -> web.StreamResponse:
        if not _is_loopback(request.host):
            raise _refused(403, "the simulator answers to loopback names only")
        if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
            raise _refused(403, "the simulator answers to its own page only")
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise _refused(403, "the simulator answers to its own page only")
        if request.method == "POST" and request.content_type != content_type:
            raise _refused(415, f"Content-Type must be {content_type}")
        return await handler(request)

    return guard


def _is_loopback(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


async def _write_entries(stream: web.StreamResponse, chat: Chat, after: int) -> None:
    """Write entries as they come; a comment whenever nothing came for a while, so that proxies keep the line open."""
    entries = chat.follow(after)
    upcoming = asyncio.ensure_future(anext(entries))
    try:
        while True:
            done, _ = await asyncio.wait({upcoming}, timeout=HEARTBEAT_S)
            if not done:
                await stream.write(b": waiting\n\n")
                continue
            try:
                entry = upcoming.result()
            except StopAsyncIteration:
                return
            data = json.dumps(entry, ensure_ascii=True)
            await stream.write(f"id: {entry['n']}\ndata: {data}\n\n".encode())
            upcoming = asyncio.ensure_future(anext(entries))
    finally:
        upcoming.cancel()
        await asyncio.gather(upcoming, return_exceptions=True)
        await entries.aclose()


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError as wrong:
        raise _refused(400, "the body must be JSON") from wrong
    if not isinstance(body, dict):
        raise _refused(400, "the body must be an object")
    return body


def _moment(body: dict[str, Any], now: datetime) -> datetime:
    """The moment the clock is to show; raises ValueError, TypeError or OverflowError."""
    seconds = body.get("forward_seconds")
    if seconds is None:
        moment = datetime.fromisoformat(_string(body, "now"))
        # The page's date field knows no time zone: the clock's own is meant.
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=now.tzinfo)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        raise TypeError("forward_seconds must be a number")
    return now + timedelta(seconds=seconds)


def _string(body: dict[str, Any], name: str, *, least: int = 1) -> str:
    value = body.get(name)
    if not isinstance(value, str) or len(value) < least:
        raise _refused(400, f"{name} must be text")
    return value


def _shown(person: Person) -> dict[str, Any]:
    return {"id": person.id, "name": person.name, "note": person.note, "blocked": person.blocked}


def _group_shown(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": group.name,
        "note": group.note,
        "members": group.members,
        "withBot": group.with_bot,
    }


def _picture(data: bytes | None) -> web.Response:
    if data is None:
        raise _refused(404, "there is no such picture")
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return web.Response(body=data, content_type=content_type_of(data), headers=headers)


def _refused(status: int, message: str) -> web.HTTPException:
    if status == 413:
        # aiohttp's own wants to know the sizes.
        return web.HTTPRequestEntityTooLarge(
            0, 0, text=json.dumps({"message": message}), content_type="application/json"
        )
    kinds: dict[int, type[web.HTTPException]] = {
        400: web.HTTPBadRequest,
        403: web.HTTPForbidden,
        404: web.HTTPNotFound,
        409: web.HTTPConflict,
        415: web.HTTPUnsupportedMediaType,
    }
    return kinds[status](text=json.dumps({"message": message}), content_type="application/json")
