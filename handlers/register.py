"""ลงทะเบียน CODE: a code from the coordinator lets a person report for its units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from handlers.buttons import command_button
from handlers.context import Context
from handlers.conversation import Answered, Choice, Conversation, Prompt, Question, Reading, Unclear, never
from handlers.effects import Join, SavePerson, Say, Turn, WrongCode
from handlers.facts import Facts
from handlers.idle import idle_buttons
from handlers.kinds import LINE_LIMIT, Line, OneOf, shown
from handlers.needs import InvitationByCode, ReportsOf
from handlers.person_name import split_name
from handlers.records import Invitation, Person
from handlers.report_view import open_keys, unit_name, units_where
from handlers.session import Session
from handlers.short_names import short_names
from locales.thai_commands import Command
from locales.thai_phrases import plain, yes_or_no
from models.rules.deadlines import collected
from models.rules.invitation_codes import normalise
from models.rules.membership import Membership, held_until
from models.rules.office import Role
from models.rules.permissions import Action

ATTEMPTS = 5
WAIT = timedelta(hours=1)
EVERYWHERE = 5
"""A code for at most so many units offers all of them at once."""
SHARED = {"shared": True}
"""What the button for a shared account carries: the names of the units would not fit."""


def waits_until(attempts: tuple[datetime, ...]) -> datetime | None:
    """Five wrong codes within an hour wait an hour from the fifth."""
    fives = zip(attempts, attempts[ATTEMPTS - 1 :], strict=False)
    return max((fifth + WAIT for first, fifth in fives if fifth - first <= WAIT), default=None)


@dataclass(frozen=True)
class Code:
    """An invitation code. The answer is the invitation: {"id", "units", "role", "approval"}; never the code itself."""

    hears: frozenset[Command] = frozenset()

    def ask(self, context: Context, name: str) -> Prompt:  # noqa: ARG002
        w = context.w
        buttons = tuple(
            command_button(w(f"register-button-{each}"), w(f"register-button-{each}"))
            for each in ("no-code", "contact")
        )
        return Prompt(w("register-code"), buttons=buttons)

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:  # noqa: ARG002
        w, facts = context.w, context.facts
        until = waits_until(facts.failed_codes)
        if until is not None and facts.now < until:
            return Unclear(w("register-wait", time=w.time(until)), ends=True)
        code = normalise(plain(text))
        if code is None:
            return Unclear(w("register-not-a-code", text=shown(text)))
        invitation: Invitation | None = context.find(InvitationByCode(code))
        if invitation is None:
            left = ATTEMPTS - 1 - len([each for each in facts.failed_codes if facts.now - each <= WAIT])
            return Unclear(w("register-wrong", left=max(left, 0)), effects=(WrongCode(),))
        if invitation.expires_at is not None and invitation.expires_at <= facts.now:
            return Unclear(w("register-expired", day=w.day(invitation.expires_at)))
        known = held_until(facts.memberships, invitation.role, invitation.valid_to, facts.today)
        units = [each for each in invitation.unit_ids if each not in known]
        if not units:
            return Unclear(w("register-already"), ends=True)
        if invitation.uses_left < 1:
            return Unclear(w("register-used-up"))
        value = {
            "id": invitation.id,
            "units": units,
            "role": invitation.role.value,
            "approval": invitation.needs_approval,
        }
        # Whoever the office named need only confirm it, at the last question, where it can be mended too.
        whose = {"name": invitation.name, "position": invitation.position} if is_new(context) else {}
        return Answered({name: value, **{each: said for each, said in whose.items() if said and invitation.name}})

    def take(self, context: Context, name: str, value: Any) -> Reading:  # noqa: ARG002
        return Unclear(context.w("engine-stale"))

    def complete(self, context: Context, name: str) -> bool:  # noqa: ARG002
        return True

    def alone(self, context: Context) -> Any | None:  # noqa: ARG002
        return None


def unit(context: Context) -> Prompt:
    units = [context.facts.office.units[each] for each in context.answers["code"]["units"]]
    names = [unit_name(context, each) for each in units]
    choices = [
        Choice(name, [each.id], names=(each.code,), short=short)
        for each, name, short in zip(units, names, short_names(names, all_names(context)), strict=True)
    ]
    if 1 < len(units) <= EVERYWHERE:
        choices.append(Choice(context.w("register-button-all"), [each.id for each in units]))
    return Prompt(context.w("register-unit"), tuple(choices), numbered=True)


def all_names(context: Context) -> list[str]:
    """Those of the reporting year's units, to see what says nothing in one of them."""
    return [unit_name(context, each) for each in context.facts.office.units.values()]


def units_said(context: Context) -> str:
    return ", ".join(unit_name(context, context.facts.office.units[each]) for each in context.answers["unit"])


@dataclass(frozen=True)
class FullName(Line):
    """Name, surname and position in one line or two; what is missing is asked."""

    def read(self, context: Context, name: str, text: str, message_id: str) -> Reading:
        for each in self.put(context).choices:
            if plain(text) == plain(each.label):
                return self.take(context, name, each.value)
        whole = super().read(context, name, text, message_id)
        if not isinstance(whole, Answered):
            return whole
        # Said of what stood there, or another code: nobody's name.
        if yes_or_no(text) is not None or (normalise(plain(text)) and any(each.isdecimal() for each in text)):
            return Unclear(context.w("register-not-a-name", text=shown(text)))
        person, position = split_name(text)
        return Answered({name: person, "position": position or None, "shared": None})

    def take(self, context: Context, name: str, value: Any) -> Reading:
        if value == SHARED and any(each.value == SHARED for each in self.put(context).choices):
            said = context.w("register-shared-name", unit=units_said(context))[:LINE_LIMIT]
            return Answered({name: said, "position": "", "shared": True})
        if context.answers.get("shared") and isinstance(value, str):
            return Answered({name: value})  # kept: it is no person's name, and has no position to be told from
        return super().take(context, name, value)


