"""The simulator's page in a real browser: the real platform behind it, and a bot that answers from a list."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import ConsoleMessage, Error, FilePayload, Page, expect

from bot.simulator.people import Chat
from tests.bot.simulator.page_stage import BANGKOK, HOSTILE, NAPA, Stage, bubble, staged, text
from tests.browser import DESK, PHONE, Chromium

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG = "จัดทำบรรณนิทัศน์ออนไลน์ ๒๑ ชื่อเรื่อง ผู้ที่น้ำท่วมขังก็เข้าร่วมได้ " * 6


@pytest_asyncio.fixture(loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    """A platform with two people, its page and its bot."""
    async with staged() as built:
        yield built


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tab(chromium: Chromium) -> AsyncIterator[Page]:
    """A phone-sized window's only tab. A new one costs a second; what a page keeps, it keeps by its stage's address."""
    context = await chromium.window(PHONE)
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(tab: Page, stage: Stage) -> AsyncIterator[Page]:
    """The simulator's page, loaded, in Napa's chat; fails on any complaint of the browser."""
    complaints: list[str] = []

    def failed(error: Error) -> None:
        complaints.append(str(error))

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    tab.on("pageerror", failed)
    tab.on("console", said)
    await tab.goto(f"{stage.url}/simulator/")
    await expect(tab.get_by_role("tab", name="นภา ใจดี")).to_have_attribute("aria-selected", "true")
    yield tab
    await tab.unroute_all()
    await tab.goto("about:blank")
    tab.remove_listener("pageerror", failed)
    tab.remove_listener("console", said)
    # A line that a test cut on purpose, or an event refused on purpose, is the network's complaint.
    assert [each for each in complaints if "ERR_" not in each and "status of" not in each] == []


async def write(page: Page, words: str) -> None:
    """Type and send a message."""
    field_ = page.get_by_role("textbox", name="ข้อความ")
    await field_.fill(words)
    await field_.press("Enter")


async def test_page_lets_nothing_else_in(stage: Stage) -> None:
    """Every file carries the strict policy and its own type, and only the files of the page are served."""
    async with aiohttp.ClientSession() as session:
        for path, kind in (
            ("", "text/html"),
            ("static/simulator.css", "text/css"),
            ("static/flex.js", "text/javascript"),
        ):
            async with session.get(f"{stage.url}/simulator/{path}") as answer:
                assert answer.status == 200
                assert answer.content_type == kind
                policy = answer.headers["Content-Security-Policy"]
                assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
                assert "unsafe" not in policy
                assert "frame-ancestors 'none'" in policy
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
        async with session.get(f"{stage.url}/simulator", allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (302, "/simulator/")
        for path in ("static/..%2fpage.py", "static/simulator.html", "static/__init__.py"):
            async with session.get(f"{stage.url}/simulator/{path}") as answer:
                assert answer.status == 404


async def test_history_and_answers(page: Page, stage: Stage) -> None:
    """A message and its answer appear once each, newlines kept, addresses as links, also after a reload."""
    stage.answers["สวัสดี"] = [text("ยินดีต้อนรับ\nดูที่ https://example.org/a?b=1 ได้"), text("กรุณาพิมพ์รหัส")]
    await write(page, "สวัสดี")
    for _ in range(2):
        log = page.get_by_role("log")
        await expect(log.locator(".row.bot")).to_have_count(2)
        await expect(log.locator(".row.own .words")).to_have_text("สวัสดี")
        await expect(log.get_by_role("link")).to_have_attribute("href", "https://example.org/a?b=1")
        await expect(log.locator(".row.bot time").first).to_have_text("14.32 น.")
        assert (
            await log.locator(".row.bot .words").first.evaluate("words => getComputedStyle(words).whiteSpace")
            == "pre-wrap"
        )
        await page.reload()


async def test_nothing_unescaped(page: Page, stage: Stage) -> None:
    """Markup and hostile addresses in names, texts and cards are shown as they are and do nothing."""
    link = {"type": "button", "action": {"type": "uri", "label": "ลวง", "uri": "javascript:document.title=1"}}
    body = {"type": "box", "layout": "vertical", "backgroundColor": "red;background:url(//x)", "contents": [link]}
    card = {"type": "flex", "altText": "ลวง", "contents": {"type": "bubble", "body": body}}
    chat = stage.platform.chat(NAPA)
    chat.add("bot", "message", message=text(HOSTILE))
    chat.add("bot", "message", message=card)  # LINE refuses this one: the page must hold by itself
    await expect(page.locator(".row.bot .words")).to_have_text(HOSTILE)
    await page.get_by_role("button", name="ลวง").click()
    assert await page.locator(".log a, .log img, .log b, .log [style*=url]").count() == 0
    assert await page.title() == "ตัวจำลองแชต LINE · LINE chat simulator"


async def test_quick_replies(page: Page, stage: Stage) -> None:
    """Thirteen quick replies stand under the last message only, echo their displayText and go with a tap."""
    labels = ["แล้ว", "อยู่ระหว่างดำเนินการ", *(f"แก้ข้อ {number}" for number in range(1, 12))]
    stage.answers["แล้ว"] = [text("รับแล้ว")]
    await stage.push(text("ข้อแรก", "เก่า"), text("ข้อสอง", *labels))
    quick = page.get_by_role("group", name="ตัวเลือกคำตอบ").get_by_role("button")
    await expect(quick).to_have_count(13)
    await quick.first.click()
    await expect(page.locator(".row.own .words")).to_have_text("แล้ว")
    await expect(page.locator(".row.bot .words").last).to_have_text("รับแล้ว")
    await expect(quick).to_have_count(0)
    assert stage.heard[-1]["postback"] == {"data": "แล้ว"}


async def test_line_for_pc(page: Page, stage: Stage) -> None:
    """LINE for PC shows no quick replies and does not open the keyboard."""
    await stage.push({"type": "flex", "altText": "การ์ด", "contents": bubble()}, text("เลือก", "แล้ว"))
    await expect(page.get_by_role("button", name="แล้ว", exact=True)).to_be_visible()
    await page.get_by_role("switch", name="LINE for PC").check()
    await expect(page.locator("#quick-replies")).to_be_hidden()
    await page.get_by_role("button", name="แก้ไข").click()
    await page.wait_for_function("() => document.querySelector('#text').value === ''")
    await page.get_by_role("switch", name="LINE for PC").uncheck()
    await page.get_by_role("button", name="แก้ไข").click()
    field_ = page.get_by_role("textbox", name="ข้อความ")
    await expect(field_).to_have_value("๑๒ เรื่อง")
    await expect(field_).to_be_focused()


async def test_card(page: Page, stage: Stage) -> None:
    """A card of eight rows keeps its shares and widths, and its buttons do what they say."""
    await stage.push({"type": "flex", "altText": "การ์ด", "contents": bubble()})
    card = page.locator(".flex-bubble")
    await expect(card.locator(".flex-box.horizontal > .flex-text")).to_have_count(16)
    name, value = [await card.locator(".flex-text").nth(index).bounding_box() for index in (1, 2)]
    assert name
    assert value
    assert name["width"] == pytest.approx(value["width"] * 1.5, rel=0.02)
    bar = card.locator(".flex-box.horizontal > .flex-box")
    assert await bar.evaluate("bar => bar.offsetWidth / bar.parentElement.offsetWidth") == pytest.approx(0.7, abs=0.01)
    assert await bar.evaluate("bar => getComputedStyle(bar).backgroundColor") == "rgb(6, 118, 58)"
    await expect(card.get_by_role("link", name="พิมพ์")).to_have_attribute("rel", "noopener noreferrer")
    await card.get_by_role("button", name="ส่งรายงาน").press("Enter")
    await expect(page.locator(".row.own .words")).to_have_text("ส่งรายงาน")


async def test_carousel_and_templates(page: Page, stage: Stage) -> None:
    """A carousel stays within the window and scrolls by itself; a confirm template sends its message."""
    yes, no = ({"type": "message", "label": label, "text": label} for label in ("ยืนยัน", "ยกเลิก"))
    confirm = {"type": "confirm", "text": "ส่งรายงานหรือไม่", "actions": [yes, no]}
    carousel = {"type": "carousel", "contents": [{**bubble(), "size": "kilo"}, {**bubble(), "size": "kilo"}]}
    await stage.push(
        {"type": "flex", "altText": "สามการ์ด", "contents": carousel},
        {"type": "template", "altText": "ยืนยัน", "template": confirm},
    )
    cards = page.get_by_role("group", name="สามการ์ด")
    assert await cards.evaluate("cards => cards.scrollWidth > cards.clientWidth")
    assert await page.evaluate("() => document.documentElement.scrollWidth") == PHONE[0]
    await page.get_by_role("button", name="ยืนยัน", exact=True).click()
    await expect(page.locator(".row.own .words")).to_have_text("ยืนยัน")


async def test_quick_typing_keeps_its_order(page: Page, stage: Stage) -> None:
    """Messages sent faster than the bot answers arrive in the order they were typed."""
    said = [f"ข้อความที่ {number}" for number in range(12)]
    stage.answers["จบ"] = [text("ครบแล้ว")]
    for words in said:
        await write(page, words)
    await expect(page.locator(".row.own .words")).to_have_text(said)
    await expect(page.get_by_role("textbox", name="ข้อความ")).to_have_value("")
    await write(page, "จบ")
    await expect(page.locator(".row.bot")).to_have_count(1)
    assert stage.texts() == [*said, "จบ"]


async def test_attachments_and_unsending(page: Page, stage: Stage) -> None:
    """The "+" menu sends each kind of message, and a bubble's menu takes it back."""
    for kind in ("sticker", "image", "video", "audio", "file", "location"):
        await page.get_by_role("button", name="ส่งอย่างอื่น").click()
        await page.locator(f"[data-type={kind}]").click()
        await expect(page.locator(f".media-{kind}")).to_be_visible()
    await page.locator(".row.own .bubble").last.click(button="right")
    await page.get_by_role("menuitem", name="ยกเลิกข้อความ").click()
    await expect(page.locator("[data-unsent]")).to_have_text("คุณยกเลิกข้อความนี้แล้วYou unsent this message")
    await expect(page.locator(".row.own")).to_have_count(5)
    assert [event["type"] for event in stage.heard][-1] == "unsend"


