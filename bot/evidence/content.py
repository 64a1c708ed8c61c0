"""One message's content from LINE: streamed by our own session, because the SDK's cannot, and never more than allowed.

Source: developers.line.biz, "Get content". 202: not ready yet; 410: unsent by its author; 404: no longer kept by LINE.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from urllib.parse import quote

import aiohttp

MOST_BYTES = 10 * 1024 * 1024
"""LINE's own limit for an image that a person sends."""
TIMEOUT = aiohttp.ClientTimeout(total=120, connect=5, sock_read=20)
_CHUNK = 64 * 1024


class Outcome(Enum):
    """What is known of a content after a call."""

    HERE = "here"
    NOT_READY = "not_ready"
    UNSENT = "unsent"
    EXPIRED = "expired"
    """LINE does not keep it any more, or never knew it."""
    TOO_LARGE = "too_large"
    UNAUTHORISED = "unauthorised"
    """401 or 403: the configuration is at fault, not the message."""
    NO_ANSWER = "no_answer"
    """5xx, 429, a time-out or a broken connection: another try may help."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The outcome of one call; `data` is empty unless it is HERE. `status` is 0 without an answer."""

    outcome: Outcome
    data: bytes = b""
    status: int = 0
    request_id: str = ""


class ContentClient:
    """Reads what people sent, at `data_api_base_url` (LINE keeps it apart from the Messaging API).

    `session` stays its maker's.
    """

    def __init__(self, session: aiohttp.ClientSession, *, data_api_base_url: str, access_token: str) -> None:
        self._session = session
        self._base = data_api_base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {access_token}"}

    async def fetch(self, message_id: str, *, most_bytes: int = MOST_BYTES) -> Fetched:
        """The content of a message, at most `most_bytes` of it; never raises for what LINE or the net does."""
        url = f"{self._base}/v2/bot/message/{quote(message_id, safe='')}/content"
        try:
            async with self._session.get(url, headers=self._headers, timeout=TIMEOUT, allow_redirects=False) as answer:
                request_id = answer.headers.get("x-line-request-id", "")
                outcome = _outcome(answer.status)
                if outcome is not Outcome.HERE:
                    return Fetched(outcome, b"", answer.status, request_id)
                data = await _read(answer, most_bytes)
                if data is None:
                    return Fetched(Outcome.TOO_LARGE, b"", answer.status, request_id)
                return Fetched(Outcome.HERE, data, answer.status, request_id)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Fetched(Outcome.NO_ANSWER)


def _outcome(status: int) -> Outcome:
    if status >= 500 or status == 429:
        return Outcome.NO_ANSWER
    known = {
        200: Outcome.HERE,
        202: Outcome.NOT_READY,
        401: Outcome.UNAUTHORISED,
        403: Outcome.UNAUTHORISED,
        410: Outcome.UNSENT,
    }
    return known.get(status, Outcome.EXPIRED)


async def _read(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes | None:
    """The body, or None as soon as it is seen to be larger than allowed, whatever its length was said to be."""
    if (answer.content_length or 0) > most_bytes:
        return None
    held = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        held += chunk
        if len(held) > most_bytes:
            return None
    return bytes(held)
