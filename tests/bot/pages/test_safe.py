"""Whatever is typed into an address or into a report, a page stays a page."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.database import close_database, open_database
from models.tables.indicator import Activity, Indicator, Target
from models.tables.organisation import Unit
from tests.bot.pages.full_office import PICTURE
from tests.bot.pages.reading_room import BASE, OFFICE, read, reading_room, sent, set_up
from tests.bot.pages.test_printed import text_of, unspaced

INDICATOR = "/indicators/2570/2300-848"
BUREAU = "23000000"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} ' onmouseover='x \"\u202eย้อนกลับ\u202c \u0627\u0644"
    " </p></main>&lt;b&gt; " + "ก" * 500 + " https://example.com/" + "a" * 300
)


@pytest.mark.parametrize("path", [INDICATOR, f"/units/{BUREAU}/2570", "/indicators/2570/x", "/"])
async def test_every_answer_lets_nothing_else_in(sqlite_database: str, path: str) -> None:
    """A strict policy, no sniffing, no referrer; no script, no style attribute, no address of another site."""
    await set_up()
    async with reading_room() as visitor, visitor.get(path) as answer:
        policy, page = answer.headers["Content-Security-Policy"], await answer.text()
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self'")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not re.search(r"<script|\sstyle=|\son\w+=", page)
    loaded = re.findall(r'(?:src|href)="([^"]+)"', re.sub(r"<a [^>]*>|<link rel=\"canonical\"[^>]*>", "", page))
    assert [each for each in loaded if not each.startswith(("/pages/", "/pictures/", "data:,"))] == []


async def test_what_people_typed_is_text(sqlite_database: str) -> None:
    """Markup, scripts, quotes, marks of direction and very long words are shown as they were typed, on every page."""
    await set_up()
    await sent(BUREAU, 1, "1", narrative=HOSTILE)
    await Indicator.filter(code="2300-848").update(
        name=HOSTILE, unit_of_measure=HOSTILE, definition=HOSTILE, links=[HOSTILE], projects=[HOSTILE]
    )
    await Unit.filter(code=BUREAU).update(name=HOSTILE)
    async with reading_room() as visitor:
        for path in (INDICATOR, f"{INDICATOR}?digits=thai", f"/units/{BUREAU}/2570", "/indicators/2570/2300-84"):
            page = await read(visitor, path, 404 if path.endswith("-84") else 200)
            assert not re.search(r"<script|<img|onerror=alert\(1\)>", page)
            assert "&lt;script&gt;alert(" in page
            head = page.split("<body", 1)[0]
            assert "\u202e" not in head  # a title stands beside other people's words


async def test_what_a_library_was_granted_and_told_is_text(sqlite_database: str, tmp_path: Path) -> None:
    """A library's own narrative, and what was granted to it with document and reason: page, workbook and PDF."""
    library = "23000301"
    await set_up()
    await sent(library, 1, "1", narrative=HOSTILE)
    granted: dict[str, Any] = {
        "indicator": await Indicator.get(code="2300-848"),
        "unit": await Unit.get(code=library),
        "fiscal_year": 2570,
        "document_number": HOSTILE[:100],
        "reason": HOSTILE,
    }
    for month in (1, 2):
        await Activity.create(**granted, valid_from=date(2027, month, 1), text=HOSTILE)
        await Target.create(**granted, valid_from=date(2027, month, 1), text=HOSTILE)
    async with reading_room() as visitor:
        page = await read(visitor, f"/units/{library}/2570")
        assert not re.search(r"<script|<img|onerror=alert\(1\)>", page)
        assert page.count("&lt;script&gt;alert(") == 1 + 4 * 3 + 1  # and the target itself, beside its figures
        async with visitor.get(f"/units/{library}/2570.xlsx") as answer:
            details = openpyxl.load_workbook(io.BytesIO(await answer.read()))["รายละเอียด"]
        cells = [cell for row in details.iter_rows() for cell in row if cell.value in (HOSTILE, HOSTILE[:100])]
        assert [cell.data_type for cell in cells] == ["s"] * 4 * 3
        async with visitor.get(f"/units/{library}/2570.pdf") as answer:
            (tmp_path / "page.pdf").write_bytes(await answer.read())
        assert unspaced("".join(text_of(tmp_path / "page.pdf"))).count("<script>alert(") == 1 + 4 * 3 + 1


