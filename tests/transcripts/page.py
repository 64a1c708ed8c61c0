r"""A transcript: a whole dialogue on one page, played against the real bot and written down again.

The page begins with `office:`, `clock:` and `code:` lines (a code, its units, a role, approval). Then, a line each:

    นภา> text            she types it (\n is a line break)
    นภา* label           she taps the button of that label under the newest message
    นภา~ label           she taps the oldest button of that label still in her chat
    นภา! follow          follow, unfollow, sticker, image, audio, location, unsend TEXT
    นภา! hears           she looks at what the bot sent her of its own accord
    นภา@ text            she writes in the group; CODE is the code that the bot gave somebody for it
    นภา@! invites        she brings the bot into the group
    = restart            the bot is stopped and started on the same database
    = 2027-01-06T09:00   the clock moves
    = remind             a scheduler looks, and what it wrote is sent; → is who heard of it
    = fetched            the pictures that were sent have arrived
    # …                  a remark

Everything else is what the bot said, and is what a test compares.
"""

from __future__ import annotations

import asyncio
import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from models.rules.office import Role
from models.tables.chat import WebhookEvent
from models.tables.delivery import OutgoingMessage
from models.tables.report import Picture
from tests.town import ANSWERED_WITHIN, Town, invitation, town

_ACT = re.compile(r"(?P<who>[^\s>*~!=#@]+)(?P<how>@!|[>*~!@]) (?P<what>.+)")

_OFFERED = re.compile(r"\n([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})\n")
"""A code that stands in a line of its own: of a group."""
GROUP = "C" + "1" * 32


def header(page: str) -> dict[str, list[str]]:
    """The lines at the head of a page, up to the first empty one: name → its values."""
    named: dict[str, list[str]] = {}
    for line in page.split("\n\n", 1)[0].splitlines():
        if not line.startswith("#"):
            name, value = line.split(": ", 1)
            named.setdefault(name, []).append(value)
    return named


async def play(page: str, folder: Path, database_url: str) -> str:
    """Play a page's acts and return the page as it now reads. `folder` holds the set-up file that it names."""
    head = header(page)
    written = [page.split("\n\n", 1)[0]]
    async with town(database_url, folder / head["office"][0], head["clock"][0]) as place:
        for line in head.get("code", ()):
            code, *units = line.split()
            needs_approval = units[-1] == "approval"
            units = units[:-1] if needs_approval else units
            role = Role(units.pop()) if units[-1] in set(Role) else Role.REPORTER
            await invitation(code, units, place.clock.now(), role=role, needs_approval=needs_approval)
        for line in page.split("\n\n", 1)[1].splitlines():
            if line.startswith(("#", "=")) or _ACT.fullmatch(line):
                written.append("\n" + line)
                written.extend(await act(place, line))
    return "\n".join(written) + "\n"


async def act(place: Town, line: str) -> list[str]:
    if line.startswith("#"):
        return []
    if line.startswith("= "):
        return await happen(place, line[2:])
    found = _ACT.fullmatch(line)
    assert found is not None, line
    name, how, what = found["who"], found["how"], found["what"]
    if how.startswith("@"):
        return await in_group(place, name, what)
    person = place.person(name)
    chat = place.platform.chat(person.id)
    before = chat.last
    if (how, what) == ("!", "hears"):
        return await heard(place, name, place.seen.get(name, 0))
    place.clock.forward(timedelta(seconds=5))
    if not await did(place, name, how, what):
        return []
    return await heard(place, name, before)


async def in_group(place: Town, name: str, what: str) -> list[str]:
    """Something in the group, and what the bot says there; it says nothing where nobody calls it."""
    person = place.person(name)
    place.clock.forward(timedelta(seconds=5))
    if what == "invites":
        await place.platform.invite(person.id, GROUP)
    else:
        group = place.platform.people.group(GROUP)
        if group is not None and person.id not in group.members:
            await place.platform.add_member(person.id, GROUP)
        await place.platform.say(person.id, what.replace("CODE", offered(place)), chat_id=GROUP)
    async with asyncio.timeout(ANSWERED_WITHIN):
        while await WebhookEvent.exclude(state="handled").exists() or (  # noqa: ASYNC110 - silence tells nobody
            await OutgoingMessage.filter(state__in=["waiting", "sending"]).exists()
        ):
            await asyncio.sleep(0.02)
    chat = place.platform.chat(GROUP)
    said = [each for each in chat.after(place.seen.get(GROUP, 0)) if each["from"] == "bot"]
    place.seen[GROUP] = chat.last
    return [row for each in said if each["kind"] == "message" for row in spoken(each["message"])] or ["  –"]


