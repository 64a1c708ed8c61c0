"""The Messaging API over HTTP: who may call, how often, with what body; each call recorded, each fault applied."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aiohttp import web

from bot.simulator.answers import Answer, Asked, Endpoint, Refused, refuse
from bot.simulator.endpoints import Endpoints
from bot.simulator.faults import Fault, Faults
from bot.simulator.rich_menu_rules import FIELDS
from bot.simulator.shapes import Check, anything, array, fields, pattern, text, truth
from bot.simulator.state import TokenBucket

BODY_BYTES = 2 * 1024 * 1024
RATES: Mapping[str, float] = {"multicast": 200, "loading": 100, "richmenu_list": 10}
"""Calls a second, where it is not `COMMON_RATE`."""
COMMON_RATE = 2000.0
HOURLY: Mapping[str, float] = {
    "richmenu_create": 100,
    "richmenu_delete": 100,
    "richmenu_bulk_link": 3,
    "richmenu_bulk_unlink": 3,
}
"""Calls an hour."""

_RETRY_KEY = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WITH_RETRY_KEY = frozenset({"push", "multicast"})
_OPTIONAL: dict[str, Check] = {
    "notificationDisabled": truth,
    "customAggregationUnits": array(pattern(r"[a-zA-Z0-9_]{1,30}"), least=0, most=1),
}
_BODIES: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "reply": ({"replyToken": text(1000), "messages": anything}, {"notificationDisabled": truth}),
    "push": ({"to": anything, "messages": anything}, _OPTIONAL),
    "multicast": ({"to": anything, "messages": anything}, _OPTIONAL),
    "validate": ({"messages": anything}, {}),
    "loading": ({"chatId": anything}, {"loadingSeconds": anything}),
    "richmenu_create": (FIELDS, {}),
    "richmenu_validate": (FIELDS, {}),
    "richmenu_bulk_link": ({"richMenuId": anything, "userIds": anything}, {}),
    "richmenu_bulk_unlink": ({"userIds": anything}, {}),
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call the bot made, and what it was answered; `status` is 0 when it was cut off.

    `body` is decoded JSON (None without one), `headers` are found in any case.
    """

    endpoint: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: Any
    status: int
    answer: Any
    request_id: str


