"""Backup and restore by their commands, of a bot that people talk to, on both databases."""

from __future__ import annotations

import asyncio
import re
import stat
from datetime import date
from pathlib import Path

from bot.commands.tables import opened
from bot.database import migrate
from bot.evidence.names import thumbnail_of
from bot.setup.demo import fill_demo
from bot.simulator.sample_picture import sample_picture
from models.rules.office import Role
from models.tables.audit import Installation
from models.tables.report import Evidence, Picture, Report, ReportVersion
from tests.bot.backup.places import pictures_of, rows_of
from tests.bot.test_publish_pictures import registered
from tests.bot.test_whole_evidence import none_waits
from tests.bot.test_whole_evidence import until as until_stored
from tests.bot_process import BotProcess
from tests.town import ROOT, SECRET, TOKEN, Town, town

OFFICE = ROOT / "tests" / "transcripts" / "libraries.yaml"
START = "2026-12-05T14:00:00+07:00"


async def command(url: str, storage: Path, *words: str) -> str:
    """`python -m bot …` for a database and a folder; what it says, once it has succeeded."""
    settings = {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "STORAGE_DIR": str(storage),
        "DATABASE_URL": url,
    }
    process = BotProcess(*words, folder=storage.parent, settings=settings)  # a folder away from the project's own .env
    code = await process.wait()
    said = process.said.decode()
    assert code == 0, said
    return said


async def sends_pictures(place: Town, name: str, *pictures: bytes) -> None:
    """Pictures in the middle of a report, answered and fetched."""
    person = place.person(name)
    before = place.platform.chat(person.id).last
    await place.platform.send_pictures(person.id, pictures)
    await place.answers(name, before)
    await until_stored(none_waits)


async def test_every_row_and_every_picture_come_back(database_url: str, elsewhere: str, tmp_path: Path) -> None:
    """The demonstration, a whole report with pictures, a corrected one and a draft: all the same in an empty place."""
    async with opened(database_url):
        await fill_demo(date(2026, 12, 5))
    async with town(database_url, OFFICE, START) as place:
        await registered(place, "นภา", "7K4M-Q2XW-9TRB", "LIB-01", Role.REPORTER)
        await place.says("นภา", "รายงาน 2300-849 ไตรมาส 1 36 ครั้ง เล่านิทานรวม 36 ครั้ง")
        await sends_pictures(place, "นภา", sample_picture(0), sample_picture(1))
        await place.says("นภา", "ส่งเลย")
        for text in ("พิมพ์ผิด 35 ไม่ใช่ 36", "แก้ 36 ครั้ง เป็น 35 ครั้ง", "ส่งเลย"):
            await place.says("นภา", text)
        await place.reporter("มาลี", "LIB-02")
        for text in ("รายงาน 2300-848", "แล้ว", "12"):
            await place.says("มาลี", text)
        await sends_pictures(place, "มาลี", sample_picture(2))
        await place.bot.close()

        file, storage, there = tmp_path / "raingan.zip", place.folder / "storage", tmp_path / "there"
        said = await command(database_url, storage, "backup", str(file))
        assert "รูป · pictures 3" in said
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        said = await command(elsewhere, there, "restore", str(file))
        assert "กู้คืน" in said
        assert "รูป · pictures 3" in said
        before = await rows_of(database_url)
        assert before["Draft"]
        assert len(before["Evidence"]) == 4
        assert await rows_of(elsewhere) == before
        assert pictures_of(there) == pictures_of(storage)
        assert len(pictures_of(there)) == 6

        # The bot goes on from there: keys are counted on, and the draft is where it was.
        place.database_url, place.folder = elsewhere, tmp_path / "moved"
        place.folder.mkdir()
        there.rename(place.folder / "storage")
        await place.start()
        await place.says("มาลี", "จัดกิจกรรมส่งเสริมการอ่านทุกวันเสาร์ รวม 12 ครั้ง")
        assert "1/2570" in str(await place.says("มาลี", "จบ"))


async def test_while_somebody_reports(database_url: str, elsewhere: str, tmp_path: Path) -> None:
    """Every message is answered meanwhile, and what comes back is one moment: no row without what it refers to."""
    async with town(database_url, OFFICE, START) as place:
        await place.reporter("นภา", "LIB-01")
        file, storage = tmp_path / "raingan.zip", place.folder / "storage"
        reported = 0
        await place.says("นภา", "รายงาน 2300-849 ไตรมาส 1 36 ครั้ง เล่านิทานทุกวันเสาร์")
        await sends_pictures(place, "นภา", sample_picture(0))
        await place.says("นภา", "ส่งเลย")
        backing_up = asyncio.create_task(command(database_url, storage, "backup", str(file)))
        while not backing_up.done():
            await place.says("นภา", f"พิมพ์ผิด {37 + reported} ไม่ใช่ {36 + reported}")
            assert "ส่งรายงานแล้ว" in str(await place.says("นภา", "ส่งเลย"))
            reported += 1
        await backing_up
        assert reported
        await place.bot.close()
        await command(elsewhere, tmp_path / "there", "restore", str(file))
        async with opened(elsewhere):
            report = await Report.get()
            versions = await ReportVersion.filter(report=report).order_by("version")
            assert [each.version for each in versions] == list(range(1, report.version + 1))
            held = {each.path for each in await Evidence.all()} | {each.path for each in await Picture.all()}
            assert await Installation.get(id=1)
        assert {*held, *map(thumbnail_of, held)} == {*pictures_of(tmp_path / "there")}


async def test_a_running_bot_is_not_restored_over(database_url: str, tmp_path: Path) -> None:
    """What would be taken from under it stays as it is; the sentence says to stop it."""
    async with town(database_url, OFFICE, START) as place:
        await place.reporter("นภา", "LIB-01")
        file = tmp_path / "raingan.zip"
        await command(database_url, place.folder / "storage", "backup", str(file))
        process = place.command("restore", str(file), "--replace")
        assert await process.wait() == 1
        assert b"stop the bot first" in process.said
        assert "12" in str(await place.says("นภา", "รายงาน 2300-849 ไตรมาส 1 12"))


async def test_a_place_that_was_only_started_is_empty(database_url: str, elsewhere: str, tmp_path: Path) -> None:
    """What a bot writes before anybody wrote to it is no work: the backup goes in without --replace."""
    async with opened(database_url):
        await fill_demo(date(2026, 12, 5))
    await migrate(elsewhere)
    async with town(elsewhere, None, START) as place:
        await place.bot.close()
    file = tmp_path / "raingan.zip"
    await command(database_url, tmp_path / "storage", "backup", str(file))
    assert "กู้คืน" in await command(elsewhere, tmp_path / "there", "restore", str(file))


async def test_a_folder_gets_a_file_of_the_day(sqlite_url: str, tmp_path: Path) -> None:
    """`backup FOLDER` names the file after the day, so that a night's backup never covers the one before."""
    (tmp_path / "backups").mkdir()
    said = await command(sqlite_url, tmp_path / "storage", "backup", str(tmp_path / "backups"))
    (file,) = (tmp_path / "backups").iterdir()
    assert re.fullmatch(r"raingan-\d{4}-\d\d-\d\d\.zip", file.name)
    assert str(file) in said