async def test_what_people_typed_is_text_in_every_format(sqlite_database: str, tmp_path: Path) -> None:
    """JSON, CSV and XLSX give it letter for letter, the PDF and the chart show it, the preview is a picture."""
    await set_up()
    await sent(BUREAU, 1, "1", narrative=HOSTILE)
    await Indicator.filter(code="2300-848").update(name=HOSTILE, unit_of_measure=HOSTILE)
    async with reading_room() as visitor:
        data = json.loads(await read(visitor, f"{INDICATOR}.json"))
        assert [data["name"], data["unit_of_measure"], data["quarters"][0]["report"]["narrative"]] == [HOSTILE] * 3
        rows = list(csv.reader(io.StringIO((await read(visitor, f"{INDICATOR}.csv")).lstrip("\ufeff"))))
        assert [rows[1][1], rows[1][6], rows[1][-1]] == [HOSTILE] * 3
        async with visitor.get(f"{INDICATOR}.xlsx") as answer:
            sheet = openpyxl.load_workbook(io.BytesIO(await answer.read())).active
            assert sheet is not None
            assert sheet.cell(2, sheet.max_column).value == HOSTILE
        async with visitor.get(f"{INDICATOR}.png") as answer:
            assert (await answer.read()).startswith(b"\x89PNG")
        async with visitor.get(f"{INDICATOR}.pdf") as answer:
            (tmp_path / "page.pdf").write_bytes(await answer.read())
        chart = (await read(visitor, INDICATOR)).split('<figure class="chart">')[1].split("</figure>")[0]
        assert "&lt;script&gt;" in chart
        assert "<script" not in chart
    assert "<script>alert(1)</script>" in unspaced("".join(text_of(tmp_path / "page.pdf")))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/indicators/2570/2300-84", "ไม่พบตัวชี้วัดรหัส 2300-84"),
        ("/indicators/2565/2300-848", "ไม่มีข้อมูลของปีงบประมาณ 2565"),
        ("/indicators/2027/2300-848", "ปี ค.ศ. 2027 คือ พ.ศ. 2570"),
        ("/units/23000309/2570", "ไม่พบหน่วยงานรหัส 23000309"),
        ("/units/23000301/2565", "ไม่มีข้อมูลของปีงบประมาณ 2565"),
        ("/units/a/b/c", "เริ่มจากหน่วยงาน"),
        ("/indicators/2570/2300-84?lang=en", "There is no indicator 2300-84"),
    ],
)
async def test_a_page_that_is_not_there_says_where_to_go(sqlite_database: str, path: str, said: str) -> None:
    """404 in words, with the nearest codes or the years there are as links that lead somewhere."""
    await set_up()
    async with reading_room() as visitor:
        page = await read(visitor, path, 404)
        assert said in page
        links = re.findall(r'<li><a href="([^"]+)"', page)
        assert links
        for link in links:
            await read(visitor, link.replace("&amp;", "&"))


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/?lang=en", f"/units/{BUREAU}/2570?lang=en"),
        ("/units", f"/units/{BUREAU}/2570"),
        ("/units/23000300", "/units/23000300/2570"),
        (f"{INDICATOR}/", INDICATOR),
        ("/indicators/2300-848/2570", INDICATOR),
        (f"/units/2570/{BUREAU}.json", f"/units/{BUREAU}/2570.json"),
        ("/indicators", f"/units/{BUREAU}/2570"),
        ("/indicators/2569/?lang=en", f"/units/{BUREAU}/2569?lang=en"),
        ("/indicators/๒๕๗๐/2300-848.csv", f"{INDICATOR}.csv"),
        (f"/units/{BUREAU}/70", f"/units/{BUREAU}/2570"),
        (f"/units/{BUREAU}?lang=en", f"/units/{BUREAU}/2570?lang=en"),
        ("/indicators/2300-848", INDICATOR),
    ],
)
async def test_what_is_meant_without_a_doubt_is_led_to(sqlite_database: str, path: str, leads_to: str) -> None:
    """Without a year to the newest one; without a code to the unit above all others; a year typed in another way."""
    await set_up()
    async with reading_room() as visitor, visitor.get(path) as answer:
        assert answer.status == 200
        assert {each.status for each in answer.history} <= {301, 302}
        assert str(answer.url.relative()) == leads_to


async def test_the_start_is_this_year(sqlite_database: str) -> None:
    """A year that is prepared already is not where somebody begins to read; it is one of the years to choose."""
    await set_up(OFFICE.replace("fiscal_year: 2569}", "fiscal_year: 2571}"))
    async with reading_room() as visitor:
        for path in ("/", "/indicators/2300-848"):
            async with visitor.get(path) as answer:
                assert answer.url.path.strip("/").split("/")[1:] in (["2570", "2300-848"], [BUREAU, "2570"])
                assert "2571</a>" in await answer.text()


async def test_every_page_leads_to_the_start(sqlite_database: str) -> None:
    """The name at the head of a page, of one that is not there and of a hidden picture's leads to all indicators."""
    await set_up()
    async with reading_room() as visitor:
        for path, status in ((f"{INDICATOR}?lang=en", 200), ("/units/x/2570", 404), (f"/pictures/{PICTURE}.jpg", 404)):
            head = (await read(visitor, path, status)).split('<header class="site">')[1].split("</header>")[0]
            start = re.findall(r'href="([^"]+)"', head)[0]
            assert start == ("/units?lang=en" if "lang=en" in path else "/units")
            assert "มี 2 ตัวชี้วัด" in await read(visitor, "/units")


