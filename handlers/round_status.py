"""A round for whoever looks after it: สถานะ at a glance, ใครยังไม่ส่ง by name, สรุป in plain text for others."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.approve import waiting
from handlers.buttons import command_button
from handlers.context import Context
from handlers.decide import waiting as waiting_requests
from handlers.effects import Button, Say
from handlers.facts import Need, StoppedReminders
from handlers.narrowing import Narrowing
from handlers.remind_missing import reminders_need, reminders_now
from handlers.report_view import overseen
from handlers.review import queue
from handlers.round_view import (
    Row,
    as_of,
    asked_quarters,
    dates_line,
    is_over,
    missing_units,
    names_of,
    reports_of,
    result_line,
    rows_of,
    shown_quarters,
)
from models.rules.fiscal import Quarter
from models.rules.permissions import Action

MOST_ROWS = 12
"""Indicators of one quarter that are shown; the rest is narrowed down by code."""
MOST_UNITS = 60
"""Units that a list names; the rest is counted."""
SUMMARY_LINES = 15
"""What a summary may have (DOMAIN: the boss asks "now")."""
COPIED = 1_000
"""UTF-16 units that LINE's clipboard action takes."""
WAITING = {"approve": "approve-button", "review": "review-button", "requests": "requests-button"}
"""What may wait for a coordinator, and the words that take it up."""
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def round_units(context: Context, wanted: Narrowing) -> frozenset[int]:
    below = overseen(context, Action.SEE_ALL_STATUS)
    return below if wanted.unit_ids is None else below & wanted.unit_ids


def round_rows(context: Context, units: frozenset[int], wanted: Narrowing) -> dict[Quarter, list[Row]]:
    """The open rounds, or the one that is wanted, indicator by indicator."""
    quarters = [wanted.quarter] if wanted.quarter else shown_quarters(context)
    reports = reports_of(context, units, quarters)
    return {each: rows_of(context, units, each, reports, wanted.code) for each in quarters}


def round_status(context: Context, wanted: Narrowing) -> Say:
    """How many of how many, in time, late, to correct and missing; the combined result against the target."""
    w, units = context.w, round_units(context, wanted)
    lines = [as_of(context), *scope_line(context, wanted)]
    found, asking = context.both(lambda: round_rows(context, units, wanted), lambda: what_waits(context))
    for quarter, rows in found.items():
        lines.append(dates_line(context, quarter))
        lines += [line for row in rows[:MOST_ROWS] for line in (count_line(context, row), result_line(context, row))]
        if len(rows) > MOST_ROWS:
            lines.append(w("status-narrow", count=len(rows) - MOST_ROWS))
        if not rows:
            lines.append(w("status-nothing-assigned"))
    lines += [w(f"{name}-waiting", count=count) for name, count in asking.items()]
    words = [*(w(WAITING[name]) for name in asking), w("round-button-missing"), w("round-button-summary")]
    lines.append(w("engine-choices-or", choices=" / ".join(words)))
    text = "\n".join(line for line in lines if line)
    return Say(text, tuple(command_button(each, each) for each in (*words, w("engine-button-help"))))


def what_waits(context: Context) -> dict[str, int]:
    """How much waits for this coordinator: people to be let in, reports to be reviewed, requests; a tap each."""
    members, (reports, requests) = context.both(
        lambda: waiting(context), lambda: context.both(lambda: queue(context), lambda: waiting_requests(context))
    )
    counts = {"approve": members, "review": reports, "requests": requests}
    return {name: len(found) for name, found in counts.items() if found}


def scope_line(context: Context, wanted: Narrowing) -> list[str]:
    """The units that were asked for by name."""
    if wanted.unit_ids is None:
        return []
    names = names_of(context, sorted(wanted.unit_ids))
    return [context.w("round-units", names=", ".join(names[:3]), more=max(len(names) - 3, 0))]


def count_line(context: Context, row: Row) -> str:
    return context.w(
        "round-row",
        code=row.indicator.code,
        sent=row.sent,
        all=len(row.keys),
        on_time=row.on_time,
        late=row.late,
        to_correct=row.to_correct,
        missing=len(row.missing),
        accepted=row.accepted,
    )


