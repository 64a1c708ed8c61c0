"""The webhooks of the fake LINE: events as LINE writes them, signed, delivered and delivered again."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_schema_validator import OAS30Validator

from bot.simulator.platform import BOT_ID, Blocked, sign
from bot.simulator.webhook_sender import NO_ANSWER
from tests.bot.simulator.loopback import ANONG, BOONMEE, MORNING, SECRET, World, line
from tests.line_openapi import SPECIFICATION

WEBHOOK = SPECIFICATION.with_name("webhook.yml")


async def everything(world: World) -> None:
    """One of each thing that a person can do."""
    platform = world.platform
    await platform.follow(ANONG)
    await platform.say(ANONG, "๒๓")
    message_id = platform.chat(ANONG).entries[-1]["message"]["id"]
    await platform.unsend(ANONG, message_id)
    await platform.tap(ANONG, "go=1", display_text="ไป", label="ไป")
    await platform.tap(ANONG, "day", params={"date": "2026-11-22"})
    await platform.sticker(ANONG)
    for kind in ("image", "audio", "video", "file", "location"):
        await platform.send_media(ANONG, kind)
    await platform.invite(ANONG, "C" + "0" * 32)
    await platform.say(ANONG, "ในกลุ่ม", chat_id="C" + "0" * 32)
    await platform.add_member(BOONMEE, "C" + "0" * 32)
    await platform.say(BOONMEE, "@รายงาน สถานะ @อนงค์ @All", chat_id="C" + "0" * 32)
    await platform.tap(BOONMEE, "go=1", chat_id="C" + "0" * 32)
    await platform.member_leaves(BOONMEE, "C" + "0" * 32)
    await platform.remove(ANONG, "C" + "0" * 32)
    await platform.invite(ANONG, "R" + "0" * 32)
    await platform.say(ANONG, "ในห้อง", chat_id="R" + "0" * 32)
    await platform.unfollow(ANONG)


def test_lines_own_vector() -> None:
    """The signature of LINE's published example comes out."""
    body = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    assert sign("8c570fa6dd201bb328f1c1eac23a96d8", body) == "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


async def test_body_is_signed_and_addressed() -> None:
    """The raw body carries the bot's id and is signed with the channel secret."""
    async with line() as world:
        assert await world.platform.say(ANONG, "สวัสดี") == 200
        body = world.bot.bodies[0]
        assert world.bot.signatures == [sign(SECRET, body)]
        assert json.loads(body)["destination"] == BOT_ID
        event = world.bot.events[0]
        assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{26}", event["webhookEventId"])
        assert event["timestamp"] == int(MORNING.timestamp() * 1000)
        assert event["source"] == {"type": "user", "userId": ANONG}
        assert event["message"]["id"].isdigit()
        assert event["message"]["text"] == "สวัสดี"


async def test_event_ids_sort_as_the_events_came() -> None:
    """Within one millisecond, too, a later event has the greater id."""
    async with line() as world:
        await everything(world)
        ids = [event["webhookEventId"] for event in world.bot.events]
        assert ids == sorted(ids)
        assert len(set(ids)) == len(ids)


@pytest.mark.filterwarnings("ignore")  # the SDK's own pydantic.v1 shims
async def test_the_sdk_reads_every_event() -> None:
    """LINE's own SDK parses each body with its signature, and knows each event by its type."""
    from linebot.v3.webhook import WebhookParser

    async with line() as world:
        await everything(world)
        parser = WebhookParser(SECRET)
        names = []
        for body, signature in zip(world.bot.bodies, world.bot.signatures, strict=True):
            event = parser.parse(body.decode(), signature)[0]
            content = getattr(event, "message", None)
            names.append(type(content or event).__name__)
        assert names == [
            "FollowEvent",
            "TextMessageContent",
            "UnsendEvent",
            "PostbackEvent",
            "PostbackEvent",
            "StickerMessageContent",
            "ImageMessageContent",
            "AudioMessageContent",
            "VideoMessageContent",
            "FileMessageContent",
            "LocationMessageContent",
            "JoinEvent",
            "TextMessageContent",
            "MemberJoinedEvent",
            "TextMessageContent",
            "PostbackEvent",
            "MemberLeftEvent",
            "LeaveEvent",
            "JoinEvent",
            "TextMessageContent",
            "UnfollowEvent",
        ]


async def test_events_fit_lines_description() -> None:
    """Every event has the shape of LINE's OpenAPI description, where that is at hand."""
    schemas = _schemas(WEBHOOK)
    async with line() as world:
        await everything(world)
        for event in world.bot.events:
            for holder, name in ((event, "Event"), (event["source"], "Source")):
                _assert_fits(schemas, name, holder)
            if "message" in event:
                _assert_fits(schemas, "MessageContent", event["message"])


def _schemas(path: Path) -> dict[str, Any]:
    schemas: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))["components"]["schemas"] if path.exists() else {}
    return schemas


