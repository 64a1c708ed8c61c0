"""Drafts and reports: what a turn keeps of them, as rows."""

from __future__ import annotations

from decimal import Decimal

from bot import sql, statements
from bot.apply import Conflict, Stored, StoredDraft, StoredReport, TurnOf, Writes
from bot.apply_evidence import submit_evidence
from bot.reminders.statements import NO_LONGER_SO
from handlers.effects import CancelDraft, KeepDraft, Submit, Withdraw
from handlers.remind import DECIDED, subject_of
from models.rules.standing import ReportState


def keep_draft(writes: Writes, turn: TurnOf, effect: KeepDraft, stored: Stored) -> None:
    """Store a draft's answers; raises Conflict when another revision is stored than the turn saw."""
    key, found = effect.key, stored.drafts.get(effect.key)
    seen = found.revision if found is not None and found.live else 0
    if effect.seen_revision != seen:
        raise Conflict
    revision = seen + 1
    answers = sql.packed(effect.answers)
    person, now = turn.person_id, turn.now
    if found is None:
        found = StoredDraft(str(turn.new_id()), revision, live=True)
        began = (person, now, person, now)
        writes.add(
            statements.SAVE_DRAFT, found.id, *sql.key_columns(key), answers, revision, effect.base_version, *began
        )
    elif found.live:
        writes.add(statements.CONTINUE_DRAFT, answers, revision, effect.base_version, person, now, found.id)
    else:
        began = (person, now, person, now)
        writes.add(statements.BEGIN_DRAFT_AGAIN, answers, revision, effect.base_version, *began, found.id)
    stored.drafts[key] = StoredDraft(found.id, revision, live=True)
    before: dict[str, object] = {"revision": seen}
    old = turn.facts.drafts.get(key)
    if old is not None and any(name not in effect.answers for name in old.answers):
        before["answers"] = dict(old.answers)  # what is overwritten can still be found
    writes.audit(turn, "draft.keep", turn.report_subject(key), before, {"revision": revision})


def cancel_draft(writes: Writes, turn: TurnOf, effect: CancelDraft, stored: Stored) -> None:
    """Put a draft aside; raises Conflict when another revision is stored than the turn saw."""
    found = stored.drafts.get(effect.key)
    if found is None or not found.live:
        if effect.seen_revision:
            raise Conflict
        return  # cancelled before anything was answered: there is no row to put aside
    if found.revision != effect.seen_revision:
        raise Conflict
    revision = found.revision + 1
    writes.add(statements.CANCEL_DRAFT, turn.now, revision, turn.now, found.id)
    stored.drafts[effect.key] = StoredDraft(found.id, revision, live=True)
    subject = turn.report_subject(effect.key)
    writes.audit(turn, "draft.cancel", subject, {"revision": found.revision}, {"revision": revision})


def submit(writes: Writes, turn: TurnOf, effect: Submit, stored: Stored) -> None:
    """Store a new version and finish the draft; raises Conflict when a newer version is stored than it began from."""
    key, found = effect.key, stored.reports.get(effect.key)
    before = found.version if found is not None else 0
    state = found.state if found is not None else None
    if effect.base_version != before or effect.seen_state != state:
        raise Conflict
    version = before + 1
    if found is None:
        found = StoredReport(str(turn.new_id()), effect.number, version, effect.state)
        writes.add(statements.ADD_REPORT, found.id, *sql.key_columns(key), effect.number, version, effect.state.value)
    else:
        writes.add(statements.RAISE_REPORT, version, effect.state.value, found.id)
    stored.reports[key] = StoredReport(found.id, found.number, version, effect.state)
    if state == ReportState.RETURNED:
        writes.add(NO_LONGER_SO, DECIDED, subject_of(key))
    version_id = str(turn.new_id())
    writes.add(
        statements.ADD_VERSION,
        *(version_id, found.id, version, _plain(effect.answer), _stored(effect.result), effect.zero_reason),
        *(effect.narrative, effect.explanation, turn.now, effect.late, turn.person_id),
        *(effect.reporter_name, effect.reporter_position, effect.on_behalf_of, sql.packed(list(effect.message_ids))),
    )
    _details(writes, turn, effect, version_id)
    submit_evidence(writes, key, version_id)
    draft = stored.drafts.get(key)
    if draft is not None and draft.live:
        writes.add(statements.FINISH_DRAFT, turn.now, turn.now, draft.id)
        stored.drafts[key] = StoredDraft(draft.id, draft.revision, live=False)
    after = {"version": version, "number": found.number, "result": _plain(effect.result), "late": effect.late}
    writes.audit(turn, "report.submit", turn.report_subject(key), {"version": before} if before else None, after)


def withdraw(writes: Writes, turn: TurnOf, effect: Withdraw, stored: Stored) -> None:
    """Take a report back, versions and number kept; raises Conflict when a newer version is stored than was seen."""
    found = stored.reports.get(effect.key)
    if found is None or found.version != effect.version:
        raise Conflict
    writes.add(statements.WITHDRAW_REPORT, "withdrawn", found.id)
    if found.state == ReportState.RETURNED:
        writes.add(NO_LONGER_SO, DECIDED, subject_of(effect.key))
    after = {"state": "withdrawn", "reason": effect.reason}
    writes.audit(turn, "report.withdraw", turn.report_subject(effect.key), {"version": found.version}, after)


def _details(writes: Writes, turn: TurnOf, effect: Submit, version_id: str) -> None:
    declared = {each.code: each.id for each in turn.facts.office.indicators[effect.key.indicator_id].sub_measures}
    for code, value in effect.sub_measures.items():
        writes.add(statements.ADD_SUB_MEASURE, str(turn.new_id()), version_id, declared[code], _stored(value))
    for warning in effect.warnings:
        writes.add(statements.ADD_WARNING, str(turn.new_id()), version_id, warning.rule, sql.packed(dict(warning.data)))


def _stored(value: Decimal) -> Decimal:
    """Six places, as the column says: PostgreSQL would round what SQLite keeps."""
    return value.quantize(Decimal("0.000001"))


def _plain(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
