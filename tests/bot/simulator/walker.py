"""Someone with a phone before the simulator: Chromium on the bot that runs as `make run` starts it, in a process."""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import BrowserContext, ElementHandle, Locator, Page, expect

from tests.bot_process import BotProcess
from tests.browser import Chromium
from tests.line_calls import check_stored_calls

ROOT = Path(__file__).parents[3]

SMALLEST_LETTERS = 12
"""CSS pixels; below that Thai tone marks run together on a phone."""

_ILLEGIBLE = """(smallest) => {
    const told = (node) => `${node.className}: ${node.textContent.slice(0, 40)}`;
    const shown = [...document.querySelectorAll("body *")].filter((node) =>
        node.checkVisibility() && !node.closest(".unseen, noscript, dialog")
        && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
    const small = shown.filter((node) => parseFloat(getComputedStyle(node).fontSize) < smallest);
    const cut = shown.filter((node) =>
        getComputedStyle(node).overflowX === "hidden" && node.scrollWidth > node.clientWidth + 1);
    const wide = document.documentElement.scrollWidth > innerWidth ? ["the page is wider than the window"] : [];
    return [...small.map(told), ...cut.map(told), ...wide];
}"""


class Bot:
    """`python -m bot serve` without LINE credentials, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        """`folder`: where its database lies and its log is written."""
        self._folder = folder
        self._log = folder / "bot.log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: BotProcess | None = None
        self.killed = False
        """Whether it was ever ended as a power cut does."""

    @property
    def database(self) -> Path:
        """The SQLite file it works on."""
        return self._folder / "walk.sqlite3"

    def start(self, now: str) -> None:
        """Start it at the ISO time `now`, and return when it listens."""
        settings = {"DATABASE_URL": f"sqlite://{self.database}", "SIMULATED_NOW": now}
        self._process = BotProcess(
            *("serve", "--port", str(self._port)), folder=self._folder, settings=settings, output=self._log
        )
        self._process.wait_until_said(f"{self.url}/simulator/")

    @property
    def log(self) -> str:
        """What it has logged so far."""
        return self._log.read_text("utf-8")

    def kill(self) -> None:
        """End it as a power cut does."""
        self.killed = True
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in good order, if it runs."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.join()
            self._process = None


@contextmanager
def running_bot(folder: Path, now: str) -> Iterator[Bot]:
    """A bot that runs from the ISO time `now` on, and is stopped at the end."""
    bot = Bot(folder)
    try:
        bot.start(now)
        yield bot
    finally:
        bot.stop()


@dataclass
class Phone:
    """The simulator's page in one window, and what its browser complained of."""

    page: Page
    bot: Bot
    pictures: Path
    complaints: list[str] = field(default_factory=list)
    _taken: int = 0

    @classmethod
    async def open(cls, window: BrowserContext, bot: Bot, pictures: Path) -> Phone:
        """Open the page; `pictures` is the folder for screenshots."""
        page = await window.new_page()
        phone = cls(page, bot, pictures)
        page.on("pageerror", lambda error: phone.complaints.append(str(error)))
        page.on("console", lambda said: phone.complaints.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: phone._requested(request.url))
        await page.add_init_script(
            "addEventListener('securitypolicyviolation', (event) => console.error('policy', event.violatedDirective))"
        )
        await page.goto(f"{bot.url}/simulator/")
        return phone

    def _requested(self, url: str) -> None:
        if not url.startswith((f"{self.bot.url}/", "data:")):
            self.complaints.append(f"asked elsewhere: {url}")

    @property
    def said(self) -> Locator:
        """The bot's messages: texts and cards."""
        return self.page.locator(".row.bot:not(.loading)")

    @property
    def last(self) -> Locator:
        """The bot's newest message."""
        return self.said.last

    @property
    def card(self) -> Locator:
        """The newest card, or the first of the newest carousel."""
        return self.page.locator(".row.card").last.locator(".flex-bubble").first

    def offered(self, label: str) -> Locator:
        """The quick reply with this label."""
        return self.page.locator("#quick-replies").get_by_text(label, exact=True).first

    async def be(self, name: str) -> None:
        """Take the phone of the person whose tab bears `name`."""
        tab = self.page.get_by_role("tab", name=name)
        await tab.click()
        await expect(tab).to_have_attribute("aria-selected", "true")

    async def follow(self) -> None:
        """Add the bot as a friend."""
        await self._and_hear(self.page.get_by_role("button", name="เพิ่มเพื่อน").click())

    async def write(self, words: str) -> None:
        """Type and send."""
        entry = self.page.get_by_role("textbox", name="ข้อความ")
        await entry.fill(words)
        await entry.press("Enter")

    async def say(self, words: str) -> None:
        """Type, send and wait for the answer."""
        await self._and_hear(self.write(words))

    async def tap(self, label: str) -> None:
        """Tap a quick reply and wait for the answer."""
        await self._and_hear(self.offered(label).click())

    async def tap_late(self, button: ElementHandle) -> None:
        """Tap a button that is no longer shown, as a slow phone does, and wait for the answer."""
        await self._and_hear(button.evaluate("button => button.click()"))

    async def send_pictures(self, *files: Path) -> None:
        """Choose `files` together behind the "+", send them and wait for the answer."""
        await self.page.get_by_role("button", name="ส่งอย่างอื่น").click()
        async with self.page.expect_file_chooser() as opened:
            await self.page.locator("#attachments").get_by_role("button", name="เลือกรูป").click()
        chooser = await opened.value
        await self._and_hear(chooser.set_files(files))

    async def leave_out(self) -> None:
        """Skip what may be skipped, until the preview."""
        preview = self.offered("ส่งรายงาน")
        await expect(preview.or_(self.offered("ข้าม"))).to_be_visible()
        while not await preview.is_visible():
            await self.tap("ข้าม")

    async def send(self) -> None:
        """From the end of the narrative to the receipt."""
        await self.leave_out()
        await self.tap("ส่งรายงาน")

    async def look(self, name: str) -> None:
        """Take a screenshot; nothing may be cut off, too small to read or hidden behind the quick replies."""
        self._taken += 1
        await self.page.screenshot(path=self.pictures / f"{self._taken:02}-{name}.png")
        assert await self.page.evaluate(_ILLEGIBLE, SMALLEST_LETTERS) == []
        hidden = await self.page.locator(".log").evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight")
        assert hidden < 2, f"{hidden} pixels of the newest message are out of sight"

    async def _and_hear(self, act: Awaitable[None]) -> None:
        before = await self.said.count()
        await act
        await expect(self.said.nth(before)).to_be_visible()


