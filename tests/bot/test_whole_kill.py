"""A real process is killed straight after its 200 in mid-report; and what such a process writes into its log."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

from bot.simulator.events import source
from models.tables.chat import WebhookEvent
from models.tables.report import Draft
from tests.town import SECRET, TOKEN, town

OFFICE = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"
TEXT = "จัดกิจกรรมเล่านิทาน ๓ ครั้ง"


@pytest.mark.line_refuses("Invalid reply token")  # of the answer that was on its way
async def test_a_kill_in_mid_report_loses_and_repeats_nothing(sqlite_url: str) -> None:
    """The next start answers once, and the draft holds what was written."""
    async with town(sqlite_url, OFFICE, START) as place:
        person = await place.reporter("นภา", "LIB-02")
        for text in ("รายงาน", "แล้ว", "12"):
            await place.says("นภา", text)
        await place.bot.close()
        port = unused_port()
        process = await place.serve(port)
        chat = place.platform.chat(person.id)
        before = chat.last
        place.clock.forward(timedelta(seconds=30))
        assert await place.platform.say(person.id, TEXT) == 200
        process.kill()
        await process.wait()
        process = await place.serve(port)
        await chat.wait_for_reply(before, timeout=10)
        await asyncio.sleep(0.5)
        process.terminate()
        await process.wait()
        assert len([each for each in chat.after(before) if each["from"] == "bot" and each["kind"] == "message"]) == 1
        await place.start()
        draft = await Draft.get()
        assert [text for _, text in draft.answers["narrative"]["parts"]] == [TEXT]
        assert "1" in (await place.says("นภา", "จบ"))[0]["message"]["text"]


async def test_bad_input_gets_its_status_and_leaves_no_trace_in_the_log(sqlite_url: str) -> None:
    """Unsigned, wrongly signed, oversized, malformed, unknown, one bad among good: the right status, nothing lost."""
    async with town(sqlite_url, OFFICE, START) as place:
        person = await place.reporter("นภา", "LIB-02")
        await place.bot.close()
        process = await place.serve(unused_port())
        platform, where = place.platform, source(person.id)
        good, bad = platform.make.text(where, TEXT), platform.make.text(where, "ข้อความเสีย")
        body = json.dumps({"destination": "U0", "events": [good]}, ensure_ascii=False).encode()
        assert await platform.post(body, None) == 400
        assert await platform.post(body, platform.sign(body + b" ")) == 401
        with pytest.warns(ResourceWarning, match="large body"):  # aiohttp's client, of sending it
            assert await platform.post(b" " * (1024 * 1024 + 1), "x") == 413
        for malformed in (b"", b"{", b'{"events": 1}', b"[" * 10_000, b"\xff\xfe"):
            assert await platform.post(malformed, platform.sign(malformed)) == 400
        assert platform.chat(person.id).last == 0
        unknown = platform.make.event("membership", where, replies=True, membership={"type": "joined"})
        new_kind = platform.make.message(where, "hologram")
        without_id = {key: value for key, value in bad.items() if key != "webhookEventId"}
        odd = {**platform.make.text(where, "x"), "message": {"type": "text", "id": 7, "text": ["ข้อความเสีย"]}}
        events = [unknown, without_id, odd, {**bad, "source": None}, good, new_kind]
        assert await platform.send_events(events) == 200
        said = await platform.chat(person.id).wait_for_reply(0, timeout=10)
        assert said
        assert await platform.redeliver(str(good["webhookEventId"])) == 200
        await asyncio.sleep(0.5)
        process.terminate()
        await process.wait()
        written = process.said.decode()
        assert written
        for secret in (TEXT, "ข้อความเสีย", person.id, SECRET, TOKEN, str(good["replyToken"])):
            assert secret not in written
        await place.start()
        assert await WebhookEvent.filter(id=good["webhookEventId"], state="handled").count() == 1
        assert await WebhookEvent.exclude(state="handled").count() == 0
