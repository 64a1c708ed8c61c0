"""`python -m bot demo`: demonstration data, relative to today."""

from __future__ import annotations

import asyncio

import click


@click.command(name="demo")
def command() -> None:
    """Fill the tables with demonstration data relative to today. Again: nothing is added twice, nothing is lost."""
    from bot.evidence.store import StoreUnavailable
    from bot.setup.demo import RealDatabase
    from bot.setup.demo_people import DEMO_CODES, DEMO_PEOPLE

    try:
        added = asyncio.run(_fill())
    except (RealDatabase, StoreUnavailable) as reason:
        raise click.ClickException(str(reason)) from None
    if added:
        click.echo("เพิ่มข้อมูลตัวอย่างแล้ว · Demonstration data were added.")
    else:
        click.echo("มีข้อมูลตัวอย่างอยู่แล้ว ไม่มีอะไรเปลี่ยนแปลง · The demonstration data are there; nothing changed.")
    for person in DEMO_PEOPLE:
        click.echo(f"  {person.name} — {person.note}")
    click.echo("รหัสเชิญสำหรับผู้ที่ยังไม่ลงทะเบียน · Codes for the stranger:")
    for each in DEMO_CODES:
        waits = "รอผู้ประสานงานอนุมัติ · waits for the coordinator" if each.needs_approval else "เข้าได้ทันที · let in at once"
        click.echo(f"  {each.code} — {waits}")


async def _fill() -> bool:
    from bot.clock import Clock
    from bot.commands.tables import opened
    from bot.evidence.store import open_store
    from bot.settings import read_settings
    from bot.setup.demo import fill_demo

    settings = read_settings()
    async with opened(settings.database_url):
        today = Clock(settings.simulated_now, settings.timezone).now().date()
        return await fill_demo(today, store=await open_store(settings), refuse=True)
