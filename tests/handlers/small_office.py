"""A small office: a bureau that counts what its three libraries answer, and a count of one library's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from models.rules.fiscal import Quarter
from models.rules.office import (
    Assignment,
    Criterion,
    Duty,
    Indicator,
    Office,
    OverQuarters,
    QuarterDates,
    ResultKind,
    SubMeasure,
    Target,
    Unit,
    UnitKind,
)

Q1, Q2 = Quarter(2570, 1), Quarter(2570, 2)


def office() -> Office:
    """A bureau, a division, three libraries; 2300-848 (yes/no for a library) and a count; Q1 and Q2 with dates."""
    units = [
        Unit(1, "23000000", "สำนักวัฒนธรรม กีฬา และการท่องเที่ยว", UnitKind.BUREAU, phone="0 2000 0000"),
        Unit(2, "23040000", "กลุ่มงานพัฒนาห้องสมุดประชาชน", UnitKind.DIVISION, 1, phone="0 2000 0001"),
        Unit(3, "LIB-01", "ห้องสมุดสวนลุมพินี", UnitKind.LIBRARY, 2),
        Unit(4, "LIB-02", "ห้องสมุดบางบอน", UnitKind.LIBRARY, 2),
        Unit(5, "LIB-03", "ห้องสมุดประเวศ", UnitKind.LIBRARY, 2),
    ]
    titles = SubMeasure(1, "titles", "จัดทำบรรณนิทัศน์ออนไลน์", "ชื่อเรื่อง", ("เรื่อง",))
    indicators = [
        Indicator(
            1,
            "2300-848",
            8,
            "จำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต",
            1,
            "ห้อง",
            ResultKind.COUNT,
            ResultKind.YES_NO,
            question="พัฒนาเป็นห้องสมุดมีชีวิตแล้วหรือยัง",
            other_names=("แห่ง",),
            sub_measures=(titles,),
        ),
        Indicator(
            2,
            "2300-849",
            9,
            "จำนวนกิจกรรมส่งเสริมการอ่าน",
            1,
            "ครั้ง",
            ResultKind.COUNT,
            ResultKind.COUNT,
            over_quarters=OverQuarters.LATEST,
        ),
    ]
    all_quarters = frozenset({1, 2, 3, 4})
    assignments = [Assignment(unit, 1, 2570, all_quarters) for unit in (1, 3, 4, 5)]
    assignments.append(Assignment(3, 2, 2570, all_quarters))
    return Office(
        1,
        {each.id: each for each in units},
        {each.id: each for each in indicators},
        {
            Q1: QuarterDates(Q1, date(2026, 12, 1), date(2027, 1, 11), date(2027, 1, 25)),
            Q2: QuarterDates(Q2, date(2027, 3, 1), date(2027, 4, 12), date(2027, 4, 26)),
        },
        tuple(assignments),
        (Target(1, 1, 2570, date(2026, 10, 1), Decimal(3)), Target(3, 2, 2570, date(2026, 10, 1), Decimal(40))),
        {2: (Duty("สมชาย รักอ่าน", date(2026, 10, 1)),)},
        {2570: (Criterion(1, "2.1", "ความครบถ้วน", Decimal(100)), Criterion(2, "2.2", "", Decimal(50)))},
    )
