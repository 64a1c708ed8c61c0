"""A set-up from YAML: all or nothing, each fault at its line, the same again changes nothing."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from tortoise.connection import get_connection

from bot.commands.import_file import command
from bot.database import writing
from bot.office import read_office, read_revision
from bot.setup.changes import Changes
from bot.setup.columns import SECTIONS
from bot.setup.rows import WrongSetup
from bot.setup.write import import_setup
from bot.setup.yaml_file import parse_yaml
from models.rules.fiscal import Quarter
from models.rules.office import ReportKey, ResultKind
from models.tables.audit import AuditEntry
from models.tables.chat import Chat
from models.tables.indicator import Round
from models.tables.organisation import Unit
from tests.bot.rows import every_row

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
GUIDE = Path(__file__).parents[2] / "docs" / "import.md"

FILE = """\
units:
  - code: 23000301
    name: ห้องสมุดหนึ่ง
    kind: library
    parent: 23000000
  - {code: 23000000, name: สำนัก, kind: bureau}
indicators:
  - code: 0848
    name: จำนวนห้องสมุด
    owner: 23000000
    unit_of_measure: ห้อง
    other_names: แห่ง
    kind: count
    part_kind: yes_no
    sub_measures:
      - {code: titles, label: บรรณนิทัศน์, unit_of_measure: ชื่อเรื่อง}
targets:
  - {indicator: 0848, unit: 23000000, fiscal_year: 2570, value: "1,200.5"}
  - {indicator: 0848, unit: 23000000, fiscal_year: 2570, valid_from: 2570-02-01, value: 3, reason: เปลี่ยนกิจกรรม}
assignments:
  - {indicator: 0848, units: [23000000, 23000301], fiscal_year: 2570, quarters: [1, 3]}
rounds:
  - {fiscal_year: 2570, quarter: 1, due: 2570-01-15}
"""


async def _import(text: str = FILE, *, dry_run: bool = False) -> Changes:
    return await import_setup(parse_yaml(text, "setup.yaml"), AT, dry_run=dry_run)


@pytest.mark.usefixtures("database")
async def test_a_file_becomes_an_office() -> None:
    """Codes keep their zeros, years are of either era, absent dates follow the default rule."""
    await _import()
    office = await read_office(get_connection("default"))
    bureau, library = sorted(office.units.values(), key=lambda unit: unit.code)
    assert library.parent_id == bureau.id
    (indicator,) = office.indicators.values()
    assert (indicator.code, indicator.other_names, indicator.kind_for(library.id)) == (
        "0848",
        ("แห่ง",),
        ResultKind.YES_NO,
    )
    assert [each.code for each in indicator.sub_measures] == ["titles"]
    first, second = Quarter(2570, 1), Quarter(2570, 2)
    targets = [office.target(ReportKey(bureau.id, indicator.id, quarter)) for quarter in (first, second)]
    assert [target.value if target else None for target in targets] == [Decimal("1200.5"), Decimal(3)]
    assigned = office.assignment(ReportKey(library.id, indicator.id, first))
    assert assigned is not None
    assert assigned.quarters == {1, 3}
    assert len(office.rounds) == 4
    assert (office.rounds[first].due, office.rounds[first].closes) == (date(2027, 1, 15), date(2027, 1, 29))
    assert office.rounds[second].due == date(2027, 4, 12)
    assert office.revision == await read_revision(get_connection("default")) == 1


@pytest.mark.usefixtures("database")
async def test_the_same_file_again_changes_nothing() -> None:
    """No row, no audit entry and no revision; and the import says so."""
    assert await _import()
    before = await every_row()
    assert not await _import()
    assert await every_row() == before


@pytest.mark.usefixtures("database")
async def test_a_change_is_one_audit_entry() -> None:
    """What is not written stays as it is; what differs is kept with its value before and after."""
    await _import()
    entries = await AuditEntry.all().count()
    changes = await _import("units: [{code: 23000301, phone: 0 2000 0000}]")
    assert (dict(changes.added), dict(changes.changed)) == ({}, {"units": 1})
    unit = await Unit.get(code="23000301")
    assert (unit.name, unit.phone) == ("ห้องสมุดหนึ่ง", "0 2000 0000")
    entry = await AuditEntry.get(action="setup.change")
    assert (entry.subject, entry.before, entry.after) == ("units:23000301", {"phone": ""}, {"phone": "0 2000 0000"})
    assert await AuditEntry.all().count() == entries + 1


@pytest.mark.usefixtures("database")
async def test_a_dry_run_keeps_nothing() -> None:
    """It says what would change and leaves every table as it was."""
    before = await every_row()
    changes = await _import(dry_run=True)
    assert changes.added["assignments"] == 2
    assert await every_row() == before


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        ("    kind: library", "    kind: libary", "setup.yaml:4: kind “libary” .*bureau, division, library"),
        ("    parent: 23000000", "    parent: 2300000", "setup.yaml:5: .*2300000 .*did you mean 23000000"),
        ("    owner: 23000000", "    ownr: 23000000", "setup.yaml:10: .*ownr.*use owner"),
        ("    name: จำนวนห้องสมุด", "    name_en: Libraries", "setup.yaml:8: indicators .*name"),
        ("targets:", "target:", "setup.yaml:18: .*use targets"),
        ("due: 2570-01-15", "due: 15/1/70", "setup.yaml:23: due “15/1/70”.*2569-10-01"),
        ("due: 2570-01-15", "due: 2569-09-30", "setup.yaml:23: .*opens ≤ due ≤ closes"),
        ("quarters: [1, 3]", "quarters: [1, 5]", "setup.yaml:21: quarters .*1–4"),
        ('value: "1,200.5"', "value: สาม", "setup.yaml:18: value “สาม”"),
        ("fiscal_year: 2570, quarters", "fiscal_year: 2027, quarters", "setup.yaml:21: fiscal_year .*2500–2700"),
        ("name: สำนัก, kind", "name: สำนัก, parent: 23000301, kind", "run in a circle"),
        ("{code: 23000000, name", "{code: 23000301, name", "stands in the file twice"),
        ("    kind: count", "    kind: scale", "setup.yaml:8: .*scale_min"),
        ("units:", "units: [", "setup.yaml:.*YAML"),
        ("    name: ห้องสมุดหนึ่ง", "    code: 23000302", "setup.yaml:3: .*code"),
    ],
)
async def test_a_fault_is_named_and_nothing_imported(line: str, wrong: str, said: str, sqlite_database: str) -> None:
    """Place, what is wrong and what would be right; not a row is kept."""
    assert FILE.count(line) >= 1
    with pytest.raises(WrongSetup, match=said):
        await _import(FILE.replace(line, wrong, 1))
    assert await Unit.all().count() == 0
    assert await AuditEntry.all().count() == 0


async def test_all_faults_at_once(sqlite_database: str) -> None:
    """Three faults are three sentences in the file's order, so that one look mends them all."""
    text = FILE.replace("kind: library", "kind: x").replace("value: 3", "value: y").replace("quarter: 1", "quarter: 9")
    with pytest.raises(WrongSetup) as wrong:
        await _import(text)
    assert [problem.place.line for problem in wrong.value.problems] == [4, 19, 23]


