"""SQL of the rich menus: whose menu is not the one of their duty. In both dialects, as `bot/sql.py` explains."""

from __future__ import annotations

from bot.sql import Statement
from handlers.menus import MENU_OF_ROLE

_RANKS = " ".join(f"WHEN '{role}' THEN {rank}" for rank, role in enumerate(MENU_OF_ROLE, start=1))
_MENUS = " ".join(f"WHEN {rank} THEN '{menu}'" for rank, menu in enumerate(MENU_OF_ROLE.values(), start=1))

# The text is made of our own names of roles and menus alone.
DUE_LINKS = Statement(
    f"""
    SELECT due.chat_id, due.wanted FROM (
        SELECT person.chat_id, COALESCE(menu.rich_menu_id, '') AS wanted, link.rich_menu_id AS linked, link.refused
        FROM (
            SELECT p.line_user_id AS chat_id, CASE MAX(CASE m.role {_RANKS} END) {_MENUS} END AS menu
            FROM person p LEFT JOIN membership m ON m.person_id = p.id AND m.approved_at IS NOT NULL
                AND m.valid_from <= ? AND (m.valid_to IS NULL OR m.valid_to >= ?)
            WHERE p.line_user_id IS NOT NULL GROUP BY p.line_user_id
        ) person
        LEFT JOIN rich_menu menu ON menu.id = person.menu
        LEFT JOIN rich_menu_link link ON link.id = person.chat_id
    ) due
    WHERE COALESCE(due.linked, '') <> due.wanted AND (due.wanted = '' OR COALESCE(due.refused, '') <> due.wanted)
    ORDER BY due.wanted, due.chat_id
    """  # noqa: S608
)
"""The day twice. `chat_id` and the id of the menu that belongs there: empty for none of their own."""
LEFT_LINKS = Statement(
    "SELECT id AS chat_id FROM rich_menu_link WHERE NOT EXISTS"
    " (SELECT 1 FROM person WHERE person.line_user_id = rich_menu_link.id)"
)
"""Chats of people who asked to be forgotten, or who went on under another account."""
SAVE_LINK = Statement(
    "INSERT INTO rich_menu_link (id, rich_menu_id, refused) VALUES (?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET rich_menu_id = excluded.rich_menu_id, refused = excluded.refused"
)
# What LINE shows somebody who comes back is not known: it is linked again.
DROP_LINK = Statement("DELETE FROM rich_menu_link WHERE id = ?")
STILL_LINKED = Statement("SELECT COUNT(*) AS count FROM rich_menu_link WHERE rich_menu_id = ?")
SAVE_MENU = Statement(
    "INSERT INTO rich_menu (id, name, rich_menu_id) VALUES (?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, rich_menu_id = excluded.rich_menu_id"
)
KEPT_MENUS = Statement("SELECT id, name, rich_menu_id FROM rich_menu")