def offered(place: Town) -> str:
    """The newest code for a group in anybody's chat; it is another one each time, so no page shows it."""
    said = [each for person in place.people.values() for each in place.platform.chat(person.id).entries]
    texts = [each["message"].get("text", "") for each in said if each["from"] == "bot" and each["kind"] == "message"]
    codes = [found[1] for text in texts if (found := _OFFERED.search(text))]
    return codes[-1] if codes else ""


async def did(place: Town, name: str, how: str, what: str) -> bool:
    """Do it in somebody's chat; whether an answer is to be waited for."""
    person = place.person(name)
    chat = place.platform.chat(person.id)
    match how:
        case ">":
            await place.platform.say(person.id, what.replace("\\n", "\n"))
        case "*" | "~":
            button = tappable(place, name, what, oldest=how == "~")
            await place.platform.tap(person.id, button["data"], display_text=button.get("displayText"))
        case "!" if what == "follow":
            await place.platform.follow(person.id)
        case "!" if what == "unfollow":
            await place.platform.unfollow(person.id)
            return False
        case "!" if what.startswith("unsend "):
            own = [each["message"] for each in chat.entries if each["from"] == "person" and each["kind"] == "message"]
            meant = [each for each in own if each.get("text") == what.removeprefix("unsend ")]
            await place.platform.unsend(person.id, meant[-1]["id"])
        case "!" if what == "sticker":
            await place.platform.sticker(person.id)
        case _:
            await place.platform.send_media(person.id, what)  # type: ignore[arg-type]  # checked by the platform
    return True


async def heard(place: Town, name: str, after: int) -> list[str]:
    """What the bot said to somebody since an entry of their chat; waits for it."""
    await place.answers(name, after)
    chat = place.platform.chat(place.person(name).id)
    place.seen[name] = chat.last
    said = [each for each in chat.after(after) if each["from"] == "bot" and each["kind"] == "message"]
    return [row for each in said for row in spoken(each["message"])]


async def happen(place: Town, what: str) -> list[str]:
    """Something that nobody does: see the top of this file."""
    match what:
        case "restart":
            await place.restart()
        case "fetched":
            await fetched()
        case "remind":
            return await remind(place)
        case _:
            place.clock.move_to(datetime.fromisoformat(what).replace(tzinfo=place.clock.timezone))
    return []


async def remind(place: Town) -> list[str]:
    """What people hear unasked: their names, and the messages."""
    heard = {name: place.platform.chat(person.id).last for name, person in place.people.items()}
    await place.remind()
    rows = []
    for name, before in heard.items():
        since = place.platform.chat(place.people[name].id).after(before)
        said = [each for each in since if each["from"] == "bot" and each["kind"] == "message"]
        if said:
            rows += [f"→ {name}", *(row for each in said for row in spoken(each["message"]))]
    return rows


async def fetched() -> None:
    """The bot has fetched every picture that was sent: what is read of it later does not hang on the machine's load."""
    async with asyncio.timeout(ANSWERED_WITHIN):
        while await Picture.filter(state="waiting").exists():  # noqa: ASYNC110 - the job tells nobody
            await asyncio.sleep(0.02)


def tappable(place: Town, name: str, label: str, *, oldest: bool) -> dict[str, Any]:
    """The action of a button in somebody's chat: under the newest message, or the oldest of that label."""
    chat = place.platform.chat(place.person(name).id)
    messages = [each["message"] for each in chat.entries if each["from"] == "bot" and each["kind"] == "message"]
    for message in messages if oldest else messages[-1:]:
        for action in actions(message):
            if action["label"] == label:
                return action
    raise LookupError(f"{name} has no button {label!r}: {[each['label'] for each in actions(messages[-1])]}")


def actions(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The postback actions of a message's quick replies."""
    return [item["action"] for item in message.get("quickReply", {}).get("items", ())]


def spoken(message: dict[str, Any]) -> list[str]:
    """How a message of the bot stands on the page: its text or its card's alternative text, then its buttons."""
    text = message["text"] if message["type"] == "text" else f"[การ์ด] {message['altText']}"
    text = _OFFERED.sub("\nCODE\n", text)
    rows = [("  " + row).rstrip() for row in text.split("\n")]
    labels = [json.dumps(each["label"], ensure_ascii=False).strip('"') for each in actions(message)]
    if labels:
        rows.append("  " + " ".join(f"[{each}]" for each in labels))
    return rows