async def test_the_guides_example_imports(sqlite_database: str) -> None:
    """docs/import.md shows a file that works, and names every section and column."""
    guide = GUIDE.read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert example is not None
    assert await _import(example.group(1))
    named = set(re.findall(r"`(\w+)`", guide))
    assert {column for section in SECTIONS.values() for column in section.columns} | set(SECTIONS) <= named


async def test_while_turns_are_written(sqlite_database: str) -> None:
    """An import and another process's writes take turns: neither fails because the database is locked."""
    path = sqlite_database.removeprefix("sqlite://")

    def other_process() -> None:
        connection = sqlite3.connect(path, timeout=10)
        for number in range(20):
            connection.execute(
                "INSERT INTO chat (id, session, updated_at) VALUES (?, '{}', '2026-11-22 00:00:00+00:00')",
                (f"U{number}",),
            )
            connection.commit()
        connection.close()

    async def turns() -> None:
        for number in range(20):
            async with writing() as connection:
                await Chat.all().using_db(connection).count()
                await Chat.create(id=f"V{number}", updated_at=AT, using_db=connection)

    await asyncio.gather(_import(), turns(), asyncio.to_thread(other_process))
    assert await Chat.all().count() == 40
    assert await Round.all().count() == 4


def test_the_command(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`import` says what came, then that nothing changed, then what is wrong with a broken file."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "setup.yaml"
    file.write_text(FILE, encoding="utf-8")
    said = [CliRunner().invoke(command, [str(file), *more]) for more in (["--dry-run"], [], [])]
    assert [each.exit_code for each in said] == [0, 0, 0]
    assert "Checked; nothing was kept." in said[0].output
    assert "assignments: เพิ่ม 2" in said[1].output
    assert "Nothing has changed." in said[2].output
    file.write_text(FILE.replace("kind: library", "kind: x"), encoding="utf-8")
    refused = CliRunner().invoke(command, [str(file)])
    assert refused.exit_code == 1
    assert "ไม่ได้นำเข้าข้อมูลใด ๆ" in refused.output
    assert "setup.yaml:4" in refused.output
    absent = CliRunner().invoke(command, [str(tmp_path / "absent.yaml")])
    assert "ไม่พบไฟล์" in absent.output
