"""รวมผล: what the units reported, rolled up into the owner's report: counts, totals, exceptions, who is missing.

The draft is put before the coordinator in the ordinary report conversation, to be edited and sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from handlers import engine
from handlers.asking import MESSAGES
from handlers.behalf import BEHALF, needs_of, with_facts_of_unit
from handlers.combined_before import earlier_lines
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question
from handlers.effects import Say, Turn
from handlers.facts import FullReport, PartsOf
from handlers.idle import idle_buttons
from handlers.kinds import OneOf
from handlers.measured import written
from handlers.report import REPORT
from handlers.report_view import indicator_name, quarter_name, unit_name, units_where
from handlers.session import Answers, Session
from locales.catalog import words
from models.rules.combining import Combined, Part, combine
from models.rules.fiscal import Quarter
from models.rules.office import Indicator, OverUnits, ReportKey, ResultKind, Target
from models.rules.permissions import Action, Allowed, may_report, overseen_keys
from models.rules.standing import TO_REVIEW, ReportState

MOST_NAMED = 40
"""Units named in one list: no office here has more."""


def combinable(context: Context) -> tuple[ReportKey, ...]:
    """The owners' reports that this person may send, those whose parts they oversee."""
    facts, office = context.facts, context.facts.office
    years = office.years_around(facts.today)
    quarters = [each for each, dates in sorted(office.rounds.items()) if each.fiscal_year in years]
    keys = overseen_keys(office, facts.memberships, Action.REPORT_FOR, quarters, facts.today)
    return tuple(
        key
        for key in keys
        if key.unit_id == office.indicators[key.indicator_id].owner_id
        and office.parts(key.indicator_id, key.quarter)
        and isinstance(may_report(office, facts.memberships, key, facts.today, for_another=True), Allowed)
    )


def indicator(context: Context) -> Prompt:
    office = context.facts.office
    found = [office.indicators[each] for each in dict.fromkeys(key.indicator_id for key in combinable(context))]
    choices = tuple(
        Choice(
            f"{each.code} {indicator_name(context, each)}",
            each.id,
            names=(each.code, each.code.rpartition("-")[2]),
            short=each.code,
        )
        for each in found
    )
    return Prompt(context.w("combine-indicator"), choices, numbered=True)


def quarter(context: Context) -> Prompt:
    """The newest that is over first: that is the one that is combined now."""
    w, today = context.w, context.facts.today
    found = [key.quarter for key in combinable(context) if key.indicator_id == context.answers["indicator"]]
    choices = tuple(
        Choice(quarter_name(context, each), str(each), short=w("report-button-quarter", quarter=str(each)))
        for each in sorted(found, key=lambda each: (each.last_day < today, each), reverse=True)
    )
    return Prompt(w("combine-quarter"), choices)


def refuse(context: Context) -> str:
    if not units_where(context, Action.REPORT_FOR):
        return context.w("combine-not-yours")
    indicator_id, when = context.answers.get("indicator"), context.answers.get("quarter")
    fitting = (
        indicator_id in {None, key.indicator_id} and when in {None, str(key.quarter)} for key in combinable(context)
    )
    return "" if any(fitting) else context.w("combine-nothing")


def combined(context: Context) -> Turn:
    """What was counted and who is missing, and then the draft, at its preview."""
    asked, when = (
        context.facts.office.indicators[context.answers["indicator"]],
        Quarter.parse(context.answers["quarter"]),
    )
    key = ReportKey(asked.owner_id, asked.id, when)
    # With the parts all that the report conversation will ask for.
    needs = (PartsOf(asked.id, when), *needs_of(key.unit_id, context.answers))
    parts: tuple[FullReport, ...] = context.find_all(needs)[0]
    reports = {each.summary.key.unit_id: each for each in parts}
    rolled = rolled_up(context, asked, when, reports)
    lines = summary(context, asked, when, rolled, reports)
    if rolled.result is None:
        return Turn(Session(), (Say("\n".join(lines), idle_buttons(context)),))
    known: Answers = {
        BEHALF: "owner",
        "unit": asked.owner_id,
        "indicator": asked.id,
        "quarter": str(when),
        "result": written(rolled.result),
        "narrative": {"parts": [["", narrative(context, asked, when, rolled, reports)]], "done": True},
    }
    sources: dict[str, list[str]] = {"result": [], "narrative": []}
    for each in asked.sub_measures:
        name, value = f"sub_measures.{each.code}", total(each.code, rolled, reports)
        known[name] = written(value) if value is not None else ""
        sources[name] = []
    known[MESSAGES] = sources
    said = "\n".join([*lines, *earlier_lines(context, key, asked, known)])
    begun = engine.begin(REPORT, context, context.session.id, known)
    of_owner = with_facts_of_unit(Context(begun.session, context.facts))
    kept = engine.kept(REPORT, Context(Session(), of_owner.facts), begun)
    return Turn(kept.session, (Say(said), *kept.effects))


