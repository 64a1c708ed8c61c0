"""The pages in a real browser: phone and desk, light and dark, with and without JavaScript, and nothing for axe."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from bot.database import close_database, open_database
from tests.bot.pages.full_office import LONGEST, fill
from tests.bot.pages.reading_room import reading_room
from tests.browser import DESK, Chromium

pytestmark = pytest.mark.asyncio(loop_scope="session")

SMALL_PHONE = (360, 740)
ADDRESSES = ("/indicators/2570/2300-848", "/units/23000000/2570", "/units/23000300/2570", "/indicators/2570/2300-84")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest_asyncio.fixture(loop_scope="session")
async def site(sqlite_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """The pages of a full office; gives the address of their server."""
    await open_database(sqlite_url)
    await fill(tmp_path / "store")
    async with reading_room(tmp_path / "store") as visitor:
        yield str(visitor.make_url("")).rstrip("/")
    await close_database()


async def opened(chromium: Chromium, url: str, size: tuple[int, int], scheme: Any, *, scripts: bool = True) -> Page:
    """A page in a window of its own, loaded, about which the browser had nothing to complain."""
    page = await (await chromium.window(size, scripts=scripts)).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.emulate_media(color_scheme=scheme)
    await page.goto(url)
    assert [said for said in complaints if "404" not in said] == []
    return page


async def test_axe_finds_nothing(chromium: Chromium, site: str) -> None:
    """WCAG 2.2 AA: no violation on any page, in either size, light or dark; and no page scrolls sideways."""
    found: list[str] = []
    for address in ADDRESSES:
        for size in (SMALL_PHONE, DESK):
            for scheme in ("light", "dark"):
                page = await opened(chromium, f"{site}{address}", size, scheme)
                results = await Axe().run(page, options=WCAG)
                for each in results.response["violations"]:
                    nodes = [node["html"][:120] for node in each["nodes"][:3]]
                    found.append(f"{address} {size} {scheme}: {each['id']} {nodes}")
                wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    found.append(f"{address} {size}: {wide} px too wide")
                await page.context.close()
    assert found == []


async def test_everything_is_read_without_javascript(chromium: Chromium, site: str) -> None:
    """With scripts switched off, results, narratives, the longest name and the chart's text are there."""
    page = await opened(chromium, f"{site}{ADDRESSES[0]}", SMALL_PHONE, "light", scripts=False)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("จำนวนห้องสมุดเพื่อการเรียนรู้")
    await expect(page.get_by_role("table").first.get_by_role("row")).to_have_count(5)
    await expect(page.get_by_text("316,259 ครั้ง")).to_be_visible()
    await expect(page.get_by_role("link", name=LONGEST)).to_be_visible()
    image = page.get_by_role("img", name="แผนภูมิผลงานเทียบกับเป้าหมายรายไตรมาส")
    await expect(image.locator("desc")).to_contain_text("ไตรมาสที่ 3 ผลงาน 36 เป้าหมาย 5")
    await expect(image).to_be_visible()
    await page.context.close()


async def test_a_reader_finds_the_way(chromium: Chromium, site: str) -> None:
    """From the indicator to the unit and back, to English, to Thai digits, to a picture, by links alone."""
    page = await opened(chromium, f"{site}{ADDRESSES[0]}", SMALL_PHONE, "light")
    await page.get_by_role("link", name="สำนักวัฒนธรรม กีฬา และการท่องเที่ยว", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("สำนักวัฒนธรรม กีฬา และการท่องเที่ยว")
    await page.get_by_role("link", name="จำนวนห้องสมุดเพื่อการเรียนรู้").click()
    await page.get_by_role("link", name="แสดงเลขไทย").click()
    await expect(page.get_by_role("table").first).to_contain_text("๓๖")
    await expect(page.locator("dl.head")).to_contain_text("2300-848")
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", name="Result against target by quarter")).to_be_visible()
    picture = page.get_by_role("img", name="Picture 1, quarter 4")
    await picture.scroll_into_view_if_needed()
    await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("picture => picture.naturalWidth") == 900
    await expect(page.locator(".pictures img")).to_have_count(1)  # the other one is the office's own
    await page.context.close()


async def test_the_browser_prints_a_clean_sheet(chromium: Chromium, site: str) -> None:
    """On paper there is no navigation, black on white, and the day of printing in the Buddhist era."""
    page = await opened(chromium, f"{site}{ADDRESSES[0]}", DESK, "dark")
    await page.emulate_media(media="print", color_scheme="light")
    await expect(page.get_by_text("พิมพ์เมื่อวันที่ 20 มกราคม 2570")).to_be_visible()
    await expect(page.locator("nav:visible")).to_have_count(0)
    assert await page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    await page.context.close()
