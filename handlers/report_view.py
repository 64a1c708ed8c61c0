"""What the report conversation is about: unit, indicator and quarter, and what the facts know of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from handlers.behalf import keys_for_another, stands_in
from handlers.context import Context, once
from handlers.kinds import joined
from handlers.needs import ReportInFull
from handlers.records import Draft, FullReport, ReportSummary
from locales.catalog import Words
from models.rules.deadlines import collected
from models.rules.fiscal import Quarter
from models.rules.office import (
    Accumulation,
    Indicator,
    QuarterDates,
    ReportKey,
    ResultKind,
    SubMeasure,
    Target,
    Unit,
)
from models.rules.permissions import Action, may
from models.rules.standing import ReportState

RESULTS = {"yes": Decimal(1), "in_progress": Decimal(0), "no": Decimal(0)}
"""A library's yes counts one in the bureau's result."""


SETS = "_sets"
"""In the answers: a set chosen together in the album → how many of it have arrived, and were left out."""
FIGURES = ("result", "zero_reason", "sub_measures.")
CONTENT = (*FIGURES, "narrative", "explanation", "activity", "reporter_name", "told_by", "pictures")
"""The answers that belong to the draft rather than to finding it."""


@once
def key_of(context: Context) -> ReportKey | None:
    """The report's key, once unit, indicator and quarter are answered."""
    answers = context.answers
    if not {"unit", "indicator", "quarter"} <= answers.keys():
        return None
    return ReportKey(answers["unit"], answers["indicator"], Quarter.parse(answers["quarter"]))


def known_key(context: Context) -> ReportKey:
    key = key_of(context)
    if key is None:
        raise LookupError("the report's unit, indicator and quarter are not answered yet")
    return key


def unit_of(context: Context) -> Unit:
    return context.facts.office.units[context.answers["unit"]]


def indicator_of(context: Context) -> Indicator:
    return context.facts.office.indicators[context.answers["indicator"]]


def kind_of(context: Context) -> ResultKind:
    return indicator_of(context).kind_for(context.answers["unit"])


def round_of(context: Context) -> QuarterDates:
    return context.facts.office.rounds[known_key(context).quarter]


def target_of(context: Context) -> Target | None:
    return context.facts.office.target(known_key(context))


def sub_measure_of(context: Context, code: str) -> SubMeasure:
    return next(each for each in indicator_of(context).sub_measures if each.code == code)


def sent(context: Context) -> ReportSummary | None:
    """The newest version already sent for this key."""
    key = key_of(context)
    return context.facts.reports.get(key) if key else None


def taken_back(context: Context) -> ReportSummary | None:
    """The newest version of a report that was withdrawn: a new one takes its number and follows its version."""
    key = key_of(context)
    return context.facts.withdrawn.get(key) if key else None


def sent_in_full(context: Context) -> FullReport | None:
    found: FullReport | None = context.find(ReportInFull(known_key(context)))
    return found


def stored_draft(context: Context) -> Draft | None:
    key = key_of(context)
    return context.facts.drafts.get(key) if key else None


def previous(context: Context) -> ReportSummary | None:
    """The last report of an earlier quarter of the same fiscal year."""
    key = known_key(context)
    earlier = [
        each
        for each in context.facts.reports.values()
        if (each.key.unit_id, each.key.indicator_id) == (key.unit_id, key.indicator_id)
        and each.key.quarter.fiscal_year == key.quarter.fiscal_year
        and each.key.quarter < key.quarter
    ]
    return max(earlier, key=lambda each: each.key.quarter, default=None)


def result_of(context: Context) -> Decimal | None:
    """The result as a decimal: 1 for yes, 0 for in progress or no; None before it is answered."""
    answer: Any = context.answers.get("result")
    if answer is None:
        return None
    return RESULTS.get(answer) if answer in RESULTS else Decimal(answer)


def zero_reason_of(context: Context) -> str:
    if result_of(context) != 0:
        return ""
    if context.answers.get("result") == "in_progress":
        return "in_progress"
    reason: str = context.answers.get("zero_reason", "")
    return reason


def spoken(context: Context, key: ReportKey, value: Decimal, zero_reason: str = "") -> str:
    """A result as people say it: "36 ห้อง", "ร้อยละ 90", and for a library's yes or no what it answered."""
    indicator = context.facts.office.indicators[key.indicator_id]
    return worded(context.w, indicator, indicator.kind_for(key.unit_id), value, zero_reason)


