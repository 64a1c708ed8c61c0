"""One person who wants one report sent, and gets there the way people do: by detours, with slips, in their own order.

The person looks at what is asked, and answers that; what they want never changes, however they are answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from handlers.effects import Say
from handlers.events import Body, Follow, Media, Postback, Text, Unsend
from handlers.records import FullReport, Invitation
from handlers.session import Session
from models.rules.office import ReportKey, Role
from tests.handlers.handwriting import NUMBERS, code, dressed, number, slip, unclear_number
from tests.handlers.small_office import Q1
from tests.handlers.stage import CODE, Stage

WHO = "นภา"
MOST_MESSAGES = 90
"""Nobody may need more for one report, all detours together."""
LIBRARIES = {3: "ห้องสมุดสวนลุมพินี", 4: "ห้องสมุดบางบอน"}
LIVING, READING = 1, 2
"""The yes/no indicator with a sub-measure, and the count of activities."""
UNITS = {"result": ("ครั้ง",), "sub_measures.titles": ("ชื่อเรื่อง", "เรื่อง")}
SENTENCES = (
    "จัดกิจกรรมเล่านิทานและอบรมอาสาสมัคร มีผู้ร่วม ๑,๒๔๐ คน",
    "จัดมุมหนังสือใหม่ 😀 ประชาสัมพันธ์ทางเฟซบุ๊กของห้องสมุด",
    "ยกเลิกกิจกรรมหนึ่งครั้งเนื่องจากฝนตก  (เว้นสองช่อง)",
    "เมื่อ 5 พ.ย. 69 ถึง 19 ธ.ค. 69",
    "ผู้เข้าร่วมพอใจ\nขอจัดอีกในไตรมาสหน้า",
)


@dataclass(frozen=True)
class Wanted:
    """What is to be stored in the end."""

    key: ReportKey
    result: str
    titles: int | None
    sentences: tuple[str, ...]

    @property
    def answers(self) -> dict[str, Any]:
        wanted: dict[str, Any] = {"result": self.result}
        if self.key.indicator_id == LIVING:
            wanted["sub_measures.titles"] = "" if self.titles is None else str(self.titles)
        return wanted

    def is_in(self, stored: FullReport) -> bool:
        """Whether a version says this, code point for code point."""
        titles = {} if self.titles is None else {"titles": Decimal(self.titles)}
        said = (stored.answer, stored.narrative, dict(stored.sub_measures))
        return stored.summary.key == self.key and said == (self.result, "\n".join(self.sentences), titles)


class Dialogue:
    """A walk from the greeting to the receipt. `log` is what was written, for the message of a failing test."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.stage = Stage()
        units = self.dice.choice(((3,), (3, 4)))
        self.stage.invitations[CODE] = Invitation(1, units, Role.REPORTER, 2, None, needs_approval=False)
        self.wanted = self.wish(self.dice.choice(units))
        self.log: list[str] = []
        self.said: list[Say] = []
        self.heard: list[str] = []
        self.slips = 3
        """How often the person still mistypes, and below how many detours they still make."""
        self.detours = 5
        self.once_wrong = self.dice.random() < 0.3

    def wish(self, unit_id: int) -> Wanted:
        dice = self.dice
        indicator = dice.choice((LIVING, READING)) if unit_id == 3 else LIVING
        sentences = tuple(dice.sample(SENTENCES, dice.randrange(1, 4)))
        if indicator == LIVING:
            titles = dice.choice((None, *NUMBERS))
            return Wanted(ReportKey(unit_id, LIVING, Q1), dice.choice(("yes", "in_progress")), titles, sentences)
        return Wanted(ReportKey(unit_id, READING, Q1), str(dice.choice(list(NUMBERS))), None, sentences)

    def walk(self) -> FullReport:
        """All the way; returns what was stored in the end. Raises AssertionError when it goes on for too long."""
        self.does(Follow(), "follow")
        while not self.stage.versions.get(self.wanted.key):
            assert len(self.log) < MOST_MESSAGES, "there is no end to it"
            self.step()
        return self.stage.versions[self.wanted.key][-1]

    @property
    def session(self) -> Session:
        return Session.load(self.stage.sessions.get(WHO, {}))

    def does(self, body: Body, note: str) -> None:
        """One event; nobody is told the same for a third time without a way on."""
        self.log.append(note)
        self.said = self.stage.does(WHO, body)
        told = "\n".join(each.text for each in self.said)
        assert told or isinstance(body, Media | Unsend), "no answer"
        choices = [each for say in self.said for each in say.buttons]
        self.heard = [] if choices else [*self.heard, told]
        assert not (told and self.heard.count(told) > 2), "the same again and again, without a choice"

    def writes(self, text: str) -> None:
        self.does(Text(text), text)

    def chooses(self, label: str, *spoken: str) -> None:
        """Tap a button, or write what stands on it or another word for it."""
        shown = {each.label: each for say in self.said for each in say.buttons if each.data}
        if label in shown and self.dice.random() < 0.5:
            self.does(Postback(shown[label].data), f"[{label}]")
        else:
            self.writes(dressed(self.dice, self.dice.choice((label, *spoken))))

    def step(self) -> None:
        session = self.session
        if self.detours and self.dice.random() < 0.3:
            self.detours -= 1
            self.detour(session)
        elif not session.conversation:
            self.begin()
        else:
            self.answer(session)

    def begin(self) -> None:
        """Nothing is under way: the code first, then a report by one of its ways."""
        if WHO not in self.stage.memberships:
            self.writes(code(self.dice, CODE))
            return
        if self.slips and self.dice.random() < 0.2:
            self.slips -= 1
            self.writes(slip(self.dice, "รายงาน"))
            return
        indicator = self.stage.office.indicators[self.wanted.key.indicator_id]
        fresh = not self.stage.drafts
        if fresh and self.dice.random() < 0.35 and indicator.id == READING:
            told = "\n".join(self.wanted.sentences)
            result = self.dice.choice((self.wanted.result, NUMBERS[int(self.wanted.result)]))
            self.writes(f"รายงาน {indicator.code} ไตรมาส {self.dice.choice('1๑')} {result} ครั้ง\n{told}")
            return
        self.writes(dressed(self.dice, self.dice.choice(("รายงาน", f"รายงาน {indicator.code}", "รายงาน ไตรมาส 1"))))

    def answer(self, session: Session) -> None:
        """What is asked is answered; with a slip at times, which is asked again."""
        asked = session.asked
        ways: dict[str, Callable[[], None]] = {
            "code": lambda: self.writes(code(self.dice, CODE)),
            "name": lambda: self.writes("นภา ใจดี บรรณารักษ์"),
            "position": lambda: self.writes("บรรณารักษ์"),
            "correct": lambda: self.chooses("ถูกต้อง", "ใช่", "ถูกต้องค่ะ"),
            "draft": lambda: self.writes(self.dice.choice(("1", "ทำต่อ"))),
            "resume": lambda: self.chooses("ทำต่อ"),
            "unit": self.name_the_unit,
            "indicator": self.name_the_indicator,
            "quarter": lambda: self.chooses("ไตรมาส 1/2570", "ไตรมาส 1", "ไตรมาสแรก", "1/70", "ต.ค.-ธ.ค."),
            "result": self.give_the_result,
            "sub_measures.titles": lambda: self.count("sub_measures.titles", self.wanted.titles),
            "narrative": lambda: self.tell(session),
            "explanation": lambda: self.chooses("ถูกต้องแล้ว", "ตรวจสอบกับบันทึกแล้ว"),
            "confirm": lambda: self.confirm(session),
        }
        ways[asked]()

    def name_the_unit(self) -> None:
        session = self.session
        if session.conversation == "register":
            label = "ทุกหน่วยงานในรหัสนี้"
            self.chooses(label)
            return
        name = LIBRARIES[self.wanted.key.unit_id]
        if self.slips and self.dice.random() < 0.3:
            self.slips -= 1
            self.writes(slip(self.dice, name))
            return
        self.chooses(name.removeprefix("ห้องสมุด"), name, f"LIB-0{self.wanted.key.unit_id - 2}")

    def name_the_indicator(self) -> None:
        own = self.stage.office.indicators[self.wanted.key.indicator_id].code
        self.chooses(own, own.rpartition("-")[2])

    def give_the_result(self) -> None:
        match self.wanted.result:
            case "yes":
                self.chooses("แล้ว", "แล้วค่ะ", "ทำแล้ว", "ดำเนินการแล้ว", "ใช่", "เสร็จแล้ว")
            case "in_progress":
                self.chooses("อยู่ระหว่างดำเนินการ", "กำลังทำ", "ยังไม่เสร็จ")
            case value:
                self.count("result", int(value))

    def count(self, name: str, value: int | None) -> None:
        """A number: right, unclear first, or at times a wrong one, which is put right later."""
        if value is None:
            self.writes("ยังไม่มี")
            if "เว้นไว้ก่อน" in {each.label for each in self.said[-1].buttons}:
                self.chooses("เว้นไว้ก่อน")
            return
        if self.slips and self.dice.random() < 0.4:
            self.slips -= 1
            unclear = self.dice.choice((unclear_number(self.dice, value), slip(self.dice, NUMBERS[value])))
            self.writes(unclear)
            filed = self.session.answers.get(name)
            assert filed in {None, str(value)}, f"{unclear!r} was filed as {filed}"
            return
        if self.once_wrong:
            self.once_wrong = False
            self.writes(str(value + 1))
            return
        self.writes(number(self.dice, value, UNITS[name]))

    def tell(self, session: Session) -> None:
        """The narrative sentence by sentence; begun anew where something of it was taken back."""
        told = [text for _, text in session.answers.get("narrative", {}).get("parts", [])]
        wanted = list(self.wanted.sentences)
        if "\n".join(told) == "\n".join(wanted):
            self.chooses("จบ", "จบแล้ว", "เสร็จแล้ว")
        elif told == wanted[: len(told)]:
            self.writes(wanted[len(told)])
        else:
            self.chooses("เขียนใหม่")

    def confirm(self, session: Session) -> None:
        """Read the preview: what is wrong is put right, then it is sent."""
        answers = session.answers
        steps = ["result", *(name for name in self.wanted.answers if name != "result")]
        for place, name in enumerate(steps, 1):
            if answers[name] != self.wanted.answers[name]:
                self.mend(place, answers[name], self.wanted.answers[name])
                return
        if "\n".join(text for _, text in answers["narrative"]["parts"]) != "\n".join(self.wanted.sentences):
            self.chooses(f"แก้ข้อ {len(steps) + 1}")
            return
        self.chooses("ส่งรายงาน", "ยืนยัน", "ส่งเลย", "ส่งได้เลย")

    def mend(self, place: int, wrong: str, right: str) -> None:
        if wrong.isdecimal() and right.isdecimal() and self.dice.random() < 0.5:
            self.writes(self.dice.choice((f"พิมพ์ผิด {right} ไม่ใช่ {wrong}", f"แก้ {wrong} เป็น {right}")))
        else:
            self.chooses(f"แก้ข้อ {place}")

    def detour(self, session: Session) -> None:
        """Anything but an answer; the question stands again afterwards."""
        ways: list[Callable[[], None]] = [
            lambda: self.writes(dressed(self.dice, "สถานะ")),
            lambda: self.writes(dressed(self.dice, "ช่วยเหลือ")),
            lambda: self.writes("ขอบคุณค่ะ"),
            lambda: self.does(Media("sticker"), "<sticker>"),
            lambda: self.does(Media("image"), "<image>"),
            self.take_back,
        ]
        if session.conversation:
            ways += [self.hesitate, self.hesitate, self.go_back, self.go_back]
        if session.conversation == "report":
            ways += [self.put_off, self.look_again, self.look_again]
        self.dice.choice(ways)()

    def take_back(self) -> None:
        event = self.stage.event
        if event is not None and event.message_id:
            self.does(Unsend(event.message_id), "<unsend>")

    def hesitate(self) -> None:
        self.writes("ยกเลิก")
        if self.session.conversation:
            self.chooses("ทำต่อ")

    def go_back(self) -> None:
        self.writes("ย้อนกลับ")

    def put_off(self) -> None:
        self.writes(self.dice.choice(("ไว้ทีหลัง", "เก็บไว้ก่อน")))
        self.stage.now += timedelta(hours=self.dice.randrange(1, 30))

    def look_again(self) -> None:
        self.writes(f"แก้ข้อ {self.dice.randrange(1, 5)}")
