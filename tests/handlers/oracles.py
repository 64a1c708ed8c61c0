"""What must hold of every answer, whoever acts and whatever was done before.

1. Whoever writes is answered, within LINE's limits.
2. Choosing what was offered last, or answering, changes something, or what is said begins by saying why not.
3. No label is offered twice; typed, or by its number, it means the same as tapped; nothing is offered that is refused.
4. ย้อนกลับ and the same answer again come to the same question, and so does keeping the old answer.
5. An idle chat keeps nothing, and สถานะ and สรุป agree with what became of every report.
6. What is said is whole, in the reader's language, and says nothing twice (`tests.handlers.wording`).
"""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import NamedTuple

from handlers.behalf import with_facts_of_unit
from handlers.buttons import AnswerTapped, CommandTapped, read_button
from handlers.context import Context, Missing
from handlers.effects import Review, Say, Submit, Tell, Warned, Withdraw
from handlers.events import Body, Media, Postback, Text, Unsend
from handlers.report import REPORT
from handlers.session import Session
from handlers.under_way import CONVERSATIONS
from locales.catalog import words
from locales.thai_commands import Command, command
from locales.thai_phrases import yes_or_no
from models.rules.deadlines import finished
from models.rules.office import ReportKey, Role
from models.rules.standing import Decision, ReportState
from tests.handlers.aside import bare, comes_to, copied, outcome, restores, value_of, with_found
from tests.handlers.stage import Stage
from tests.handlers.test_random_talk import within_limits
from tests.handlers.wording import faults

QUERIES = frozenset(
    {
        *(Command.STATUS, Command.HELP, Command.MISSING, Command.SUMMARY, Command.GROUP_NOTICE, Command.EVALUATION),
        *(Command.MY_DATA, Command.GREETING, Command.THANKS, Command.ACKNOWLEDGE, Command.READ_ALL, Command.LINK_GROUP),
        *(Command.REMIND_TOMORROW, Command.STOP_REMINDERS, Command.REMIND_AS_USUAL, Command.REPORT),
    }
)
"""What may be asked twice and says the same twice; รายงาน is such a question while nothing is open."""
SHOWN_AGAIN = ("ทำต่อ", "ดูก่อนส่ง", "look again", "go on")
"""What asks for the same once more."""
REFUSALS = tuple(f"{each}-not-yours" for each in ("approve", "behalf", "combine", "evaluate", "group", "move", "nudge"))
REFUSALS += tuple(f"{each}-not-yours" for each in ("publish", "request", "requests", "review", "round"))
GROUP = "กลุ่ม"
TAPPED_ONLY = re.compile(r"เลขไทย|เลขอารบิก|(?:Thai|Arabic) digits")
"""The other digits under a narrowed summary, which typed are those of the whole."""
NUMBERED = re.compile(r"(\d+)\. ")
STEP = re.compile(r"^\d+/\d+ · ")
ROUND_ROW = re.compile(
    r"• (\d+-\d+): .*?(\d+)/(\d+) .*?\(.*?(\d+) · .*?(\d+) · .*?(\d+) · .*?(\d+)\)(?: รับรองแล้ว (\d+)|, (\d+) accepted)?"
)


class Broken(Exception):
    """An oracle was broken: which, and what was seen."""

    def __init__(self, oracle: str, *seen: object) -> None:
        super().__init__(oracle, *seen)
        self.oracle = oracle


class Stood(NamedTuple):
    """How somebody's chat stood before they did something."""

    session: Session
    question: str
    """In words, without what is offered beside it."""
    last: Say | None