@pytest.mark.parametrize("kind", ["sticker", "album"])
async def test_refused_attachment(page: Page, kind: str) -> None:
    """An attachment that is refused is told of once, and is no error of the page."""
    await page.route("**/events", lambda route: route.fulfill(status=400))
    await page.evaluate(
        """() => {
            window.told = [];
            const told = (changes) => window.told.push(...changes.map(({ target }) => target.textContent));
            new MutationObserver(told).observe(document.getElementById("notice"), { childList: true });
        }"""
    )
    await page.get_by_role("button", name="ส่งอย่างอื่น").click()
    if kind == "album":
        picture = FilePayload(name="a.png", mimeType="image/png", buffer=b"\x89PNG")
        await page.locator(".album-field").set_input_files(picture)
    else:
        await page.locator(f"[data-type={kind}]").click()
    await expect(page.get_by_role("alert")).to_contain_text("400")
    await page.wait_for_timeout(100)  # for a second notice
    assert await page.evaluate("() => window.told") == ["ระบบจำลองตอบสถานะ 400 · the simulator refused"]


async def test_blocking(page: Page, stage: Stage) -> None:
    """A chat begins with adding the bot as a friend; who blocks it cannot write to it until they unblock it."""
    await page.get_by_role("button", name="เพิ่มเพื่อน").click()
    await expect(page.locator(".row.system").last).to_contain_text("เพิ่มเพื่อนแล้ว")
    await expect(page.get_by_role("button", name="เพิ่มเพื่อน")).to_have_count(0)
    await page.get_by_role("button", name="บล็อกบอต").click()
    await expect(page.get_by_role("textbox", name="ข้อความ")).to_be_hidden()
    await page.locator("#unblock").click()
    await expect(page.get_by_role("textbox", name="ข้อความ")).to_be_visible()
    assert [event["type"] for event in stage.heard] == ["follow", "unfollow", "follow"]
    assert stage.heard[-1]["follow"] == {"isUnblocked": True}