def missing_status(context: Context, wanted: Narrowing) -> Say:
    """ใครยังไม่ส่ง: the units by name, with what they have not sent."""
    w, units = context.w, round_units(context, wanted)
    if not units:
        return Say(w("round-not-yours"))
    lines, copied, anybody = [as_of(context)], [], False
    may_remind = bool(overseen(context, Action.REMIND))
    further: list[Need] = [StoppedReminders(units), *([reminders_need(context)] if may_remind else [])]
    by_quarter, (stopped, *_) = context.both(
        lambda: round_rows(context, units, wanted), lambda: context.find_all(further)
    )
    for quarter, rows in by_quarter.items():
        found = missing_units(context, rows)
        everybody = {key.unit_id for row in rows for key in row.keys}
        lines.append(dates_line(context, quarter))
        lines.append(w("round-missing", count=len(found), all=len(everybody)))
        names = names_of(context, found)
        lines += [
            w("round-missing-row", unit=name, codes=", ".join(codes))
            for name, codes in list(zip(names, found.values(), strict=True))[:MOST_UNITS]
        ]
        if len(found) > MOST_UNITS:
            lines.append(w("round-missing-more", count=len(found) - MOST_UNITS))
        lines += stopped_line(context, stopped, quarter)
        if found and not is_over(context, quarter):
            anybody = True
            copied += pending_text(context, quarter, names)
    buttons = [copy_button(context, copied)] if anybody else []
    words = [w("round-button-summary")]
    cost = len(reminders_now(context).person_ids) if anybody and may_remind else 0
    if cost:
        lines.append(w("nudge-takes", cost=cost))
        words = [w("nudge-button"), *words]
    lines.append(w("engine-choices-or", choices=" / ".join(words)))
    return Say("\n".join(lines), (*buttons, *(command_button(each, each) for each in words), *help_button(context)))


def stopped_line(context: Context, stopped: Sequence[tuple[str, Quarter]], quarter: Quarter) -> list[str]:
    """Who wants no reminders of a quarter; no line when nobody does."""
    names = [name for name, until in stopped if quarter <= until]
    if not names:
        return []
    return [context.w("remind-who-stopped", count=len(names), quarter=str(quarter), names=", ".join(names))]


def pending_text(context: Context, quarter: Quarter, names: Sequence[str]) -> list[str]:
    """What is pending, to paste into the staff's group: units, no persons."""
    w = context.w
    return [w("round-ask", dates=dates_line(context, quarter)), *(f"• {each}" for each in names), w("round-ask-how")]


def group_notice(context: Context) -> Say:
    """แจ้งกลุ่ม: the text itself, to paste into the staff's group. It costs no quota, and names units only."""
    w, everything = context.w, Narrowing()
    units = round_units(context, everything)
    if not units:
        return Say(w("round-not-yours"))
    lines: list[str] = []
    asked = asked_quarters(context)
    for quarter, rows in round_rows(context, units, everything).items():
        if quarter in asked and (found := missing_units(context, rows)):
            lines += pending_text(context, quarter, names_of(context, found))
    if not lines:
        return Say(w("status-nothing-pending"), help_button(context))
    return Say("\n".join(lines), (copy_button(context, lines), *help_button(context)))


def summary(context: Context, wanted: Narrowing, *, thai_digits: bool = False) -> Say:
    """สรุป: at most 15 lines of plain text that can be passed on as it is; units and counts, no personal names."""
    w, units = context.w, round_units(context, wanted)
    if not units:
        return Say(w("round-not-yours"))
    lines = summary_lines(context, units, wanted)
    if thai_digits:
        lines = [line.translate(THAI_DIGITS) for line in lines]
    typed = " ".join(part for part in (wanted.code, str(wanted.quarter) if wanted.quarter else "") if part)
    other = w("round-button-arabic" if thai_digits else "round-button-thai")
    words = " ".join(
        part for part in (w("round-button-summary"), typed, "" if thai_digits else w("round-button-thai")) if part
    )
    buttons = (command_button(other, words), copy_button(context, lines), *help_button(context))
    return Say("\n".join(lines), buttons)


def summary_lines(context: Context, units: frozenset[int], wanted: Narrowing) -> list[str]:
    """The text alone, as it is also shown in a linked group."""
    w = context.w
    head, body = [w("round-summary"), as_of(context), *scope_line(context, wanted)], []
    for quarter, rows in round_rows(context, units, wanted).items():
        body.append(dates_line(context, quarter))
        body += [summary_line(context, row) for row in rows] or [w("status-nothing-assigned")]
        found = missing_units(context, rows)
        if found:
            names = names_of(context, found)
            body.append(w("round-still", names=", ".join(names[:4]), more=max(len(names) - 4, 0)))
    room = SUMMARY_LINES - len(head)
    if len(body) > room:
        body = [*body[: room - 1], w("round-more", count=len(body) - room + 1)]
    return [*head, *body]


def summary_line(context: Context, row: Row) -> str:
    return "".join((count_line(context, row).replace("\n", " "), " ", result_line(context, row).strip())).rstrip()


def copy_button(context: Context, lines: Sequence[str]) -> Button:
    """The text for the clipboard. What LINE would not take is left out by whole lines, from the end."""
    kept = list(lines)
    while len("\n".join(kept).encode("utf-16-le")) // 2 > COPIED:
        kept = [*kept[:-2], "…"]
    return Button(context.w("round-button-copy"), copy="\n".join(kept))


def help_button(context: Context) -> tuple[Button, ...]:
    word = context.w("engine-button-help")
    return (command_button(word, word),)
