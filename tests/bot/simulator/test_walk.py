"""A new user's whole way through the bot, in Chromium on a phone-sized window, as `make run` starts it.

The screenshots of each moment lie in pytest's temporary folder (`--basetemp=FOLDER` puts them where you like).
"""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.setup.demo_people import DEMO_CODE
from tests.bot.simulator.walker import ROOT, Bot, Phone

on_the_sessions_loop = pytest.mark.asyncio(loop_scope="session")

NOW = "2027-01-05T14:00"
NEXT_MORNING = "2027-01-06T08:30"
NEWCOMER, REPORTER, COLLEAGUE = "ผู้มาใหม่", "สมหญิง", "วิชัย"
LIBRARY = "ห้องสมุดเพื่อการเรียนรู้บางสะพานไม้"
"""The library of the newcomer's code."""


@on_the_sessions_loop
async def test_from_stranger_to_receipt(phone: Phone) -> None:
    """Follow, code, name, a whole report, its receipt and card, the status, an old button, and past the due date."""
    await phone.be(NEWCOMER)
    await expect(phone.page.locator("#speaking-note")).to_contain_text(DEMO_CODE.code)
    await phone.follow()
    await expect(phone.said.first).to_contain_text("ยินดีต้อนรับ")
    await phone.look("follow")

    await phone.say(f"{DEMO_CODE.code.replace('-', ' ').lower()} ค่ะ")
    await expect(phone.last).to_contain_text(LIBRARY)
    await phone.say("มาลี สุขใจ บรรณารักษ์")
    await expect(phone.last).to_contain_text("คุณมาลี สุขใจ · บรรณารักษ์")
    await phone.look("name")
    await phone.tap("ถูกต้อง")
    await expect(phone.last).to_contain_text("มี 3 รายการรอรายงาน")
    await phone.look("registered")

    await phone.tap("รายงานเลย")
    await expect(phone.last).to_contain_text("2300-850 ร้อยละความพึงพอใจ")
    await phone.look("indicators")
    old_button = await phone.offered("2300-849").element_handle()
    assert old_button is not None
    await phone.tap("2300-849")
    for words in (
        LIBRARY,
        "ผู้เข้าร่วมกิจกรรมส่งเสริมการอ่าน",
        "นับสะสม 1 ต.ค. 69–31 มี.ค. 70",
        "เป้าหมาย 400 คน",
        "ไตรมาส 1/2570: 165 คน",
    ):
        await expect(phone.last).to_contain_text(words)
    await phone.look("result")
    await phone.say("๒๕๐ คนค่ะ")
    await expect(phone.last).to_contain_text("รับแล้ว: 250 คน")
    await phone.look("narrative")
    await phone.say("จัดกิจกรรมเล่านิทานทุกวันเสาร์ที่ลานกิจกรรมของห้องสมุด")
    await phone.say("ผู้เข้าร่วมส่วนใหญ่เป็นเด็กและผู้ปกครองในชุมชน")
    await expect(phone.last).to_contain_text("รับแล้ว 2 ข้อความ")
    await phone.look("narrative-received")
    await phone.tap("จบ")
    await phone.leave_out()
    for words in ("ตรวจก่อนส่ง", LIBRARY, "1 ผล: 250 คน", "ลานกิจกรรมของห้องสมุด", "ผู้ปกครองในชุมชน"):
        await expect(phone.last).to_contain_text(words)
    await phone.look("preview")
    await phone.tap("ส่งรายงาน")
    await expect(phone.last).to_contain_text("ส่งรายงานแล้ว · เลขที่ 2/2570-")
    await expect(phone.last).to_contain_text("5 ม.ค. 2570 เวลา 14.0")
    await expect(phone.last).to_contain_text("ทันกำหนด")
    await phone.look("receipt")

    await expect(phone.card).to_contain_text("250 คน จากเป้าหมาย 400 คน")
    await expect(phone.card).to_contain_text("ร้อยละ 62.5 ของเป้าหมาย")
    cells = phone.card.locator(".flex-box.horizontal > .flex-box.vertical")
    await expect(cells).to_have_text(["ไตรมาส 1165", "ไตรมาส 2250", "ไตรมาส 3–", "ไตรมาส 4–"])
    tops = {round((await cells.nth(each).bounding_box() or {"y": -1})["y"]) for each in range(4)}
    assert len(tops) == 1
    bar = phone.card.locator(".flex-body > .flex-box.vertical > .flex-box.vertical").first
    assert await bar.evaluate("bar => Math.round(100 * bar.offsetWidth / bar.parentElement.offsetWidth)") == 62

    await phone.tap("สถานะ")
    await expect(phone.card.locator("xpath=..").locator(".flex-bubble")).to_have_count(3)
    await expect(phone.last).to_contain_text("มี 2 รายการรอรายงาน")
    await phone.look("status")

    await phone.tap_late(old_button)
    await expect(phone.last).to_contain_text("ปุ่มนี้เป็นของขั้นตอนก่อนหน้า")
    await phone.look("old-button")

    await phone.page.locator(".clock summary").click()
    await phone.page.get_by_label("วันที่").fill("2027-04-20")
    await phone.page.get_by_role("button", name="ตั้งเวลา").click()
    await expect(phone.page.locator(".clock-face")).to_contain_text("20 เม.ย. 2570")
    await phone.look("clock")
    await phone.page.locator(".clock summary").click()
    await phone.say("สถานะ 2300-850")
    await expect(phone.last).to_contain_text("เกินกำหนด 8 วัน")
    await phone.look("overdue")


