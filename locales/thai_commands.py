"""Commands: what each can be called, and what may stand behind it.

A command is a message that is wholly one, polite particles aside: "ยกเลิกกิจกรรมเนื่องจากฝนตก" is content.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

import regex
from msgspec import Struct

from locales.thai_phrases import plain, squeezed


class Command(StrEnum):
    """What a person may ask for anywhere."""

    REGISTER = "register"
    REPORT = "report"
    STATUS = "status"
    HELP = "help"
    BACK = "back"
    EDIT = "edit"
    SKIP = "skip"
    CANCEL = "cancel"
    CONFIRM = "confirm"
    DONE = "done"
    LATER = "later"
    LANGUAGE = "language"
    MY_DATA = "my_data"
    FORGET_ME = "forget_me"
    ACKNOWLEDGE = "acknowledge"
    READ_ALL = "read_all"
    APPROVE = "approve"
    LINK_GROUP = "link_group"
    MISSING = "missing"
    SUMMARY = "summary"
    EVALUATE = "evaluate"
    EVALUATION = "evaluation"
    REVIEW = "review"
    REQUESTS = "requests"
    ASK_TO_OPEN = "ask_to_open"
    ASK_TO_EDIT = "ask_to_edit"
    ASK_TO_WITHDRAW = "ask_to_withdraw"
    ASK_FOR_TARGET = "ask_for_target"
    MOVED = "moved"
    REPORT_FOR = "report_for"
    COMBINE = "combine"
    PUBLISH_PICTURES = "publish_pictures"
    HIDE_PICTURES = "hide_pictures"
    GROUP_NOTICE = "group_notice"
    REMIND_TOMORROW = "remind_tomorrow"
    STOP_REMINDERS = "stop_reminders"
    REMIND_AS_USUAL = "remind_as_usual"
    REMIND_MISSING = "remind_missing"
    GREETING = "greeting"
    THANKS = "thanks"


class Said(Struct, frozen=True):
    """A command as it was typed; `rest` is what stood beside it, folded.

    REGISTER, LINK_GROUP: the code; REPORT, REPORT_FOR, STATUS, MISSING, SUMMARY, EVALUATE, EVALUATION, COMBINE: an
    indicator's code or its ending ("849"), a quarter or both, for STATUS, SUMMARY and EVALUATION also a year;
    EDIT: the question's number, or a receipt's "1/2570-07"; LANGUAGE: "th" or "en". Empty everywhere else.
    """

    command: Command
    rest: str = ""


PHRASES: Mapping[Command, str] = {
    Command.REGISTER: "ลงทะเบียน|ขอลงทะเบียน|สมัคร|สมัครใช้งาน|register|sign up",
    Command.REPORT: (
        "รายงาน|รายงานเลย|รายงานใหม่|รายงานผล|เริ่มรายงาน|ขอรายงาน|ทำรายงาน|ส่งรายงานใหม่|รายงานต่อ|ทำต่อ|"
        "report|report now|new report|start report|continue report"
    ),
    Command.STATUS: (
        "สถานะ|ดูสถานะ|ขอดูสถานะ|เช็คสถานะ|เช็กสถานะ|ตรวจสอบสถานะ|สถานะรายงาน|ความคืบหน้า|status|my status|check status"
    ),
    Command.HELP: (
        "ช่วยเหลือ|ยังไม่มีรหัส|ไม่มีรหัส|no code yet|ขอความช่วยเหลือ|ช่วยด้วย|วิธีใช้|วิธีใช้งาน|คู่มือ|คำสั่ง|เมนู|ติดต่อผู้ประสานงาน|ติดต่อเจ้าหน้าที่|"
        "help|menu|how to use|contact|contact coordinator|contact the coordinator"
    ),
    Command.BACK: "ย้อนกลับ|กลับ|ย้อน|ก่อนหน้า|ถอยกลับ|back|go back|previous",
    Command.EDIT: "แก้ไข|แก้|ขอแก้ไข|ขอแก้|แก้ไขรายงาน|แก้รายงาน|edit|edit report|change",
    Command.SKIP: "ข้าม|ข้ามไป|ข้ามไปก่อน|ขอข้าม|ข้ามข้อนี้|skip",
    Command.CANCEL: "ยกเลิก|ขอยกเลิก|ยกเลิกรายงาน|ยกเลิกเลย|cancel|cancel report",
    Command.CONFIRM: (
        "ยืนยัน|ยืนยันส่ง|ยืนยันการส่ง|ยืนยันส่งรายงาน|ส่ง|ส่งเลย|ส่งได้เลย|ส่งรายงาน|ส่งรายงานเลย|"
        "confirm|submit|send|send it|submit report|send report"
    ),
    Command.DONE: "จบ|จบแล้ว|เสร็จ|เสร็จแล้ว|หมดแล้ว|ครบแล้ว|เรียบร้อย|เรียบร้อยแล้ว|done|finished|that's all",
    Command.LATER: "เก็บไว้ก่อน|ไว้ทีหลัง|ไว้ก่อน|ทีหลัง|ไว้ภายหลัง|เดี๋ยวทำต่อ|later|not now|keep for later",
    Command.MY_DATA: "ข้อมูลของฉัน|ข้อมูลของผม|ข้อมูลที่จัดเก็บ|ข้อมูลที่เก็บ|ข้อมูลส่วนตัว|my data|stored data",
    Command.FORGET_ME: ("ลบข้อมูลของฉัน|ลบข้อมูลของผม|ลบข้อมูลฉัน|ขอลบข้อมูล|ลบข้อมูลส่วนตัว|delete my data|forget me|erase my data"),
    Command.ACKNOWLEDGE: (
        "รับทราบ|รับทราบแล้ว|ทราบ|ทราบแล้ว|โอเค|เข้าใจแล้ว|ค่ะ|คะ|ครับ|ครับผม|คับ|จ้า|จ้ะ|"
        "ok|okay|noted|acknowledged|understood|got it"
    ),
    Command.PUBLISH_PICTURES: "เปิดเผยรูป|เผยแพร่รูป|publish pictures",
    Command.HIDE_PICTURES: "ปิดรูป|ซ่อนรูป|ไม่เปิดเผยรูป|hide pictures",
    Command.APPROVE: "อนุมัติ|คำขอลงทะเบียน|ดูคำขอ|อนุมัติลงทะเบียน|approve|approvals",
    Command.LINK_GROUP: "เชื่อมกลุ่ม|ขอเชื่อมกลุ่ม|ขอรหัสกลุ่ม|ขอรหัสเชื่อมกลุ่ม|link group|link a group",
    Command.MISSING: (
        "ใครยังไม่ส่ง|ใครยังไม่รายงาน|ใครยังไม่ได้ส่ง|ใครยังไม่ได้รายงาน|ใครค้าง|ใครยังค้าง|"
        "ใครยังไม่ส่งบ้าง|ใครยังไม่รายงานบ้าง|ใครยังไม่ได้ส่งบ้าง|ใครยังไม่ได้รายงานบ้าง|ใครค้างบ้าง|มีใครยังไม่ส่งบ้าง|"
        "ใครยังไม่ส่งรายงาน|ใครยังไม่ส่งรายงานบ้าง|ใครยังไม่ได้ส่งรายงาน|ห้องสมุดไหนยังไม่ส่ง|หน่วยงานใดยังไม่ส่ง|ที่ไหนยังไม่ส่ง|"
        "who is missing|who has not sent|who has not sent yet|who has not reported|who has not reported yet"
    ),
    Command.SUMMARY: "สรุป|ขอสรุป|ขอสรุปผล|สรุปสถานะ|สรุปรอบ|ขอดูสรุป|summary|show summary",
    Command.EVALUATE: "ประเมิน|ประเมินผล|บันทึกผลประเมิน|แก้ไขผลประเมิน|แก้ผลประเมิน|evaluate|enter evaluation|edit evaluation",
    Command.EVALUATION: "ผลประเมิน|ผลการประเมิน|ดูผลประเมิน|ดูผลการประเมิน|evaluation|evaluations|show evaluation",
    Command.REVIEW: (
        "ตรวจ|ตรวจรายงาน|ตรวจต่อ|รายงานรอตรวจ|รับรอง|รับรองรายงาน|รับรองทั้งหมด|review|review reports|next review|accept all"
    ),
    Command.REQUESTS: "คำขอ|คำขอที่รอ|คำขอของหน่วยงาน|requests",
    Command.ASK_TO_OPEN: "ขอเปิดรายงาน|ขอเปิดรับ|ขอเปิดรับรายงาน|ขอส่งหลังปิดรับ|ask to open|reopen",
    Command.ASK_TO_EDIT: "ขอแก้ไขรายงานที่รับรอง|ขอแก้ที่รับรองแล้ว|ขอแก้ไขที่รับรองแล้ว|ask to edit",
    Command.ASK_TO_WITHDRAW: "ขอถอนที่รับรองแล้ว|ขอถอนรายงานที่รับรองแล้ว|ask to withdraw",
    Command.ASK_FOR_TARGET: "ขอเปลี่ยนเป้าหมาย|ขอเปลี่ยนค่าเป้าหมาย|ขอปรับเป้าหมาย|change target|change the target",
    Command.MOVED: "แจ้งย้าย|แจ้งย้ายออก|แจ้งสิ้นสุดหน้าที่|สิ้นสุดหน้าที่|report my move|end my duty",
    Command.REPORT_FOR: "รายงานแทน|ขอรายงานแทน|รายงานแทนห้องสมุด|report for a unit|report for",
    Command.COMBINE: "รวมผล|รวมผลรายงาน|รวมรายงาน|combine|combine results",
    Command.READ_ALL: "อ่านทั้งหมด|ดูทั้งหมด|ขออ่านทั้งหมด|read all|show all|read everything",
    Command.GROUP_NOTICE: "แจ้งกลุ่ม|คัดลอกแจ้งกลุ่ม|ข้อความแจ้งกลุ่ม|ขอข้อความแจ้งกลุ่ม|group notice|notice for the group",
    Command.REMIND_TOMORROW: (
        "เตือนพรุ่งนี้|เตือนอีกครั้งพรุ่งนี้|เตือนใหม่พรุ่งนี้|พรุ่งนี้เตือนใหม่|พรุ่งนี้ค่อยเตือน|ขอให้เตือนพรุ่งนี้|remind me tomorrow|remind tomorrow"
    ),
    Command.STOP_REMINDERS: (
        "หยุดเตือน|เลิกเตือน|ปิดเตือน|ปิดการเตือน|หยุดการเตือน|ไม่ต้องเตือน|ไม่ต้องเตือนแล้ว|"
        "stop reminders|stop reminding me|no reminders"
    ),
    Command.REMIND_AS_USUAL: (
        "เตือนตามปกติ|เปิดเตือน|เปิดการเตือน|เตือนเหมือนเดิม|เตือนต่อ|กลับมาเตือน|remind as usual|reminders on|resume reminders"
    ),
    Command.REMIND_MISSING: (
        "เตือน|ส่งคำเตือน|เตือนผู้ที่ยังไม่ส่ง|เตือนหน่วยงานที่ยังไม่ส่ง|เตือนที่ยังไม่ส่ง|ช่วยเตือน|remind|remind them|send reminders"
    ),
    Command.GREETING: "สวัสดี|หวัดดี|สวัสดีตอนเช้า|hello|hi|hey|good morning|good afternoon",
    Command.THANKS: "ขอบคุณ|ขอบคุณมาก|ขอบใจ|ขอบพระคุณ|thanks|thank you|thank you very much|thx",
}
"""Every command's whole phrases, typed with or without spaces."""


