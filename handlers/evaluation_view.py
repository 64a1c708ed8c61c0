"""ผลประเมิน: what the evaluators gave, read by all concerned. What was not given is –, which is not zero."""

from __future__ import annotations

from handlers.context import Context
from handlers.effects import Say
from handlers.idle import idle_buttons
from handlers.narrowing import indicators_concerned, narrowing, unknown_code
from handlers.needs import EvaluationsOf
from handlers.records import EvaluationSummary
from handlers.report_questions import first_words
from handlers.report_view import quarter_name
from models.rules.fiscal import Quarter
from models.rules.office import Criterion, Indicator

EXCERPT = 200
"""Characters of a comment that stands among others."""
MOST_SHOWN = 6
"""Evaluations in one answer; the rest is narrowed down by code or quarter."""


def evaluation(context: Context, rest: str = "") -> Say:
    """The answer to ผลประเมิน, narrowed by code, and by quarter or year."""
    w, wanted = context.w, narrowing(context, rest)
    if unknown := unknown_code(context, wanted):
        return unknown
    concerned = [each for each in indicators_concerned(context) if wanted.code in {None, each.code}]
    narrowed = wanted.quarter or wanted.year
    years = [wanted.fiscal_year(Quarter.of(context.facts.today))] if narrowed else shown_years(context)
    found = [each for each in newest(context, concerned, years) if wanted.quarter in {None, each.quarter}]
    if not found:
        said = w(
            "evaluation-none",
            code=wanted.code or "none",
            quarter=str(wanted.quarter) if wanted.quarter else "none",
            year=str(wanted.year) if wanted.year else "none",
        )
        return Say(said, idle_buttons(context))
    parts = [evaluation_text(context, each, whole=len(found) == 1) for each in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        parts.append(w("evaluation-narrow", count=len(found) - MOST_SHOWN))
    return Say("\n\n".join(parts), idle_buttons(context))


def shown_years(context: Context) -> list[int]:
    """This year and the one before: an evaluation comes after its quarter."""
    year = Quarter.of(context.facts.today).fiscal_year
    return [year, year - 1]


def newest(context: Context, indicators: list[Indicator], years: list[int]) -> list[EvaluationSummary]:
    """The newest evaluations of these, the latest quarter first, then as the indicators stand."""
    ids = frozenset(each.id for each in indicators)
    if not ids:
        return []
    found = [each for some in context.find_all(EvaluationsOf(ids, year) for year in years) for each in some]
    order = {each.id: place for place, each in enumerate(indicators)}
    found.sort(key=lambda each: order[each.indicator_id])
    return sorted(found, key=lambda each: each.quarter, reverse=True)


def evaluation_text(context: Context, given: EvaluationSummary, *, whole: bool = True) -> str:
    """One quarter's evaluation: overall score, criteria with their maximum, comment, when.

    Not `whole`: among others, with the beginning of a long comment and the words that show all of it.
    """
    w, indicator = context.w, context.facts.office.indicators[given.indicator_id]
    rows = [
        w("evaluation-head", code=indicator.code, quarter=quarter_name(context, given.quarter)),
        w("evaluation-overall", score=w.amount(given.overall) if given.overall is not None else "–"),
    ]
    rows += [
        score_line(context, each, given) for each in context.facts.office.criteria.get(given.quarter.fiscal_year, ())
    ]
    if given.comment and (whole or len(given.comment) <= EXCERPT):
        rows.append(w("evaluation-comment", text=given.comment))
    elif given.comment:
        rows.append(w("evaluation-comment", text=first_words(given.comment, EXCERPT)))
        rows.append(w("evaluation-read-all", code=indicator.code, quarter=str(given.quarter)))
    rows.append(w("evaluation-at", day=w.day(given.evaluated_at), version=given.version))
    return "\n".join(rows)


def score_line(context: Context, criterion: Criterion, given: EvaluationSummary) -> str:
    score = given.scores.get(criterion.code)
    return context.w(
        "evaluation-score",
        criterion=criterion_name(context, criterion),
        score=context.w.amount(score) if score is not None else "none",
        maximum=criterion.maximum,
    )


def criterion_name(context: Context, criterion: Criterion) -> str:
    """A criterion as it is called, "2.1 ความครบถ้วน"; the code alone where it has no label."""
    label = (context.facts.language == "en" and criterion.label_en) or criterion.label
    return f"{criterion.code} {label}".strip()
