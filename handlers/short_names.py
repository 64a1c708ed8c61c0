"""Names for buttons: what a list of names has in common at the front says nothing, so it is left out."""

from __future__ import annotations

from collections.abc import Sequence

NOT_FIRST = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆฯ ")
"""Thai signs that cannot begin a word."""


def short_names(names: Sequence[str]) -> list[str]:
    """ห้องสมุดสวนลุมพินี, ห้องสมุดบางบอน → สวนลุมพินี, บางบอน. One name, or names with little in common, stay."""
    common = shared_beginning(min(names), max(names)) if len(names) > 1 else ""
    if common in names:
        return list(names)  # one is the beginning of all the others: nothing would be left of it
    while common and any(name[len(common) :][:1] in NOT_FIRST or name == common for name in names):
        common = common[:-1]
    # A leading vowel belongs to the consonant behind it.
    while common and common[-1] in "เแโใไ":
        common = common[:-1]
    return [name[len(common) :] for name in names] if len(common) >= 4 else list(names)


def shared_beginning(first: str, last: str) -> str:
    """What the alphabetically first and last of some names share, all of them share."""
    length = next((place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), None)
    return first if length is None else first[:length]