def person_name(context: Context) -> Prompt:
    w = context.w
    not_mine = Choice(w("register-button-not-mine"), {"do": "later"})
    reports = context.answers["code"]["role"] == Role.REPORTER
    choices = (Choice(w("register-button-shared"), SHARED), not_mine) if reports else (not_mine,)
    return Prompt(w("register-name", units=units_said(context)), choices, beside=True)


def position(context: Context) -> Prompt:
    return Prompt(context.w("register-position", name=context.answers["name"]))


def correct(context: Context) -> Prompt:
    w = context.w
    choices = [Choice(w("register-button-correct"), True, names=tuple(w("register-button-correct.names").split("|")))]
    if is_new(context):
        choices.append(
            Choice(
                w("register-button-fix"),
                {"do": "edit", "q": "name"},
                names=tuple(w("register-button-fix.names").split("|")),
            )
        )
    else:
        choices.append(Choice(w("register-button-not-mine"), {"do": "later"}))
    text = w(
        "register-correct",
        who=who(context),
        units=units_said(context),
        role=w(f"role-{context.answers['code']['role']}"),
    )
    data = w("engine-button-my-data")
    return Prompt(text, tuple(choices), buttons=(command_button(data, data),))


def who(context: Context) -> str:
    """Name and position as they will stand in reports; a shared account has neither title nor position."""
    person, answers, w = context.facts.person, context.answers, context.w
    name = answers.get("name") or (person.name if person else "")
    position = answers.get("position") or (person.position if person else "")
    if answers.get("shared") or (person is not None and person.shared_account):
        return name
    return w("register-who", name=name, position=position or "none")


def is_new(context: Context) -> bool:
    return context.facts.person is None or not context.facts.person.name


def position_is_missing(context: Context) -> bool:
    return is_new(context) and not context.answers.get("shared")


def registered(context: Context) -> Turn:
    """The membership, and at once what is waiting to be reported."""
    w, code = context.w, context.answers["code"]
    unit_ids = tuple(context.answers["unit"])
    effects: list[SavePerson | Join] = []
    if is_new(context):
        effects.append(
            SavePerson(
                name=context.answers["name"],
                position=context.answers.get("position") or "",
                shared_account=bool(context.answers.get("shared")),
                notice_acknowledged=True,
            )
        )
    effects.append(Join(code["id"], unit_ids))
    later = Context(Session(), joined(context.facts, unit_ids, Role(code["role"]), approved=not code["approval"]))
    if code["approval"]:
        asked = Say(w("register-awaits-approval", units=units_said(context)), idle_buttons(later))
        return Turn(Session(), (*effects, asked))
    return Turn(Session(), (*effects, waiting(later, w("register-done", role=w(f"role-{code['role']}")), unit_ids)))


def joined(facts: Facts, unit_ids: tuple[int, ...], role: Role, *, approved: bool) -> Facts:
    """The facts as they will be once person and membership are stored."""
    new = tuple(Membership(0, each, role, facts.today, approved=approved) for each in unit_ids)
    return replace(facts, person=facts.person or Person(0, "", ""), memberships=(*facts.memberships, *new))


def waiting(context: Context, said: str, unit_ids: tuple[int, ...]) -> Say:
    """What the new reporter has to do, and by when."""
    w, office = context.w, context.facts.office
    asked_for = collected(office.rounds.values(), context.facts.today)
    keys = [each for each in open_keys(context) if each.unit_id in unit_ids and each.quarter in asked_for]
    years = sorted({each.quarter.fiscal_year for each in keys})
    reports = context.find_all(ReportsOf(frozenset(unit_ids), year) for year in years)
    sent = {each.key for found in reports for each in found}
    pending = [each for each in keys if each not in sent]
    status, help_ = w("engine-button-status"), w("engine-button-help")
    if not pending:
        # Whoever reports for no unit has nothing pending, whatever waits for them otherwise.
        nothing = "nothing-pending" if units_where(context, Action.REPORT) else "see-status"
        buttons = (command_button(status, status), command_button(help_, help_))
        return Say(said + "\n" + w(f"register-{nothing}"), buttons)
    lines = [said, w("register-pending", count=len(pending))]
    lines.extend(
        w(
            "register-due",
            quarter=str(quarter),
            months=w.months(quarter),
            day=w.day(office.rounds[quarter].due, "weekday"),
            overdue="yes" if context.facts.today > office.rounds[quarter].due else "no",
        )
        for quarter in sorted({each.quarter for each in pending})
    )
    lines.append(w("register-begin"))
    now, later = w("register-button-now"), w("report-button-later")
    return Say("\n".join(lines), (command_button(now, now), command_button(later, later)))


REGISTER = Conversation(
    name="register",
    questions=(
        Question("code", Code(), backs=never, edits=("unit", "name", "position", "shared")),
        Question("unit", OneOf(unit)),
        Question("name", FullName(person_name), relevant=is_new, counted=True, edits=("position", "shared")),
        Question("position", Line(position), relevant=position_is_missing),
        Question("correct", OneOf(correct, self_answering=False), backs=never),
    ),
    on_complete=registered,
    leave=lambda context: context.w("register-left"),
    sure_to_cancel=lambda context: context.w("register-cancel"),
    cancelled=lambda context: context.w("register-cancelled"),
)
