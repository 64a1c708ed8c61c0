"""A stage's drafts, and what a turn changes in its set-up, as the shell would store them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec.structs import replace

from handlers.effects import AddTarget, CancelDraft, KeepDraft, MoveRound
from handlers.records import Draft, Person
from models.rules.office import Target

if TYPE_CHECKING:
    from tests.handlers.stage import Stage


def apply_draft(stage: Stage, person: Person | None, effect: KeepDraft | CancelDraft) -> None:
    """What was cancelled too long ago is as good as not there; what was never kept need not be put aside."""
    stored = stage.drafts.get(effect.key)
    live = stored if stored and stage.is_live(stored) else None
    assert (live.revision if live else 0) == effect.seen_revision, "a conflict that the facts should have shown"
    match effect:
        case KeepDraft(key, answers, seen, base):
            assert person is not None
            mine = (person.id, person.name, stage.now)
            begun = (live.begun_by, live.begun_by_name, live.begun_at) if live else mine
            stage.drafts[key] = Draft(key, json.loads(json.dumps(answers)), seen + 1, base, *begun, *mine)
        case CancelDraft(key) if live is not None:
            stage.drafts[key] = replace(live, cancelled_at=stage.now, revision=live.revision + 1)


def set_up(stage: Stage, effect: MoveRound | AddTarget) -> None:
    """The office is read again after either."""
    office = stage.office
    match effect:
        case MoveRound(_, after):
            office = replace(office, rounds={**office.rounds, after.quarter: after})
        case AddTarget(key, valid_from, value):
            target = Target(key.unit_id, key.indicator_id, key.quarter.fiscal_year, valid_from, value)
            office = replace(office, targets=(*office.targets, target))
    stage.office = replace(office, revision=office.revision + 1)
