"""A round as whoever looks after several units sees it: who sent in time, late, is to correct, or is missing."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from handlers.context import Context
from handlers.needs import ReportsOf
from handlers.records import ReportSummary
from handlers.report_view import reported, spoken, unit_name
from handlers.short_names import short_names
from models.rules.combining import Combined, combine_units
from models.rules.deadlines import collected, looked_after
from models.rules.fiscal import Quarter
from models.rules.office import Indicator, QuarterDates, ReportKey, UnitKind
from models.rules.standing import ReportState

Reports = dict[ReportKey, ReportSummary]


class Row(Struct, frozen=True):
    """One indicator of a round. The four add up to `keys`."""

    indicator: Indicator
    quarter: Quarter
    keys: tuple[ReportKey, ...]
    on_time: int
    late: int
    to_correct: int
    missing: tuple[ReportKey, ...]
    accepted: int
    combined: Combined | None
    """None where no unit's report is a part of the owner's."""
    reports: tuple[ReportSummary, ...] = ()
    own: ReportSummary | None = None
    """The owner's report, where it is made of the units'."""

    @property
    def later(self) -> int:
        """How many units' reports came after the owner's."""
        return sum(self.own is not None and each.submitted_at > self.own.submitted_at for each in self.reports)

    @property
    def sent(self) -> int:
        return len(self.keys) - len(self.missing)


def shown_quarters(context: Context) -> list[Quarter]:
    """Those there is work with today, the one due first before the others; else the last that was open."""
    rounds, today = context.facts.office.rounds, context.facts.today
    now = sorted(looked_after(rounds.values(), today), key=lambda each: rounds[each].due)
    begun = [each for each, dates in sorted(rounds.items()) if dates.opens <= today]
    return now or begun[-1:] or [Quarter.of(today)]


def asked_quarters(context: Context) -> list[Quarter]:
    """Those that units are asked for today: what has closed is not sent any more."""
    rounds = context.facts.office.rounds
    return sorted(collected(rounds.values(), context.facts.today), key=lambda each: rounds[each].due)


def reports_of(context: Context, units: frozenset[int], quarters: Iterable[Quarter]) -> Reports:
    """The newest standing versions of these units and of the owners above them, whatever the quarter of the years."""
    owners = {each.owner_id for each in context.facts.office.indicators.values()}
    wanted = units | owners
    found = context.find_all(ReportsOf(wanted, year) for year in sorted({each.fiscal_year for each in quarters}))
    return {each.key: each for some in found for each in some}


def rows_of(
    context: Context, units: frozenset[int], quarter: Quarter, reports: Reports, code: str | None = None
) -> list[Row]:
    """Every indicator that any of these units reports in a quarter, by their order; or the one of that code."""
    office = context.facts.office
    due: dict[int, list[ReportKey]] = {}
    for each in office.assignments:
        if each.fiscal_year == quarter.fiscal_year and quarter.number in each.quarters and each.unit_id in units:
            unit = office.units.get(each.unit_id)
            if unit is not None and unit.existed_in(quarter):
                due.setdefault(each.indicator_id, []).append(ReportKey(each.unit_id, each.indicator_id, quarter))
    indicators = [office.indicators[each] for each in due if code in {None, office.indicators[each].code}]
    return [
        _row(context, each, quarter, due[each.id], reports)
        for each in sorted(indicators, key=lambda each: (each.order, each.code))
    ]


def _row(context: Context, indicator: Indicator, quarter: Quarter, keys: list[ReportKey], reports: Reports) -> Row:
    office = context.facts.office
    # The owner's own result is made of the parts: it is no further unit that has to send.
    parts = [each for each in keys if each.unit_id != indicator.owner_id]
    keys = sorted(parts or keys, key=lambda each: office.units[each.unit_id].code)
    sent = [reports[each] for each in keys if each in reports]
    results = {each.key.unit_id: each.result for each in sent}
    returned = [each for each in sent if each.state is ReportState.RETURNED]
    late = [each for each in sent if each.late and each.state is not ReportState.RETURNED]
    return Row(
        indicator,
        quarter,
        tuple(keys),
        on_time=len(sent) - len(returned) - len(late),
        late=len(late),
        to_correct=len(returned),
        missing=tuple(each for each in keys if each not in reports),
        accepted=len([each for each in sent if each.state is ReportState.ACCEPTED]),
        combined=combine_units(office, indicator, quarter, [each.unit_id for each in keys], results) if parts else None,
        reports=tuple(sent),
        own=reports.get(ReportKey(indicator.owner_id, indicator.id, quarter)) if parts else None,
    )


def result_line(context: Context, row: Row, *, narrowed: bool = False) -> str:
    """The combined result against the owner's target, and beside what the owner sent where that is no longer the same.

    Empty where nothing is combined. Of some of the units alone (`narrowed`) it is told without what is for all of them.
    """
    if row.combined is None:
        return ""
    key = ReportKey(row.indicator.owner_id, row.indicator.id, row.quarter)
    target = None if narrowed else context.facts.office.target(key)
    result, own = row.combined.result, None if narrowed else row.own
    differs = own is not None and (own.result != result or row.later)
    return context.w(
        "round-result",
        rule=row.indicator.over_units.value,
        result=spoken(context, key, result) if result is not None else "–",
        target=spoken(context, key, target.value) if target and target.value is not None else "none",
        own=spoken(context, key, own.result) if own is not None and differs else "none",
        later=row.later,
    )


def dates_line(context: Context, quarter: Quarter) -> str:
    """The quarter with its months, when it is due, and how many days are left."""
    w, today, dates = context.w, context.facts.today, context.facts.office.rounds.get(quarter)
    if dates is None:
        state, day, days = "none", "–", 0
    elif today <= dates.due:
        state, day, days = "open", w.day(dates.due), (dates.due - today).days
    elif today <= dates.closes:
        state, day, days = "overdue", w.day(dates.closes), (today - dates.due).days
    else:
        state, day, days = "closed", w.day(dates.closes), 0
    line = w("round-quarter", quarter=str(quarter), months=w.months(quarter), state=state, day=day, days=days)
    further = after_closing(context, dates) if dates is not None and is_over(context, quarter) else ""
    return f"{line} · {further}" if further else line


def is_over(context: Context, quarter: Quarter) -> bool:
    """Whether the quarter's round has closed."""
    dates = context.facts.office.rounds.get(quarter)
    return dates is not None and context.facts.today > dates.closes


