"""Where every event comes in: it goes to the conversation under way, starts one, or is answered at once.

Pure: `receive` is given the session, the event and the facts, and says what to do. A person is never left without an
answer.
"""

from __future__ import annotations

import re
from typing import assert_never

from msgspec.structs import replace

from handlers import asking, engine
from handlers.approve import APPROVE
from handlers.begin_report import answered_at_once, report, report_for, report_this
from handlers.behalf import with_facts_of_unit
from handlers.buttons import AnswerTapped, CommandTapped, ReportTapped, command_button, read_button
from handlers.combine import COMBINE
from handlers.context import Context, Missing
from handlers.conversation import Conversation
from handlers.decide import REQUESTS
from handlers.effects import Asks, Effect, KeepDraft, SavePerson, Say, SetReachable, Turn, Unsent
from handlers.engine import without_message
from handlers.evaluate import EVALUATE
from handlers.evaluation_view import evaluation
from handlers.events import Event, Follow, Joined, Media, Postback, Removed, Text, Unfollow, Unsend
from handlers.facts import Facts
from handlers.group import in_group, offer_group
from handlers.help import help_for
from handlers.idle import idle_buttons, is_registered
from handlers.kinds import OneOf
from handlers.move_date import MOVE_DATE, move_date
from handlers.narrowing import known_answers, narrowing, unknown_code
from handlers.pictures import take_picture
from handlers.privacy import FORGET, my_data
from handlers.publish import publish
from handlers.records import RequestKind
from handlers.register import REGISTER
from handlers.remind import reminders_changed, with_notices
from handlers.remind_missing import REMIND_MISSING
from handlers.report import REPORT
from handlers.report_view import awaited_keys, overseen, title, unit_name, units_where
from handlers.request import MOVED, REQUEST
from handlers.returned import edit_sent
from handlers.review import REVIEW
from handlers.review_queue import narrowed_to
from handlers.round_status import group_notice, missing_status, summary
from handlers.session import Answers, Session
from handlers.shortcuts import mistyped, one_message
from handlers.status import status
from handlers.under_way import CONVERSATIONS, again, begun_or_again, beside
from handlers.unit_names import asked_back, in_sight, units_named
from handlers.wishes import answer_beside, is_wholly_a_question, not_understood, wish
from locales.thai_commands import IN_THAI_DIGITS, Command, Said, command, of_unit
from locales.thai_phrases import plain
from locales.thai_questions import intent
from models.rules.invitation_codes import normalise
from models.rules.permissions import Action

_DIGIT = re.compile(r"\d")
FREE_TEXT = ("narrative", "explanation", "activity", "reporter_name", "told_by")
"""The questions whose answer is whatever is typed."""


def receive(session: Session, event: Event, facts: Facts) -> Turn | Asks:
    """One event of one chat. Returns the new session and what to do, or what has to be looked up first."""
    if session.conversation not in {"", *CONVERSATIONS}:
        session = Session()  # a conversation that a later release no longer has
    context = Context(session, facts)
    try:
        if session.conversation == REPORT.name:
            context = with_facts_of_unit(context)
        turn = _received(context, event)
        return turn if event.in_group else with_notices(context, turn)
    except Missing as missing:
        return Asks(missing.needs)


def apology(facts: Facts) -> Say:
    """What a person is told when their message could not be handled and was set aside for a look."""
    context = Context(Session(), facts)
    return Say(context.w("reception-apology"), idle_buttons(context))


def reminder_of_step(session: Session, facts: Facts) -> Say:
    """The current question again, for a person whose last answer may not have arrived."""
    context = Context(session, facts)
    conversation = CONVERSATIONS.get(session.conversation)
    if conversation is None:
        return Say(context.w("reception-idle"), idle_buttons(context))
    try:
        turn = asking.ask(conversation, context)
    except Missing:
        return Say(context.w("reception-idle"), idle_buttons(context))
    return next((each for each in turn.effects if isinstance(each, Say)), Say(context.w("reception-idle")))


