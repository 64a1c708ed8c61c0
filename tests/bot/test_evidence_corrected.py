"""Pictures and corrections in the real conversations, from the chat to the evidence of each version."""

from __future__ import annotations

from bot.simulator.sample_picture import sample_picture
from models.tables.report import Evidence, Picture
from tests.bot.test_whole_evidence import NAPA, none_waits, until
from tests.town import ROOT, Town, town

OFFICE = ROOT / "tests" / "transcripts" / "libraries.yaml"
START = "2027-01-05T14:00:00+07:00"


async def shows(place: Town, *pictures: bytes) -> str:
    """Napa sends pictures together, and they are fetched; what is answered."""
    person = place.person(NAPA)
    before = place.platform.chat(person.id).last
    assert await place.platform.send_pictures(person.id, pictures) == 200
    (answer,) = await place.answers(NAPA, before)
    await until(none_waits)
    return str(answer["message"]["text"])


async def says(place: Town, text: str) -> str:
    """Napa writes; the last of what is answered."""
    return str((await place.says(NAPA, text))[-1]["message"]["text"])


async def evidence() -> dict[int, set[str]]:
    """The files of each version by its number."""
    found: dict[int, set[str]] = {}
    for each in await Evidence.all().prefetch_related("version"):
        found.setdefault(each.version.version, set()).add(each.path)
    return found


async def test_corrected(database_url: str) -> None:
    """Two pictures stay with a corrected number, and a picture added in the next correction joins them."""
    async with town(database_url, OFFICE, START) as place:
        await place.reporter(NAPA, "LIB-01")
        await says(place, "รายงาน 2300-849 ไตรมาส 1 36 ครั้ง เล่านิทานและอบรมอาสาสมัคร")
        assert "2 รูป" in await shows(place, sample_picture(0), sample_picture(1))
        assert "1/2570-01" in await says(place, "ส่งเลย")
        two = {each.path for each in await Picture.all()}
        assert "รูปแนบ: 2 รูป" in await says(place, "แก้ไข")
        await says(place, "แก้ข้อ 1")
        assert "รูปแนบ: 2 รูป" in await says(place, "38")
        assert "ฉบับที่ 2" in await says(place, "ส่งเลย")
        assert await evidence() == {1: two, 2: two}
        assert "รูปแนบ: 2 รูป" in await says(place, "แก้ไข")
        await shows(place, sample_picture(2))
        assert "รูปแนบ: 3 รูป" in await says(place, "ดูก่อนส่ง")
        assert "ฉบับที่ 3" in await says(place, "ส่งเลย")
        three = {each.path for each in await Picture.all()}
        assert await evidence() == {1: two, 2: two, 3: three}
        assert len(three) == 3
        assert "รูปแนบ: 3 รูป" in await says(place, "แก้ไข")
