"""The Messaging API of the fake LINE: what is accepted, what is refused, and what people then see."""

from __future__ import annotations

import uuid
from datetime import timedelta

import aiohttp
import pytest

from bot.simulator.faults import Fault
from tests.bot.simulator.loopback import ANONG, BOONMEE, line, text
from tests.line_openapi import problems

REPLY = "/v2/bot/message/reply"
PUSH = "/v2/bot/message/push"
MULTICAST = "/v2/bot/message/multicast"


async def test_reply_reaches_the_chat_and_costs_nothing() -> None:
    """A reply is shown to the person it answers, its ids come back, and the quota stays whole."""
    async with line() as world:
        token = await world.reply_token()
        status, answer, headers = await world.call(REPLY, {"replyToken": token, "messages": [text("หนึ่ง"), text("สอง")]})
        assert status == 200
        assert problems("ReplyMessageResponse", answer) == []
        assert headers["x-line-request-id"]
        said = await world.platform.chat(ANONG).wait_for_reply()
        assert [entry["message"]["text"] for entry in said] == ["หนึ่ง", "สอง"]
        assert [entry["message"]["id"] for entry in said] == [sent["id"] for sent in answer["sentMessages"]]
        assert (await world.call("/v2/bot/message/quota/consumption"))[1] == {"totalUsage": 0}


@pytest.mark.line_refuses("Invalid reply token")
async def test_reply_token_is_single_use() -> None:
    """The second reply with one token is refused in LINE's words."""
    async with line() as world:
        body = {"replyToken": await world.reply_token(), "messages": [text("หนึ่ง")]}
        assert (await world.call(REPLY, body))[0] == 200
        assert (await world.call(REPLY, body))[:2] == (400, {"message": "Invalid reply token"})


@pytest.mark.line_refuses("May not be empty")
async def test_refused_messages_leave_the_token_unspent() -> None:
    """A reply that LINE refuses for its messages can be corrected and sent with the same token."""
    async with line() as world:
        token = await world.reply_token()
        status, answer, _ = await world.call(REPLY, {"replyToken": token, "messages": [text("")]})
        assert status == 400
        assert answer == {
            "message": "The request body has 1 error(s)",
            "details": [{"message": "May not be empty", "property": "messages[0].text"}],
        }
        assert (await world.call(REPLY, {"replyToken": token, "messages": [text("ดี")]}))[0] == 200


@pytest.mark.parametrize(("after_s", "expected"), [(60, 200), (61, 400)])
@pytest.mark.line_refuses("Invalid reply token")
async def test_reply_token_lives_a_minute(after_s: int, expected: int) -> None:
    """By the platform's clock, a token answers for sixty seconds and no longer."""
    async with line() as world:
        token = await world.reply_token()
        world.platform.forward(timedelta(seconds=after_s))
        assert (await world.call(REPLY, {"replyToken": token, "messages": [text("ดี")]}))[0] == expected


@pytest.mark.parametrize(("minutes", "expected"), [(19, 200), (21, 400)])
@pytest.mark.line_refuses("Invalid reply token")
async def test_redelivery_renews_the_token_for_twenty_minutes(minutes: int, expected: int) -> None:
    """A redelivered event may be answered for another minute, unless the event itself is too old."""
    async with line() as world:
        token = await world.reply_token()
        world.platform.forward(timedelta(minutes=minutes))
        await world.platform.redeliver(world.bot.events[-1]["webhookEventId"])
        assert (await world.call(REPLY, {"replyToken": token, "messages": [text("ดี")]}))[0] == expected


@pytest.mark.line_refuses("Invalid reply token")
async def test_redelivery_does_not_revive_a_spent_token() -> None:
    """What was answered once is not answered again after a redelivery."""
    async with line() as world:
        body = {"replyToken": await world.reply_token(), "messages": [text("ดี")]}
        assert (await world.call(REPLY, body))[0] == 200
        await world.platform.redeliver(world.bot.events[-1]["webhookEventId"])
        assert (await world.call(REPLY, body))[0] == 400


