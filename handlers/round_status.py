"""A round for whoever looks after it: สถานะ at a glance, ใครยังไม่ส่ง by name, สรุป in plain text for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from handlers.approve import waiting
from handlers.buttons import command_button
from handlers.clipboard import copy_buttons
from handlers.context import Context
from handlers.decide import waiting as waiting_requests
from handlers.effects import Button, Card, CardRow, Cell, Say
from handlers.narrowing import Narrowing
from handlers.needs import Need, StoppedReminders
from handlers.remind_missing import reminders_need, reminders_now
from handlers.report_view import indicator_name, overseen
from handlers.review_queue import queue
from handlers.round_view import (
    Row,
    as_of,
    asked_quarters,
    dates_line,
    is_over,
    missing_units,
    names_of,
    quarter_line,
    reports_of,
    result_line,
    rows_of,
    short_unit_names,
    shown_quarters,
)
from models.rules.fiscal import Quarter
from models.rules.permissions import Action

MOST_ROWS = 12
"""Indicators of one quarter that are shown; the rest is narrowed down by code."""
SUMMARY_LINES = 15
"""What a summary may have (DOMAIN: the boss asks "now")."""
WAITING = {"approve": "approve-button", "review": "review-button", "requests": "requests-button"}
"""What may wait for a coordinator, and the words that take it up."""
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def round_units(context: Context, wanted: Narrowing) -> frozenset[int]:
    below = overseen(context, Action.SEE_ALL_STATUS)
    return below if wanted.unit_ids is None else below & wanted.unit_ids


def round_rows(context: Context, units: frozenset[int], wanted: Narrowing) -> dict[Quarter, list[Row]]:
    """The open rounds, or the one that is wanted, or those of a year that have begun, indicator by indicator."""
    quarters = [wanted.quarter] if wanted.quarter else shown_quarters(context)
    if wanted.year:
        of_year = [Quarter(wanted.year, number) for number in (1, 2, 3, 4)]
        quarters = [each for each in of_year if each.first_day <= context.facts.today] or of_year[:1]
    reports = reports_of(context, units, quarters)
    return {each: rows_of(context, units, each, reports, wanted.code) for each in quarters}


def round_status(context: Context, wanted: Narrowing) -> Say:
    """How many of how many, in time, late, to correct and missing; the combined result against the target.

    A card an indicator; of units asked for by name, and of a whole year, in words.
    """
    w, units = context.w, round_units(context, wanted)
    lines, cards = [as_of(context), *scope_line(context, wanted)], []
    narrowed = wanted.unit_ids is not None
    found, asking = context.both(
        lambda: round_rows(context, units, wanted), lambda: {} if narrowed else what_waits(context)
    )
    for quarter, rows in found.items():
        lines.append(dates_line(context, quarter))
        if narrowed or wanted.year:
            lines += [line for row in rows[:MOST_ROWS] for line in row_lines(context, row, wanted)]
        else:
            cards += [round_card(context, row) for row in rows[:MOST_ROWS]]
            # Only one card is in sight at a time.
            lines += [count_line(context, row, "round-glance") for row in rows[:MOST_ROWS]] if len(rows) > 1 else []
        if len(rows) > MOST_ROWS:
            lines.append(w("status-narrow", count=len(rows) - MOST_ROWS))
        if not rows:
            lines.append(w("status-nothing-assigned"))
    lines += [w(f"{name}-waiting", count=count) for name, count in asking.items()]
    again = [] if narrowed else combined_too_early(context, found)
    lines += [w("combine-again", reports=", ".join(again))] if again else []
    further = [w(WAITING[name]) for name in asking] + ([w("combine-button")] if again else [])
    words = [*further, w("round-button-missing"), w("round-button-summary")]
    lines.append(w("engine-choices-or", choices=" / ".join(words)))
    text = "\n".join(line for line in lines if line)
    return Say(text, tuple(command_button(each, each) for each in (*words, w("engine-button-help"))), tuple(cards))


def round_card(context: Context, row: Row) -> Card:
    """One indicator of a round: how many sent, of what, and what that makes; a bar as long as the share that sent."""
    w = context.w
    title = w(
        "round-card-title",
        code=row.indicator.code,
        name=indicator_name(context, row.indicator),
        quarter=str(row.quarter),
    )
    rows = [CardRow(w("round-card-sent", sent=row.sent, all=len(row.keys)), "headline")]
    if result := result_line(context, row).strip():
        rows.append(CardRow(result))
    if row.accepted:
        rows.append(CardRow(w("round-card-accepted", accepted=row.accepted), "quiet"))
    counts = {"on-time": row.on_time, "late": row.late, "to-correct": row.to_correct, "missing": len(row.missing)}
    cells = tuple(Cell(w(f"round-card-{name}"), w.amount(Decimal(count))) for name, count in counts.items())
    share = Decimal(row.sent) / len(row.keys)
    quarter = w("report-button-quarter", quarter=str(row.quarter))
    alt = "\n".join(row_lines(context, row, Narrowing())).rstrip()
    return Card(title, tuple(rows), cells, share, f"{quarter} {alt}")


def what_waits(context: Context) -> dict[str, int]:
    """How much waits for this coordinator: people to be let in, reports to be reviewed, requests; a tap each."""
    members, (reports, requests) = context.both(
        lambda: waiting(context), lambda: context.both(lambda: queue(context), lambda: waiting_requests(context))
    )
    counts = {"approve": members, "review": reports, "requests": requests}
    return {name: len(found) for name, found in counts.items() if found}


def combined_too_early(context: Context, found: Mapping[Quarter, Sequence[Row]]) -> list[str]:
    """What was combined and sent before some unit's report came in, for whoever can combine it again."""
    own = overseen(context, Action.REPORT_FOR)
    return [
        f"{row.indicator.code} {quarter}"
        for quarter, rows in found.items()
        for row in rows
        if row.later and any(key.unit_id in own for key in row.keys)
    ]


