"""The calls to LINE: message sending by one plain session of ours, everything that is not hot through line-bot-sdk."""

from __future__ import annotations

import asyncio
import importlib
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any
from uuid import UUID

import aiohttp
import msgspec
from msgspec import Struct

from bot.durations import Durations
from bot.line.limits import Endpoint
from bot.line.rate import CALLS_PER_SECOND, TokenBucket
from bot.settings import Settings

TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
"""Seconds for one call, and of these for getting a connection."""
CONNECTIONS = 200

_KEYED: frozenset[Endpoint] = frozenset({"push", "multicast"})
"""Endpoints that take X-Line-Retry-Key; LINE answers 400 to it on any other, reply included."""


class Kind(Enum):
    """What is known of a message after a call."""

    ACCEPTED = "accepted"
    ALREADY_ACCEPTED = "already_accepted"
    """An earlier try with the same retry key was accepted (409)."""
    INVALID_TOKEN = "invalid_token"  # noqa: S105 - the name of an outcome
    """The reply token is spent or too old."""
    REFUSED = "refused"
    """Another 4xx: the same call would be refused again."""
    RATE_LIMITED = "rate_limited"
    """The only 429 that is worth a retry."""
    QUOTA_USED_UP = "quota_used_up"
    TOO_MANY_TO_ONE = "too_many_to_one"
    UNAUTHORISED = "unauthorised"
    """401 or 403: the configuration is at fault, not the message."""
    AMBIGUOUS = "ambiguous"
    """No answer, or 5xx: LINE may have accepted it."""
    UNREACHABLE = "unreachable"
    """No connection was made: LINE never saw it."""


class Sent(Struct, frozen=True):
    """The outcome of one call. `status` is 0 without an answer; `request_id` goes to the log, LINE keeps none for us.

    After ALREADY_ACCEPTED the id is that of the try that was accepted. `message` is LINE's own sentence or the fault.
    """

    kind: Kind
    status: int = 0
    request_id: str = ""
    message: str = ""


class BotInfo(Struct, frozen=True):
    """The channel's own account."""

    user_id: str
    display_name: str
    basic_id: str
    """"@…", by which people find it."""


class Quota(Struct, frozen=True):
    """Messages a month: `limit` is None on a plan without one, `used` is LINE's approximate count."""

    limit: int | None
    used: int


class CallFailed(Exception):
    """A call that is not a message did not succeed; `status` is 0 when no answer came."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status}: {message}" if status else message)
        self.status = status


def new_session() -> aiohttp.ClientSession:
    """A session for `LineClient`, made inside the running loop and closed by its maker.

    trust_env is off: looking up proxies for each call costs half of its time.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=CONNECTIONS),
        timeout=TIMEOUT,
        trust_env=False,
        cookie_jar=aiohttp.DummyCookieJar(),
    )


