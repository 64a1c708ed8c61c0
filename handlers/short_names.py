"""Names for buttons: what a list of names has in common at the front says nothing, so it is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

NOT_FIRST = frozenset("ะัาำิีึืฺุู็่้๊๋์ํ๎ๅๆฯ ")
"""Thai signs that cannot begin a word."""
SHARED = 4
"""Letters that have to be alike for a beginning to be left out."""


def short_names(names: Sequence[str], among: Sequence[str] = ()) -> list[str]:
    """ห้องสมุดสวนลุมพินี, ห้องสมุดบางบอน → สวนลุมพินี, บางบอน. Names with little in common stay.

    `among`: others of the kind, with which a single name is compared; without them it stays.
    """
    common = shared_beginning(min(names), max(names)) if len(names) > 1 else usual_beginning("".join(names), among)
    if common in names:
        return list(names)  # one is the beginning of all the others: nothing would be left of it
    while common and any(name[len(common) :][:1] in NOT_FIRST or name == common for name in names):
        common = common[:-1]
    # A leading vowel belongs to the consonant behind it.
    while common and common[-1] in "เแโใไ":
        common = common[:-1]
    return [name[len(common) :] for name in names] if len(common) >= SHARED else list(names)


def usual_beginning(name: str, among: Sequence[str]) -> str:
    """What most of the others that begin alike have in common with it."""
    shared = Counter(shared_beginning(name, each) for each in among if each != name)
    return max((each for each in shared if len(each) >= SHARED), key=lambda each: shared[each], default="")


def shared_beginning(first: str, last: str) -> str:
    """What the alphabetically first and last of some names share, all of them share."""
    length = next((place for place, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), None)
    return first if length is None else first[:length]