_LANGUAGES = {
    "th": "ภาษาไทย|ไทย|เปลี่ยนเป็นภาษาไทย|ใช้ภาษาไทย|thai|in thai",
    "en": "ภาษาอังกฤษ|อังกฤษ|เปลี่ยนเป็นภาษาอังกฤษ|ใช้ภาษาอังกฤษ|english|in english",
}


_CODE_OF_INVITATION = regex.compile(r"(?:รหัส|โค้ด|code)?\s*[:#]?\s*([a-z0-9][a-z0-9 \-–_.]{2,29})")


_NUMBER_OF_REPORT = regex.compile(r"(?:เลขที่|no\.?)?\s*([1-4]/\d{4}-\d{1,5})")


_QUESTION = regex.compile(r"(?:ข้อที่|ข้อ|เลขที่|question|no\.?|#)?\s*(\d{1,2}|[1-4]/\d{4}-\d{1,5})")


QUARTER_WORD = "(?:ไตรมาส|ไตรมาศ|ไตรมาท|ไตรมาด|ไตมาส|quarter|q)"
"""As a pattern: the word in every spelling people use, folded."""


_QUARTER = (
    rf"(?:(?:ของ)?{QUARTER_WORD}\s*(?:ที่)?\s*(?:[1-4]|หนึ่ง|สอง|สาม|สี่|แรก|สุดท้าย|นี้|ปัจจุบัน|ก่อน|ที่แล้ว|แล้ว)|[1-4](?=\s*/))"
    # Without slash or word only what can be no result is a year: "ไตรมาส 2 50" says 50.
    r"(?:\s*(?:/\s*(?:ปีงบประมาณ|ปีงบ|ปี)?\s*(?:พ\.?ศ\.?)?|(?:ปีงบประมาณ|ปีงบ|ปี)\s*(?:พ\.?ศ\.?)?|พ\.?ศ\.?)\s*(?:\d{4}|\d{2})"
    r"|\s*(?<!\d)(?:25[5-9]\d|20[2-9]\d))?"
)


