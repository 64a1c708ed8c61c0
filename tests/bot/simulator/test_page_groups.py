"""A LINE group on the simulator's page: brought in, called by name, several who speak."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.simulator.people import Group
from bot.simulator.platform import BOT_ID
from tests.bot.simulator.page_stage import NAPA, SOMCHAI, Stage, staged, text
from tests.browser import PHONE, Chromium

pytestmark = pytest.mark.asyncio(loop_scope="session")

GROUP = "C" + "4" * 32


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    """A platform with two people and a group of one of them."""
    async with staged() as built:
        built.platform.people.add_group(Group("กลุ่มเจ้าหน้าที่", [NAPA], "ยังไม่มีบอต", id=GROUP))
        yield built


@pytest_asyncio.fixture(loop_scope="session")
async def page(chromium: Chromium, stage: Stage) -> AsyncIterator[Page]:
    """The group's tab, open."""
    context = await chromium.window(PHONE)
    page = await context.new_page()
    await page.goto(f"{stage.url}/simulator/")
    await page.get_by_role("tab", name="กลุ่มเจ้าหน้าที่").click()
    await expect(page.locator("#chat-name")).to_have_text("กลุ่มเจ้าหน้าที่")
    yield page
    await context.close()


async def test_a_group_from_invitation_to_removal(page: Page, stage: Stage) -> None:
    """The bot hears what is said while it is in; its name comes from a button, and who comes in speaks at once."""
    stage.answers["@รายงาน สถานะ"] = [text("ส่งแล้ว 0 แห่ง")]
    field = page.get_by_role("textbox", name="ข้อความ")
    await field.fill("บอตยังไม่มา")
    await field.press("Enter")
    await expect(page.locator(".row.own .words")).to_have_text("บอตยังไม่มา")
    await page.locator("#unblock").click()
    await expect(page.locator(".pill").last).to_contain_text("เชิญบอตเข้ากลุ่มแล้ว")
    await expect(page.locator("#blocked")).to_be_hidden()
    await page.get_by_label("พูดในชื่อ").select_option(label="สมชาย รักอ่าน")
    await expect(page.locator(".pill").last).to_contain_text("สมชาย รักอ่าน เข้ากลุ่มแล้ว")
    await expect(page.locator(".row.own")).to_have_count(0)
    await expect(page.locator(".author")).to_have_text(["นภา ใจดี"])
    await page.get_by_role("button", name="เรียกบอต").click()
    await field.press_sequentially("สถานะ")
    await field.press("Enter")
    await expect(page.locator(".row.bot .words").last).to_have_text("ส่งแล้ว 0 แห่ง")
    said = stage.heard[-1]
    assert said["source"] == {"type": "group", "groupId": GROUP, "userId": SOMCHAI}
    await page.get_by_label("พูดในชื่อ").select_option(value="leaves")
    await expect(page.locator(".pill").last).to_contain_text("สมชาย รักอ่าน ออกจากกลุ่มแล้ว")
    await expect(page.get_by_label("พูดในชื่อ").locator("option:checked")).to_have_text("นภา ใจดี")
    await expect(page.get_by_label("พูดในชื่อ").locator("option[value=leaves]")).to_have_count(0)
    assert stage.heard[-1]["left"] == {"members": [{"type": "user", "userId": SOMCHAI}]}
    assert said["message"]["mention"]["mentionees"][0]["userId"] == BOT_ID
    await page.get_by_role("button", name="นำบอตออกจากกลุ่ม").click()
    await expect(page.locator("#blocked")).to_contain_text("บอตไม่อยู่ในกลุ่ม")
    assert [event["type"] for event in stage.heard] == ["join", "memberJoined", "message", "memberLeft", "leave"]


async def test_a_person_has_no_group_bar(page: Page) -> None:
    """Back in somebody's own chat there is nobody to speak as, no mention, and the bot has its own name again."""
    await page.get_by_role("tab", name="นภา ใจดี").click()
    await expect(page.locator("#chat-name")).to_have_text("รายงาน")
    await expect(page.get_by_label("พูดในชื่อ")).to_be_hidden()
    await expect(page.get_by_role("button", name="เรียกบอต")).to_be_hidden()
    await expect(page.get_by_role("button", name="บล็อกบอต")).to_be_visible()
