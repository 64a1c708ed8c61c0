"""รวมผล: what the units reported, rolled up into the owner's report: counts, totals, exceptions, who is missing.

The draft is put before the coordinator in the ordinary report conversation, to be edited and sent.
"""

from __future__ import annotations

from collections.abc import Sequence

from handlers import engine
from handlers.asking import MESSAGES
from handlers.behalf import BEHALF, needs_of, with_facts_of_unit
from handlers.combined_before import earlier
from handlers.combined_narrative import narrative, total
from handlers.context import Context
from handlers.conversation import Choice, Conversation, Prompt, Question
from handlers.effects import Say, Turn
from handlers.idle import idle_buttons
from handlers.kinds import OneOf
from handlers.measured import written
from handlers.needs import PartsOf, ReportsOf
from handlers.records import FullReport
from handlers.report import REPORT
from handlers.report_kinds import QuarterChoice
from handlers.report_questions import first_words
from handlers.report_view import indicator_name, indicator_names, quarter_name, units_where, worded
from handlers.round_view import short_unit_names
from handlers.session import Answers, Session
from models.rules.combining import Combined, combine_units
from models.rules.fiscal import Quarter
from models.rules.office import Indicator, ReportKey
from models.rules.permissions import Action, Allowed, may_report, overseen_keys
from models.rules.standing import TO_REVIEW, ReportState

MOST_NAMED = 60
"""Units named in one list of the answer; how many more there are is said. The narrative names all."""


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
            f"{each.code} {first_words(indicator_name(context, each))}",
            each.id,
            names=indicator_names(context, each),
            short=each.code,
        )
        for each in found
    )
    return Prompt(context.w("combine-indicator"), choices, numbered=True)


def quarter(context: Context) -> Prompt:
    """The last that is over and has something to combine leads; the others newest first, those with nothing last."""
    w, found, reported = context.w, quarters(context), reported_parts(context)
    over = [each for each in found if each.last_day < context.facts.today and reported[each]]
    lead = max(over, default=None)
    ordered = sorted(found, key=lambda each: (each == lead, reported[each] > 0, each), reverse=True)
    rows = [
        w(
            "combine-quarter-row",
            quarter=str(each),
            reported=reported[each],
            all=len(context.facts.office.parts(context.answers["indicator"], each)),
        )
        for each in ordered
    ]
    choices = tuple(
        Choice(quarter_name(context, each), str(each), short=w("report-button-quarter", quarter=str(each)))
        for each in ordered
    )
    return Prompt("\n".join((w("combine-quarter"), *rows)), choices, listed=False)


def quarters(context: Context) -> tuple[Quarter, ...]:
    """Those in which the chosen indicator can be combined."""
    return tuple(key.quarter for key in combinable(context) if key.indicator_id == context.answers["indicator"])


def reported_parts(context: Context) -> dict[Quarter, int]:
    """How many units have reported what is to be combined."""
    office, chosen = context.facts.office, context.answers["indicator"]
    parts = {each: office.parts(chosen, each) for each in quarters(context)}
    units = frozenset(unit for each in parts.values() for unit in each)
    found = context.find_all(ReportsOf(units, year) for year in sorted({each.fiscal_year for each in parts}))
    there = {each.key for some in found for each in some}
    return {
        quarter: sum(ReportKey(unit, chosen, quarter) in there for unit in units) for quarter, units in parts.items()
    }


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
    office = context.facts.office
    asked, when = office.indicators[context.answers["indicator"]], Quarter.parse(context.answers["quarter"])
    key = ReportKey(asked.owner_id, asked.id, when)
    # With the parts all that the report conversation will ask for.
    needs = (PartsOf(asked.id, when), *needs_of(key.unit_id, context.answers))
    parts: tuple[FullReport, ...] = context.find_all(needs)[0]
    units = office.parts(asked.id, when)
    reports = {each.summary.key.unit_id: each for each in parts if each.summary.key.unit_id in units}
    results = {unit: each.summary.result for unit, each in reports.items()}
    rolled = combine_units(office, asked, when, units, results)
    lines = summary(context, asked, when, rolled, reports)
    if rolled.result is None:
        return Turn(Session(), (Say("\n".join(lines), idle_buttons(context)),))
    known: Answers = {
        BEHALF: "owner",
        "unit": asked.owner_id,
        "indicator": asked.id,
        "quarter": str(when),
        "result": written(rolled.result),
        "narrative": {"parts": [["", narrative(office, asked, when, rolled, reports)]], "done": True},
    }
    sources: dict[str, list[str]] = {"result": [], "narrative": []}
    for each in asked.sub_measures:
        name, value = f"sub_measures.{each.code}", total(each.code, rolled, reports)
        known[name] = written(value) if value is not None else ""
        sources[name] = []
    known[MESSAGES] = sources
    before = earlier(context, key, asked, known, reports.values())
    said = "\n".join((*lines, *before.lines))
    if before.settled:
        return Turn(Session(), (Say(said, idle_buttons(context, said)),))
    begun = engine.begin(REPORT, context, context.session.id, known)
    of_owner = with_facts_of_unit(Context(begun.session, context.facts))
    kept = engine.kept(REPORT, Context(Session(), of_owner.facts), begun)
    return Turn(kept.session, (Say(said), *kept.effects))


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
                result=worded(w, asked, asked.kind, rolled.result),
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


def names(context: Context, unit_ids: Sequence[int]) -> str:
    """By their short names, as everywhere where units are listed for somebody who knows them."""
    short = short_unit_names(context)
    named = ", ".join(short[each] for each in unit_ids[:MOST_NAMED])
    more = len(unit_ids) - MOST_NAMED
    return named if more <= 0 else context.w("combine-more", names=named, more=more)


COMBINE = Conversation(
    name="combine",
    questions=(
        Question("indicator", OneOf(indicator)),
        Question("quarter", QuarterChoice(quarter, open_quarters=quarters)),
    ),
    on_complete=combined,
    refuse=refuse,
)