class LineClient:
    """One channel's access to the Messaging API at `api_base_url`.

    `session` stays its maker's; `clock` counts seconds for the rate limits, which `processes` share. Bodies are
    checked by `limits.check` before they are stored, not here.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        api_base_url: str,
        access_token: str,
        clock: Callable[[], float] = time.monotonic,
        processes: Callable[[], int] = lambda: 1,
    ) -> None:
        self._session = session
        self._base = api_base_url.rstrip("/")
        self._access_token = access_token
        self._headers = {"Authorization": f"Bearer {access_token}", "Content-Type": "application/json"}
        self._buckets = {name: TokenBucket(rate, clock, processes) for name, rate in CALLS_PER_SECOND.items()}
        self._sdk: Any = None
        self.sends: Counter[tuple[str, ...]] = Counter()
        """Calls of `send` by endpoint and outcome."""
        self.sending = Durations()
        """How long they took."""

    @classmethod
    def of(
        cls, settings: Settings, session: aiohttp.ClientSession, processes: Callable[[], int] = lambda: 1
    ) -> LineClient:
        """Of the channel that the settings name."""
        token = settings.line_channel_access_token.get_secret_value()
        return cls(session, api_base_url=settings.line_api_base_url, access_token=token, processes=processes)

    async def send(self, endpoint: Endpoint, body: bytes, retry_key: UUID | None) -> Sent:
        """Post `body`, the JSON of a whole call, and say what became of it; never raises for what LINE or the net does.

        `retry_key` goes with a push or multicast and is left out of a reply, where LINE forbids it.
        """
        began = time.perf_counter()
        sent = await self._send(endpoint, body, retry_key)
        self.sends[endpoint, sent.kind.value] += 1
        self.sending.add(time.perf_counter() - began)
        return sent

    async def _send(self, endpoint: Endpoint, body: bytes, retry_key: UUID | None) -> Sent:
        await self._buckets[endpoint].wait()
        headers = self._headers
        if retry_key is not None and endpoint in _KEYED:
            headers = {**headers, "X-Line-Retry-Key": str(retry_key)}
        return await self._post(f"{self._base}/v2/bot/message/{endpoint}", body, headers)

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> Sent:
        try:
            async with self._session.post(
                url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as answer:
                return _outcome(answer, await _body_of(answer))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as fault:
            return Sent(Kind.UNREACHABLE, message=type(fault).__name__)
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            return Sent(Kind.AMBIGUOUS, message=type(fault).__name__)

    async def bot_info(self) -> BotInfo:
        """Who the access token belongs to. Raises `CallFailed`."""
        api = await self._api()
        info = await _called(api.get_bot_info(_request_timeout=TIMEOUT))
        if info is None:  # the SDK's reading of the body "null"
            raise CallFailed(200, "null")
        return BotInfo(user_id=info.user_id, display_name=info.display_name, basic_id=info.basic_id)

    async def quota(self) -> Quota:
        """This month's limit and use. Raises `CallFailed`."""
        api = await self._api()
        quota = await _called(api.get_message_quota(_request_timeout=TIMEOUT))
        consumption = await _called(api.get_message_quota_consumption(_request_timeout=TIMEOUT))
        return Quota(limit=quota.value if quota.type.value == "limited" else None, used=consumption.total_usage)

    async def start_loading(self, chat_id: str, seconds: int) -> None:
        """Show the loading animation in a one-to-one chat for 5 to 60 `seconds`, in steps of 5. Raises `CallFailed`."""
        if seconds not in range(5, 61, 5):
            raise ValueError(f"{seconds} is not 5 to 60 seconds in steps of 5")
        api = await self._api()
        from linebot.v3.messaging import ShowLoadingAnimationRequest

        await self._buckets["loading"].wait()
        request = ShowLoadingAnimationRequest(chatId=chat_id, loadingSeconds=seconds)
        await _called(api.show_loading_animation(request, _request_timeout=TIMEOUT))

    async def leave(self, chat_id: str) -> Sent:
        """Leave a group (C…) or room (R…), and say what became of it; never raises for what LINE or the net does."""
        kind = "group" if chat_id.startswith("C") else "room"
        return await self._post(f"{self._base}/v2/bot/{kind}/{chat_id}/leave", b"", self._headers)

    async def aclose(self) -> None:
        """Close the SDK's connections, if any were opened."""
        if self._sdk is not None:
            sdk, self._sdk = self._sdk, None
            await sdk.api_client.close()

    async def _api(self) -> Any:
        if self._sdk is not None:
            return self._sdk
        # On the first call, and beside the loop: it takes over a second, in which nobody should have to wait.
        await asyncio.to_thread(importlib.import_module, "linebot.v3.messaging")
        if self._sdk is None:  # nobody else was faster
            from linebot.v3.messaging import AsyncApiClient, AsyncMessagingApi, Configuration

            client = AsyncApiClient(Configuration(host=self._base, access_token=self._access_token))
            self._sdk = AsyncMessagingApi(client)
            # The SDK's own session asks the environment for a proxy, even for the simulator on loopback.
            own, client.rest_client.pool_manager = client.rest_client.pool_manager, new_session()
            await own.close()
        return self._sdk


async def _called(call: Awaitable[Any]) -> Any:
    from linebot.v3.messaging.exceptions import ApiException

    try:
        return await call
    except ApiException as fault:
        raise CallFailed(fault.status or 0, str(fault.reason)) from fault
    except (aiohttp.ClientError, TimeoutError, OSError) as fault:
        raise CallFailed(0, type(fault).__name__) from fault
    except ValueError as fault:  # the SDK's models say so of an answer that is not LINE's, such as a proxy's page
        raise CallFailed(200, type(fault).__name__) from fault


async def _body_of(answer: aiohttp.ClientResponse) -> bytes:
    """The answer's body, empty when it breaks off: the status has been given, and that is what counts."""
    try:
        return await answer.read()
    except (aiohttp.ClientError, TimeoutError, OSError):
        return b""


def _outcome(answer: aiohttp.ClientResponse, body: bytes) -> Sent:
    message = _message_in(body)
    kind = _kind(answer.status, message)
    name = "x-line-accepted-request-id" if kind is Kind.ALREADY_ACCEPTED else "x-line-request-id"
    return Sent(kind, answer.status, answer.headers.get(name, ""), message)


def _kind(status: int, message: str) -> Kind:
    if 200 <= status < 300:
        return Kind.ACCEPTED
    if status >= 500:
        return Kind.AMBIGUOUS
    if status == 400 and "invalid reply token" in message.lower():
        return Kind.INVALID_TOKEN
    if status == 429:
        return _kind_of_429(message.lower())
    return {401: Kind.UNAUTHORISED, 403: Kind.UNAUTHORISED, 409: Kind.ALREADY_ACCEPTED}.get(status, Kind.REFUSED)


def _kind_of_429(message: str) -> Kind:
    if "monthly limit" in message:
        return Kind.QUOTA_USED_UP
    if "same user" in message or "to one user" in message:
        return Kind.TOO_MANY_TO_ONE
    return Kind.RATE_LIMITED


def _message_in(body: bytes) -> str:
    """LINE's `message`, empty when the body is not LINE's."""
    try:
        read = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    message = read.get("message") if isinstance(read, dict) else None
    # PostgreSQL refuses NUL, and with this sentence whatever is written beside it.
    return message.replace("\0", "") if isinstance(message, str) else ""