@asynccontextmanager
async def opened_phone(chromium: Chromium, bot: Bot, pictures: Path) -> AsyncIterator[Phone]:
    """A phone's window on the page; fails on a complaint of the browser, and on a turn or call that failed in the bot.

    The bot is stopped with it: only then is all that it sent written down.
    """
    window = await chromium.window()
    phone = await Phone.open(window, bot, pictures)
    yield phone
    await window.close()
    # While the bot is away, the lost line is the network's complaint.
    assert [each for each in phone.complaints if "ERR_" not in each] == []
    assert "Traceback" not in bot.log
    assert "dispatch.turn_failed" not in bot.log
    await nothing_on_its_way(bot.database)
    bot.stop()
    check_stored_calls(bot.database, {"sent", "ambiguous"} if bot.killed else {"sent"})


ON_ITS_WAY = "SELECT count(*) FROM outgoing_message WHERE state IN ('waiting', 'sending')"


async def nothing_on_its_way(database: Path) -> None:
    """Wait for LINE's last answer: the page shows a message before, and the simulated LINE goes down with the bot."""
    with closing(sqlite3.connect(database)) as connection, suppress(TimeoutError):
        async with asyncio.timeout(10):
            while connection.execute(ON_ITS_WAY).fetchone() != (0,):  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.02)
