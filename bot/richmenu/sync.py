"""Making LINE's rich menus what they should be: built on what LINE has, so it can be stopped anywhere and run again.

First all that is new is made, then everybody is led over, and only then what is old is deleted: nobody is without.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog
from tortoise.connection import get_connection

from bot import sql
from bot.database import writing
from bot.line.client import CallFailed
from bot.richmenu import statements
from bot.richmenu.client import Listed, RichMenuClient
from bot.richmenu.fonts import CannotDraw
from bot.richmenu.links import MenuLinks
from bot.richmenu.wanted import OURS, Wanted, wanted_menus
from handlers.menus import Menu

_LISTENING_SOON = 0.2

_log = structlog.get_logger()


@dataclass(slots=True)
class Done:
    """What a run changed at LINE: the names of menus, and how many people were linked."""

    created: list[str] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    """Made by an earlier run that got no further: they were without a picture."""
    deleted: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Old ones that somebody is still linked to: the next run deletes them."""
    default: bool = False
    """Whether everybody's menu became another one."""
    linked: int = 0

    def __bool__(self) -> bool:
        return bool(self.created or self.finished or self.deleted or self.kept or self.default or self.linked)


async def sync(client: RichMenuClient, wanted: Sequence[Wanted], links: MenuLinks, done: Done) -> None:
    """Bring LINE to what is wanted, and say in `done` what that took. The database is open.

    Raises CallFailed where LINE refuses or does not answer. What was done until then is in `done` and stays; the same
    again goes on from there.
    """
    listed = await client.listed()
    ids = {each.menu: await _present(client, each, listed, done) for each in wanted}
    if await client.default() != ids[Menu.STRANGER]:
        await client.set_default(ids[Menu.STRANGER])
        done.default = True
    async with writing() as connection:
        await sql.write(connection, statements.SAVE_MENU, [(each.menu, each.name, ids[each.menu]) for each in wanted])
    done.linked = await links.set_right()
    for old in listed:
        if old.name.startswith(OURS) and old.id not in ids.values():
            await _delete(client, old, done)


async def simulated_menus(client: RichMenuClient, links: MenuLinks) -> None:
    """Give the simulated LINE of this process, which begins without menus, ours; then keep the links, until closed.

    A machine that cannot draw Thai has a simulator without menus, and its log says what to install.
    """
    try:
        wanted = await asyncio.to_thread(wanted_menus)
    except CannotDraw as lacking:
        _log.warning("richmenu.cannot_draw", reason=str(lacking))
        return
    while not links.closed:
        try:
            await sync(client, wanted, links, Done())
            break
        except CallFailed:  # this process does not listen yet
            await asyncio.sleep(_LISTENING_SOON)
        except Exception:  # noqa: BLE001 - logged; the bot does its work without menus
            _log.exception("richmenu.not_synced")
            return
    await links.run()


async def _present(client: RichMenuClient, wanted: Wanted, listed: Sequence[Listed], done: Done) -> str:
    """The id of this menu at LINE, complete; made if there is none."""
    rows = await sql.fetch(get_connection("default"), statements.KEPT_MENUS)
    known = {row["rich_menu_id"] for row in rows}
    same = sorted((each for each in listed if each.name == wanted.name), key=lambda each: each.id not in known)
    for each in same:
        if each.id in known or await client.has_picture(each.id):
            return each.id
    if same:
        menu_id, made = same[0].id, done.finished
    else:
        menu_id, made = await client.create(wanted.definition), done.created
    await client.upload(menu_id, wanted.picture)
    made.append(wanted.name)
    return menu_id


async def _delete(client: RichMenuClient, old: Listed, done: Done) -> None:
    rows = await sql.fetch(get_connection("default"), statements.STILL_LINKED, old.id)
    if rows[0]["count"]:
        done.kept.append(old.name)
        return
    await client.delete(old.id)
    done.deleted.append(old.name)
