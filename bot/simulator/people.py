"""The people and chats of the simulated LINE: who there is, and what was said in each chat."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Entry = dict[str, Any]
"""One line of a chat's log: `n` (1, 2, 3 …), `at` (ISO time), `from` ("person" or "bot"), `kind` and further keys

message   message (LINE's object with its `id`); from the bot also `via`: reply, push or multicast
postback  data, displayText (may be None), label (may be None)
follow    isUnblocked
unfollow
unsend    messageId
loading   seconds
menu      (the rich menu under the chat is another one from now on)
"""

ENTRIES_KEPT = 5000
"""Per chat: a simulator may run for weeks."""


def new_id(kind: str) -> str:
    """A LINE id: `kind` U (user), C (group) or R (room) and 32 hex digits."""
    return kind + secrets.token_hex(16)


@dataclass(slots=True)
class Person:
    """Someone with LINE. `blocked`: they blocked the bot; `note` is shown on the page to tell the people apart."""

    name: str
    note: str = ""
    id: str = field(default_factory=lambda: new_id("U"))
    language: str = "th"
    blocked: bool = False


class Chat:
    """One chat's log, and the waiting for what comes next in it."""

    def __init__(self, chat_id: str, now: Callable[[], datetime], members: Iterable[str] = ()) -> None:
        """`members`: the people's ids in a group or room; a one-to-one chat has its only person's."""
        self.id = chat_id
        self.members = set(members)
        self.entries: deque[Entry] = deque(maxlen=ENTRIES_KEPT)
        self.last = 0
        """`n` of the newest entry; 0 in a fresh chat."""
        self._now = now
        self._grown = asyncio.Event()
        self._closed = False

    def add(self, sender: str, kind: str, **further: Any) -> Entry:
        """Append an entry from "person" or "bot" and wake those who wait."""
        self.last += 1
        entry = {"n": self.last, "at": self._now().isoformat(), "from": sender, "kind": kind, **further}
        self.entries.append(entry)
        self._wake()
        return entry

    def after(self, n: int) -> list[Entry]:
        """The entries newer than `n` that are still kept."""
        return [entry for entry in self.entries if entry["n"] > n]

    async def follow(self, after: int = 0) -> AsyncGenerator[Entry, None]:
        """Every entry newer than `after`, then each new one as it comes; ends when the platform closes."""
        while True:
            grown = self._grown
            for entry in self.after(after):
                after = entry["n"]
                yield entry
            if self.last > after:
                continue
            if self._closed:
                return
            await grown.wait()

    async def wait_for_reply(self, after: int = 0, timeout: float = 5.0) -> list[Entry]:  # noqa: ASYNC109
        """The bot's messages newer than `after`, as soon as there is one: all the messages of its call.

        `timeout` is in real seconds, whatever the simulated clock says; raises TimeoutError.
        """
        async with asyncio.timeout(timeout):
            while True:
                grown = self._grown
                said = [entry for entry in self.after(after) if entry["from"] == "bot" and entry["kind"] == "message"]
                if said:
                    return said
                if self._closed:
                    raise TimeoutError
                await grown.wait()

    def close(self) -> None:
        """Let everyone who follows come to the end."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        self._grown.set()
        self._grown = asyncio.Event()


class People:
    """Everyone on the simulated LINE, and every chat the bot is in."""

    def __init__(self, people: Iterable[Person], now: Callable[[], datetime]) -> None:
        self._now = now
        self._people: dict[str, Person] = {}
        self._chats: dict[str, Chat] = {}
        for person in people:
            self.add(person)

    def __iter__(self) -> Iterator[Person]:
        """In the order they were added."""
        return iter(tuple(self._people.values()))

    def add(self, person: Person) -> Person:
        """Add a person and their one-to-one chat; raises ValueError when the id is taken."""
        if person.id in self._people:
            raise ValueError("there is a person with this id")
        self._people[person.id] = person
        self._chats[person.id] = Chat(person.id, self._now, (person.id,))
        return person

    def get(self, user_id: str) -> Person | None:
        """The person with this user id."""
        return self._people.get(user_id)

    def chat(self, chat_id: str) -> Chat:
        """The chat of a user, group or room id; raises KeyError for one the bot is not in."""
        return self._chats[chat_id]

    def reaches(self, chat_id: str) -> bool:
        """Whether the bot is in this chat: a person LINE knows (even one who blocked it), or a group or room."""
        return chat_id in self._chats

    def hearers(self, chat_id: str) -> int:
        """How many people a message to this chat counts for: a group counts every member, who blocked counts none."""
        members = (self._people.get(user_id) for user_id in self._chats[chat_id].members)
        one_to_one = chat_id in self._people
        return sum(1 for person in members if person is not None and not (one_to_one and person.blocked))

    def open_group(self, chat_id: str, members: Iterable[str]) -> Chat:
        """Put the bot into a group (C…) or room (R…) with these members."""
        return self._chats.setdefault(chat_id, Chat(chat_id, self._now, members))

    def leave(self, chat_id: str) -> None:
        """Take the bot out of a group or room; raises KeyError when it is not in it."""
        if chat_id in self._people:
            raise KeyError(chat_id)
        self._chats.pop(chat_id).close()

    def close(self) -> None:
        """End every `follow`."""
        for chat in self._chats.values():
            chat.close()