async def test_loading_animation(page: Page, stage: Stage) -> None:
    """Three dots stand at the end until the bot's next message, or until their seconds have passed."""
    dots = page.locator(".row.loading")
    await stage.call("chat/loading/start", {"chatId": NAPA, "loadingSeconds": 60})
    await expect(dots).to_be_visible()
    await write(page, "รออยู่")
    await expect(page.locator(".log > div").last).to_have_class("row bot loading first")
    await stage.push(text("เสร็จแล้ว"))
    await expect(dots).to_have_count(0)
    await stage.call("chat/loading/start", {"chatId": NAPA, "loadingSeconds": 5})
    await expect(dots).to_be_visible()
    await expect(dots).to_have_count(0, timeout=8000)


async def test_clock(page: Page, stage: Stage) -> None:
    """The clock shows the platform's time in the Buddhist era, ticks, and moves by steps and to a date."""
    face = page.locator(".clock-face")
    await expect(face).to_contain_text("5 ม.ค. 2570 · 14.32.")
    shown = await face.text_content()
    await expect(face).not_to_have_text(shown or "")
    await page.locator(".clock summary").click()
    await page.get_by_role("button", name="+7 วัน").click()
    await expect(face).to_contain_text("12 ม.ค. 2570 · 14.3")
    await page.get_by_label("วันที่").fill("2027-04-01")
    await page.get_by_role("button", name="ตั้งเวลา").click()
    await expect(face).to_contain_text("1 เม.ย. 2570 · 09.00.")
    assert abs(stage.platform.now() - datetime(2027, 4, 1, 9, tzinfo=BANGKOK)) < timedelta(minutes=1)