def after_closing(context: Context, dates: QuarterDates) -> str:
    """The next day that matters in a closed round, by when it is to be reviewed or evaluated; empty when over."""
    today = context.facts.today
    for which, day in (("review", dates.review), ("evaluation", dates.evaluation)):
        if day is not None and today <= day:
            return context.w("round-after-closing", which=which, day=context.w.day(day), days=(day - today).days)
    return ""


def as_of(context: Context) -> str:
    w, now = context.w, context.facts.now
    return w("status-round", at=f"{w.day(now)} {w.time(now)}")


def missing_units(context: Context, rows: Iterable[Row]) -> dict[int, list[str]]:
    """Unit id → the codes it has not sent, by unit code."""
    office = context.facts.office
    found: dict[int, list[str]] = {}
    for row in rows:
        for key in row.missing:
            found.setdefault(key.unit_id, []).append(row.indicator.code)
    return dict(sorted(found.items(), key=lambda each: office.units[each[0]].code))


def names_of(context: Context, unit_ids: Iterable[int]) -> list[str]:
    return [unit_name(context, context.facts.office.units[each]) for each in unit_ids]


def short_unit_names(context: Context) -> dict[int, str]:
    """Every unit's name as a list shows it: a library's without what all the libraries' names begin with."""
    units = sorted(context.facts.office.units.values(), key=lambda each: each.id)
    found = {each.id: unit_name(context, each) for each in units}
    libraries = [each.id for each in units if each.kind is UnitKind.LIBRARY]
    short = short_names([found[each] for each in libraries])
    if any(each[:1].isdigit() for each in short):
        return found  # a number alone would be no name
    return found | dict(zip(libraries, short, strict=True))


def quarter_line(context: Context, key: ReportKey, report: ReportSummary | None, *, named: bool = False) -> str:
    """How one report stands; its unit with it, unless that is `named` above."""
    w, office = context.w, context.facts.office
    indicator = office.indicators[key.indicator_id]
    return w(
        "status-quarter-row",
        code=indicator.code,
        unit="none" if named else unit_name(context, office.units[key.unit_id]),
        reported="yes" if report else "no",
        result=reported(context, report) if report else "–",
        day=w.day(report.submitted_at) if report else "–",
        late="yes" if report and report.late else "no",
        state=report.state.value if report else "–",
    )
