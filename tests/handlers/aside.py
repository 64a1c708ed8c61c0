"""What would come of something, tried aside: nothing of it is stored on the stage itself."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from handlers.buttons import AnswerTapped, read_button
from handlers.context import Missing
from handlers.effects import Say, Turn
from handlers.events import Body, Event
from handlers.facts import Facts
from handlers.session import Answers
from tests.handlers.stage import Stage

BOOKKEEPING = ("_messages", "_before", "_sets", "pictures", "draft", "sent", "correcting")
"""In the answers: how they came, and not what they are."""


def outcome(stage: Stage, who: str, body: Body) -> Turn:
    """What would come of it a second from now."""
    return stage.outcome(who, Event("01EVENT-ASIDE", stage.now + timedelta(seconds=1), body, "message-aside"))


def comes_to(stage: Stage, who: str, body: Body) -> tuple[list[str], Any, list[str]]:
    """The same without what only tells how it came: the texts, the session, the kinds of effects."""
    turn = outcome(stage, who, body)
    texts = [each.text for each in turn.effects if isinstance(each, Say)]
    kinds = sorted(type(each).__name__ for each in turn.effects)
    return texts, (turn.session.conversation, turn.session.asked, bare(turn.session.answers)), kinds


def bare(answers: Answers) -> Any:
    """Answers without which messages they came from."""
    kept = {name: value for name, value in answers.items() if name not in BOOKKEEPING}
    for name, value in kept.items():
        match value:
            case {"parts": list(parts), **rest}:
                kept[name] = {"parts": [text for _, text in parts], **rest}
    return json.loads(json.dumps(kept))


def with_found(stage: Stage, facts: Facts, missing: Missing) -> Facts:
    """The facts with what was missing looked up."""
    return replace(facts, found={**facts.found, **{need: stage.find(need) for need in missing.needs}})


def value_of(data: str) -> Any:
    """What an answer's button carries."""
    tapped = read_button(data)
    return tapped.value if isinstance(tapped, AnswerTapped) else None


def restores(data: str) -> bool:
    """Whether a button keeps an old answer."""
    value = value_of(data)
    return isinstance(value, dict) and value.get("do") == "restore"


def copied(stage: Stage) -> Stage:
    """A stage to go on with apart. What is frozen is shared; containers are its own."""
    made = copy.copy(stage)
    made.ids = copy.copy(stage.ids)
    made.desk = copy.copy(stage.desk)
    for of, to in ((stage, made), (stage.desk, made.desk)):
        for name, value in vars(of).items():
            if isinstance(value, dict):
                setattr(to, name, {key: list(one) if isinstance(one, list) else one for key, one in value.items()})
            elif isinstance(value, set | list):
                setattr(to, name, copy.copy(value))
    return made
