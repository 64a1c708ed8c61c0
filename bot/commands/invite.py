"""`python -m bot invite`: print a code that lets people of a unit register."""

from __future__ import annotations

import asyncio

import click

from models.rules.office import Role


@click.command(name="invite")
@click.option(
    "--unit", "units", multiple=True, required=True, help="รหัสหน่วยงาน ระบุได้หลายครั้ง · A unit's code, repeatable."
)
@click.option("--role", required=True, help="reporter, coordinator, evaluator, executive, administrator")
@click.option("--uses", type=click.IntRange(1, 1000), default=1, show_default=True, help="ใช้ได้กี่ครั้ง · How often.")
@click.option("--expires-days", type=click.IntRange(1, 366), default=None, help="หมดอายุในกี่วัน · Days it lasts.")
@click.option("--needs-approval", is_flag=True, help="ต้องให้ผู้ประสานงานอนุมัติ · A coordinator has to approve.")
def command(units: tuple[str, ...], role: str, uses: int, expires_days: int | None, needs_approval: bool) -> None:
    """Print a code that lets people of a unit register. It is shown once; only its hash is kept."""
    from bot.setup.invitations import UnknownUnits

    if role not in set(Role):
        known = ", ".join(Role)
        raise click.ClickException(f"ไม่รู้จักบทบาท {role} ใช้ได้: {known} · There is no role {role}; use one of {known}")
    try:
        code = asyncio.run(_invite(units, Role(role), uses, expires_days, needs_approval=needs_approval))
    except UnknownUnits as unknown:
        raise click.ClickException(
            f"ไม่พบหน่วยงานรหัส {unknown} ให้นำเข้าด้วย python -m bot import ก่อน · "
            f"No unit has the code {unknown}; set it up with python -m bot import first"
        ) from None
    click.echo(code)
    click.echo("พิมพ์ใน LINE ว่า ลงทะเบียน ตามด้วยรหัสนี้ รหัสแสดงครั้งเดียว · Shown once: type it in LINE.", err=True)


async def _invite(
    units: tuple[str, ...], role: Role, uses: int, expires_days: int | None, *, needs_approval: bool
) -> str:
    from bot.clock import Clock
    from bot.commands.tables import opened
    from bot.settings import read_settings
    from bot.setup.invitations import days_from, invite

    settings = read_settings()
    at = Clock(settings.simulated_now, settings.timezone).now()
    async with opened(settings.database_url):
        return await invite(
            units, role, uses=uses, expires_at=days_from(at, expires_days), needs_approval=needs_approval, at=at
        )
