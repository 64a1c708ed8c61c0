"""A walk of the whole office over a quarter: everybody acts at random, and every answer is held against the oracles."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from msgspec.structs import replace

from handlers.effects import Button
from handlers.events import Body, Follow, Media, Postback, Text, Unsend
from handlers.records import Invitation
from handlers.session import Session
from models.rules.office import Assignment, ReportKey, Role, Target
from tests.handlers.oracles import GROUP, Broken, Oracles
from tests.handlers.small_office import Q1
from tests.handlers.stage import BANGKOK, CODE, Stage
from tests.handlers.written import AWAY, CODE_OF_COORDINATOR, COMMANDS, DUTIES, FITTING, FREE, NUMBERS, WITHIN

BEGINS, ENDS = datetime(2026, 12, 28, 9, 0, tzinfo=BANGKOK), datetime(2027, 5, 14, tzinfo=BANGKOK)
NEWCOMER, STRANGER = "คนใหม่", "คนนอก"
Step = tuple[str, str, str]
"""Who, what they do, and with what: "say" a text, "tap" or "type" a label last offered, "tap old" one, …"""


def cast() -> Stage:
    """Everybody of an office of six libraries, with seven reports sent already."""
    stage = Stage(now=BEGINS)
    office = stage.office
    units = {each: replace(office.units[3], id=each, code=f"LIB-0{each}", name=name) for each, name in MORE.items()}
    further = [Assignment(each, which, 2570, frozenset({1, 2, 3, 4})) for each in (4, *MORE) for which in (1, 2)][1:]
    stage.office = replace(
        office,
        units={**office.units, **units},
        assignments=(*office.assignments, *further),
        targets=(*office.targets, *(Target(each, 2, 2570, date(2026, 10, 1), Decimal(40)) for each in MORE)),
    )
    stage.member("นภา", "นภา ใจดี", 3)
    stage.member("สมบัติ", "สมบัติ มั่นคง", 3)
    stage.member("อร", "อร สุขใจ", 3, 4, 6)
    stage.member("กลาง", "ห้องสมุดบางขุนเทียน", 7, shared=True)
    stage.member("อรุณี", "อรุณี ประสานดี", 2, role=Role.COORDINATOR)
    stage.member("วิชัย", "วิชัย ชาญงาน", 1, role=Role.COORDINATOR)
    stage.member("ปรีชา", "ปรีชา ตรวจดี", 1, role=Role.EVALUATOR)
    stage.member("วิภา", "วิภา บริหารดี", 1, role=Role.EXECUTIVE)
    stage.member("ผู้ดูแล", "ดนัย ดูแลระบบ", 1, role=Role.ADMINISTRATOR)
    stage.member("มาลี", "มาลี สองหน้าที่", 5)
    stage.member("จอห์น", "John Smith", 6, 8)
    stage.memberships["มาลี"] += [replace(stage.memberships["อรุณี"][0], id=next(stage.ids))]
    stage.people["จอห์น"] = replace(stage.people["จอห์น"], language="en")
    stage.linked = {GROUP: 2}
    stage.invitations[CODE] = Invitation(1, (3, 4, 5), Role.REPORTER, 9, None, needs_approval=True)
    stage.invitations[CODE_OF_COORDINATOR] = Invitation(2, (2,), Role.COORDINATOR, 9, None, needs_approval=False)
    for number, (unit, which) in enumerate(((3, 1), (4, 1), (6, 1), (6, 2), (7, 1), (8, 1), (8, 2)), 1):
        stage.sent(ReportKey(unit, which, Q1), "yes" if which == 1 else "36", "จัดกิจกรรมเล่านิทาน", titles="12")
        for _ in range(unit % 2):
            stage.sent(ReportKey(unit, which, Q1), "yes", "จัดทำ 12 ชื่อเรื่อง", titles="12")
        for place, each in enumerate(stage.versions[ReportKey(unit, which, Q1)]):
            stage.versions[ReportKey(unit, which, Q1)][place] = replace(
                each, summary=replace(each.summary, number=number)
            )
    return stage


MORE = {6: "ห้องสมุดดุสิต", 7: "ห้องสมุดบางขุนเทียน", 8: "ห้องสมุดอนงคาราม"}


@dataclass
class Walk:
    """One walk. `taken` is what was done, so that it can be walked again, shorter."""

    seed: int | None
    """None: everything is checked each time."""
    stage: Stage = field(default_factory=cast)
    taken: list[Step] = field(default_factory=list)
    old: dict[str, list[Button]] = field(default_factory=dict)
    written: dict[str, list[str]] = field(default_factory=dict)
    oracles: Oracles = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.oracles = Oracles(self.stage, None if self.seed is None else random.Random(self.seed))

    def some_speak_english(self) -> None:
        for who in list(self.stage.people):
            if self.dice.random() < 0.3:
                self.take((who, "say", "English"))

    def step(self) -> None:
        who = self.dice.choice((*self.stage.people, NEWCOMER, STRANGER))
        for _ in range(self.dice.choice((2, 5, 9, 14))):
            self.take(self.chosen(who))

    def chosen(self, who: str) -> Step:
        """What this person does next: mostly what their duty and the question want, at times anything."""
        dice, session = self.dice, Session.load(self.stage.sessions.get(who, {}))
        shown = self.labels(who)
        ahead = [each for each in shown if each not in AWAY] or shown
        duties = [each for held in self.stage.memberships.get(who, ()) for each in DUTIES[held.role]]
        ways: list[tuple[int, Callable[[], Step]]] = [
            (4, lambda: (who, "say", dice.choice(COMMANDS))),
            (2, lambda: (who, "say", dice.choice(FREE))),
            (1, lambda: (who, "media", dice.choice(("sticker", "image", "image", "audio")))),
            (2, lambda: (who, "wait", dice.choice(("1", "20", "72", "200", "400")))),
            (1, lambda: (who, "follow", "")),
            (1, lambda: (GROUP, "group", dice.choice((*COMMANDS, *FREE)))),
            (2, lambda: (who, "tap old", str(dice.randrange(40)))),
            (1, lambda: (who, "unsend", str(dice.randrange(1, 4)))),
        ]
        if shown:
            ways += [(3, lambda: (who, "tap", dice.choice(shown))), (3, lambda: (who, "type", dice.choice(shown)))]
        if session.conversation:
            fits = FITTING.get(session.asked, ahead or NUMBERS)
            ways += [
                (20, lambda: (who, "say", dice.choice(fits))),
                (20, lambda: (who, "tap", dice.choice(ahead)) if ahead else (who, "say", dice.choice(fits))),
                (6, lambda: (who, "say", dice.choice(WITHIN))),
                (3, lambda: (who, "say", dice.choice(NUMBERS))),
            ]
        else:
            ways.append((25, lambda: (who, "say", dice.choice(duties or [CODE, CODE_OF_COORDINATOR]))))
        (made,) = dice.choices([each for _, each in ways], [each for each, _ in ways])
        return made()

    def labels(self, who: str) -> list[str]:
        said = self.stage.said.get(who)
        return [each.label for each in said.buttons if each.data] if said else []

    def take(self, step: Step) -> None:
        """Do it; nothing is done where it makes no sense (any more). Raises Broken."""
        who, act, what = step
        body = self.body(who, act, what)
        if act == "group":
            self.taken.append(step)
            self.oracles.in_group(what)
        if act == "wait":
            self.stage.now = min(self.stage.now + timedelta(hours=int(what)), ENDS)
        if body is None:
            return
        self.taken.append(step)
        by_number = act == "say" and any(each.startswith(f"{what}. ") for each in self.labels(who))
        self.oracles.acts(who, body, chose=act in {"tap", "type"} or by_number)
        if self.stage.event and self.stage.event.message_id:
            self.written.setdefault(who, []).append(self.stage.event.message_id)
        if who in self.stage.said:
            kept = self.old.setdefault(who, [])
            kept += [each for each in self.stage.said[who].buttons if each.data and each not in kept]

    def body(self, who: str, act: str, what: str) -> Body | None:
        match act:
            case "say":
                return Text(what)
            case "tap" | "type" if what in self.labels(who):
                return Postback(self.stage.button(who, what).data) if act == "tap" else Text(what)
            case "tap old" if self.old.get(who):
                return Postback(self.old[who][-1 - int(what) % len(self.old[who])].data)
            case "unsend" if len(self.written.get(who, ())) >= int(what):
                return Unsend(self.written[who][-int(what)])
            case "media":
                return Media(what)  # type: ignore[arg-type]  # LINE's own words
            case "follow":
                return Follow()
            case "wait":
                self.taken.append((who, act, what))
        return None


Scene = Callable[[], Stage]


def walk(seed: int, steps: int, scene: Scene = cast) -> None:
    """So many steps by this seed; raises AssertionError with the shortest way to what broke."""
    walked = Walk(seed, scene())
    try:
        walked.some_speak_english()
        while len(walked.taken) < steps:
            walked.step()
    except Broken as broken:
        shortest, last = shorter(walked.taken, broken, scene)
        way = "\n".join(f"{who} {act}: {what}" for who, act, what in shortest)
        raise AssertionError(f"seed {seed}: {last}\n--- by\n{way}") from None


def shorter(taken: list[Step], broken: Broken, scene: Scene) -> tuple[list[Step], Broken]:
    """The fewest of these steps that break the same oracle."""
    size = max(len(taken) // 2, 1)
    while True:
        for start in range(0, len(taken), size):
            found = again([*taken[:start], *taken[start + size :]], broken.oracle, scene())
            if found is not None:
                taken, broken = found
                break
        else:
            if size == 1:
                return taken, broken
            size = max(size // 2, 1)


def again(steps: list[Step], oracle: str, stage: Stage) -> tuple[list[Step], Broken] | None:
    """Walk these steps until they break this oracle; None where they do not."""
    walked = Walk(None, stage)
    for each in steps:
        try:
            walked.take(each)
        except Broken as broken:
            if broken.oracle == oracle:
                return walked.taken, broken
    return None
