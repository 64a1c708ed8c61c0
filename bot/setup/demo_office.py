"""The set-up of the demonstration: the seed's bureau and indicator, a dozen made-up libraries, two more indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from bot.setup.rows import Cell, Place, Row
from models.rules.deadlines import default_dates
from models.rules.fiscal import Quarter
from models.rules.working_days import WorkingDays

BUREAU, DIVISION = "23000000", "23000300"
LIVING_LIBRARY, READERS, SATISFACTION = "2300-848", "2300-849", "2300-850"

LIBRARIES = {
    f"230003{number:02}": f"ห้องสมุดเพื่อการเรียนรู้{name}"
    for number, name in enumerate(
        (
            "สวนมะลิ",
            "คลองบัวหลวง",
            "ลานจำปี",
            "บางสะพานไม้",
            "ทุ่งแสงตะวัน",
            "ริมน้ำเย็น",
            "ตลาดร่มไทร",
            "วัดดอนแก้ว",
            "สะพานสูงเก่า",
            "หนองปลาทอง",
            "บ้านสวนพลู",
            "เนินพิกุล",
        ),
        start=1,
    )
}
"""Unit code → name. None of them exists."""

_UNITS: tuple[dict[str, Any], ...] = (
    {"code": BUREAU, "name": "สำนักวัฒนธรรม กีฬา และการท่องเที่ยว", "kind": "bureau"},
    {"code": DIVISION, "name": "กลุ่มงานพัฒนาห้องสมุดประชาชน", "kind": "division", "parent": BUREAU, "phone": "0 2000 0000"},
    *({"code": code, "name": name, "kind": "library", "parent": DIVISION} for code, name in LIBRARIES.items()),
)

DEMO_UNITS = frozenset({BUREAU, DIVISION, *LIBRARIES})
"""The codes of all units of the demonstration."""

_INDICATORS: tuple[dict[str, Any], ...] = (
    {
        "code": LIVING_LIBRARY,
        "order": "8",
        "name": "จำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิตที่มีความทันสมัยสอดคล้องกับความต้องการของประชาชน",
        "name_en": "Learning libraries developed into modern living libraries that meet the public's needs",
        "owner": BUREAU,
        "unit_of_measure": "ห้อง",
        "other_names": ["แห่ง"],
        "kind": "count",
        "part_kind": "yes_no",
        "question": "พัฒนาเป็นห้องสมุดมีชีวิตแล้วหรือยัง",
        "question_en": "Has the library been developed into a living library?",
        "type": "strategic",
        "level": "output",
        "direction": "up",
        "accumulation": "cumulative",
        "over_quarters": "latest",
        "over_units": "count_met",
        "definition": (
            "ห้องสมุดมีชีวิต หมายถึง ห้องสมุดที่มีพื้นที่ให้บริการกิจกรรมที่หลากหลาย รวมถึงทรัพยากรสารสนเทศ "
            "และเทคโนโลยีที่ทันสมัย สอดคล้องกับความต้องการของประชาชน หมายถึง การจัดกิจกรรมการเรียนรู้ที่มีความหลากหลาย "
            "รวมถึงมีการให้บริการทรัพยากรสารสนเทศ และเทคโนโลยีที่ทันสมัย ตามความต้องการ ความสนใจ โอกาส ความพร้อม "
            "และศักยภาพในการเรียนรู้ของแต่ละบุคคล"
        ),
        "method": "นับจำนวนห้องสมุดเพื่อการเรียนรู้ที่ได้รับการพัฒนาเป็นห้องสมุดมีชีวิต",
        "data_source": "รายงานของห้องสมุดเพื่อการเรียนรู้ทุกแห่งผ่านระบบรายงานตัวชี้วัด",
        "projects": ["โครงการพัฒนาห้องสมุดเพื่อการเรียนรู้ให้เป็นห้องสมุดมีชีวิต (ตัวอย่าง)"],
        "strategy": [
            "ด้านที่ ๓ - มหานครสำหรับทุกคน : Bangkok as a City for All",
            "๓.๓ - การศึกษาสำหรับทุกคน",
            "๓.๓.๓ ประชาชนมีโอกาสศึกษาตลอดชีวิต%",
            "๓.๓.๓.๒ พัฒนากระบวนการเรียนรู้ตามอัธยาศัยที่มีประสิทธิภาพในพื้นที่กรุงเทพมหานคร",
        ],
        "sub_measures": [
            {
                "code": "titles",
                "label": "บรรณนิทัศน์ออนไลน์ที่จัดทำ",
                "label_en": "Online book annotations made",
                "unit_of_measure": "ชื่อเรื่อง",
                "other_names": ["เรื่อง"],
                "accumulation": "cumulative",
            }
        ],
    },
    {
        "code": READERS,
        "order": "9",
        "name": "จำนวนผู้เข้าร่วมกิจกรรมส่งเสริมการอ่าน",
        "name_en": "People who took part in reading activities",
        "owner": BUREAU,
        "unit_of_measure": "คน",
        "other_names": ["ราย"],
        "kind": "count",
        "question": "มีผู้เข้าร่วมกิจกรรมส่งเสริมการอ่าน",
        "question_en": "People who took part in reading activities",
        "type": "routine",
        "level": "output",
        "accumulation": "cumulative",
        "over_quarters": "latest",
        "over_units": "sum",
        "method": "นับจำนวนผู้ลงชื่อเข้าร่วมกิจกรรม สะสมตั้งแต่ต้นปีงบประมาณ",
    },
    {
        "code": SATISFACTION,
        "order": "10",
        "name": "ร้อยละความพึงพอใจของผู้ใช้บริการห้องสมุด",
        "name_en": "Users satisfied with the library, in percent",
        "owner": BUREAU,
        "unit_of_measure": "ร้อยละ",
        "other_names": ["%", "เปอร์เซ็นต์"],
        "kind": "percent",
        "question": "ผู้ใช้บริการพึงพอใจ",
        "question_en": "Users satisfied with the library",
        "type": "negotiated",
        "level": "outcome",
        "accumulation": "per_quarter",
        "over_quarters": "mean",
        "over_units": "weighted_mean",
        "method": "จำนวนผู้ตอบว่าพึงพอใจขึ้นไป หารด้วยจำนวนผู้ตอบทั้งหมด คูณ 100",
    },
)


_CRITERIA = (
    ("1", "2.1", "ความครบถ้วนของรายงาน", "Completeness of the report"),
    ("2", "2.2", "หลักฐานประกอบ", "Evidence"),
)
"""Order, code and labels. Made up: what the real ones are called was not found."""


def demo_rows(today: date, rounds_there: Iterable[Quarter]) -> tuple[Row, ...]:
    """The set-up around a day: the quarter it lies in is open, the one before is closed.

    Rounds that are there already keep their dates.
    """
    current = Quarter.of(today)
    years = sorted({current.fiscal_year, current.previous.fiscal_year})
    sections: dict[str, list[dict[str, Any]]] = {
        "units": list(_UNITS),
        "indicators": list(_INDICATORS),
        "targets": [target for year in years for target in _targets(year)],
        "activities": [
            {
                "indicator": LIVING_LIBRARY,
                "unit": BUREAU,
                "fiscal_year": str(year),
                "text": "จัดทำบรรณนิทัศน์ออนไลน์",
            }
            for year in years
        ],
        "assignments": [assignment for year in years for assignment in _assignments(year)],
        "criteria": [
            {
                "fiscal_year": str(year),
                "code": code,
                "label": label,
                "label_en": english,
                "maximum": "100",
                "order": order,
            }
            for year in years
            for order, code, label, english in _CRITERIA
        ],
        "rounds": [] if current.previous in set(rounds_there) else [_closed_round(current.previous, today)],
    }
    return tuple(_row(section, values) for section, rows in sections.items() for values in rows)


def _targets(year: int) -> list[dict[str, Any]]:
    of_libraries = ((READERS, "400"), (SATISFACTION, "85"))
    return [
        {"indicator": LIVING_LIBRARY, "unit": BUREAU, "fiscal_year": str(year), "value": "3"},
        *(
            {"indicator": indicator, "unit": unit, "fiscal_year": str(year), "value": value}
            for unit in LIBRARIES
            for indicator, value in of_libraries
        ),
    ]


def _assignments(year: int) -> list[dict[str, Any]]:
    return [
        {"indicator": LIVING_LIBRARY, "units": [BUREAU, *LIBRARIES], "fiscal_year": str(year)},
        {"indicator": READERS, "units": list(LIBRARIES), "fiscal_year": str(year)},
        *(
            {"indicator": SATISFACTION, "units": [unit], "fiscal_year": str(year), "weight": str(80 + 10 * order)}
            for order, unit in enumerate(LIBRARIES)
        ),
    ]


def _closed_round(quarter: Quarter, today: date) -> dict[str, Any]:
    dates = default_dates(quarter, WorkingDays())
    closes = min(dates.closes, today - timedelta(days=1))
    return {
        "fiscal_year": str(quarter.fiscal_year),
        "quarter": str(quarter.number),
        "due": min(dates.due, closes).isoformat(),
        "closes": closes.isoformat(),
    }


_PLACE = Place("demo", 0)


def _row(section: str, values: Mapping[str, Any]) -> Row:
    return Row(section, _PLACE, {name: Cell(_PLACE, _value(name, value)) for name, value in values.items()})


def _value(name: str, value: Any) -> Any:
    if name == "sub_measures":
        return tuple(_row(name, each) for each in value)
    return tuple(value) if isinstance(value, list) else value
