"""The server's PDF: whole, in Thai that can be searched and copied, on numbered pages, made beside the bot."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.pages import press as making
from bot.pages.press import Press, PressUnavailable
from bot.pages.render import STYLESHEET
from tests.bot.pages.full_office import LIBRARIES, LONGEST, SEED_NAME, fill
from tests.bot.pages.reading_room import Visitor, read, reading_room, sent, set_up
from tests.bot.test_seed import narratives

INDICATOR = "/indicators/2570/2300-848"
WORDS = "น้ำ นำ ทำ คำ ชำนาญ ซ้ำ ล้ำค่า จำนวน กำลังทำ ฐานข้อมูล ปฏิญญา ป่า ฝ้าย ฟื้นฟู ปี่ ที่ ศูนย์ ผู้ใช้ เก้าอี้ ๒๕๗๐ 36"
"""Vowels and marks that shaping takes apart, moves or draws as other forms."""


@pytest.fixture
async def visitor(sqlite_database: str, tmp_path: Path) -> AsyncIterator[Visitor]:
    """A visitor of the full office."""
    await fill(tmp_path / "store")
    async with reading_room(tmp_path / "store") as found:
        yield found


async def pages(visitor: Visitor, path: str, folder: Path) -> list[str]:
    """The text of each page of a PDF, as pdftotext reads it."""
    async with visitor.get(path) as answer:
        assert answer.status == 200
        assert answer.content_type == "application/pdf"
        assert 'filename="2300-848-2570.pdf"' in answer.headers["Content-Disposition"]
        (folder / "page.pdf").write_bytes(await answer.read())
    return text_of(folder / "page.pdf")


def text_of(path: Path) -> list[str]:
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def title_of(path: Path) -> str:
    done = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True)
    return done.stdout.decode().partition("Title:")[2].splitlines()[0].strip()


def unspaced(text: str) -> str:
    """Without blanks and line ends, which printing is free to move."""
    return re.sub(r"\s+", "", text)


async def test_the_pdf_is_whole_and_can_be_searched(visitor: Visitor, tmp_path: Path) -> None:
    """Name, results and the four narratives come back letter for letter; pages are numbered, the day is there."""
    found = await pages(visitor, f"{INDICATOR}.pdf", tmp_path)
    text = unspaced("".join(re.sub(r"\n\s*\d+ / \d+\s*$", "", page) for page in found))
    for fact in (*narratives(), SEED_NAME, LONGEST, "ร้อยละ 720 ของเป้าหมาย", "พิมพ์เมื่อวันที่ 20 มกราคม 2570"):
        # A table's cells are read line by line, so a name that wraps in one is looked for by its first words.
        assert unspaced(fact if fact != LONGEST else fact[:24]) in text, fact
    assert [re.search(r"(\d+) / (\d+)\s*$", page.rstrip())[0] for page in found] == [  # type: ignore[index]
        f"{number} / {len(found)}" for number in range(1, len(found) + 1)
    ]
    assert len(re.findall("แห่งที่", text)) == len(LIBRARIES) - 1
    assert text.count("รวมที่ดำเนินการแล้ว") == 1, "a sum at the foot of each sheet reads as that sheet's"


async def test_a_unit_is_printed_line_by_line(visitor: Visitor, tmp_path: Path) -> None:
    """Headings stand on one line above their figures; two indicators and the day of printing take one sheet."""
    async with visitor.get("/units/23000000/2570.pdf") as answer:
        (tmp_path / "unit.pdf").write_bytes(await answer.read())
    found = text_of(tmp_path / "unit.pdf")
    assert len(found) == 1
    assert "พิมพ์เมื่อวันที่ 20 มกราคม 2570" in found[0]
    heads = [line.split() for page in found for line in page.splitlines() if "ค่าเป้าหมาย" in line]
    assert heads == [
        ["ค่าเป้าหมาย", f"({measure})", "ผลงานที่ทำได้", f"({measure})", "ความก้าวหน้า"] for measure in ("ห้อง", "คน")
    ]


async def test_thai_digits_by_choice(visitor: Visitor, tmp_path: Path) -> None:
    """With Thai digits every figure of the prose is Thai, page numbers too; codes stay what is typed into the chat."""
    text = "".join(await pages(visitor, f"{INDICATOR}.pdf?digits=thai", tmp_path))
    assert title_of(tmp_path / "page.pdf").startswith("2300-848 จำนวน")
    assert "๓๑๖,๒๕๙" in text
    assert "๗๒๐" in text
    assert "๑ / " in text
    assert "พิมพ์เมื่อวันที่ ๒๐ มกราคม ๒๕๗๐" in text
    assert "2300-848" in text
    prose = re.sub(r"2300-848|2\.[12]|23000000|https?://\S+", "", text)
    assert not re.search("[0-9]", prose)


@pytest.mark.parametrize("digits", ["", "thai"])
async def test_both_kinds_of_digits_can_be_printed(visitor: Visitor, digits: str) -> None:
    """On a page in either kind of digits the first link prints these, and the second the others."""
    page = await read(visitor, f"{INDICATOR}?digits={digits}")
    printed = re.findall(rf'href="{INDICATOR}\.pdf(\?digits=thai)?"', page)
    assert printed == (["?digits=thai", ""] if digits else ["", "?digits=thai"])


async def test_a_screen_reader_is_told_what_is_what(visitor: Visitor, tmp_path: Path) -> None:
    """The PDF is tagged: its headings and tables are told as such to whoever does not see them."""
    await pages(visitor, f"{INDICATOR}.pdf", tmp_path)
    done = subprocess.run(["pdfinfo", "-struct", str(tmp_path / "page.pdf")], capture_output=True, check=True)  # noqa: ASYNC221
    told = done.stdout.decode().split()
    assert told.count("H1") == 1
    assert told.count("Table") >= 3
    assert told.count("H2") > 10


async def test_every_thai_word_survives(tmp_path: Path) -> None:
    """Words whose letters shaping reorders come back as they were written, in order, from every font at hand."""
    page = f"<html lang=th><body><p>{WORDS}<p><b>{WORDS}</b></body></html>"
    (tmp_path / "words.pdf").write_bytes(await Press().pdf(page, STYLESHEET))
    text = " ".join(" ".join(text_of(tmp_path / "words.pdf")).split())
    assert text.count(WORDS) == 2


async def test_the_bot_goes_on_while_a_pdf_is_made(visitor: Visitor) -> None:
    """Pages are served while a PDF is under way: it is another process that works."""
    printing = asyncio.create_task(read_bytes(visitor, f"{INDICATOR}.pdf"))
    served = 0
    while not printing.done():
        await read(visitor, "/units/23000301/2570")
        served += 1
    assert (await printing).startswith(b"%PDF")
    assert served > 20


async def test_a_picture_that_could_not_be_had_is_printed_later(sqlite_database: str, tmp_path: Path) -> None:
    """While the store is away the PDF is made without its pictures, and anew once it is back, under another ETag."""
    await fill(tmp_path / "store")
    kept = tmp_path / "store" / "evidence"
    printed = []
    async with reading_room(tmp_path / "store") as visitor:
        kept.rename(tmp_path / "away")
        kept.write_text("no folder")
        for back in (False, True):
            if back:
                kept.unlink()
                (tmp_path / "away").rename(kept)
            for _ in range(2):
                async with visitor.get(f"{INDICATOR}.pdf") as answer:
                    printed.append(((await answer.read()).count(b"/Subtype /Image"), answer.headers["ETag"]))
    assert [pictures for pictures, _ in printed] == [0, 0, 1, 1]
    assert len({tag for _, tag in printed}) == 2


async def read_bytes(visitor: Visitor, path: str) -> bytes:
    async with visitor.get(path) as answer:
        return await answer.read()


async def test_too_many_are_asked_to_wait(sqlite_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One PDF at a time and few that wait; whoever comes then is told in words when to try again."""
    monkeypatch.setattr(making, "WAITING_AT_MOST", 1)
    await set_up()
    await sent("23000000", 1, "1")
    async with reading_room() as visitor:
        addresses = (INDICATOR, "/units/23000000/2570", "/units/23000301/2570")
        answers = await asyncio.gather(*(visitor.get(f"{address}.pdf") for address in addresses))
        assert sorted(answer.status for answer in answers) == [200, 503, 503]
        for answer in answers:
            if answer.status == 503:
                assert answer.headers["Retry-After"] == "60"
                assert "โปรดลองใหม่ใน 1 นาที" in await answer.text()
            else:
                assert (await answer.read()).startswith(b"%PDF")


async def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF that takes longer than it may is given up, and the next one is made."""
    press = Press()
    with monkeypatch.context() as hurried:
        hurried.setattr(making, "MADE_WITHIN", 0.05)
        with pytest.raises(PressUnavailable, match="page-busy"):
            await press.pdf("<p>ก</p>", STYLESHEET)
    assert (await press.pdf("<p>ก</p>", STYLESHEET)).startswith(b"%PDF")


async def test_a_page_to_print_opens_no_address(tmp_path: Path) -> None:
    """Neither a file of this machine nor another server is read into a PDF."""
    secret = tmp_path / "secret.txt"
    secret.write_text("ความลับ")
    page = f'<p>ข้อความ<img src="file://{secret}" alt="รูป"><link rel=attachment href="file://{secret}">'
    made = await Press().pdf(page, STYLESHEET)
    (tmp_path / "page.pdf").write_bytes(made)
    assert "ความลับ" not in "".join(text_of(tmp_path / "page.pdf"))
    assert b"EmbeddedFile" not in made
