"""An evaluation as a turn enters it, as rows."""

from __future__ import annotations

from decimal import Decimal

from bot import statements
from bot.apply import TurnOf, Writes
from handlers.effects import Evaluate

_SIX_PLACES = Decimal("0.000001")


def evaluate(writes: Writes, turn: TurnOf, effect: Evaluate) -> None:
    """Store a further version. The same one by somebody else breaks the unique key, and the turn is redone."""
    evaluation_id, quarter, version = str(turn.new_id()), effect.quarter, effect.base_version + 1
    overall = None if effect.overall is None else effect.overall.quantize(_SIX_PLACES)
    writes.add(
        statements.ADD_EVALUATION,
        *(evaluation_id, effect.indicator_id, quarter.fiscal_year, quarter.number, version, overall),
        *(effect.comment, turn.person_id, turn.now),
    )
    for criterion_id, score in effect.scores.items():
        row = (str(turn.new_id()), evaluation_id, criterion_id, score.quantize(_SIX_PLACES))
        writes.add(statements.ADD_EVALUATION_SCORE, *row)
    code = turn.facts.office.indicators[effect.indicator_id].code
    codes = {each.id: each.code for each in turn.facts.office.criteria.get(quarter.fiscal_year, ())}
    after = {
        "version": version,
        "overall": None if effect.overall is None else str(effect.overall),
        "scores": {codes[each]: str(score) for each, score in effect.scores.items()},
    }
    before = {"version": effect.base_version} if effect.base_version else None
    writes.audit(turn, "evaluation.enter", f"evaluation {code} {quarter}", before, after)
