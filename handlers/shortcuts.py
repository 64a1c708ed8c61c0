"""Short ways into the report: everything in one message, and a mistake said after the receipt."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from handlers import asking, engine
from handlers.asking import MESSAGES
from handlers.context import Context
from handlers.conversation import Unclear
from handlers.effects import Turn
from handlers.events import Event
from handlers.kinds import shown
from handlers.named_unit import NamedUnit, misspelt_unit, named_unit
from handlers.narrowing import known_answers, narrowing, unknown_code
from handlers.report import REPORT
from handlers.report_kinds import correction, key_answers
from handlers.report_view import correctable_keys, unit_name
from handlers.session import Answers, Session
from locales.one_message import ReportSaid, read_report
from locales.thai_commands import Command, command
from locales.thai_corrections import NumberSwap, read_correction
from models.rules.fiscal import Quarter
from models.rules.office import ResultKind


def one_message(context: Context, event: Event, text: str) -> Turn | None:
    """รายงาน 2300-848 ไตรมาส 3 36 ห้อง …: fill what can be filled, ask for the rest; None when it is none.

    A unit's name before the number or the quarter, or in the narrative's place, is the unit; at the beginning of a
    narrative it is the unit as well, and the narrative stays as it was typed.
    """
    known: Answers = {}
    said = read(context, text)
    named = named_unit(context, text) or misspelt_unit(context, text, lambda rest: _says_more(context, said, rest))
    if named is not None:
        known = {} if named.unit_id is None else {"unit": named.unit_id}
        without = command(named.without)
        if without is not None:
            wanted = narrowing(context, without.rest, coming=True)
            if without.command is not Command.REPORT or unknown_code(context, wanted):
                return None
            return begun(context, event, {**known, **known_answers(context, wanted)}, named)
        other = read(context, named.without)
        if said is None or named.is_last or (other is not None and other.number_text and not said.number_text):
            said = other
    office = context.facts.office
    codes = {each.code: each.id for each in office.indicators.values()}
    if said is None or not (said.number_text or said.narrative) or (said.code and said.code not in codes):
        return None
    if said.code:
        known["indicator"] = codes[said.code]
    if said.quarter is not None:
        year = said.quarter.fiscal_year or fiscal_year_of(context, said.quarter.number)
        known["quarter"] = str(Quarter(year, said.quarter.number))
    sources: dict[str, Any] = {}
    if said.number_text:
        known["said"] = said.number_text
        sources["result"] = [event.message_id]
    if said.narrative:
        known["narrative"] = {"parts": [[event.message_id, said.narrative]], "done": True}
        sources["narrative"] = [event.message_id]
    known[MESSAGES] = sources
    return begun(context, event, known, named)


def begun(context: Context, event: Event, known: Answers, named: NamedUnit | None) -> Turn:
    """The report begins with what is known of it; a unit that was nearly named is asked back."""
    turn = engine.begin(REPORT, context, event.id, known)
    if named is not None and named.near and turn.session.asked == "unit":
        units = [context.facts.office.units[each] for each in named.near]
        offered = tuple((unit_name(context, each), each.id) for each in units)
        said = context.w("report-unit-meant", text=shown(named.said))
        turn = asking.ask(REPORT, Context(turn.session, context.facts), said, offered)
    return engine.kept(REPORT, Context(Session(), context.facts), turn)


def _says_more(context: Context, said: ReportSaid | None, without: str) -> bool:
    """Whether a message is a report, or more of one, without the words that may be a unit's name."""
    whole = command(without)
    if whole is not None:
        return whole.command is Command.REPORT
    other = read(context, without)
    return other is not None and (said is None or (bool(other.number_text) and not said.number_text))


def read(context: Context, text: str) -> ReportSaid | None:
    codes = {each.code: each.measures for each in context.facts.office.indicators.values()}
    return read_report(text, codes, Quarter.of(context.facts.today), yes_no_answers(context))


def yes_no_answers(context: Context) -> dict[str, tuple[str, ...]]:
    """The words that answer a yes/no indicator: แล้ว may stand where a number would."""
    w = context.w
    names = [w(f"report-choice-{each}") for each in ("yes", "in-progress", "no")]
    names += [name for each in ("yes", "in-progress", "no") for name in w(f"report-choice-{each}.names").split("|")]
    own = {each.unit_id for each in context.facts.memberships}
    indicators = context.facts.office.indicators.values()
    return {
        each.code: tuple(names)
        for each in indicators
        if any(each.kind_for(unit_id) is ResultKind.YES_NO for unit_id in own)
    }


def fiscal_year_of(context: Context, number: int) -> int:
    """The year of a quarter said without one: an open round's, else the current one; the gate says when it opens."""
    office, today = context.facts.office, context.facts.today
    opened = [each for each, dates in office.rounds.items() if dates.opens <= today <= dates.closes]
    for quarter in sorted(opened):
        if quarter.number == number:
            return quarter.fiscal_year
    return Quarter.of(today).fiscal_year


def measure_names(context: Context) -> tuple[str, ...]:
    """Every unit of measure that a number may stand with."""
    return tuple(name for each in context.facts.office.indicators.values() for name in each.measures)


def mistyped(context: Context, event: Event, text: str) -> Turn | None:
    """พิมพ์ผิด 35 ไม่ใช่ 36, แก้ A เป็น B: open the sent report that is meant, with the change made.

    A number that was sent as a result names its report; anything else is about the newest one. None when there is
    nothing sent, or the words are not in it.
    """
    swap = read_correction(text, measure_names(context))
    sent = [context.facts.reports[key] for key in correctable_keys(context)]
    if swap is None or not sent:
        return None
    newest_first = sorted(sent, key=lambda each: (each.submitted_at, each.number), reverse=True)
    named = [each for each in newest_first if isinstance(swap, NumberSwap) and each.result == swap.old]
    report = (named or newest_first)[0]
    known = {**key_answers(report.key), "correcting": True, "sent": "taken"}
    opened = engine.begin(REPORT, context, event.id, known)
    if opened.session.asked != "confirm":
        return opened  # somebody's draft comes first
    at_preview = Context(opened.session, context.facts)
    question = asking.named(REPORT, at_preview, "confirm")
    change = correction(at_preview, text)
    if question is None or isinstance(change, Unclear):
        return None
    if change is None:
        return opened if isinstance(swap, NumberSwap) and swap.old is None else None
    turn = engine.take(REPORT, at_preview, question, change.value, event)
    return engine.kept(REPORT, replace(at_preview, session=Session()), turn)
