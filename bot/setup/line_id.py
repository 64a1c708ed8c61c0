"""The bot's basic id, "@…": given on the command line, or asked from LINE with the channel's access token."""

from __future__ import annotations

from bot.settings import Settings
from bot.setup.qr import basic_id


class UnknownLineId(Exception):
    """There is no basic id. The sentence is for the person at the command line."""


async def find_line_id(given: str, settings: Settings) -> str:
    """The basic id of the bot. Raises UnknownLineId."""
    if given:
        found = basic_id(given)
        if found is None:
            raise UnknownLineId(
                f"--line-id “{given}” ต้องเป็นไอดีของบัญชีทางการ เช่น @123abcde · has to be a basic id such as @123abcde"
            )
        return found
    if settings.simulator:
        raise UnknownLineId(
            "ต้องระบุ --line-id @… (ดูใน LINE Official Account Manager) หรือตั้งค่า LINE_CHANNEL_ACCESS_TOKEN · "
            "Give --line-id @… or set LINE_CHANNEL_ACCESS_TOKEN"
        )
    return await _asked(settings.line_api_base_url, settings.line_channel_access_token.get_secret_value())


async def _asked(api_base_url: str, token: str) -> str:
    import aiohttp

    from bot.line.client import new_session

    status = ""
    try:
        headers = {"Authorization": f"Bearer {token}"}
        async with new_session() as session, session.get(f"{api_base_url}/v2/bot/info", headers=headers) as answer:
            status = str(answer.status)
            told = await answer.json() if answer.status == 200 else {}
    except (aiohttp.ClientError, TimeoutError, ValueError):
        told = {}
    found = basic_id(str(told.get("basicId", ""))) if isinstance(told, dict) and told.get("basicId") else None
    if found is None:
        raise UnknownLineId(
            f"ถาม LINE ไม่สำเร็จ {status} ให้ระบุ --line-id @… · LINE did not tell the id; give --line-id @…"
        )
    return found