_CODE_OF_INDICATOR = r"\d{3,8}-\d{1,5}"


_END_OF_A_CODE = r"\d{3,5}(?![\d/-])"


# After a quarter, three digits alone may as well be its result.
_WHICH_REPORT = regex.compile(
    rf"(?:{_CODE_OF_INDICATOR}|{_END_OF_A_CODE})?\s*(?:{_QUARTER})?|{_QUARTER}\s+{_CODE_OF_INDICATOR}"
)


_YEAR = r"(?:ปี\s*(?:งบประมาณ|งบ)?|fiscal year|fy|พ\.?ศ\.?)\s*(?:พ\.?ศ\.?)?\s*(?:\d{4}|\d{2}|ที่แล้ว|ก่อน|นี้)"


# What was reported and scored is also read by the year.
_WHICH_TO_READ = regex.compile(rf"{_WHICH_REPORT.pattern}|(?:{_CODE_OF_INDICATOR}|{_END_OF_A_CODE})?\s*{_YEAR}")


IN_THAI_DIGITS = "เลขไทย|thai digits"
"""What may stand behind สรุป."""


_NAMED = regex.compile(
    rf"((?:(?:{_CODE_OF_INDICATOR}|{_END_OF_A_CODE})(?=\s))?)\s*(.*?[^\W\d].*?)"
    rf"\s*((?:{_CODE_OF_INDICATOR}|(?<=\s){_END_OF_A_CODE})?\s*(?:{_QUARTER})?\s*(?:{IN_THAI_DIGITS})?)"
)


