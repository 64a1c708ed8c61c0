"""What each endpoint of the Messaging API does, past the bearer token, the rate limit and the form of the body.

Source: developers.line.biz, "Messaging API reference". Stricter than LINE in one thing: a retry key that comes back
with another body or endpoint is refused with 400, where LINE only says that it must not happen.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.simulator.answers import Answer, Asked, Refused, ok, refuse
from bot.simulator.contents import Contents
from bot.simulator.events import new_message_id
from bot.simulator.people import People
from bot.simulator.rich_menus import RichMenus
from bot.simulator.rules import check_messages
from bot.simulator.shapes import Problem, array, pattern
from bot.simulator.state import Accepted, Quota, ReplyTokens, RetryKeys, fingerprint

BOT_NAME = "รายงาน"
MULTICAST_RECIPIENTS = 500

_CHAT_ID = re.compile(r"[UCR][0-9a-f]{32}")
_QUOTABLE = frozenset({"text", "textV2", "sticker", "image", "video", "template"})


class Endpoints:
    """What they do to people's chats is done by the time they answer; each raises Refused as LINE refuses."""

    def __init__(
        self,
        *,
        bot_id: str,
        people: People,
        tokens: ReplyTokens,
        quota: Quota,
        contents: Contents,
        rich_menus: RichMenus,
        now: Callable[[], datetime],
        left: Callable[[str], None],
    ) -> None:
        """`left` is told of a group or room that the bot has left by itself."""
        self.contents = contents
        self.rich_menus = rich_menus
        self._bot_id = bot_id
        self._people = people
        self._tokens = tokens
        self._quota = quota
        self._now = now
        self._left = left
        self._retry_keys = RetryKeys()

    def reply(self, asked: Asked) -> Answer:
        refuse(check_messages(asked.body["messages"]))
        token = asked.body["replyToken"]
        chat_id = self._tokens.chat_of(token, self._now())
        if chat_id is None:
            raise Refused(400, "Invalid reply token")
        self._tokens.spend(token)
        return ok({"sentMessages": self._show(chat_id, asked.body["messages"], "reply")})

    def push(self, asked: Asked) -> Answer:
        accepted = self._accepted_before("push", asked)
        if accepted is not None:
            return accepted
        refuse(check_messages(asked.body["messages"]))
        to = asked.body["to"]
        if not isinstance(to, str) or _CHAT_ID.fullmatch(to) is None:
            raise Refused(400, "The property, 'to', in the request body is invalid (line: -, column: -)")
        if not self._people.reaches(to):
            raise Refused(400, "Failed to send messages")
        self._count(self._people.hearers(to))
        sent = self._show(to, asked.body["messages"], "push")
        self._remember("push", asked, sent)
        return ok({"sentMessages": sent})

    def multicast(self, asked: Asked) -> Answer:
        accepted = self._accepted_before("multicast", asked)
        if accepted is not None:
            return accepted
        to = asked.body["to"]
        user_id = pattern("U[0-9a-f]{32}")
        refuse(
            [
                *array(user_id, least=1, most=MULTICAST_RECIPIENTS)(to, ("to",)),
                *check_messages(asked.body["messages"]),
            ]
        )
        # Whom LINE does not know is passed over in silence.
        known = [recipient for recipient in dict.fromkeys(to) if self._people.get(recipient) is not None]
        self._count(sum(self._people.hearers(recipient) for recipient in known))
        for recipient in known:
            self._show(recipient, asked.body["messages"], "multicast")
        self._remember("multicast", asked, None)
        return ok({})

    def validate(self, asked: Asked) -> Answer:
        refuse(check_messages(asked.body["messages"]))
        return ok({})

    def profile(self, asked: Asked) -> Answer:
        person = self._people.get(asked.match["user_id"])
        if person is None or person.blocked:
            raise Refused(404, "Not found")
        return ok({"userId": person.id, "displayName": person.name, "language": person.language})

    def info(self, asked: Asked) -> Answer:
        del asked
        return ok(
            {
                "userId": self._bot_id,
                "basicId": "@000raing",
                "displayName": BOT_NAME,
                "chatMode": "bot",
                "markAsReadMode": "auto",
            }
        )

    def read_quota(self, asked: Asked) -> Answer:
        del asked
        if self._quota.monthly is None:
            return ok({"type": "none"})
        return ok({"type": "limited", "value": self._quota.monthly})

    def read_consumption(self, asked: Asked) -> Answer:
        del asked
        return ok({"totalUsage": self._quota.used(self._now())})

    def loading(self, asked: Asked) -> Answer:
        chat_id, seconds = asked.body["chatId"], asked.body.get("loadingSeconds")
        seconds = 20 if seconds is None else seconds
        problems = []
        if not isinstance(chat_id, str) or self._people.get(chat_id) is None:
            problems.append(Problem(("chatId",), "must be the ID of a user the bot is in a one-on-one chat with"))
        if isinstance(seconds, bool) or not isinstance(seconds, int) or seconds not in range(5, 61, 5):
            problems.append(Problem(("loadingSeconds",), "must be a multiple of 5 between 5 and 60"))
        refuse(problems)
        person = self._people.get(chat_id)
        if person is not None and not person.blocked:
            self._people.chat(chat_id).add("bot", "loading", seconds=seconds)
        return Answer(202, {}, {})

    def leave(self, asked: Asked) -> Answer:
        chat_id = asked.match["chat_id"]
        if not chat_id.startswith("C" if asked.match["kind"] == "group" else "R"):
            raise Refused(400, f"The value for the '{asked.match['kind']}Id' parameter is invalid")
        group = self._people.group(chat_id)
        if group is None or not group.with_bot:
            raise Refused(404, "Not found")
        group.with_bot = False
        self._people.chat(chat_id).add("bot", "leave")
        self._left(chat_id)
        return ok({})

    def unknown(self, asked: Asked) -> Answer:
        del asked
        raise Refused(404, "Not found")

    def _show(self, chat_id: str, messages: list[dict[str, Any]], via: str) -> list[dict[str, Any]]:
        """Put the messages into the chat; who blocked the bot gets none. Returns LINE's `sentMessages`."""
        person = self._people.get(chat_id)
        sent: list[dict[str, Any]] = []
        for message in messages:
            message_id = new_message_id()
            if person is None or not person.blocked:
                self._people.chat(chat_id).add("bot", "message", message={**message, "id": message_id}, via=via)
            quote = {"quoteToken": secrets.token_urlsafe(32)} if message["type"] in _QUOTABLE else {}
            sent.append({"id": message_id, **quote})
        return sent

    def _count(self, recipients: int) -> None:
        if not self._quota.take(recipients, self._now()):
            raise Refused(429, "You have reached your monthly limit.")

    def _accepted_before(self, endpoint: str, asked: Asked) -> Answer | None:
        accepted = None if asked.retry_key is None else self._retry_keys.find(asked.retry_key, self._now())
        if accepted is None:
            return None
        if accepted.fingerprint != fingerprint(endpoint, asked.raw):
            raise Refused(400, "The retry key was used for a different request")
        body: dict[str, Any] = {"message": "The retry key is already accepted"}
        if accepted.sent_messages is not None:
            body["sentMessages"] = accepted.sent_messages
        return Answer(409, body, {"x-line-accepted-request-id": accepted.request_id})

    def _remember(self, endpoint: str, asked: Asked, sent: list[dict[str, Any]] | None) -> None:
        if asked.retry_key is not None:
            accepted = Accepted(asked.request_id, fingerprint(endpoint, asked.raw), self._now(), sent)
            self._retry_keys.remember(asked.retry_key, accepted)
