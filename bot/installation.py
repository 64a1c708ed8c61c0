"""Whose database it is: one that has served a real channel is never the simulator's, nor the other way round."""

from __future__ import annotations

from contextlib import suppress

from tortoise.exceptions import OperationalError

from bot.database import close_database, migrate, open_database, writing
from bot.running import CannotServe
from bot.settings import Settings
from models.tables.audit import Installation

_INSTALLATION = 1


async def prepare(settings: Settings) -> None:
    """Bring the database's tables up to date, unless it is another channel's.

    Raises CannotServe for that, DatabaseUnavailable when it cannot be reached.
    """
    await open_database(settings.database_url)
    try:
        # A database without tables has served nobody.
        with suppress(OperationalError):
            _refuse_another_channel(settings, await Installation.get_or_none(id=_INSTALLATION))
    finally:
        await close_database()
    await migrate(settings.database_url)


async def mark_channel(settings: Settings) -> None:
    """Write down whose database this is; raises CannotServe when it is another channel's."""
    async with writing() as connection:
        found = await Installation.get_or_none(id=_INSTALLATION, using_db=connection)
        _refuse_another_channel(settings, found)
        if found is None:
            await Installation.create(id=_INSTALLATION, channel=settings.channel, using_db=connection)
        elif not found.channel:
            found.channel = settings.channel
            await found.save(update_fields=["channel"], using_db=connection)


def _refuse_another_channel(settings: Settings, found: Installation | None) -> None:
    if found is None or found.channel in ("", settings.channel):
        return
    if settings.simulator:
        raise CannotServe(
            "DATABASE_URL: ฐานข้อมูลนี้ใช้กับช่อง LINE จริงแล้ว ตัวจำลองจะไม่แตะต้อง โปรดตั้งฐานข้อมูลอื่น / "
            "this database has served a real LINE channel; the simulator does not touch it, set another one"
        )
    raise CannotServe(
        "DATABASE_URL: ฐานข้อมูลนี้เป็นของตัวจำลอง โปรดตั้งฐานข้อมูลอื่นสำหรับช่อง LINE จริง / "
        "this database belongs to the simulator; set another one for a real LINE channel"
    )