def rolled_up(context: Context, asked: Indicator, when: Quarter, reports: dict[int, FullReport]) -> Combined:
    """The indicator's rule over every unit that has to report."""
    office = context.facts.office

    def part(unit_id: int) -> Part:
        key = ReportKey(unit_id, asked.id, when)
        found, target, assignment = reports.get(unit_id), office.target(key), office.assignment(key)
        return Part(
            unit_id,
            found.summary.result if found else None,
            value_of(target),
            assignment.weight if assignment else None,
        )

    return combine(
        asked.over_units, asked.part_kind, asked.direction, [part(each) for each in office.parts(asked.id, when)]
    )


def value_of(target: Target | None) -> Decimal | None:
    return target.value if target else None


def total(code: str, rolled: Combined, reports: dict[int, FullReport]) -> Decimal | None:
    """A sub-measure over the units that gave one; None where nobody did, which is not zero."""
    given = [reports[each].sub_measures.get(code) for each in (*rolled.counted, *rolled.unusable)]
    known = [each for each in given if each is not None]
    return sum(known, Decimal(0)) if known else None


def summary(
    context: Context, asked: Indicator, when: Quarter, rolled: Combined, reports: dict[int, FullReport]
) -> list[str]:
    """What stands behind the result, for the coordinator: nobody is missing silently."""
    w = context.w
    everybody = len(rolled.counted) + len(rolled.unusable) + len(rolled.missing)
    lines = [
        w(
            "combine-head",
            code=asked.code,
            quarter=str(when),
            reported=len(rolled.counted) + len(rolled.unusable),
            all=everybody,
        )
    ]
    if rolled.result is not None:
        lines.append(
            w(
                "combine-result",
                rule=asked.over_units.value,
                result=w("report-amount", value=rolled.result, measure=asked.unit_of_measure),
            )
        )
    if rolled.missing:
        lines.append(w("combine-missing", count=len(rolled.missing), units=names(context, rolled.missing)))
    if rolled.unusable:
        lines.append(
            w(
                "combine-unusable",
                rule=asked.over_units.value,
                count=len(rolled.unusable),
                units=names(context, rolled.unusable),
            )
        )
    unchecked = [each for each in reports.values() if each.summary.state in TO_REVIEW]
    if unchecked:
        lines.append(w("combine-unchecked", count=len(unchecked)))
    returned = [unit for unit, each in reports.items() if each.summary.state is ReportState.RETURNED]
    if returned:
        lines.append(w("combine-returned", count=len(returned), units=names(context, returned)))
    return lines


def names(context: Context, unit_ids: Iterable[int]) -> str:
    return ", ".join(unit_name(context, context.facts.office.units[each]) for each in list(unit_ids)[:MOST_NAMED])


def narrative(
    context: Context, asked: Indicator, when: Quarter, rolled: Combined, reports: dict[int, FullReport]
) -> str:
    """The owner's narrative, drafted in Thai, as such reports are written; the coordinator edits it."""
    w, office = words("th"), context.facts.office

    def listed(unit_ids: Iterable[int]) -> str:
        return ", ".join(office.units[each].name for each in unit_ids)

    reported = (*rolled.counted, *rolled.unusable)
    lines = [
        w(
            "combine-narrative-head",
            number=when.number,
            year=str(when.fiscal_year),
            missing=len(rolled.missing),
            months=w.months(when),
            reported=len(reported),
            all=len(reported) + len(rolled.missing),
        )
    ]
    if rolled.result is not None:
        lines.append(
            w(
                "combine-narrative-result",
                name=asked.name,
                rule=asked.over_units.value,
                result=w("report-amount", value=rolled.result, measure=asked.unit_of_measure),
            )
        )
    for each in asked.sub_measures:
        value = total(each.code, rolled, reports)
        if value is not None:
            amount = w("report-amount", value=value, measure=each.unit_of_measure)
            lines.append(w("combine-narrative-sub-measure", label=each.label, amount=amount))
    lines += exceptions(asked, rolled, reports, listed)
    if rolled.missing:
        lines.append(w("combine-narrative-missing", units=listed(rolled.missing)))
    return "\n".join(lines)


def exceptions(asked: Indicator, rolled: Combined, reports: dict[int, FullReport], listed: Any) -> list[str]:
    """Whatever is not simply done, and why."""
    w, found = words("th"), []
    below = [unit for unit in rolled.counted if unit not in rolled.met]
    if asked.over_units is not OverUnits.COUNT_MET:
        below = [unit for unit in rolled.counted if not reports[unit].summary.result]
    by_reason: dict[str, list[int]] = {}
    for unit in below:
        by_reason.setdefault(reports[unit].summary.zero_reason, []).append(unit)
    for reason, units in by_reason.items():
        if reason:
            found.append(w("combine-narrative-reason", reason=w(f"report-zero-{reason}"), units=listed(units)))
        elif asked.part_kind is not ResultKind.YES_NO:
            found.append(w("combine-narrative-below", units=listed(units)))
    return found


COMBINE = Conversation(
    name="combine",
    questions=(
        Question("indicator", OneOf(indicator)),
        Question("quarter", OneOf(quarter)),
    ),
    on_complete=combined,
    refuse=refuse,
)