def _received(context: Context, event: Event) -> Turn:
    w, session = context.w, context.session
    if event.in_group:
        return in_group(context, event)
    match event.body:
        case Text(text, _):
            return _text(context, event, text)
        case Postback(data):
            return _postback(context, event, data)
        case Follow():
            return _followed(context)
        case Unfollow():
            return Turn(session, (SetReachable(False),))
        case Unsend(message_id):
            return _unsent(context, message_id)
        case Media(kind) as media:
            kept = take_picture(context, event, media) if kind == "image" else None
            reports = kind != "image" or units_where(context, Action.REPORT)
            return kept or again(context, w("reception-media", kind=kind if reports else "picture"))
        case Joined() | Removed():
            return Turn(session)
        case _ as never:
            assert_never(never)


def _followed(context: Context) -> Turn:
    w = context.w
    if is_registered(context):
        person = context.facts.person
        name = person.name if person else ""
        count = len(awaited_keys(context)) if units_where(context, Action.REPORT) else "none"
        back = Say(w("reception-back", name=name, count=count), idle_buttons(context))
        return Turn(context.session, (SetReachable(True), back))
    noted = w("reception-button-noted")
    buttons = (*idle_buttons(context), command_button(noted, noted))
    return Turn(Session(), (SetReachable(True), Say(w("reception-welcome")), Say(w("reception-notice"), buttons)))


def _text(context: Context, event: Event, text: str) -> Turn:
    conversation = CONVERSATIONS.get(context.session.conversation)
    if conversation is None:
        return _idle(context, event, text)
    if not context.session.asked.startswith(FREE_TEXT) and (turn := _of_unit(context, event, text)):
        return turn
    if turn := _date_beside_a_choice(conversation, context, event, text):
        return turn
    if conversation is REPORT:
        turn = _beside_the_question(context, event, text)
        if turn is not None:
            return turn
    outcome = engine.hear(conversation, context, event, text)
    return _command(context, event, outcome) if isinstance(outcome, Said) else outcome


def _date_beside_a_choice(conversation: Conversation, context: Context, event: Event, text: str) -> Turn | None:
    """Whoever may move dates may at any choice; where text is asked for, a report's reason may speak of dates."""
    if not units_where(context, Action.MOVE_DATES):
        return None
    question = asking.named(conversation, context, context.session.asked)
    if question is None or not isinstance(question.kind, OneOf):
        return None
    turn = move_date(context, event, text)
    if turn is None or turn.session.conversation == MOVE_DATE.name or conversation is MOVE_DATE:
        return turn
    return beside(context, lambda _: turn.effects)


def _beside_the_question(context: Context, event: Event, text: str) -> Turn | None:
    """A whole other report, or a question in somebody's own words; where free text is asked for, only to the letter."""
    free = context.session.asked.startswith(FREE_TEXT)
    whole = one_message(context, event, text) if not free or context.session.asked == "explanation" else None
    if whole is not None:
        return whole
    if command(text) is not None or _DIGIT.search(text) or (free and not is_wholly_a_question(text)):
        return None
    return beside(context, lambda own: answer_beside(own, text)) if intent(text) else None


def _postback(context: Context, event: Event, data: str) -> Turn:
    tapped = read_button(data)
    conversation = CONVERSATIONS.get(context.session.conversation)
    match tapped:
        case CommandTapped(words):
            return _text(context, event, words)
        case ReportTapped(key) if is_registered(context):
            return report_this(context, event, key)
        case ReportTapped():
            return again(context, _why_stranger(context))
        case AnswerTapped() if conversation is not None:
            return engine.tap(conversation, context, event, tapped)
    return again(context, context.w("engine-stale"), in_full=True)


def _unsent(context: Context, message_id: str) -> Turn:
    """What was taken back leaves the draft; a version that was sent stays, and the person hears how to correct it."""
    w, facts, session = context.w, context.facts, context.session
    forget = Unsent(message_id)
    conversation = CONVERSATIONS.get(session.conversation)
    turn = engine.unsend(conversation, context, message_id) if conversation else None
    cleaned = [
        KeepDraft(each.key, left, each.revision, each.base_version)
        for each in facts.drafts.values()
        if (left := without_message(dict(each.answers), message_id)) is not None
    ]
    if turn is not None:
        # The step may have ended the conversation without storing (the round closed): the words go all the same.
        stored = {effect.key for effect in turn.effects if isinstance(effect, KeepDraft)}
        further = [each for each in cleaned if each.key not in stored]
        return replace(turn, effects=(forget, *further, *turn.effects))
    if cleaned:
        told = Say(w("reception-unsent-draft", title=title(context, cleaned[0].key)))
        return Turn(session, (forget, *cleaned, told))
    for sent in facts.reports.values():
        if message_id in sent.message_ids:
            edit = w("engine-button-edit-sent")
            said = Say(w("reception-unsent-sent", title=title(context, sent.key)), (command_button(edit, edit),))
            return Turn(session, (forget, said))
    return Turn(session, (forget,))


