"""Takes the pictures of the documents anew: `.venv/bin/python -m tests.bot.simulator.pictures`.

A report in the simulator, in Chromium, at a fixed time: `docs/pictures/chat.png` is the chat when the receipt has come,
`docs/pictures/card.png` the progress card alone.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from bot.setup.demo_people import DEMO_CODE
from tests.bot.simulator.walker import ROOT, Bot, opened_phone, running_bot
from tests.browser import PHONE, running_chromium

PICTURES = ROOT / "docs" / "pictures"
NOW = "2027-03-29T14:32"
"""Two weeks before the second quarter is due."""

# The page's policy takes no style sheet from outside, but a script may set a style.
_LAY_BARE = """card => {
    for (let under = card.parentElement; under; under = under.parentElement) under.style.background = "transparent";
}"""


async def take(bot: Bot, folder: Path) -> None:
    """Walk to the receipt with a fresh bot, and write both pictures; `folder` is for what else is looked at."""
    async with running_chromium() as chromium, opened_phone(chromium, bot, folder) as phone:
        await phone.be("ผู้มาใหม่")
        await phone.follow()
        await phone.say(DEMO_CODE.code)
        await phone.say("มาลี สุขใจ บรรณารักษ์")
        await phone.tap("ถูกต้อง")
        await phone.say("รายงาน 2300-849")
        await phone.say("250 คนค่ะ")
        await phone.say("จัดกิจกรรมเล่านิทานทุกวันเสาร์ที่ลานกิจกรรมของห้องสมุด")
        await phone.tap("จบ")
        await phone.send()
        await phone.page.mouse.move(0, 0)
        # The chat alone fills a phone's window: the simulator's own bar stays outside the picture.
        bar = await phone.page.locator(".bench").evaluate("bar => Math.ceil(bar.getBoundingClientRect().height)")
        width, height = PHONE
        await phone.page.set_viewport_size({"width": width, "height": height + bar})
        await phone.look("receipt")
        await phone.page.screenshot(
            path=PICTURES / "chat.png", clip={"x": 0, "y": bar, "width": width, "height": height}
        )
        # Round corners: nothing of the chat shows behind them.
        await phone.card.evaluate(_LAY_BARE)
        await phone.card.screenshot(path=PICTURES / "card.png", omit_background=True)


def main() -> None:
    """Write both pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_bot(folder, NOW) as bot:
            asyncio.run(take(bot, folder))


if __name__ == "__main__":
    main()
