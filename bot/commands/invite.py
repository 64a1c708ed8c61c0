"""`python -m bot invite`: print a code that lets people of a unit register."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.card_files import check_target, write_cards
from models.rules.office import Role

if TYPE_CHECKING:
    from bot.setup.changes import Invited
    from bot.setup.invitations import Deputy, UnknownPrincipal


@click.command(name="invite")
@click.option(
    "--unit", "units", multiple=True, required=True, help="รหัสหน่วยงาน ระบุได้หลายครั้ง · A unit's code, repeatable."
)
@click.option("--role", required=True, help="reporter, coordinator, evaluator, executive, administrator")
@click.option("--uses", type=click.IntRange(1, 1000), default=1, show_default=True, help="ใช้ได้กี่ครั้ง · How often.")
@click.option("--expires-days", type=click.IntRange(1, 366), default=None, help="หมดอายุในกี่วัน · Days it lasts.")
@click.option("--needs-approval", is_flag=True, help="ต้องให้ผู้ประสานงานอนุมัติ · A coordinator has to approve.")
@click.option("--acting-for", default="", help="ชื่อผู้ที่จะปฏิบัติหน้าที่แทน คู่กับ --until · Whom a deputy acts for.")
@click.option("--until", default="", help="วันสุดท้ายที่แทน เช่น 2570-02-28 · A deputy's last day, CE or พ.ศ.")
@click.option(
    "--qr",
    "target",
    type=click.Path(path_type=Path),
    help="เขียนใบเชิญพร้อม QR ลงไฟล์ .html (A4) หรือ .svg · Write a page (A4) or a drawing with a QR code.",
)
@click.option("--line-id", default="", help="ไอดีบอต @… ถ้าไม่ระบุจะถาม LINE · The bot's basic id; else LINE is asked.")
def command(
    units: tuple[str, ...],
    role: str,
    *,
    uses: int,
    expires_days: int | None,
    acting_for: str,
    until: str,
    target: Path | None,
    line_id: str,
    needs_approval: bool,
) -> None:
    """Print a code that lets people of a unit register. It is shown once; only its hash is kept."""
    from bot.setup.invitations import UnknownPrincipal, UnknownUnits
    from bot.setup.line_id import UnknownLineId

    if role not in set(Role):
        known = ", ".join(Role)
        raise click.ClickException(f"ไม่รู้จักบทบาท {role} ใช้ได้: {known} · There is no role {role}; use one of {known}")
    deputy = _deputy(acting_for, until)
    if target is not None:
        check_target(target, {".html", ".svg"})
    try:
        invited, line_id = asyncio.run(
            _invite(
                units,
                Role(role),
                uses,
                expires_days,
                needs_approval=needs_approval,
                deputy=deputy,
                line_id=line_id,
                with_qr=target is not None,
            )
        )
    except UnknownUnits as unknown:
        raise click.ClickException(
            f"ไม่พบหน่วยงานรหัส {unknown} ให้นำเข้าด้วย python -m bot import ก่อน · "
            f"No unit has the code {unknown}; set it up with python -m bot import first"
        ) from None
    except UnknownPrincipal as unknown:
        raise click.ClickException(_who_there_is(unknown)) from None
    except UnknownLineId as unknown:
        raise click.ClickException(str(unknown)) from None
    click.echo(invited.code)
    if target is not None and write_cards(target, [invited], line_id):
        click.echo(f"ใบเชิญพร้อม QR อยู่ใน {target} · The card with the QR code is there.", err=True)
    click.echo("พิมพ์ใน LINE ว่า ลงทะเบียน ตามด้วยรหัสนี้ รหัสแสดงครั้งเดียว · Shown once: type it in LINE.", err=True)


def _deputy(acting_for: str, until: str) -> Deputy | None:
    """What both words say of a deputy; None without them. Raises ClickException."""
    from bot.setup.cells import WrongCell, day
    from bot.setup.invitations import Deputy

    if bool(acting_for.strip()) != bool(until.strip()):
        raise click.ClickException("--acting-for และ --until ต้องระบุคู่กัน · Give --acting-for and --until together")
    if not until.strip():
        return None
    try:
        return Deputy(acting_for, day(until))
    except WrongCell as wrong:
        raise click.ClickException(f"--until {wrong.thai} · --until {wrong.english}") from None


def _who_there_is(unknown: UnknownPrincipal) -> str:
    """Why nobody can be acted for, with the names that can."""
    typed, names = unknown.typed, ", ".join(unknown.names)
    if unknown.several:
        return (
            f"มีผู้ชื่อ {typed} มากกว่าหนึ่งคนในหน่วยงานที่ระบุ ผู้ที่มีหน้าที่อยู่: {names} · "
            f"More than one person there is called {typed}; those with a duty: {names}"
        )
    if not names:
        return f"ไม่พบ {typed} หน่วยงานที่ระบุยังไม่มีผู้ลงทะเบียน · There is no {typed}: nobody is registered there yet"
    return (
        f"ไม่พบ {typed} ในหน่วยงานที่ระบุ (ต้องอยู่ทุกหน่วยงาน) ผู้ที่มีหน้าที่อยู่: {names} · "
        f"No {typed} has a duty in the unit (in all of them, if several); those with a duty: {names}"
    )


async def _invite(
    units: tuple[str, ...],
    role: Role,
    uses: int,
    expires_days: int | None,
    *,
    needs_approval: bool,
    deputy: Deputy | None,
    line_id: str,
    with_qr: bool,
) -> tuple[Invited, str]:
    from bot.clock import Clock
    from bot.commands.tables import opened
    from bot.settings import read_settings
    from bot.setup.changes import Invited
    from bot.setup.invitations import days_from, invite
    from bot.setup.line_id import find_line_id
    from models.tables.organisation import Unit

    settings = read_settings()
    at = Clock(settings.simulated_now, settings.timezone).now()
    if deputy and deputy.until < at.date():
        raise click.ClickException("วันที่ใน --until ผ่านไปแล้ว · The day of --until has passed")
    if with_qr:  # before the code is made: it is made only once
        line_id = await find_line_id(line_id, settings)
    async with opened(settings.database_url):
        code = await invite(
            units,
            role,
            uses=uses,
            expires_at=days_from(at, expires_days),
            needs_approval=needs_approval,
            deputy=deputy,
            at=at,
        )
        names = {each.code: each.name for each in await Unit.filter(code__in=list(units))}
        return Invited("", "", role.value, {each: names[each] for each in dict.fromkeys(units)}, code), line_id
