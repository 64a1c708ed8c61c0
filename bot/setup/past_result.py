"""A past result as the file writes it, read as the kind of result that its indicator wants."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.setup.cells import WrongCell, decimal
from bot.setup.rows import Unreadable
from models.rules.fiscal import Quarter
from models.rules.office import Office, ReportKey, ResultKind
from models.rules.permissions import RefusalReason, past_result_refused

_YES = {"yes", "แล้ว", "ทำแล้ว", "ดำเนินการแล้ว", "ใช่", "1"}
_IN_PROGRESS = {"in_progress", "อยู่ระหว่างดำเนินการ", "ระหว่างดำเนินการ", "กำลังดำเนินการ"}
_NO = {"no", "ไม่", "ยัง", "ยังไม่ได้ดำเนินการ", "ไม่ได้ดำเนินการ", "0"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A result and the answer it came from, as the chat would have stored them."""

    answer: str
    result: Decimal
    zero_reason: str = ""


def read_answer(
    typed: str, kind: ResultKind, bounds: tuple[Decimal | None, Decimal | None], zero_reason: str
) -> Answer | Unreadable:
    """A result of this kind, or what would be right. `bounds` are a scale's, both included."""
    if kind is ResultKind.YES_NO:
        return _yes_or_no(typed, zero_reason)
    try:
        found = decimal(unicodedata.normalize("NFKC", typed))
    except WrongCell as wrong:
        return Unreadable(f"result “{typed}” {wrong.thai}", f"result “{typed}” {wrong.english}")
    if found < 0:
        return Unreadable(f"result “{typed}” ต้องไม่ติดลบ", f"result “{typed}” has to be 0 or more")
    if kind is ResultKind.COUNT and found != found.to_integral_value():
        return Unreadable(
            f"result “{typed}” เป็นจำนวนนับ ต้องเป็นจำนวนเต็ม", f"result “{typed}” is a count; it has to be a whole number"
        )
    least, most = bounds
    if kind is ResultKind.SCALE and least is not None and most is not None and not least <= found <= most:
        shown = f"{least.normalize():f}–{most.normalize():f}"
        return Unreadable(f"result “{typed}” ต้องอยู่ในช่วง {shown}", f"result “{typed}” has to be within {shown}")
    return Answer(f"{found.normalize():f}", found, zero_reason if not found else "")


def _yes_or_no(typed: str, zero_reason: str) -> Answer | Unreadable:
    said = unicodedata.normalize("NFKC", typed.rsplit("·", 1)[-1]).strip().casefold()
    said = str(int(said)) if said.isdecimal() else said.replace("ํา", "ำ")
    if said in _YES:
        return Answer("yes", Decimal(1))
    if said in _IN_PROGRESS or (said in _NO and zero_reason == "in_progress"):
        return Answer("in_progress", Decimal(0), "in_progress")
    if said in _NO:
        return Answer("no", Decimal(0), zero_reason)
    return Unreadable(
        f"result “{typed}” ต้องเป็น แล้ว, อยู่ระหว่างดำเนินการ หรือ ไม่ได้ดำเนินการ",
        f"result “{typed}” has to be yes, in_progress or no",
    )


def read_sub_measures(typed: Mapping[str, Decimal], declared: Container[str]) -> dict[str, Decimal] | Unreadable:
    """Values of an indicator's sub-measures, or what would be right."""
    for code, value in typed.items():
        if code not in declared:
            return Unreadable(
                f"ตัวชี้วัดนี้ไม่มีตัววัดย่อย {code}", f"the indicator declares no sub-measure {code}; see the sheet sub_measures"
            )
        if value < 0 or value != value.to_integral_value():
            return Unreadable(f"{code} ต้องเป็นจำนวนเต็ม 0 ขึ้นไป", f"{code} has to be a whole number, 0 or more")
    return dict(typed)


def refused_by_gate(office: Office, key: ReportKey, today: date, *, submitted: bool) -> tuple[str, Unreadable] | None:
    """The column that is at fault, and what would be right, where the gate says no. `submitted`: stored already."""
    refused = past_result_refused(office, key, today, submitted=submitted)
    if refused is None:
        return None
    unit, indicator, year = (
        office.units[key.unit_id].code,
        office.indicators[key.indicator_id].code,
        key.quarter.fiscal_year,
    )
    if refused.reason is RefusalReason.NOT_OPEN_YET:
        now = Quarter.of(today)
        return "quarter", Unreadable(
            f"ไตรมาส {key.quarter} ยังไม่เริ่ม ใส่ผลงานได้ถึงไตรมาส {now} ให้แก้ fiscal_year หรือ quarter",
            f"quarter {key.quarter} has not begun; give quarters up to {now}; mend fiscal_year or quarter",
        )
    if refused.reason is RefusalReason.UNIT_NOT_VALID:
        return "unit", Unreadable(
            f"{unit} ไม่ได้เปิดในไตรมาส {key.quarter} ให้แก้รหัส หรือแก้ valid_from, valid_to ของหน่วยงาน",
            f"{unit} did not exist in quarter {key.quarter}; mend the code, or the unit's valid_from and valid_to",
        )
    assignment = office.assignment(key)
    if assignment is not None:
        due = ", ".join(map(str, sorted(assignment.quarters)))
        return "quarter", Unreadable(
            f"{unit} รายงาน {indicator} ปี {year} เฉพาะไตรมาส {due} ให้แก้ quarter หรือแก้การมอบหมาย",
            f"{unit} reports {indicator} of {year} in the quarters {due}; mend the quarter, or the assignment",
        )
    own = sorted(
        office.indicators[each.indicator_id].code
        for each in office.assignments_of(key.unit_id)
        if each.fiscal_year == year
    )
    return "indicator", Unreadable(
        f"{unit} ไม่ได้รับมอบหมาย {indicator} ในปี {year} (ที่ได้รับ: {', '.join(own) or '–'}) ให้แก้รหัส หรือเพิ่มการมอบหมาย",
        f"{unit} is not assigned {indicator} in {year} (assigned: {', '.join(own) or '–'}); "
        "mend the code, or add the assignment",
    )
