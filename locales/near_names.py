"""Names that are nearly what somebody typed: to be asked back, and never chosen for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from locales.thai_phrases import plain

CLEAR = 0.8
"""Share of characters that agree: one slip in five to nine letters, two in ten."""
SHORTEST = 5
"""Letters and signs; with fewer nearly everything is near to something."""


def near(text: str, options: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The places of the options one of whose names is nearly the text; the nearest first."""
    said = _squeezed(text)
    if len(said) < SHORTEST:
        return ()
    found = []
    for place, names in enumerate(options):
        alike = max((OSA.normalized_similarity(said, _compared(each), score_cutoff=CLEAR) for each in names), default=0)
        if alike:
            found.append((-alike, place))
    return tuple(place for _, place in sorted(found))


@lru_cache(maxsize=1024)
def _compared(name: str) -> str:
    """The same names stand before everybody; what people type is not kept."""
    return _squeezed(name)


def _squeezed(text: str) -> str:
    return plain(text).replace(" ", "")
