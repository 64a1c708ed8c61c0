"""A set-up file of any kind to its rows: a workbook or YAML, and kind words for everything else."""

from __future__ import annotations

from pathlib import Path

from bot.setup.rows import Place, Problem, Row, WrongSetup
from bot.setup.yaml_file import read_yaml

_WORKBOOK = ("บันทึกเป็น Excel Workbook (.xlsx)", "save it as Excel Workbook (.xlsx)")
_OTHERS = {
    ".xlsm": ("ไฟล์มีมาโคร", "the file has macros"),
    ".xltx": ("เป็นแม่แบบของ Excel", "this is an Excel template"),
    ".xlsb": ("เป็นไฟล์ Excel แบบไบนารี", "this is a binary Excel file"),
    ".xls": ("เป็นไฟล์ Excel รุ่นเก่า", "this is a file of an old Excel"),
    ".ods": ("เป็นไฟล์ OpenDocument", "this is an OpenDocument file"),
    ".csv": ("ไฟล์ CSV มีแผ่นเดียวและไม่เก็บเลขศูนย์นำหน้า", "a CSV file has one sheet and loses zeros in front"),
    ".tsv": ("ไฟล์ข้อความมีแผ่นเดียว", "a text file has one sheet"),
    ".numbers": ("เป็นไฟล์ Numbers", "this is a Numbers file"),
}


def read_setup(path: Path) -> tuple[Row, ...]:
    """The rows of a set-up file, in its order. Raises WrongSetup when it cannot be read."""
    suffix = path.suffix.lower()
    if suffix in {".yaml", ".yml"}:
        return read_yaml(path)
    if suffix == ".xlsx":
        from bot.setup.workbook import read_workbook  # imported where it is used: openpyxl takes a moment

        return read_workbook(path)
    thai, english = _OTHERS.get(suffix, ("ใช้ได้เฉพาะ .xlsx หรือ .yaml", "only .xlsx and .yaml can be read"))
    raise WrongSetup([Problem(Place(path.name, 0), f"{thai} ให้{_WORKBOOK[0]}", f"{english}; {_WORKBOOK[1]}")])
