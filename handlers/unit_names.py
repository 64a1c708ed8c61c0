"""Units as people name them: in full, by code, in English, and a library without the office's long words for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers.buttons import command_button
from handlers.context import Context
from handlers.effects import Say
from handlers.idle import idle_buttons
from handlers.report_view import overseen, units_where
from handlers.short_names import short_names
from locales.near_names import near
from locales.thai_phrases import LIBRARY, Several, match, plain
from models.rules.office import UnitKind
from models.rules.permissions import Action

MOST_MEANT = 3
"""Units asked back for a name with a slip in it."""


def in_sight(context: Context) -> frozenset[int]:
    return frozenset({*units_where(context, Action.REPORT), *overseen(context, Action.SEE_ALL_STATUS)})


def said_names(context: Context, unit_ids: Iterable[int]) -> list[tuple[str, ...]]:
    """The names of each of these units, whole at first and in short at last."""
    units = context.facts.office.units
    libraries = sorted((each for each in units.values() if each.kind is UnitKind.LIBRARY), key=lambda each: each.id)
    own = dict(zip((each.id for each in libraries), short_names([each.name for each in libraries]), strict=True))
    found = []
    for each in (units[unit_id] for unit_id in unit_ids):
        short = own.get(each.id, each.name)
        short = each.name if short[:1].isdigit() else short  # a number alone would be no name
        called = () if short == each.name else tuple(word + short for word in LIBRARY)
        found.append((each.name, each.code, each.name_en or each.name, *called, short))
    return found


def units_named(context: Context, name: str, among: frozenset[int]) -> frozenset[int]:
    """Those `among` these that a name, a part of it or a code means, with all below; several where it may be any."""
    ids = sorted(among)
    found = match(name, said_names(context, ids))
    places = found.indices if isinstance(found, Several) else () if found is None else (found,)
    return frozenset(below for place in places for below in context.facts.office.within(ids[place]))


def asked_back(context: Context, text: str, name: str, among: frozenset[int]) -> Say | None:
    """A command whose unit's `name` has a slip in it, asked back with the right names; None when none is near."""
    near_ones = nearly_named(context, name, sorted(among))
    words = [plain(text).replace(name, names[-1], 1) for names in said_names(context, near_ones)]
    if not words:
        return None
    rows = (context.w("round-unit-meant", name=name), context.w("engine-choices", choices=" / ".join(words)))
    return Say("\n".join(rows), (*(command_button(each, each) for each in words), *idle_buttons(context)))


def nearly_named(context: Context, name: str, among: Sequence[int]) -> list[int]:
    """Those `among` these whose name has at most a slip in it, the likeliest first."""
    names = said_names(context, among)
    # What all libraries' names begin with would make each of them like the other.
    official = {plain(full.removesuffix(each[-1])) for full, *each in names if full.endswith(each[-1])} - {""}
    short = next((plain(name).removeprefix(each) for each in official if plain(name).startswith(each)), name)
    return [among[place] for place in near(short, [each[2:] for each in names])[:MOST_MEANT]]
