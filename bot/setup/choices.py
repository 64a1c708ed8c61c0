"""The choices of a set-up in Thai: what a workbook's lists offer and what may be typed for the machine's word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

BETWEEN = " · "
"""Stands between the Thai word and the machine's in a list: "ห้องสมุด · library"."""

THAI: Mapping[str, str] = {
    "bureau": "สำนัก",
    "division": "กอง/กลุ่มงาน",
    "library": "ห้องสมุด",
    "reporter": "ผู้รายงาน",
    "coordinator": "ผู้ประสานงาน",
    "evaluator": "ผู้ประเมิน",
    "executive": "ผู้บริหาร",
    "administrator": "ผู้ดูแลระบบ",
    "yes_no": "ทำแล้วหรือยัง",
    "count": "จำนวนนับ",
    "decimal": "ทศนิยม",
    "percent": "ร้อยละ",
    "scale": "มาตรวัด",
    "strategic": "เชิงยุทธศาสตร์",
    "routine": "งานประจำ",
    "negotiated": "เจรจา",
    "output": "ผลผลิต",
    "outcome": "ผลลัพธ์",
    "up": "ยิ่งมากยิ่งดี",
    "down": "ยิ่งน้อยยิ่งดี",
    "cumulative": "สะสมตั้งแต่ต้นปี",
    "per_quarter": "เฉพาะไตรมาส",
    "latest": "ไตรมาสล่าสุด",
    "sum": "ผลรวม",
    "mean": "ค่าเฉลี่ย",
    "maximum": "ค่าสูงสุด",
    "count_met": "นับแห่งที่ทำแล้ว",
    "weighted_mean": "ค่าเฉลี่ยถ่วงน้ำหนัก",
    "in_progress": "อยู่ระหว่างดำเนินการ",
    "prevented": "มีเหตุให้ไม่ได้ดำเนินการ",
    "activity_change": "ขอเปลี่ยนกิจกรรม",
    "not_planned": "ไม่มีแผนไตรมาสนี้",
    "holiday": "วันหยุด",
    "working": "วันทำการ",
    "yes": "ต้องอนุมัติ",
    "no": "ไม่ต้องอนุมัติ",
}


def shown(word: str) -> str:
    """A choice as a list offers it."""
    return f"{THAI[word]}{BETWEEN}{word}" if word in THAI else word


def chosen(text: str, allowed: Iterable[str]) -> str | None:
    """The machine's word among `allowed` that a text names: itself, its Thai, or both as in a list."""
    typed = {_folded(part) for part in (text, *text.split(BETWEEN.strip()))}
    for word in allowed:
        if typed & {_folded(word), _folded(THAI.get(word, word))}:
            return word
    return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
