"""Questions in people's own words, asked while nothing is under way: เหลือกี่วัน, ส่งหรือยัง, ย้ายห้องสมุดแล้ว."""

from __future__ import annotations

from msgspec.structs import replace

from handlers import engine
from handlers.buttons import command_button
from handlers.context import Context
from handlers.effects import Button, Say, Turn
from handlers.events import Event
from handlers.help import contacts, help_for
from handlers.idle import idle_buttons
from handlers.records import RequestKind
from handlers.report_view import accepted_keys, correctable_keys, units_where
from handlers.request import REQUEST
from handlers.returned import edit_sent, returned_keys
from handlers.session import Session
from handlers.status import status
from handlers.withdraw import WITHDRAW
from locales.thai_commands import Command
from locales.thai_phrases import plain
from locales.thai_questions import LONGEST, QUESTIONS, Intent, Meant, intent, likeliest
from models.rules.permissions import Action


def wish(context: Context, event: Event, text: str) -> Turn | None:
    """The answer to a question in somebody's own words; None when it is not understood for certain."""
    match intent(text):
        case Intent.CORRECT:
            return edit_sent(context, event, "")
        case Intent.WITHDRAW if accepted_keys(context) and not correctable_keys(context):
            return engine.begin(REQUEST, context, event.id, {"kind": RequestKind.WITHDRAW.value})
        case Intent.WITHDRAW:
            return engine.begin(WITHDRAW, context, event.id, {})
    said = answer_beside(context, text)
    return Turn(Session(), said) if said else None


PURE_QUESTIONS = (
    *(Intent.DAYS_LEFT, Intent.DUE_WHEN, Intent.SENT_YET, Intent.WHAT_TO_DO, Intent.CONTACT),
    *(Intent.TARGET, Intent.WHAT_IS_COUNTED, Intent.PICTURES, Intent.HOW_TO),
)
"""Those whose words can be nothing else; ย้ายแล้ว or ส่งไม่ทัน may explain something where free text is asked for."""
PHRASES = frozenset(plain(phrase) for each in PURE_QUESTIONS for phrase in QUESTIONS[each].split("|"))


def is_wholly_a_question(text: str) -> bool:
    """Whether a text is, to the letter, a known question: it is one even where free text is asked for."""
    return len(text) <= LONGEST and plain(text) in PHRASES


def answer_beside(context: Context, text: str) -> tuple[Say, ...]:
    """What can be answered without leaving what is under way; nothing when it is not understood for certain."""
    asked = intent(text)
    return (_answer(context, asked),) if asked else ()


def _answer(context: Context, asked: Intent) -> Say:
    match asked:
        case Intent.CORRECT | Intent.WITHDRAW:
            return Say(context.w("wish-finish-first"))
        case Intent.CONTACT | Intent.HOW_TO:
            return help_for(context)
        case Intent.MOVED:
            answer = "\n".join([context.w("wish-moved-answer"), *contacts(context)])
            return Say(answer, (wish_button(context.w("wish-button-moved")), *idle_buttons(context)))
        case Intent.PICTURES:
            return Say(context.w("wish-pictures-answer"), idle_buttons(context))
        case Intent.DAYS_LEFT | Intent.DUE_WHEN | Intent.STILL_OPEN | Intent.WHAT_TO_DO:
            return replace(status(context), cards=())  # the list answers; the cards would bury it
    return status(context)


ROUND_QUESTIONS = (Intent.DAYS_LEFT, Intent.DUE_WHEN, Intent.CONTACT, Intent.HOW_TO, Intent.MOVED)
MEANT: tuple[tuple[Action, tuple[Meant, ...]], ...] = (
    (Action.REPORT, (Command.REPORT, Command.STATUS, Command.HELP, Command.EDIT, *Intent)),
    (Action.REVIEW, (Command.REVIEW, Command.STATUS, Command.MISSING, Command.REQUESTS, Command.APPROVE)),
    (Action.SEE_ROUND, (Command.STATUS, Command.MISSING, Command.SUMMARY, Command.GROUP_NOTICE)),
    (Action.REPORT_FOR, (Command.REPORT_FOR, Command.COMBINE)),
    (Action.REMIND, (Command.REMIND_MISSING,)),
    (Action.LINK_GROUP, (Command.LINK_GROUP,)),
    (Action.EVALUATE, (Command.EVALUATE, Command.STATUS)),
    (Action.SEE_ALL_STATUS, (Command.STATUS, Command.EVALUATION, *ROUND_QUESTIONS)),
)
"""What somebody may mean who may do this; the first are offered when nothing comes near."""
EVERYBODY: tuple[Meant, ...] = (Command.STATUS, Command.HELP, Command.REGISTER, Command.MY_DATA, Command.FORGET_ME)


def meant(context: Context) -> tuple[Meant, ...]:
    """All that this person can mean, what their duty is about first."""
    found = (each for action, several in MEANT if units_where(context, action) for each in several)
    return tuple(dict.fromkeys((*found, *EVERYBODY)))


def not_understood(context: Context, text: str) -> Say:
    """The three likeliest meanings of those that this person can mean, in words and as buttons."""
    w = context.w
    labels = [w(f"wish-{each.value.replace('_', '-')}") for each in likeliest(text, meant(context))]
    if returned_keys(context):
        labels = [w("engine-button-edit-sent"), *labels[:2]]  # perhaps the answer that was asked for
    return Say(w("reception-not-understood", choices=" / ".join(labels)), tuple(wish_button(each) for each in labels))


def wish_button(label: str) -> Button:
    return command_button(label, label)
