"""The sheets of a set-up workbook: their names, and each column's Thai and English heading, width and hint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NOT_READ = "#"
"""A sheet, column or row that begins with it is for people only."""


@dataclass(frozen=True, slots=True)
class Heading:
    """How a column is headed. `width` is in characters; `hint` is at most 255, Excel's limit for input messages."""

    thai: str
    english: str
    width: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One section of a set-up as a sheet. `headings` are by the machine's column names, in the sheet's order."""

    section: str
    thai: str
    headings: Mapping[str, Heading]

    @property
    def title(self) -> str:
        return f"{self.thai} {self.section}"


_INDICATOR = Heading("รหัสตัวชี้วัด", "Indicator", 14, "รหัสจากแผ่น ตัวชี้วัด · A code of the sheet indicators")
_UNIT = Heading("รหัสหน่วยงาน", "Unit", 14, "รหัสจากแผ่น หน่วยงาน · A code of the sheet units")
_UNITS = Heading(
    "หน่วยงาน",
    "Units",
    30,
    "รหัสคั่นด้วยจุลภาค หรือ ทุกห้องสมุด หรือ ทุกห้องสมุดของ 23040000 · "
    "Codes with commas, or: all libraries, all libraries of 23040000",
)
_YEAR = Heading("ปีงบประมาณ", "Fiscal year", 12, "พ.ศ. เช่น 2570 · Buddhist era, such as 2570")
_QUARTER = Heading("ไตรมาส", "Quarter", 9, "1–4")
_FROM = Heading(
    "มีผลตั้งแต่", "Valid from", 14, "เว้นว่าง: วันแรกของปี · Empty: the year's first day. 1/10/2569, 2569-10-01, 1 ต.ค. 2569"
)
_DOCUMENT = Heading("เลขที่หนังสือ", "Document number", 18)
_REASON = Heading("เหตุผล", "Reason", 30)
_DAY = "1/10/2569, 2569-10-01, 1 ต.ค. 2569"
_OTHER_NAMES = Heading("ชื่ออื่นของหน่วยนับ", "Other names", 18, "คั่นด้วยจุลภาค เช่น แห่ง, หลัง · With commas between")
_UNIT_OF_MEASURE = Heading("หน่วยนับ", "Unit of measure", 12, "เช่น ห้อง, ครั้ง, คน · What is counted")
_ACCUMULATION = Heading(
    "การสะสม", "Accumulation", 20, "ตัวเลขสะสมตั้งแต่ต้นปี หรือเฉพาะไตรมาส · Since October, or the quarter's own"
)
_LINES = "ขึ้นบรรทัดใหม่ในเซลล์ (Alt+Enter) หรือคั่นด้วย ; · Several: a line each, or ; between"

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "units",
        "หน่วยงาน",
        {
            "code": Heading("รหัส", "Code", 14, "ไม่ซ้ำกัน ไม่มีช่องว่าง · Unique, no blanks"),
            "name": Heading("ชื่อหน่วยงาน", "Name", 44),
            "name_en": Heading("ชื่ออังกฤษ", "English name", 26),
            "kind": Heading("ประเภท", "Kind", 20),
            "parent": Heading("อยู่ใต้รหัส", "Parent", 14, "รหัสของหน่วยงานที่อยู่เหนือขึ้นไป · The code of the unit above"),
            "phone": Heading("โทรศัพท์", "Phone", 18),
            "valid_from": Heading("เริ่มวันที่", "Valid from", 14, _DAY),
            "valid_to": Heading("ถึงวันที่", "Valid to", 14, _DAY),
        },
    ),
    Sheet(
        "people",
        "ผู้ใช้งาน",
        {
            "name": Heading("ชื่อ–สกุล", "Name", 28, "แต่ละแถวได้รหัสเชิญหนึ่งรหัส · Each row gets one invitation code"),
            "position": Heading("ตำแหน่ง", "Position", 28),
            "role": Heading("บทบาท", "Role", 24),
            "units": _UNITS,
            "needs_approval": Heading("ต้องอนุมัติก่อน", "Needs approval", 20, "เว้นว่าง: ไม่ต้อง · Empty: no"),
        },
    ),
    Sheet(
        "indicators",
        "ตัวชี้วัด",
        {
            "code": Heading("รหัส", "Code", 14, "เช่น 2300-848 · Such as 2300-848"),
            "order": Heading("ลำดับ", "Order", 8),
            "name": Heading("ชื่อตัวชี้วัด", "Name", 50),
            "name_en": Heading("ชื่ออังกฤษ", "English name", 26),
            "owner": Heading("เจ้าของ", "Owner", 14, "รหัสหน่วยงานที่รายงานยอดรวม · The unit that reports the whole"),
            "unit_of_measure": _UNIT_OF_MEASURE,
            "other_names": _OTHER_NAMES,
            "kind": Heading("ผลงานของเจ้าของ", "Result kind", 24, "เจ้าของตัวชี้วัดตอบเป็นอะไร · What the owner reports"),
            "part_kind": Heading("คำตอบของหน่วยย่อย", "Part kind", 24, "หนึ่งห้องสมุดตอบเป็นอะไร · What one library answers"),
            "question": Heading("คำถาม", "Question", 34, "เช่น พัฒนาเป็นห้องสมุดมีชีวิตแล้วหรือยัง · Asked in the chat"),
            "question_en": Heading("คำถามอังกฤษ", "English question", 26),
            "scale_min": Heading("มาตรวัดต่ำสุด", "Scale from", 11),
            "scale_max": Heading("มาตรวัดสูงสุด", "Scale to", 11),
            "type": Heading("ประเภทตัวชี้วัด", "Type", 24),
            "level": Heading("ระดับ", "Level", 18),
            "direction": Heading("ทิศทาง", "Direction", 20),
            "accumulation": _ACCUMULATION,
            "over_quarters": Heading("รวมไตรมาส", "Over quarters", 20),
            "over_units": Heading("รวมหน่วยงาน", "Over units", 26),
            "weight": Heading("น้ำหนัก", "Weight", 10),
            "definition": Heading("นิยาม", "Definition", 40),
            "method": Heading("วิธีการคำนวณ", "Method", 40),
            "data_source": Heading("วิธีการเก็บข้อมูล", "Data source", 40),
            "strategy": Heading("สนับสนุนยุทธศาสตร์", "Strategy", 40, _LINES),
            "projects": Heading("โครงการที่สนับสนุน", "Projects", 40, _LINES),
            "links": Heading("ฐานข้อมูลประกอบ", "Links", 30, _LINES),
        },
    ),
    Sheet(
        "sub_measures",
        "ตัววัดย่อย",
        {
            "indicator": _INDICATOR,
            "code": Heading("รหัสตัววัดย่อย", "Code", 14, "เช่น titles · Such as titles"),
            "label": Heading("สิ่งที่นับ", "Label", 34),
            "label_en": Heading("ชื่ออังกฤษ", "English label", 26),
            "unit_of_measure": _UNIT_OF_MEASURE,
            "other_names": _OTHER_NAMES,
            "accumulation": _ACCUMULATION,
        },
    ),
    Sheet(
        "targets",
        "ค่าเป้าหมาย",
        {
            "indicator": _INDICATOR,
            "unit": _UNIT,
            "fiscal_year": _YEAR,
            "valid_from": _FROM,
            "value": Heading(
                "ค่าเป้าหมาย", "Target", 12, "ตัวเลขเท่านั้น ข้อความใส่ช่องถัดไป · A number; words go into the next column"
            ),
            "text": Heading("ถ้อยคำเป้าหมาย", "Wording", 30, "เช่น อย่างน้อย 2 ครั้ง/ปี · As the document says it"),
            "document_number": _DOCUMENT,
            "reason": _REASON,
        },
    ),
    Sheet(
        "activities",
        "กิจกรรม",
        {
            "indicator": _INDICATOR,
            "unit": _UNIT,
            "fiscal_year": _YEAR,
            "valid_from": _FROM,
            "text": Heading("กิจกรรม", "Activity", 50),
            "document_number": _DOCUMENT,
            "reason": _REASON,
        },
    ),
    Sheet(
        "assignments",
        "การมอบหมาย",
        {
            "indicator": _INDICATOR,
            "units": _UNITS,
            "fiscal_year": _YEAR,
            "quarters": Heading("ไตรมาส", "Quarters", 14, "1-4 หรือ 2, 4 · เว้นว่าง: ทุกไตรมาส · Empty: all four"),
            "weight": Heading(
                "น้ำหนัก", "Weight", 12, "สำหรับค่าเฉลี่ยถ่วงน้ำหนัก เช่น จำนวนผู้ตอบ · For a weighted mean, e.g. people asked"
            ),
        },
    ),
    Sheet(
        "rounds",
        "รอบรายงาน",
        {
            "fiscal_year": _YEAR,
            "quarter": _QUARTER,
            "opens": Heading("เปิดรับ", "Opens", 14, f"เว้นว่าง: ตามเกณฑ์ปกติ · Empty: the default rule. {_DAY}"),
            "due": Heading("ครบกำหนด", "Due", 14, f"เว้นว่าง: ตามเกณฑ์ปกติ · Empty: the default rule. {_DAY}"),
            "closes": Heading("ปิดรับ", "Closes", 14, f"เว้นว่าง: ตามเกณฑ์ปกติ · Empty: the default rule. {_DAY}"),
            "review": Heading("ตรวจสอบ", "Review", 14, _DAY),
            "evaluation": Heading("ประเมิน", "Evaluation", 14, _DAY),
            "reminders": Heading("เตือนก่อน/หลัง (วัน)", "Reminders", 16, "เช่น -7, -1, 1 เว้นว่าง: ตามปกติ · Empty: as usual"),
        },
    ),
    Sheet(
        "holidays",
        "วันหยุด",
        {
            "day": Heading("วันที่", "Day", 14, _DAY),
            "name": Heading("ชื่อวัน", "Name", 34),
            "kind": Heading("ประเภทวัน", "Kind of day", 22, "เว้นว่าง: วันหยุด · Empty: a holiday"),
        },
    ),
    Sheet(
        "results",
        "ผลงานย้อนหลัง",
        {
            "indicator": _INDICATOR,
            "unit": _UNIT,
            "fiscal_year": _YEAR,
            "quarter": _QUARTER,
            "result": Heading(
                "ผลงาน",
                "Result",
                20,
                "ตัวเลข หรือ แล้ว / อยู่ระหว่างดำเนินการ / ไม่ได้ดำเนินการ · A number, or yes / in_progress / no",
            ),
            "narrative": Heading("รายงานผลการดำเนินงาน", "Narrative", 60),
            "zero_reason": Heading("เหตุผลที่เป็นศูนย์", "Zero reason", 28),
            "sub_measures": Heading("ตัววัดย่อย", "Sub-measures", 24, "titles=324, views=1,200 · รหัส=จำนวน · code=number"),
            "reported_on": Heading("รายงานเมื่อ", "Reported on", 14, _DAY),
            "reporter": Heading("ผู้รายงาน", "Reporter", 24, "เว้นว่าง: นำเข้าจากไฟล์ · Empty: imported from a file"),
        },
    ),
    Sheet(
        "criteria",
        "เกณฑ์ประเมิน",
        {
            "fiscal_year": _YEAR,
            "code": Heading("รหัสเกณฑ์", "Code", 12, "เช่น 2.1 · Such as 2.1"),
            "label": Heading("ชื่อเกณฑ์", "Label", 44),
            "label_en": Heading("ชื่ออังกฤษ", "English label", 26),
            "maximum": Heading("คะแนนเต็ม", "Maximum", 12, "เช่น 100 · Such as 100"),
            "order": Heading("ลำดับ", "Order", 8),
        },
    ),
    Sheet(
        "evaluations",
        "ผลประเมิน",
        {
            "indicator": _INDICATOR,
            "fiscal_year": _YEAR,
            "quarter": _QUARTER,
            "overall": Heading(
                "คะแนนรวม", "Overall", 12, "ตามที่ประเมิน ไม่ได้คำนวณ เว้นว่าง: ยังไม่ประเมิน · Empty: not evaluated, not zero"
            ),
            "scores": Heading("คะแนนรายเกณฑ์", "Scores", 24, "2.1=100, 2.2=95 · รหัสเกณฑ์=คะแนน · criterion=score"),
            "comment": Heading("ความเห็น", "Comment", 50),
            "evaluated_on": Heading("ประเมินเมื่อ", "Evaluated on", 14, _DAY),
        },
    ),
    Sheet(
        "year_summaries",
        "สรุปรายปี",
        {
            "indicator": _INDICATOR,
            "fiscal_year": _YEAR,
            "text": Heading("สรุปผลการดำเนินงาน", "Summary", 80),
        },
    ),
)
"""In the order in which an office fills them in."""

LISTED = {"units", "other_names", "quarters", "sub_measures", "scores"}
"""Columns with several values in one cell, commas between them."""
LINED = {"strategy", "projects", "links"}
"""Columns with several values in one cell that may have commas themselves."""
CODES = {"code", "parent", "owner", "indicator", "unit", "units", "phone", "document_number"}
"""Columns whose zeros in front are kept: their cells are text."""
DATES = {"valid_from", "valid_to", "opens", "due", "closes", "review", "evaluation", "reported_on", "evaluated_on"}


def sheet_of(title: str) -> Sheet | None:
    """The section that a sheet's title names, in Thai, English or both."""
    words = title.casefold().split()
    for sheet in SHEETS:
        if words and {sheet.thai, sheet.section} & set(words) and set(words) <= {sheet.thai, sheet.section}:
            return sheet
    return None


def column_of(sheet: Sheet, heading: str) -> str | None:
    """The machine's name of the column that a heading names: itself, its Thai or its English."""
    typed = {part.strip(" *").casefold() for part in (heading, *heading.splitlines())}
    for name, column in sheet.headings.items():
        if typed & {name, column.thai.casefold(), column.english.casefold()}:
            return name
    return None