class Oracles:
    """Watches a stage."""

    def __init__(self, stage: Stage, dice: random.Random | None = None) -> None:
        self.stage = stage
        self.dice = dice
        """Decides what of what is dear is checked this time; without, everything is."""
        self.states = {key: each[-1].summary.state for key, each in stage.versions.items()}
        """Report → its state, from what was done alone."""

    def now_and_then(self, share: float) -> bool:
        return self.dice is None or self.dice.random() < share

    def language(self, who: str, spoke: str = "th") -> str:
        return self.stage.people[who].language if who in self.stage.people else spoke

    def acts(self, who: str, body: Body, *, chose: bool) -> None:
        """Do it on the stage, and look at what comes of it. Raises Broken."""
        stage = self.stage
        before, spoke = Session.load(stage.sessions.get(who, {})), self.language(who)
        stood = Stood(before, self.question(who, before), stage.said.get(who))
        try:
            says = stage.does(who, body)
            within_limits(says)
        except (AssertionError, LookupError, TypeError, ValueError) as wrong:
            raise Broken(f"1 fails: {wrong!r:.80}", who, body) from wrong
        self.noted()
        for each in says:
            self.worded(each, self.language(who, spoke), who, body)
        self.told(who, body)
        if not says:
            if not isinstance(body, Media | Unsend):
                raise Broken("1 nobody answers", who, body)
            return
        after = Session.load(stage.sessions[who])
        if bool(after.conversation) != bool(stage.sessions[who]):
            raise Broken("5 an idle chat keeps something", who, body, stage.sessions[who])
        if chose or (isinstance(body, Text) and before.conversation):
            self.chosen(who, body, stood, says)
        self.offered(who, says)
        if isinstance(body, Text | Postback) and after.conversation and after.id == before.id:
            self.backwards(who, body, before, after)
        if self.now_and_then(0.1):
            self.status(who)
            self.summary(who)

    def worded(self, say: Say, language: str, who: str, body: Body) -> None:
        """Oracle 6."""
        for found in faults(say, self.stage, language):
            raise Broken(re.sub(r"[\d๐-๙]+", "#", f"6, {found}"), who, body, say.text)

    def told(self, who: str, body: Body) -> None:
        """Oracle 6 for what others are told of it, each in their own language."""
        languages = {each.id: each.language for each in self.stage.people.values()}
        for each in self.stage.done:
            if isinstance(each, Tell) and each.person_id in languages:
                within_limits([each.say])
                self.worded(each.say, languages[each.person_id], who, body)

    def in_group(self, text: str) -> None:
        """Whoever calls the bot in a linked group is answered, in whole words and without anybody's name."""
        body = Text(text, mentioned=True)
        said = self.stage.does(GROUP, body, in_group=True)
        within_limits(said)
        if not said:
            raise Broken("1 nobody answers in the group", GROUP, body)
        for each in said:
            self.worded(each, "th", GROUP, body)
        names = [each.name for each in self.stage.people.values() if each.name and not each.shared_account]
        if named := [name for name in names for each in said if name in each.text]:
            raise Broken("6 a person's name in the group", GROUP, body, named)

    def question(self, who: str, session: Session) -> str:
        """The words of the question that stands, without what is offered beside it."""
        conversation = CONVERSATIONS.get(session.conversation)
        facts = self.stage.facts(who)
        while conversation is not None:
            try:
                context = Context(session, facts)
                context = with_facts_of_unit(context) if conversation is REPORT else context
                asked = [each for each in conversation.relevant_questions(context) if each.name == session.asked]
                return asked[0].kind.ask(context, session.asked).text if asked else ""
            except Missing as missing:
                facts = with_found(self.stage, facts, missing)
        return ""

    def chosen(self, who: str, body: Body, stood: Stood, says: list[Say]) -> None:
        """Oracle 2."""
        before = stood.session
        tapped = read_button(body.data) if isinstance(body, Postback) else None
        spoken = body.text if isinstance(body, Text) else tapped.words if isinstance(tapped, CommandTapped) else ""
        value = tapped.value if isinstance(tapped, AnswerTapped) else dict(before.offered).get(spoken)
        offers = [each for _, each in before.offered]
        stored = [each for each in self.stage.done if not isinstance(each, Say | Warned)]
        goes_on = value == {"do": "continue"} or (yes_or_no(spoken) is False and {"do": "continue"} in offers)
        if goes_on or spoken in SHOWN_AGAIN or stored:
            return
        after, said = Session.load(self.stage.sessions[who]), command(spoken)
        if not after.conversation:
            same = stood.last is not None and [each.text for each in says] == [stood.last.text]
            if same and not before.conversation and not (said and said.command in QUERIES):
                raise Broken(f"2 the same again at {spoken}", who, body, says[-1].text)
            return
        again = self.question(who, after)
        stands = (after.id, after.asked, again) == (before.id, before.asked, stood.question)
        if stands and again and len(says) == 1 and STEP.sub("", says[0].text).startswith(again):
            raise Broken(f"2 put again without a word: {after.conversation}.{after.asked}", who, body, says[0].text)

    def offered(self, who: str, says: list[Say]) -> None:
        """Oracle 3: every quick reply of the last message, by what it would come to."""
        buttons = next((say.buttons for say in reversed(says) if say.buttons), ())
        counted = Counter(each.label for each in buttons)
        if twice := [label for label, count in counted.items() if count > 1]:
            raise Broken(f"3 offered twice: {twice}", who, says[-1].text)
        if not self.now_and_then(0.15):
            return
        w, asked = words(self.language(who)), Session.load(self.stage.sessions[who]).asked
        refused = [w(each, who="none").split("\n")[0] for each in REFUSALS]
        refused.append(w("report-refused", reason="role_may_not", day="–", unit="–", quarter="–").split("\n")[0])
        for each in (each for each in buttons if each.data):
            tapped = comes_to(self.stage, who, Postback(each.data))
            number = NUMBERED.match(each.label)
            for text in (each.label, number[1]) if number and asked != "quarter" else (each.label,):
                typed = comes_to(self.stage, who, Text(text))
                if typed != tapped and not TAPPED_ONLY.fullmatch(text):
                    raise Broken(f"3 tapped is not typed: {each.label}", who, says[-1].text, tapped, typed)
            if tapped[0] and tapped[0][0].startswith(tuple(refused)):
                raise Broken(f"3 offered what is refused: {each.label}", who, says[-1].text, tapped[0][0])

    def backwards(self, who: str, body: Body, before: Session, after: Session) -> None:
        """Oracle 4, on a copy of the stage."""
        answered = before.asked in after.answers and before.asked not in before.answers
        if (
            before.conversation != after.conversation
            or not answered
            or before.asked == after.asked
            or before.held
            or before.offered
            or not self.now_and_then(0.4)
        ):
            return
        expected, aside = self.question(who, after), copied(self.stage)
        aside.does(who, Text("ย้อนกลับ"))
        if Session.load(aside.sessions[who]).asked != before.asked:
            return
        buttons = aside.said[who].buttons
        ways: list[Body] = [Postback(each.data) for each in buttons if restores(each.data)]
        if isinstance(body, Text):
            ways.append(body)
        elif isinstance(body, Postback) and value_of(body.data) is not None:
            ways += [Postback(each.data) for each in buttons if value_of(each.data) == value_of(body.data)][:1]
        for way in ways:
            stage = copied(aside)
            stage.does(who, way)
            now = Session.load(stage.sessions[who])
            came_to = (now.conversation, now.asked, Oracles(stage).question(who, now))
            if came_to != (after.conversation, after.asked, expected):
                raise Broken(
                    f"4 back at {before.conversation}.{before.asked}", who, way, expected, stage.said[who].text
                )
            # Of another unit another report is meant: what was typed along is asked again.
            if before.asked != "unit" and bare(now.answers) != bare(after.answers):
                seen = (bare(after.answers), bare(now.answers))
                raise Broken(f"4 other answers at {before.conversation}.{before.asked}", who, way, *seen)

    def noted(self) -> None:
        """What has become of reports, from what was done."""
        for each in self.stage.done:
            match each:
                case Submit(key=key, state=state):
                    self.states[key] = state
                case Withdraw(key):
                    del self.states[key]
                case Review(key, decision=decision):
                    accepted = decision is Decision.ACCEPTED
                    self.states[key] = ReportState.ACCEPTED if accepted else ReportState.RETURNED

    def said(self, who: str, text: str) -> str:
        turn = outcome(self.stage, who, Text(text))
        return "\n".join(each.text for each in turn.effects if isinstance(each, Say))

    def units(self, who: str, *roles: Role) -> set[int]:
        today, held = self.stage.now.date(), self.stage.memberships.get(who, ())
        return {each.unit_id for each in held if each.role in roles and each.valid_on(today)}

    def status(self, who: str) -> None:
        """Oracle 5, for whoever reports."""
        if not (units := self.units(who, Role.REPORTER)):
            return
        today, rounds, w = self.stage.now.date(), self.stage.office.rounds, words(self.language(who))
        mine = {key: each for key, each in self.states.items() if key.unit_id in units}
        sent = [
            key
            for key, each in mine.items()
            if each is not ReportState.RETURNED and today <= finished(rounds[key.quarter])
        ]
        told = self.said(who, "สถานะ")
        if sent and w("status-sent", count=len(sent)) not in told:
            raise Broken("5 sent differs", who, sent, told)
        returned = [key for key, each in mine.items() if each is ReportState.RETURNED]
        if told.count(w("status-returned", title="|", reason="", name="none").split("|")[0]) != len(returned):
            raise Broken("5 returned differs", who, returned, told)

    def summary(self, who: str) -> None:
        """Oracle 5, for whoever looks after all: each row of สรุป."""
        if not self.units(who, Role.COORDINATOR, Role.ADMINISTRATOR, Role.EXECUTIVE, Role.EVALUATOR):
            return
        office, told = self.stage.office, self.said(who, "สรุป ไตรมาส 1/2570")
        (quarter,) = [each for each in office.rounds if str(each) == "1/2570"]
        rows = [found for row in told.splitlines() if (found := ROUND_ROW.match(row))]
        if not rows:
            raise Broken("5 สรุป has no row", who, told)
        for found in rows:
            (indicator,) = [each for each in office.indicators.values() if each.code == found[1]]
            parts = [ReportKey(each, indicator.id, quarter) for each in office.parts(indicator.id, quarter)]
            by = Counter(self.states.get(each) for each in parts)
            shown = [int(each or 0) for each in (found[3], found[6], found[7], found[8] or found[9])]
            known = [len(parts), by[ReportState.RETURNED], by[None], by[ReportState.ACCEPTED]]
            if shown != known:
                raise Broken("5 สรุป differs", who, found[0], known)
