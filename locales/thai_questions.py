"""People's own questions in an idle moment, near-words included, and the likeliest meanings of what else is typed.

Never asked at a question of a dialogue: there a text is an answer. What is read here is never kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio

from locales.thai_commands import PHRASES, Command
from locales.thai_phrases import plain

LONGEST = 120
"""Characters; what is longer is a text, not a question, and only its beginning is compared."""
MOST_COMPARED = 50
"""Characters that are looked through for parts of phrases; the time for it grows with their number."""
HELD = 7
"""Characters of a phrase, at least, that is looked for inside of a longer text."""
CLEAR = 0.8
"""Share of characters that agree: as near as this is that phrase, mistyped."""


class Intent(StrEnum):
    """What a person wants to know or do, in words that are no command."""

    DAYS_LEFT = "days_left"
    DUE_WHEN = "due_when"
    STILL_OPEN = "still_open"
    SENT_YET = "sent_yet"
    WHAT_TO_DO = "what_to_do"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    MOVED = "moved"
    CONTACT = "contact"
    TARGET = "target"
    LAST_RESULT = "last_result"
    WHAT_IS_COUNTED = "what_is_counted"
    PICTURES = "pictures"
    HOW_TO = "how_to"


QUESTIONS: Mapping[Intent, str] = {
    Intent.DAYS_LEFT: (
        "เหลือกี่วัน|เหลืออีกกี่วัน|เหลือเวลากี่วัน|เหลือเวลาอีกกี่วัน|อีกกี่วัน|อีกกี่วันครบกำหนด|เหลือเวลาเท่าไหร่|มีเวลาอีกกี่วัน|"
        "เหลือกี่วันต้องส่ง|ยังเหลือเวลาไหม|how many days left|how much time is left|how long do i have|days left"
    ),
    Intent.DUE_WHEN: (
        "ครบกำหนดวันไหน|ครบกำหนดเมื่อไหร่|ครบกำหนดวันที่เท่าไหร่|กำหนดส่งวันไหน|กำหนดส่งเมื่อไหร่|ส่งภายในวันไหน|ต้องส่งวันไหน|"
        "ต้องส่งเมื่อไหร่|ต้องส่งภายในวันที่เท่าไหร่|ส่งได้ถึงวันไหน|ส่งถึงวันไหน|ส่งได้ถึงเมื่อไหร่|เปิดรับถึงวันไหน|เปิดรับถึงเมื่อไหร่|หมดเขตวันไหน|หมดเขตเมื่อไหร่|ปิดรับวันไหน|ปิดรับเมื่อไหร่|"
        "วันสุดท้ายวันไหน|เดดไลน์วันไหน|เดดไลน์เมื่อไหร่|when is it due|when is the deadline|due date|deadline|when does it close"
    ),
    Intent.STILL_OPEN: (
        "ยังส่งได้ไหม|ยังส่งทันไหม|ส่งทันไหม|ส่งช้าได้ไหม|ส่งย้อนหลังได้ไหม|เลยกำหนดแล้วส่งได้ไหม|เลยกำหนดยังส่งได้ไหม|เกินกำหนดแล้วส่งได้ไหม|"
        "เลยกำหนดหรือยัง|เลยกำหนดแล้วหรือยัง|เกินกำหนดหรือยัง|ครบกำหนดหรือยัง|"
        "ปิดรับหรือยัง|ปิดรับแล้วหรือยัง|ขอส่งช้า|ส่งไม่ทัน|ขอเลื่อนส่ง|can i still send|is it too late|can i send late|is it closed"
    ),
    Intent.SENT_YET: (
        "ส่งหรือยัง|ส่งแล้วหรือยัง|ส่งไปหรือยัง|ส่งรายงานหรือยัง|ส่งรายงานแล้วหรือยัง|รายงานหรือยัง|รายงานแล้วหรือยัง|ส่งครบหรือยัง|"
        "ส่งถึงหรือยัง|ได้รับรายงานหรือยัง|รายงานที่ส่งถึงไหม|ส่งสำเร็จไหม|ส่งผ่านไหม|ผ่านหรือยัง|ตรวจหรือยัง|ตรวจแล้วหรือยัง|รับรองหรือยัง|"
        "ยังไม่ได้ส่งใช่ไหม|ส่งไปแล้วใช่ไหม|have i sent it|did i send it|is it sent|was it received|has it been checked"
    ),
    Intent.WHAT_TO_DO: (
        "ต้องทำอะไรบ้าง|ต้องทำอะไร|ต้องทำอะไรต่อ|ทำอะไรต่อ|ต้องส่งอะไรบ้าง|ต้องส่งอะไร|ต้องรายงานอะไรบ้าง|ต้องรายงานอะไร|มีอะไรต้องทำบ้าง|"
        "มีอะไรค้างไหม|ค้างอะไรบ้าง|ค้างอะไรอยู่|เหลืออะไรบ้าง|เหลืออะไรต้องส่ง|มีรายการค้างไหม|มีงานค้างไหม|มีอะไรต้องส่งไหม|"
        "what do i have to do|what do i need to do|what is left to do|what is pending|what next|to do"
    ),
    Intent.CORRECT: (
        "แก้ที่ส่งไปแล้ว|ขอแก้ที่ส่งไปแล้ว|แก้รายงานที่ส่งไปแล้ว|ขอแก้รายงานที่ส่งแล้ว|แก้ที่ส่งแล้ว|ส่งผิด|ส่งไปผิด|ส่งไปแล้วแต่ผิด|ส่งแล้วแต่ผิด|พิมพ์ผิด|กรอกผิด|ใส่ตัวเลขผิด|"
        "ตัวเลขผิด|รายงานผิด|ขอแก้ตัวเลข|ขอแก้ข้อมูลรายงาน|แก้ได้ไหม|แก้ไขได้ไหม|แก้ยังไง|แก้ไขยังไง|ส่งแล้วแก้ได้ไหม|"
        "i made a mistake|correct my report|fix my report|sent a wrong number|wrong number|how do i correct it"
    ),
    Intent.WITHDRAW: (
        "ขอถอน|ถอนรายงาน|ขอถอนรายงาน|ถอนรายงานที่ส่งแล้ว|ขอถอนที่ส่งไปแล้ว|ดึงรายงานกลับ|ขอดึงกลับ|ดึงกลับ|ขอยกเลิกรายงานที่ส่งไปแล้ว|"
        "ยกเลิกที่ส่ง|ขอยกเลิกที่ส่ง|"
        "ยกเลิกที่ส่งไปแล้ว|ยกเลิกการส่ง|withdraw|withdraw report|withdraw my report|take it back|recall my report|unsubmit"
    ),
    Intent.MOVED: (
        "ย้ายห้องสมุดแล้ว|ย้ายห้องสมุด|ย้ายที่ทำงานแล้ว|ย้ายหน่วยงาน|ย้ายหน่วยงานแล้ว|ขอย้ายห้องสมุด|เปลี่ยนห้องสมุด|ขอเปลี่ยนห้องสมุด|ฉันย้ายแล้ว|"
        "ไม่ได้อยู่ห้องสมุดนี้แล้ว|ไม่ได้ทำที่นี่แล้ว|ไม่ได้ดูแลห้องสมุดนี้แล้ว|ห้องสมุดไม่ถูกต้อง|เปลี่ยนผู้รายงาน|มีคนมาแทน|ลาออกแล้ว|เกษียณแล้ว|ลาคลอด|ขอลาคลอด|จะลาคลอด|ฉันลาคลอด|"
        "ย้ายมา|ย้ายมาใหม่|ย้ายมาอยู่|ย้ายมาอยู่ห้องสมุด|ฉันย้ายมา|ย้ายมาแล้ว|"
        "i moved|i have moved|moved to another library|change my library|wrong library|i no longer work there"
    ),
    Intent.CONTACT: (
        "ใครเป็นผู้ประสานงาน|ผู้ประสานงานคือใคร|ผู้ประสานงานชื่ออะไร|ขอเบอร์ผู้ประสานงาน|เบอร์ผู้ประสานงาน|ขอเบอร์ติดต่อ|เบอร์โทร|ติดต่อใคร|ติดต่อใครได้|"
        "ลืมรหัส|ลืมรหัสลงทะเบียน|ทำรหัสหาย|ขอรหัสใหม่|ขอรหัสลงทะเบียนใหม่|ถามใครได้|ต้องถามใคร|โทรหาใคร|ขอคุยกับเจ้าหน้าที่|คุยกับคน|"
        "who is the coordinator|who can i ask|who do i call|phone number"
    ),
    Intent.TARGET: (
        "เป้าเท่าไหร่|เป้าหมายเท่าไหร่|ค่าเป้าหมายเท่าไหร่|เป้าหมายคืออะไร|เป้ากี่ห้อง|เป้าหมายปีนี้เท่าไหร่|ต้องทำให้ได้เท่าไหร่|ต้องได้เท่าไหร่|"
        "ได้กี่เปอร์เซ็นต์|ได้กี่เปอร์เซ็นต์แล้ว|กี่เปอร์เซ็นต์แล้ว|ทำได้กี่เปอร์เซ็นต์|คิดเป็นร้อยละเท่าไหร่|"
        "ขอดูเป้าหมาย|ดูเป้าหมาย|what is the target|what is my target|target"
    ),
    Intent.LAST_RESULT: (
        "ไตรมาสที่แล้วรายงานเท่าไหร่|ไตรมาสที่แล้วได้เท่าไหร่|ไตรมาสก่อนรายงานเท่าไหร่|ไตรมาสก่อนได้เท่าไหร่|ครั้งที่แล้วรายงานเท่าไหร่|ครั้งก่อนได้เท่าไหร่|"
        "รายงานไปเท่าไหร่|ส่งไปเท่าไหร่|ส่งอะไรไป|ที่ส่งไปเขียนว่าอะไร|ขอดูรายงานที่ส่งไป|ขอดูที่ส่งไปแล้ว|ดูรายงานเก่า|ดูรายงานที่ส่งแล้ว|"
        "what did i report last time|what did i send|last result|last quarter's result|show my report"
    ),
    Intent.WHAT_IS_COUNTED: (
        "นับอะไร|นับยังไง|นับอย่างไร|นับสะสมไหม|นับสะสมหรือเปล่า|สะสมหรือเฉพาะไตรมาส|นับเฉพาะไตรมาสนี้ไหม|นับตั้งแต่เมื่อไหร่|นับถึงวันไหน|"
        "ตัวชี้วัดนี้คืออะไร|นิยามคืออะไร|วิธีนับ|วิธีคำนวณ|คิดยังไง|what is counted|how is it counted|is it cumulative|definition"
    ),
    Intent.PICTURES: (
        "ส่งรูปได้ไหม|แนบรูปได้ไหม|แนบรูปยังไง|ต้องแนบรูปไหม|ต้องส่งรูปไหม|ส่งรูปยังไง|แนบไฟล์ได้ไหม|แนบหลักฐานยังไง|ต้องมีหลักฐานไหม|"
        "ส่งหลักฐานยังไง|can i send pictures|how do i attach a picture|do i need evidence|attach a file"
    ),
    Intent.HOW_TO: (
        "ใช้ยังไง|ใช้อย่างไร|ใช้งานยังไง|ทำยังไง|ทำอย่างไร|ทำไง|ต้องทำยังไง|ต้องทำอย่างไร|เริ่มยังไง|เริ่มต้นยังไง|รายงานยังไง|รายงานอย่างไร|"
        "ส่งรายงานยังไง|ส่งยังไง|กดตรงไหน|พิมพ์อะไร|พิมพ์ว่าอะไร|ทำไม่เป็น|ใช้ไม่เป็น|ขอวิธีใช้|สอนใช้หน่อย|ไม่เข้าใจ|งง|"
        "how does this work|how do i use this|how do i report|what can you do|what can i type|i don't understand"
    ),
}
"""Every intent's phrases, typed with or without spaces."""

