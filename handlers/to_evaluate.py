"""What an evaluator may score: whose indicators, which quarters, what was reported and given; and what still waits."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.buttons import command_button
from handlers.context import Context
from handlers.effects import Button, Say
from handlers.evaluation_view import newest
from handlers.idle import idle_buttons
from handlers.needs import PartsOf, ReportInFull, ReportsOf
from handlers.records import EvaluationSummary, FullReport
from handlers.report_labels import short_code
from handlers.report_questions import first_words
from handlers.report_view import indicator_name, overseen
from handlers.round_view import Reports
from models.rules.combining import Combined, combine_units
from models.rules.fiscal import Quarter
from models.rules.office import Criterion, Indicator, ReportKey
from models.rules.permissions import Action
from models.rules.standing import ReportState

MOST_OFFERED = 10
"""What waits for a score is offered up to this number; whatever else there is can be typed by its code."""


def evaluable(context: Context) -> list[Indicator]:
    """The indicators whose owner lies in this evaluator's charge."""
    below = overseen(context, Action.EVALUATE)
    found = [each for each in context.facts.office.indicators.values() if each.owner_id in below]
    return sorted(found, key=lambda each: (each.order, each.code))


def begun_quarters(context: Context) -> tuple[Quarter, ...]:
    """The last four quarters that have begun, the newest first: each number once."""
    found = [Quarter.of(context.facts.today)]
    while len(found) < 4:
        found.append(found[-1].previous)
    return tuple(found)


def unscored(context: Context) -> list[tuple[Indicator, Quarter]]:
    """What waits for an overall score: what was due in quarters that are over and is settled, the newest first."""
    indicators = evaluable(context)
    over = [each for each in begun_quarters(context) if each.last_day < context.facts.today]
    done = {(each.indicator_id, each.quarter) for each in given(context) if each.overall is not None}
    return [
        (indicator, quarter)
        for quarter in over
        for indicator in indicators
        if (indicator.id, quarter) not in done
        and is_due(context, indicator, quarter)
        and not why_not_yet(context, indicator, quarter)
    ]


def why_not_yet(context: Context, indicator: Indicator, quarter: Quarter) -> str:
    """Why a quarter is not to be evaluated: to come, nothing there, or its round is open and nothing accepted."""
    w, today, dates = context.w, context.facts.today, context.facts.office.rounds.get(quarter)
    if today < quarter.first_day:
        return w("evaluate-to-come", quarter=str(quarter))
    report = owners_reports(context).get(ReportKey(indicator.owner_id, indicator.id, quarter))
    if report is not None and (dates is None or report.accepted_version is not None):
        return ""
    if dates is None or not is_due(context, indicator, quarter):
        return w("evaluate-nothing-there", code=indicator.code, quarter=str(quarter))
    if today > dates.closes:
        return ""  # whatever was reported by then, or nothing, is what there is to evaluate
    return w("evaluate-not-accepted", code=indicator.code, quarter=str(quarter), day=w.day(dates.closes))


def is_due(context: Context, indicator: Indicator, quarter: Quarter) -> bool:
    """Whether any unit reports the indicator in the quarter."""
    return any(
        (each.indicator_id, each.fiscal_year) == (indicator.id, quarter.fiscal_year) and quarter.number in each.quarters
        for each in context.facts.office.assignments
    )


def given(context: Context) -> list[EvaluationSummary]:
    """What there is of everything in this evaluator's charge: asked for at once, whatever the turn then needs of it."""
    found, _ = context.both(
        lambda: newest(context, evaluable(context), years_concerned(context)),
        lambda: context.both(
            lambda: owners_reports(context), lambda: what_was_reported(context) if known_subject(context) else None
        ),
    )
    return found


def years_concerned(context: Context) -> list[int]:
    quarters = [*begun_quarters(context), *([subject(context)[1]] if known_subject(context) else [])]
    return sorted({each.fiscal_year for each in quarters})


def owners_reports(context: Context) -> Reports:
    """The newest standing versions of what is evaluated: the owners' own reports."""
    owners = frozenset(each.owner_id for each in evaluable(context))
    found = context.find_all(ReportsOf(owners, year) for year in years_concerned(context)) if owners else []
    return {each.key: each for some in found for each in some}


