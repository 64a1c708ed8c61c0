"""เลื่อนกำหนด ไตรมาส 1 เป็น 15 ม.ค. 70: a coordinator moves a date of a round; those after it keep their distance."""

from __future__ import annotations

from datetime import date, timedelta

from handlers import engine
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question, never
from handlers.effects import MoveRound, Say, Turn
from handlers.events import Event
from handlers.idle import idle_buttons
from handlers.kinds import OneOf
from handlers.report_view import units_where
from handlers.session import Session
from locales.date_moves import DateMove, read_move
from models.rules.deadlines import SOONER_MATTERS, RoundDay, day_of, in_order, moved
from models.rules.fiscal import Quarter
from models.rules.membership import Membership
from models.rules.office import Office, QuarterDates, Role
from models.rules.permissions import Action, oversees_round
from models.rules.reminders import quarter_to_stop


def move_date(context: Context, event: Event, text: str) -> Turn | None:
    """The conversation that these words begin; None when they ask for nothing of the kind."""
    found = read_move(text, context.facts.today)
    if found is None:
        return None
    w = context.w
    quarter = quarter_of(context.facts.office, found, context.facts.today)
    if not_theirs := refused(context, quarter):
        return Turn(Session(), (Say(not_theirs, idle_buttons(context)),))
    which = RoundDay(found.which)
    day = found.day
    if quarter is not None and found.later is not None:
        day = day_of(context.facts.office.rounds[quarter], which, context.facts.today) + timedelta(days=found.later)
    if quarter is None or day is None:
        no_day = [w("move-no-day", day=found.said)] if found.said and quarter is not None else []
        said = "\n".join((*no_day, *how(context, quarter, which)))
        return Turn(Session(), (Say(said, idle_buttons(context)),))
    answers = {"which": found.which, "quarter": str(quarter), "day": day.isoformat()}
    return engine.begin(MOVE_DATE, context, event.id, answers)


def how(context: Context, quarter: Quarter | None, which: RoundDay = RoundDay.DUE) -> list[str]:
    """What to type, and what the dates of the round are now."""
    w, office, today = context.w, context.facts.office, context.facts.today
    quarter = quarter or quarter_to_stop(office, today)
    if quarter is None:
        return [w("move-no-round")]
    later = office.working_days.after(max(today, day_of(office.rounds[quarter], which, today)))
    example = w("move-how", which=which.value, quarter=str(quarter), day=w.day(later))
    return [*dates_now(context, quarter), example]


def dates_now(context: Context, quarter: Quarter) -> list[str]:
    """The dates of a round, a line each."""
    w, dates = context.w, context.facts.office.rounds[quarter]
    named = [(each, getattr(dates, each.value)) for each in RoundDay]
    rows = [w("move-date", which=w(f"round-{each.value}"), day=w.day(day, "weekday")) for each, day in named if day]
    return [w("move-dates", quarter=str(quarter)), *rows]


def quarter_of(office: Office, said: DateMove, today: date) -> Quarter | None:
    """The quarter that is meant: without a year the next of that number to close, unsaid the one being collected."""
    if said.quarter is None:
        return quarter_to_stop(office, today)
    number, year = said.quarter.number, said.quarter.fiscal_year
    known = [each for each in office.rounds if each.number == number and year in {None, each.fiscal_year}]
    coming = [each for each in known if office.rounds[each].closes >= today]
    return min(coming, default=max(known, default=None))


def refused(context: Context, quarter: Quarter | None) -> str:
    """Why this person may not move the dates of a round, and who may; empty when they may."""
    facts = context.facts
    if quarter is None:
        may_move = bool(units_where(context, Action.MOVE_DATES))
    else:
        may_move = oversees_round(facts.office, facts.memberships, Action.MOVE_DATES, quarter, facts.today)
    named = who_may(context, quarter) if quarter is not None and not may_move else ""
    return "" if may_move else context.w("move-not-yours", who=named or "none")


def who_may(context: Context, quarter: Quarter) -> str:
    """The coordinators who oversee all that report in a round."""
    office, today = context.facts.office, context.facts.today
    names = [
        office.coordinators_on(unit_id, today)
        for unit_id in office.coordinators
        if oversees_round(office, (Membership(0, unit_id, Role.COORDINATOR, today),), Action.MOVE_DATES, quarter, today)
    ]
    return ", ".join(each for each in names if each)


def before_and_after(context: Context) -> tuple[QuarterDates, QuarterDates]:
    answers = context.answers
    dates = context.facts.office.rounds[Quarter.parse(answers["quarter"])]
    return dates, moved(dates, RoundDay(answers["which"]), date.fromisoformat(answers["day"]))


def sure(context: Context) -> Prompt:
    w, (before, after) = context.w, before_and_after(context)
    lines = [w("move-sure", quarter=str(before.quarter))]
    for each in RoundDay:
        old, new = getattr(before, each.value), getattr(after, each.value)
        if old != new and new is not None:
            was = w.day(old) if old is not None else "–"
            works = "yes" if context.facts.office.working_days.works(new) else "no"
            name, after_it = w(f"round-{each.value}"), w.day(new, "weekday")
            lines.append(w("move-row", which=name, before=was, after=after_it, works=works))
    choices = (
        Choice(w("move-button-yes"), True, names=tuple(w("move-button-yes.names").split("|"))),
        Choice(w("move-button-no"), {"do": "later"}, names=tuple(w("move-button-no.names").split("|"))),
    )
    return Prompt("\n".join(lines), choices)


def refuse(context: Context) -> str:
    """Why it cannot be that day; also when something has changed since it was asked."""
    w = context.w
    if not_theirs := refused(context, Quarter.parse(context.answers["quarter"])):
        return not_theirs
    before, after = before_and_after(context)
    if before == after:
        return w("move-same")
    if context.answers["which"] != RoundDay.OPENS and date.fromisoformat(context.answers["day"]) < context.facts.today:
        return w("move-past")
    return "" if in_order(after) else "\n".join((w("move-out-of-order"), *dates_now(context, before.quarter)))


def done(context: Context) -> Turn:
    before, after = before_and_after(context)
    which = RoundDay(context.answers["which"])
    old, new = getattr(before, which.value), getattr(after, which.value)
    urgent = which in SOONER_MATTERS and old is not None and new < old
    said = context.w("move-done", quarter=str(before.quarter), urgent="yes" if urgent else "no")
    return Turn(Session(), (MoveRound(before, after), Say(said, idle_buttons(context))))


MOVE_DATE = Conversation(
    name="move_date",
    questions=(Question("sure", OneOf(sure, self_answering=False, guesses=False), backs=never),),
    on_complete=done,
    refuse=refuse,
    leave=lambda context: context.w("move-left"),
    sure_to_cancel=lambda context: context.w("move-cancel"),
    cancelled=lambda context: context.w("move-left"),
)
