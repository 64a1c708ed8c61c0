"""People: their name and language, the codes that let them in, and being forgotten; as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from msgspec.structs import fields

from bot import statements
from bot.apply import Conflict, PersonOf, Stored, TurnOf, Writes
from bot.apply_evidence import forget_evidence
from bot.reminders.rounds import move_round
from bot.reminders.statements import (
    FORGET_NOTICES,
    FORGET_PAUSE,
    FORGET_REMINDERS,
    LET_IN,
    NO_MEMBER_ANY_MORE,
    SET_REMINDERS,
    TOLD,
)
from handlers.effects import (
    Approve,
    Effect,
    ForgetPerson,
    Join,
    MoveRound,
    SavePerson,
    SetReminders,
    Told,
    TurnAway,
)
from models.rules.membership import held_until
from models.rules.office import Role

_NEW_PERSON: dict[str, Any] = {
    "name": "",
    "position": "",
    "language": "th",
    "notice_acknowledged": False,
    "shared_account": False,
}


def people(writes: Writes, turn: TurnOf, effects: Sequence[Effect], stored: Stored) -> None:
    """Everything these effects change about people.

    Raises Conflict when an invitation can no longer be used, or somebody waits to be let in no more.
    """
    saves = [each for each in effects if isinstance(each, SavePerson)]
    joins = [each for each in effects if isinstance(each, Join)]
    if saves or (joins and turn.facts.person is None):
        _save(writes, turn, saves)
    for join in joins:
        _join(writes, turn, join, stored)
    for effect in effects:
        match effect:
            case Approve() | TurnAway():
                _decide(writes, turn, effect, stored)
            case SetReminders():
                _set_reminders(writes, turn, effect)
            case MoveRound():
                move_round(writes, turn, effect)
            case Told(notice_ids):
                for each in notice_ids:
                    writes.add(TOLD, turn.now, each)
    if any(isinstance(each, ForgetPerson) for each in effects):
        _forget(writes, turn)


def _save(writes: Writes, turn: TurnOf, saves: Sequence[SavePerson]) -> None:
    person = turn.facts.person
    before = {name: getattr(person, name) for name in _NEW_PERSON} if person else dict(_NEW_PERSON)
    after = dict(before)
    for save in saves:
        given = {each.name: getattr(save, each.name) for each in fields(save)}
        after.update({name: value for name, value in given.items() if value is not None})
    acknowledged = turn.now if after["notice_acknowledged"] else None
    common = (after["name"], after["position"], after["language"])
    if person is None:
        writes.add(statements.ADD_PERSON, turn.chat_id, *common, acknowledged, after["shared_account"], turn.now)
        writes.audit(turn, "person.create", turn.person_subject, None, after)
    elif after != before:
        writes.add(statements.SAVE_PERSON, *common, after["shared_account"], acknowledged, person.id)
        changed = [name for name in after if after[name] != before[name]]
        was, now = ({name: state[name] for name in changed} for state in (before, after))
        writes.audit(turn, "person.save", turn.person_subject, was, now)


def _join(writes: Writes, turn: TurnOf, join: Join, stored: Stored) -> None:
    invitation = stored.invitations.get(join.invitation_id)
    if invitation is None or invitation.uses_left <= 0:
        raise Conflict
    if invitation.expires_at is not None and invitation.expires_at <= turn.now:
        raise Conflict
    invitation.uses_left -= 1
    writes.add(statements.USE_INVITATION, join.invitation_id)
    approved = None if invitation.needs_approval else turn.now
    held = held_until(turn.facts.memberships, Role(invitation.role), invitation.valid_to, turn.facts.today)
    chosen = [unit_id for unit_id in invitation.unit_ids if unit_id in join.unit_ids]
    for unit_id in chosen:
        if unit_id not in held:
            row = (turn.person_id, unit_id, invitation.role, turn.facts.today, join.invitation_id, approved)
            writes.add(statements.ADD_MEMBERSHIP, *row, invitation.valid_to, invitation.acting_for_id)
            if approved is None:
                writes.tell_coordinators(turn, "members", unit_id, _waiting(turn, unit_id))
    if invitation.role == Role.COORDINATOR:
        writes.add(
            statements.RAISE_REVISION, 1
        )  # ช่วยเหลือ names the coordinators, who are part of the set-up as it is read
    codes = [turn.facts.office.units[unit_id].code for unit_id in chosen]
    after = {
        "invitation": join.invitation_id,
        "units": codes,
        "role": invitation.role,
        "approved": approved is not None,
    }
    writes.audit(turn, "membership.join", turn.person_subject, None, after)


def _waiting(turn: TurnOf, unit_id: int) -> str | PersonOf:
    """What the coordinators are told about: somebody who wants to be let into a unit."""
    person = turn.facts.person
    return f"member {person.id} {unit_id}" if person else PersonOf(turn.chat_id, f"member {{}} {unit_id}")


def _decide(writes: Writes, turn: TurnOf, effect: Approve | TurnAway, stored: Stored) -> None:
    """Let somebody in who waits for it, or not; raises Conflict when another coordinator was faster."""
    if effect.membership_id not in stored.waiting:
        raise Conflict
    stored.waiting.discard(effect.membership_id)
    subject, yesterday = f"membership {effect.membership_id}", turn.facts.today - timedelta(days=1)
    writes.add(LET_IN, effect.membership_id)
    match effect:
        case TurnAway():
            writes.add(statements.END_MEMBERSHIP, yesterday, effect.membership_id, yesterday)
            writes.audit(turn, "membership.refuse", subject, None, {"valid_to": yesterday.isoformat()})
        case Approve(_, instead_of):
            writes.add(statements.APPROVE, turn.now, effect.membership_id)
            if instead_of is not None:
                writes.add(statements.END_MEMBERSHIP, yesterday, instead_of, yesterday)
            writes.add(statements.RAISE_REVISION, 1)  # a coordinator may have been let in
            writes.audit(turn, "membership.approve", subject, None, {"approved": True, "instead_of": instead_of})


def _set_reminders(writes: Writes, turn: TurnOf, effect: SetReminders) -> None:
    """When the person is reminded from now on."""
    stopped = effect.stopped
    year, number = (stopped.fiscal_year, stopped.number) if stopped else (None, None)
    writes.add(SET_REMINDERS, turn.person_id, effect.snoozed_to, year, number, turn.now)
    after = {
        "snoozed_to": effect.snoozed_to.isoformat() if effect.snoozed_to else None,
        "stopped": str(stopped) if stopped else None,
    }
    writes.audit(turn, "reminders.set", turn.person_subject, None, after)


def _forget(writes: Writes, turn: TurnOf) -> None:
    person = turn.facts.person
    writes.add(statements.FORGET_EVENTS, turn.chat_id)
    writes.add(statements.FORGET_OUTGOING, turn.chat_id)
    writes.add(statements.FORGET_WRONG_CODES, turn.chat_id)
    writes.add(statements.FORGET_CHAT, turn.chat_id)
    forget_evidence(writes, turn)
    if person is None:
        return
    if any(each.role is Role.COORDINATOR for each in turn.facts.memberships):
        writes.add(statements.RAISE_REVISION, 1)
    subject = f"person {person.id}"
    yesterday = turn.facts.today - timedelta(days=1)
    writes.add(statements.END_MEMBERSHIPS, yesterday, person.id, yesterday)
    writes.add(statements.FORGET_INVITATIONS, person.id)
    writes.add(statements.FORGET_PERSON, person.id)
    writes.add(FORGET_PAUSE, person.id)
    writes.add(FORGET_REMINDERS, person.id)
    writes.add(FORGET_NOTICES, person.id)
    writes.add(NO_MEMBER_ANY_MORE, f"member {person.id} %")
    writes.add(statements.FORGET_AUDIT, subject)
    writes.audit(turn, "person.forget", subject, None, None)
