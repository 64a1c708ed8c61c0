"""LINE's own SDK as the client of the fake LINE: it understands every answer, refusals too."""

from __future__ import annotations

import json
import uuid

import pytest

from tests.bot.simulator.loopback import ANONG, BOONMEE, TOKEN, line

pytestmark = pytest.mark.filterwarnings("ignore")  # the SDK's own pydantic.v1 shims


async def test_the_sdk_understands_the_answers() -> None:
    """Each endpoint's answer becomes the SDK's own model."""
    from linebot.v3.messaging import (
        AsyncApiClient,
        AsyncMessagingApi,
        Configuration,
        MulticastRequest,
        PushMessageRequest,
        ReplyMessageRequest,
        ShowLoadingAnimationRequest,
        TextMessage,
        ValidateMessageRequest,
    )

    async with line() as world, AsyncApiClient(Configuration(host=world.url, access_token=TOKEN)) as client:
        api = AsyncMessagingApi(client)
        words = TextMessage(text="สวัสดี")
        token = await world.reply_token()
        replied = await api.reply_message(ReplyMessageRequest(replyToken=token, messages=[words]))
        assert replied.sent_messages[0].quote_token
        pushed = await api.push_message(PushMessageRequest(to=ANONG, messages=[words]), str(uuid.uuid4()))
        assert pushed.sent_messages[0].id.isdigit()
        await api.multicast(MulticastRequest(to=[ANONG, BOONMEE], messages=[words]), str(uuid.uuid4()))
        await api.validate_reply(ValidateMessageRequest(messages=[words]))
        await api.show_loading_animation(ShowLoadingAnimationRequest(chatId=ANONG, loadingSeconds=5))
        assert (await api.get_profile(BOONMEE)).display_name == "บุญมี"
        assert (await api.get_bot_info()).chat_mode == "bot"
        assert (await api.get_message_quota()).value == 300
        assert (await api.get_message_quota_consumption()).total_usage == 3
        await world.platform.invite(ANONG, "C" + "0" * 32)
        await api.leave_group("C" + "0" * 32)


@pytest.mark.line_refuses("May not be empty")
async def test_the_sdk_understands_the_refusals() -> None:
    """A refusal becomes the SDK's exception with LINE's error body, and 409 carries the accepted request's id."""
    from linebot.v3.messaging import (
        ApiException,
        AsyncApiClient,
        AsyncMessagingApi,
        Configuration,
        ErrorResponse,
        PushMessageRequest,
        TextMessage,
    )

    async with line() as world, AsyncApiClient(Configuration(host=world.url, access_token=TOKEN)) as client:
        api = AsyncMessagingApi(client)
        with pytest.raises(ApiException) as refused:
            await api.push_message(PushMessageRequest(to=ANONG, messages=[TextMessage(text="")]))
        assert refused.value.status == 400
        assert ErrorResponse.from_json(refused.value.body).details[0].var_property == "messages[0].text"
        key = str(uuid.uuid4())
        request = PushMessageRequest(to=ANONG, messages=[TextMessage(text="ครั้งเดียว")])
        sent = await api.push_message(request, key)
        with pytest.raises(ApiException) as repeated:
            await api.push_message(request, key)
        assert repeated.value.status == 409
        assert repeated.value.headers["x-line-accepted-request-id"]
        assert json.loads(repeated.value.body)["sentMessages"][0]["id"] == sent.sent_messages[0].id
