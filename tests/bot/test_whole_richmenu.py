"""The rich menus with the whole bot: the command as a process, killed and run again, and the links beside the turns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator.faults import Fault
from handlers.menus import MENUS
from tests.bot.test_richmenu_sync import until
from tests.town import Town, invitation, town

LIBRARIES = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-05T09:00:00+07:00"
CODE = "7K4M-22QX-9FHA"


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Town]:
    """An office on its first morning; the menus are not at LINE yet."""
    async with town(sqlite_url, LIBRARIES, START) as found:
        yield found


async def command(office: Town, *words: str) -> tuple[int, str]:
    """`python -m bot richmenu …`: its exit code and what it printed."""
    process = office.command("richmenu", *words)
    code = await asyncio.wait_for(process.wait(), 60)
    return code, process.said.decode()


def shown(office: Town, name: str) -> str:
    """The name of the menu that a person sees, without its fingerprint."""
    menu = office.platform.rich_menus.shown_to(office.person(name).id)
    return menu["name"].rpartition(" ")[0] if menu else ""


async def test_killed_while_it_uploads(office: Town) -> None:
    """A sync that is killed in the middle leaves nothing double and nothing half: the next one ends it."""
    await office.reporter("นภา", "LIB-01")
    office.platform.faults.add("richmenu_upload", Fault(), Fault(delay_s=60))
    process = office.command("richmenu", "sync")
    await until(lambda: [each.endpoint for each in office.platform.calls].count("richmenu_create") == 2)
    await asyncio.sleep(0.2)  # its second upload is under way
    process.kill()
    await process.wait()

    code, said = await command(office, "sync")
    assert (code, said.count("created"), said.count("finished")) == (0, len(MENUS) - 2, 1)
    assert shown(office, "นภา") == "raingan reporter"
    code, said = await command(office, "sync")
    assert (code, said.splitlines()[-1]) == (0, "ตรงแล้ว ไม่มีอะไรเปลี่ยน · up to date, nothing changed")
    code, said = await command(office, "list")
    assert (code, len(said.splitlines()), said.count("everybody")) == (0, len(MENUS), 1)


async def test_the_limit_of_an_hour_is_said(office: Town) -> None:
    """LINE's 429 is a sentence that says what was done and what to do; the same again goes on."""
    office.platform.faults.add("richmenu_create", Fault(), Fault(), Fault(status=429))
    code, said = await command(office, "sync")
    assert (code, said.count("created")) == (1, 2)
    assert "run the same again later" in said
    office.platform.calls.clear()  # the refusal was ordered
    code, said = await command(office, "sync")
    assert (code, said.count("created")) == (0, len(MENUS) - 2)


async def test_a_token_that_line_refuses_is_said(office: Town) -> None:
    """LINE's 401 names the setting."""
    office.platform.faults.add("richmenu_list", Fault(status=401))
    code, said = await command(office, "sync")
    assert code == 1
    assert "LINE refuses LINE_CHANNEL_ACCESS_TOKEN (401)" in said
    office.platform.calls.clear()  # the refusal was ordered


async def test_who_registers_gets_their_menu_and_waits_for_nothing(office: Town) -> None:
    """The answer to a registration does not wait for LINE's menu, which comes when LINE gives it; coming back too."""
    await command(office, "sync")
    await invitation(CODE, ["LIB-01"], office.clock.now())
    office.platform.faults.add("richmenu_link", Fault(delay_s=0.5))
    for words in (CODE, "มาลี สุขใจ บรรณารักษ์"):
        await office.says("มาลี", words)
    assert shown(office, "มาลี") == "raingan stranger"
    answer = await office.says("มาลี", "ถูกต้อง")
    assert "ลงทะเบียนแล้ว" in answer[0]["message"]["text"]
    assert shown(office, "มาลี") == "raingan stranger"
    await until(lambda: shown(office, "มาลี") == "raingan reporter")

    await office.platform.unfollow(office.person("มาลี").id)
    before = [each.endpoint for each in office.platform.calls].count("richmenu_link")
    await office.platform.follow(office.person("มาลี").id)
    await until(lambda: [each.endpoint for each in office.platform.calls].count("richmenu_link") == before + 1)


async def test_draw_asks_nobody(office: Town) -> None:
    """`richmenu draw` writes a picture for each menu into a folder."""
    code, said = await command(office, "draw", "pictures")
    assert (code, len(said.splitlines())) == (0, len(MENUS))
    assert sorted(each.stem for each in (office.folder / "pictures").glob("*.png")) == sorted(MENUS)
