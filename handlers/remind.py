"""Reminders in words: what is pending, with a button for each report; later, never, as usual; and notices.

A reminder is one message. It touches no draft and no dialogue: its buttons begin a report like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from handlers.buttons import CommandTapped, command_button, read_button, report_button
from handlers.context import Context
from handlers.effects import (
    Approve,
    Button,
    Decide,
    Effect,
    Review,
    SavePerson,
    Say,
    SetReminders,
    Submit,
    Told,
    Turn,
    TurnAway,
)
from handlers.idle import idle_buttons
from handlers.records import Notice
from handlers.report_view import awaited_keys, unit_name, units_where
from handlers.short_names import short_names
from handlers.status import pending_lines
from locales.thai_commands import Command
from models.rules.deadlines import RoundDay
from models.rules.fiscal import Quarter
from models.rules.office import Office, ReportKey
from models.rules.permissions import Action
from models.rules.reminders import quarter_to_stop

News = TypeVar("News", bound=Notice)

BY_WEIGHT = (RoundDay.DUE, RoundDay.CLOSES, RoundDay.OPENS, RoundDay.REVIEW, RoundDay.EVALUATION)
DECISIONS = (Decide, Approve, TurnAway, Review)
"""Whoever does one of these has just seen what waits."""
MOST_ROWS = 8
"""Lines of a unit's reports in a reminder; the rest is counted."""
MOST_BUTTONS = 13
MOST_DECIDED = 12
"""Decisions in one message; each has its button, and LINE shows thirteen."""
PENDING, QUOTA, ROUND, ASKED, REVIEW, KEPT = "pending", "quota", "round", "asked", "review", "kept"
DECIDED = "decided"
"""The kinds of notice: a reminder that had no push, pushes that run short, a date that was moved, something new that
waits for a coordinator, something that has waited for long, a push that the quota did not reach for, what a coordinator
decided."""


def subject_of(key: ReportKey) -> str:
    """What a notice about a report is about."""
    return f"report {key.unit_id} {key.indicator_id} {key.quarter}"


def decided(say: Say) -> dict[str, Any]:
    """What is kept of a decision until it is told, among others: there its button says all that it types."""
    buttons = [
        {"label": tapped.words, "data": each.data, "fill_in": each.fill_in}
        for each in say.buttons
        if isinstance(tapped := read_button(each.data), CommandTapped)
    ]
    return {"text": say.text, "buttons": buttons}


def still_news(office: Office, today: date, notices: Iterable[News]) -> list[News]:
    """Without dates that are again what the person knows; those stay to be told, for they may be moved once more."""
    return [each for each in notices if each.kind != ROUND or moved_days(office, today, each)]


def at_most(notices: Sequence[News]) -> list[News]:
    """As many as one message holds; the rest comes with the next."""
    found = [each for each in notices if each.kind == DECIDED]
    put_off = {each.id for each in found[MOST_DECIDED:]}
    return [each for each in notices if each.id not in put_off]


def reminder(context: Context, keys: Sequence[ReportKey]) -> Say:
    """The one message of a day: everything that is pending, `keys` in their order, and what can be tapped or typed."""
    w = context.w
    rows = list(dict.fromkeys((key.quarter, key.unit_id) for key in keys))[:MOST_ROWS]
    shown = [key for key in keys if (key.quarter, key.unit_id) in rows]
    lines = [w("remind-head", count=len(keys)), *pending_lines(context, shown)]
    if len(keys) > len(shown):
        lines.append(w("status-more", count=len(keys) - len(shown)))
    later, never = w("remind-button-tomorrow"), w("remind-button-stop")
    words = [w("engine-button-report"), later, never]
    lines.append(w("engine-choices", choices=" / ".join(words)))
    further = [command_button(later, later), command_button(never, never)]
    buttons = _report_buttons(context, shown[: MOST_BUTTONS - len(further)])
    return Say("\n".join(lines), (*buttons, *further))


