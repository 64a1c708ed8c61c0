"""The menu under the chat, in Chromium on a phone-sized window, as `make run` starts the bot."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from bot.setup.demo_people import DEMO_CODE
from tests.bot.simulator.walker import Phone

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOW = "2027-01-05T14:00"
NEWCOMER, REPORTER, COORDINATOR = "ผู้มาใหม่", "สมหญิง", "อรุณี"


def menu(phone: Phone) -> Locator:
    """The menu's place at the foot of the chat."""
    return phone.page.locator("#rich-menu")


def button(phone: Phone, label: str) -> Locator:
    """The place in the menu's picture with this label."""
    return menu(phone).get_by_role("button", name=label, exact=True)


async def tap(phone: Phone, label: str) -> None:
    """Tap the menu and wait for the answer."""
    before = await phone.said.count()
    await button(phone, label).click()
    await expect(phone.said.nth(before)).to_be_visible()


async def drawn(phone: Phone) -> None:
    """The menu's picture has come, as wide as the window."""
    picture = menu(phone).locator("img")
    await expect(picture).to_be_visible()
    await picture.evaluate("picture => picture.decode()")
    assert await picture.evaluate("picture => picture.naturalWidth") == 2500
    assert await picture.evaluate("picture => picture.clientWidth === innerWidth")


async def test_a_newcomer_taps_through_to_the_first_question(phone: Phone) -> None:
    """The stranger's menu registers; with the duty comes the reporter's, whose first button begins a report."""
    await phone.be(NEWCOMER)
    await expect(button(phone, "ลงทะเบียน")).to_be_visible(timeout=20_000)
    await drawn(phone)
    await phone.look("stranger")
    await tap(phone, "ลงทะเบียน")
    await expect(phone.page.locator(".row.own .words").last).to_have_text("ลงทะเบียน")
    await phone.say(DEMO_CODE.code)
    await phone.say("มาลี สุขใจ บรรณารักษ์")
    await expect(button(phone, "รายงาน")).to_have_count(0)
    await phone.tap("ถูกต้อง")
    await expect(phone.last).to_contain_text("รายการรอรายงาน")

    bar = menu(phone).locator(".rich-menu-bar")
    await expect(bar).to_have_attribute("aria-expanded", "true")
    await expect(button(phone, "รายงาน")).to_be_visible()
    await drawn(phone)
    await phone.look("reporter")
    await tap(phone, "รายงาน")
    await expect(phone.last).to_contain_text("ตัวชี้วัด")
    await phone.look("question")

    await bar.click()
    await expect(button(phone, "รายงาน")).to_be_hidden()
    await phone.look("folded")
    await phone.page.reload()
    await phone.be(NEWCOMER)
    await expect(button(phone, "แก้ไข")).to_be_visible()


async def test_each_tab_has_its_own_menu(phone: Phone) -> None:
    """Who coordinates sees another menu than who reports; LINE for PC and who blocked the bot have none."""
    await phone.be(REPORTER)
    await expect(button(phone, "รายงาน")).to_be_visible(timeout=20_000)
    await phone.be(COORDINATOR)
    await expect(button(phone, "อนุมัติ")).to_be_visible()
    await expect(button(phone, "รายงาน")).to_have_count(0)
    await drawn(phone)
    await phone.look("coordinator")
    await tap(phone, "สถานะ")
    await phone.page.get_by_role("switch", name="LINE for PC").check()
    await expect(menu(phone)).to_be_hidden()
    await phone.page.get_by_role("switch", name="LINE for PC").uncheck()
    await expect(menu(phone)).to_be_visible()
    await phone.page.get_by_role("button", name="บล็อกบอต").click()
    await expect(menu(phone)).to_be_hidden()
    await phone.page.locator("#unblock").click()
    await expect(button(phone, "อนุมัติ")).to_be_visible()
