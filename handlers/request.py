"""ขอเปิดรายงาน, ขอแก้ไข and ขอถอน what was accepted, ขอเปลี่ยนเป้าหมาย, แจ้งย้าย: only a coordinator can grant them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question, never
from handlers.decide import what
from handlers.effects import Ask, Say, Turn
from handlers.idle import idle_buttons
from handlers.kinds import Line, OneOf
from handlers.long_list import MOST, ONLY, LongList, all_again, narrowed
from handlers.measured import Measured
from handlers.needs import WaitingRequests
from handlers.records import RequestKind, WaitingRequest
from handlers.report_gate import gate
from handlers.report_labels import numbered, report_labels, told_apart
from handlers.report_view import accepted_keys, title, unit_name, units_where
from handlers.session import Session
from handlers.short_names import short_names
from models.rules.fiscal import Quarter
from models.rules.membership import Membership
from models.rules.office import Indicator, ReportKey, ResultKind
from models.rules.permissions import Action, RefusalReason, Refused

About = tuple[int, int | None, str]
"""Unit, indicator (None: all of them) and quarter of what is asked for."""


def kind(context: Context) -> RequestKind:
    return RequestKind(context.answers["kind"])


def waiting_own(context: Context) -> tuple[WaitingRequest, ...]:
    """What was asked for the person's own units and is not decided yet."""
    units = frozenset(units_where(context, Action.REPORT))
    found: tuple[WaitingRequest, ...] = context.find(WaitingRequests(units)) if units else ()
    return found


def asked_already(context: Context, about: About) -> bool:
    return any(
        each.kind is kind(context) and (each.unit_id, each.indicator_id, str(each.quarter)) == about
        for each in waiting_own(context)
    )


def possible(context: Context) -> tuple[About, ...]:
    """What can be asked for, by unit and quarter, the newest quarter first."""
    found: list[tuple[int, int | None, Quarter]]
    match kind(context):
        case RequestKind.UNLOCK:
            found = [(key.unit_id, None, key.quarter) for key in own_keys(context) if is_closed(context, key)]
        case RequestKind.EDIT | RequestKind.WITHDRAW:
            found = [(key.unit_id, key.indicator_id, key.quarter) for key in accepted_keys(context)]
        case _:
            this = Quarter.of(context.facts.today)
            found = [
                (key.unit_id, key.indicator_id, this)
                for key in own_keys(context)
                if key.quarter.fiscal_year == this.fiscal_year and has_number_to_reach(context, key)
            ]
    newest = sorted(dict.fromkeys(found), key=lambda each: each[2], reverse=True)
    return tuple((unit, indicator, str(quarter)) for unit, indicator, quarter in newest)


def own_keys(context: Context) -> list[ReportKey]:
    """Every report that the person's units owe in the years that a turn knows."""
    facts, office = context.facts, context.facts.office
    years = office.years_around(facts.today)
    return [
        ReportKey(unit_id, each.indicator_id, quarter)
        for unit_id in units_where(context, Action.REPORT)
        for each in office.assignments_of(unit_id)
        if each.fiscal_year in years and each.indicator_id in office.indicators
        for quarter in sorted(office.rounds)
        if quarter.fiscal_year == each.fiscal_year and quarter.number in each.quarters
    ]


def has_number_to_reach(context: Context, key: ReportKey) -> bool:
    """A unit that answers yes or no has none: only the owner counts such answers."""
    return context.facts.office.indicators[key.indicator_id].kind_for(key.unit_id) is not ResultKind.YES_NO


def is_closed(context: Context, key: ReportKey) -> bool:
    answer = gate(context, key)
    return isinstance(answer, Refused) and answer.reason is RefusalReason.CLOSED


def fresh(context: Context) -> list[About]:
    """All that can be asked for and was not yet."""
    return [each for each in possible(context) if not asked_already(context, each)]


def rows(context: Context) -> list[Choice]:
    return [Choice(said(context, each), list(each)) for each in fresh(context)]


def about(context: Context) -> Prompt:
    found = narrowed(context, fresh(context), lambda each: said(context, each))
    shown, only = found[:MOST], context.answers.get(ONLY)
    labels = report_labels(context, [(unit, indicator, Quarter.parse(quarter)) for unit, indicator, quarter in shown])
    choices = [Choice(said(context, each), list(each), short=label) for each, label in zip(shown, labels, strict=True)]
    if only:
        choices.append(all_again(context))
    more = len(found) - len(shown)
    text = context.w("request-about", kind=kind(context).value, only=only or "none", found=len(found), more=more)
    return Prompt(text, tuple(choices), numbered=True)


def said(context: Context, wanted: About) -> str:
    """What is asked for: a report, or all of a unit's in a quarter."""
    unit_id, indicator_id, quarter = wanted
    if indicator_id is not None:
        return title(context, ReportKey(unit_id, indicator_id, Quarter.parse(quarter)))
    return context.w("request-unit", unit=unit_name(context, context.facts.office.units[unit_id]), quarter=quarter)


def chosen(context: Context) -> About:
    unit_id, indicator_id, quarter = context.answers["about"]
    return unit_id, indicator_id, quarter