@pytest.mark.parametrize("authorization", ["", "Bearer wrong", "Basic a-channel-access-token"])
async def test_wrong_token_is_401(authorization: str) -> None:
    """Without the channel's own bearer token every endpoint answers 401, with a request id."""
    async with line() as world:
        status, answer, headers = await world.call("/v2/bot/info", Authorization=authorization)
        assert status == 401
        assert answer["message"].startswith("Authentication failed")
        assert headers["x-line-request-id"]


async def test_retry_key_repeats_nothing() -> None:
    """The second push with one key is 409, names the accepted request and its messages, and shows nothing twice."""
    async with line() as world:
        key = str(uuid.uuid4())
        body = {"to": ANONG, "messages": [text("ครั้งเดียว")]}
        _, first, headers = await world.call(PUSH, body, **{"X-Line-Retry-Key": key})
        status, second, again = await world.call(PUSH, body, **{"X-Line-Retry-Key": key})
        assert status == 409
        assert again["x-line-accepted-request-id"] == headers["x-line-request-id"]
        assert second["sentMessages"] == first["sentMessages"]
        assert len(world.platform.chat(ANONG).entries) == 1
        assert (await world.call("/v2/bot/message/quota/consumption"))[1] == {"totalUsage": 1}
        world.platform.forward(timedelta(hours=24, seconds=1))
        assert (await world.call(PUSH, body, **{"X-Line-Retry-Key": key}))[0] == 200


@pytest.mark.line_refuses("used for a different request")
async def test_retry_key_belongs_to_one_request() -> None:
    """The same key with another text or another person is refused: our strictness."""
    async with line() as world:
        key = {"X-Line-Retry-Key": str(uuid.uuid4())}
        assert (await world.call(PUSH, {"to": ANONG, "messages": [text("ก")]}, **key))[0] == 200
        assert (await world.call(PUSH, {"to": ANONG, "messages": [text("ข")]}, **key))[0] == 400
        assert (await world.call(PUSH, {"to": BOONMEE, "messages": [text("ก")]}, **key))[0] == 400


@pytest.mark.line_refuses("The retry key is")
async def test_retry_key_has_its_place_and_form() -> None:
    """On a reply it is refused, and on a push it must be a UUID."""
    async with line() as world:
        body = {"replyToken": await world.reply_token(), "messages": [text("ก")]}
        assert (await world.call(REPLY, body, **{"X-Line-Retry-Key": str(uuid.uuid4())}))[0] == 400
        push = {"to": ANONG, "messages": [text("ก")]}
        assert (await world.call(PUSH, push, **{"X-Line-Retry-Key": "1234"}))[0] == 400
        assert (await world.call(PUSH, push, **{"X-Line-Retry-Key": uuid.uuid4().hex}))[0] == 400


async def test_quota_counts_recipients() -> None:
    """A push counts one and a multicast one a person, however many messages; then LINE says the month is used up."""
    async with line(monthly_quota=3) as world:
        two = [text("ก"), text("ข")]
        assert (await world.call("/v2/bot/message/quota"))[1] == {"type": "limited", "value": 3}
        assert (await world.call(PUSH, {"to": ANONG, "messages": two}))[0] == 200
        assert (await world.call(MULTICAST, {"to": [ANONG, BOONMEE], "messages": two}))[:2] == (200, {})
        status, answer, _ = await world.call(PUSH, {"to": ANONG, "messages": two})
        assert (status, answer) == (429, {"message": "You have reached your monthly limit."})
        body = {"replyToken": await world.reply_token(), "messages": two}
        assert (await world.call(REPLY, body))[0] == 200
        world.platform.forward(timedelta(days=10))
        assert (await world.call(PUSH, {"to": ANONG, "messages": two}))[0] == 200


async def test_who_blocked_the_bot_gets_nothing() -> None:
    """A push to them answers 200, is not shown, and their profile is gone."""
    async with line() as world:
        await world.platform.unfollow(ANONG)
        status, answer, _ = await world.call(PUSH, {"to": ANONG, "messages": [text("ก")]})
        assert status == 200
        assert len(answer["sentMessages"]) == 1
        assert [entry["kind"] for entry in world.platform.chat(ANONG).entries] == ["unfollow"]
        assert (await world.call(f"/v2/bot/profile/{ANONG}"))[0] == 404


