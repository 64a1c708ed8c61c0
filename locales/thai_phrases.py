"""What short answers mean: commands, yes and no, and the choice of a named option.

Everything here compares; nothing that it returns is stored in place of what the person wrote. A command is a message
that is wholly one, polite particles aside: "ยกเลิกกิจกรรมเนื่องจากฝนตก" is content.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

import regex
from msgspec import Struct

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_UNSEEN = regex.compile(r"[\p{Cf}\p{Co}\p{Cs}\p{Cn}\uFE00-\uFE0F\u20E3]|(?!\s)\p{Cc}")
_PICTURES = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]")
_NIKHAHIT_FIRST = regex.compile("ํ([่-๋]?)า")
_SPACES = regex.compile(r"\s+")
_BETWEEN = regex.compile(r"[\s\"'“”‘’]+")
_WORD_ENDS = regex.compile(r"[\s,/]+")
_PLACE = regex.compile(r"(?:ข้อที่|ข้อ|ที่|no\.?|#)?(\d{1,3})")
_NEGATION = regex.compile(r"ไม่|มิได้|งด|ยกเลิก|\bnot|non|^un|^no")

_PARTICLE = regex.compile(
    r"(?:นะ|น่ะ|น้า|น๊า|หน่อย|ด้วย)?\s*"
    r"(?:เจ้าค่ะ|เจ้าคะ|เจ้าค่า|ค่ะ|คะ|ค้ะ|คร่ะ|ค่า|ค้า|ครับผม|คับผม|ครับ|คับ|คร้าบ|คร๊าบ|ค้าบ|ครัช|ขอรับ|จ้า|จ้ะ|จ๊ะ|จ่ะ|จร้า|ฮะ|ฮับ|นะ|น่ะ|น้า|น๊า|หน่อย|ด้วย|please)"
    r"(?:(?<=ะ)ะ|(?<=า)า|(?<=บ)บ)*$"
)
_LAUGHTER = regex.compile(r"(?:(?<![\d.,/:-])5{3,}\+*|(?:ฮ่า|ฮา|อิ|คิ|ha|ฮ่ะ)(?:\s*(?:ฮ่า|ฮา|อิ|คิ|ha|ฮ่ะ|ๆ))+)$")
_REPEATED = regex.compile(r"\s*ๆ+$")
_LEADING_MARKS = regex.compile(r"^[\s\p{P}\p{S}]+")
_TRAILING_MARKS = regex.compile(r"[\s\p{P}\p{S}]+$")

# Particles and laughter are looked for in this many last characters only, so that no text is slow.
_TAIL = 160
# The longest particle with what stands before it, but for the letters that "ครับบบ" draws out.
_LONGEST_PARTICLE = 24
_DRAWN_OUT = "ะาบ"
# "ค่ะ! 555 นะคะ." alternates; nobody means more than this.
_ROUNDS = 6
# No label, name or command comes near this length: of a longer text only its two ends are compared. Cut before the
# text is folded and again once it is composed, for one character can become eighteen (ﷺ).
_END = 1000


def fold(text: str) -> str:
    """The same characters, each in its one usual form: digits, widths, case, SARA AM, แ, spaces; nothing unseen."""
    return _folded(unicodedata.normalize("NFKC", text))


def _folded(composed: str) -> str:
    text = composed.casefold().translate(_THAI_DIGITS)
    text = _PICTURES.sub(" ", _UNSEEN.sub("", text))
    text = _NIKHAHIT_FIRST.sub(r"\1ำ", text).replace("เเ", "แ")
    return str(_SPACES.sub(" ", text)).strip()


def without_tail(text: str, *, laughter: bool = True) -> str:
    """A folded text without polite particles (and laughter) at its end, as long as something else is left."""
    head, tail = text[:-_TAIL], text[-_TAIL:]
    for _ in range(_ROUNDS):
        shorter = _without_one(tail.rstrip(), laughter=laughter).rstrip()
        if shorter == tail or not (head or _LEADING_MARKS.sub("", shorter)):
            break
        tail = shorter
    return head + tail


# One turn compares the same text several times over. No more than the last few are held, here and below.
@lru_cache(maxsize=16)
def plain(text: str) -> str:
    """The text as it is compared: folded, without punctuation at its ends, particles and laughter."""
    text = _ends(_folded(_two_ends(unicodedata.normalize("NFKC", _two_ends(text)))))
    for _ in range(_ROUNDS):
        shorter = _ends(without_tail(text))
        if shorter == text:
            break
        text = shorter
    return text


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


class Several(Struct, frozen=True):
    """More than one option fits: their places, counted from 0."""

    indices: tuple[int, ...]


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
_YES = (
    "ใช่|ใช่แล้ว|ใช่ๆ|ช่าย|ใช้|ถูก|ถูกแล้ว|ถูกต้อง|ถูกต้องแล้ว|ถูกต้องครบถ้วน|โอเค|โอเคเลย|ตกลง|ได้|ได้เลย|ยืนยัน|จริง|เห็นด้วย|"
    "ok|okay|yes|y|yep|yeah|yes please|correct|right|that's right|that is right|sure|confirm"
)
_NO = (
    "ไม่|ไม่ใช่|ม่ายช่าย|ไม่ใช้|ไม่ถูก|ไม่ถูกต้อง|ไม่ตกลง|ไม่ได้|ไม่เอา|ไม่โอเค|ไม่จริง|ยังไม่ถูก|ยังไม่ถูกต้อง|ยังไม่ใช่|ผิด|ผิดแล้ว|เปล่า|"
    "no|n|nope|not correct|incorrect|wrong|not right|that's wrong"
)

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


LIBRARY = ("ห้องสมุด", "หอสมุด")
"""What people call a library before its own name, whatever the office's list calls it."""


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
    said = _squeezed(plain(text)) if len(text) <= _LONGEST_NAME else ""
    return said in _LEAVE_GROUP or (called and said in _LEAVE_IF_CALLED)


