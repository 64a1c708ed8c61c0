"""A code for everybody, through the simulator in Chromium: the stranger waits, is refused with a reason, is let in."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.setup.demo_people import SHARED_CODE
from tests.bot.simulator.walker import Phone

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOW = "2027-01-05T14:00"
NEWCOMER, COORDINATOR = "ผู้มาใหม่", "อรุณี"


async def test_a_stranger_is_refused_and_then_let_in(phone: Phone) -> None:
    """What each of both reads on the way, from the code in the tab's note to the first report."""
    await phone.be(NEWCOMER)
    await expect(phone.page.locator("#speaking-note")).to_contain_text(SHARED_CODE.code)
    await phone.say(SHARED_CODE.code)
    await phone.say("ริมน้ำเย็น")
    await phone.say("มาลี สุขใจ บรรณารักษ์")
    await phone.tap("ถูกต้อง")
    await expect(phone.last).to_contain_text("รอผู้ประสานงานอนุมัติ จะแจ้งผลในแชตนี้")
    await phone.be(COORDINATOR)
    await phone.say("อนุมัติ")
    await phone.tap("ไม่อนุมัติ")
    await phone.say("1")
    await expect(phone.last).to_contain_text("ไม่อนุมัติ มาลี สุขใจ")
    await phone.look("reason")
    await phone.tap("เลือกหน่วยงานผิด")
    await phone.be(NEWCOMER)
    await expect(phone.last).to_contain_text("เหตุผล: เลือกหน่วยงานผิด")
    await phone.look("refused")
    await phone.say("สถานะ")
    await expect(phone.last).to_contain_text("ไม่ได้รับอนุมัติ")
    await phone.say(SHARED_CODE.code)
    await phone.say("ตลาดร่มไทร")
    await phone.tap("ถูกต้อง")
    await phone.be(COORDINATOR)
    await phone.say("อนุมัติ")
    await phone.tap("1. มาลี สุขใจ")
    await expect(phone.last).to_contain_text("อนุมัติแล้ว: มาลี สุขใจ")
    await phone.be(NEWCOMER)
    await phone.say("สวัสดี")
    await expect(phone.last).to_contain_text("อนุมัติการลงทะเบียนแล้ว")
    await phone.say("รายงาน")
    await expect(phone.last).to_contain_text("ตลาดร่มไทร")