def _idle(context: Context, event: Event, text: str) -> Turn:
    said = command(text)
    if said is not None:
        return _command(context, event, said)
    if normalise(plain(text)) is not None:
        return _register(context, event, text)
    if is_registered(context):
        found = (
            _of_unit(context, event, text)
            or one_message(context, event, text)
            or mistyped(context, event, text)
            or move_date(context, event, text)
            or wish(context, event, text)
        )
        return found or _no_such_unit(context, event, text) or Turn(Session(), (not_understood(context, text),))
    return Turn(Session(), (Say(_why_stranger(context), idle_buttons(context)),))


def _why_stranger(context: Context) -> str:
    """Not registered yet, not let in, or no longer."""
    w, office = context.w, context.facts.office
    if context.session.conversation == REGISTER.name:
        return w("register-finish-first")
    ended = max(context.facts.memberships, key=lambda each: each.valid_to or each.valid_from, default=None)
    if ended is None or ended.valid_to is None:
        return w("reception-stranger")
    unit = unit_name(context, office.units[ended.unit_id])
    if not ended.approved:
        return w("reception-turned-away", unit=unit)
    return w("report-refused", reason="membership_ended", day=w.day(ended.valid_to), unit=unit, quarter="–")


def _command(context: Context, event: Event, said: Said) -> Turn:
    """A command that means the same everywhere: first what anybody may ask for, then what members may."""
    turn = _for_anyone(context, event, said)
    if turn is not None:
        return turn
    if not is_registered(context):
        return again(context, _why_stranger(context))
    return _for_members(context, event, said)


def _for_anyone(context: Context, event: Event, said: Said) -> Turn | None:
    match said.command:
        case Command.REGISTER:
            return _register(context, event, said.rest)
        case Command.HELP:
            return beside(context, lambda own: (help_for(own),))
        case Command.LANGUAGE:
            return _language(context, said.rest)
        case Command.MY_DATA:
            return beside(context, lambda own: (my_data(own),))
        case Command.FORGET_ME:
            return engine.begin(FORGET, context, event.id, {})
        case Command.ACKNOWLEDGE:
            return _acknowledged(context)
        case Command.GREETING | Command.THANKS:
            return again(context, context.w(f"reception-{said.command.value}"))
    return None


BEGUN: dict[Command, tuple[Conversation, Answers]] = {
    Command.APPROVE: (APPROVE, {}),
    Command.REQUESTS: (REQUESTS, {}),
    Command.MOVED: (MOVED, {}),
    Command.REMIND_MISSING: (REMIND_MISSING, {}),
    Command.ASK_TO_OPEN: (REQUEST, {"kind": RequestKind.UNLOCK.value}),
    Command.ASK_TO_EDIT: (REQUEST, {"kind": RequestKind.EDIT.value}),
    Command.ASK_TO_WITHDRAW: (REQUEST, {"kind": RequestKind.WITHDRAW.value}),
    Command.ASK_FOR_TARGET: (REQUEST, {"kind": RequestKind.TARGET.value}),
}
"""The commands that begin a dialogue of their own, and what is known in it from the start."""


def _for_members(context: Context, event: Event, said: Said) -> Turn:
    if said.command in BEGUN:
        conversation, known = BEGUN[said.command]
        return begun_or_again(context, engine.begin(conversation, context, event.id, known))
    match said.command:
        case Command.REPORT:
            return report(context, event, said.rest)
        case Command.REPORT_FOR:
            return report_for(context, event, said.rest)
        case Command.PUBLISH_PICTURES | Command.HIDE_PICTURES:
            return publish(context, said.rest, public=said.command is Command.PUBLISH_PICTURES)
        case Command.LINK_GROUP:
            return beside(context, lambda own: offer_group(own).effects)
        case Command.REVIEW | Command.EVALUATE | Command.EVALUATION | Command.COMBINE:
            return _of_quarter(context, event, said)
        case Command.STATUS | Command.MISSING | Command.SUMMARY | Command.GROUP_NOTICE:
            return beside(context, lambda own: (_round(own, said),))
        case Command.EDIT:
            return edit_sent(context, event, said.rest)
        case Command.REMIND_TOMORROW | Command.STOP_REMINDERS | Command.REMIND_AS_USUAL:
            return beside(context, lambda own: reminders_changed(own, said.command))
    return again(context, context.w("engine-left" if said.command is Command.LATER else "reception-nothing-under-way"))


