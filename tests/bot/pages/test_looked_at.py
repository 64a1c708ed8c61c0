"""The pages in a real browser: phone and desk, light and dark, with and without JavaScript, and nothing for axe."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import ConsoleMessage, Page, expect

from bot.database import close_database, open_database
from tests.bot.pages.full_office import LONGEST, fill
from tests.bot.pages.reading_room import reading_room
from tests.browser import DESK, Chromium

pytestmark = pytest.mark.asyncio(loop_scope="session")

SMALL_PHONE = (360, 740)
ADDRESSES = (
    *("/indicators/2570/2300-848", "/indicators/2570/2300-848?lang=en", "/units/23000000/2570"),
    *("/units/23000300/2570", "/units/23000302/2570?lang=en", "/indicators/2570/2300-84"),
)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What can differ between light and dark, where nothing but colours does."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The pages of a full office, which nobody here changes; gives the address of their server."""
    folder = tmp_path_factory.mktemp("site")
    await open_database(f"sqlite://{shutil.copy(sqlite_template, folder / 'full.sqlite3')}")
    await fill(folder / "store")
    async with reading_room(folder / "store") as visitor:
        yield str(visitor.make_url("")).rstrip("/")
    await close_database()


class Reader:
    """A page in a window of its own, about which the browser must have nothing to complain."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404" not in message.text:
            self.complaints.append(message.text)

    async def open(self, url: str, scheme: Any) -> None:
        await self.page.emulate_media(color_scheme=scheme)
        await self.page.goto(url)
        assert self.complaints == []


async def opened(chromium: Chromium, url: str, size: tuple[int, int], scheme: Any, *, scripts: bool = True) -> Page:
    """The page of an address in a window of its own, loaded."""
    reader = Reader(await (await chromium.window(size, scripts=scripts)).new_page())
    await reader.open(url, scheme)
    return reader.page


async def test_axe_finds_nothing(chromium: Chromium, site: str) -> None:
    """WCAG 2.2 AA: no violation on any page, in either size, light or dark; and no page scrolls sideways."""
    found: list[str] = []
    for size in (SMALL_PHONE, DESK):
        reader = Reader(await (await chromium.window(size)).new_page())
        page = reader.page
        for address in ADDRESSES:
            await reader.open(f"{site}{address}", "light")
            found += [f"{address} {size} light: {each}" for each in await violations(page, WCAG)]
            if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{address} {size}: too wide")
            await page.emulate_media(color_scheme="dark")
            found += [f"{address} {size} dark: {each}" for each in await violations(page, OF_COLOURS)]
        await page.context.close()
    assert found == []


async def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds by these rules, with the first places of each."""
    # Of what passes, one place a rule is told; every place of a violation.
    results = await Axe().run(page, options={**rules, "resultTypes": ["violations"]})
    assert results.response["passes"], "axe found nothing that it could look at"
    return [
        f"{each['id']} {[node['html'][:120] for node in each['nodes'][:3]]}" for each in results.response["violations"]
    ]


async def test_dark_differs_in_colours_only(chromium: Chromium, site: str) -> None:
    """Why the colours are all that axe looks at again in the dark: no box has another size or place there."""
    page = await opened(chromium, f"{site}{ADDRESSES[0]}", SMALL_PHONE, "light")
    boxes = "() => [...document.querySelectorAll('*')].map((each) => JSON.stringify(each.getBoundingClientRect()))"
    colours = "() => getComputedStyle(document.body).backgroundColor"
    light, on_light = await page.evaluate(boxes), await page.evaluate(colours)
    await page.emulate_media(color_scheme="dark")
    assert await page.evaluate(boxes) == light
    assert await page.evaluate(colours) != on_light


async def test_the_keyboard_is_seen(chromium: Chromium, site: str) -> None:
    """The first stop leads past the head; each stop has a thick outline of its own; nothing to tap is too small."""
    page = await opened(chromium, f"{site}{ADDRESSES[0]}", SMALL_PHONE, "light")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_in_viewport()
    for _ in range(6):
        await page.keyboard.press("Tab")
        outline = "getComputedStyle(document.activeElement).outline"
        assert "solid 3px" in await page.evaluate(outline)
    small = await page.evaluate(
        "[...document.querySelectorAll('nav a')].map(a => a.getBoundingClientRect())"
        ".filter(box => box.height < 24 || box.width < 24).length"
    )
    assert small == 0
    await page.context.close()


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


@pytest.mark.parametrize("language", ["", "?lang=en"])
@pytest.mark.parametrize("width", [320, 360, 390])
async def test_a_long_number_is_not_broken(chromium: Chromium, site: str, width: int, language: str) -> None:
    """A result in millions with decimals stands on one line, above and in each table, and the page does not scroll."""
    page = await opened(chromium, f"{site}/indicators/2570/2300-849{language}", (width, 740), "light")
    for place in (".figure dd", "table.quarters td", "table.units td"):
        spots = page.locator(place).get_by_text("12,345,678.91")
        assert await spots.count() == 1
        words = "spot => { const all = document.createRange(); all.selectNodeContents(spot); return all; }"
        assert await spots.evaluate(f"spot => ({words})(spot).getClientRects().length") == 1
    inside = "() => [...document.querySelectorAll('.figure')].every(each => each.scrollWidth <= each.clientWidth)"
    assert await page.evaluate(inside)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.context.close()


async def test_many_long_numbers_scroll_in_their_table(chromium: Chromium, site: str) -> None:
    """Four results in millions are wider than a phone: each stays whole, and the table scrolls, not the page."""
    page = await opened(chromium, f"{site}/units/23000000/2570", SMALL_PHONE, "light")
    cells = page.locator("table.quarters").last.locator("td")
    await cells.evaluate_all("cells => cells.forEach(cell => { cell.textContent = '12,345,678.91'; })")
    whole = "cells => cells.every(cell => cell.scrollWidth <= cell.clientWidth && cell.clientHeight < 45)"
    assert await cells.evaluate_all(whole)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await cells.last.scroll_into_view_if_needed()
    await expect(cells.last).to_be_in_viewport(ratio=0.99)
    await page.context.close()


async def test_a_library_opens_at_the_indicator(chromium: Chromium, site: str) -> None:
    """From the libraries behind a number one comes to that indicator on the library's page, not to its head."""
    page = await opened(chromium, f"{site}/indicators/2570/2300-849", SMALL_PHONE, "light")
    await page.get_by_role("link", name="ห้องสมุดเพื่อการเรียนรู้แห่งที่ 2", exact=True).click()
    await expect(page.get_by_role("heading", name="09. จำนวนผู้เข้าร่วม")).to_be_in_viewport()
    await expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()
    await page.context.close()


async def test_the_browser_prints_a_clean_sheet(chromium: Chromium, site: str) -> None:
    """On paper there is no navigation, black on white, and the day of printing in the Buddhist era."""
    page = await opened(chromium, f"{site}{ADDRESSES[0]}", DESK, "dark")
    await page.emulate_media(media="print", color_scheme="light")
    await expect(page.get_by_text("พิมพ์เมื่อวันที่ 20 มกราคม 2570")).to_be_visible()
    await expect(page.locator("nav:visible")).to_have_count(0)
    assert await page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    await page.context.close()
