"""People and past results of a set-up: codes made once, history that never covers what was said in the chat."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from bot.commands.import_file import command
from bot.commands.tables import opened
from bot.setup.changes import Changes
from bot.setup.files import read_setup
from bot.setup.results import IMPORTED, IMPORTER
from bot.setup.rows import WrongSetup
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.rules.invitation_codes import code_hash, normalise
from models.tables.audit import AuditEntry
from models.tables.organisation import Invitation, InvitationUnit, Membership, Person, Unit
from models.tables.report import Report, ReportVersion, SubMeasureResult
from tests.bot.rows import every_row
from tests.bot.workbooks import OFFICE, write_workbook
from tests.town import town

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LIBRARIES = Path(__file__).parents[1] / "transcripts" / "libraries.yaml"
PEOPLE = "people: [{name: สมหญิง ใจดี, role: reporter, units: %s}]"
RESULT = "results: [{indicator: 2300-849, unit: LIB-01, fiscal_year: 2569, quarter: 4, result: %s, narrative: %s}]"


async def _yaml(text: str) -> Changes:
    return await import_setup(parse_yaml(text, "setup.yaml"), AT)


async def _office(tmp_path: Path) -> Changes:
    return await import_setup(read_setup(write_workbook(tmp_path / "setup.xlsx", OFFICE)), AT)


@pytest.mark.usefixtures("database")
async def test_a_workbook_again_changes_nothing(tmp_path: Path) -> None:
    """Results, codes and the rest: no second row anywhere, and no code to hand out."""
    first = await _office(tmp_path)
    assert (first.added["results"], first.added["people"], len(first.invitations)) == (2, 1, 1)
    before = await every_row()
    again = await _office(tmp_path)
    assert not again
    assert again.invitations == []
    assert await every_row() == before


@pytest.mark.usefixtures("database")
async def test_a_row_is_one_code_for_one_person(tmp_path: Path) -> None:
    """It lets one account into the row's units; the database and the audit trail do not know the code."""
    (made,) = (await _office(tmp_path)).invitations
    code = normalise(made.code)
    assert code is not None
    stored = await Invitation.get(code_hash=code_hash(code))
    assert (stored.name, stored.role, stored.uses_allowed, stored.needs_approval) == ("สมหญิง ใจดี", "reporter", 1, False)
    assert made.units == {"LIB-01": "ห้องสมุดหนึ่ง", "LIB-02": "ห้องสมุดสอง"}
    entry = await AuditEntry.get(action="invitation.add")
    assert made.name not in str(entry.after)
    assert made.code not in str(entry.after)


async def test_the_name_of_the_file_is_confirmed_in_the_chat(database_url: str) -> None:
    """Imported with a position, registered with the code and one word; forgetting takes both out of the invitation."""
    async with town(database_url, LIBRARIES, "2027-01-05T14:00:00+07:00") as place:
        people = "people: [{name: สมหญิง ใจดี, position: บรรณารักษ์, role: reporter, units: [LIB-01]}]"
        (made,) = (await _yaml(people)).invitations
        (shown,) = await place.says("สมหญิง", made.code)
        assert shown["message"]["text"].startswith("คุณสมหญิง ใจดี · บรรณารักษ์")
        await place.says("สมหญิง", "ถูกต้อง")
        person = await Person.get(line_user_id=place.person("สมหญิง").id)
        assert (person.name, person.position) == ("สมหญิง ใจดี", "บรรณารักษ์")
        for text in ("ลบข้อมูลของฉัน", "ยืนยัน"):
            await place.says("สมหญิง", text)
        invitation = await Invitation.get()
        assert (invitation.name, invitation.position) == ("", "")


@pytest.mark.usefixtures("database")
async def test_only_what_is_missing_gets_a_code(tmp_path: Path) -> None:
    """A further unit gets a code of its own; who is a member already, another role and another name are told apart."""
    await _office(tmp_path)
    (further,) = (await _yaml(PEOPLE % "[LIB-01, LIB-02, 23000000]")).invitations
    assert list(further.units) == ["23000000"]
    assert (await _yaml(PEOPLE.replace("reporter", "coordinator") % "[LIB-01]")).invitations
    person = await Person.create(name="วิชัย รักอ่าน", created_at=AT)
    unit = await Unit.get(code="LIB-01")
    await Membership.create(person=person, unit=unit, role="reporter", valid_from=date(2026, 10, 1))
    assert not (await _yaml(PEOPLE.replace("สมหญิง ใจดี", "วิชัย  รักอ่าน") % "[LIB-01]")).invitations
    assert await InvitationUnit.all().count() == 4