def worded(w: Words, indicator: Indicator, kind: ResultKind, value: Decimal, zero_reason: str = "") -> str:
    """The same in any language."""
    if kind is ResultKind.YES_NO:
        if value:
            return w("report-yes")
        return w("report-choice-in-progress") if zero_reason == "in_progress" else w("report-no")
    if kind is ResultKind.PERCENT:
        return w("report-percent", value=value)
    return w("report-amount", value=value, measure=indicator.unit_of_measure)


def amount(context: Context, value: Decimal) -> str:
    """A result of the report under way."""
    return spoken(context, known_key(context), value, zero_reason_of(context) if value == result_of(context) else "")


def reported(context: Context, report: ReportSummary) -> str:
    """A stored result."""
    return spoken(context, report.key, report.result, report.zero_reason)


def counted_span(context: Context, accumulation: Accumulation) -> str:
    """What is counted: "นับสะสม 1 ต.ค.–31 ธ.ค. 69" or "เฉพาะ ต.ค.–ธ.ค. 69"."""
    quarter, w = known_key(context).quarter, context.w
    if accumulation is Accumulation.CUMULATIVE:
        return w("report-counted-cumulative", span=w.span(quarter.year_begins, quarter.last_day))
    return w("report-counted-quarter", months=w.months(quarter))


def quarter_name(context: Context, quarter: Quarter) -> str:
    return context.w("quarter-name", quarter=str(quarter), months=context.w.months(quarter))


def open_keys(context: Context) -> tuple[ReportKey, ...]:
    """Everything that this person may report today, for others where that is what they are doing."""
    return keys_for_another(context) if stands_in(context) else context.facts.reportable


def pending_keys(context: Context) -> tuple[ReportKey, ...]:
    return tuple(key for key in open_keys(context) if key not in context.facts.reports)


def awaited_keys(context: Context) -> tuple[ReportKey, ...]:
    """What is pending and asked for by now: of a quarter that only began nobody is asked yet."""
    office, today = context.facts.office, context.facts.today
    now = collected(office.rounds.values(), today)
    return tuple(
        key for key in pending_keys(context) if key.quarter in now or today > office.rounds[key.quarter].closes
    )


def last_day(context: Context, key: ReportKey) -> date:
    """The last day on which what was not sent is taken: the round's closing day, or the one a coordinator gave."""
    closes = context.facts.office.rounds[key.quarter].closes
    return max(closes, context.facts.standing(key).opened_until or closes)


def correctable_keys(context: Context) -> tuple[ReportKey, ...]:
    return tuple(key for key in open_keys(context) if key in context.facts.reports)


def accepted_keys(context: Context) -> list[ReportKey]:
    """The person's accepted reports that nobody lets them change today."""
    facts = context.facts
    return [
        key
        for key, each in facts.reports.items()
        if each.state is ReportState.ACCEPTED and not facts.standing(key).editable(facts.today)
    ]


def indicator_name(context: Context, indicator: Indicator) -> str:
    return (context.facts.language == "en" and indicator.name_en) or indicator.name


def indicator_names(context: Context, indicator: Indicator) -> tuple[str, ...]:
    """What an indicator may be called where one of several is asked for: its code, the end of it, its name."""
    return indicator.code, indicator.code.rpartition("-")[2], indicator_name(context, indicator), indicator.name


def unit_name(context: Context, unit: Unit) -> str:
    return (context.facts.language == "en" and unit.name_en) or unit.name


def sub_measure_label(context: Context, sub_measure: SubMeasure) -> str:
    return (context.facts.language == "en" and sub_measure.label_en) or sub_measure.label


def units_where(context: Context, action: Action) -> tuple[int, ...]:
    """The units, each once, in which this person may do it today."""
    facts = context.facts
    own = (each.unit_id for each in facts.memberships if each.valid_on(facts.today) and may(each.role, action))
    return tuple(dict.fromkeys(own))


def overseen(context: Context, action: Action) -> frozenset[int]:
    """Those units and all below them."""
    office = context.facts.office
    return frozenset(below for each in units_where(context, action) for below in office.within(each))


def title(context: Context, key: ReportKey) -> str:
    """One report in a list: "2300-848 · ห้องสมุดสวนลุมพินี · ไตรมาส 1/2570"."""
    office = context.facts.office
    return context.w(
        "report-title",
        code=office.indicators[key.indicator_id].code,
        unit=unit_name(context, office.units[key.unit_id]),
        quarter=str(key.quarter),
    )


def correcting(context: Context) -> bool:
    """Begun by แก้ไข: what was sent is to be opened again."""
    return bool(context.answers.get("correcting"))


def has_content(context: Context) -> bool:
    return any(name.startswith(CONTENT) and name != "pictures" for name in context.answers)


def narrative_of(context: Context) -> str:
    """The narrative so far, its messages under one another."""
    return joined(context.answers.get("narrative", {}).get("parts", []))
