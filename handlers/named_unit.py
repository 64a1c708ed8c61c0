"""A unit's name typed along with รายงาน: it says whose report it is, and is never what was done."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from handlers.context import Context
from handlers.report_view import units_where
from handlers.unit_names import nearly_named, said_names
from locales.one_message import words_behind
from locales.thai_commands import command
from locales.thai_phrases import Several, match, plain
from models.rules.permissions import Action

LONGEST_NAME = 3
"""Words that a name is typed in."""
SHORTEST_PART = 4
"""Characters of a name's part; a shorter one may be a word of the narrative."""


class NamedUnit(Struct, frozen=True):
    """`unit_id`: None when several of one's own may be meant, which is asked.

    `start`: where the name begins; `without`: the message without it; `is_last`: nothing stands behind it.
    `near`: those of one's own units that are nearly what was typed, `said`.
    """

    unit_id: int | None
    start: int
    without: str
    is_last: bool
    near: tuple[int, ...] = ()
    said: str = ""


def named_unit(context: Context, text: str) -> NamedUnit | None:
    """The unit that the first words behind รายงาน name, by the longest name first; None when they name none.

    Another's unit, and a part that several share, is a name only where nothing follows that it could belong to.
    """
    words = words_behind(text)
    if not words:
        return None
    units = sorted(context.facts.office.units.values(), key=lambda each: each.id)
    options = said_names(context, [each.id for each in units])
    own = units_where(context, Action.REPORT)
    for place, (start, _) in enumerate(words):
        for _, end in reversed(words[place:]):
            said, rest = text[start:end], text[end:].lstrip()
            without = f"{text[:start].rstrip()} {rest}".strip()
            is_last = not rest or command(without) is not None
            found = None if said[:1].isdigit() or len(plain(said)) < SHORTEST_PART else match(said, options)
            places = found.indices if isinstance(found, Several) else () if found is None else (found,)
            ids = [units[each].id for each in places]
            mine = [each for each in ids if each in own]
            if len(ids) == 1 and (mine or is_last):
                return NamedUnit(ids[0], start, without, not rest)
            if len(ids) > 1 and is_last:
                return NamedUnit(mine[0] if len(mine) == 1 else None, start, without, not rest)
    return None


def misspelt_unit(context: Context, text: str, fits: Callable[[str], bool]) -> NamedUnit | None:
    """One's own units that the first words behind รายงาน nearly name; None when they do not.

    Only where the rest of the message says a report without them (`fits`): there a slip is likelier than a word.
    """
    words = words_behind(text)
    if not words:
        return None
    own = units_where(context, Action.REPORT)
    for place, (start, _) in enumerate(words):
        for _, end in words[place : place + LONGEST_NAME]:
            said, rest = text[start:end], text[end:].lstrip()
            without = f"{text[:start].rstrip()} {rest}".strip()
            found = nearly_named(context, said, own)
            if found and fits(without):
                return NamedUnit(None, start, without, not rest, tuple(found), said)
    return None
