"""People talk to the pure core at random; whatever they do, the core keeps its word."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from msgspec.structs import replace

from bot.line.limits import check
from bot.line.render import render
from handlers.effects import Button, KeepDraft, LeaveGroup, Say, Submit, WrongCode
from handlers.events import Body, Follow, Media, Postback, Text, Unfollow, Unsend
from handlers.pictures import MOST_PICTURES
from handlers.records import Invitation
from handlers.report_questions import first_words
from handlers.report_view import CONTENT
from handlers.session import Session
from locales.catalog import words
from models.rules.office import Role
from tests.handlers.stage import BANGKOK, CODE, Stage
from tests.handlers.talk import GOOD_ANSWERS, JUNK_POSTBACKS, PICTURES, TEXTS, VALUES, forged

WHO = st.sampled_from(("นภา", "สมบัติ", "อร", "กลาง", "คนใหม่"))
LAST_DAY = datetime(2027, 5, 10, tzinfo=BANGKOK)
MEDIA = st.sampled_from(("sticker", "image", "video", "audio", "file", "location", "other"))
PREVIEWS = tuple(
    words(language)("report-preview-how", places="|").split("|")[0]
    for language in ("th", "en")  # the line that ends every preview
)


class Talk(RuleBasedStateMachine):
    """Two colleagues of a library, a reporter of three, a shared account, and somebody new with a code."""

    @initialize()
    def begin(self) -> None:
        self.stage = Stage()
        self.stage.member("นภา", "นภา ใจดี", 3)
        self.stage.member("สมบัติ", "สมบัติ มั่นคง", 3)
        self.stage.member("อร", "อร สุขใจ", 3, 4, 5)
        self.stage.member("กลาง", "ห้องสมุดบางบอน", 4, shared=True)
        self.stage.invitations[CODE] = Invitation(1, (3, 4, 5), Role.REPORTER, 2, None, needs_approval=False)
        self.shown: list[tuple[str, Button]] = []
        self.sent_messages: list[tuple[str, str]] = [("นภา", "999999")]
        self.previewed: dict[str, dict[str, Any]] = {}

    @rule(who=WHO, text=TEXTS)
    def writes(self, who: str, text: str) -> None:
        self.acts(who, Text(text))

    @rule(who=WHO, choice=st.integers(0, 9), times=st.integers(1, 9))
    def answers_well(self, who: str, choice: int, times: int) -> None:
        for step in range(times):
            session = self.session(who)
            fits = (
                GOOD_ANSWERS.get(session.asked, ("12",))
                if session.conversation
                else ("รายงาน", "รายงาน ไตรมาส 1", "แก้ไข")
            )
            self.acts(who, Text(fits[(choice + step) % len(fits)]))

    @precondition(lambda self: self.shown)
    @rule(data=st.data(), newest=st.booleans())
    def taps(self, data: st.DataObject, newest: bool) -> None:
        who, button = data.draw(st.sampled_from(self.shown[-12:] if newest else self.shown))
        self.acts(who, Postback(button.data))

    @precondition(lambda self: self.shown)
    @rule(data=st.data(), who=WHO)
    def taps_anothers(self, data: st.DataObject, who: str) -> None:
        _, button = data.draw(st.sampled_from(self.shown))
        self.acts(who, Postback(button.data))

    @rule(who=WHO, value=VALUES)
    def forges(self, who: str, value: Any) -> None:
        self.acts(who, Postback(forged(self.session(who), value)))

    @rule(who=WHO, data=JUNK_POSTBACKS)
    def posts_junk(self, who: str, data: str) -> None:
        self.acts(who, Postback(data))

    @rule(who=WHO, kind=MEDIA)
    def sends_media(self, who: str, kind: Any) -> None:
        self.acts(who, Media(kind))

    @rule(who=WHO, pictures=st.lists(PICTURES, min_size=1, max_size=4))
    def sends_pictures(self, who: str, pictures: list[Media]) -> None:
        for each in pictures:
            # All of a set but its last are answered with the last.
            self.acts(who, each, may_be_silent=bool(each.set_id))
        self.pictures_kept()

    @rule(data=st.data(), newest=st.booleans())
    def unsends(self, data: st.DataObject, newest: bool) -> None:
        who, message_id = data.draw(st.sampled_from(self.sent_messages[-5:] if newest else self.sent_messages))
        self.acts(who, Unsend(message_id), may_be_silent=True)

    @rule(who=WHO, text=TEXTS, seconds=st.integers(1, 4000))
    def arrives_late(self, who: str, text: str, seconds: int) -> None:
        self.acts(who, Text(text), self.stage.now - timedelta(seconds=seconds))

    @rule(who=WHO, back=st.booleans())
    def follows(self, who: str, back: bool) -> None:
        self.acts(who, Unfollow(), may_be_silent=True)
        if back:
            self.acts(who, Follow())

    @rule(text=TEXTS, mentioned=st.booleans(), linked=st.booleans())
    def writes_in_a_group(self, text: str, mentioned: bool, linked: bool) -> None:
        self.stage.linked = {"กลุ่ม": 2} if linked else {}
        said = self.stage.does("กลุ่ม", Text(text, mentioned), in_group=True)
        assert {type(each) for each in self.stage.done} <= {Say, WrongCode, LeaveGroup}
        assert not self.stage.sessions["กลุ่ม"]
        names = [each.name for each in self.stage.people.values() if each.name]
        assert not [name for name in names for each in said if name in each.text and "ห้องสมุด" not in name]

    @rule(hours=st.sampled_from((1, 20, 24 * 7, 24 * 16)))
    def time_passes(self, hours: int) -> None:
        self.stage.now = min(self.stage.now + timedelta(hours=hours), LAST_DAY)

    @rule(place=st.integers(0, 4))
    def an_assignment_goes_or_comes_back(self, place: int) -> None:
        office = self.stage.office
        one = office.assignments[place]
        quarters = frozenset({3}) if 1 in one.quarters else frozenset({1, 2, 3, 4})
        changed = [replace(each, quarters=quarters) if each == one else each for each in office.assignments]
        self.stage.office = replace(office, revision=office.revision + 1, assignments=tuple(changed))

    def session(self, who: str) -> Session:
        return Session.load(self.stage.sessions.get(who, {}))

    def acts(self, who: str, body: Body, at: datetime | None = None, *, may_be_silent: bool = False) -> None:
        before = self.session(who)
        versions = {key: list(found) for key, found in self.stage.versions.items()}
        says = self.stage.does(who, body, at)
        if self.stage.event and self.stage.event.message_id:
            self.sent_messages.append((who, self.stage.event.message_id))
        if not may_be_silent:
            assert says
        within_limits(says)
        self.shown.extend((who, each) for say in says for each in say.buttons if each.data)
        self.submitted(who, before, body, versions)
        self.drafted()
        self.note_preview(who, says)

    def submitted(self, who: str, before: Session, body: Body, versions: dict[Any, list[Any]]) -> None:
        submits = [each for each in self.stage.done if isinstance(each, Submit)]
        if not submits:
            assert versions == self.stage.versions
            return
        (one,) = submits
        assert isinstance(body, Text | Postback)
        assert (before.conversation, before.asked) == ("report", "confirm")
        assert self.previewed[who] == content(before), "what was sent is what the last preview showed"
        answers = before.answers
        assert one.answer == answers["result"]
        assert one.narrative == "\n".join(text for _, text in answers["narrative"]["parts"])
        assert {code: str(value) for code, value in one.sub_measures.items()} == {
            name.partition(".")[2]: value for name, value in answers.items() if name.startswith("sub_measures.")
        }
        assert len(set(one.message_ids)) == len(one.message_ids)
        earlier = versions.get(one.key, [])
        taken = set(answers.get("pictures", ()))
        assert taken <= self.stage.sent_pictures.keys()
        stored = self.stage.versions[one.key]
        assert stored[:-1] == earlier, "a version never changes"
        assert [each.summary.version for each in stored] == list(range(1, len(stored) + 1))
        assert len({each.summary.number for each in stored}) == 1
        if earlier:
            assert taken or same_report(earlier[-1]) != same_report(stored[-1]), "nothing is sent twice"

    def pictures_kept(self) -> None:
        """A draft never holds more pictures than a report may have, and each message once."""
        for key, draft in self.stage.drafts.items():
            taken = draft.answers.get("pictures", [])
            assert len(taken) == len(set(taken)) <= MOST_PICTURES
            # A colleague's version may have taken them along meanwhile.
            known = self.stage.pictures | self.stage.sent_pictures
            assert set(taken) <= {each for each, of in known.items() if of == key}

    def drafted(self) -> None:
        for each in self.stage.done:
            if isinstance(each, KeepDraft):
                parts = each.answers.get("narrative", {}).get("parts", [])
                ids = [message_id for message_id, _ in parts if message_id]
                assert len(set(ids)) == len(ids), "a message stands in a draft once"

    def note_preview(self, who: str, says: list[Say]) -> None:
        session = self.session(who)
        if session.asked != "confirm" or not any(end in say.text for say in says for end in PREVIEWS):
            return
        text = says[-1].text
        # A NUL never comes as far as a conversation (bot.line.arrivals), and never stands in a sentence.
        narrative = "\n".join(part for _, part in session.answers["narrative"]["parts"]).replace("\0", "")
        assert (narrative if len(narrative) <= 300 else first_words(narrative, 300)) in text, (narrative, text)
        self.previewed[who] = copy.deepcopy(content(session))


def content(session: Session) -> dict[str, Any]:
    """What a preview shows; pictures are counted as they come, after it too."""
    shown = {*CONTENT, "unit", "quarter"} - {"pictures"}
    return {name: value for name, value in session.answers.items() if name.startswith(tuple(shown))}


def same_report(full: Any) -> tuple[Any, ...]:
    return full.answer, full.summary.zero_reason, full.narrative, dict(full.sub_measures)


def within_limits(says: list[Say]) -> None:
    groups = render(says)
    assert bool(groups) == bool(says)
    for group in groups:
        check("reply", json.loads(json.dumps({"replyToken": "t", "messages": group})))


Talk.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestTalk = Talk.TestCase