def _register(context: Context, event: Event, code: str) -> Turn:
    begun = engine.begin(REGISTER, context, event.id, {})
    return answered_at_once(REGISTER, context, event, begun, code) if code else begun


def _round(context: Context, said: Said, units: frozenset[int] | None = None, name: str = "") -> Say:
    """สถานะ, ใครยังไม่ส่ง, สรุป, each for whoever asks; of one's own reports alone all three are สถานะ."""
    if said.command is Command.GROUP_NOTICE:
        return group_notice(context)
    if said.command is Command.STATUS or not overseen(context, Action.SEE_ALL_STATUS):
        return status(context, said.rest, units)
    narrowed = narrowing(context, re.sub(IN_THAI_DIGITS, "", said.rest))
    wanted = replace(narrowed, unit_ids=units, name=name)
    if unknown := unknown_code(context, wanted):
        return unknown
    if said.command is Command.MISSING:
        return missing_status(context, wanted)
    return summary(context, wanted, thai_digits=re.search(IN_THAI_DIGITS, said.rest) is not None)


def _of_unit(context: Context, event: Event, text: str) -> Turn | None:
    """สถานะ บางบอน, รายงานแทน บางบอน: a unit in sight by its name or code, or asked back; None when none is named."""
    named = of_unit(text) if is_registered(context) else None
    if named is None:
        return None
    said, name = named
    units = units_named(context, name, in_sight(context))
    if not units:
        among = overseen(context, Action.REPORT_FOR) if said.command is Command.REPORT_FOR else in_sight(context)
        which = asked_back(context, text, name, among)
        return beside(context, lambda _: (which,)) if which else None
    if said.command is Command.REPORT_FOR:
        return report_for(context, event, said.rest, name)
    if said.command is Command.REVIEW:
        names = [unit_name(context, context.facts.office.units[each]) for each in units]
        return _of_quarter(context, event, said, names[0] if len(names) == 1 else name)
    return beside(context, lambda own: (_round(own, said, units, name),))


def _no_such_unit(context: Context, event: Event, text: str) -> Turn | None:
    """The same with a word behind it that is neither a unit in sight nor anything else."""
    named = of_unit(text) if " " in text.strip() else None
    if named is None:
        return None
    if named[0].command is Command.REPORT_FOR:
        return report_for(context, event, named[0].rest, named[1])
    return Turn(Session(), (Say(context.w("round-no-unit", name=named[1]), idle_buttons(context)),))


OF_QUARTER = {Command.REVIEW: REVIEW, Command.EVALUATE: EVALUATE, Command.COMBINE: COMBINE}


def _of_quarter(context: Context, event: Event, said: Said, unit: str = "") -> Turn:
    """ผลประเมิน to read, ตรวจ, ประเมิน and รวมผล to enter, with a code or a quarter where they were typed along."""
    if said.command is Command.EVALUATION:
        return beside(context, lambda own: (evaluation(own, said.rest),))
    conversation, wanted = OF_QUARTER[said.command], narrowing(context, said.rest)
    if unknown := unknown_code(context, wanted):
        return again(context, unknown.text)
    known = narrowed_to(wanted, unit) if conversation is REVIEW else known_answers(context, wanted)
    return begun_or_again(context, engine.begin(conversation, context, event.id, known))


def _language(context: Context, language: str) -> Turn:
    save: Effect = SavePerson(language=language)
    context = context.in_language(language)
    turn = again(context, context.w("reception-language"), in_full=True)
    return replace(turn, effects=(save, *turn.effects))


def _acknowledged(context: Context) -> Turn:
    """รับทราบ acknowledges the notice once; it never answers a question."""
    w, person = context.w, context.facts.person
    if context.session.conversation or (person is not None and person.notice_acknowledged):
        return again(context, w("reception-noted"))
    turn = again(context, w("reception-notice-noted"))
    return replace(turn, effects=(SavePerson(notice_acknowledged=True), *turn.effects))