class MessagingApi:
    """LINE's side of every call that the bot makes."""

    def __init__(
        self, *, endpoints: Endpoints, access_token: str, faults: Faults, rates: Mapping[str, float], calls_kept: int
    ) -> None:
        """`rates`: calls a second by endpoint, over `RATES` and `HOURLY`."""
        self.calls: deque[Call] = deque(maxlen=calls_kept)
        self._endpoints = endpoints
        self._access_token = access_token
        self._faults = faults
        self._rates = {
            **{name: (calls, 3600.0) for name, calls in HOURLY.items()},
            **{name: (calls, 1.0) for name, calls in {**RATES, **rates}.items()},
        }
        self._buckets: dict[str, TokenBucket] = {}

    def routes(self) -> list[web.RouteDef]:
        """Every endpoint; anything else under /v2/ is LINE's 404."""

        def post(path: str, name: str, endpoint: Endpoint) -> web.RouteDef:
            return web.post(path, self._served(name, endpoint))

        def get(path: str, name: str, endpoint: Endpoint) -> web.RouteDef:
            return web.get(path, self._served(name, endpoint), allow_head=False)

        def delete(path: str, name: str, endpoint: Endpoint) -> web.RouteDef:
            return web.delete(path, self._served(name, endpoint))

        do = self._endpoints
        menus = do.rich_menus
        return [
            post("/v2/bot/message/reply", "reply", do.reply),
            post("/v2/bot/message/push", "push", do.push),
            post("/v2/bot/message/multicast", "multicast", do.multicast),
            post(r"/v2/bot/message/validate/{kind:reply|push|multicast}", "validate", do.validate),
            get("/v2/bot/profile/{user_id}", "profile", do.profile),
            get("/v2/bot/info", "info", do.info),
            get("/v2/bot/message/quota", "quota", do.read_quota),
            get("/v2/bot/message/quota/consumption", "quota", do.read_consumption),
            post("/v2/bot/chat/loading/start", "loading", do.loading),
            post(r"/v2/bot/{kind:group|room}/{chat_id}/leave", "leave", do.leave),
            get("/v2/bot/message/{message_id}/content", "content", do.contents.content),
            get("/v2/bot/message/{message_id}/content/preview", "preview", do.contents.content),
            get("/v2/bot/message/{message_id}/content/transcoding", "transcoding", do.contents.transcoding),
            post("/v2/bot/richmenu", "richmenu_create", menus.create),
            post("/v2/bot/richmenu/validate", "richmenu_validate", menus.validate),
            post("/v2/bot/richmenu/bulk/link", "richmenu_bulk_link", menus.link_many),
            post("/v2/bot/richmenu/bulk/unlink", "richmenu_bulk_unlink", menus.unlink_many),
            get("/v2/bot/richmenu/list", "richmenu_list", menus.read_all),
            get("/v2/bot/richmenu/{menu_id}", "richmenu_read", menus.read),
            delete("/v2/bot/richmenu/{menu_id}", "richmenu_delete", menus.delete),
            post("/v2/bot/richmenu/{menu_id}/content", "richmenu_upload", menus.upload),
            get("/v2/bot/richmenu/{menu_id}/content", "richmenu_image", menus.download),
            get("/v2/bot/user/all/richmenu", "richmenu_default", menus.read_default),
            delete("/v2/bot/user/all/richmenu", "richmenu_default", menus.cancel_default),
            post("/v2/bot/user/all/richmenu/{menu_id}", "richmenu_default", menus.set_default),
            get("/v2/bot/user/{user_id}/richmenu", "richmenu_link", menus.read_link),
            delete("/v2/bot/user/{user_id}/richmenu", "richmenu_unlink", menus.unlink),
            post("/v2/bot/user/{user_id}/richmenu/{menu_id}", "richmenu_link", menus.link),
            web.route("*", "/v2/{rest:.*}", self._served("unknown", do.unknown)),
        ]

    def _served(self, name: str, endpoint: Endpoint) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            request_id = secrets.token_hex(8) + "-" + secrets.token_hex(8)
            fault = self._faults.take(name) or Fault()
            raw = await _read(request)
            if not fault.after_accepting:
                await asyncio.sleep(fault.delay_s)
            if fault.after_accepting or not fault.answers:
                answer = self._answer(name, endpoint, request, raw, request_id)
            else:
                answer = Answer(0, None, {})
            if fault.after_accepting:
                await asyncio.sleep(fault.delay_s)
            if fault.answers:
                status = 0 if fault.reset else fault.status or 0
                body = _fault_body(status) if fault.body is None else fault.body
                answer = Answer(status, body, dict(fault.headers))
            self._record(name, request, raw, answer, request_id)
            if fault.reset and request.transport is not None:
                request.transport.abort()
            headers = {"x-line-request-id": request_id, **answer.headers}
            if isinstance(answer.body, bytes):
                return web.Response(body=answer.body, status=answer.status, headers=headers)
            return web.json_response(answer.body, status=answer.status or 500, headers=headers)

        return serve

    def _answer(
        self, name: str, endpoint: Endpoint, request: web.Request, raw: bytes | None, request_id: str
    ) -> Answer:
        try:
            return endpoint(self._asked(name, request, raw, request_id))
        except Refused as refused:
            return refused.answer

    def _asked(self, name: str, request: web.Request, raw: bytes | None, request_id: str) -> Asked:
        """Everything LINE looks at before the endpoint itself, in LINE's order; raises Refused."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not secrets.compare_digest(token.strip().encode(), self._access_token.encode()):
            raise Refused(401, _MESSAGES[401])
        if not self._bucket(name).take():
            raise Refused(429, _MESSAGES[429])
        if raw is None:
            raise Refused(413, "Request body is too large. The maximum size is 2 MB.")
        retry_key = _retry_key(name, request.headers.get("X-Line-Retry-Key"))
        body: dict[str, Any] = {}
        if name in _BODIES:
            if request.content_type != "application/json":
                raise Refused(415, f"Unsupported Media Type: {request.content_type}")
            body = _decoded(raw)
            required, optional = _BODIES[name]
            refuse(list(fields(body, (), required=required, optional=optional)))
        return Asked(request_id, body, raw, retry_key, request.match_info, request.content_type)

    def _bucket(self, name: str) -> TokenBucket:
        if name not in self._buckets:
            calls, seconds = self._rates.get(name, (COMMON_RATE, 1.0))
            self._buckets[name] = TokenBucket(calls, seconds=seconds)
        return self._buckets[name]

    def _record(self, name: str, request: web.Request, raw: bytes | None, answer: Answer, request_id: str) -> None:
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = None
        self.calls.append(
            Call(
                endpoint=name,
                method=request.method,
                path=request.path,
                headers=request.headers,
                body=body,
                status=answer.status,
                answer=f"{len(answer.body)} bytes" if isinstance(answer.body, bytes) else answer.body,
                request_id=request_id,
            )
        )


_MESSAGES = {
    401: "Authentication failed. Confirm that the access token in the authorization header is valid.",
    404: "Not found",
    410: "The content is gone",
    403: "Access to this API is not available for your account",
    429: "The API rate limit has been exceeded. Try again later.",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


def _fault_body(status: int) -> dict[str, Any]:
    # 202: accepted, but the content is not ready yet.
    return {} if status == 202 else {"message": _MESSAGES.get(status, "fault")}


def _retry_key(name: str, header: str | None) -> UUID | None:
    if header is None:
        return None
    if name not in _WITH_RETRY_KEY:
        raise Refused(400, "The retry key is not supported by this API")
    if _RETRY_KEY.fullmatch(header) is None:
        raise Refused(400, "The retry key is invalid")
    return UUID(header)


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _decoded(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise Refused(400, "The request body could not be parsed as JSON (line: -, column: -)")
    return body


async def _read(request: web.Request) -> bytes | None:
    """The whole body, or None when it is larger than LINE takes.

    Read past aiohttp's own `client_max_size`, which belongs to the application these routes are mounted in.
    """
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.content.iter_chunked(65536):
        size += len(chunk)
        if size <= BODY_BYTES:
            chunks.append(chunk)
    return b"".join(chunks) if size <= BODY_BYTES else None