_LONGEST_NAME = 80


_LEAVE_GROUP = frozenset({"ยกเลิกเชื่อมกลุ่ม", "ยกเลิกการเชื่อมกลุ่ม", "เลิกเชื่อมกลุ่ม", "บอตออกจากกลุ่ม", "unlinkgroup"})


_LEAVE_IF_CALLED = frozenset({"ออกจากกลุ่ม", "ออกไป", "leave", "leavegroup"})


def of_unit(text: str) -> tuple[Said, str] | None:
    """A command with a name behind it, "สถานะ บางบอน ไตรมาส 1": the command with what else narrows it, and the name.

    Whether there is such a unit is for the caller to know; asked only where nothing is under way.
    """
    if len(text) > _LONGEST_NAME:
        return None
    said = plain(text)
    for which in (Command.MISSING, Command.STATUS, Command.SUMMARY, Command.REPORT_FOR, Command.REVIEW):
        for phrase in _OPENINGS[which]:
            rest = said.removeprefix(phrase)
            if rest != said and (found := _NAMED.fullmatch(rest.strip(" :"))) and not _joined(rest, phrase):
                return Said(which, f"{found[1]} {found[3]}".strip()), str(found[2])
    return None


def leaves_group(text: str, *, called: bool) -> bool:
    """Whether the whole text sends the bot out of the group; `called`: by its name, so that no person is meant."""
    said = squeezed(plain(text)) if len(text) <= _LONGEST_NAME else ""
    return said in _LEAVE_GROUP or (called and said in _LEAVE_IF_CALLED)


