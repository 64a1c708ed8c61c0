"""Pictures as evidence: sent at any moment of a report, kept with its draft, optional. The shell fetches them later."""

from __future__ import annotations

from dataclasses import replace

from handlers import asking, engine
from handlers.asking import MESSAGES
from handlers.buttons import answer_button, command_button
from handlers.context import Context
from handlers.effects import Button, KeepEvidence, Say, Turn
from handlers.events import Event, Media
from handlers.report import REPORT
from handlers.report_view import key_of

MOST_PICTURES = 10
"""For one report: enough to show, few enough to look at."""
SETS = "_sets"
"""In the answers: a set chosen together in the album → how many of it have arrived."""


def take_picture(context: Context, event: Event, media: Media) -> Turn | None:
    """Keep a picture with the report under way; None when there is none. Several chosen together get one answer."""
    key, w = key_of(context), context.w
    if context.session.conversation != REPORT.name or key is None:
        return None
    if media.external or not event.message_id:
        return asking.ask(REPORT, context, w("picture-external"))
    pictures: list[str] = context.answers.get("pictures", [])
    if len(pictures) >= MOST_PICTURES:
        return asking.ask(REPORT, context, w("picture-too-many", most=MOST_PICTURES), brief=True)
    sources = dict(context.answers.get(MESSAGES, {}))
    taken = [*pictures, event.message_id]
    sets = dict(context.answers.get(SETS, {}))
    sets[media.set_id] = sets.get(media.set_id, 0) + 1
    changed = context.answered(
        {"pictures": taken, MESSAGES: {**sources, "pictures": taken}, SETS: sets if media.set_id else None}
    )
    turn = asking.ask(REPORT, changed, w("picture-received", count=len(taken)), brief=True)
    if media.set_id and sets[media.set_id] < media.set_total:
        return silently(engine.kept(REPORT, context, turn), KeepEvidence(key, (event.message_id,)))
    told = Say(w("picture-received", count=len(taken)), ways_on(changed, turn))
    kept = engine.kept(REPORT, context, replace(turn, effects=(told,)))
    return replace(kept, effects=(KeepEvidence(key, (event.message_id,)), *kept.effects))


def silently(turn: Turn, keep: KeepEvidence) -> Turn:
    """More of the same set is on its way: its last picture is answered for all."""
    return replace(turn, effects=(keep, *(each for each in turn.effects if not isinstance(each, Say))))


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