def subject(context: Context) -> tuple[Indicator, Quarter]:
    answers = context.answers
    return context.facts.office.indicators[answers["indicator"]], Quarter.parse(answers["quarter"])


def known_subject(context: Context) -> bool:
    return {"indicator", "quarter"} <= context.answers.keys()


def reported(context: Context) -> FullReport | None:
    """What the owner reported."""
    return what_was_reported(context)[0]


def combined(context: Context) -> tuple[Combined, int] | None:
    """What the units' reports make, and how many of them are not accepted; None where none are to be combined."""
    office, (indicator, quarter) = context.facts.office, subject(context)
    units, found = office.parts(indicator.id, quarter), what_was_reported(context)[1]
    reports = [each.summary for each in found if each.summary.key.unit_id in units]
    results = {each.key.unit_id: each.result for each in reports}
    unreviewed = sum(each.state is not ReportState.ACCEPTED for each in reports)
    return (combine_units(office, indicator, quarter, units, results), unreviewed) if units else None


def what_was_reported(context: Context) -> tuple[FullReport | None, tuple[FullReport, ...]]:
    """The owner's report of what is evaluated, and the units' reports that it is made of."""
    indicator, quarter = subject(context)
    own, parts = context.find_all(
        (ReportInFull(ReportKey(indicator.owner_id, indicator.id, quarter)), PartsOf(indicator.id, quarter))
    )
    return own, parts


def criteria(context: Context) -> tuple[Criterion, ...]:
    return context.facts.office.criteria.get(subject(context)[1].fiscal_year, ())


def given_before(context: Context) -> EvaluationSummary | None:
    """The newest evaluation of the quarter under way."""
    indicator, quarter = subject(context)
    return next((each for each in given(context) if (each.indicator_id, each.quarter) == (indicator.id, quarter)), None)


def version_before(context: Context) -> int:
    before = given_before(context)
    return before.version if before else 0


def scores_status(context: Context) -> Say:
    """สถานะ for an evaluator: what waits for a score, a tap each; each indicator's name stands once."""
    w, waiting = context.w, unscored(context)
    begun = {(each.indicator_id, each.quarter) for each in given(context)}
    by_indicator: dict[int, list[str]] = {}
    for each, of in waiting:
        half = "yes" if (each.id, of) in begun else "no"
        by_indicator.setdefault(each.id, []).append(w("evaluate-row-quarter", quarter=str(of), begun=half))
    indicators = context.facts.office.indicators
    rows = [
        w(
            "evaluate-row",
            code=indicators[each].code,
            name=first_words(indicator_name(context, indicators[each])),
            quarters=", ".join(quarters),
        )
        for each, quarters in sorted(by_indicator.items(), key=lambda row: indicators[row[0]].order)
    ]
    more = [w("status-more", count=len(rows) - MOST_OFFERED)] if len(rows) > MOST_OFFERED else []
    how = [w("evaluate-how", code=each.code, quarter=str(of)) for each, of in waiting[:1]]
    lines = [w("evaluate-status", count=len(waiting)), *rows[:MOST_OFFERED], *more, *how]
    return Say("\n".join(lines), (*waiting_buttons(context, waiting[:MOST_OFFERED]), *idle_buttons(context)))


def waiting_buttons(context: Context, waiting: Sequence[tuple[Indicator, Quarter]]) -> tuple[Button, ...]:
    """A tap each, that types which one is to be evaluated, "ประเมิน 848 3/2570"."""
    words = [f"{context.w('evaluate-button')} {short_code(context, each)} {of}" for each, of in waiting]
    return tuple(command_button(each, each) for each in words)


def typed(context: Context, indicator: Indicator, quarter: Quarter) -> str:
    """The words that begin an evaluation, "ประเมิน 2300-848 ไตรมาส 3/2570"."""
    w = context.w
    return f"{w('evaluate-button')} {indicator.code} {w('evaluate-quarter-typed', quarter=str(quarter))}"
