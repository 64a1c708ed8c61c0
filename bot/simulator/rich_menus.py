"""Rich menus as LINE keeps them: menus, their pictures, the one for everybody, and who is linked to which.

Source: developers.line.biz, Messaging API reference, "Rich menu" and "Per-user rich menu". Of its endpoints the
aliases and the batch are not here: the bot does not use them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.simulator.answers import Answer, Asked, Refused, ok, refuse
from bot.simulator.contents import content_type_of
from bot.simulator.people import People
from bot.simulator.rich_menu_rules import areas_outside, picture_problem
from bot.simulator.shapes import array, pattern

MENUS = 1000
USERS_AT_ONCE = 500

USER_ID = pattern("U[0-9a-f]{32}")


class RichMenus:
    """Each endpoint raises Refused as LINE refuses. A change that a person sees is an entry "menu" in their chat."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._menus: dict[str, dict[str, Any]] = {}
        self._pictures: dict[str, bytes] = {}
        self._links: dict[str, str] = {}
        self._default = ""

    def shown_to(self, user_id: str) -> dict[str, Any] | None:
        """The menu object under this person's chat: their own before everybody's; None in a group, which has none."""
        if self._people.get(user_id) is None:
            return None
        return self._menus.get(self._links.get(user_id, "")) or self._menus.get(self._default)

    def linked_to(self, user_id: str) -> str:
        """The id of the menu a person is linked to, empty when to none."""
        return self._links.get(user_id, "")

    def picture(self, menu_id: str) -> bytes | None:
        """A menu's picture."""
        return self._pictures.get(menu_id)

    def create(self, asked: Asked) -> Answer:
        refuse(areas_outside(asked.body))
        if len(self._menus) >= MENUS:
            raise Refused(400, f"The number of rich menus has reached its limit of {MENUS}")
        menu_id = f"richmenu-{secrets.token_hex(16)}"
        self._menus[menu_id] = {"richMenuId": menu_id, **asked.body}
        return ok({"richMenuId": menu_id})

    def validate(self, asked: Asked) -> Answer:
        refuse(areas_outside(asked.body))
        return ok({})

    def upload(self, asked: Asked) -> Answer:
        """Take a menu's picture: once, it can never be replaced."""
        menu_id = self._known(asked)
        if menu_id in self._pictures:
            raise Refused(400, "An image has already been uploaded to the richmenu")
        problem = picture_problem(self._menus[menu_id], asked.content_type, asked.raw)
        if problem:
            raise Refused(400, problem)
        self._pictures[menu_id] = asked.raw
        return ok({})

    def download(self, asked: Asked) -> Answer:
        found = self._pictures.get(asked.match["menu_id"])
        if found is None:
            raise Refused(404, "Not found")
        return Answer(200, found, {"Content-Type": content_type_of(found)})

    def read(self, asked: Asked) -> Answer:
        return ok(self._menus[self._known(asked)])

    def read_all(self, asked: Asked) -> Answer:
        del asked
        return ok({"richmenus": list(self._menus.values())})

    def delete(self, asked: Asked) -> Answer:
        """Delete a menu: who was linked to it sees everybody's again."""
        menu_id = self._known(asked)
        if self._default == menu_id:
            self._set_default("")
        with self._telling([user_id for user_id, linked in self._links.items() if linked == menu_id]):
            del self._menus[menu_id]
            self._pictures.pop(menu_id, None)
            self._links = {user_id: linked for user_id, linked in self._links.items() if linked != menu_id}
        return ok({})

    def set_default(self, asked: Asked) -> Answer:
        self._set_default(self._ready(asked.match["menu_id"]))
        return ok({})

    def read_default(self, asked: Asked) -> Answer:
        del asked
        if not self._default:
            raise Refused(404, "no default richmenu")
        return ok({"richMenuId": self._default})

    def cancel_default(self, asked: Asked) -> Answer:
        del asked
        self._set_default("")
        return ok({})

    def link(self, asked: Asked) -> Answer:
        user_id = self._person(asked)
        menu_id = self._ready(asked.match["menu_id"])
        with self._telling([user_id]):
            self._links[user_id] = menu_id
        return ok({})

    def read_link(self, asked: Asked) -> Answer:
        linked = self._links.get(self._person(asked))
        if linked is None:
            raise Refused(404, "the user has no richmenu")
        return ok({"richMenuId": linked})

    def unlink(self, asked: Asked) -> Answer:
        user_id = self._person(asked)
        with self._telling([user_id]):
            self._links.pop(user_id, None)
        return ok({})

    def link_many(self, asked: Asked) -> Answer:
        """Link up to 500 people; whom LINE does not know is passed over in silence."""
        users = self._users(asked)
        menu_id = self._ready(asked.body["richMenuId"])
        with self._telling(users):
            self._links.update(dict.fromkeys(users, menu_id))
        return Answer(202, {}, {})

    def unlink_many(self, asked: Asked) -> Answer:
        users = self._users(asked)
        with self._telling(users):
            for user_id in users:
                self._links.pop(user_id, None)
        return Answer(202, {}, {})

    def _known(self, asked: Asked) -> str:
        menu_id = asked.match["menu_id"]
        if menu_id not in self._menus:
            raise Refused(404, "richmenu not found")
        return menu_id

    def _ready(self, menu_id: Any) -> str:
        if not isinstance(menu_id, str) or menu_id not in self._menus:
            raise Refused(404, "richmenu not found")
        if menu_id not in self._pictures:
            raise Refused(400, "must upload richmenu image before applying it to user")
        return menu_id

    def _person(self, asked: Asked) -> str:
        user_id = asked.match["user_id"]
        if self._people.get(user_id) is None:
            raise Refused(400, "The value for the 'userId' parameter is invalid")
        return user_id

    def _users(self, asked: Asked) -> list[str]:
        refuse(list(array(USER_ID, least=1, most=USERS_AT_ONCE)(asked.body["userIds"], ("userIds",))))
        return [user_id for user_id in dict.fromkeys(asked.body["userIds"]) if self._people.get(user_id) is not None]

    def _set_default(self, menu_id: str) -> None:
        with self._telling([person.id for person in self._people]):
            self._default = menu_id

    @contextmanager
    def _telling(self, users: list[str]) -> Iterator[None]:
        """Whoever of these sees another menu afterwards has it in their chat."""
        before = {user_id: self.shown_to(user_id) for user_id in users}
        yield
        for user_id, seen in before.items():
            if self.shown_to(user_id) is not seen and self._people.get(user_id) is not None:
                self._people.chat(user_id).add("bot", "menu")
