"""The one table of who may do what, kept: every action, tried by everybody, typed and with postbacks made by hand.

A forgery is as bad as it can be: the forger has the very session of somebody who may, at every step of the way, and the
very postbacks of their buttons. A new action fails here until somebody tries it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest

from handlers.buttons import command_button, report_button
from handlers.events import Body, Postback, Text
from handlers.records import Person
from models.rules.membership import Membership
from models.rules.office import Role
from models.rules.permissions import MAY, Action
from tests.handlers.deeds import ACTORS, COUNT, DEEDS, DIVISION, LUMPINI, Deed
from tests.handlers.stage import Stage

TRIED = [(deed, actor) for deed in DEEDS for actor in ACTORS]


def office(deed: Deed) -> Stage:
    """Everybody who tries, a reporter and a coordinator who have their own part in it, and what happened before."""
    stage = Stage(now=deed.now)
    stage.member("นภา", "นภา ใจดี", LUMPINI)
    stage.member("อรุณี", "อรุณี ประสานดี", DIVISION, role=Role.COORDINATOR)
    for name, each in ACTORS.items():
        if each.registered:
            stage.people[name] = Person(100 + len(stage.people), name, "บรรณารักษ์", notice_acknowledged=True)
        if each.role is not None:
            held = Membership(
                next(stage.ids), each.unit_id, each.role, each.begins, each.ends, each.approved, each.acting_for
            )
            stage.memberships[name] = [held]
    deed.before(stage)
    return stage


def again(stage: Stage) -> Stage:
    """The same stage, apart."""
    return deepcopy(stage, {id(stage.office): stage.office})  # nobody changes an office in place


@dataclass(frozen=True)
class Step:
    """A step of somebody who may: what was stored before it, and what they sent."""

    before: Stage
    session: dict[str, object]
    body: Body


def shown(deed: Deed) -> list[Step]:
    """How it is done, step by step. Fails where whoever may does not get it done."""
    stage, steps, happened = office(deed), [], False
    for words in deed.script:
        body = Postback(stage.button(deed.by, words[1:]).data) if words.startswith("*") else Text(words)
        steps.append(Step(again(stage), json.loads(json.dumps(stage.sessions.get(deed.by, {}))), body))
        stage.does(deed.by, body)
        happened = happened or any(map(deed.done, stage.done))
    assert happened, stage.said[deed.by].text
    return steps


def typed(deed: Deed, actor: str) -> bool:
    """Everything typed, a button's label too; whether it was done."""
    stage, happened = office(deed), False
    for words in deed.script:
        stage.says(actor, words.removeprefix("*"))
        happened = happened or any(map(deed.done, stage.done))
    return happened


def forgeries(steps: list[Step]) -> Iterator[tuple[Stage, dict[str, object], list[Body]]]:
    """What was stored, the session that is claimed, and what is sent: from each step on, with and without a session."""
    for place, step in enumerate(steps):
        rest = [each.body for each in steps[place:]]
        for session in (step.session, {}):
            yield step.before, session, rest
            if isinstance(step.body, Text):
                data = ["a", session.get("id", ""), session.get("asked", ""), "0", step.body.text]
                for forged in (command_button("", step.body.text).data, json.dumps(data, ensure_ascii=False)):
                    yield step.before, session, [Postback(forged), *rest[1:]]
        yield step.before, {}, [Postback(report_button("", COUNT).data), *rest]


def test_every_action_is_tried() -> None:
    """A new action of the table has to be tried here, and a new role to try everything."""
    assert {each.action for each in DEEDS.values()} == set(Action)
    assert set(MAY) == set(Action)
    assert {each.role for each in ACTORS.values() if each.role} == set(Role)


@pytest.mark.parametrize("action", Action)
def test_the_table_is_the_one_that_is_meant(action: Action) -> None:
    """Who may according to the table are those who may here."""
    for each in DEEDS.values():
        if each.action is action:
            assert {ACTORS[name].role for name in each.may} == MAY[action]


@pytest.mark.parametrize(("deed", "actor"), TRIED)
def test_typed(deed: str, actor: str) -> None:
    """Whoever may gets it done by typing, and nobody else."""
    assert typed(DEEDS[deed], actor) is (actor in DEEDS[deed].may)


@pytest.mark.parametrize("deed", DEEDS)
def test_forged(deed: str) -> None:
    """With the session and the postbacks of somebody who may, whoever may not gets nowhere, from whichever step."""
    wanted = DEEDS[deed]
    steps = shown(wanted)
    for actor in ACTORS.keys() - wanted.may:
        for before, session, bodies in forgeries(steps):
            stage = again(before)
            stage.sessions[actor] = dict(session)
            for body in bodies:
                stage.does(actor, body)
                assert not any(map(wanted.done, stage.done)), (actor, session.get("asked"), body)