def _report_buttons(context: Context, keys: Sequence[ReportKey]) -> list[Button]:
    """A button a report: the end of its indicator's code, and what tells its unit from the others."""
    office = context.facts.office
    units = list(dict.fromkeys(key.unit_id for key in keys))
    names = dict(zip(units, short_names([unit_name(context, office.units[each]) for each in units]), strict=True))
    made = []
    for key in keys:
        code = office.indicators[key.indicator_id].code.rpartition("-")[2]
        # LINE shows twenty signs: with a name there is no room for the verb, which the text has.
        label = f"{code} {names[key.unit_id]}" if len(units) > 1 else context.w("remind-button-report", code=code)
        made.append(report_button(label, key))
    return made


def reminders_changed(context: Context, command: Command) -> tuple[Effect, ...]:
    """เตือนพรุ่งนี้, หยุดเตือน, เตือนตามปกติ: each takes the place of what was asked for before."""
    w, facts = context.w, context.facts
    if not units_where(context, Action.REPORT):
        return (Say(w("remind-not-yours"), idle_buttons(context)),)
    usual = w("remind-button-usual")
    back = (command_button(usual, usual), *idle_buttons(context))
    if command is Command.REMIND_TOMORROW:
        day = facts.office.working_days.after(facts.today)
        return SetReminders(snoozed_to=day), Say(w("remind-tomorrow", day=w.day(day, "weekday")), back)
    opened = [each.quarter for each in facts.openings if not each.edit and facts.today <= each.until]
    quarter = quarter_to_stop(facts.office, facts.today, opened)
    if command is Command.STOP_REMINDERS and quarter is not None:
        return SetReminders(stopped=quarter), Say(w("remind-stopped", quarter=str(quarter)), back)
    return SetReminders(), Say(w("remind-usual"), idle_buttons(context))


def with_notices(context: Context, turn: Turn) -> Turn:
    """What a person is to hear rides on an answer that ends with nothing under way; a dialogue is never disturbed."""
    notices = at_most(still_news(context.facts.office, context.facts.today, context.facts.notices))
    place = next((at for at in reversed(range(len(turn.effects))) if isinstance(turn.effects[at], Say)), None)
    if not notices or place is None or turn.session.conversation:
        return turn
    said = turn.effects[place]
    assert isinstance(said, Say)  # noqa: S101 - found as one above
    context = _in_the_language_chosen(context, turn)
    # Its own report may just have been sent: what is pending is what the next turn will see.
    sent = {each.key for each in turn.effects if isinstance(each, Submit)}
    keys = [key for key in awaited_keys(context) if key not in sent]
    # What waits has just been seen by whoever decided some of it.
    seen = {ASKED, REVIEW} if any(isinstance(each, DECISIONS) for each in turn.effects) else set()
    if sent or (keys and pending_lines(context, keys)[0] in said.text):
        seen.add(PENDING)  # a receipt and สถานะ say it themselves
    over = {subject_of(key) for key in sent}
    known = {each.label for each in said.buttons}
    news = [
        each
        for each in notices
        if each.kind not in seen and each.subject not in over and not _said_already(context, each, known)
    ]
    told = Told(tuple(each.id for each in notices))
    further = [each for each in notice_buttons(context, news) if each.label not in known]
    text = "\n\n".join(part for part in (together(notice_lines(context, news, keys)), said.text) if part)
    say = Say(text, (*said.buttons, *further)[:MOST_BUTTONS], said.cards)
    return Turn(turn.session, (*turn.effects[:place], say, *turn.effects[place + 1 :], told))


def _said_already(context: Context, notice: Notice, offered: set[str]) -> bool:
    """Whether the answer itself says that something new waits: it then offers the word that takes it up."""
    return notice.kind == ASKED and all(context.w(name) in offered for name in _buttons(notice))


def _in_the_language_chosen(context: Context, turn: Turn) -> Context:
    """Whoever has just changed the language hears everything in the new one."""
    new = next((each.language for each in turn.effects if isinstance(each, SavePerson) and each.language), None)
    return context if new is None else context.in_language(new)


