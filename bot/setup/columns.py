"""The sections of a set-up and their columns: one line a column, as docs/import.md lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.setup import cells
from models.rules.office import Accumulation, Direction, OverQuarters, OverUnits, ResultKind, Role, UnitKind, ZeroReason

FIRST_YEAR, LAST_YEAR = 2500, 2700

TYPES = ("strategic", "routine", "negotiated")
LEVELS = ("output", "outcome")
NEEDS_APPROVAL = ("yes", "no")
DAYS = ("holiday", "working")
"""Choices that no rule reads, so they are words of the file only."""

_year = cells.whole(FIRST_YEAR, LAST_YEAR)
_code = cells.code(32)


@dataclass(frozen=True, slots=True)
class Section:
    """The columns of a section, which of them a new row has to have, and which make the row what it is."""

    columns: Mapping[str, cells.Reader]
    required: tuple[str, ...]
    key: tuple[str, ...]


SUB_MEASURE = Section(
    {
        "code": _code,
        "label": cells.text,
        "label_en": cells.text,
        "unit_of_measure": cells.text,
        "other_names": cells.texts,
        "accumulation": cells.choice(Accumulation),
    },
    required=("code", "label", "unit_of_measure"),
    key=("code",),
)

SECTIONS: Mapping[str, Section] = {
    "units": Section(
        {
            "code": _code,
            "name": cells.text,
            "name_en": cells.text,
            "kind": cells.choice(UnitKind),
            "phone": cells.short(64),
            "parent": _code,
            "valid_from": cells.day,
            "valid_to": cells.day,
        },
        required=("code", "name", "kind"),
        key=("code",),
    ),
    "indicators": Section(
        {
            "code": _code,
            "order": cells.whole(0, 9_999),
            "name": cells.text,
            "name_en": cells.text,
            "owner": _code,
            "unit_of_measure": cells.text,
            "other_names": cells.texts,
            "kind": cells.choice(ResultKind),
            "part_kind": cells.choice(ResultKind),
            "question": cells.text,
            "question_en": cells.text,
            "scale_min": cells.decimal,
            "scale_max": cells.decimal,
            "type": cells.choice(TYPES),
            "level": cells.choice(LEVELS),
            "direction": cells.choice(Direction),
            "accumulation": cells.choice(Accumulation),
            "over_quarters": cells.choice(OverQuarters),
            "over_units": cells.choice(OverUnits),
            "weight": cells.decimal,
            "definition": cells.text,
            "method": cells.text,
            "data_source": cells.text,
            "strategy": cells.texts,
            "projects": cells.texts,
            "links": cells.texts,
        },
        required=("code", "name", "owner", "unit_of_measure", "kind"),
        key=("code",),
    ),
    "targets": Section(
        {
            "indicator": _code,
            "unit": _code,
            "fiscal_year": _year,
            "valid_from": cells.day,
            "value": cells.decimal,
            "text": cells.text,
            "document_number": cells.short(100),
            "reason": cells.text,
        },
        required=("indicator", "unit", "fiscal_year"),
        key=("indicator", "unit", "fiscal_year", "valid_from"),
    ),
    "activities": Section(
        {
            "indicator": _code,
            "unit": _code,
            "fiscal_year": _year,
            "valid_from": cells.day,
            "text": cells.text,
            "document_number": cells.short(100),
            "reason": cells.text,
        },
        required=("indicator", "unit", "fiscal_year", "text"),
        key=("indicator", "unit", "fiscal_year", "valid_from"),
    ),
    "assignments": Section(
        {
            "indicator": _code,
            "units": cells.codes,
            "fiscal_year": _year,
            "quarters": cells.quarters,
            "weight": cells.decimal,
        },
        required=("indicator", "units", "fiscal_year"),
        key=("indicator", "unit", "fiscal_year"),
    ),
    "rounds": Section(
        {
            "fiscal_year": _year,
            "quarter": cells.whole(1, 4),
            "opens": cells.day,
            "due": cells.day,
            "closes": cells.day,
            "review": cells.day,
            "evaluation": cells.day,
            "reminders": cells.offsets,
        },
        required=("fiscal_year", "quarter"),
        key=("fiscal_year", "quarter"),
    ),
    "holidays": Section(
        {
            "day": cells.day,
            "name": cells.short(300),
            "kind": cells.choice(DAYS),
        },
        required=("day",),
        key=("day",),
    ),
    "people": Section(
        {
            "name": cells.short(300),
            "position": cells.short(300),
            "role": cells.choice(Role),
            "units": cells.codes,
            "needs_approval": cells.choice(NEEDS_APPROVAL),
        },
        required=("name", "role", "units"),
        key=("name", "role", "units"),
    ),
    "results": Section(
        {
            "indicator": _code,
            "unit": _code,
            "fiscal_year": _year,
            "quarter": cells.whole(1, 4),
            "result": cells.text,
            "narrative": cells.text,
            "zero_reason": cells.choice(ZeroReason),
            "sub_measures": cells.pairs,
            "reported_on": cells.day,
            "reporter": cells.short(300),
        },
        required=("indicator", "unit", "fiscal_year", "quarter", "result"),
        key=("indicator", "unit", "fiscal_year", "quarter"),
    ),
    "criteria": Section(
        {
            "fiscal_year": _year,
            "code": _code,
            "label": cells.text,
            "label_en": cells.text,
            "maximum": cells.decimal,
            "order": cells.whole(0, 9_999),
        },
        required=("fiscal_year", "code", "maximum"),
        key=("fiscal_year", "code"),
    ),
    "evaluations": Section(
        {
            "indicator": _code,
            "fiscal_year": _year,
            "quarter": cells.whole(1, 4),
            "overall": cells.decimal,
            "scores": cells.pairs,
            "comment": cells.text,
            "evaluated_on": cells.day,
        },
        required=("indicator", "fiscal_year", "quarter"),
        key=("indicator", "fiscal_year", "quarter"),
    ),
    "year_summaries": Section(
        {"indicator": _code, "fiscal_year": _year, "text": cells.text},
        required=("indicator", "fiscal_year", "text"),
        key=("indicator", "fiscal_year"),
    ),
}