async def test_tabs(page: Page, stage: Stage) -> None:
    """Each person has a tab and a draft of their own, steered by keys; what comes meanwhile is counted."""
    await page.get_by_role("textbox", name="ข้อความ").fill("ร่างของนภา")
    await page.get_by_role("tab", name="นภา ใจดี").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("tab", name="สมชาย")).to_be_focused()
    await expect(page.get_by_role("textbox", name="ข้อความ")).to_have_value("")
    await stage.push(text("ถึงนภา"))
    await expect(page.locator(f"[data-person={NAPA}] .unread")).to_have_text("1", timeout=8000)
    await page.get_by_role("tab", name="นภา ใจดี").click()
    await expect(page.get_by_role("textbox", name="ข้อความ")).to_have_value("ร่างของนภา")
    await expect(page.locator(".row.bot .words")).to_have_text("ถึงนภา")
    await expect(page.locator(f"[data-person={NAPA}] .unread")).to_be_hidden()


async def test_new_person(page: Page, stage: Stage) -> None:
    """A person added on the page gets a tab at once, and can write."""
    await page.get_by_role("button", name="เพิ่มผู้ใช้").click()
    await page.get_by_label("ชื่อใน LINE").fill("คนใหม่")
    await page.get_by_role("button", name="เพิ่ม Add", exact=True).click()
    await expect(page.get_by_role("tab", name="คนใหม่")).to_have_attribute("aria-selected", "true")
    await write(page, "สวัสดี")
    await expect(page.locator(".row.own .words")).to_have_text("สวัสดี")
    assert len(list(stage.platform.people)) == 3


async def test_reconnects_without_duplicates(page: Page, stage: Stage) -> None:
    """After a dropped line the page says so, comes back by itself and shows every entry once."""
    await stage.push(text("ก่อนหลุด"))
    await expect(page.locator(".row.bot")).to_have_count(1)
    await page.route("**/stream?*", lambda route: route.abort())
    stage.platform.chat(NAPA).close()
    stage.platform.chat(NAPA).add("bot", "message", message=text("ระหว่างหลุด"))
    await expect(page.get_by_text("การเชื่อมต่อหลุด")).to_be_visible()
    await page.unroute("**/stream?*")
    await expect(page.locator(".row.bot .words")).to_have_text(["ก่อนหลุด", "ระหว่างหลุด"], timeout=8000)


async def test_platform_started_anew(page: Page, stage: Stage) -> None:
    """When the platform forgot the chat, the page forgets it too instead of mixing two logs."""
    await stage.push(text("ก่อนเริ่มใหม่"), text("อีกข้อความ"))
    await expect(page.locator(".row.bot")).to_have_count(2)
    former = stage.platform.chat(NAPA)
    stage.platform.forward(timedelta(days=1))
    stage.platform.people._chats[NAPA] = Chat(NAPA, stage.platform.now)
    await stage.push(text("หลังเริ่มใหม่"))
    former.close()
    await expect(page.locator(".row.bot .words")).to_have_text(["หลังเริ่มใหม่"])


@pytest.mark.parametrize("size", [PHONE, DESK])
async def test_looks(chromium: Chromium, stage: Stage, tmp_path: Path, size: tuple[int, int]) -> None:
    """Long Thai, a card of eight rows and quick replies fit the window: no sideways scroll, no clipped tone marks."""
    context = await chromium.window(size)
    page = await context.new_page()
    await page.goto(f"{stage.url}/simulator/")
    await write(page, LONG.strip())
    await stage.push(
        text(LONG.strip()), {"type": "flex", "altText": "การ์ด", "contents": bubble()}, text("เลือก", "แล้ว", "ย้อนกลับ")
    )
    await expect(page.locator(".row.bot")).to_have_count(3)
    await page.screenshot(path=tmp_path / f"{size[0]}.png")
    assert await page.evaluate("() => document.documentElement.scrollWidth") == size[0]
    found = await page.evaluate(
        """() => JSON.stringify([...document.querySelectorAll("#chat *")].filter((node) => {
            const style = getComputedStyle(node);
            const words = [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
            return words && parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.5;
        }).map((node) => node.className))"""
    )
    assert json.loads(found) == []
    frame = await page.get_by_role("tabpanel").bounding_box()
    assert frame
    if size == DESK:
        assert frame["x"] + frame["width"] / 2 == pytest.approx(size[0] / 2, abs=2)
        assert frame["height"] > frame["width"] * 1.8
    else:
        assert frame["width"] == size[0]
        assert frame["y"] + frame["height"] == pytest.approx(size[1], abs=1)
    await context.close()