def _assert_fits(schemas: dict[str, Any], base: str, instance: dict[str, Any]) -> None:
    """The schema that the discriminator of `base` names, and no property that it does not know."""
    if not schemas:
        return
    kind = schemas[base]["discriminator"]["mapping"][instance["type"]].rsplit("/", 1)[1]
    validator = OAS30Validator({"components": {"schemas": schemas}, **schemas[kind]})
    assert [error.message for error in validator.iter_errors(instance)] == []
    known = set(schemas[base]["properties"])
    for part in schemas[kind]["allOf"]:
        known |= set(part.get("properties", {}))
    assert set(instance) <= known


async def test_several_people_in_one_body() -> None:
    """Events of two people travel in one body, also beside one that no bot knows."""
    async with line() as world:
        make = world.platform.make
        odd = make.event("moonrise", {"type": "user", "userId": ANONG}, replies=False)
        del odd["timestamp"]
        events = [
            make.text({"type": "user", "userId": ANONG}, "หนึ่ง"),
            odd,
            make.text({"type": "user", "userId": BOONMEE}, "สอง"),
        ]
        assert await world.platform.send_events(events) == 200
        assert json.loads(world.bot.bodies[0])["events"] == events
        assert await world.platform.send_events([]) == 200


async def test_any_bytes_with_any_signature() -> None:
    """A test may send what LINE never would, and gets the bot's status."""
    async with line() as world:
        world.bot.statuses = [401, 400]
        assert await world.platform.post(b"{}", "wrong") == 401
        assert await world.platform.post(b"{}", None) == 400
        assert world.bot.signatures == ["wrong", None]
        assert await world.platform.post(b"{}", world.platform.sign(b"{}")) == 200


async def test_redelivery_is_the_same_event() -> None:
    """A redelivered event differs in nothing but its mark."""
    async with line() as world:
        await world.platform.say(ANONG, "อีกครั้ง")
        first = world.bot.events[0]
        assert await world.platform.redeliver(first["webhookEventId"]) == 200
        assert world.bot.events[1] == {**first, "deliveryContext": {"isRedelivery": True}}
        with pytest.raises(KeyError):
            await world.platform.redeliver("01ARZ3NDEKTSV4RRFFQ69G5FAV")


async def test_automatic_redelivery() -> None:
    """What the bot did not take comes again until it does."""
    async with line(redelivery_pauses_s=(0.01, 0.01, 0.01)) as world:
        world.bot.statuses = [503, 500]
        assert await world.platform.say(ANONG, "ฮัลโหล") == 503
        await world.platform.settled()
        assert [delivery.status for delivery in world.platform.deliveries] == [503, 500, 200]
        assert [delivery.is_redelivery for delivery in world.platform.deliveries] == [False, True, True]


async def test_a_bot_that_is_not_there() -> None:
    """Without an answer the status is 0, and what the person did stays in the chat."""
    async with line() as world:
        world.platform.callback_url = "http://127.0.0.1:9/callback"
        assert await world.platform.say(ANONG, "ฮัลโหล") == NO_ANSWER
        assert world.platform.chat(ANONG).entries[-1]["message"]["text"] == "ฮัลโหล"


async def test_blocking_and_coming_back() -> None:
    """Who blocked the bot cannot write to it; the next follow says that it was unblocked."""
    async with line() as world:
        await world.platform.unfollow(ANONG)
        with pytest.raises(Blocked):
            await world.platform.say(ANONG, "ฮัลโหล")
        await world.platform.follow(ANONG)
        assert world.bot.events[-1]["follow"] == {"isUnblocked": True}
        assert await world.platform.say(ANONG, "กลับมาแล้ว") == 200


async def test_only_ones_own_messages_are_unsent() -> None:
    """A message id that the person did not send cannot be taken back."""
    async with line() as world:
        with pytest.raises(LookupError):
            await world.platform.unsend(ANONG, "123")


async def test_waiting_for_a_reply_that_does_not_come() -> None:
    """The wait ends with TimeoutError, at its time or when the platform closes."""
    async with line() as world:
        chat = world.platform.chat(ANONG)
        with pytest.raises(TimeoutError):
            await chat.wait_for_reply(timeout=0.01)
        waiting = asyncio.create_task(chat.wait_for_reply(timeout=60))
        await asyncio.sleep(0)
        world.platform.stop_streams()
        with pytest.raises(TimeoutError):
            await waiting


async def test_following_a_chat() -> None:
    """A follower gets what it has not seen, then what comes, and ends with the platform."""
    async with line() as world:
        chat = world.platform.chat(ANONG)
        await world.platform.say(ANONG, "หนึ่ง")
        await world.platform.say(ANONG, "สอง")

        async def follow() -> list[int]:
            return [entry["n"] async for entry in chat.follow(after=1)]

        following = asyncio.create_task(follow())
        await asyncio.sleep(0)
        await world.platform.say(ANONG, "สาม")
        world.platform.stop_streams()
        assert await following == [2, 3]