@pytest.mark.usefixtures("database")
async def test_a_past_result_is_a_report_marked_as_imported(tmp_path: Path) -> None:
    """Version 1 of a submitted report, of a person without LINE; the name is the file's, or says that it was a file."""
    await _office(tmp_path)
    yes, count = await ReportVersion.all().order_by("report__number").prefetch_related("report", "person")
    assert (yes.answer, yes.result, yes.narrative, yes.reporter_name) == ("yes", Decimal(1), "ทำแล้ว", "สมหญิง")
    assert (count.answer, count.result, count.narrative, count.reporter_name) == ("36", Decimal(36), "", IMPORTED)
    for version in (yes, count):
        assert (version.version, version.late, version.message_ids, version.submitted_at) == (1, False, [], AT)
        assert (version.person.name, version.person.line_user_id) == (IMPORTER, None)
        assert version.report.state == "submitted"
    assert (await SubMeasureResult.get(version=yes)).value == 1324


@pytest.mark.usefixtures("database")
async def test_a_changed_past_result_is_a_further_version(tmp_path: Path) -> None:
    """The earlier version stays, empty cells keep what was there, and the difference is told."""
    await _office(tmp_path)
    changes = await _yaml(RESULT % ("๓๗", "แก้ไข"))
    told = [(each.column, each.before, each.after) for each in changes.differences]
    assert told == [("answer", "36", "37"), ("result", "36", "37"), ("narrative", "", "แก้ไข")]
    report = await Report.get(indicator__code="2300-849")
    assert report.version == 2
    assert [each.answer for each in await ReportVersion.filter(report=report).order_by("version")] == ["36", "37"]
    assert not await _yaml(RESULT % ("37", "แก้ไข"))
    corrected = (RESULT % ("no", "ทำแล้ว")).replace("2300-849", "2300-848").replace("}", ", zero_reason: prevented}")
    assert (await _yaml(corrected)).changed["results"] == 1
    newest = await ReportVersion.get(report__indicator__code="2300-848", version=2)
    assert (newest.answer, newest.zero_reason, newest.narrative, newest.reporter_name) == (
        "no",
        "prevented",
        "ทำแล้ว",
        "สมหญิง",
    )
    assert (await SubMeasureResult.get(version=newest)).value == 1324


@pytest.mark.parametrize(
    ("indicator", "result", "said"),
    [
        ("2300-848", "36", "yes, in_progress or no"),
        ("2300-849", "3.5", "a whole number"),
        ("2300-849", "-1", "0 or more"),
        ("2300-849", "มาก", "has to be a number"),
        ("2300-849", "36, sub_measures: [titles=3]", "declares no sub-measure titles"),
        ("2300-848", "yes, sub_measures: [titles=3.5]", "a whole number"),
        ("2300-848", "yes, sub_measures: [titles 3]", "code=number"),
    ],
)
async def test_a_result_has_to_be_what_its_indicator_asks(
    indicator: str, result: str, said: str, sqlite_database: str, tmp_path: Path
) -> None:
    """The fault is named and nothing is stored."""
    await _office(tmp_path)
    before = await every_row()
    text = f"results: [{{indicator: {indicator}, unit: LIB-02, fiscal_year: 2569, quarter: 4, result: {result}}}]"
    with pytest.raises(WrongSetup, match=said):
        await _yaml(text)
    assert await every_row() == before


