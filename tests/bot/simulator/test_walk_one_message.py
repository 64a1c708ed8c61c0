"""Somebody who knows the bot: one message, what the checks ask, a picture, a slip mended, a report taken back.

In Chromium on a phone-sized window, as `make run` starts the bot; the screenshots lie in pytest's temporary folder.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.simulator.sample_picture import sample_picture
from tests.bot.simulator.walker import Phone

on_the_sessions_loop = pytest.mark.asyncio(loop_scope="session")

NOW = "2027-03-29T14:32"
"""Two weeks before the second quarter is due."""
LIBRARY = "ห้องสมุดเพื่อการเรียนรู้สวนมะลิ"
"""It reported 120 people in the first quarter."""
NARRATIVE = """\
จัดกิจกรรมเล่านิทานและอบรมอาสาสมัครอ่านหนังสือให้ผู้สูงอายุ ที่ลานกิจกรรมของห้องสมุดทุกวันเสาร์ \
มีผู้เข้าร่วมรวม 36 คน ส่วนใหญ่เป็นเด็กและผู้ปกครองในชุมชน แบ่งเป็น
เดือน ม.ค. เล่านิทานประกอบหุ่นมือและวาดภาพระบายสี
เดือน ก.พ. อบรมอาสาสมัครอ่านหนังสือ ร่วมกับโรงเรียนในพื้นที่และศูนย์บริการสาธารณสุข
เดือน มี.ค. นิทรรศการหนังสือน่าอ่าน ประชาสัมพันธ์ทางเฟซบุ๊กของห้องสมุดและป้ายหน้าห้องสมุด
ปัญหา: ฝนตกหนักในเดือน ก.พ. ทำให้เลื่อนกิจกรรมหนึ่งครั้ง"""
ENDING = "ทำให้เลื่อนกิจกรรมหนึ่งครั้ง"
"""What the preview's excerpt does not reach."""
FALLS = "ผลสะสมลดลง: ไตรมาส 1/2570 รายงาน 120 คน ครั้งนี้"


@on_the_sessions_loop
async def test_one_message_to_a_report_taken_back(phone: Phone, tmp_path: Path) -> None:
    """Both numbers are offered, the preview shortens, the picture counts, the slip is version 2, and it is undone."""
    await phone.be("สมหญิง")
    await phone.follow()
    await phone.say(f"รายงาน 2300-849 ไตรมาส 2 63 คน {NARRATIVE}")
    await phone.tap("สวนมะลิ")
    for words in ("ขอตรวจสอบ 2 จุด", f"{FALLS} 63 คน", "รายงาน 63 คน", "รายละเอียดเขียนว่า “36 คน”"):
        await expect(phone.last).to_contain_text(words)
    for label in ("แก้ตัวเลข", "36 คน", "แก้รายละเอียด", "ถูกต้องแล้ว"):
        await expect(phone.offered(label)).to_be_attached()
    await phone.look("two-warnings")
    await phone.tap("36 คน")
    await expect(phone.last).to_contain_text("รับแล้ว: 36 คน")
    await expect(phone.last).to_contain_text(f"{FALLS} 36 คน")
    await phone.look("one-warning")
    await phone.say("ไตรมาสก่อนนับผู้เข้าร่วมซ้ำ")

    for words in ("ตรวจก่อนส่ง", LIBRARY, "1 ผล: 36 คน", "พิมพ์ “อ่านทั้งหมด”", "3 คำอธิบาย: ไตรมาสก่อนนับผู้เข้าร่วมซ้ำ"):
        await expect(phone.last).to_contain_text(words)
    await expect(phone.last).not_to_contain_text(ENDING)
    await phone.look("preview")
    await phone.tap("อ่านทั้งหมด")
    await expect(phone.said.filter(has_text=ENDING)).to_have_count(1)
    await expect(phone.last).to_contain_text("ตรวจก่อนส่ง")
    await phone.look("read-in-full")

    photo = tmp_path / "photo.jpg"
    photo.write_bytes(sample_picture())
    await phone.send_pictures(photo)
    await expect(phone.last).to_contain_text("รับรูปแล้ว 1 รูป")
    shown = phone.page.locator(".row.own img.photo")
    await expect(shown).to_have_count(1)
    assert await shown.evaluate("photo => photo.decode().then(() => photo.naturalHeight)") == 1200
    await phone.look("picture")
    await phone.tap("ดูก่อนส่ง")
    await expect(phone.last).to_contain_text("รูปแนบ: 1 รูป")
    await phone.tap("ส่งรายงาน")
    await expect(phone.last).to_contain_text("ส่งรายงานแล้ว · เลขที่ 2/2570-")
    await expect(phone.card).to_contain_text("36 คน จากเป้าหมาย 400 คน")
    await phone.look("receipt")

    await phone.say("พิมพ์ผิด 35 ไม่ใช่ 36")
    await expect(phone.last).to_contain_text("รายละเอียดเขียนว่า “36 คน”")
    await phone.look("slip")
    await phone.say("แก้ 36 คน เป็น 35 คน")
    await phone.look("slip-in-the-narrative")
    await phone.say("ไตรมาสก่อนนับผู้เข้าร่วมซ้ำ")
    for words in ("ส่งแล้วฉบับที่ 1", "1 ผล: 35 คน", "รวม 35 คน"):
        await expect(phone.last).to_contain_text(words)
    await phone.look("preview-again")
    await phone.tap("ส่งรายงาน")
    await expect(phone.last).to_contain_text("(ฉบับที่ 2)")
    await expect(phone.card).to_contain_text("35 คน จากเป้าหมาย 400 คน")

    await phone.say("ขอถอน")
    await expect(phone.last).to_contain_text(f"ขอถอน 2300-849 · {LIBRARY}")
    await phone.say("ตัวเลขยังไม่ครบ")
    await expect(phone.last).to_contain_text("ผลที่ส่งไว้: 35 คน")
    await phone.look("withdraw")
    await phone.tap("ถอนรายงาน")
    await expect(phone.last).to_contain_text("ถอนรายงานแล้ว")
    await phone.look("withdrawn")
    await phone.say("เหลือกี่วัน")
    await expect(phone.last).to_contain_text("เหลือ 14 วัน")
    await expect(phone.last).to_contain_text(f"2300-848, 2300-849, 2300-850 · {LIBRARY}")
    await phone.look("days-left")

    await phone.say("สถานะ 2300-849")
    await expect(phone.card).to_contain_text("120 คน จากเป้าหมาย 400 คน")
    await phone.look("status")
