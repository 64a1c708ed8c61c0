"""The empty workbook: it opens as a set-up with nothing in it, and its examples are a set-up when they are used."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from bot.commands.template import command
from bot.setup.checked import Known, check_setup
from bot.setup.columns import SECTIONS, SUB_MEASURE
from bot.setup.files import read_setup
from bot.setup.rows import WrongSetup
from bot.setup.template import write_template
from bot.setup.workbook_sheets import SHEETS, column_of, sheet_of


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A fresh template."""
    path = tmp_path / "setup.xlsx"
    write_template(path)
    return path


def test_every_column_of_a_set_up_has_its_place() -> None:
    """Each section has a sheet with its columns."""
    columns = {name: set(section.columns) for name, section in SECTIONS.items()}
    columns["sub_measures"] = {*SUB_MEASURE.columns, "indicator"}
    assert {sheet.section: set(sheet.headings) for sheet in SHEETS} == columns


def test_headings_name_one_column_each() -> None:
    """Machine, Thai and English names lead back to their column, and sheet titles to their section."""
    for sheet in SHEETS:
        assert len(sheet.title) <= 31
        assert all(sheet_of(title) is sheet for title in (sheet.title, sheet.thai, sheet.section))
        for name, heading in sheet.headings.items():
            both = f"{heading.thai} *\n{heading.english}"
            assert {column_of(sheet, each) for each in (name, heading.thai, heading.english, both)} == {name}
            assert len(heading.hint) <= 255


def test_an_empty_template_holds_nothing(template: Path) -> None:
    """Headings and examples alone are no rows."""
    assert read_setup(template) == ()


def test_its_examples_are_a_set_up(template: Path) -> None:
    """Without their # the grey rows pass every check."""
    book = load_workbook(template)
    for sheet in book.worksheets:
        for cell in sheet["A"]:
            if isinstance(cell.value, str) and not sheet.title.startswith("#"):
                cell.value = cell.value.removeprefix("# ").replace("LIB-02", "LIB-01")
    book["ผู้ใช้งาน people"]["D3"].value = "LIB-01"
    book.save(template)
    setup = check_setup(read_setup(template), Known())
    assert set(setup.entries) == set(SECTIONS)
    assert len(setup["assignments"]) == 2


def test_it_helps_the_person_who_fills_it_in(template: Path) -> None:
    """Frozen headings, wrapped text, wide columns, lists for choices and codes, a hint where there is one."""
    book = load_workbook(template)
    for sheet in SHEETS:
        page = book[sheet.title]
        assert page.freeze_panes == "B3"
        assert page["A1"].alignment.wrap_text
        assert [cell.value for cell in page[2]] == list(sheet.headings)
        assert page["A3"].value.startswith("# ")
        assert page.column_dimensions["A"].width > 8
    lists = {
        str(each.sqref): (each.formula1, each.prompt) for each in book["หน่วยงาน units"].data_validations.dataValidation
    }
    assert lists["D3:D2001"][0] == '"สำนัก · bureau,กอง/กลุ่มงาน · division,ห้องสมุด · library"'
    assert lists["E3:E2001"][0] == "'หน่วยงาน units'!$A$5:$A$2000"
    assert "Unique" in str(lists["A3:A2001"][1])


def test_the_command_never_replaces_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Except when told to; and a folder that is not there is a sentence."""
    monkeypatch.chdir(tmp_path)
    assert "เขียน setup.xlsx แล้ว" in CliRunner().invoke(command, ["setup.xlsx"]).output
    (tmp_path / "setup.xlsx").write_text("mine")
    refused = CliRunner().invoke(command, ["setup.xlsx"])
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert (tmp_path / "setup.xlsx").read_text() == "mine"
    assert CliRunner().invoke(command, ["setup.xlsx", "--force"]).exit_code == 0
    assert read_setup(tmp_path / "setup.xlsx") == ()
    assert "Cannot write" in CliRunner().invoke(command, ["absent/setup.xlsx"]).output
    assert ".xlsx" in CliRunner().invoke(command, ["setup.csv"]).output


def test_a_required_cell_left_empty_is_named(template: Path) -> None:
    """The place is the cell to fill in."""
    book = load_workbook(template)
    book["หน่วยงาน units"]["A5"] = "LIB-07"
    book.save(template)
    with pytest.raises(WrongSetup, match=r"row 5 คอลัมน์/column B \(ชื่อหน่วยงาน\): .*needs name"):
        check_setup(read_setup(template), Known())
