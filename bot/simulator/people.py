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

In a group or room what a person did has `by`, their user id.

message   message (LINE's object with its `id`); from the bot also `via`: reply, push or multicast
postback  data, displayText (may be None), label (may be None)
follow    isUnblocked
unfollow
join      the bot was brought into the group
leave     the bot is out of it; from the bot when it went by itself
memberJoined  name
memberLeft  name
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


@dataclass(slots=True)
class Group:
    """A group or room of people on LINE, with the bot in it or without. `members` are user ids, as they came."""

    name: str
    members: list[str]
    note: str = ""
    id: str = field(default_factory=lambda: new_id("C"))
    with_bot: bool = False


class Chat:
    """One chat's log, and the waiting for what comes next in it."""

    def __init__(self, chat_id: str, now: Callable[[], datetime]) -> None:
        self.id = chat_id
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
    """Everyone on the simulated LINE, their groups, and every chat."""

    def __init__(self, people: Iterable[Person], now: Callable[[], datetime], groups: Iterable[Group] = ()) -> None:
        self._now = now
        self._people: dict[str, Person] = {}
        self._groups: dict[str, Group] = {}
        self._chats: dict[str, Chat] = {}
        for person in people:
            self.add(person)
        for group in groups:
            self.add_group(group)

    def __iter__(self) -> Iterator[Person]:
        """In the order they were added."""
        return iter(tuple(self._people.values()))

    @property
    def groups(self) -> tuple[Group, ...]:
        """In the order they were made."""
        return tuple(self._groups.values())

    def add(self, person: Person) -> Person:
        """Add a person and their one-to-one chat; raises ValueError when the id is taken."""
        if person.id in self._people:
            raise ValueError("there is a person with this id")
        self._people[person.id] = person
        self._chats[person.id] = Chat(person.id, self._now)
        return person

    def add_group(self, group: Group) -> Group:
        """Add a group (C…) or room (R…) and its chat."""
        self._groups[group.id] = group
        self._chats[group.id] = Chat(group.id, self._now)
        return group

    def get(self, user_id: str) -> Person | None:
        """The person with this user id."""
        return self._people.get(user_id)

    def group(self, chat_id: str) -> Group | None:
        """The group or room with this id."""
        return self._groups.get(chat_id)

    def chat(self, chat_id: str) -> Chat:
        """The chat of a user, group or room id; raises KeyError where there is none."""
        return self._chats[chat_id]

    def reaches(self, chat_id: str) -> bool:
        """Whether the bot is in this chat: a person LINE knows (even one who blocked it), or a group or room."""
        group = self._groups.get(chat_id)
        return chat_id in self._people if group is None else group.with_bot

    def hearers(self, chat_id: str) -> int:
        """How many people a message to this chat counts for: a group counts every member, who blocked counts none."""
        group = self._groups.get(chat_id)
        return len(group.members) if group is not None else int(not self._people[chat_id].blocked)

    def close(self) -> None:
        """End every `follow`."""
        for chat in self._chats.values():
            chat.close()