@lru_cache(maxsize=16)
def command(text: str) -> Said | None:
    """The command that the whole text is, or None: the text is content.

    The longest message that can be a command is short, so any long text is None at once.
    """
    if len(text) > 400:
        return None
    said = plain(text)
    squeezed = _squeezed(said)
    if squeezed in _WHOLE:
        return _WHOLE[squeezed]
    for which, takes in _WITH_REST.items():
        if not said.startswith(_OPENINGS[which]):
            continue
        for phrase in _OPENINGS[which]:
            if said.startswith(phrase) and (rest := _rest(takes, said.removeprefix(phrase), phrase)):
                return Said(which, rest)
    return None


def yes_or_no(text: str) -> bool | None:
    """True for yes, False for no, None for anything else; รับทราบ and a bare ค่ะ or ครับ are neither."""
    if len(text) > 200:
        return None
    said = plain(text)
    for each in ([said], [word for word in _WORD_ENDS.split(said) if word]):
        answer = _ANSWERS.get(_squeezed(plain(each[0]))) if each else None
        # `all` stops at the first word that is none, so that two hundred words cost no more than two.
        if answer is not None and all(_ANSWERS.get(_squeezed(plain(word))) is answer for word in each[1:]):
            return answer
    return None


def match(text: str, options: Sequence[Sequence[str]], *, numbered: int = 0) -> int | Several | None:
    """Which of the options the text names: its place from 0, `Several` to ask back, None when none fits.

    Each option is all of its names. A whole name beats a part of one; a part must be of one option only. A part that
    leaves out the name's negation ("ได้ดำเนินการ" of "ไม่ได้ดำเนินการ") never chooses it, but makes the choice unclear.
    A number is the place of one of the first `numbered` options, as shown, from 1.
    """
    if len(text) > 400:
        return None
    said = _squeezed(plain(text))
    if not said:
        return None
    names = [[_compared(name) for name in option] for option in options]
    exact = [place for place, option in enumerate(names) if said in option]
    if exact:
        return _one_or_several(exact)
    if numbered and (number := _PLACE.fullmatch(said)):
        place = int(number[1]) - 1
        return place if 0 <= place < numbered else None
    if len(said) < (3 if said.isdigit() else 2) or unicodedata.category(said[0]) == "Mn":
        return None
    parts = [place for place, option in enumerate(names) if any(said in name for name in option)]
    if any(any(_keeps_negation(said, name) for name in names[place]) for place in parts):
        return _one_or_several(parts)
    return None


def _without_one(tail: str, *, laughter: bool) -> str:
    if found := _PARTICLE.search(tail, max(0, len(tail.rstrip(_DRAWN_OUT)) - _LONGEST_PARTICLE)):
        return tail[: found.start()]
    for pattern in (_LAUGHTER, _REPEATED) if laughter else ():
        if found := pattern.search(tail):
            return tail[: found.start()]
    return tail


def _two_ends(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 2 * _END else text[:_END] + text[-_END:]


def _ends(text: str) -> str:
    tail = _TRAILING_MARKS.sub("", text[-_TAIL:])
    shorter = _LEADING_MARKS.sub("", text[:-_TAIL] + tail)
    return str(shorter) or text


# The same options stand before everybody, forty of them with long names at times; what people write is not kept here.
@lru_cache(maxsize=1024)
def _compared(name: str) -> str:
    return _squeezed(plain(name))


def _squeezed(text: str) -> str:
    return str(_BETWEEN.sub("", text))


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


def _keeps_negation(part: str, name: str) -> bool:
    place = name.find(part)
    return place >= 0 and not _NEGATION.search(name[:place])


def _one_or_several(places: list[int]) -> int | Several:
    return places[0] if len(places) == 1 else Several(tuple(places))


_WHOLE = {
    **{_squeezed(plain(phrase)): Said(which) for which, phrases in PHRASES.items() for phrase in phrases.split("|")},
    **{
        _squeezed(phrase): Said(Command.LANGUAGE, language)
        for language, phrases in _LANGUAGES.items()
        for phrase in phrases.split("|")
    },
    # The buttons under a summary, typed as they stand there.
    **{_squeezed(phrase): Said(Command.SUMMARY, phrase) for phrase in IN_THAI_DIGITS.split("|")},
    **{_squeezed(phrase): Said(Command.SUMMARY) for phrase in ("เลขอารบิก", "arabic digits")},
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
_ANSWERS = {
    **{_squeezed(plain(word)): True for word in _YES.split("|")},
    **{_squeezed(plain(word)): False for word in _NO.split("|")},
}
