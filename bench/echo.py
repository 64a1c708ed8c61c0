"""The peer: what line-bot-sdk's own aiohttp echo example does, written anew, as shipped or tuned by hand.

As the example in line/line-bot-sdk-python (examples/aiohttp-echo): the SDK's webhook parser, its models and its
asynchronous client; each reply is awaited before the 200; aiohttp's access log at level INFO. It keeps no state.
Tuned, it also gets what an evening with a profiler brings: a session that does not ask the environment for proxies,
100 connections instead of ten, no access log.
"""

from __future__ import annotations

import asyncio
import logging
import sys

import aiohttp
from aiohttp import web
from linebot.v3 import WebhookParser
from linebot.v3.exceptions import InvalidSignatureError
from linebot.v3.messaging import (
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    ReplyMessageRequest,
    TextMessage,
)
from linebot.v3.webhooks import MessageEvent, TextMessageContent

from bench.line import SECRET, TOKEN

CONNECTIONS = 100


async def serve(line: str, *, tuned: bool) -> None:
    """Answer until killed; the port is printed as the first line."""
    client = AsyncApiClient(Configuration(access_token=TOKEN, host=line))
    if tuned:
        rest = client.rest_client
        await rest.pool_manager.close()
        rest.pool_manager = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS), trust_env=False, timeout=aiohttp.ClientTimeout(total=10)
        )
    api, parser = AsyncMessagingApi(client), WebhookParser(SECRET)

    async def callback(request: web.Request) -> web.Response:
        signature = request.headers["X-Line-Signature"]
        body = await request.text()
        try:
            events = parser.parse(body, signature)
        except InvalidSignatureError:
            return web.Response(status=400, text="Invalid signature")
        for event in events:
            if isinstance(event, MessageEvent) and isinstance(event.message, TextMessageContent):
                await api.reply_message(
                    ReplyMessageRequest(reply_token=event.reply_token, messages=[TextMessage(text=event.message.text)])
                )
        return web.Response(text="OK\n")

    app = web.Application()
    app.add_routes([web.post("/callback", callback)])
    runner = web.AppRunner(app, access_log=None) if tuned else web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    logging.basicConfig(format="%(levelname)s:%(message)s", level=logging.INFO)
    asyncio.run(serve(sys.argv[1], tuned=sys.argv[2:] == ["tuned"]))