@lru_cache(maxsize=16)
def command(text: str) -> Said | None:
    """The command that the whole text is, or None: the text is content.

    The longest message that can be a command is short, so any long text is None at once.
    """
    if len(text) > 400:
        return None
    said = plain(text)
    together = squeezed(said)
    if together in _WHOLE:
        return _WHOLE[together]
    for which, takes in _WITH_REST.items():
        if not said.startswith(_OPENINGS[which]):
            continue
        for phrase in _OPENINGS[which]:
            if said.startswith(phrase) and (rest := _rest(takes, said.removeprefix(phrase), phrase)):
                return Said(which, rest)
    return None


def _joined(rest: str, phrase: str) -> bool:
    """A Latin command is a word: "edition 2" does not edit."""
    return phrase[-1].isascii() and rest[:1].isalpha()


def _rest(takes: regex.Pattern[str], rest: str, phrase: str) -> str:
    if _joined(rest, phrase):
        return ""
    found = takes.fullmatch(rest.strip(" :"))
    if not found:
        return ""
    return str(found[1] if takes.groups else found[0]).strip()


_WHOLE = {
    **{squeezed(plain(phrase)): Said(which) for which, phrases in PHRASES.items() for phrase in phrases.split("|")},
    **{
        squeezed(phrase): Said(Command.LANGUAGE, language)
        for language, phrases in _LANGUAGES.items()
        for phrase in phrases.split("|")
    },
    # The buttons under a summary, typed as they stand there.
    **{squeezed(phrase): Said(Command.SUMMARY, phrase) for phrase in IN_THAI_DIGITS.split("|")},
    **{squeezed(phrase): Said(Command.SUMMARY) for phrase in ("เลขอารบิก", "arabic digits")},
}


_WITH_REST = {
    Command.REGISTER: _CODE_OF_INVITATION,
    Command.REPORT: _WHICH_REPORT,
    Command.LINK_GROUP: _CODE_OF_INVITATION,
    Command.STATUS: _WHICH_TO_READ,
    Command.MISSING: _WHICH_REPORT,
    Command.SUMMARY: regex.compile(rf"(?:{_WHICH_TO_READ.pattern})\s*(?:{IN_THAI_DIGITS})?"),
    Command.EVALUATE: _WHICH_REPORT,
    Command.EVALUATION: _WHICH_TO_READ,
    Command.COMBINE: _WHICH_REPORT,
    Command.REVIEW: _WHICH_REPORT,
    Command.REPORT_FOR: _WHICH_REPORT,
    Command.EDIT: _QUESTION,
    Command.PUBLISH_PICTURES: _NUMBER_OF_REPORT,
    Command.HIDE_PICTURES: _NUMBER_OF_REPORT,
}


_OPENINGS = {which: tuple(sorted(PHRASES[which].split("|"), key=len, reverse=True)) for which in _WITH_REST}
