"""The calls of LINE's rich menu API, by one session of ours: the SDK's model refuses Thai that LINE takes.

Source: developers.line.biz, Messaging API reference, "Rich menu". Every call raises `CallFailed` when LINE refuses it
or does not answer; all but `create` may be repeated without harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import msgspec

from bot.line.client import TIMEOUT, CallFailed
from bot.line.rate import TokenBucket
from bot.settings import Settings

USERS_AT_ONCE = 500
"""User ids in one bulk call."""
_LINKS_PER_SECOND = 200
"""LINE takes 2,000; nobody waits for this."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A menu that LINE has."""

    id: str
    name: str


class RichMenuClient:
    """One channel's rich menus. `session` stays its maker's; pictures have a server of their own."""

    def __init__(
        self, session: aiohttp.ClientSession, *, api_base_url: str, data_api_base_url: str, access_token: str
    ) -> None:
        self._session = session
        self._api = api_base_url.rstrip("/") + "/v2/bot"
        self._data_api = data_api_base_url.rstrip("/") + "/v2/bot"
        self._headers = {"Authorization": f"Bearer {access_token}"}
        self._links = TokenBucket(_LINKS_PER_SECOND)

    @classmethod
    def of(cls, settings: Settings, session: aiohttp.ClientSession) -> RichMenuClient:
        """Of the channel that the settings name."""
        return cls(
            session,
            api_base_url=settings.line_api_base_url,
            data_api_base_url=settings.line_data_api_base_url,
            access_token=settings.line_channel_access_token.get_secret_value(),
        )

    async def listed(self) -> list[Listed]:
        """All menus of the channel that were made through the API, whoever made them."""
        answer = await self._call("GET", f"{self._api}/richmenu/list")
        return [Listed(each["richMenuId"], each.get("name", "")) for each in answer["richmenus"]]

    async def create(self, definition: dict[str, Any]) -> str:
        """The new menu's id. At most 100 an hour; one without an answer may be there all the same."""
        answer = await self._call("POST", f"{self._api}/richmenu", json=definition)
        menu_id: str = answer["richMenuId"]
        return menu_id

    async def upload(self, menu_id: str, picture: bytes) -> None:
        """Give a menu its picture, a PNG: once, it can never be replaced."""
        url = f"{self._data_api}/richmenu/{menu_id}/content"
        await self._call("POST", url, data=picture, headers={"Content-Type": "image/png"})

    async def has_picture(self, menu_id: str) -> bool:
        """Whether a picture was uploaded for a menu."""
        return await self._found(f"{self._data_api}/richmenu/{menu_id}/content")

    async def delete(self, menu_id: str) -> None:
        """At most 100 an hour. Whoever is linked to it sees everybody's instead."""
        await self._call("DELETE", f"{self._api}/richmenu/{menu_id}")

    async def default(self) -> str:
        """The id of everybody's menu, empty when there is none."""
        try:
            answer = await self._call("GET", f"{self._api}/user/all/richmenu")
        except CallFailed as failed:
            if failed.status != 404:
                raise
            return ""
        menu_id: str = answer["richMenuId"]
        return menu_id

    async def set_default(self, menu_id: str) -> None:
        """Make it everybody's who has none of their own."""
        await self._call("POST", f"{self._api}/user/all/richmenu/{menu_id}")

    async def link(self, user_id: str, menu_id: str) -> None:
        """Give one person a menu of their own; an empty `menu_id` takes it away."""
        await self._links.wait()
        url = f"{self._api}/user/{user_id}/richmenu"
        await (self._call("POST", f"{url}/{menu_id}") if menu_id else self._call("DELETE", url))

    async def link_many(self, user_ids: Sequence[str], menu_id: str) -> None:
        """The same for up to 500 people; LINE does it in the background. Three calls an hour."""
        linking = {"richMenuId": menu_id, "userIds": list(user_ids)}
        if menu_id:
            await self._call("POST", f"{self._api}/richmenu/bulk/link", json=linking)
        else:
            await self._call("POST", f"{self._api}/richmenu/bulk/unlink", json={"userIds": list(user_ids)})

    async def _found(self, url: str) -> bool:
        try:
            await self._call("GET", url, decode=False)
        except CallFailed as failed:
            if failed.status != 404:
                raise
            return False
        return True

    async def _call(
        self,
        method: str,
        url: str,
        *,
        json: Any = None,
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
        decode: bool = True,
    ) -> Any:
        try:
            async with self._session.request(
                method,
                url,
                json=json,
                data=data,
                headers={**self._headers, **(headers or {})},
                timeout=TIMEOUT,
                allow_redirects=False,
            ) as answer:
                body = await answer.read()
                if not 200 <= answer.status < 300:
                    raise CallFailed(answer.status, _said(body))
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise CallFailed(0, type(fault).__name__) from fault
        try:
            return msgspec.json.decode(body) if decode else None
        except (msgspec.DecodeError, UnicodeDecodeError) as fault:  # a proxy's page instead of LINE's answer
            raise CallFailed(answer.status, type(fault).__name__) from fault


def _said(body: bytes) -> str:
    """LINE's own sentence, empty when the body is not LINE's."""
    try:
        read = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return str(read.get("message", "")) if isinstance(read, dict) else ""