@on_the_sessions_loop
async def test_three_libraries_and_a_colleague(phone: Phone) -> None:
    """A library is chosen by part of its name; the colleague finds the draft, who began it, and finishes it."""
    await phone.be(REPORTER)
    await phone.follow()
    await phone.say("รายงาน")
    await expect(phone.last).to_contain_text("1. ห้องสมุดเพื่อการเรียนรู้สวนมะลิ")
    await phone.look("libraries")
    await phone.say("มะลิ")
    await expect(phone.last).to_contain_text("ห้องสมุดเพื่อการเรียนรู้สวนมะลิ\nรายงานตัวชี้วัดใด")
    await phone.tap("2300-848")
    await phone.say("แล้วค่ะ")
    await expect(phone.last).to_contain_text("นับสะสม 1 ต.ค. 69–31 มี.ค. 70")
    await phone.look("sub-measure")
    await phone.say("12 เรื่อง")
    await phone.say("จัดทำบรรณนิทัศน์ออนไลน์ เผยแพร่ทางเฟซบุ๊กของห้องสมุด")
    await phone.say("เก็บไว้ก่อน")

    await phone.be(COLLEAGUE)
    await phone.follow()
    await phone.say("รายงาน")
    await expect(phone.last).to_contain_text("2300-848 · ห้องสมุดเพื่อการเรียนรู้สวนมะลิ")
    await phone.look("drafts")
    await phone.say("1")
    await expect(phone.last).to_contain_text("คุณสมหญิง ใจดี เริ่มร่างนี้")
    await phone.look("draft-of-a-colleague")
    await phone.tap("ทำต่อ")
    await phone.look("continued")
    await phone.say("มีผู้เข้าชม ๑,๒๔๐ ครั้ง")
    await phone.tap("จบ")
    await phone.send()
    await expect(phone.last).to_contain_text("ผู้รายงาน: วิชัย รักอ่าน")
    await expect(phone.card).to_contain_text("ดำเนินการแล้ว")
    await phone.look("yes-no-receipt")

    await phone.page.get_by_role("switch", name="LINE for PC").check()
    await expect(phone.page.locator("#quick-replies")).to_be_hidden()
    await phone.look("line-for-pc")


@on_the_sessions_loop
async def test_kill_in_mid_report(phone: Phone, bot: Bot) -> None:
    """After kill -9 and a restart the next morning the page comes back by itself, and so does the draft."""
    await phone.be(REPORTER)
    await phone.follow()
    await phone.say("รายงาน")
    await phone.tap("ลานจำปี")
    await phone.tap("2300-849")
    await phone.say("36")
    await phone.say("เล่านิทานและวาดภาพประกอบ")
    await expect(phone.last).to_contain_text("รับแล้ว 1 ข้อความ")
    bot.kill()
    await expect(phone.page.get_by_text("การเชื่อมต่อหลุด")).to_be_visible()
    await phone.look("line-dropped")

    bot.start(NEXT_MORNING)
    await expect(phone.page.get_by_text("การเชื่อมต่อหลุด")).to_be_hidden(timeout=20_000)
    # The simulated LINE went down with the bot and begins a new chat, in which the page joins.
    await phone.write("รายงาน")
    for words in ("กำลังทำ 2300-849", "ห้องสมุดเพื่อการเรียนรู้ลานจำปี", "รับแล้ว 1 ข้อความ"):
        await expect(phone.last).to_contain_text(words, timeout=20_000)
    await phone.look("resumed")
    await phone.tap("จบ")
    await phone.send()
    await expect(phone.last).to_contain_text("36 คน")
    await expect(phone.last).to_contain_text("6 ม.ค. 2570 เวลา 08.3")
    await phone.look("receipt-after-restart")


@pytest.mark.parametrize("name", ["chat.png", "card.png"])
def test_pictures_of_the_documents(name: str) -> None:
    """The README's pictures are there and small; `python -m tests.bot.simulator.pictures` takes them anew."""
    picture = (ROOT / "docs" / "pictures" / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= 200_000
