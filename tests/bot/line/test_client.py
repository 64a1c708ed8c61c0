"""What a call tells about a message, over real HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.line import client as client_module
from bot.line.client import BotInfo, CallFailed, Kind, LineClient, Quota, Sent, new_session
from bot.line.limits import Endpoint

KEY = UUID("12345678-1234-5678-1234-567812345678")
BODY = b'{"replyToken":"t","messages":[{"type":"text","text":"\xe0\xb8\x81"}]}'

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Line:
    """A server that gives one chosen answer to every call and keeps the calls."""

    answer: Answer
    calls: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.calls.append((request.method, request.path, headers, await request.read()))
        return await self.answer(request)


def json_answer(status: int, body: object, **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response(body, status=status, headers=named)

    return answer


@contextlib.asynccontextmanager
async def talking_to(answer: Answer) -> AsyncIterator[tuple[LineClient, Line]]:
    """A client and the server it talks to."""
    line = Line(answer)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", line.handle)
    async with TestServer(app) as server, new_session() as session:
        client = LineClient(session, api_base_url=str(server.make_url("/")), access_token="secret")
        try:
            yield client, line
        finally:
            await client.aclose()


STATUSES = [
    (200, {"sentMessages": []}, Kind.ACCEPTED),
    (202, {}, Kind.ACCEPTED),
    (400, {"message": "Invalid reply token"}, Kind.INVALID_TOKEN),
    (400, {"message": "The request body has 1 error(s)", "details": []}, Kind.REFUSED),
    (400, ["not an object"], Kind.REFUSED),
    (302, {}, Kind.REFUSED),
    (401, {"message": "Authentication failed"}, Kind.UNAUTHORISED),
    (403, {"message": "Access to this API is not available"}, Kind.UNAUTHORISED),
    (404, {"message": "Not found"}, Kind.REFUSED),
    (413, {}, Kind.REFUSED),
    (429, {"message": "The API rate limit has been exceeded. Try again later."}, Kind.RATE_LIMITED),
    (429, {"message": "You have reached your monthly limit."}, Kind.QUOTA_USED_UP),
    (429, {"message": "Too many messages have been sent to the same user."}, Kind.TOO_MANY_TO_ONE),
    (500, {"message": "Internal Server Error"}, Kind.AMBIGUOUS),
    (503, {}, Kind.AMBIGUOUS),
]


@pytest.mark.parametrize(("status", "body", "kind"), STATUSES)
async def test_each_answer_has_its_meaning(status: int, body: object, kind: Kind) -> None:
    """Status and LINE's sentence decide, and the request id is kept for the log."""
    async with talking_to(json_answer(status, body, x_line_request_id="r-1")) as (client, _):
        sent = await client.send("reply", BODY, None)
    message = body.get("message", "") if isinstance(body, dict) else ""
    assert sent == Sent(kind, status, "r-1", message)


async def test_a_repeated_push_names_the_try_that_was_accepted() -> None:
    """409 is a success, under the request id of the first try."""
    answer = json_answer(409, {"message": "taken"}, x_line_request_id="r-2", x_line_accepted_request_id="r-1")
    async with talking_to(answer) as (client, _):
        assert await client.send("push", BODY, KEY) == Sent(Kind.ALREADY_ACCEPTED, 409, "r-1", "taken")


@pytest.mark.parametrize(("endpoint", "key"), [("reply", None), ("push", str(KEY)), ("multicast", str(KEY))], ids=str)
async def test_the_call_is_the_stored_body_and_only_a_push_has_a_key(endpoint: Endpoint, key: str | None) -> None:
    """LINE answers 400 to a retry key on a reply, so it is left out there."""
    async with talking_to(json_answer(200, {})) as (client, line):
        await client.send(endpoint, BODY, KEY)
    [(method, path, headers, body)] = line.calls
    assert (method, path, body) == ("POST", f"/v2/bot/message/{endpoint}", BODY)
    assert headers["authorization"] == "Bearer secret"
    assert headers["content-type"] == "application/json"
    assert headers.get("x-line-retry-key") == key


async def _garbage(_: web.Request) -> web.Response:
    return web.Response(body=b"\xff<html>", content_type="application/json")


async def _breaks_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b"{")
    assert request.transport is not None
    request.transport.close()
    return response


@pytest.mark.parametrize("answer", [_garbage, _breaks_off])
async def test_a_malformed_200_is_accepted(answer: Answer) -> None:
    """The status says that LINE took it; sending it again would say it twice."""
    async with talking_to(answer) as (client, _):
        assert (await client.send("reply", BODY, None)).kind is Kind.ACCEPTED


