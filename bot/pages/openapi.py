"""The OpenAPI document of the public data."""

from __future__ import annotations

from typing import Any

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "number"}
_WHOLE: dict[str, Any] = {"type": "integer"}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}
_MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]} if "type" in schema else {"anyOf": [schema, {"type": "null"}]}


def _named(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(description: str, **properties: dict[str, Any]) -> dict[str, Any]:
    """Every property is always there; what is absent is null."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_FACTS: dict[str, dict[str, Any]] = {
    "code": _TEXT,
    "order": _WHOLE,
    "name": _TEXT,
    "name_en": _or_null(_TEXT),
    "unit_of_measure": _TEXT,
    "type": {"enum": ["strategic", "routine", "negotiated", None]},
    "level": {"enum": ["output", "outcome", None]},
    "direction": {"enum": ["up", "down"]},
    "over_quarters": {"enum": ["latest", "sum", "mean", "maximum"]},
    "over_units": {"enum": ["sum", "count_met", "weighted_mean"]},
}
_PROGRESS = {"result": _or_null(_NUMBER), "percent_of_target": _or_null(_NUMBER)}
_DUE = {"type": "boolean", "description": "False: nothing is to be reported in this quarter, so nothing is missing."}
_QUARTER = {
    "quarter": {"type": "integer", "minimum": 1, "maximum": 4},
    "first_day": _DAY,
    "last_day": _DAY,
    "due": _DUE,
    "target": _or_null(_NUMBER),
    "result": {**_or_null(_NUMBER), "description": "Null: not reported, or not accepted yet. Never zero for that."},
    "report": _or_null(_named("Report")),
    "combined": _or_null(_named("Combined")),
}

_SCHEMAS: dict[str, Any] = {
    "Named": _object("A unit.", code=_TEXT, name=_TEXT, name_en=_or_null(_TEXT)),
    "Target": _object(
        "A target from a day on.",
        value=_or_null(_NUMBER),
        text=_TEXT,
        valid_from=_DAY,
        document_number=_TEXT,
        reason=_TEXT,
    ),
    "Activity": _object("An activity from a day on.", valid_from=_DAY, text=_TEXT, document_number=_TEXT, reason=_TEXT),
    "Report": _object(
        "One quarter of one unit as it was accepted.",
        result=_NUMBER,
        answer={"enum": ["yes", "in_progress", "no", None], "description": "Where one unit answers yes or no."},
        zero_reason={"enum": ["in_progress", "prevented", "activity_change", "not_planned", None]},
        narrative=_or_null(_TEXT),
        version=_WHOLE,
        newest_version={**_WHOLE, "description": "Greater than version where a newer one waits to be accepted."},
        accepted_at=_or_null(_MOMENT),
    ),
    "Combined": _object(
        "An indicator whose owner does not report itself: its units' results by the indicator's rule.",
        result=_or_null(_NUMBER),
        reported=_WHOLE,
        units=_WHOLE,
    ),
    "Evaluation": _object(
        "What the evaluators gave for a quarter. Null: not evaluated, which is not zero.",
        overall=_or_null(_NUMBER),
        comment=_TEXT,
        evaluated_at=_MOMENT,
        scores=_list(_object("A criterion.", code=_TEXT, label=_TEXT, maximum=_NUMBER, score=_or_null(_NUMBER))),
    ),
    "Indicator": _object(
        "An indicator's page of one fiscal year (พ.ศ., named after the year it ends in).",
        fiscal_year=_WHOLE,
        fiscal_years=_list(_WHOLE),
        **_FACTS,
        accumulation={"enum": ["cumulative", "per_quarter"]},
        unit=_named("Named"),
        target=_or_null(_named("Target")),
        **_PROGRESS,
        quarters=_list(
            _object(
                "A quarter.",
                **_QUARTER,
                evaluation=_or_null(_named("Evaluation")),
                sub_measures=_list(
                    _object("A further count.", code=_TEXT, label=_TEXT, unit_of_measure=_TEXT, value=_or_null(_NUMBER))
                ),
            )
        ),
        units=_list(
            _object(
                "A unit behind the number.",
                code=_TEXT,
                name=_TEXT,
                name_en=_or_null(_TEXT),
                quarters=_list(_object("A quarter.", quarter=_WHOLE, due=_DUE, report=_or_null(_named("Report")))),
            )
        ),
        pictures=_list(_object("A public picture.", quarter=_WHOLE, unit=_named("Named"), url=_TEXT)),
        targets=_list(_named("Target")),
        activities=_list(_named("Activity")),
        summary=_or_null(_TEXT),
        definition=_TEXT,
        method=_TEXT,
        data_source=_TEXT,
        strategy=_list(_TEXT),
        projects=_list(_TEXT),
        links=_list(_object("A link.", label=_TEXT, url=_or_null(_TEXT))),
        accepted_at=_or_null(_MOMENT),
    ),
    "Unit": _object(
        "A unit's page of one fiscal year.",
        fiscal_year=_WHOLE,
        fiscal_years=_list(_WHOLE),
        code=_TEXT,
        name=_TEXT,
        name_en=_or_null(_TEXT),
        kind={"enum": ["bureau", "division", "library"]},
        parent=_or_null(_named("Named")),
        indicators=_list(
            _object(
                "An indicator in this unit.",
                **_FACTS,
                target=_or_null(_named("Target")),
                **_PROGRESS,
                quarters=_list(_object("A quarter.", **_QUARTER)),
                targets=_list(_named("Target")),
                activities=_list(_named("Activity")),
            )
        ),
        units_below=_list(_named("Named")),
    ),
    "Missing": _object("Nothing is there, and what may have been meant.", error=_TEXT, nearest=_list(_TEXT)),
}

FORMATS = {
    "": "text/html",
    ".json": "application/json",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".png": "image/png",
}
"""The ending of an address → what it gives."""


def document(base_url: str, version: str) -> dict[str, Any]:
    """The document (OpenAPI 3.1)."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "รายงานตัวชี้วัด · Indicator reports",
            "version": version,
            "description": "What was accepted of the quarterly indicators. Each answer has an ETag; ask again with it.",
        },
        "servers": [{"url": base_url}],
        "paths": {
            f"{path}{ending}": {"get": _operation(ending, schema, code)}
            for path, schema, code in (
                ("/indicators/{fiscal_year}/{code}", "Indicator", "code"),
                ("/units/{unit_code}/{fiscal_year}", "Unit", "unit_code"),
            )
            for ending in FORMATS
        },
        "components": {"schemas": _SCHEMAS},
    }


def _operation(ending: str, schema: str, code: str) -> dict[str, Any]:
    shape = _named(schema) if ending == ".json" else {"type": "string"}
    dressed = {"": ("lang", "digits"), ".pdf": ("lang", "digits")}
    queries = dressed.get(ending, () if ending == ".json" else ("lang",))
    choices = {"lang": ["th", "en"], "digits": ["arabic", "thai"]}
    return {
        "summary": f"{schema}, {FORMATS[ending]}",
        "parameters": [
            {"name": "fiscal_year", "in": "path", "required": True, "schema": _WHOLE, "example": 2570},
            {"name": code, "in": "path", "required": True, "schema": _TEXT},
            *({"name": each, "in": "query", "schema": {"enum": choices[each]}} for each in queries),
        ],
        "responses": {
            "200": {"description": "The page.", "content": {FORMATS[ending]: {"schema": shape}}},
            "304": {"description": "Unchanged since the ETag that was sent in If-None-Match."},
            "404": {
                "description": "No such page.",
                "content": {"application/json": {"schema": _named("Missing")}} if ending == ".json" else {},
            },
        },
    }
