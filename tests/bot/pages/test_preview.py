"""The picture under a shared address: what it says, that nothing of it is cut, and that it follows the page."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from bot.pages.press import Press, PressUnavailable
from bot.pages.preview import HEIGHT, WIDTH, Preview
from bot.pages.preview_process import MARGIN, PAPER, _name, _Text, drawn
from tests.bot.pages.full_office import LONGEST, SEED_NAME
from tests.bot.pages.reading_room import BASE, Visitor, read, reading_room, sent, set_up
from tests.bot.pages.test_safe import HOSTILE

INDICATOR, UNIT = "/indicators/2570/2300-848", "/units/23000000/2570"
EDGE = 16
"""Pixels at the sides where only ground may be."""
NAMES = [SEED_NAME, LONGEST, HOSTILE, "ก", "", "\u202e", "العربية", "ปี่ ป้ำ น้ำ ญี่ปุ่น ฐู", "ก" * 2000]


def preview(name: str, figure: str = "36 ห้อง", share: float | None = 0.4) -> Preview:
    """One with this name."""
    figures = [("ผลงานที่ทำได้", figure), ("ค่าเป้าหมาย", "3 ห้อง")]
    return Preview("รายงานตัวชี้วัด", "ปีงบประมาณ 2570", f"2300-848 · {name}", name, figures, "ร้อยละ 40 ของเป้าหมาย", share)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_nothing_is_cut_off(name: str) -> None:
    """Whatever the name and the unit of measure are, no letter reaches an edge, and the picture is small."""
    made = drawn(preview(name, f"316,259 {name}"))
    with Image.open(io.BytesIO(made)) as opened:
        picture = opened.convert("RGB")
    assert picture.size == (WIDTH, HEIGHT)
    assert len(made) < 60_000
    paper = tuple(bytes.fromhex(PAPER[1:]))
    for side in ((0, 100, EDGE, HEIGHT), (WIDTH - EDGE, 100, WIDTH, HEIGHT), (0, HEIGHT - EDGE, WIDTH, HEIGHT)):
        strip = picture.crop(side)
        assert strip.getcolors() == [(strip.width * strip.height, paper)]


@pytest.mark.parametrize("name", [SEED_NAME, LONGEST])
def test_the_longest_real_names_stand_whole(name: str) -> None:
    """All their letters are there, in at most three lines that end between words, each within its margins."""
    size, lines = _name(name)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert len(lines) <= 3
    assert all(_Text(line, size).width <= WIDTH - 2 * MARGIN for line in lines)
    assert not any(re.match(r"[ะ-ฺ็-๎ๅ]", line) for line in lines)
    if name == SEED_NAME:
        assert [line.startswith(("จำนวน", "เป็น", "ความ")) for line in lines] == [True] * 3


def test_thai_is_shaped() -> None:
    """A tone mark over a tall vowel stands clear of it: with marks a word is no wider, and is drawn higher."""
    assert _Text("ที่", 58).width == _Text("ท", 58).width
    heights = []
    for word in ("ท", "ที", "ที่"):
        text, font, language = _Text(word, 58).runs[0]
        heights.append(font.getbbox(text, anchor="ls", language=language)[1])
    assert heights[0] > heights[1] > heights[2]


async def picture(visitor: Visitor, path: str, **headers: str) -> tuple[int, bytes, str]:
    """Status, bytes and ETag of a page's picture."""
    async with visitor.get(f"{path}.png", headers=headers) as answer:
        return answer.status, await answer.read(), answer.headers["ETag"]


@pytest.mark.parametrize("path", [INDICATOR, UNIT])
@pytest.mark.parametrize("language", ["", "?lang=en"])
async def test_a_shared_page_names_its_picture(sqlite_database: str, path: str, language: str) -> None:
    """The page's tags give an absolute address, a type and a size, and what they lead to is of that type and size."""
    await set_up()
    await sent("23000000", 1, "36")
    async with reading_room() as visitor:
        page = await read(visitor, f"{path}{language}")
        tags = dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', page))
        assert tags["og:image"] == f"{BASE}{path}.png{language}"
        assert tags["og:locale"] == ("en_US" if language else "th_TH")
        assert tags["og:image:alt"] == tags["og:description"]
        async with visitor.get(tags["og:image"].removeprefix(BASE)) as answer:
            assert answer.status == 200
            assert answer.content_type == tags["og:image:type"]
            with Image.open(io.BytesIO(await answer.read())) as opened:
                assert opened.size == (int(tags["og:image:width"]), int(tags["og:image:height"]))


async def test_the_picture_follows_the_page(sqlite_database: str) -> None:
    """Unchanged: 304, made once. A newly accepted result: another picture at once; each language has its own."""
    await set_up()
    await sent("23000000", 1, "36")
    async with reading_room() as visitor:
        _, first, tag = await picture(visitor, INDICATOR)
        assert (await picture(visitor, INDICATOR, **{"If-None-Match": tag}))[0] == 304
        assert (await picture(visitor, f"{INDICATOR}"))[1] == first
        async with visitor.get(f"{INDICATOR}.png?lang=en") as answer:
            assert await answer.read() != first
        await sent("23000000", 1, "37", version=2)
        status, second, changed = await picture(visitor, INDICATOR, **{"If-None-Match": tag})
        assert (status, changed != tag, second != first) == (200, True, True)


async def test_a_machine_without_thai_fonts_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that draws gives up where there is no fontconfig, and the sentence names the package."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PressUnavailable, match="page-no-font"):
        await Press().preview(preview("ก"))
