"""`python -m bot richmenu`: bring the menus under the chats to LINE, list them, draw them into a folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    from bot.richmenu.client import RichMenuClient
    from bot.richmenu.sync import Done


@click.group()
def command() -> None:
    """Make the rich menus at LINE what they should be (sync), list them, or draw them into a folder."""


@command.command()
def sync() -> None:
    """Make what is missing at LINE, link everybody with theirs, delete what is old. Run again, it changes nothing."""
    from bot.line.client import CallFailed
    from bot.richmenu.fonts import CannotDraw
    from bot.richmenu.sync import Done

    done = Done()
    try:
        asyncio.run(_sync(_real(read_settings()), done))
    except CannotDraw as lacking:
        raise click.ClickException(str(lacking)) from None
    except CallFailed as failed:
        _tell(done)
        raise click.ClickException(_why(failed.status, str(failed))) from None
    _tell(done)


@command.command(name="list")
def list_menus() -> None:
    """List the menus that LINE has: its id, its name, and whether it is everybody's."""
    from bot.line.client import CallFailed

    try:
        lines = asyncio.run(_listed(_real(read_settings())))
    except CallFailed as failed:
        raise click.ClickException(_why(failed.status, str(failed))) from None
    for line in lines or ["ยังไม่มีเมนู · LINE has no rich menu"]:
        click.echo(line)


@command.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def draw(folder: Path) -> None:
    """Write the pictures into FOLDER, to be looked at. Asks nobody."""
    from bot.richmenu.fonts import CannotDraw
    from bot.richmenu.wanted import wanted_menus

    folder.mkdir(parents=True, exist_ok=True)
    try:
        for each in wanted_menus():
            (folder / f"{each.menu}.png").write_bytes(each.picture)
            click.echo(folder / f"{each.menu}.png")
    except CannotDraw as lacking:
        raise click.ClickException(str(lacking)) from None


def _real(settings: Settings) -> Settings:
    if settings.simulator:
        raise click.ClickException(
            "ยังไม่ได้ตั้งค่าช่อง LINE ตัวจำลองทำเมนูให้เองเมื่อเริ่มทำงาน · "
            "No LINE channel is set; the simulator makes its menus by itself when it starts"
        )
    return settings


@asynccontextmanager
async def _client(settings: Settings) -> AsyncIterator[RichMenuClient]:
    from bot.line.client import new_session
    from bot.richmenu.client import RichMenuClient

    async with new_session() as session:
        yield RichMenuClient.of(settings, session)


async def _sync(settings: Settings, done: Done) -> None:
    from bot.clock import Clock
    from bot.commands.tables import opened
    from bot.richmenu.links import MenuLinks
    from bot.richmenu.sync import sync as bring
    from bot.richmenu.wanted import wanted_menus

    wanted = wanted_menus()
    async with opened(settings.database_url), _client(settings) as client:
        await bring(client, wanted, MenuLinks(client, Clock(settings.simulated_now, settings.timezone).now), done)


async def _listed(settings: Settings) -> list[str]:
    async with _client(settings) as client:
        default = await client.default()
        return [
            f"{each.id}  {each.name}{'  (ของทุกคน · everybody)' if each.id == default else ''}"
            for each in await client.listed()
        ]


def _tell(done: Done) -> None:
    for said, names in (
        ("สร้าง · created", done.created),
        ("ทำต่อจนเสร็จ · finished", done.finished),
        ("ลบ · deleted", done.deleted),
        ("รอลบครั้งหน้า ยังมีผู้ใช้อยู่ · kept, still linked", done.kept),
    ):
        for name in names:
            click.echo(f"{said}  {name}")
    if done.default:
        click.echo("ตั้งเมนูของผู้ที่ยังไม่ลงทะเบียนแล้ว · everybody's menu was set")
    if done.linked:
        click.echo(f"เชื่อมเมนูกับ {done.linked} คน · linked {done.linked}")
    if not done:
        click.echo("ตรงแล้ว ไม่มีอะไรเปลี่ยน · up to date, nothing changed")


def _why(status: int, said: str) -> str:
    if status == 429:
        return (
            "LINE รับคำขอครบจำนวนของชั่วโมงนี้แล้ว สั่งซ้ำอีกครั้งภายหลัง งานจะต่อจากที่ค้างไว้ · "
            "LINE has taken its number of calls of this hour; run the same again later, it goes on from here"
        )
    if status in (401, 403):
        return f"LINE ไม่รับ LINE_CHANNEL_ACCESS_TOKEN ({status}) · LINE refuses LINE_CHANNEL_ACCESS_TOKEN ({status})"
    return (
        f"LINE ไม่ตอบหรือไม่รับคำขอ ({said}) สั่งซ้ำได้ งานจะต่อจากที่ค้างไว้ · "
        f"LINE did not answer or refused ({said}); run the same again, it goes on from here"
    )