@pytest.mark.usefixtures("database")
async def test_what_was_reported_in_the_chat_stays(tmp_path: Path) -> None:
    """A version of a real person is never covered, however often the file comes; the import says how many stayed."""
    await _office(tmp_path)
    report = await Report.get(indicator__code="2300-849")
    person = await Person.create(name="วิชัย", line_user_id="U" + "0" * 32, created_at=AT)
    report.version = 2
    await report.save()
    await ReportVersion.create(
        id="00000000-0000-0000-0000-000000000001",
        report=report,
        version=2,
        answer="40",
        result=Decimal(40),
        narrative="จากแชต",
        submitted_at=AT,
        late=False,
        person=person,
        reporter_name="วิชัย",
    )
    before = await every_row()
    changes = await _office(tmp_path)
    assert (bool(changes), len(changes.kept["results"])) == (False, 1)
    assert await every_row() == before


def test_the_command_gives_codes_out_once(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To a workbook or a page of cards, or to the terminal; never in a dry run, and a file is never replaced."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.chdir(tmp_path)
    write_workbook(tmp_path / "setup.xlsx", OFFICE)
    dry = CliRunner().invoke(command, ["setup.xlsx", "--dry-run", "--invitations", "codes.xlsx"])
    assert dry.exit_code == 0, dry.output
    assert not (tmp_path / "codes.xlsx").exists()
    assert not re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", dry.output)
    no_id = CliRunner().invoke(command, ["setup.xlsx", "--invitations", "codes.html"])
    assert "--line-id" in no_id.output
    done = CliRunner().invoke(command, ["setup.xlsx", "--invitations", "codes.xlsx"])
    assert done.exit_code == 0, done.output
    assert "people: เพิ่ม 1" in done.output
    row = [cell.value for cell in load_workbook("codes.xlsx").worksheets[0][2]]
    assert row[:3] == ["สมหญิง ใจดี", "บรรณารักษ์", "ผู้รายงาน"]
    code = normalise(str(row[4]))
    assert code is not None
    assert asyncio.run(_known(sqlite_url, code_hash(code)))
    assert "is there already" in CliRunner().invoke(command, ["setup.xlsx", "--invitations", "codes.xlsx"]).output
    (tmp_path / "more.yaml").write_text(PEOPLE.replace("สมหญิง", "วิชัย") % "[ทุกห้องสมุด]", encoding="utf-8")
    cards = CliRunner().invoke(command, ["more.yaml", "--invitations", "cards.html", "--line-id", "@123abcde"])
    assert cards.exit_code == 0, cards.output
    assert "วิชัย ใจดี" in (tmp_path / "cards.html").read_text("utf-8")
    (tmp_path / "more.yaml").write_text(PEOPLE.replace("สมหญิง", "อรุณี") % "[LIB-01]", encoding="utf-8")
    assert re.search(
        r"  [0-9A-Z]{4}(-[0-9A-Z]{4}){2}  อรุณี ใจดี \(LIB-01\)", CliRunner().invoke(command, ["more.yaml"]).output
    )


async def _known(url: str, hashed: str) -> bool:
    async with opened(url):
        return await Invitation.filter(code_hash=hashed).exists()


def test_the_command_prints_the_difference(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed workbook says old → new for each value."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.chdir(tmp_path)
    write_workbook(tmp_path / "setup.xlsx", OFFICE)
    assert CliRunner().invoke(command, ["setup.xlsx"]).exit_code == 0
    book = load_workbook("setup.xlsx")
    book["หน่วยงาน"]["B3"] = "ห้องสมุดใหม่"
    book.save("setup.xlsx")
    said = CliRunner().invoke(command, ["setup.xlsx"]).output
    assert "units: เพิ่ม 0 เปลี่ยน 1" in said
    assert "units:LIB-01 name: “ห้องสมุดหนึ่ง” → “ห้องสมุดใหม่”" in said


async def test_who_is_forgotten_is_invited_anew(sqlite_url: str) -> None:
    """The name that came with the code is erased too; the office's next import of its list makes another code."""
    async with town(sqlite_url, LIBRARIES, "2027-01-05T14:00:00+07:00") as place:
        (invited,) = (await _yaml(PEOPLE % "[LIB-01]")).invitations
        for said in (invited.code, "สมหญิง ใจดี บรรณารักษ์", "ถูกต้อง", "ลบข้อมูลของฉัน", "ลบข้อมูลเลย"):
            await place.says("สมหญิง", said)
        assert "สมหญิง ใจดี" not in str(await every_row())
        assert len((await _yaml(PEOPLE % "[LIB-01]")).invitations) == 1