def indicator_of(context: Context) -> Indicator:
    _, indicator_id, _ = chosen(context)
    if indicator_id is None:
        raise LookupError("no indicator was chosen")
    return context.facts.office.indicators[indicator_id]


def target(context: Context) -> Prompt:
    return Prompt(
        context.w("request-target", title=said(context, chosen(context)), measure=indicator_of(context).unit_of_measure)
    )


def document(context: Context) -> Prompt:
    return Prompt(context.w("request-document"))


def reason(context: Context) -> Prompt:
    return Prompt(context.w("request-reason", kind=kind(context).value, title=said(context, chosen(context))))


def is_target(context: Context) -> bool:
    return kind(context) is RequestKind.TARGET


def refuse(context: Context) -> str:
    """Nothing of the kind, not this person's, or asked for already."""
    if not units_where(context, Action.REPORT):
        return context.w("request-not-yours")
    left = fresh(context)
    if "about" in context.answers and chosen(context) not in left:
        return context.w("request-nothing", kind=kind(context).value)
    if not left:
        return context.w("request-asked-already" if possible(context) else "request-nothing", kind=kind(context).value)
    return ""


def asked(context: Context) -> Turn:
    unit_id, indicator_id, quarter = chosen(context)
    data: dict[str, Any] = {}
    if is_target(context):
        data = {"value": context.answers["value"], "document": context.answers["document"]}
    if kind(context) is RequestKind.WITHDRAW and indicator_id is not None:
        key = ReportKey(unit_id, indicator_id, Quarter.parse(quarter))
        data = {"version": context.facts.reports[key].version}
    effect = Ask(kind(context), unit_id, indicator_id, Quarter.parse(quarter), context.answers["reason"], data)
    done = context.w("request-done", what=what(context, effect), reason=effect.reason)
    return Turn(Session(), (effect, Say(done, idle_buttons(context))))


def amount(context: Context, value: Decimal) -> str:
    return context.w("report-amount", value=value, measure=indicator_of(context).unit_of_measure)


REQUEST = Conversation(
    name="request",
    questions=(
        Question("about", LongList(about, rows=rows), backs=never),
        Question(
            "value",
            Measured(target, lambda context: indicator_of(context).measures, amount, fractions=lambda _: True),
            relevant=is_target,
        ),
        Question("document", Line(document), relevant=is_target, required=False),
        Question("reason", Line(reason)),
    ),
    on_complete=asked,
    refuse=refuse,
    leave=lambda context: context.w("request-left"),
    cancelled=lambda context: context.w("request-left"),
)


# ── แจ้งย้าย ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def own_duties(context: Context) -> list[Membership]:
    today = context.facts.today
    return [each for each in context.facts.memberships if each.valid_on(today)]


def ending(context: Context) -> list[Membership]:
    """Those of them whose end nobody was asked for yet."""
    held = own_duties(context)
    found: tuple[WaitingRequest, ...] = (
        context.find(WaitingRequests(frozenset(each.unit_id for each in held))) if held else ()
    )
    asked_for = {each.data["membership"] for each in found if each.kind is RequestKind.MOVED}
    return [each for each in held if each.id not in asked_for]


def duty(context: Context) -> Prompt:
    w, held = context.w, ending(context)
    roles = [w(f"role-{each.role.value}") for each in held]
    units = short_names([unit_name(context, context.facts.office.units[each.unit_id]) for each in held])
    choices = tuple(
        Choice(duty_said(context, each), each.id, short=label)
        for each, label in zip(held, numbered(told_apart(roles, units)), strict=True)
    )
    return Prompt(w("moved-duty"), choices, numbered=True)


def duty_said(context: Context, each: Membership) -> str:
    unit = unit_name(context, context.facts.office.units[each.unit_id])
    return context.w("moved-row", role=context.w(f"role-{each.role.value}"), unit=unit)


def chosen_duty(context: Context) -> Membership:
    return next(each for each in context.facts.memberships if each.id == context.answers["duty"])


def sure(context: Context) -> Prompt:
    w = context.w
    choices = (
        Choice(w("moved-button-yes"), True, names=tuple(w("moved-button-yes.names").split("|"))),
        Choice(w("moved-button-no"), {"do": "later"}, names=tuple(w("moved-button-no.names").split("|"))),
    )
    return Prompt(w("moved-sure", duty=duty_said(context, chosen_duty(context))), choices)


def no_duty(context: Context) -> str:
    if "duty" in context.answers or ending(context):
        return ""
    return context.w("request-asked-already" if own_duties(context) else "moved-nothing")


def moved(context: Context) -> Turn:
    """The coordinator ends the duty with one tap; whoever moved is asked no more."""
    held = chosen_duty(context)
    data = {"membership": held.id, "role": held.role.value}
    done = context.w("moved-done", duty=duty_said(context, held))
    return Turn(Session(), (Ask(RequestKind.MOVED, held.unit_id, data=data), Say(done, idle_buttons(context))))


MOVED = Conversation(
    name="moved",
    questions=(
        Question("duty", OneOf(duty), backs=never),
        Question("sure", OneOf(sure, self_answering=False), backs=never),
    ),
    on_complete=moved,
    refuse=no_duty,
    leave=lambda context: context.w("moved-left"),
    cancelled=lambda context: context.w("moved-left"),
)
