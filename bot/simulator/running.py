"""The simulator of another process, for the commands of a second terminal.

Its access token is made up when it starts and its clock is moved on its page: whoever is on this machine asks for both.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import aiohttp
import msgspec
from pydantic import SecretStr

from bot.settings import Settings

PATH = "/simulator/line"


class NoSimulator(Exception):
    """No simulator answers. The sentence is for the person at the command line."""


class Known(msgspec.Struct):
    """What a running simulator says of itself."""

    access_token: str
    now: datetime


async def as_running(settings: Settings, session: aiohttp.ClientSession) -> Settings:
    """These settings with the token and the time of the simulator that listens on their address.

    Those of a real channel come back as they are. Raises NoSimulator.
    """
    if not settings.simulator:
        return settings
    try:
        async with session.get(settings.address + PATH) as answer:
            known = msgspec.json.decode(await answer.read(), type=Known)
    except (aiohttp.ClientError, TimeoutError, msgspec.DecodeError):
        raise NoSimulator(
            f"ยังไม่ได้ตั้งค่าช่อง LINE และไม่มีตัวจำลองที่ {settings.address} ให้ถามโควตา เปิด make run ในอีกหน้าต่างก่อน "
            f"หากเปิดไว้ที่พอร์ตอื่น ให้นำหน้าคำสั่งด้วย PORT=เลขพอร์ต · No LINE channel is set, and no simulator answers "
            f"at {settings.address}: start one with make run in another terminal; if it listens on another port, put "
            "PORT=… in front of the command"
        ) from None
    return replace(settings, line_channel_access_token=SecretStr(known.access_token), simulated_now=known.now)