Meant = Intent | Command
"""What an idle person may mean."""

_OFFERED = (
    *(Command.REPORT, Command.STATUS, Command.HELP, Command.EDIT, Command.REGISTER, Command.MY_DATA, Command.FORGET_ME),
    *(Command.REVIEW, Command.MISSING, Command.SUMMARY, Command.REQUESTS, Command.APPROVE, Command.REMIND_MISSING),
    *(Command.GROUP_NOTICE, Command.REPORT_FOR, Command.COMBINE, Command.LINK_GROUP),
    *(Command.EVALUATE, Command.EVALUATION),
)
"""The commands that somebody idle can mean; back, skip or confirm mean nothing outside a dialogue."""
_SAME_ANSWER: tuple[frozenset[Meant], ...] = (
    frozenset({Intent.CORRECT, Command.EDIT}),
    frozenset({Intent.HOW_TO, Intent.CONTACT, Command.HELP}),
)
_SPELLINGS = (
    ("ยังงัย", "ยังไง"),
    ("ไงบ้าง", "ไง"),
    ("เท่าไร", "เท่าไหร่"),
    ("เท่าใด", "เท่าไหร่"),
    ("เมื่อไร", "เมื่อไหร่"),
    ("เมื่อใด", "เมื่อไหร่"),
    ("รึยัง", "หรือยัง"),
    ("หรือยังไม่", "หรือยัง"),
    ("รึเปล่า", "ไหม"),
    ("หรือเปล่า", "ไหม"),
    ("หรือไม่", "ไหม"),
    ("มั้ย", "ไหม"),
    ("มัย", "ไหม"),
    ("วันใด", "วันไหน"),
    ("อะไรมั่ง", "อะไรบ้าง"),
)
_AROUND = regex.compile(
    r"^(?:ขอสอบถามว่า|ขอสอบถาม|รบกวนสอบถาม|สอบถามว่า|สอบถาม|ขอถามว่า|ขอถาม|อยากทราบว่า|อยากทราบ|อยากรู้ว่า|อยากรู้|ขอทราบว่า|ขอทราบ|รบกวน|"
    r"สวัสดี(?:ค่ะ|ครับ|คับ)?|ถามหน่อย|พี่|แอดมิน|ตอนนี้|แล้ว|excuseme|please|hello)"
    r"(?:หน่อย)?(?:นะ)?(?:ค่ะ|คะ(?!แนน)|ครับ|คับ)?|"
    r"(?:เหรอ|หรอ|ล่ะ|ละ|อ่ะ|อะ|เอ่ย|น้อ|นะ|แล้วล่ะ|ค่ะ|คะ|ครับ)+$"
)
_MARKS = regex.compile(r"[\s\p{P}\p{S}]+")
_NEGATION = regex.compile(r"ไม่|อย่า|\bnot\b|n't")


