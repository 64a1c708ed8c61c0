"""The pages' data as JSON. What is absent is null; numbers are exact decimals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from bot.pages.published import (
    Accepted,
    Activity,
    Evaluation,
    IndicatorFacts,
    IndicatorPage,
    Named,
    QuarterOfYear,
    Target,
    UnitPage,
)
from models.rules.office import ResultKind
from models.rules.progress import Progress

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def encoded(document: dict[str, Any]) -> bytes:
    """A document as JSON in UTF-8."""
    return _ENCODER.encode(document)


def indicator_document(page: IndicatorPage, base_url: str) -> dict[str, Any]:
    """An indicator's page; its shape is `Indicator` in the OpenAPI document."""
    return {
        "fiscal_year": page.fiscal_year,
        "fiscal_years": list(page.years),
        **_facts(page.indicator),
        "accumulation": str(page.accumulation),
        "unit": _named(page.unit),
        "target": _target(page.target),
        **_progress(page.progress),
        "quarters": [
            {
                **_quarter(page.indicator.kind, row),
                "evaluation": _evaluation(row.evaluation),
                "sub_measures": [
                    {
                        "code": each.code,
                        "label": each.label,
                        "unit_of_measure": each.unit_of_measure,
                        "value": each.values.get(row.quarter),
                    }
                    for each in page.sub_measures
                ],
            }
            for row in page.quarters
        ],
        "units": [
            {
                **_named(each.unit),
                "quarters": [
                    {
                        "quarter": row.quarter.number,
                        "due": each.is_due(row.quarter),
                        "report": _report(page.indicator.part_kind, each.accepted.get(row.quarter)),
                    }
                    for row in page.quarters
                ],
            }
            for each in page.units
        ],
        "pictures": [
            {
                "quarter": each.quarter.number,
                "unit": _named(each.unit),
                "url": f"{base_url}/pictures/{each.id}.jpg",
            }
            for each in page.pictures
        ],
        "targets": [_target(each) for each in page.targets],
        "activities": [_activity(each) for each in page.activities],
        "summary": page.summary or None,
        "definition": page.definition,
        "method": page.method,
        "data_source": page.data_source,
        "strategy": list(page.strategy),
        "projects": list(page.projects),
        "links": [{"label": each.label, "url": each.url or None} for each in page.links],
        "accepted_at": page.accepted_at,
    }


def unit_document(page: UnitPage) -> dict[str, Any]:
    """A unit's page; its shape is `Unit` in the OpenAPI document."""
    return {
        "fiscal_year": page.fiscal_year,
        "fiscal_years": list(page.years),
        **_named(page.unit),
        "kind": page.kind,
        "parent": None if page.parent is None else _named(page.parent),
        "indicators": [
            {
                **_facts(each.indicator),
                "target": _target(each.target),
                **_progress(each.progress),
                "quarters": [_quarter(each.kind, row) for row in each.quarters],
                "targets": [_target(target) for target in each.targets],
                "activities": [_activity(activity) for activity in each.activities],
            }
            for each in page.indicators
        ],
        "units_below": [_named(each) for each in page.below],
    }


def _named(named: Named) -> dict[str, Any]:
    return {"code": named.code, "name": named.name, "name_en": named.name_en or None}


def _facts(indicator: IndicatorFacts) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "order": indicator.order,
        "name": indicator.name,
        "name_en": indicator.name_en or None,
        "unit_of_measure": indicator.unit_of_measure,
        "type": indicator.type or None,
        "level": indicator.level or None,
        "direction": str(indicator.direction),
        "over_quarters": indicator.over_quarters,
        "over_units": indicator.over_units,
    }


def _target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    return {
        "value": target.value,
        "text": target.text,
        "valid_from": target.valid_from,
        "document_number": target.document_number,
        "reason": target.reason,
    }


def _activity(activity: Activity) -> dict[str, Any]:
    return {
        "valid_from": activity.valid_from,
        "text": activity.text,
        "document_number": activity.document_number,
        "reason": activity.reason,
    }


def _progress(reached: Progress) -> dict[str, Decimal | None]:
    return {"result": reached.result, "percent_of_target": reached.percent}


def _quarter(kind: ResultKind, row: QuarterOfYear) -> dict[str, Any]:
    combined = row.combined
    return {
        "quarter": row.quarter.number,
        "first_day": row.quarter.first_day,
        "last_day": row.quarter.last_day,
        "due": row.due,
        "target": None if row.target is None else row.target.value,
        "result": row.result,
        "report": _report(kind, row.accepted),
        "combined": None
        if combined is None
        else {"result": combined.result, "reported": combined.reported, "units": combined.units},
    }


def _report(kind: ResultKind, accepted: Accepted | None) -> dict[str, Any] | None:
    if accepted is None:
        return None
    return {
        "result": accepted.result,
        "answer": accepted.answer if kind is ResultKind.YES_NO else None,
        "zero_reason": accepted.zero_reason or None,
        "narrative": accepted.narrative or None,
        "version": accepted.version,
        "newest_version": accepted.newest,
        "accepted_at": accepted.accepted_at,
    }


def _evaluation(evaluation: Evaluation | None) -> dict[str, Any] | None:
    if evaluation is None:
        return None
    scores: Sequence[dict[str, Any]] = [
        {"code": each.code, "label": each.label, "maximum": each.maximum, "score": each.score}
        for each in evaluation.scores
    ]
    return {
        "overall": evaluation.overall,
        "comment": evaluation.comment,
        "evaluated_at": evaluation.at,
        "scores": list(scores),
    }