def notice_lines(context: Context, notices: Sequence[Notice], keys: Sequence[ReportKey]) -> list[str]:
    """A line a notice, each said once. `keys`: what is pending now; where nothing is, a missed reminder is none."""
    found = (
        line
        for each in notices
        for line in (round_moved(context, each) if each.kind == ROUND else [_line(context, each, keys)])
    )
    return list(dict.fromkeys(line for line in found if line))


def together(lines: Sequence[str]) -> str:
    """Notices under one another; those of several lines stand apart."""
    return ("\n\n" if any("\n" in each for each in lines[:-1]) else "\n").join(lines)


def _line(context: Context, notice: Notice, keys: Sequence[ReportKey]) -> str:
    w, office = context.w, context.facts.office
    match notice.kind:
        case "pending":
            if not keys:
                return ""
            due = min(office.rounds[key.quarter].due for key in keys)
            late = "yes" if due < context.facts.today else "no"
            return w("notice-pending", count=len(keys), late=late, day=w.day(due, "weekday"))
        case "quota":
            return quota_short(context, notice)
        case "asked":
            return w("notice-asked", what=notice.data["what"])
        case "review":
            return w("review-reminder", **{name: int(notice.data[name]) for name in ("reports", "requests", "days")})
        case "kept" | "decided":
            return str(notice.data["text"])
    return ""  # of a later release


def notice_buttons(context: Context, notices: Sequence[Notice]) -> tuple[Button, ...]:
    """What can be done about them with one tap, each once."""
    names = dict.fromkeys(name for each in notices for name in _buttons(each))
    own = [Button(**kept) for each in notices if each.kind == DECIDED for kept in each.data["buttons"]]
    return (*own, *(command_button(context.w(name), context.w(name)) for name in names))[:MOST_BUTTONS]


def _buttons(notice: Notice) -> tuple[str, ...]:
    match notice.kind, notice.data:
        case "quota", _:
            return ("notice-button-group",)
        case "asked", {"what": "members"}:
            return ("approve-button",)
        case "asked", _:
            return ("requests-button",)
        case "review", {"requests": requests}:
            return ("review-button", *(("requests-button",) if requests else ()))
    return ()


def quota_short(context: Context, notice: Notice) -> str:
    """The pushes of this month, or of the next, do not reach."""
    month = date.fromisoformat(notice.data.get("month", context.facts.today.isoformat()))
    return context.w(
        "notice-quota",
        coming="yes" if month > context.facts.today else "no",
        left=int(notice.data["left"]),
        dropped=int(notice.data["dropped"]),
    )


def moved_days(office: Office, today: date, notice: Notice) -> list[tuple[RoundDay, date | None, date]]:
    """Which dates of a round are others than the person knows: the weightiest first, with what it was and what it is.

    One that only went along with another, by as many days, is not said; nor is one that was over either way.
    """
    dates = office.rounds.get(Quarter.parse(notice.data["quarter"]))
    # A notice written by an earlier release has one date alone, and its name beside it.
    before = {notice.data["which"]: notice.data["before"]} if "which" in notice.data else notice.data
    found: list[tuple[RoundDay, date | None, date]] = []
    said: set[timedelta] = set()
    for each in BY_WEIGHT:
        new: date | None = getattr(dates, each.value, None)
        if each.value not in before or new is None:
            continue
        known = before[each.value]
        old = None if known is None else date.fromisoformat(known)
        by = None if old is None else new - old
        if by and by not in said and today <= max(new, old or new):
            found.append((each, old, new))
            said.add(by)
        elif by is None and today <= new:
            found.append((each, old, new))
    return found


def round_moved(context: Context, notice: Notice) -> list[str]:
    """The dates of a round that are others now, a line each."""
    w = context.w
    return [
        w(
            "notice-round",
            which=w(f"round-{each.value}"),
            quarter=notice.data["quarter"],
            before=w.day(old) if old is not None else "none",
            after=w.day(new, "weekday"),
        )
        for each, old, new in moved_days(context.facts.office, context.facts.today, notice)
    ]