def scope_line(context: Context, wanted: Narrowing) -> list[str]:
    """The units that were asked for by name."""
    if wanted.unit_ids is None:
        return []
    names = names_of(context, sorted(wanted.unit_ids))
    return [context.w("round-units", names=", ".join(names[:3]), more=max(len(names) - 3, 0))]


def row_lines(context: Context, row: Row, wanted: Narrowing) -> tuple[str, ...]:
    """How many have sent, and what that makes; of one unit alone, how its report stands."""
    units = wanted.unit_ids
    if units is not None and len(row.keys) == 1:
        return (quarter_line(context, row.keys[0], row.reports[0] if row.reports else None, named=len(units) == 1),)
    return count_line(context, row), result_line(context, row, narrowed=units is not None)


def count_line(context: Context, row: Row, words: str = "round-row") -> str:
    """How many of how many; `words`: the message that says as much of it as there is room for."""
    return context.w(
        words,
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
    # Of some units alone the reminder, which goes to all, is not offered.
    may_remind = wanted.unit_ids is None and bool(overseen(context, Action.REMIND))
    further: list[Need] = [StoppedReminders(units), *([reminders_need(context)] if may_remind else [])]
    by_quarter, (stopped, *_) = context.both(
        lambda: round_rows(context, units, wanted), lambda: context.find_all(further)
    )
    for quarter, rows in by_quarter.items():
        found = missing_units(context, rows)
        everybody = {key.unit_id for row in rows for key in row.keys}
        lines.append(dates_line(context, quarter))
        lines.append(w("round-missing", count=len(found), all=len(everybody)))
        lines += missing_lines(context, found)
        lines += stopped_line(context, stopped, quarter)
        if found and not is_over(context, quarter):
            anybody = True
            copied += pending_text(context, quarter, found)
    buttons = copy_buttons(context, copied) if anybody else ()
    words = [w("round-button-summary")]
    cost = len(reminders_now(context).person_ids) if anybody and may_remind else 0
    if cost:
        lines.append(w("nudge-takes", cost=cost))
        words = [w("nudge-button"), *words]
    lines.append(w("engine-choices-or", choices=" / ".join(words)))
    return Say("\n".join(lines), (*buttons, *(command_button(each, each) for each in words), *help_button(context)))


def missing_in_group(context: Context, units: frozenset[int], wanted: Narrowing) -> list[str]:
    """Who has not sent, as a linked group sees it: units alone."""
    lines = [as_of(context), *scope_line(context, wanted)]
    for quarter, rows in round_rows(context, units, wanted).items():
        found, everybody = missing_units(context, rows), {key.unit_id for row in rows for key in row.keys}
        lines.append(dates_line(context, quarter))
        lines.append(context.w("round-missing", count=len(found), all=len(everybody)))
        lines += missing_lines(context, found)
    return lines


def stopped_line(context: Context, stopped: Sequence[tuple[str, Quarter]], quarter: Quarter) -> list[str]:
    """Who wants no reminders of a quarter; no line when nobody does."""
    names = [name for name, until in stopped if quarter <= until]
    if not names:
        return []
    return [context.w("remind-who-stopped", count=len(names), quarter=str(quarter), names=", ".join(names))]


def pending_text(context: Context, quarter: Quarter, missing: Mapping[int, Sequence[str]]) -> list[str]:
    """What is pending, to paste into the staff's group: units by what they have not sent, no persons."""
    w = context.w
    return [w("round-ask", dates=dates_line(context, quarter)), *missing_lines(context, missing), w("round-ask-how")]


def missing_lines(context: Context, missing: Mapping[int, Sequence[str]]) -> list[str]:
    """A line for all that have not sent the same: the codes once, the units by their short names."""
    together: dict[tuple[str, ...], list[int]] = {}
    for unit_id, codes in missing.items():
        together.setdefault(tuple(codes), []).append(unit_id)
    short = short_unit_names(context)
    return [
        context.w(
            "round-missing-row", codes=", ".join(codes), count=len(ids), units=", ".join(short[each] for each in ids)
        )
        for codes, ids in together.items()
    ]


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
            lines += pending_text(context, quarter, found)
    if not lines:
        return Say(w("status-nothing-pending"), help_button(context))
    return Say("\n".join(lines), (*copy_buttons(context, lines), *help_button(context)))


def summary(context: Context, wanted: Narrowing, *, thai_digits: bool = False) -> Say:
    """สรุป: at most 15 lines of plain text that can be passed on as it is; units and counts, no personal names."""
    w, units = context.w, round_units(context, wanted)
    if not units:
        return Say(w("round-not-yours"))
    lines = summary_lines(context, units, wanted)
    if thai_digits:
        lines = [line.translate(THAI_DIGITS) for line in lines]
    year = w("round-year-typed", year=wanted.year) if wanted.year else ""
    narrowed = (wanted.name, wanted.code, str(wanted.quarter) if wanted.quarter else year)
    typed = " ".join(part for part in narrowed if part)
    other = w("round-button-arabic" if thai_digits else "round-button-thai")
    words = " ".join(
        part for part in (w("round-button-summary"), typed, "" if thai_digits else w("round-button-thai")) if part
    )
    buttons = (command_button(other, words), *copy_buttons(context, lines), *help_button(context))
    return Say("\n".join(lines), buttons)


def summary_lines(context: Context, units: frozenset[int], wanted: Narrowing) -> list[str]:
    """The text alone, as it is also shown in a linked group."""
    w = context.w
    head, body = [w("round-summary"), as_of(context), *scope_line(context, wanted)], []
    for quarter, rows in round_rows(context, units, wanted).items():
        body.append(dates_line(context, quarter))
        body += [summary_line(context, row, wanted) for row in rows] or [w("status-nothing-assigned")]
        found = missing_units(context, rows)
        if found and len(wanted.unit_ids or units) > 1:
            short = short_unit_names(context)
            names = [short[each] for each in found]
            body.append(w("round-still", names=", ".join(names[:4]), more=max(len(names) - 4, 0)))
    room = SUMMARY_LINES - len(head)
    if len(body) > room:
        body = [*body[: room - 1], w("round-more", count=len(body) - room + 1)]
    return [*head, *body]


def summary_line(context: Context, row: Row, wanted: Narrowing) -> str:
    return " ".join(part.replace("\n", " ").strip() for part in row_lines(context, row, wanted)).rstrip()


def help_button(context: Context) -> tuple[Button, ...]:
    word = context.w("engine-button-help")
    return (command_button(word, word),)
