"""In a group or room: the round for whoever calls the bot, nothing about persons, and only where it was linked.

เชื่อมกลุ่ม, in a coordinator's own chat, gives the code that is typed in the group once.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from handlers.buttons import CommandTapped, read_button
from handlers.context import Context
from handlers.effects import (
    Button,
    Effect,
    LeaveGroup,
    LinkGroup,
    OfferGroup,
    Say,
    Turn,
    UnlinkGroup,
    WrongCode,
)
from handlers.events import Event, Joined, Postback, Removed, Text
from handlers.idle import idle_buttons
from handlers.narrowing import narrowing
from handlers.needs import GroupByCode, GroupsOffered, NewCode
from handlers.records import OfferedGroup
from handlers.report_view import unit_name, units_where
from handlers.round_status import missing_in_group, summary_lines
from handlers.unit_names import asked_back, units_named
from locales.thai_commands import Command, Said, command, leaves_group, of_unit
from locales.thai_phrases import plain
from models.rules.invitation_codes import normalise
from models.rules.permissions import Action

OFFERED_FOR = timedelta(hours=24)
WRONG_CODES = 3
"""After so many codes that open nothing the bot leaves a group that is not linked."""
PROGRESS = frozenset({Command.STATUS, Command.SUMMARY, Command.MISSING})
"""Asked in a linked group, these show the round."""
POLITE = {
    Command.GREETING: "reception-greeting",
    Command.THANKS: "reception-thanks",
    Command.ACKNOWLEDGE: "reception-noted",
}
CALLS = PROGRESS | {
    *(Command.HELP, Command.LINK_GROUP),
    *(Command.REGISTER, Command.REPORT, Command.MY_DATA, Command.EVALUATE),
}
"""Whoever types one of these means the bot; everything else, such as อนุมัติ, people say to each other.

What is none of the round belongs into the one-to-one chat: in a group the bot only says so.
"""


def offer_group(context: Context) -> Turn:
    """เชื่อมกลุ่ม in a one-to-one chat: a coordinator gets a code for a group of their unit."""
    w, units = context.w, units_where(context, Action.LINK_GROUP)
    if not units:
        return Turn(context.session, (Say(w("group-not-yours"), idle_buttons(context)),))
    code: str = context.find(NewCode())
    unit = unit_name(context, context.facts.office.units[units[0]])
    offer = OfferGroup(code, units[0], context.facts.now + OFFERED_FOR)
    copy = Button(w("group-button-copy"), copy=code)
    return Turn(context.session, (offer, Say(w("group-offer", code=code, unit=unit), (copy, *idle_buttons(context)))))


def in_group(context: Context, event: Event) -> Turn:
    """One event of a group or room."""
    match event.body:
        case Joined():
            return _called(context, None)
        case Removed():
            return Turn(context.session, (UnlinkGroup(),))
        case Text(text, mentioned):
            said, code = command(text), _code(text)
            if code and (context.facts.linked_unit is None or (said and said.command is Command.LINK_GROUP)):
                return _link(context, code)
            if (found := _of_linked(context, text, mentioned=mentioned)) is not None:
                return found
            if mentioned or (said is not None and said.command in CALLS):
                return _called(context, said)
        case Postback(data):
            tapped = read_button(data)
            if isinstance(tapped, CommandTapped):
                return _called(context, command(tapped.words))
    return Turn(context.session)


def _of_linked(context: Context, text: str, *, mentioned: bool) -> Turn | None:
    """What only a linked group may say: that the bot is to go, or a unit's name behind สถานะ."""
    linked, named = context.facts.linked_unit, of_unit(text)
    if linked is None:
        return None
    if leaves_group(text, called=mentioned):
        return _say(context, context.w("group-unlinked"), LeaveGroup())
    if named is None or named[0].command not in PROGRESS:
        return None
    below = context.facts.office.within(linked)
    units = units_named(context, named[1], below)
    if not units:
        which = asked_back(context, text, named[1], below)
        return _say(context, which.text) if which else None
    return _say(context, _shown(context, named[0], units, units))


def _code(text: str) -> str | None:
    """The code that a text is, bare or behind เชื่อมกลุ่ม."""
    said = command(text)
    return normalise(said.rest if said and said.command is Command.LINK_GROUP else plain(text))


def _called(context: Context, said: Said | None) -> Turn:
    """The bot was brought in, called by its name, or asked by a command."""
    w, unit_id = context.w, context.facts.linked_unit
    if unit_id is None:
        if context.find(GroupsOffered()):
            return _say(context, w("group-code"))
        return _say(context, w("group-leave"), LeaveGroup())
    match said:
        case Said(Command.HELP):
            return _say(context, w("group-help"))
        case Said(polite) if polite in POLITE:
            return _say(context, w(POLITE[polite]))
        case Said(command) if command not in PROGRESS:
            return _say(context, w("group-private"))
    return _say(context, _shown(context, said or Said(Command.STATUS), context.facts.office.within(unit_id)))


def _shown(context: Context, said: Said, units: frozenset[int], named: frozenset[int] | None = None) -> str:
    """The round of these units, or who of them has not sent; `named`: those that were asked for by name."""
    wanted = replace(narrowing(context, said.rest), unit_ids=named)
    lines = missing_in_group(context, units, wanted) if said.command is Command.MISSING else None
    return "\n".join(lines or summary_lines(context, units, wanted))


def _link(context: Context, code: str) -> Turn:
    w = context.w
    found: OfferedGroup | None = context.find(GroupByCode(code))
    if found is not None:
        unit = unit_name(context, context.facts.office.units[found.unit_id])
        return _say(context, w("group-linked", unit=unit), LinkGroup(found.id))
    if len(context.facts.failed_codes) + 1 >= WRONG_CODES and context.facts.linked_unit is None:
        return _say(context, w("group-leave"), WrongCode(), LeaveGroup())
    return _say(context, w("group-wrong-code"), WrongCode())


def _say(context: Context, text: str, *effects: Effect) -> Turn:
    return Turn(context.session, (*effects, Say(text)))