async def _hangs_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def test_a_connection_lost_without_answer_is_ambiguous() -> None:
    """LINE had read the message, and nobody knows more."""
    async with talking_to(_hangs_up) as (client, line):
        assert (await client.send("push", BODY, KEY)).kind is Kind.AMBIGUOUS
    assert len(line.calls) == 1


async def test_a_silent_server_is_ambiguous(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time-out the message may have been delivered."""
    monkeypatch.setattr(client_module, "TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    silence = asyncio.Event()

    async def silent(_: web.Request) -> web.Response:
        await silence.wait()
        return web.Response()

    async with talking_to(silent) as (client, _):
        sent = await client.send("push", BODY, KEY)
        silence.set()
    assert (sent.kind, sent.status) == (Kind.AMBIGUOUS, 0)


async def test_a_refused_connection_never_sent_anything() -> None:
    """Nobody listens there, so trying again is safe even for a reply."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        async with new_session() as session:
            client = LineClient(session, api_base_url=f"http://127.0.0.1:{port}", access_token="secret")
            assert (await client.send("reply", BODY, None)).kind is Kind.UNREACHABLE
            with pytest.raises(CallFailed):
                await client.bot_info()
            await client.aclose()


def test_time_is_bounded() -> None:
    """No call waits for longer than ten seconds."""
    assert client_module.TIMEOUT.total == 10


async def test_the_session_asks_no_environment_and_has_connections_enough() -> None:
    """Proxies are not looked up, and 100 calls and more run at once."""
    async with new_session() as session:
        assert not session.trust_env
        assert session.connector is not None
        assert session.connector.limit >= 100


async def test_bot_info_is_the_channels_account() -> None:
    """Read through the SDK, with the same base address."""
    info = {
        "userId": "U" + "0" * 32,
        "basicId": "@raingan",
        "displayName": "รายงาน",
        "chatMode": "bot",
        "markAsReadMode": "auto",
    }
    async with talking_to(json_answer(200, info)) as (client, line):
        assert await client.bot_info() == BotInfo("U" + "0" * 32, "รายงาน", "@raingan")
    [(method, path, headers, _)] = line.calls
    assert (method, path, headers["authorization"]) == ("GET", "/v2/bot/info", "Bearer secret")


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"null", b"{}", b'{"basicId": null}', b"\xff\xfe"])
async def test_an_answer_that_is_not_lines_is_a_failed_call(answer: bytes) -> None:
    """A page of a proxy in between does not bring the caller down."""

    async def odd(_: web.Request) -> web.Response:
        return web.Response(body=answer, content_type="application/json")

    async with talking_to(odd) as (client, _):
        with pytest.raises(CallFailed) as failed:
            await client.bot_info()
    assert failed.value.status == 200


@pytest.mark.parametrize(
    ("quota", "read"), [({"type": "limited", "value": 300}, Quota(300, 12)), ({"type": "none"}, Quota(None, 12))]
)
async def test_quota_is_the_plans_limit_and_what_was_used(quota: dict[str, object], read: Quota) -> None:
    """A plan without a limit has none, not zero."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"totalUsage": 12} if request.path.endswith("/consumption") else quota)

    async with talking_to(answer) as (client, _):
        assert await client.quota() == read


async def test_loading_and_leaving_call_their_endpoints() -> None:
    """The animation carries its seconds, a group and a room have a path each."""
    async with talking_to(json_answer(200, {})) as (client, line):
        await client.start_loading("U1", 20)
        left = [await client.leave("C1"), await client.leave("R1")]
    assert [(method, path) for method, path, _, _ in line.calls] == [
        ("POST", "/v2/bot/chat/loading/start"),
        ("POST", "/v2/bot/group/C1/leave"),
        ("POST", "/v2/bot/room/R1/leave"),
    ]
    assert [each.kind for each in left] == [Kind.ACCEPTED, Kind.ACCEPTED]
    assert json.loads(line.calls[0][3]) == {"chatId": "U1", "loadingSeconds": 20}


@pytest.mark.parametrize("seconds", [0, 7, 65])
async def test_loading_takes_5_to_60_seconds_in_steps_of_5(seconds: int) -> None:
    """LINE refuses other numbers, so they are not sent."""
    async with talking_to(json_answer(200, {})) as (client, line):
        with pytest.raises(ValueError, match=str(seconds)):
            await client.start_loading("U1", seconds)
    assert line.calls == []


async def test_a_refused_call_says_the_status() -> None:
    """401 reaches whoever asked, without the SDK's own exceptions."""
    async with talking_to(json_answer(401, {"message": "Authentication failed"})) as (client, _):
        with pytest.raises(CallFailed) as told:
            await client.quota()
    assert told.value.status == 401