@pytest.mark.parametrize(("to", "message"), [("U" + "0" * 32, "Failed"), ("anong", "The property"), (None, "The req")])
@pytest.mark.line_refuses("'to'", "Failed to send messages", "must be specified")
async def test_push_to_nobody(to: str | None, message: str) -> None:
    """A push to an id that LINE does not know, to no id, or to nobody is 400."""
    async with line() as world:
        status, answer, _ = await world.call(PUSH, {"to": to, "messages": [text("ก")]})
        assert status == 400
        assert answer["message"].startswith(message)


@pytest.mark.line_refuses("Size must be between", "invalid property")
async def test_multicast_limits() -> None:
    """Five hundred people at most, only people, and those LINE does not know are passed over."""
    async with line() as world:
        many = [f"U{n:032x}" for n in range(501)]
        assert (await world.call(MULTICAST, {"to": many, "messages": [text("ก")]}))[0] == 400
        assert (await world.call(MULTICAST, {"to": ["C" + "0" * 32], "messages": [text("ก")]}))[0] == 400
        assert (await world.call(MULTICAST, {"to": many[:500], "messages": [text("ก")]}))[0] == 200


async def test_rate_limit() -> None:
    """Above the endpoint's rate LINE answers 429 in the words of the rate limit."""
    async with line(rates={"info": 2}) as world:
        statuses = [(await world.call("/v2/bot/info"))[0] for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert world.platform.calls[-1].answer == {"message": "The API rate limit has been exceeded. Try again later."}


@pytest.mark.line_refuses("could not be parsed as JSON", "too large", "Unsupported Media Type")
async def test_body_limits() -> None:
    """More than 2 MB is 413, what is not JSON 400, another content type 415, an unknown path 404."""
    async with line() as world:
        assert (await world.call(REPLY, b"{" + b" " * 2 * 1024 * 1024))[0] == 413
        assert (await world.call(REPLY, b"{"))[0] == 400
        assert (await world.call(REPLY, b"[]"))[0] == 400
        assert (await world.call(REPLY, b"\xff"))[0] == 400
        assert (await world.call(REPLY, b'{"messages": NaN}'))[0] == 400
        assert (await world.call(REPLY, b"{}", **{"Content-Type": "text/plain"}))[0] == 415
        assert (await world.call("/v2/bot/message/nothing"))[:2] == (404, {"message": "Not found"})


@pytest.mark.line_refuses("Length must be between")
async def test_validate_sends_nothing() -> None:
    """The validate endpoints answer 200 or 400 and touch no chat."""
    async with line() as world:
        for kind in ("reply", "push", "multicast"):
            path = f"/v2/bot/message/validate/{kind}"
            assert (await world.call(path, {"messages": [text("ก")]}))[:2] == (200, {})
            assert (await world.call(path, {"messages": [text("ก" * 5001)]}))[0] == 400
        assert not world.platform.chat(ANONG).entries


@pytest.mark.parametrize(("seconds", "expected"), [(5, 202), (60, 202), (None, 202), (7, 400), (65, 400), (True, 400)])
@pytest.mark.line_refuses("multiple")
async def test_loading_animation(seconds: int | None, expected: int) -> None:
    """It takes steps of five seconds and shows in the chat of one person."""
    async with line() as world:
        body = {"chatId": ANONG} if seconds is None else {"chatId": ANONG, "loadingSeconds": seconds}
        assert (await world.call("/v2/bot/chat/loading/start", body))[0] == expected
        shown = [(entry["kind"], entry["seconds"]) for entry in world.platform.chat(ANONG).entries]
        assert shown == ([("loading", seconds or 20)] if expected == 202 else [])


@pytest.mark.line_refuses("the ID of a user")
async def test_loading_animation_is_for_one_person() -> None:
    """A group has no loading animation."""
    async with line() as world:
        group = "C" + "0" * 32
        await world.platform.invite(ANONG, group)
        assert (await world.call("/v2/bot/chat/loading/start", {"chatId": group}))[0] == 400


@pytest.mark.line_refuses("roomId")
async def test_group() -> None:
    """A push to a group counts every member, and the bot can leave it once."""
    async with line() as world:
        group = "C" + "0" * 32
        await world.platform.invite(ANONG, group, [BOONMEE])
        assert (await world.call(PUSH, {"to": group, "messages": [text("ก")]}))[0] == 200
        assert (await world.call("/v2/bot/message/quota/consumption"))[1] == {"totalUsage": 2}
        assert (await world.call(f"/v2/bot/room/{group}/leave", b""))[0] == 400
        assert (await world.call(f"/v2/bot/group/{group}/leave", b""))[0] == 200
        assert (await world.call(f"/v2/bot/group/{group}/leave", b""))[0] == 404


async def test_fault_before_accepting_has_no_effect() -> None:
    """A 500 that comes before the call was accepted leaves the retry key free."""
    async with line() as world:
        world.platform.faults.add("push", Fault(status=500))
        key = {"X-Line-Retry-Key": str(uuid.uuid4())}
        body = {"to": ANONG, "messages": [text("ก")]}
        assert (await world.call(PUSH, body, **key))[0] == 500
        assert not world.platform.chat(ANONG).entries
        assert (await world.call(PUSH, body, **key))[0] == 200


async def test_fault_after_accepting_has_its_effect() -> None:
    """A 500 that comes after the call was accepted shows the message, and the retry is 409."""
    async with line() as world:
        world.platform.faults.add("push", Fault(status=500, after_accepting=True, body={"message": "sorry"}))
        key = {"X-Line-Retry-Key": str(uuid.uuid4())}
        body = {"to": ANONG, "messages": [text("ก")]}
        assert (await world.call(PUSH, body, **key))[:2] == (500, {"message": "sorry"})
        assert (await world.call(PUSH, body, **key))[0] == 409
        assert len(world.platform.chat(ANONG).entries) == 1


@pytest.mark.parametrize("after_accepting", [False, True])
@pytest.mark.line_refuses("Invalid reply token")
async def test_fault_that_cuts_the_connection(after_accepting: bool) -> None:
    """A reset gives no answer at all, with or without the effect, and is recorded with status 0."""
    async with line() as world:
        token = await world.reply_token()
        world.platform.faults.add("reply", Fault(reset=True, after_accepting=after_accepting))
        body = {"replyToken": token, "messages": [text("ก")]}
        with pytest.raises(aiohttp.ClientConnectionError):
            await world.call(REPLY, body)
        assert world.platform.calls[-1].status == 0
        assert (await world.call(REPLY, body))[0] == (400 if after_accepting else 200)


async def test_fault_that_only_delays() -> None:
    """A delay alone leaves the answer as it is, and each fault is used once."""
    async with line() as world:
        world.platform.faults.add("info", Fault(delay_s=0.01), Fault(status=401))
        world.platform.faults.add("quota", Fault(status=503))
        statuses = [(await world.call("/v2/bot/info"))[0] for _ in range(3)]
        assert statuses == [200, 401, 200]
        world.platform.faults.clear()
        assert (await world.call("/v2/bot/message/quota"))[0] == 200


async def test_calls_are_recorded() -> None:
    """Every call is kept with its body, headers, status and answer, the newest up to a bound."""
    async with line(calls_kept=2) as world:
        for words in ("ก", "ข", "ค"):
            await world.call(PUSH, {"to": ANONG, "messages": [text(words)]})
        assert [call.body["messages"][0]["text"] for call in world.platform.calls] == ["ข", "ค"]
        newest = world.platform.calls[-1]
        assert (newest.endpoint, newest.method, newest.path, newest.status) == ("push", "POST", PUSH, 200)
        assert newest.headers["authorization"].startswith("Bearer ")
        assert newest.answer["sentMessages"]
