"""เปิดเผยรูป 1/2570-07: pictures are internal until a coordinator makes those of a report public; ปิดรูป undoes it."""

from __future__ import annotations

from handlers.context import Context
from handlers.effects import PublishEvidence, Say, Turn
from handlers.idle import idle_buttons
from handlers.needs import ReportByNumber
from handlers.records import NumberedReport
from handlers.report_view import overseen, title
from models.rules.fiscal import Quarter
from models.rules.permissions import Action


def publish(context: Context, rest: str, *, public: bool) -> Turn:
    """`rest` is a receipt's number, "1/2570-07". Only for whoever coordinates the unit that reported."""
    w, own = context.w, overseen(context, Action.PUBLISH_EVIDENCE)
    if not own:
        return _said(context, w("publish-not-yours"))
    if not rest:
        return _said(context, w("publish-how"))
    quarter, _, number = rest.rpartition("-")
    found: NumberedReport | None = context.find(ReportByNumber(Quarter.parse(quarter), int(number)))
    if found is None or found.key.unit_id not in own:
        return _said(context, w("publish-unknown", number=rest))
    name = title(context, found.key)
    if not found.pictures:
        return _said(context, w("publish-none", title=name))
    done = w("publish-done" if public else "publish-hidden", count=found.pictures, title=name)
    effect = PublishEvidence(found.key, found.version_id, public)
    return Turn(context.session, (effect, Say(done, idle_buttons(context))))


def _said(context: Context, text: str) -> Turn:
    return Turn(context.session, (Say(text, idle_buttons(context)),))
