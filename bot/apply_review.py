"""Reviews, requests and what granting one changes, as rows."""

from __future__ import annotations

from datetime import timedelta

from bot import sql, statements
from bot.apply import Conflict, Stored, StoredReport, TurnOf, Writes
from bot.delivery.outgoing import Outgoing, unasked
from bot.reminders.statements import ADD_NOTICE, LET_IN, NO_LONGER_SO
from handlers.effects import AddActivity, AddTarget, Ask, Decide, EndMembership, Review, Tell
from handlers.remind import ASKED, DECIDED, REVIEW, decided, subject_of
from models.rules.standing import TO_REVIEW, Decision, ReportState


def decisions(
    writes: Writes,
    turn: TurnOf,
    effect: Review | Ask | Decide | AddActivity | AddTarget | EndMembership,
    stored: Stored,
) -> None:
    """What a coordinator decides, what is asked of them, and what a grant changes. Raises Conflict as each does."""
    match effect:
        case Review():
            review(writes, turn, effect, stored)
        case Ask():
            ask(writes, turn, effect)
        case Decide():
            decide(writes, turn, effect, stored)
        case _:
            granted(writes, turn, effect)


def tell(writes: Writes, turn: TurnOf, effect: Tell, stored: Stored) -> Outgoing | None:
    """A decision about a person as a push; what follows shortly is kept, to be told together, in working hours."""
    chat_id, now = stored.chats.get(effect.person_id), turn.now
    if chat_id is None:
        return None
    first = effect.person_id not in stored.told
    stored.told.add(effect.person_id)
    subject = subject_of(effect.about) if effect.about else ""
    kept = (sql.packed({} if first else decided(effect.say)), not first, now, None, now if first else None)
    writes.add(ADD_NOTICE, str(turn.new_id()), effect.person_id, DECIDED, subject, *kept)
    return unasked(effect.say, chat_id, now=now, new_id=turn.new_id) if first else None


def review(writes: Writes, turn: TurnOf, effect: Review, stored: Stored) -> None:
    """Accept a version or send it back; raises Conflict when it is no longer the newest, or was decided meanwhile."""
    found = stored.reports.get(effect.key)
    if found is None or found.version != effect.version or found.state not in TO_REVIEW:
        raise Conflict
    before = {"state": found.state}
    writes.add(NO_LONGER_SO, REVIEW, "")
    decided = (effect.version, effect.decision.value, effect.reason, effect.question, turn.person_id, turn.now)
    writes.add(statements.ADD_REVIEW, str(turn.new_id()), found.id, *decided)
    if effect.decision is Decision.ACCEPTED:
        state = ReportState.ACCEPTED
        writes.add(statements.ACCEPT_REPORT, effect.version, found.id)
        writes.add(statements.USE_EDITS, *sql.key_columns(effect.key))
    else:
        state = ReportState.RETURNED
        writes.add(statements.RETURN_REPORT, found.id)
    stored.reports[effect.key] = StoredReport(found.id, found.number, found.version, state)
    after = {"state": state.value, "version": effect.version, "reason": effect.reason, "question": effect.question}
    writes.audit(turn, f"report.{effect.decision.value}", turn.report_subject(effect.key), before, after)


def ask(writes: Writes, turn: TurnOf, effect: Ask) -> None:
    """Keep a request until a coordinator decides it."""
    quarter = effect.quarter
    about = (effect.unit_id, effect.indicator_id)
    when = (quarter.fiscal_year, quarter.number) if quarter else (None, None)
    request_id = str(turn.new_id())
    kept = (turn.person_id, effect.reason, sql.packed(dict(effect.data)), "waiting", turn.now, "")
    writes.add(statements.ADD_REQUEST, request_id, effect.kind.value, *about, *when, *kept)
    after = {"kind": effect.kind.value, "unit": turn.facts.office.units[effect.unit_id].code, "reason": effect.reason}
    writes.audit(turn, "request.ask", f"request {request_id}", None, after)
    writes.tell_coordinators(turn, "requests", effect.unit_id, f"request {request_id}")


def decide(writes: Writes, turn: TurnOf, effect: Decide, stored: Stored) -> None:
    """Grant or refuse a request; raises Conflict when another coordinator was faster."""
    if stored.requests.get(effect.request_id) != "waiting":
        raise Conflict
    state = "granted" if effect.granted else "refused"
    stored.requests[effect.request_id] = state
    writes.add(NO_LONGER_SO, ASKED, f"request {effect.request_id}")
    writes.add(NO_LONGER_SO, REVIEW, "")
    writes.add(
        statements.DECIDE_REQUEST, state, effect.until, turn.person_id, turn.now, effect.answer, effect.request_id
    )
    after = {"state": state, "until": effect.until.isoformat() if effect.until else None, "answer": effect.answer}
    writes.audit(turn, f"request.{state}", f"request {effect.request_id}", {"state": "waiting"}, after)


def granted(writes: Writes, turn: TurnOf, effect: AddActivity | AddTarget | EndMembership) -> None:
    """What a granted request changes in the set-up, which is then read again."""
    match effect:
        case EndMembership(membership_id):
            yesterday = turn.facts.today - timedelta(days=1)
            writes.add(statements.END_MEMBERSHIP, yesterday, membership_id, yesterday)
            writes.add(LET_IN, membership_id)
            writes.audit(
                turn, "membership.end", f"membership {membership_id}", None, {"valid_to": yesterday.isoformat()}
            )
        case AddActivity(key, valid_from, text, reason):
            row = (key.unit_id, key.indicator_id, key.quarter.fiscal_year, valid_from, text, "", reason)
            writes.add(statements.ADD_ACTIVITY, *row)
            after = {"valid_from": valid_from.isoformat(), "text": text}
            writes.audit(turn, "activity.add", turn.report_subject(key), None, after)
        case AddTarget(key, valid_from, value, document_number, reason):
            about = (key.unit_id, key.indicator_id, key.quarter.fiscal_year, valid_from)
            writes.add(statements.ADD_TARGET, *about, value, "", document_number, reason)
            changed = {"valid_from": valid_from.isoformat(), "value": format(value, "f"), "document": document_number}
            writes.audit(turn, "target.add", turn.report_subject(key), None, changed)
    writes.add(statements.RAISE_REVISION, 1)