async def test_a_code_typed_another_way_leads_to_its_page(sqlite_database: str) -> None:
    """Thai digits and other dashes in a code are redirected to the one address."""
    await set_up()
    async with reading_room() as visitor:
        path = f"/indicators/2570/{quote('๒๓๐๐–๘๔๘')}?lang=en"
        async with visitor.get(path, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (301, f"{INDICATOR}?lang=en")


ODD = st.one_of(
    st.text(max_size=40).map(lambda text: quote(text.encode("utf-8", "ignore"), safe="")),
    st.binary(max_size=12).map(lambda data: quote(data, safe="")),
    st.sampled_from(
        ["..", "%00", "%", "%zz", "%0A", "%c0%af", "%ed%a0%80", "%2e%2e", "2300-848.pdf.json", ".csv", "a" * 4000]
    ),
    st.sampled_from(["2570", quote("๒๕๗๐"), quote("²"), "-1", "0", "99999999999", "2300-848", BUREAU, "%E2%80%AE"]),
)


async def test_no_address_is_an_error(sqlite_database: str) -> None:
    """Whatever stands in path and query: a page, a redirect, or a 404 that leads on to a page; never a 500."""
    await set_up()
    async with reading_room() as visitor:
        paths: list[str] = []

        @settings(max_examples=150, deadline=None)
        @given(st.sampled_from(["indicators", "units", "pictures", "pages"]), st.lists(ODD, max_size=4), ODD, ODD)
        def collect(first: str, parts: list[str], language: str, digits: str) -> None:
            # Steps upwards are taken by whoever reads the address first, and lead out of these pages.
            parts = [part for part in parts if unquote(part) not in {".", ".."}]
            paths.append(f"/{first}/{'/'.join(parts)}?lang={language}&digits={digits}")

        collect()
        for path in paths:
            async with visitor.get(URL(path, encoded=True), allow_redirects=False) as answer:
                # What is longer than a request line may be is refused by the server before it is read.
                assert answer.status in {200, 301, 302, 404} | ({400} if len(path) > 8_000 else set()), path
                if answer.status == 404 and path.startswith(("/indicators", "/units")) and "json" not in path:
                    assert re.search(r'<li><a href="/(units|indicators)/', await answer.text()), path


async def test_thai_on_an_english_page_says_that_it_is(sqlite_database: str) -> None:
    """What has no English name is marked as Thai, so that it is read out as such; a Thai page needs no mark."""
    await set_up()
    await sent(BUREAU, 1, "1", narrative="จัดทำแล้ว")
    async with reading_room() as visitor:
        english, thai = await read(visitor, f"{INDICATOR}?lang=en"), await read(visitor, INDICATOR)
    assert '<html lang="en">' in english
    assert '<p dir="auto" lang="th">จัดทำแล้ว</p>' in english
    assert '<bdi lang="th">ห้อง</bdi>' in english
    assert "<bdi>Living libraries</bdi>" in english
    body = english.split("<main")[1].split("</main>")[0]
    untold = re.sub(r'<(\w+)[^>]* lang="th"[^>]*>.*?</\1>|<svg.*?</svg>|<[^>]*>', "", body, flags=re.DOTALL)
    assert re.findall("[ก-๛]+", untold) == []
    assert 'lang="th"' not in thai.split("<main")[1]


async def test_a_shared_address_shows_a_preview(sqlite_database: str) -> None:
    """The tags that LINE reads say what it is, the result of the target, and the page's own address."""
    await set_up()
    await sent(BUREAU, 1, "36")
    async with reading_room() as visitor:
        page = await read(visitor, INDICATOR)
    tags = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page))
    assert tags["title"].startswith("2300-848 จำนวนห้องสมุด")
    assert tags["description"].startswith("ผลงาน 36 ห้อง จากเป้าหมาย 5 ห้อง · สำนักวัฒนธรรม")
    assert tags["url"] == f"{BASE}{INDICATOR}"
    assert tags["locale"] == "th_TH"


async def test_without_its_database_a_page_says_so(sqlite_url: str) -> None:
    """503 in words with a time to try again, for pages and pictures alike; it comes back by itself."""
    await open_database(sqlite_url)
    await set_up()
    async with reading_room() as visitor:
        await read(visitor, INDICATOR)
        await close_database()
        for path in (INDICATOR, f"/units/{BUREAU}/2570.json", "/units", f"/pictures/{PICTURE}.jpg"):
            async with visitor.get(path) as answer:
                assert (answer.status, answer.headers["Retry-After"]) == (503, "60"), path
                assert "โปรดลองใหม่" in await answer.text()
        await open_database(sqlite_url)
        await read(visitor, INDICATOR)
    await close_database()
