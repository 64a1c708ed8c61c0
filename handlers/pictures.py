"""Pictures as evidence: sent at any moment of a report, kept with its draft, optional. The shell fetches them later."""

from __future__ import annotations

from msgspec.structs import replace

from handlers import asking, engine
from handlers.asking import MESSAGES
from handlers.buttons import answer_button, command_button
from handlers.context import Context
from handlers.effects import Button, KeepEvidence, Say, Turn
from handlers.events import Event, Media
from handlers.report import REPORT, draft_is_unseen
from handlers.report_view import SETS, key_of

MOST_PICTURES = 10
"""For one report: enough to show, few enough to look at."""


def take_picture(context: Context, event: Event, media: Media) -> Turn | None:
    """Keep a picture with the report under way; None when there is none. Several chosen together get one answer."""
    key, w = key_of(context), context.w
    if context.session.conversation != REPORT.name or key is None or draft_is_unseen(context):
        return None
    pictures: list[str] = context.answers.get("pictures", [])
    stored = context.facts.pictures.get(key)
    sent = stored.sent if stored else 0
    fits = not media.external and bool(event.message_id) and len(pictures) + sent < MOST_PICTURES
    taken = [*pictures, event.message_id] if fits else pictures
    sets: dict[str, list[int]] = dict(context.answers.get(SETS, {}))
    arrived, left_out = sets.get(media.set_id, [0, 0]) if media.set_id else [0, 0]
    arrived, left_out = arrived + 1, left_out + (0 if fits else 1)
    if media.set_id:
        sets[media.set_id] = [arrived, left_out]
    sources = {**context.answers.get(MESSAGES, {}), "pictures": taken}
    changed = context.answered({"pictures": taken or None, MESSAGES: sources, SETS: sets or None})
    said = [w("picture-received", count=len(taken) + sent)] if taken else []
    if left_out:
        said.append(w("picture-left-out", count=left_out, most=MOST_PICTURES))
    turn = asking.ask(REPORT, changed, "\n".join(said), brief=True)
    if not turn.session.conversation:
        return asking.ask(REPORT, context)  # refused meanwhile, and the picture not taken: the round closed
    # More of the same set is on its way: its last picture is answered for all.
    told = () if media.set_id and arrived < media.set_total else (Say("\n".join(said), ways_on(changed, turn)),)
    kept = engine.kept(REPORT, context, replace(turn, effects=told))
    return replace(kept, effects=(KeepEvidence(key, (event.message_id,)), *kept.effects)) if fits else kept


def ways_on(context: Context, turn: Turn) -> tuple[Button, ...]:
    """At the preview: send it, or look once more; before it the question above still stands."""
    w = context.w
    more = (
        Button(w("picture-button-album"), picture="cameraRoll"),
        Button(w("picture-button-camera"), picture="camera"),
    )
    if turn.session.asked != "confirm":
        return more
    send = answer_button(w("report-button-send"), turn.session, True)
    look = command_button(w("report-button-look"), w("report-button-look"))
    return (send, look, *more)