def intent(text: str) -> Intent | None:
    """The intent that the whole text clearly has, mistyped or with words around it; None in doubt. Never raises."""
    if len(text) > LONGEST:
        return None
    said = _question(text)
    if len(said) < 2:
        return None
    if said in _MEANT:
        found = _MEANT[said]
        return found if isinstance(found, Intent) else None
    near = {_MEANT[phrase] for phrase in _nearest(said, CLEAR if len(said) > 6 else 0.85)}
    if len(near) == 1 and isinstance(found := near.pop(), Intent):
        return found
    held = {phrase for phrase in _LONG_ENOUGH if phrase in said}
    # "เหลือกี่วันต้องส่ง" holds "ต้องส่ง…" of others: only the longest phrase that is held counts.
    held = {phrase for phrase in held if not any(phrase in other for other in held - {phrase})}
    meant = {_MEANT[phrase] for phrase in held}
    if len(meant) != 1 or near or not isinstance(found := meant.pop(), Intent):
        return None
    rest = said.replace(max(held, key=len), "")
    return None if _NEGATION.search(rest) or len(rest) > 40 else found


def likeliest(text: str, among: Sequence[Meant], most: int = 3) -> tuple[Meant, ...]:
    """What the text may mean, of `among`, the likeliest first: always `most`, filled up with the first of them."""
    said = _question(text[:LONGEST])[:MOST_COMPARED]
    scored: dict[Meant, float] = {}
    if said:
        phrases = [phrase for phrase in _PHRASES if _MEANT[phrase] in among]
        long = [phrase for phrase in phrases if len(phrase) >= HELD]
        for phrase, score, _ in process.extract(said, phrases, scorer=OSA.normalized_similarity, limit=20):
            scored[_MEANT[phrase]] = max(score, scored.get(_MEANT[phrase], 0.0))
        for phrase, score, _ in process.extract(said, long, scorer=partial_ratio, score_cutoff=65, limit=20):
            # A part that agrees says less than a whole that does.
            scored[_MEANT[phrase]] = max(score * 0.0085, scored.get(_MEANT[phrase], 0.0))
    ranked = sorted((each for each in scored if scored[each] >= 0.4), key=lambda each: -scored[each])
    chosen: list[Meant] = []
    for each in (*ranked, *among):
        if not any({each, other} <= same for other in chosen for same in _SAME_ANSWER) and each not in chosen:
            chosen.append(each)
    return tuple(chosen[:most])


def _nearest(said: str, least: float) -> list[str]:
    """The phrases that come nearest, all of those that are equally near."""
    found = process.extract(said, _PHRASES, scorer=OSA.normalized_similarity, score_cutoff=least, limit=10)
    return [phrase for phrase, score, _ in found if score == found[0][1]]


def _question(text: str) -> str:
    """The text as questions are compared: without greeting, "ขอสอบถาม", final particles, spaces; in one spelling."""
    said = str(_MARKS.sub("", plain(text)))[:LONGEST]
    for typed, usual in _SPELLINGS:
        said = said.replace(typed, usual)
    for _ in range(3):
        shorter = str(_AROUND.sub("", said))
        if shorter == said or not shorter:
            break
        said = shorter
    return said


_MEANT: dict[str, Meant] = {
    **{_question(phrase): which for which in _OFFERED for phrase in PHRASES[which].split("|")},
    **{_question(phrase): which for which, phrases in QUESTIONS.items() for phrase in phrases.split("|")},
}
_PHRASES = tuple(_MEANT)
_LONG_ENOUGH = tuple(phrase for phrase in _PHRASES if len(phrase) >= HELD and isinstance(_MEANT[phrase], Intent))
